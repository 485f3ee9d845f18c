"""What an evaluation comes to: a bar a question, the open answers by theme; as a PDF, and beside others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from rich.cells import cell_len
from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _
from models.evaluations import reading as evaluation_reading
from models.evaluations.form import has_changed
from models.evaluations.reading import by_theme
from models.evaluations.results import Result
from models.paper import evaluation as paper
from models.paper.document import Document
from screens.evaluations.about import Shown, about_words, shown
from screens.evaluations.answers import AnswersScreen
from screens.evaluations.sheets import CHANGED
from screens.frame.case import Case
from screens.frame.chooser import ChooserScreen, Option
from screens.frame.moving import ReadKeys
from screens.frame.screen import CaseScreen
from screens.paper.document import DocumentScreen
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, WARN, Piece, cut, wrapped
from screens.widgets.lines import Lines
from screens.widgets.read_lines import ReadLines

FILLS: Final = "█▓▒░"
"""Of the steps, the best first; what is below them has the last."""
MOST_BAR: Final = 60
HEADLINE: Final = 40
ROOMY: Final = 30
"""The height from which there is a line between the questions."""

Line = list[Piece]


class ResultScreen(ReadKeys, CaseScreen[None]):
    """The result of one evaluation."""

    SCOPE = "evaluation_result"
    HELP: ClassVar[str] = N_(
        "Each question with how many chose which step. Per cent are of those who answered that question, in whole "
        "numbers; the two best steps together are the headline. Whoever left a question open is not counted in it."
    )

    def __init__(self, case: Case, evaluation: int) -> None:
        super().__init__(case)
        self.evaluation = evaluation
        self.participant: int | None = None
        self._shown: Shown | None = None
        self.moving = ReadLines(id="result-lines")

    def body(self) -> ComposeResult:
        yield Lines(2, id="result-head")
        yield self.moving

    async def on_mount(self) -> None:
        await self.read_again()
        self.moving.focus()

    async def refresh_case(self) -> None:
        self._shown = await self.case.store.ask(shown, self.evaluation)
        found = self._shown.evaluation
        self.participant = found.participant
        about = about_words(self.case, found.about, self._shown.person, found)
        sheets = str(found.returned) if found.invited is None else f"{found.returned}/{found.invited}"
        facts = _("{about}, {date} · sheets: {sheets}").format(
            about=about, date=format_date(found.day), sheets=sheets
        )  # fmt: skip
        head: list[Line] = [[(f" {found.form.name}", HEADING), (f"  {facts}", PLAIN)]]
        if has_changed(self.case.programme, found.content):
            head.append([(" " + _(CHANGED), WARN)])
        self.query_one("#result-head", Lines).show(head)
        self.moving.show(self._lay)
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        if self._shown is not None and action_id in ("evaluation_result.answers", "evaluation_result.compare"):
            return self._shown.evaluation.too_few
        return ""

    def _lay(self, width: int) -> Sequence[Line]:
        if self._shown is None:
            return []
        evaluated = self._shown.evaluated
        if evaluated.evaluation.too_few:
            return [[(" " + line, BOLD)] for line in wrapped(evaluated.evaluation.too_few, width - 2)]
        lines: list[Line] = []
        for number, result in enumerate(evaluated.results, 1):
            lines += question_lines(number, result, width)
            lines += [[]] if self.size.height >= ROOMY else []
        return lines + self._open_lines(len(evaluated.results), width)

    def _open_lines(self, before: int, width: int) -> list[Line]:
        assert self._shown is not None
        found, lines = self._shown.evaluated, list[Line]()
        for number, asked in enumerate(found.evaluation.form.open, before + 1):
            own = [one for one in found.answers if one.question == asked.id]
            told = _("answered {answered} of {returned}").format(
                answered=len(own), returned=found.evaluation.returned
            )  # fmt: skip
            lines += [[], *_titled(f" {number} {asked.name}", told, width)]
            for theme, under in by_theme(own, asked.id):
                named = self._shown.said(self.case, theme)
                lines.append([("   " + paper.theme_words(named, len(under)), BOLD)])
                for one in under:
                    text = self._shown.said(self.case, one.text)
                    lines += [[("   – " + line if not place else "     " + line, PLAIN)]
                              for place, line in enumerate(wrapped(text, width - 7))]  # fmt: skip
        return lines

    async def action_paper(self) -> None:
        """Read it as it is printed."""
        await self.app.push_screen(ReportScreen(self.case, (self.evaluation,)))

    async def action_answers(self) -> None:
        """Show the open answers, to give them themes."""
        await self.app.push_screen(AnswersScreen(self.case, self.evaluation))

    async def action_compare(self) -> None:
        """Show it beside others."""
        await compare(self, self.evaluation)


def question_lines(number: int, result: Result, width: int) -> list[Line]:
    """A question with its bar, its headline and how many chose which step."""
    bar = min(MOST_BAR, max(10, width - HEADLINE - 4))
    top = fills(len(result.counts))
    drawn = [(fill * size, PLAIN) for fill, size in zip(top, shared(result.counts, bar), strict=True)]
    empty = bar - sum(len(text) for text, _style in drawn)
    steps = zip(result.question.steps, result.counts, top, strict=True)
    if result.percents:
        told = "  ".join(
            f"{fill} {step.name} {count}" + (f" ({share} %)" if count else "")
            for (step, count, fill), share in zip(steps, result.percents, strict=True)
        )
    else:
        told = ""
    room = width - bar - 6
    head = wrapped(result.headline, room) if cell_len(result.headline) > room else [result.headline]
    lines = [
        *_titled(f" {number} {result.question.name}", result.coverage, width),
        [("   ", PLAIN), *drawn, ("·" * empty, DIM), ("  " + head[0], BOLD)],
        *([(" " * (bar + 5) + line, BOLD)] for line in head[1:]),
    ]
    lines += [[("   " + line, DIM)] for line in wrapped(told, width - 4) if told]
    return lines + ([[("   " + result.remark, DIM)]] if result.remark else [])


def _titled(text: str, told: str, width: int) -> list[Line]:
    room = width - cell_len(told) - 2
    first, *others = wrapped(text, room)
    return [[(cut(first, room), PLAIN), (" " + told, DIM)], *([("   " + line, PLAIN)] for line in others)]


def fills(steps: int) -> list[str]:
    """What each step is drawn with, from the least on."""
    return [FILLS[min(steps - place, len(FILLS)) - 1] for place in range(steps)]


def shared(counts: Sequence[int], cells: int) -> list[int]:
    """`cells` parted by the counts, the largest remainders rounded up; none where nobody answered."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    sizes = [cells * count // total for count in counts]
    by_rest = sorted(range(len(counts)), key=lambda place: -(cells * counts[place] % total))
    for place in by_rest[: cells - sum(sizes)]:
        sizes[place] += 1
    return sizes


