"""Options that several subcommands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from config.words import _

if TYPE_CHECKING:
    from exin_tui.commands.context import Context

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

ROLES: Final = ("team-leader", "caseworker", "reader")
MOST_NAME: Final = 60


def add_command(
    commands: Commands, name: str, text: str, example: str, run: Callable[[Context], int] | None = None
) -> argparse.ArgumentParser:
    """A subcommand with its help, an example, and what carries it out."""
    parser = commands.add_parser(
        name,
        help=text,
        description=text,
        epilog=_("example:") + "\n  " + example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)
    return parser


def add_vault(parser: argparse.ArgumentParser) -> None:
    """`--vault`, which may stand before or behind the subcommand."""
    parser.add_argument(
        "--vault", metavar="DIR", type=_filled, default=argparse.SUPPRESS, help=_("the folder of the vault")
    )


def add_people(parser: argparse.ArgumentParser) -> None:
    """`--people` and `--out`: where what belongs to each person served lies."""
    text = _("the folder with a folder a person, for settings; people in the account's home if left out")
    parser.add_argument("--people", metavar="DIR", type=_filled, help=text)
    text = _("the folder with a folder a person, for what they write out of the vault; that of --people if left out")
    parser.add_argument("--out", metavar="DIR", type=_filled, help=text)


def add_way_in(parser: argparse.ArgumentParser) -> None:
    """`--vault`, `--user` and where the passphrase comes from."""
    add_vault(parser)
    parser.add_argument(
        "--user", metavar="NAME", type=_filled, default=argparse.SUPPRESS, help=_("your user name in the vault")
    )
    add_secret(parser, "passphrase", _("your passphrase"))


def add_secret(parser: argparse.ArgumentParser, name: str, what: str) -> None:
    """`--NAME-file` and `--NAME-fd`, of which one may be used."""
    file = _("read {what} from a file nobody else may read").format(what=what)
    descriptor = _("read {what} from an open file descriptor").format(what=what)
    group = parser.add_mutually_exclusive_group()
    group.add_argument(f"--{name}-file", metavar="FILE", type=_filled, default=argparse.SUPPRESS, help=file)
    group.add_argument(f"--{name}-fd", metavar="N", type=_descriptor, default=argparse.SUPPRESS, help=descriptor)


def add_accept_older(parser: argparse.ArgumentParser) -> None:
    """`--accept-older`."""
    text = _("go on with a vault that is older than when it was last open here (team leaders and the recovery key)")
    parser.add_argument("--accept-older", action="store_true", help=text)


def add_role(parser: argparse.ArgumentParser, default: str) -> None:
    """`--role`."""
    parser.add_argument(
        "--role", choices=ROLES, default=default, help=_("what they may do; {role} if left out").format(role=default)
    )


def stored_role(role: str) -> str:
    """A role as the case stores it."""
    return role.replace("-", "_")


def user_name(text: str) -> str:
    """A user name as somebody chose it; raises ArgumentTypeError for one that could not be typed again."""
    name = text.strip()
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise argparse.ArgumentTypeError(_("a user name has 1 to {count} letters").format(count=MOST_NAME))
    return name


def _filled(text: str) -> str:
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(_("it is empty"))
    return text


def _descriptor(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise argparse.ArgumentTypeError(_("“{text}” is not the number of an open file").format(text=text))
    return int(text)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A parser for a whole number from `least` to `most`."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise argparse.ArgumentTypeError(
                _("expected a whole number from {low} to {high}").format(low=least, high=most)
            )
        return number

    return parse
