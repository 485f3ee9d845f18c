"""Unlocking: asking for user name and passphrase, three tries, a modest delay after each that fails.

Imported before the first prompt, so it imports next to nothing.
"""

from __future__ import annotations

import time

from config import startup_settings
from config.errors import ExinError, ExitCode
from config.plain import plain
from config.words import N_, _, glimpse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

    from exin_tui.terminal_prompt import Asker
    from models.vault.sealed import Unlocked

DELAYS: Final = (1.0, 2.0, 4.0)
"""Seconds to wait after the first, second and third failure."""

KEY_UNSEEN: Final = N_(
    "The making of this vault, or of its recovery key, was broken off, so nobody may have seen that key. A team leader "
    "makes a new one: exin user recover --new-key"
)


class TriesUsedUp(ExinError):
    """Nobody got in with the tries there are."""

    exit_code = ExitCode.CANNOT_UNLOCK


def by_asking(
    asker: Asker,
    folder: str,
    user: str,
    way_in: Callable[[str, str], Unlocked],
    prompt_shown: Callable[[], None] = lambda: None,
) -> tuple[str, Unlocked]:
    """The user name given and the way in; `user` empty asks for it, or takes the one remembered for the vault.

    `way_in(user, passphrase)` is `models.vault.sealed.unlock` for `folder`; `prompt_shown` is called each time the
    terminal waits for the person. Raises `TriesUsedUp`, or what `way_in` raises but for a refusal.
    """
    name = user or startup_settings.remembered_user(folder)
    for delay in DELAYS:
        name, passphrase = _ask(asker, name, not user, prompt_shown)
        try:
            unlocked = way_in(name, passphrase)
        except ExinError as error:
            if error.exit_code != ExitCode.CANNOT_UNLOCK:
                raise
            asker.say(error.text)
            time.sleep(delay)
        else:
            startup_settings.remember_user(folder, name)
            return name, unlocked
    raise TriesUsedUp(_("That was the third try. Start again when you have the right passphrase."))


def _ask(asker: Asker, name: str, changeable: bool, prompt_shown: Callable[[], None]) -> tuple[str, str]:
    """User name and passphrase, neither empty; Enter alone gives way to another name where there is a choice."""
    while True:
        question = _question(name, changeable)
        asker.show(question)
        prompt_shown()
        if not name:
            name = asker.rest_of(question, visible=True).strip()
            continue
        passphrase = asker.rest_of(question)
        if passphrase:
            return name, passphrase
        if changeable:
            name = ""


def _question(name: str, changeable: bool) -> str:
    if not name:
        return glimpse(N_("User name: "))
    if changeable:
        return glimpse(N_("Passphrase for {user} (Enter for another): ")).format(user=plain(name))
    return glimpse(N_("Passphrase for {user}: ")).format(user=plain(name))
