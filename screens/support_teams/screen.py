"""The support team around one participant: who sits in it, what is agreed, what it keeps an eye on, how it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from msgspec.structs import replace
from textual.app import ComposeResult

from config.words import N_, _
from models.participants.participants import ParticipantFile
from models.plans import tasks
from models.plans.tasks import ToDo
from models.support_teams import members, teams
from models.support_teams import reading as team_reading
from models.support_teams.reading import Extension, Look, Member, Met, Routine, TeamFile, TeamLine
from screens.forms.line_fields import HIDDEN
from screens.frame import chooser
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.destinations import CONSENTS, EVALUATIONS_OF, MEETING
from screens.frame.dialog import AboutParticipant
from screens.frame.route import Route
from screens.plans.task_form import TaskForm
from screens.support_teams.forms import EndForm, ExtendForm, TeamForm
from screens.support_teams.list import Point, TeamList, detail_of, groups_of, heads
from screens.support_teams.part_forms import MemberForm, RoutineForm, TeamTaskForm, WatchForm
from screens.widgets.line import BOLD, HEADING, PLAIN, Piece, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

DETAIL_LINES: Final = 4
MEETINGS: Final = Route[int]("screens.meetings.list", "MeetingsScreen", quiet=True)
AGREEMENT: Final = Route[int, str]("screens.paper.screen", "PaperScreen", quiet=True)
WITHOUT_TEAM: Final = frozenset({"add", "meetings", "consents", "paper", "close"})
"""What can be done before there is a support team."""


class SupportTeamScreen(AboutParticipant):
    """The result is the participant when something was changed here, else None.

    `team` is one of before; with None it is the one that lasts, or was last.
    """

    moving: TeamList
    SCOPE = "support_team"
    HELP: ClassVar[str] = N_(
        "The support team of one participant: one representative of each agency, together for a limited time. The "
        "kick-off is gone through point by point. Above stands what is missing today, first of all whom no consent "
        "covers. Its tasks are the participant's tasks, its meetings those that were held while it lasted. When its "
        "time is up it is concluded and ended, or extended with a reason."
    )
    OPENS_OF: ClassVar[Mapping[str, Route[int]]] = {
        "support_team.meetings": MEETINGS,
        "support_team.consents": CONSENTS,
    }

    def __init__(self, case: Case, participant: int, team: int | None = None) -> None:
        super().__init__(case, participant)
        self.moving = TeamList(case)
        self._wanted = team
        self._person: ParticipantFile | None = None
        self._file: TeamFile | None = None

    def body(self) -> ComposeResult:
        yield Lines(3, id="support-team-head")
        yield self.moving
        yield Lines(DETAIL_LINES, id="support-team-detail")

    async def refresh_case(self) -> None:
        before = self.moving.row
        ask = self.case.store.ask
        person, self._file = await ask(team_reading.overview, self.participant, self._wanted)
        self._person, self.moving.about = person, (person.code, person.name)
        groups = groups_of(self.case, self._file) if self._file is not None else []
        rows = [row for _heading, found in groups for row in found]
        mark = next((place for place, row in enumerate(rows) if before is not None and row.key == before.key), 0)
        await self.moving.show_rows(rows, [Group(text, text, len(found)) for text, found in groups], mark=mark)
        self._draw()

    def _draw(self) -> None:
        if self._person is None:
            return
        who = self.case.called(self._person.code, self._person.name)
        title: list[Piece] = [(" " + _("Support team · {who}").format(who=who), HEADING)]
        below = heads(self.case, self._file) if self._file is not None else []
        self.query_one("#support-team-head", Lines).show([title, *below])
        self._draw_detail()
        self.draw_foot()

    def _draw_detail(self) -> None:
        row, width = self.moving.row, max(20, self.app.size.width - 2)
        texts = detail_of(self.case, row) if row is not None else []
        lines: list[list[Piece]] = [
            [(" " + line, BOLD if first else PLAIN)]
            for text, first in texts
            for line in wrapped(self.case.said(text, *self.moving.about), width)
            if text
        ]
        self.query_one("#support-team-detail", Lines).show(lines[:DETAIL_LINES])

    def on_resize(self) -> None:
        if self.is_mounted:
            self._draw()

    def on_windowed_list_marked(self) -> None:
        self._draw_detail()

    @property
    def file(self) -> TeamFile:
        """The support team that is shown; only asked for where `why_not` has found one."""
        assert self._file is not None
        return self._file

    def why_not(self, action_id: str) -> str:
        name = action_id.removeprefix("support_team.")
        if self._file is None:
            known = name in WITHOUT_TEAM or not action_id.startswith("support_team.")
            return "" if known else _("There is no support team yet: n begins one.")
        team, of = self._file.team, self.moving.row.of if self.moving.row else None
        if name == "add":
            lasts = next((one for one in (team, *self._file.earlier) if one.ended is None), None)
            if lasts is not None and self.case.private:
                lasts = replace(lasts, coordinator=HIDDEN)
            return teams.lasts_already(self.case.programme, lasts) if lasts else ""
        if name in ("extend", "end") and team.ended is not None:
            return _("This support team has ended.")
        if name == "done" and not (isinstance(of, ToDo) and of.state == tasks.OPEN):
            return _("Only a task that is open can be done.")
        if name == "away" and not isinstance(of, Member | Routine | ToDo):
            return _("Select a member, a routine or a task.")
        if name == "edit" and isinstance(of, Met | Extension | TeamLine):
            return _("This is not changed here: Enter goes there.")
        return ""

    # ------------------------------------------------------------------ what is new

    async def action_add(self) -> None:
        """Begin a support team."""
        self._wanted = None
        await self._form(TeamForm(self.case, self.participant))

    async def action_member(self) -> None:
        """Take somebody in."""
        await self._form(MemberForm(self.case, self.participant, self.file.team.id), Member)

    async def action_routine(self) -> None:
        """Note a routine."""
        await self._form(RoutineForm(self.case, self.participant, self.file.team.id), Routine)

    async def action_task(self) -> None:
        """Set a task."""
        await self._form(TeamTaskForm(self.case, self.participant, self.file.team.id), ToDo)

    async def action_watch(self) -> None:
        """Note how it stands with what the support team keeps an eye on."""
        await self._form(WatchForm(self.case, self.participant, self.file.team.id), Look)

    async def action_extend(self) -> None:
        """Let it go on for longer."""
        await self._form(ExtendForm(self.case, self.participant, self.file.team.id), Extension)

    async def action_end(self) -> None:
        """End it."""
        team = self.file.team.id
        await self._form(EndForm(self.case, self.participant, team))
        if self.file.team.ended is not None:
            await self.mark_saved(team, lambda row, _of: row.key == ("point", "conclusion"))

    async def action_evaluations(self) -> None:
        """Show what people thought of this support team."""
        await self.open(EVALUATIONS_OF, "support_team", self.file.team.id)

    async def action_paper(self) -> None:
        """Read its agreement as it is printed."""
        await self.open(AGREEMENT, self.participant, "support_team")

    # ------------------------------------------------------------------ what is there

    def _form_of(self, of: object) -> Any:
        """The form of a line, None for one that has none."""
        case, who, team = self.case, self.participant, self.file.team.id
        match of:
            case Point(counted=False) as point:
                of_end = point.key in ("conclusion", "recommendation")
                form = EndForm(case, who, team) if of_end else TeamForm(case, who, team)
                form.meant = point.key
                return form
            case Member() as one:
                return MemberForm(case, who, team, one.id)
            case Routine() as routine:
                return RoutineForm(case, who, team, routine.id)
            case ToDo() as task:
                return TaskForm(case, who, task.id)
            case Look() as look:
                return WatchForm(case, who, team, look.day)
        return None

    async def action_read(self) -> None:
        """Read all of the line under the mark, or go to what it tells of."""
        of = self.moving.marked.of
        form = self._form_of(of)
        if isinstance(of, Met):
            await self.open(MEETING, of.id)
        elif isinstance(of, TeamLine):
            await self.ask(SupportTeamScreen(self.case, self.participant, of.id))
        elif form is not None:
            await self._form(form.to_read(), type(of))
        else:
            self._go_to(of)

    async def action_edit(self) -> None:
        """Change what is under the mark."""
        of = self.moving.marked.of
        form = self._form_of(of)
        if form is not None:
            await self._form(form, type(of))
        else:
            self._go_to(of)

    def _go_to(self, of: object) -> None:
        """To the first of what a point counts; where there is none, say which key notes one."""
        kind = ToDo if isinstance(of, Point) and of.key == "tasks" else Routine
        place = self._place(kind)
        if isinstance(of, Point) and place is not None:
            self.moving.go(place)
        elif isinstance(of, Point):
            key = self.case.keymap.shown(f"support_team.{'task' if kind is ToDo else 'routine'}", self.SCOPE)
            self.say(_("Nothing is noted yet; the key for it is {key}.").format(key=key))
        else:
            self.say(_("Nothing more opens here: all of it stands on the line."))

    async def action_done(self) -> None:
        """The task under the mark is done."""
        task = self.moving.marked.of
        assert isinstance(task, ToDo)
        await self._change(tasks.finish, task.id, task.version)

    async def action_away(self) -> None:
        """The member leaves, the routine is not followed any more, the task is not going to be done."""
        of = self.moving.marked.of
        if isinstance(of, Member):
            leaves = [
                Option("", _("Somebody else will sit in it for the agency"), "s"),
                Option("1", _("The agency leaves the support team"), "a"),
            ]
            answer = await choose(self, _("Who leaves?"), leaves)
            if answer is not None:
                await self._change(members.leave, of.id, of.version, agency_left=answer == "1")
        elif isinstance(of, Routine):
            question = _("Take this away? {what}").format(what=self.moving.said(of.what))
            if await chooser.agreed(self, question, no=_("No, keep it"), yes=_("Yes, take it away")):
                await self._change(members.remove_routine, of.id, of.version)
        elif isinstance(of, ToDo):
            await self._change(tasks.decline, of.id, of.version)

    async def _change(self, change: Callable[..., Any], number: int, version: int, **more: object) -> None:
        await self.case.store.change(change, number, version, **more)
        await self._changed()

    async def _form(self, form: Any, kind: type | None = None) -> None:
        """Ask a form; the mark goes to what was saved, of this kind and number."""
        number = await self.ask(form)
        if not number:
            return
        await self._changed()
        if kind in (Member, Routine, ToDo):
            await self.mark_saved(number, lambda row, of: isinstance(row.of, kind) and row.of.id == of)
        elif kind in (Look, Extension):
            self.moving.go(self._place(kind, last=kind is Extension) or 0)

    def _place(self, kind: type, *, last: bool = False) -> int | None:
        """Where the first line about this kind of thing is, or the last."""
        rows = (self.moving.row_at(place) for place in range(self.moving.count))
        found = [place for place, row in enumerate(rows) if row is not None and isinstance(row.of, kind)]
        return found[-1 if last else 0] if found else None
