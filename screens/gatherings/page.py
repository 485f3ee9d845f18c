"""One gathering as a page: what it is, its programme, its tasks, and what it sent outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult

from config.dates import format_date, short_date
from config.words import N_, _, n_
from models.gatherings import attendance, consultations, gatherings, groups, tasks, topics
from models.gatherings.attendance import Invited
from models.gatherings.consultations import Sent
from models.gatherings.gatherings import STANDING, STATES, GatheringLine
from models.gatherings.stability import Share
from models.gatherings.tasks import AGENCY, GROUP, Task
from models.gatherings.topics import Topic
from models.paper.gathering import KINDS as PAPERS
from models.storage.reading import Reading
from screens.forms.reading import ReadableForm
from screens.frame.case import Case
from screens.frame.chooser import Option, choose
from screens.frame.dialog import ChangedList
from screens.gatherings.answers import AnswersScreen
from screens.gatherings.attendance import draw_groups
from screens.gatherings.fields import agency_name
from screens.gatherings.forms import ConsultationForm, GatheringForm, TopicForm
from screens.gatherings.list import ATTENDANCE, days_of, share_pieces
from screens.gatherings.paper import GatheringPaperScreen
from screens.gatherings.task_forms import TaskForm
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, WARN, Piece, flat
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

Row = GatheringLine | Topic | Task | Sent


class Page(Struct, frozen=True):
    """All that the screen shows, in one visit to the vault."""

    gathering: GatheringLine
    topics: list[Topic]
    tasks: list[Task]
    sent: list[Sent]
    people: list[Invited]


class PageList(ColumnedList[Row]):
    """One line the gathering itself, a topic, a task, or what was sent outside."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self.drawn: set[int] = set()

    def cells(self, row: Row, part: int) -> Sequence[Cell]:
        match row:
            case GatheringLine():
                summary = flat(row.summary) or _("No summary yet; e writes one.")
                return [told(summary, PLAIN if row.summary else DIM)]
            case Topic():
                return self._topic_cells(row)
            case Task():
                return self._task_cells(row)
            case Sent():
                day = format_date(row.sent) if row.sent else _("not sent")
                return [Cell((day, PLAIN if row.sent else WARN)), Cell((row.recipient, BOLD), least=14),
                        told(row.title, PLAIN)]  # fmt: skip

    def _topic_cells(self, row: Topic) -> Sequence[Cell]:
        kind = str(self.case.programme.choice("topic_kind", row.topic_kind).name)
        if row.topic_kind == STANDING and row.ended:
            kind += " · " + _("ended")
        minutes = n_("{count} min", "{count} min", row.minutes).format(count=row.minutes) if row.minutes else ""
        outside = (
            str(self.case.programme.choice("presenter", row.presenter).name) if row.presenter != "internal" else ""
        )
        who = row.presenters or (agency_name(self.case, row.agency) if row.agency else "")
        return [
            Cell((row.title, BOLD), least=20, worth=4), Cell((kind, DIM), least=10),
            Cell((minutes, PLAIN), at_right=True), Cell((who, PLAIN), (outside and "  " + outside, DIM), least=8),
        ]  # fmt: skip

    def _task_cells(self, row: Task) -> Sequence[Cell]:
        when = str(self.case.programme.choice("task_when", row.task_when).name)
        late = row.due is not None and row.done is None and row.due < self.case.today
        due = short_date(row.due) if row.due else ""
        answers = n_("{count} answer", "{count} answers", row.answers).format(count=row.answers) if row.answers else ""
        return [
            Cell(("[x] " if row.done else "[ ] ", PLAIN), (flat(row.text), DIM if row.done else BOLD),
                 least=20, worth=4),
            Cell((self._whom(row), WARN if self._has_nobody(row) else PLAIN), least=10),
            Cell((when, DIM), least=8), Cell((due, ALARM if late else PLAIN)), Cell((answers, GOOD)),
        ]  # fmt: skip

    def _whom(self, row: Task) -> str:
        whom = str(self.case.programme.choice("task_whom", row.task_whom).name)
        if row.task_whom == AGENCY:
            return agency_name(self.case, row.agency) if row.agency else _("Each agency")
        if row.task_whom == GROUP:
            whom = whom if row.group_number is None else _("Group {number}").format(number=row.group_number)
            return _("{group}: nobody in it").format(group=whom) if self._has_nobody(row) else whom
        return whom

    def _has_nobody(self, row: Task) -> bool:
        if row.task_whom != GROUP:
            return False
        return not self.drawn if row.group_number is None else row.group_number not in self.drawn


