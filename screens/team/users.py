"""Who may open the vault: role, last login, who is here now; and for leaders the keys that let in and take away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, ClassVar, Concatenate, Final, ParamSpec, TypeVar

from textual.app import ComposeResult

from config.dates import format_date, relative_days
from config.errors import ExinError
from config.words import N_, _, n_
from models import users
from models.participants.agreed import left_behind
from models.roles.rights import Right, allows
from models.store import Store
from models.team import sessions
from models.team.sessions import User
from models.team.staff import NAME_LIMIT
from screens.frame.case import Case
from screens.frame.chooser import agreed, choose, named
from screens.frame.dialog import ChangedList
from screens.frame.prompt import PromptScreen
from screens.participant.agreed import named as named_agreed
from screens.team.recovery_key import RecoveryKeyScreen
from screens.team.user_forms import FirstPassphraseForm, NewUserForm
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

P = ParamSpec("P")
T = TypeVar("T")
WIDE: Final = 100
OTHERS: Final = {
    "users.role": N_("You cannot change your own role; another team leader can."),
    "users.revoke": N_("You cannot take away your own access; another team leader can."),
}
"""What one leader does of another, and why not of oneself."""


class UsersScreen(ChangedList):
    """The team by name, those who have left last."""

    SCOPE = "users"
    HELP: ClassVar[str] = N_(
        "Everybody who may open the vault, and in which role. Team leaders see when each was here last and who is here "
        "now, and let colleagues in, give them another name, role or passphrase, and take access away. Only the last "
        "login of each is kept, and nobody's hours. Whoever was not here for more than two months stands in yellow."
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.moving: ColumnedList[User] = ColumnedList(self._cells_of_user)
        self._roles = {choice.id: str(choice.name) for choice in case.programme.choices["role"]}
        self._unowned = 0

    def body(self) -> ComposeResult:
        yield Lines(2, id="users-head")
        yield self.moving

    async def on_mount(self) -> None:
        # Before it is read, and no matter here: what is in the way of the keys is told when they are changed.
        if self._leads:
            with suppress(ExinError):
                await asyncio.to_thread(users.look_again, self.case.store)

    async def refresh_case(self) -> None:
        found = await self.case.store.ask(sessions.users)
        slots = self.case.store.unlocked.slot_ids
        owned = {one.slot for one in found if one.active}
        self._unowned = sum(slot not in owned for slot in slots)
        active = sum(one.active for one in found)
        gone = len(found) - active
        groups = [Group("active", "", active), *([Group("gone", _("Have left"), gone)] if gone else [])]
        await self.moving.show_rows(found, groups)
        live = sum(one.live > 0 for one in found)
        title: list[Piece] = [(" " + _("Users"), HEADING)]
        if self._leads:
            title.append(("  " + n_("{count} is here now", "{count} are here now", live).format(count=live), PLAIN))
        if self._unowned:
            text = n_("{count} key belongs to nobody", "{count} keys belong to nobody", self._unowned)
            title.append(("  " + text.format(count=self._unowned), WARN))
        self.query_one("#users-head", Lines).show([title])
        self.draw_foot()

    def _cells_of_user(self, row: User, part: int) -> Sequence[Cell]:
        style = BOLD if row.active else DIM
        return [
            Cell((" " + row.name, style), least=16),
            Cell((row.user, PLAIN if row.active else DIM), least=8),
            Cell((self._roles.get(row.role, row.role), PLAIN if row.active else DIM), least=12),
            Cell(*self._last(row, self.app.size.width), least=20),
        ]

    def _last(self, row: User, width: int) -> list[Piece]:
        """When they were here, as far as whoever looks is told."""
        own = row.id == self.case.store.actor.staff_id
        if not (own or self._leads):
            return []
        pieces: list[Piece] = []
        if row.live:
            text = n_("here now", "here now, {count} sessions", row.live)
            pieces.append((text.format(count=row.live), GOOD))
        elif row.last is None:
            pieces.append((_("no login noted"), DIM))
        else:
            day = self.case.clock.local(row.last).date()
            text = relative_days(day, self.case.today)
            text += f", {format_date(day)}" if width >= WIDE else ""
            pieces.append((text, WARN if row.long else PLAIN))
        if row.given:
            pieces.append(("  " + _("first passphrase"), WARN))
        return pieces

    @property
    def _leads(self) -> bool:
        return allows(self.case.store.actor.role, Right.TEAM)

    # ------------------------------------------------------------------ keys

    def why_not(self, action_id: str) -> str:
        if action_id == "users.unowned" and not self._unowned:
            return _("Every key belongs to somebody.")
        row = self.moving.row
        if row is None or action_id not in ("users.role", "users.passphrase", "users.revoke"):
            return ""
        if not row.active:
            return _("{user} has left the team.").format(user=row.user)
        if row.id != self.case.store.actor.staff_id:
            return ""
        if action_id == "users.passphrase":
            key = self.case.keymap.shown("app.passphrase", self.SCOPE)
            return _("You change your own with {key}.").format(key=key)
        return _(OTHERS[action_id])

    async def action_add(self) -> None:
        """Let a colleague in."""
        await self._done(await self.ask(NewUserForm(self.case)))

    async def action_rename(self) -> None:
        """Give the colleague under the mark another name."""
        row = self.moving.marked
        question = _("What is {user} called?").format(user=row.user)

        async def give(name: str) -> None:
            if name.strip() == row.name:
                return
            try:
                one = await self._do(users.give_name, row.user, name)
            except ExinError:
                self.say("")
                raise
            self.say(_("{user} is called {name} now.").format(user=one.user, name=one.name))

        await self.ask(PromptScreen(self.case, question, str, initial=row.name, limit=NAME_LIMIT, then=give))

    async def action_role(self) -> None:
        """Give the colleague under the mark another role."""
        row = self.moving.marked
        options = named(self.case.programme.choices["role"])
        role = await choose(self, _("What may {name} do?").format(name=row.name), options, chosen=row.role)
        if role is not None and role != row.role:
            await self._do(users.set_role, row.user, role)
            self.say(_("{user} has the role {role} now.").format(user=row.user, role=self._roles[role]))

    async def action_passphrase(self) -> None:
        """Give the colleague under the mark a first passphrase again."""
        form = FirstPassphraseForm(self.case, self.moving.marked)
        await self._done(await self.ask(form))

    async def action_revoke(self) -> None:
        """Take the access of the colleague under the mark away, after a question; then offer a new recovery key."""
        row = self.moving.marked
        question = _("Take {name}'s access away? What they wrote stays, and their sessions end.").format(name=row.name)
        moving = await self.case.store.ask(left_behind, row.id)
        if not await agreed(self, question, no=_("No, keep it"), yes=_("Yes, take it away")):
            return
        await self._do(users.revoke, row.user)
        await self._offer_recovery_key(_("Whoever leaves may have seen the recovery key. Make a new one now?"))
        told = _("{user} can no longer open the vault.").format(user=row.user)
        if moving:
            what = named_agreed([one for one, _who in moving], private=self.case.private)
            told += " " + _("To those responsible went {what}.").format(what=what)
        self.say(told)

    async def action_unowned(self) -> None:
        """Take away the keys that belong to nobody, after a question."""
        question = n_(
            "Take away the {count} key that belongs to nobody?",
            "Take away the {count} keys that belong to nobody?",
            self._unowned,
        ).format(count=self._unowned)
        if await agreed(self, question, no=_("No, keep it"), yes=_("Yes, take it away")):
            count = await self._do(users.remove_unowned)
            self.say(n_("{count} key taken away.", "{count} keys taken away.", count).format(count=count))

    async def action_recovery(self) -> None:
        """Make a new recovery key, after a question."""
        await self._offer_recovery_key(_("Make a new recovery key? The one on paper opens nothing any more."))

    async def _offer_recovery_key(self, question: str) -> None:
        if not await agreed(self, question, no=_("No, not now"), yes=_("Yes, and show it once")):
            return
        key = await self._do(users.renew_recovery_key)
        if await self.ask(RecoveryKeyScreen(self.case, key)):
            self.say(_("The new recovery key holds."))
        else:
            self.say(_("The new recovery key was not written down: make another one."), warn=True)

    async def _do(self, change: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Change something in a thread, and show what has become of it, also where it failed half way."""
        self.say(_("One moment …"))
        try:
            return await asyncio.to_thread(change, self.case.store, *args, **kwargs)
        finally:
            await self.read_again()
            self._touched = True

    async def _done(self, answer: Any) -> None:
        """Back from a form, which has said itself what is done."""
        if answer:
            self._touched = True
            await self.read_again()
            place = await self.moving.find(lambda row: row.user == answer)
            self.moving.go(self.moving.mark if place is None else place)
