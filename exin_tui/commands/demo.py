"""`exin demo`: the screens on fictitious people, in a vault that is thrown away."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from config import programme
from config.words import _
from exin_tui import guard
from exin_tui.commands import options
from exin_tui.commands.context import Context
from models.values import clock


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
    from exin_tui import start
    from exin_tui.demo.access import DEMO_USER
    from exin_tui.loading import Loading

    guard.require_terminal()
    arguments = context.arguments
    loading = Loading()
    from exin_tui.demo.vault import MARK, Size, open_or_make, throw_away

    size = Size(arguments.participants, arguments.years, arguments.seed, arguments.entries)
    if arguments.keep is not None:
        folder = Path(arguments.keep).expanduser()
        # Opening goes on beside the loading; filling makes rubbish, and nothing is collected while that lasts.
        if (folder / MARK).exists():
            loading.vault()
        else:
            loading.everything()
        unlocked = open_or_make(folder, size, clock.oslo, programme.load, _progress)
        return start.screens(loading, DEMO_USER, unlocked, None, context.settings)
    loading.everything()
    with throw_away(size, clock.oslo(), programme.load(), _progress) as unlocked:
        return start.screens(loading, DEMO_USER, unlocked, None, context.settings)


def _progress(share: float) -> None:
    """Say how far the filling is, over what was said before; the screens clear the line."""
    stream = sys.stderr
    if stream is not None and share < 1:
        stream.write("\r" + _("Making up a caseload … {percent} %").format(percent=int(share * 100)))
    elif stream is not None:
        stream.write("\r\x1b[K")
    if stream is not None:
        stream.flush()
