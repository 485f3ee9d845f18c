"""`exin demo`: the screens on fictitious people, in a vault that is thrown away."""

from __future__ import annotations

from pathlib import Path

from config import programme
from config.words import _
from exin_tui import guard
from exin_tui.commands import options
from exin_tui.commands.context import Context
from exin_tui.printing import write_over
from models.values import clock


def add(commands: options.Commands) -> None:
    """Describe the command."""
    text = _("open the board on fictitious people, in a vault that is thrown away")
    parser = options.add_command(commands, "demo", text, "exin demo --seed 7", run)
    for name, letter, least, most, default, help in (
        ("--participants", "N", 1, 10_000, 40, _("how many people; 40 if left out")),
        ("--years", "Y", 1, 30, 2, _("how many years back")),
        ("--seed", "S", 0, 2**31, 1, _("which people")),
        ("--entries", "N", 0, 2_000_000, None, _("how many entries in all")),
    ):
        number = options.whole_number(least, most)
        parser.add_argument(name, metavar=letter, type=number, default=default, help=help)
    parser.add_argument(
        "--keep", metavar="DIR", help=_("keep the vault in this folder, and open it again the next time")
    )


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
        return start.screens(loading, DEMO_USER, unlocked, None, context.settings, remembered=False)
    loading.everything()
    with throw_away(size, clock.oslo(), programme.load(), _progress) as unlocked:
        return start.screens(loading, DEMO_USER, unlocked, None, context.settings, remembered=False)


def _progress(share: float) -> None:
    """Say how far the filling is, over what was said before; the screens clear the line."""
    write_over(_("Making up a caseload … {percent} %").format(percent=int(share * 100)) if share < 1 else "")
