"""The people around one participant: their parts, consent beside each, what is missing and where it is crowded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date, weeks_told
from config.words import N_, _, n_
from models.contacts import individual_plan, network
from models.contacts.individual_plan import IN_PLACE, STATES, Plan
from models.contacts.network import Involved, Network
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from models.values import phone
from screens.contacts.contact_chooser import ContactChooser
from screens.contacts.forms import ContactForm, InvolvementForm
from screens.contacts.register import reached
from screens.contacts.telling import tell_each_other, told
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.frame.destinations import CONSENTS, INDIVIDUAL_PLAN, KNOWN, READ_INDIVIDUAL_PLAN
from screens.frame.dialog import AboutParticipant
from screens.frame.route import Route
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.facts import SHARE_STYLES, share_words
from screens.widgets.line import ALARM, BOLD, DIM, HEADING, PLAIN, WARN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

FORMER: Final = "former"
FRAGMENTATION: Final = Route[int]("screens.contacts.fragmentation", "FragmentationScreen")


class PeopleList(ColumnedList[Involved]):
    """Two lines a person: who they are and how to reach them, then since when and what may be shared."""

    LINES_A_ROW = 2

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody yet. n links the first contact person."))
        self.case = case
        self.network = Network((), 0, ())
        self.chosen: list[int] = []
        """The contact persons who are marked."""

    def cells(self, row: Involved, part: int) -> Sequence[Cell]:
        over = row.until is not None and row.until <= self.case.today
        if part:
            return [Cell(*self._second(row, over))]
        return [
            Cell(
                ("[x] " if row.contact in self.chosen and not over else " ", BOLD),
                (HIDDEN if self.case.private else row.name, DIM if over else BOLD),
                least=16,
            ),
            Cell((str(self.case.programme.role(row.role).name), DIM if over else PLAIN), least=16),
            Cell(("" if self.case.private else phone.shown(row.phone or row.phone_other), DIM if over else PLAIN)),
        ]

    def _second(self, row: Involved, over: bool) -> list[Piece]:
        since = format_date(row.since)
        if over and row.until is not None:
            words = _("{since} to {until}").format(since=since, until=format_date(row.until))
            left = "  " + _("has left the post") if row.left else ""
            return [("   " + words + left, DIM)]
        pieces: list[Piece] = [("   " + _("since {date}").format(date=since), DIM)]
        if row.new:
            pieces.append(("  " + _("new"), WARN))
        pieces.append(("  " + share_words(row.answer), SHARE_STYLES[row.answer.state]))
        if row.office:
            pieces.append(("  " + row.office, DIM))
        return pieces

    def draw_heading(self, group: Group, width: int) -> Sequence[Piece]:
        if group.key == FORMER:
            return [(group.heading, DIM), (f"  {group.count}", DIM)]
        of = next(each for each in self.network.groups if each.agency == group.key)
        if of.missing:
            return [(group.heading, HEADING), ("  " + _("nobody, and in this phase somebody should be"), ALARM)]
        roles = ", ".join(str(self.case.programme.role(role).name) for role in of.typical)
        if not of.people:
            return [
                (group.heading, DIM),
                ("  " + _("usual in this phase, with consent: {roles}").format(roles=roles), DIM),
            ]
        pieces: list[Piece] = [(group.heading, HEADING), (f"  {group.count}", DIM)]
        for role in of.crowded:
            count = sum(one.role == role for one in of.people)
            text = _("{count} as {role}").format(count=count, role=self.case.programme.role(role).name)
            pieces.append(("  " + _("crowded: {what}").format(what=text), WARN))
        if of.typical:
            pieces.append(("  " + _("usual too: {roles}").format(roles=roles), DIM))
        return pieces


class NetworkScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None."""

    SCOPE = "network"
    HELP: ClassVar[str] = N_(
        "Everybody around one participant, by agency. An agency that should have somebody in this phase and has nobody "
        "is named; so is a role that many have, and many new helpers in a short time. Those the guide calls usual in "
        "this phase stand dimmed; nothing is missing without them. Beside each person stands whether something may be "
        "shared with them today. Those who are marked can be noted as knowing of each other."
    )

    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {
        "network.consents": CONSENTS, "network.known": KNOWN, "network.fragmentation": FRAGMENTATION,
    }  # fmt: skip
    moving: PeopleList

    def __init__(self, case: Case, participant: int) -> None:
        super().__init__(case, participant)
        self.moving = PeopleList(case)
        self._who = ""
        self._whose = ("", "")
        self._plan: Plan | None = None

    def body(self) -> ComposeResult:
        yield Lines(3, id="network-head")
        yield self.moving
        yield Lines(2, id="network-below")

    async def refresh_case(self) -> None:
        row = self.moving.row
        await self._show(row.id if row else None)

    async def _show(self, keep: int | None = None) -> None:
        with self.reading():
            file, found, self._plan = await self.case.store.ask(_load_network, self.participant)
            self._who, self._whose = self.case.called(file.code, file.name), (file.code, file.name)
            self.moving.network = found
            self.moving.chosen = [one for one in self.moving.chosen if one in {each.contact for each in found.people}]
            rows = [*found.people, *found.former]
            name = self.case.programme.agency
            groups = [Group(group.agency, str(name(group.agency).name), len(group.people)) for group in found.groups]
            if found.former:
                groups.append(Group(FORMER, _("Before"), len(found.former)))
            mark = next((place for place, one in enumerate(rows) if one.id == keep), None)
            await self.moving.show_rows(rows, groups, mark=mark)
            self._draw_head(found)
            self._draw_below()
            self.draw_foot()

    def _draw_head(self, found: Network) -> None:
        count = len({one.contact for one in found.people})
        title: list[Piece] = [(" " + _("People around · {who}").format(who=self._who), HEADING), (f"  {count}", BOLD)]
        programme = self.case.programme
        said: list[Piece] = []
        if found.holes:
            names = ", ".join(str(programme.agency(agency).name) for agency in found.holes)
            said.append((" " + _("Missing: {agencies}.").format(agencies=names), ALARM))
        if found.crowded:
            names = ", ".join(str(programme.role(role).name) for role in found.crowded)
            said.append((" " + _("Crowded: {roles}.").format(roles=names), WARN))
        if found.newcomers:
            weeks = programme.limits.new_in_weeks
            text = _("{count} new within {time}.").format(count=found.newcomers, time=weeks_told(weeks))
            said.append((" " + text, WARN))
        if not said:
            said = [(" " + _("Nobody is missing who should be here in this phase."), DIM)]
        self.query_one("#network-head", Lines).show([title, said, self._plan_line()])

    def _plan_line(self) -> list[Piece]:
        plan, programme = self._plan, self.case.programme
        if plan is None:
            return [(" " + _("Individual plan: nothing noted."), DIM)]
        state = self.case.said(str(programme.choice(STATES, plan.state).name), *self._whose)
        since = _("since {date}").format(date=format_date(plan.since))
        pieces: list[Piece] = [(" " + _("Individual plan: {state}").format(state=state), BOLD), (f" {since}", DIM)]
        name = "" if self.case.private else plan.coordinator_name
        agency = str(programme.agency(plan.agency).name) if plan.agency else ""
        if who := name or self.case.said(agency, *self._whose):
            pieces.append(("  " + _("coordinator {who}").format(who=who), PLAIN))
        if plan.revision is not None and plan.state == IN_PLACE:
            style = ALARM if plan.overdue(self.case.today) else PLAIN
            pieces.append(("  " + _("revision {date}").format(date=format_date(plan.revision)), style))
        return pieces

    def _draw_below(self) -> None:
        row = self.moving.row
        lines: list[list[Piece]] = []
        if row is not None and not self.case.private:
            limits = row.answer.consent.limits if row.answer.consent and row.answer.covered else ""
            below = " · ".join(flat(part) for part in (row.answer.reason, limits, row.note) if part)
            lines = [[(" " + reached(row), PLAIN)], [(" " + below, DIM)]]
        self.query_one("#network-below", Lines).show(lines)

    def on_windowed_list_marked(self) -> None:
        self._draw_below()

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id == "network.plan" and self._plan is None and not self.case.store.actor.may_write:
            return _("No individual plan is noted here.")
        if (
            action_id in ("network.end", "network.mark")
            and row is not None
            and row.until is not None
            and row.until <= self.case.today
        ):
            return _("This role has ended already.")
        return ""

    async def action_link(self) -> None:
        """Choose somebody from the register, or enter them, and say which part they have."""
        contact = await self.ask(ContactChooser(self.case, _("Whom to link to {who}?").format(who=self._who)))
        if contact is not None:
            saved = await self.ask(InvolvementForm(self.case, self.participant, contact))
            await self._saved(saved)

    async def action_change(self) -> None:
        """Change the role, the days or the note of the part under the mark."""
        if row := self.moving.row:
            saved = await self.ask(InvolvementForm(self.case, self.participant, involvement=row.id))
            await self._saved(saved)

    async def _saved(self, number: int | None) -> None:
        if number is not None:
            self._touched = True
            await self._show(number)
            self.say(_("Saved."))

    async def action_end(self) -> None:
        """End the part under the mark today."""
        if not (row := self.moving.row):
            return
        await self.case.store.change(network.uninvolve, row.id, row.version)
        self._touched = True
        await self._show(row.id)
        told = _("This role ended today; it stays in the history. u to undo.")
        if holes := len(self.moving.network.holes):
            told = n_(
                "Ended today. {count} agency now has no contact person.",
                "Ended today. {count} agencies now have no contact person.",
                holes,
            ).format(count=holes)
        self.say(told)

    def action_mark(self) -> None:
        """Mark who is to know of the others, or take the mark away, and go on to the next line."""
        row, chosen = self.moving.marked, self.moving.chosen
        if row.contact in chosen:
            chosen.remove(row.contact)
        else:
            chosen.append(row.contact)
        self.moving.refresh()
        self.moving.move(1)
        key = self.case.keymap.shown("network.tell", self.SCOPE)
        count = n_(
            "{count} marked: {key} notes that they know of each other.",
            "{count} marked: {key} notes that they know of each other.", len(chosen),
        )  # fmt: skip
        self.say(count.format(count=len(chosen), key=key) if chosen else "")

    async def action_tell(self) -> None:
        """Note that those who are marked, or else all, know of each other from today."""
        people = self.moving.chosen or [one.contact for one in self.moving.network.people]
        whom = {self.participant: tuple(dict.fromkeys(people))} if len(set(people)) > 1 else {}
        if count := await tell_each_other(self, whom):
            self._touched, self.moving.chosen = True, []
            await self.refresh_case()
            self.say(told(count))

    async def action_plan(self) -> None:
        """Read how the individual plan stands, or note it."""
        if self._plan is None:
            await self.open(INDIVIDUAL_PLAN, self.participant, None)
        else:
            await self.open(READ_INDIVIDUAL_PLAN, self.participant, self._plan.id)

    def action_close(self) -> None:
        """Take the marks away first; then back to the participant."""
        if self.moving.chosen:
            self.moving.chosen = []
            self.moving.refresh()
            self.say("")
        else:
            super().action_close()

    async def action_open(self) -> None:
        """Read what the register knows of the person."""
        if not (row := self.moving.row):
            return
        saved = await self.ask(ContactForm(self.case, row.contact).to_read())
        await self.refresh_case()
        if saved is not None:
            self.say(_("Saved."))


def _load_network(reading: Reading, participant: int) -> tuple[ParticipantFile, Network, Plan | None]:
    """Who the participant is, everybody around them, and the individual plan, in one visit to the vault."""
    return (
        participants.file_of(reading, participant),
        network.network(reading, participant),
        individual_plan.of(reading, participant),
    )
