"""One's own passphrase, changed in the program: everybody may, those who only read and those who are served, too."""

from __future__ import annotations

from typing import Any, ClassVar

from config.words import N_, _
from models import users
from screens.forms.line_fields import About, FormField
from screens.forms.secret_form import SecretField, SecretForm, new_passphrase


class OwnPassphraseForm(SecretForm[bool]):
    """Asks for the passphrase in force and twice for the new one."""

    HELP: ClassVar[str] = N_(
        "Write the passphrase you have, and the new one twice. This session goes on; every other session of yours ends "
        "at its next key. Nothing of it is kept when you close, or when something covers this screen."
    )

    def heading(self) -> str:
        return _("Change your own passphrase")

    def explained(self) -> str:
        return _("Other sessions of yours end at their next key. This one goes on.")

    def fields(self) -> list[FormField]:
        old = About("old", _("The one you have"), _("So that nobody else does it at your screen."))
        return [SecretField(old), *new_passphrase()]

    def write(self, values: dict[str, Any]) -> bool:
        users.change_passphrase(self.case.store, values["new"], old=values["old"])
        return True

    def said(self) -> str:
        return _("Your passphrase is changed. Other sessions of yours end at their next key.")
