"""The forms of those who lead: letting somebody in, and giving a colleague a first passphrase again."""

from __future__ import annotations

from typing import Any, ClassVar

from config.words import N_, _
from models import users
from models.team.sessions import User
from models.team.staff import CASEWORKER, NAME_LIMIT, USER_LIMIT
from screens.forms.choice_field import ChoiceField
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.secret_form import SecretForm, new_passphrase
from screens.frame.case import Case
from screens.frame.chooser import named


class NewUserForm(SecretForm[str]):
    """Lets somebody in; the result is their user name."""

    HELP: ClassVar[str] = N_(
        "Let a colleague in: the user name they log in with, the name the team sees, what they may do, and a first "
        "passphrase twice. Hand it over by word of mouth; they are asked to choose their own when they log in. Nothing "
        "of this form is kept when you close it."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._user = ""

    def heading(self) -> str:
        return _("Let a colleague in")

    def explained(self) -> str:
        return _("Hand the first passphrase over by word of mouth. They are asked to choose their own.")

    def fields(self) -> list[FormField]:
        role = ChoiceField(About("role", _("Role")), named(self.case.programme.choices["role"]), empty=False)
        role.put(CASEWORKER)
        return [
            LineField(About("user", _("User name"), _("What they write at the login.")), limit=USER_LIMIT),
            LineField(About("name", _("Name"), _("What the team sees.")), limit=NAME_LIMIT),
            role,
            *new_passphrase(),
        ]

    def write(self, values: dict[str, Any]) -> str:
        added = users.add(self.case.store, values["user"], values["name"], values["role"], values["new"])
        self._user = added.user
        return added.user

    def said(self) -> str:
        return _("{user} can open the vault now.").format(user=self._user)


class FirstPassphraseForm(SecretForm[str]):
    """Gives a colleague who has lost theirs a passphrase again; the result is their user name."""

    HELP: ClassVar[str] = N_(
        "Give a colleague who has lost their passphrase a first one again, twice. Hand it over by word of mouth; they "
        "are asked to choose their own when they log in. The former one opens nothing any more, and sessions that are "
        "open with it end at their next key."
    )

    def __init__(self, case: Case, user: User) -> None:
        super().__init__(case)
        self._user = user

    def heading(self) -> str:
        return _("A first passphrase for {name}").format(name=self._user.name)

    def explained(self) -> str:
        return _("Sessions of {name} end at their next key. They are asked to choose their own.").format(
            name=self._user.name
        )

    def fields(self) -> list[FormField]:
        return new_passphrase()

    def write(self, values: dict[str, Any]) -> str:
        return users.give_passphrase(self.case.store, self._user.user, values["new"]).user

    def said(self) -> str:
        return _("{user} has a new passphrase.").format(user=self._user.user)
