"""Who is invited to a gathering and who came, half day by half day; a mark a person, one key for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.style import Style
from textual.app import ComposeResult

from config.dates import format_date, short_date, short_weekday
from config.words import N_, _, n_
from models.gatherings import attendance, gatherings, groups, members
from models.gatherings.attendance import STABLE, Half, Invited
from models.gatherings.gatherings import CANCELLED, GatheringLine
from models.gatherings.members import Member
from models.gatherings.stability import counted
from models.storage.reading import Reading
from screens.frame.case import Case
from screens.frame.chooser import ChooserScreen, Option, choose
from screens.frame.dialog import ChangedList
from screens.gatherings.fields import agency_name, called
from screens.gatherings.list import days_of, share_pieces
from screens.gatherings.people_forms import InvitationForm
from screens.widgets.columns import Cell, ColumnedList
from screens.widgets.line import BOLD, DIM, GOOD, HEADING, MARK, PLAIN, WARN, Piece
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

BESIDE: Final = 4
"""So many half days stand beside each other."""
OUTSIDE: Final = "outside"


class AttendanceList(ColumnedList[Invited]):
    """One line a person, with a box for each half day in sight; `here` is the one that the keys are about."""

    def __init__(self, case: Case) -> None:
        super().__init__(empty=_("Nobody is invited yet. i invites every member."))
        self.case = case
        self.halves: tuple[Half, ...] = ()
        self.here = 0

    @property
    def shown(self) -> range:
        """The places of the half days in sight."""
        first = max(0, min(self.here - 1, len(self.halves) - BESIDE))
        return range(first, min(len(self.halves), first + BESIDE))

    def heads(self) -> Sequence[Cell]:
        heads = [Cell((half_name(self.halves[place]), MARK if place == self.here else DIM)) for place in self.shown]
        return [*heads, Cell((_("Name"), DIM)), Cell((_("Agency"), DIM)), Cell((_("Takes part as"), DIM))]

    def cells(self, row: Invited, part: int) -> Sequence[Cell]:
        boxes = [self._box(row, place) for place in self.shown]
        group = "  " + _("group {number}").format(number=row.group_number) if row.group_number is not None else ""
        part_name = str(self.case.programme.choice("gathering_part", row.part).name)
        return [
            *boxes,
            Cell((called(self.case, row.name, row.agency), BOLD), least=16),
            Cell((agency_name(self.case, row.agency), PLAIN), least=10),
            Cell((part_name, PLAIN if row.part == STABLE else DIM), (group, DIM), least=10),
        ]

    def _box(self, row: Invited, place: int) -> Cell:
        half = self.halves[place]
        box = "[x]" if half in row.came else "[–]" if half in row.missed else "[ ]"
        style: Style = GOOD if half in row.came else WARN if half in row.missed else DIM
        return Cell((f" {box} ", style + BOLD if place == self.here else style))


def half_name(half: Half) -> str:
    """A half day in a word: the weekday, before or after noon."""
    return f"{short_weekday(half[0])} " + (_("a.m.") if half[1] == 1 else _("p.m."))


class AttendanceScreen(ChangedList):
    """The people of one gathering; the result is 1 when something was changed here."""

    moving: AttendanceList
    SCOPE = "attendance"
    HELP: ClassVar[str] = N_(
        "Who is invited, and who came to each half day: a tick for who came, a dash for who did not, nothing while it "
        "is not noted. Note first that all came, then go to those who did not and press Space. On top stands how many "
        "of the stable members who are invited came to at least one half day; guests, managers and other members are "
        "counted apart."
    )

    def __init__(self, case: Case, gathering: int) -> None:
        super().__init__(case)
        self.gathering = gathering
        self.moving = AttendanceList(case)
        self._held: GatheringLine | None = None

    def body(self) -> ComposeResult:
        yield Lines(3, id="attendance-head")
        yield self.moving.titles
        yield self.moving

    async def refresh_case(self) -> None:
        first = self._held is None
        held, people = await self.case.store.ask(_people, self.gathering)
        self._held, self.moving.halves = held, held.halves
        if first:
            # Where something is noted already, one goes on where nothing is.
            noted = {half for one in people for half in (*one.came, *one.missed)}
            left = [place for place, half in enumerate(held.halves) if half not in noted]
            self.moving.here = left[0] if left else 0
        self.moving.here = min(self.moving.here, len(held.halves) - 1)
        parts = dict.fromkeys(one.part for one in people)
        shown = [
            Group(
                part,
                str(self.case.programme.choice("gathering_part", part).name),
                sum(one.part == part for one in people),
            )
            for part in parts
        ]
        await self.moving.show_rows(people, shown)
        self._draw_head(held, people)
        self.draw_foot()

    def _draw_head(self, held: GatheringLine, people: Sequence[Invited]) -> None:
        half = self.moving.halves[self.moving.here]
        figures = counted(held, list(people))
        came, missed = sum(half in one.came for one in people), sum(half in one.missed for one in people)
        title: list[Piece] = [
            (" " + _("Attendance"), HEADING), (f"  {held.number} {held.title}", BOLD), (f" · {days_of(held)}", PLAIN),
        ]  # fmt: skip
        told = _("{came} came, {missed} did not, {left} not noted").format(
            came=came, missed=missed, left=len(people) - came - missed
        )
        now: list[Piece] = [(f" {half_name(half)} {short_date(half[0])}", BOLD), (f"  {told}", PLAIN)]
        if held.noted:
            now += [("  · " + _("stable members") + " ", DIM), *share_pieces(self.case, figures.stable)]
        self.query_one("#attendance-head", Lines).show([title, now])

    def why_not(self, action_id: str) -> str:
        held = self._held
        name = action_id.partition(".")[2]
        if held is not None and held.state == CANCELLED and name in ("mark", "all_came", "invite_all", "add", "groups"):
            return _("This gathering is cancelled. Note it as planned or held first.")
        if name in ("mark", "all_came") and held is not None and self.moving.halves:
            day = self.moving.halves[self.moving.here][0]
            if day > self.case.today:
                told = _("The gathering has not come to {day} yet; attendance is noted when it has.")
                return told.format(day=format_date(day))
        return ""

    async def _go_to(self, place: int) -> None:
        self.moving.here = max(0, min(place, len(self.moving.halves) - 1))
        self.moving.lay_out_anew()
        assert self._held is not None
        self._draw_head(self._held, [row for row in map(self.moving.row_at, range(self.moving.count)) if row])
        self.draw_foot()

    async def action_next_half(self) -> None:
        """Go to the next half day; from the last to the first."""
        await self._go_to((self.moving.here + 1) % len(self.moving.halves))

    async def action_previous_half(self) -> None:
        """Go to the half day before."""
        await self._go_to(self.moving.here - 1)

    async def action_mark(self) -> None:
        """They came to the half day, or did not, or it is not noted."""
        row, half = self.moving.marked, self.moving.halves[self.moving.here]
        came = False if half in row.came else None if half in row.missed else True
        await self.case.store.change(attendance.mark, row.id, *half, came)
        self._touched = True
        await self.catch_up()

    async def action_all_came(self) -> None:
        """Everybody came to the half day of whom nothing is noted."""
        half = self.moving.halves[self.moving.here]
        count = await self.case.store.change(attendance.all_came, self.gathering, *half)
        await self._changed()
        self.say(n_("{count} came.", "{count} came.", count).format(count=count) + " " + _("u to undo."))

    async def action_invite_all(self) -> None:
        """Invite every member who is not invited yet."""
        count = await self.case.store.change(attendance.invite_all, self.gathering)
        await self._changed()
        self.say(n_("{count} invited.", "{count} invited.", count).format(count=count))

    async def action_add(self) -> None:
        """Invite one member, or somebody from outside."""
        assert self._held is not None
        left = await self.case.store.ask(_not_asked, self.gathering)
        options = [Option(OUTSIDE, _("Somebody who is not a member")), *(
            Option(str(one.id), called(self.case, one.name, one.agency),
                   hint=agency_name(self.case, one.agency)) for one in left
        )]  # fmt: skip
        answer = await choose(self, _("Who is invited?"), options)
        if answer == OUTSIDE:
            saved = await self.ask(InvitationForm(self.case, self.gathering))
            await self._saved(saved)
        elif answer is not None:
            member = next(one for one in left if str(one.id) == answer)
            number = await self.case.store.change(attendance.invite, self.gathering, member.id)
            await self._saved(number)
            if not member.belongs(self._held.first):
                told = _("{name} is no member on {day}, and is invited as a guest.")
                self.say(told.format(name=called(self.case, member.name, member.agency),
                                     day=format_date(self._held.first)))  # fmt: skip

    async def action_groups(self) -> None:
        """Draw mixed groups."""
        if (told := await draw_groups(self, self.gathering)) is not None:
            await self._changed()
            self.say(told)

    async def action_read(self) -> None:
        """Read what is noted of the person under the mark."""
        saved = await self.ask(InvitationForm(self.case, 0, self.moving.marked.id).to_read())
        await self._saved(saved)

    async def action_edit(self) -> None:
        """Change what the person under the mark takes part as, or the group."""
        saved = await self.ask(InvitationForm(self.case, 0, self.moving.marked.id))
        await self._saved(saved)

    async def action_away(self) -> None:
        """Take the invitation of the person under the mark back."""
        row = self.moving.marked
        await self.case.store.change(attendance.take_off, row.id, row.version)
        await self._changed()
        self.say(_("Taken away; u to undo."))


async def draw_groups(screen: ChangedList, gathering: int) -> str | None:
    """Ask into how many mixed groups, from an action of `screen`, and draw them; what is said then, None for none."""
    case = screen.case
    people = await case.store.ask(groups.to_be_drawn, gathering)
    size = case.programme.limits.group_size
    wanted = max(1, round(len(people) / size))
    options = []
    for number in range(2 if len(people) > 1 else 1, min(len(people), 3 * wanted + 1) + 1):
        least, more = divmod(len(people), number)
        told = _("{least} or {most} in each").format(least=least, most=least + 1) if more else _(
            "{least} in each"
        ).format(least=least)  # fmt: skip
        options.append(Option(str(number), n_("{count} group", "{count} groups", number).format(count=number),
                              hint=told))  # fmt: skip
    title = _("Into how many mixed groups? {count} people, drawn evenly across agencies").format(count=len(people))
    answer = await screen.ask(ChooserScreen(case, title, options, chosen=(str(wanted),)))
    if not isinstance(answer, str):
        return None
    count = await case.store.change(groups.draw, gathering, int(answer))
    return _("{count} people drawn into {groups} groups; u to undo.").format(count=count, groups=answer)


def _people(reading: Reading, gathering: int) -> tuple[GatheringLine, list[Invited]]:
    return gatherings.one(reading, gathering), attendance.of(reading, gathering)


def _not_asked(reading: Reading, gathering: int) -> list[Member]:
    """Members who are not invited, those who are no members any more among them."""
    asked = {one.member for one in attendance.of(reading, gathering)}
    return [one for one in members.listing(reading) if one.id not in asked]
