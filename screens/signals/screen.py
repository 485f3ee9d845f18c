"""What the program notices by itself across the caseload, or about one participant, the most pressing first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.programme.method import SignalText
from config.words import N_, _, n_
from models.cooperation import signs as agreement_signs
from models.signals import listing as signals
from models.signals import snoozes
from models.signals import team as team_signals
from models.signals.listing import SignalLine
from models.signals.sign import FAMILIES, LEGEND, SEVERITIES, is_of
from models.signals.team import StaffSign
from models.signals.watch import Survey
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from screens.forms.draft_keeper import Whose
from screens.frame.case import Case
from screens.frame.chooser import Option, choose, choose_whose
from screens.frame.destinations import ABSENCES, AGREEMENT, HAND_OVERS, PARTICIPANT, TEAM_AGENDA, TEAM_REVIEWS
from screens.frame.dialog import ListScreen
from screens.frame.places import go_to_remedy
from screens.frame.route import Route
from screens.signals.snooze_form import SnoozeForm, aside_words
from screens.team.assigning import give_worker
from screens.widgets.columns import Cell, ColumnedList, told
from screens.widgets.line import BOLD, BY_SEVERITY, DIM, HEADING, PLAIN, WARN, Piece, wrapped
from screens.widgets.lines import Lines
from screens.widgets.windowed_list import Group

BELOW: Final = 6

Shown = SignalLine | StaffSign


class SignalsScreen(ListScreen[int]):
    """Of the team, of one colleague, or of `participant`; the result is a participant when something was changed."""

    SCOPE = "signals"
    HELP: ClassVar[str] = N_(
        "What the program notices by itself, the most urgent first. Each signal says why, and rests on a date. It "
        "is advice: somebody should look. One that can wait is snoozed with a reason until a day, and shows again "
        "before it when more is true than was then. v lists all that is snoozed, by whom, until when and why; it "
        "can be unsnoozed there."
    )

    OPENS: ClassVar[Mapping[str, Route[[]]]] = {"signals.team_reviews": TEAM_REVIEWS}

    def __init__(self, case: Case, participant: int | None = None) -> None:
        super().__init__(case)
        self.participant = participant
        self.worker = None if participant is not None else case.board.worker
        self.rule = ""
        self.aside = False
        self.moving: ColumnedList[Shown] = ColumnedList(self._cells_of_signal)
        self._survey: Survey | None = None
        self._all_of_team: Sequence[StaffSign] = ()
        self._team: Sequence[StaffSign] = ()
        self._explains = False

    def body(self) -> ComposeResult:
        yield Lines(2, id="signals-head")
        yield self.moving
        yield Lines(BELOW, id="signals-reason")

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self._draw_reason)

    # ------------------------------------------------------------------ what is shown

    async def refresh_case(self) -> None:
        await self._show()

    async def _show(self, mark: int | None = None) -> None:
        store = self.case.store
        looked, self._all_of_team, whose = await store.ask(_look, self.participant, self.worker, self.rule, self.aside)
        self._survey = looked
        self._team = [one for one in self._all_of_team if is_of(one.sign.rule, self.rule)]
        groups = [Group("team", _("The team"), len(self._team))] if self._team else []
        groups += [Group(str(level), _(SEVERITIES[level]), looked.severities.get(level, 0)) for level in (3, 2, 1)]
        groups = [group for group in groups if group.count]
        self.moving.empty = _("Nothing is snoozed.") if self.aside else _("Nothing to notice here.")
        await self.moving.show(groups, self._fetch, mark=mark)
        self._draw_head(looked, self.case.called(*whose) or _("the whole team"))
        self._draw_reason()
        self.draw_foot()

    async def _fetch(self, offset: int, limit: int) -> Sequence[Shown]:
        rows: list[Shown] = list(self._team[offset : offset + limit])
        looked = self._survey
        if looked is None or len(rows) == limit:
            return rows
        first = max(0, offset - len(self._team))
        found = looked.found[first : first + limit - len(rows)]
        return [*rows, *await self.case.store.ask(signals.lines, looked.day, found, snoozed=self.aside)]

    def _cells_of_signal(self, row: Shown, part: int) -> Sequence[Cell]:
        """One line a signal: its tag, whom it is about, whose they are, and the reason."""
        sign = row.sign
        cells = [Cell((f" {sign.tag}", BY_SEVERITY[sign.severity]))]
        if isinstance(row, StaffSign):
            cells.append(Cell((row.name, BOLD), least=12))
        elif self.participant is None:
            cells.append(Cell((self.case.called(row.code, row.name), BOLD), least=12))
            cells.append(Cell((row.worker_initials or "–", DIM)))
        if row.aside is None:
            return [*cells, told(self._said(row), least=30)]
        # Below stands the signal itself; here who let it wait, until when and why.
        until = _("until {date}").format(date=format_date(row.aside.until))
        let_wait: list[Piece] = [(f"{until} ", WARN), (f"{row.aside.who or '–'}: ", BOLD)]
        return [*cells, Cell(*let_wait, (self._of_row(row, row.aside.reason), PLAIN), least=30, worth=1)]

    def _draw_head(self, looked: Survey, whose: str) -> None:
        count = len(looked.found) + len(self._team)
        title = _("Snoozed") if self.aside else _("Signals")
        first: list[Piece] = [(f" {title} · {whose}", HEADING), (f"  {count}", BOLD)]
        if self.rule:
            first.append(("  " + _("only: {kinds}").format(kinds=self._named(self.rule)), WARN))
        second: list[Piece] = []
        for level in (3, 2, 1):
            if number := looked.severities.get(level, 0):
                second += [(f" {_(SEVERITIES[level])} {number} ", BY_SEVERITY[level])]
        if looked.aside and not self.aside:
            words = n_("{count} snoozed", "{count} snoozed", looked.aside).format(count=looked.aside)
            second.append(("  " + words, DIM))
        self.query_one("#signals-head", Lines).show([first, second])

    def on_windowed_list_marked(self) -> None:
        self._draw_reason()

    def _draw_reason(self) -> None:
        """Below the list: the whole reason, or what the rule is and where it comes from."""
        pane, row = self.query_one("#signals-reason", Lines), self.moving.row
        width = max(20, (pane.size.width or self.app.size.width) - 2)
        lines: list[list[Piece]] = [[("─" * (width + 2), DIM)]]
        if row is None:
            pane.show([])
            return
        lines.append([(f" {self._named(row.sign.rule)}", HEADING)])
        text = self._text_of(row.sign.rule)
        if self._explains and text is not None:
            lines += [[(" " + line, PLAIN)] for line in wrapped(str(text.explain), width)]
            lines.append([(" " + _("Source: {source}").format(source=text.source), DIM)])
        else:
            since = row.sign.since
            rests = "  " + _("rests on {date}").format(date=format_date(since)) if since else ""
            lines += [[(" " + line, BOLD)] for line in wrapped(self._said(row) + rests, width)]
            lines += [[(" " + line, WARN)] for line in wrapped(aside_words(row), width) if line]
        pane.show(lines)

    def _said(self, row: Shown) -> str:
        """The reason of a signal as it may be shown."""
        return self._of_row(row, row.sign.reason)

    def _of_row(self, row: Shown, text: str) -> str:
        """A text about whom a line is about, as it may be shown; a colleague's has no participant's name in it."""
        return text if isinstance(row, StaffSign) else self.case.said(text, row.code, row.name)

    def _text_of(self, rule: str) -> SignalText | None:
        return next((one for one in self.case.programme.method.signals if one.id == rule), None)

    def _named(self, rule: str) -> str:
        if rule in FAMILIES:
            return _(FAMILIES[rule].name)
        text = self._text_of(rule)
        return str(text.name) if text is not None else rule

    # ------------------------------------------------------------------ keys

    def why_not(self, action_id: str) -> str:
        row = self.moving.row
        if action_id in ("signals.participant", "signals.assign") and isinstance(row, StaffSign):
            return _("This is about a colleague.")
        if action_id == "signals.snooze" and isinstance(row, StaffSign) and row.staff is None:
            return _("This is nobody's but the team's, and nobody can let it wait: do it, or move it to another day.")
        if action_id == "signals.wake" and row is not None and row.aside is None:
            return _("Not snoozed. v shows the snoozed ones.")
        if action_id in ("signals.scope", "signals.worker") and self.participant is not None:
            return _("These are the signals of one participant.")
        return ""

    async def action_open(self) -> None:
        """Go to where something can be done about it: hand-overs, absences, an agreement, or the team's own tasks."""
        row = self.moving.row
        if isinstance(row, SignalLine):
            await go_to_remedy(self, row.participant, row.sign.rule)
        elif row is not None and row.agreement is not None:
            await self.open(AGREEMENT, row.agreement)
        elif row is not None and row.sign.rule == team_signals.OVERDUE:
            await self.open(TEAM_AGENDA)
        elif row is not None:
            await self.open(ABSENCES if row.sign.rule == team_signals.AWAY else HAND_OVERS)

    async def action_participant(self) -> None:
        """Open the participant it is about."""
        row = self.moving.row
        if isinstance(row, SignalLine):
            await self.open(PARTICIPANT, row.participant)

    async def action_assign(self) -> None:
        """Make a colleague responsible for the participant it is about."""
        row = self.moving.row
        if isinstance(row, SignalLine) and (told := await give_worker(self, row.participant)):
            await self.refresh_case()
            self.say(told)

    def action_explain(self) -> None:
        """What the rule is and where it comes from, or the reason again."""
        self._explains = not self._explains
        self._draw_reason()

    async def action_snooze(self) -> None:
        """Put the signal aside until a day, with a reason."""
        row = self.moving.row
        if row is not None:
            kept = await self.ask(SnoozeForm(self.case, row))
            await self.refresh_case()
            if kept:
                self.say(_("Snoozed. v shows what is snoozed; u to undo."))

    async def action_wake(self) -> None:
        """Wake a signal that is put aside."""
        row = self.moving.row
        if row is not None and row.aside is not None:
            await self.case.store.change(snoozes.wake, row.aside.id, row.aside.version)
            await self.refresh_case()
            self.say(_("Showing again."))

    async def action_aside(self) -> None:
        """Between the signals that are awake and those put aside."""
        self.aside = not self.aside
        await self._show(0)

    async def action_filter(self) -> None:
        """Show the signals of one family, or of one kind, only."""
        looked = self._survey
        if looked is None:
            return
        counts = Counter(looked.rules)
        counts.update(one.sign.rule for one in self._all_of_team)
        options = [Option("", _("All signals"), hint=str(counts.total()))]
        for family, about in FAMILIES.items():
            of_it = [rule for rule in LEGEND if is_of(rule, family) and counts[rule]]
            if of_it:
                total = sum(counts[rule] for rule in of_it)
                options.append(Option(family, f"{about.tag}  {_(about.name)}", hint=str(total)))
            if len(of_it) > 1:
                options += [Option(rule, "    " + self._named(rule), hint=str(counts[rule])) for rule in of_it]
        chosen = self.rule or self._rule_marked
        if chosen in LEGEND and chosen not in {option.value for option in options}:
            chosen = LEGEND[chosen][0]
        rule = await choose(self, _("Which signals?"), options, chosen=chosen)
        if rule is not None:
            self.rule = rule
            await self._show(0)

    @property
    def _rule_marked(self) -> str:
        return self.moving.row.sign.rule if self.moving.row is not None else ""

    async def action_scope(self) -> None:
        """Between one's own caseload and the whole team."""
        mine = self.case.store.actor.staff_id
        self.worker = None if self.worker == mine else mine
        await self._show(0)

    async def action_worker(self) -> None:
        """Choose whose caseload is shown."""
        row = self.moving.row
        shown = row.worker if isinstance(row, SignalLine) else self.worker
        if whose := await choose_whose(self, _("Whose caseload?"), shown):
            (self.worker,) = whose
            await self._show(0)


