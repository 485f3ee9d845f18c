"""Options that several subcommands share."""

from __future__ import annotations

import argparse
from typing import Final

from config.words import _

ROLES: Final = ("team-leader", "caseworker", "reader")
MOST_NAME: Final = 60


def add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, example: str
) -> argparse.ArgumentParser:
    """A subcommand with its help and an example."""
    return commands.add_parser(
        name,
        help=text,
        description=text,
        epilog=_("example:") + "\n  " + example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_vault(parser: argparse.ArgumentParser) -> None:
    """`--vault`, which may stand before or behind the subcommand."""
    parser.add_argument(
        "--vault", metavar="DIR", type=_filled, default=argparse.SUPPRESS, help=_("the folder of the vault")
    )


def add_identity(parser: argparse.ArgumentParser) -> None:
    """`--user` and where the passphrase comes from."""
    parser.add_argument(
        "--user", metavar="NAME", type=_filled, default=argparse.SUPPRESS, help=_("your user name in the vault")
    )
    add_secret(parser, "passphrase", _("your passphrase"))


def add_secret(parser: argparse.ArgumentParser, name: str, what: str) -> None:
    """`--NAME-file` and `--NAME-fd`, of which one may be used."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        f"--{name}-file",
        metavar="FILE",
        type=_filled,
        default=argparse.SUPPRESS,
        help=_("read {what} from a file nobody else may read").format(what=what),
    )
    group.add_argument(
        f"--{name}-fd",
        metavar="N",
        type=_descriptor,
        default=argparse.SUPPRESS,
        help=_("read {what} from an open file descriptor").format(what=what),
    )


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


def whole_number(least: int, most: int) -> _WholeNumber:
    """A parser for a whole number from `least` to `most`."""
    return _WholeNumber(least, most)


class _WholeNumber:
    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def __call__(self, text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = self._least - 1
        if not self._least <= number <= self._most:
            raise argparse.ArgumentTypeError(
                _("expected a whole number from {low} to {high}").format(low=self._least, high=self._most)
            )
        return number
