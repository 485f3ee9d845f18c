"""`exin export`: everything about participants, as JSON in a file of its owner's alone or on standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from config.errors import ExinError, ExitCode
from config.outside import AlreadyThere
from config.words import _
from exin_tui import guard
from exin_tui.commands import options
from exin_tui.commands.context import Context, NotHere
from exin_tui.printing import put, write_line

if TYPE_CHECKING:
    from models.store import Store


class NoSuchParticipant(ExinError):
    """No participant has the code that was given."""


def add(commands: options.Commands) -> None:
    """Describe the command."""
    parser = options.add_command(
        commands,
        "export",
        _("write everything about one participant or all of them as JSON; the audit keeps that it was done"),
        "exin export --format json --output case.json",
        run,
    )
    options.add_way_in(parser)
    parser.add_argument("--participant", metavar="CODE", help=_("only the participant with this code"))
    parser.add_argument(
        "--output", metavar="FILE", help=_("write into a new file that only you can read, instead of standard output")
    )
    parser.add_argument("--replace", action="store_true", help=_("write over the file that is there"))
    parser.add_argument("--format", choices=("json",), required=True, help=_("the form of the output"))
    parser.add_argument(
        "--yes", action="store_true", help=_("show personal data on the terminal without asking whether you mean it")
    )


def run(context: Context) -> int:
    """Write one JSON object, participant by participant and then the team's own; raises `NoSuchParticipant`."""
    arguments = context.arguments
    if arguments.output is None:
        if guard.is_terminal(sys.stdout) and not arguments.yes and not _agreed(context):
            return ExitCode.DONE
        with context.store() as store:
            _write(store, arguments.participant, put)
        return ExitCode.DONE
    # What is wrong with the place is said before anybody is asked for a passphrase.
    out = context.out_place.file(arguments.output, ".json")
    if arguments.replace:
        out = replace(out, replace=True)
    elif out.is_there():
        raise AlreadyThere(_("{file} is there already; --replace writes over it.").format(file=out.shown))
    with context.store() as store, out.writing() as file:
        _write(store, arguments.participant, lambda text: file.write(text.encode()))
    write_line(_("The file is not encrypted: {file}").format(file=out.shown))
    return ExitCode.DONE


def _write(store: Store, wanted: str | None, put: Callable[[str], object]) -> None:
    """Write the whole export, or one participant's, piece by piece."""
    from models.access.visits import EXPORTED
    from models.export import whole as export
    from models.restrictions.restrictions import hidden_code
    from models.roles.rights import NotAllowed, restricted

    codes = store.ask_now(export.codes)
    if wanted is not None:
        codes = [(number, code) for number, code in codes if code.casefold() == wanted.strip().casefold()]
        if not codes and store.ask_now(hidden_code, wanted):
            raise NotAllowed(restricted())
        if not codes:
            raise NoSuchParticipant(_("No participant has the code {code}.").format(code=wanted))
    # Kept before anything goes out, so that no output is without its trace.
    store.witness_now("export.json" if wanted is None else f"export.json {codes[0][1]}")
    store.log_now([number for number, _code in codes], EXPORTED)
    put(export.as_json(store.ask_now(export.heading))[:-1] + ', "participants": [')
    for position, (number, _code) in enumerate(codes):
        put((",\n" if position else "\n") + export.as_json(store.ask_now(export.participant, number)))
    # Minutes tell of many: whoever asks about one participant gets that participant's lines only.
    team = "" if wanted is not None else ', "team": ' + export.as_json(store.ask_now(export.team_wide))
    put(f"\n]{team}}}\n")


def _agreed(context: Context) -> bool:
    if context.asker is None:
        raise NotHere(
            _("The output is a terminal, where personal data would stand in the clear. Use --yes if you mean it.")
        )
    with context.asker as terminal:
        terminal.say(_("This shows personal data in the clear, and the terminal keeps it to scroll back to."))
        return terminal.agrees(_("Show it?"))
