"""The start of the screens: first the prompt, then, while the person types, everything else.

Imported before the first prompt, so it imports next to nothing at the top.
"""

from __future__ import annotations

import os

from config import startup_settings, words
from exin_tui import ending_signals, guard, unlock
from exin_tui.terminal_prompt import asker as find_asker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from config.settings import Settings
    from exin_tui.loading import Loading
    from exin_tui.terminal_prompt import Asker
    from models.vault.sealed import Unlocked

_SLOTS = "slots.json"
"""Whether this file is there decides how to start; what is wrong with a vault is told when it is opened."""

_UNSEEN = "vault.unfinished"
"""What `models.vault.place.VaultPlace.unseen` names."""


def from_prompt(vault: str, user: str, outputs: str = "") -> int | None:
    """Show the prompt for `vault` at once (empty: the one of the settings), then the screens; the exit code.

    `outputs` is the one folder that files may be written to, empty where there is no such limit. None where there is no
    terminal to ask at or no vault to open: the command line then says so.
    """
    file = startup_settings.settings_file()
    words.use("nb")
    language, own_vault = startup_settings.language_and_vault(file)
    words.use(language)
    guard.require_terminal()
    folder = os.path.abspath(os.path.expanduser(vault or own_vault or startup_settings.default_vault()))
    asker = find_asker()
    if asker is None or not os.path.exists(os.path.join(folder, _SLOTS)):
        return None
    started: list[Loading] = []

    def load() -> None:
        if not started:
            from exin_tui.loading import Loading

            started.append(Loading())

    ending_signals.end_in_order()
    with asker:
        if os.path.exists(os.path.join(folder, _UNSEEN)):
            asker.say(words.glimpse(unlock.KEY_UNSEEN))
        user, unlocked = unlock.by_asking(
            asker, folder, user, lambda name, passphrase: started[0].way_in(folder, name, passphrase), load
        )
        return screens(started[0], user, unlocked, asker, outputs=outputs)


def kept_demo(folder: str) -> int:
    """The screens on the demo vault that is kept in `folder`; the exit code."""
    guard.require_terminal()
    from exin_tui.loading import Loading

    loading = Loading()
    words.use("nb")
    words.use(loading.settings().language)
    from exin_tui.demo.access import DEMO_USER

    ending_signals.end_in_order()
    loading.vault()
    from exin_tui.demo.vault import open_kept

    return screens(loading, DEMO_USER, open_kept(folder), None, remembered=False)


def screens(
    loading: Loading,
    user: str,
    unlocked: Unlocked,
    asker: Asker | None,
    settings: Settings | None = None,
    *,
    outputs: str = "",
    remembered: bool = True,
) -> int:
    """Open the store and run the screens; the exit code. `asker` gives the terminal back just before.

    `outputs` as in `from_prompt`. A demo is not `remembered`: it is nobody's vault, and may be made anew.
    """
    with loading.opened(unlocked, user, remembered=remembered, served=bool(outputs)) as store:
        app = loading.app(settings or loading.settings(), store, outputs)
        loading.finish()
        if asker is not None:
            asker.give_back()
        app.run()
        return int(app.return_code or 0)
