"""The command line: everything but the quick start of the screens."""

from __future__ import annotations

import argparse
import importlib
import keyword
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from config import settings, startup_settings, words
from config.errors import ExitCode
from config.settings import Settings, SettingsError
from config.words import N_, _, n_
from exin_tui import crash, ending_signals, guard
from exin_tui.commands import options
from exin_tui.commands.context import Context
from exin_tui.printing import put, put_line, show, write_line

if TYPE_CHECKING:
    from models.vault.sealed import Unlocked

# What argparse says, listed for the catalog. It looks its sentences up in two functions of its own module.
SENTENCES: Final = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("unrecognized arguments: %s"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
_COMMANDS: Final = ("init", "user", "export", "import", "figures", "verify", "doctor", "keys", "demo", "serve", "host")


def run(arguments: Sequence[str]) -> int:
    """Carry out what the arguments say; answers the exit code, or raises what `exin_tui.leaving.report` says."""
    crash.install()
    guard.forbid_dumps()
    ending_signals.end_in_order()
    if sys.stdout is not None:
        # JSON is UTF-8 whatever the locale, and a name the locale lacks is no reason to stop.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # always a TextIOWrapper here
    words.use("nb")
    found, problem = Settings(), None
    try:
        found = settings.load(Path(startup_settings.settings_file()))
    except SettingsError as error:
        problem = error
    words.use(found.language)
    parsed = parser(arguments).parse_args(arguments)
    if problem is not None and parsed.command != "doctor":
        raise problem
    return int(parsed.run(Context(found, parsed)))


def parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The command line, in the language in force: all of it, or no more than `arguments` begin with a command of."""
    library: Any = argparse
    library._, library.ngettext = _, n_
    whole = _Parser(
        prog="exin",
        description=_("The encrypted caseload of an EX/IN team. Without a command it opens the board."),
        epilog=_epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action=_Version, help=_("show the version and end"))
    options.add_way_in(whole)
    whole.set_defaults(vault=None, user=None, run=_board)
    commands = whole.add_subparsers(title=_("commands"), metavar=_("COMMAND"), dest="command")
    named = arguments[0] if arguments else ""
    for command in (named,) if named in _COMMANDS else _COMMANDS:
        module = f"{command}_" if keyword.iskeyword(command) else command
        importlib.import_module(f"exin_tui.commands.{module}").add(commands)
    return whole


class _Parser(argparse.ArgumentParser):
    """Says what it says through the one door, for it quotes what stands on the command line."""

    def print_usage(self, file: Any = None) -> None:
        show(file or sys.stdout, self.format_usage())

    def print_help(self, file: Any = None) -> None:
        put(self.format_help())

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        if message:
            write_line(message.rstrip("\n"))
        sys.exit(status)


class _Version(argparse.Action):
    """`--version`: looked up only when asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest=argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *given: Any) -> None:
        from importlib import metadata

        put_line(f"exin {metadata.version('exin-tui')}")
        parser.exit()


def _epilog() -> str:
    codes = (
        (ExitCode.DONE, _("done")),
        (ExitCode.FINDINGS, _("verify or doctor found something")),
        (ExitCode.USAGE, _("the command or what was given with it cannot be used")),
        (ExitCode.CANNOT_UNLOCK, _("user name, passphrase or recovery key do not open the vault")),
        (ExitCode.DAMAGED_VAULT, _("the vault is damaged")),
        (ExitCode.UNSUITABLE, _("not a suitable terminal or place, or no vault there")),
        (ExitCode.OLDER_VAULT, _("the vault is older than when it was last open here")),
        (ExitCode.CRASHED, _("an error in the program")),
    )
    lines = [f"  {int(code):>3}  {text}" for code, text in codes]
    lines.append("128+n  " + _("ended by signal n"))
    examples = ("exin", "exin demo", 'exin init --user kari --name "Kari Nordmann"')
    return "\n".join((_("exit codes:"), *lines, "", _("examples:"), *(f"  {example}" for example in examples)))


def _board(context: Context) -> int:
    """The screens, by the slow way: a passphrase from a file, or no vault yet."""
    from exin_tui import start
    from exin_tui.loading import Loading
    from models.vault.place import VaultPlace

    guard.require_terminal()
    loading = Loading()
    way_in = context.unlock() if VaultPlace(context.folder).exists() else _offer(context)
    return ExitCode.UNSUITABLE if way_in is None else start.screens(loading, *way_in, None, context.settings)


def _offer(context: Context) -> tuple[str, Unlocked] | None:
    """Explain what a vault is and make one if the person wants; None when not."""
    from exin_tui.commands import init

    with context.ask() as terminal:
        terminal.say(_("There is no vault in {folder} yet.").format(folder=context.folder))
        terminal.say(_("A vault holds a team's caseload, encrypted: only those who are let in can read it."))
        terminal.say(_("If your team has one, end here and name its folder: exin --vault DIR"))
        if not terminal.agrees(_("Make a new vault here?")):
            return None
        user_name = context.arguments.user or ""
        while not user_name:
            try:
                user_name = options.user_name(terminal.shown(_("User name: ")))
            except argparse.ArgumentTypeError as error:
                terminal.say(str(error))
        name = terminal.shown(_("Your name, as the team knows you: "))
    return user_name, init.make(context, user_name, name, "team_leader")
