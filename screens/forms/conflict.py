"""Two versions of one record: what the person wrote and what a colleague saved meanwhile, to choose between."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import zip_longest
from typing import ClassVar, Final

from textual.app import ComposeResult

from config.dates import format_date
from config.words import N_, _
from models import column_words
from models.storage.reading import Reading
from models.storage.work import Conflict, Disagreement
from models.team import staff
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.frame.moving import ReadKeys
from screens.frame.sudden import Sudden
from screens.widgets.line import ALARM, BOLD, DIM, GOOD, HEADING, PLAIN, Piece, cut, wrapped
from screens.widgets.read_lines import ReadLines

BESIDE_FROM: Final = 100
LABEL_WIDTH: Final = 26
GAP: Final[Piece] = ("  ", PLAIN)
PERSONAL: Final = frozenset(
    ("given_name", "family_name", "national_id", "birth_date", "phone", "phone_other", "email", "address", "risk_areas",
     "name", "person", "contact")
)  # fmt: skip


class ConflictScreen(ReadKeys, Sudden[str]):
    """Answers "mine", "theirs", "both", or None to go back; the letters that choose hold once it is awake.

    `texts` are the columns of free text, the only ones of which both versions can stand: `both` has them then.
    """

    SCOPE = "conflict"
    HELP: ClassVar[str] = N_(
        "Somebody saved this record while you had it open. Both versions are here, field by field. Nothing is lost "
        "whichever you choose: what is replaced stays in the history, and what you wrote stays as an unfinished form. "
        "Of texts both can stand, one after the other; of a choice, a day or a number only one."
    )

    def __init__(
        self, case: Case, conflict: Conflict, labels: Mapping[str, str], personal: Collection[str] = (),
        said: Callable[[str], str] = str, texts: Collection[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(case)
        self.conflict = conflict
        self.labels = labels
        self.personal = PERSONAL.union(personal)
        self.texts = texts
        self._said = said
        self._initials = ""
        self._words: Sequence[Mapping[str, str]] = ({}, {})
        self.moving = ReadLines(id="conflict-lines")

    def body(self) -> ComposeResult:
        yield self.moving

    async def on_mount(self) -> None:
        self._words = await self.case.store.ask(_in_words, self.conflict)
        self._initials = await self.case.store.ask(_initials_of, self.case.store.actor.staff_id)
        self.moving.show(self._lay)
        self.set_focus(self.moving)

    async def refresh_case(self) -> None:
        self.moving.show(self._lay)

    def seen(self) -> None:
        self.moving.show(self._lay)
        self.draw_foot()

    def why_not(self, action_id: str) -> str:
        if action_id == "conflict.both" and not self.both:
            return _("Only texts can stand one after the other; of anything else one version is kept.")
        if not self.awake and action_id in ("conflict.mine", "conflict.theirs", "conflict.both"):
            return _("Read both first, then press Enter: what you were typing is no answer.")
        return super().why_not(action_id)

    # ------------------------------------------------------------------ drawing

    @property
    def shown(self) -> list[Disagreement]:
        """The columns to choose between: both changed it and not in the same way, or one of the two did."""
        return [
            each
            for each in self.conflict.disagreements
            if not column_words.follows(self.conflict.table, each.column)
            and not (self._has_both(each.column) and each.mine == each.theirs)
        ]

    @property
    def both(self) -> dict[str, str]:
        """Both texts as one, by column, mine after theirs; empty where anything else is in dispute, too."""
        disputed = [each for each in self.shown if self._has_both(each.column)]
        if any(each.column not in self.texts for each in disputed):
            return {}
        return {each.column: self._joined(str(each.theirs or ""), str(each.mine or "")) for each in disputed}

    def _joined(self, theirs: str, mine: str) -> str:
        if theirs.strip() in mine or mine.strip() in theirs:
            return max(theirs, mine, key=len)
        return f"{theirs.rstrip()}\n\n{self._initials} {format_date(self.case.today)}: {mine.lstrip()}"

    def _has_both(self, column: str) -> bool:
        return column in self.conflict.mine and column in self.conflict.theirs

    def label(self, column: str) -> str:
        """What the field of a column is called."""
        return self.labels.get(column) or self.labels.get(field_of(column)) or column

    def written(self, column: str, text: str) -> str:
        """What one side says of a column, or dots while names are hidden."""
        if text and self.case.private and self.personal.intersection((column, field_of(column))):
            return HIDDEN
        return self._said(text) or "–"

    def _sides(self, column: str) -> list[str]:
        untouched = _("(not changed)")
        return [self.written(column, side[column]) if column in side else untouched for side in self._words]

    def _lay(self, width: int) -> list[list[Piece]]:
        keys = self.case.keymap
        text = _(
            "{who} saved this while you had it open. {mine} keeps yours, {theirs} keeps theirs, {back} goes back to "
            "the form. Only the fields you changed are written."
        )
        if not self.awake:
            text = _(
                "{who} saved this while you had it open. Read both, then press Enter: after that {mine} keeps yours "
                "and {theirs} keeps theirs. {back} goes back to the form. Only the fields you changed are written."
            )
        text = text.format(
            who=self.conflict.who,
            mine=keys.shown("conflict.mine"),
            theirs=keys.shown("conflict.theirs"),
            back=keys.shown("conflict.back"),
        )
        if self.both:
            text += " " + _("{both} keeps both texts.").format(both=keys.shown("conflict.both"))
        lines: list[list[Piece]] = [[(f" {line}", BOLD)] for line in wrapped(text, width - 2)]
        lines.append([])
        if not self.shown:
            lines.append([(" " + _("Both versions say the same."), GOOD)])
        yours, theirs = _("Yours"), self.conflict.who
        half = (width - LABEL_WIDTH - 4) // 2
        if width >= BESIDE_FROM:
            lines.append([(cut("", LABEL_WIDTH + 1), PLAIN), (cut(yours, half), HEADING), GAP, (theirs, HEADING)])
        for each in self.shown:
            style = ALARM if self._has_both(each.column) else BOLD
            label, sides = self.label(each.column), self._sides(each.column)
            if width >= BESIDE_FROM:
                rows = zip_longest([label], *(wrapped(side, half) for side in sides), fillvalue="")
                lines += [
                    [(" " + cut(name, LABEL_WIDTH), style), (cut(left, half), PLAIN), GAP, (right, PLAIN)]
                    for name, left, right in rows
                ]
                continue
            lines.append([(" " + label, style)])
            for name, side in zip((yours, theirs), sides, strict=True):
                for number, line in enumerate(wrapped(side, width - LABEL_WIDTH - 2)):
                    lines.append([(" " + cut("" if number else "  " + name, LABEL_WIDTH), DIM), (line, PLAIN)])
        return lines

    # ------------------------------------------------------------------ acting

    def action_mine(self) -> None:
        """My version is to be saved over the other."""
        self.dismiss("mine")

    def action_theirs(self) -> None:
        """The other version stands."""
        self.dismiss("theirs")

    def action_both(self) -> None:
        """Both texts are to stand."""
        self.dismiss("both")

    def action_back(self) -> None:
        """Back to the form."""
        self.dismiss(None)


def _in_words(reading: Reading, conflict: Conflict) -> list[dict[str, str]]:
    """What I and they say of each column, as people write it."""
    return [
        {column: column_words.written(reading, conflict.table, column, value) for column, value in side.items()}
        for side in (conflict.mine, conflict.theirs)
    ]


def _initials_of(reading: Reading, colleague: int) -> str:
    return next((one.initials for one in staff.team(reading, active_only=False) if one.id == colleague), "")


def field_of(column: str) -> str:
    """The field of a form that a column belongs to: a colleague's or a contact person's is stored by id."""
    return column.removesuffix("_id")