class GatheringScreen(ChangedList):
    """One gathering; the result is 1 when something was changed here."""

    moving: PageList
    SCOPE = "gathering"
    HELP: ClassVar[str] = N_(
        "One gathering: its summary, its programme with subject talks, work with process and method and standing "
        "items, the tasks before, at and after it with their answers, and what was sent to somebody outside. Enter "
        "reads what is selected; on a task it shows the answers."
    )

    def __init__(self, case: Case, gathering: int) -> None:
        super().__init__(case)
        self.gathering = gathering
        self.moving = PageList(case)

    def body(self) -> ComposeResult:
        yield Lines(4, id="gathering-head")
        yield self.moving

    async def refresh_case(self) -> None:
        page = await self.case.store.ask(_page, self.gathering)
        drawn = groups.of(page.people)
        self.moving.drawn = set(drawn)
        rows: list[Row] = [page.gathering, *page.topics, *page.tasks, *page.sent]
        shown = [
            Group("about", _("Summary"), 1),
            Group("topics", _("Programme"), len(page.topics)),
            Group("tasks", _("Tasks"), len(page.tasks)),
            Group("sent", _("Sent outside"), len(page.sent)),
        ]
        await self.moving.show_rows(rows, shown)
        self._draw_head(page.gathering, page.people, len(drawn))
        self.draw_foot()

    def _draw_head(self, row: GatheringLine, people: Sequence[Invited], drawn: int) -> None:
        kind = str(self.case.programme.choice("gathering_kind", row.gathering_kind).name)
        facts = [days_of(row), row.place, _("overnight") if row.overnight else "", kind, _(STATES[row.state])]
        who = n_("{count} invited", "{count} invited", len(people)).format(count=len(people))
        third: list[Piece] = [(f" {who}", PLAIN)]
        if row.noted:
            third += [(" · " + _("stable members who came") + " ", DIM),
                      *share_pieces(self.case, Share(row.came, row.invited))]  # fmt: skip
        if drawn:
            third.append((" · " + n_("{count} mixed group", "{count} mixed groups", drawn).format(count=drawn), PLAIN))
        if row.responsible_name:
            third.append((" · " + _("responsible {name}").format(name=row.responsible_name), DIM))
        self.query_one("#gathering-head", Lines).show([
            [(" " + _("Gathering {number}").format(number=row.number), HEADING), (f"  {row.title}", BOLD)],
            [(" " + " · ".join(fact for fact in facts if fact), PLAIN)],
            third,
        ])  # fmt: skip

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        name = action_id.partition(".")[2]
        if name == "done" and not isinstance(row, Task):
            return _("Only a task can be done.")
        if name in ("later", "earlier") and not isinstance(row, Topic):
            return _("Only a topic has a place in the programme.")
        if name == "away" and isinstance(row, GatheringLine):
            return _("The gathering itself is taken away in the list of gatherings.")
        return ""

    def is_saved(self, row: Row, number: int) -> bool:
        return False

    async def action_add(self) -> None:
        """Add a topic, a task or something that is sent outside."""
        options = [
            Option("topic", _("A topic of the programme"), "t"),
            Option("task", _("A task before, at or after it"), "a"),
            Option("preparation", _("The preparation with its questions"), "p"),
            Option("sent", _("Something that is sent to somebody outside"), "s"),
        ]
        answer = await choose(self, _("What is added?"), options)
        if answer == "topic":
            saved = await self.ask(TopicForm(self.case, self.gathering))
            await self._saved_as(Topic, saved)
        elif answer == "sent":
            saved = await self.ask(ConsultationForm(self.case, self.gathering))
            await self._saved_as(Sent, saved)
        elif answer is not None:
            saved = await self.ask(TaskForm(self.case, self.gathering, preparation=answer == "preparation"))
            await self._saved_as(Task, saved)

    async def _saved_as(self, kind: type[Row], number: int | None) -> None:
        """Back from a form about a row of this kind: the mark goes to it."""
        if number:
            await self._changed()
            await self.mark_saved(number, lambda row, saved: isinstance(row, kind) and row.id == saved)

    def _form(self) -> ReadableForm:
        """The form of what is under the mark."""
        match self.moving.marked:
            case GatheringLine() as row:
                return GatheringForm(self.case, row.id)
            case Topic() as row:
                return TopicForm(self.case, 0, row.id)
            case Task() as row:
                return TaskForm(self.case, 0, row.id)
            case Sent() as row:
                return ConsultationForm(self.case, 0, row.id)

    async def action_open(self) -> None:
        """Read what is under the mark; of a task, its answers."""
        row = self.moving.marked
        if isinstance(row, Task):
            if await self.ask(AnswersScreen(self.case, row.id)):
                await self._changed()
        else:
            saved = await self.ask(self._form().to_read())
            await self._saved_as(type(row), saved)

    async def action_edit(self) -> None:
        """Change what is under the mark."""
        row = self.moving.marked
        saved = await self.ask(self._form())
        await self._saved_as(type(row), saved)

    async def action_attendance(self) -> None:
        """Invite people, and note who came."""
        await self.open(ATTENDANCE, self.gathering)

    async def action_groups(self) -> None:
        """Draw mixed groups."""
        if (said := await draw_groups(self, self.gathering)) is not None:
            await self._changed()
            self.say(said)

    async def action_paper(self) -> None:
        """Read one of the papers as it is printed."""
        options = [Option(kind, _(name), str(place)) for place, (kind, name) in enumerate(PAPERS.items(), 1)]
        kind = await choose(self, _("Which paper?"), options)
        if kind is not None:
            await self.app.push_screen(GatheringPaperScreen(self.case, self.gathering, kind))

    async def action_done(self) -> None:
        """The task under the mark is done, or is not after all."""
        row = self.moving.marked
        assert isinstance(row, Task)
        await self.case.store.change(tasks.finish, row.id, row.version)
        await self._saved_as(Task, row.id)

    async def action_later(self) -> None:
        """Move the topic under the mark down."""
        await self._move(1)

    async def action_earlier(self) -> None:
        """Move the topic under the mark up."""
        await self._move(-1)

    async def _move(self, places: int) -> None:
        row = self.moving.marked
        await self.case.store.change(topics.move, row.id, places)
        await self._saved_as(Topic, row.id)

    async def action_away(self) -> None:
        """Take what is under the mark away, or end a standing item."""
        row = self.moving.marked
        store = self.case.store
        if isinstance(row, Topic) and row.topic_kind == STANDING and row.ended is None:
            options = [
                Option("end", _("It is ended: it stays here, and comes into no new gathering"), "e"),
                Option("here", _("It is taken out of this gathering only"), "h"),
            ]
            answer = await choose(self, _("What about “{title}”?").format(title=row.title), options)
            if answer == "end":
                await store.change(topics.end, row.id, row.version)
                await self._saved_as(Topic, row.id)
            if answer != "here":
                return
        match row:
            case Topic():
                await store.change(topics.remove, row.id, row.version)
            case Task():
                await store.change(tasks.remove, row.id, row.version)
            case Sent():
                await store.change(consultations.remove, row.id, row.version)
        await self._changed()
        self.say(_("Taken away; u to undo."))


def _page(reading: Reading, gathering: int) -> Page:
    return Page(
        gatherings.one(reading, gathering),
        topics.of(reading, gathering),
        tasks.of(reading, gathering),
        consultations.of(reading, gathering),
        attendance.of(reading, gathering),
    )