async def compare(screen: CaseScreen[Any], evaluation: int) -> None:
    """Ask which others, and show them side by side."""
    case = screen.case
    others = await case.store.ask(evaluation_reading.comparable, evaluation)
    if not others:
        screen.say(_("There is no other evaluation with this form and a result."))
        return
    options = [Option(str(one.id), f"{format_date(one.day)} · {about_words(case, one.about, None, one)}")
               for one in others]  # fmt: skip
    chosen = await screen.ask(ChooserScreen(case, _("Compare with which?"), options, multiple=True))
    if chosen:
        await screen.app.push_screen(ReportScreen(case, (evaluation, *map(int, chosen))))


class ReportScreen(DocumentScreen):
    """One evaluation as it is printed; of several, what they come to side by side, the oldest first."""

    HELP: ClassVar[str] = N_(
        "The evaluation as it is printed. Writing it makes a PDF file where you say; that file is not encrypted. "
        "The audit keeps that it was written."
    )

    def __init__(self, case: Case, evaluations: Sequence[int]) -> None:
        super().__init__(case)
        self.evaluations = tuple(evaluations)
        self.participant: int | None = None
        self._shown: tuple[Shown, ...] = ()

    async def read(self) -> Document:
        wanted = self.evaluations
        found = await self.case.store.ask(lambda reading: [shown(reading, one) for one in wanted])
        self._shown = tuple(sorted(found, key=lambda one: (one.evaluation.day, one.evaluation.id)))
        if len(found) > 1:
            names = [format_date(one.evaluation.day) for one in self._shown]
            return paper.comparison([one.evaluated for one in self._shown], names)
        (only,) = found
        self.participant = only.evaluation.participant
        about = about_words(self.case, only.evaluation.about, only.person, only.evaluation)
        return paper.report(only.evaluated, about)

    def called(self) -> tuple[str, str]:
        return (self.document.title if self.document else ""), ""

    def veiled(self) -> str:
        named = any(one.person is not None for one in self._shown)
        return _("Names are hidden; the paper shows them.") if self.case.private and named else ""

    def stem(self, document: Document) -> str:
        return f"{document.file}-{self._shown[0].evaluation.day.isoformat()}" if self._shown else document.file

    def trace(self) -> str:
        return "paper.write evaluation " + " ".join(map(str, self.evaluations))
