"""`exin demo`: the screens on fictitious people, in a vault that is thrown away."""

from __future__ import annotations

import argparse

from config.words import _
from exin_tui.commands import options
from exin_tui.commands.context import Context


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = options.add_command(
        commands, "demo", _("open the board on fictitious people, in a vault that is thrown away"), "exin demo --seed 7"
    )
    parser.add_argument(
        "--participants",
        metavar="N",
        type=options.whole_number(1, 10_000),
        default=40,
        help=_("how many people; 40 if left out"),
    )
    parser.add_argument(
        "--years", metavar="Y", type=options.whole_number(1, 30), default=2, help=_("how many years back")
    )
    parser.add_argument("--seed", metavar="S", type=options.whole_number(0, 2**31), default=1, help=_("which people"))
    parser.add_argument(
        "--entries", metavar="N", type=options.whole_number(0, 2_000_000), help=_("how many entries in all")
    )
    parser.add_argument(
        "--keep", metavar="DIR", help=_("keep the vault in this folder, and open it again the next time")
    )
    parser.set_defaults(run=run)


def run(context: Context) -> int:
    """Make or open the demo vault and run the screens on it."""
    raise NotImplementedError