def _look(
    reading: Reading, participant: int | None, worker: int | None, rule: str, aside: bool
) -> tuple[Survey, Sequence[StaffSign], tuple[str, str]]:
    """The signals asked for, all those of colleagues where a caseload is shown, and whose they are: code and name."""
    looked = signals.survey(reading, worker=worker, participant=participant, rule=rule, snoozed=aside)
    team = participant is None
    signs = team_signals.staff_signs(reading, snoozed=aside) if team else []
    if team and not aside:
        signs += agreement_signs.signs(reading)
    found = [one for one in signs if worker in (None, one.staff)]
    rows: list[tuple[str, str]] = []
    if participant is not None:
        rows = reading.sql("SELECT code, name FROM card WHERE participant_id = ?", [participant])
    elif worker is not None:
        # A colleague is called by name, also while the names of participants are hidden.
        rows = reading.sql("SELECT name, '' FROM staff WHERE id = ?", [worker])
    return looked, found, rows[0] if rows else ("", "")


async def signals_again(case: Case, whom: Whose, kept: KeptForm) -> SignalsScreen:
    """What was to be put aside is chosen among the signals, and may be gone."""
    return SignalsScreen(case, whom.participant or None)


async def with_snooze(case: Case, snooze: int) -> SignalsScreen:
    """The signals among which one stands that was put aside, asleep or awake again, with the mark on it."""
    found = await case.store.ask(snoozes.one, snooze)
    screen = SignalsScreen(case, found.participant)
    screen.aside = case.today < found.until
    screen.moving.seek = lambda row: row.sign.rule == found.rule
    return screen
