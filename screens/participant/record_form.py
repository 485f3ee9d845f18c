"""Recording what happened, in a few keys, and correcting what was recorded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from config.dates import format_moment
from config.programme.shapes import EntryKind, QuickRecord
from config.words import N_, _
from models import timeline
from models.consents import disclosures
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.phases.numbers import INTAKE
from models.phases.release import IN_PRISON, outside
from models.storage.audit import FormerVersion
from models.storage.reading import Reading
from models.timeline import ATTEMPTED, FIELDS, TimelineEntry
from screens.forms.body import FormBody, FormLines
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import MinutesField, MomentField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.frame.route import Route
from screens.participant.kind_list import KindList
from screens.participant.shared_with import SharedWith
from screens.participant.timeline_list import entry_facts, entry_lines, when, words_of
from screens.widgets.line import ALARM, DIM, HEADING, PLAIN, WARN, Piece, flat, wrapped

TOPIC_LIMIT: Final = 500
INTAKE_TALK: Final = Route[int]("screens.intake.forms", "TalkForm")


class RecordForm(ReadableForm):
    """A new entry, which begins with its kind, or the correction of `entry`; the result is the entry's id.

    A new one costs few keys: the kind's letter, the text, save; what is recorded most one, which saves.
    """

    HELP: ClassVar[str] = N_(
        "What happened. First its kind, by letter; then the text. The rest can be left as it is. A capital letter "
        "below the kinds is for what happens most; an unanswered call is saved by it at once. A topic for later stays "
        "with the participant until it is taken up. What you told somebody around the participant is noted as shared "
        "with it, on its consent or its ground. Corrections keep the former text."
    )

    SHARES: ClassVar[bool] = True
    """Whether a new one notes what was shared, too."""

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("record", N_("New entry"), lambda case, whom, kept: RecordForm(case, whom.participant)),
        DraftKind(
            "correction",
            N_("Correction"),
            lambda case, whom, kept: RecordForm(case, whom.participant, entry=kept.subject),
            whose(lambda reading, entry: timeline.one(reading, entry).participant),
        ),
    )

    def __init__(self, case: Case, participant: int, entry: int | None = None, *, title: str = "") -> None:
        super().__init__(case, participant if entry is None else entry)
        self.form_name = "record" if entry is None else "correction"
        self.participant = participant
        self.entry = entry
        self.own_title = title
        self.kinds = KindList([kind for kind in case.programme.kinds if not kind.system], case.programme.quick)
        self.former = FormerVersions()
        self._former: Sequence[FormerVersion] = ()
        self._file: ParticipantFile | None = None
        self._entry: TimelineEntry | None = None
        self._chosen = entry is not None
        self._opened_at = case.clock.seconds()
        self._before = ("", "")
        self.begin_with = ""
        self.shared = SharedWith(self) if self.SHARES and entry is None else None
        self._at_once: QuickRecord | None = None

    def body(self) -> ComposeResult:
        for widget in super().body():
            yield widget
            if widget.id == "form-head":
                yield self.kinds

    def fields(self) -> list[FormField]:
        """In the order in which they are filled in; those often left empty come last."""
        kinds = [Option(kind.id, str(kind.name), kind.key) for kind in self.kinds.kinds]
        outcomes = named(self.case.programme.choices["outcome"])
        moment = _("E.g. 14:30, yesterday 9, 22.11 14-15 or only a date.")
        minutes = MinutesField(_about("minutes", _("E.g. 10, 90, 1h30 or 1:30; empty where it took no time.")))
        return [
            ChoiceField(_about("kind", _("A letter chooses, ← → go through the kinds.")), kinds, empty=False),
            MomentField(_about("at", moment), self.case.clock, "past", minutes),
            ChoiceField(_about("outcome"), outcomes, empty=False),
            minutes,
            TextBox(_about("text", _("What happened, in your own words. Tab leaves the text."))),
            LineField(_about("with_whom", _("Who else was there."))),
            LineField(_about("place", _("Where it was."))),
            LineField(
                _about("topic", _("Something to bring up when the time is right; it stays in sight until then.")),
                limit=TOPIC_LIMIT,
            ),
            *(self.shared.fields() if self.shared is not None else ()),
        ]

    def tail(self) -> list[Widget]:
        return [self.former]

    async def load(self) -> Mapping[str, str]:
        self._file, self._entry, former = await self.case.store.ask(_about_entry, self.participant, self.entry)
        if self.shared is not None:
            await self.shared.load(self.participant)
        if self._entry is None:
            return {"at": format_moment(self.case.clock.local(self._opened_at))}
        self.version = self._entry.version
        self._former = former
        return self.texts_of(self._entry)

    def _begin(self) -> None:
        super()._begin()
        wanted, self.begin_with = self.begin_with, ""
        if wanted and self.choosing:
            every = [one for line in self.kinds.lines for one in line]
            # A record of a team's own may be gone from the programme by now.
            for one in every:
                if one.id == wanted:
                    self.kinds.post_message(KindList.Chosen(one))

    @property
    def read_only(self) -> bool:
        """Whether the program wrote the entry."""
        return self._entry is not None and self.case.programme.kind(self._entry.kind).system

    @property
    def choosing(self) -> bool:
        """Whether the kind is still to be chosen."""
        return not self._chosen and self.offer.laid is None

    def draw(self) -> None:
        if self.shared is not None:
            self.shared.follow_privacy()
        self.former.tell(self._former, self.case, self.said)
        super().draw()

    def settle(self) -> None:
        kind = self.case.programme.kind(self.field("kind").written)
        self.kinds.display = self.choosing
        self.form.display = not self.choosing and not self.read_only and not self.reading_page
        self.field("outcome").display = kind.contact
        if self.shared is not None:
            self.shared.settle()
        self.former.display = bool(self._former)
        self._before = (kind.id, self.field("outcome").written)

    def first_field(self) -> Widget:
        if self.read_only:
            return self.query_one("#form-head")
        if self.choosing:
            return self.kinds
        return self.field("text")

    def heading(self) -> list[Piece]:
        if self._file is None:
            return []
        title = self.own_title or (_("Record") if self.entry is None else _("Correct"))
        if self.reading_page and self._entry is not None:
            title = str(self.case.programme.kind(self._entry.kind).name)
        lines: list[Piece] = [(f"{title} · {self.whom}", HEADING)]
        risk = flat(self._file.values["risk_areas"].replace("\n", " · "))
        if risk:
            shown = _("hidden with the names") if self.case.private else risk
            lines.append((_("Risk areas: {places}").format(places=shown), ALARM))
        if self.shared is not None:
            lines += [(self.said(text), style) for text, style in self.shared.heading()]
        if self._entry is not None and self.read_only:
            lines.append((when(self.case, self._entry), PLAIN))
            lines.append((self.said(words_of(self._entry, self.case.programme, hidden=self.case.private)), PLAIN))
            if not self.reading_page:
                lines.append((self.why_not("form.save"), WARN))
        return lines

    def page_lines(self, width: int) -> list[list[Piece]]:
        """The entry in full, then what it said before it was corrected."""
        if self._entry is None or self._file is None:
            return []
        about = self._file.code, self._file.name
        lines = entry_lines(self._entry, self.case, about, width, sys.maxsize)[1:]
        first: list[Piece] = [(when(self.case, self._entry), PLAIN)]
        first += entry_facts(self._entry, self.case.programme)
        former = [[(line, style)] for text, style in self.former.content for line in wrapped(text, width)]
        return [[(" ", PLAIN), *line] for line in (first, *lines, *([[]] if former else []), *former)]

    def why_not(self, action_id: str) -> str:
        if action_id in ("form.save", "read.correct") and self.read_only:
            return _("The program wrote this line; change the thing it tells of instead.")
        if action_id == "form.save" and self.is_mounted and self.choosing:
            return _("Choose the kind first.")
        return super().why_not(action_id)

    async def on_kind_list_chosen(self, event: KindList.Chosen) -> None:
        """Go on to the form, with what the kind suggests filled in; a talk of the intake has a form of its own."""
        event.stop()
        if not self.choosing:
            return
        self._chosen = True
        quick = event.chosen if isinstance(event.chosen, QuickRecord) else None
        kind = self.case.programme.kind(quick.kind) if quick else self.case.programme.kind(event.chosen.id)
        spans = self._file.phases if self._file is not None else ()
        if kind.form and any(span.phase == INTAKE and span.ended is None for span in spans):
            self.dismiss(None)
            await self.open(INTAKE_TALK, self.participant)
            return
        outcome = (quick.outcome if quick else "") or ("reached" if kind.contact else "")
        minutes = str(quick.minutes or "") if quick else self.suggested_minutes(kind, outcome)
        begin = {"minutes": minutes, "at": self.base["at"], "outcome": outcome, "place": self.suggested_place(kind)}
        self.put_all({"kind": kind.id, **begin})
        self.rebase()
        self.settle()
        self.draw()
        self.go(self.field("text"))
        if quick is not None and quick.saves:
            await self._save_at_once(quick)

    def suggested_minutes(self, kind: EntryKind, outcome: str) -> str:
        """What stands in the minutes by itself: what reached nobody took none worth counting."""
        return "" if outcome == ATTEMPTED else str(kind.minutes or "")

    def suggested_place(self, kind: EntryKind) -> str:
        """Where a visit is by itself: in the prison of whoever is inside."""
        if kind.group != "visit" or self._file is None or self._file.values["stays"] not in IN_PRISON:
            return ""
        if any(outside(span.phase) for span in self._file.phases if span.ended is None):
            return ""
        return str(self.case.programme.choice("prison", self._file.values["prison"]).name)

    def changed(self, field: FormField) -> None:
        if self.shared is not None and self.shared.concerns(field.about.key):
            self.shared.settle()
            self.draw()
        if field.about.key not in ("kind", "outcome"):
            self.draw_warnings()
            return
        kind, outcome = self.case.programme.kind(self.field("kind").written), self.field("outcome")
        if kind.contact and not outcome.written:
            outcome.put("reached")
        before, now = self._before, (kind.id, outcome.written)
        if now == before:
            return
        if self.entry is None:
            former = self.case.programme.kind(before[0])
            minutes, place = self.field("minutes"), self.field("place")
            if minutes.written == self.suggested_minutes(former, before[1]):
                minutes.put(self.suggested_minutes(kind, now[1]))
            if place.written == self.suggested_place(former):
                place.put(self.suggested_place(kind))
        self.settle()

    def kept_fields(self) -> dict[str, str]:
        """Of a new entry everything: what was suggested today may not be tomorrow."""
        if self.entry is not None:
            return super().kept_fields()
        return {field.about.key: field.kept for field in self.form.fields if field.kept}

    async def action_empty(self) -> None:
        if self.offer.kept is not None and not (self.offer.emptied and self.dirty):
            self._chosen = self.entry is not None
        await super().action_empty()

    async def _save_at_once(self, quick: QuickRecord) -> None:
        """Save what a key filled in, and name on the screen below whose it is now: nothing was seen before."""
        self._at_once = quick
        await self.action_act("form.save")
        self._at_once = None

    def _say_at_once(self, quick: QuickRecord) -> None:
        told = _("Saved for {who}: {what}. {key} to undo.")
        self.say_below(told.format(who=self.whom, what=quick.name, key=self.case.keymap.shown("app.undo")))

    @property
    def whom(self) -> str:
        """Whose entry it is, as they are called."""
        return self.case.called(self._file.code, self._file.name) if self._file is not None else ""

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if self.entry is None and self.field("at").written == self.base["at"]:
            values = {**values, "at": self._opened_at}
        shared = self.shared.taken_from(values) if self.shared is not None else None
        if shared is not None:
            return await self.case.store.change(disclosures.record_with_entry, self.participant, values, shared)
        answer = await self.add_or_change(timeline.record, timeline.correct, values, version)
        if self._at_once is not None:
            self._say_at_once(self._at_once)
        return answer


def begun(case: Case, participant: int, id: str) -> RecordForm:
    """A new entry with this kind chosen, or this one of what is recorded most."""
    form = RecordForm(case, participant)
    form.begin_with = id
    return form


def _about(key: str, hint: str = "") -> About:
    return About(key, _(FIELDS[key]), hint)


def _about_entry(
    reading: Reading, participant: int, entry: int | None
) -> tuple[ParticipantFile, TimelineEntry | None, list[FormerVersion]]:
    found = participants.file_of(reading, participant)
    if entry is None:
        return found, None, []
    return found, timeline.one(reading, entry), timeline.former(reading, entry)


class FormerVersions(FormLines, can_focus=True):
    """What an entry said before it was corrected, below the form; the arrows scroll through it."""

    def __init__(self) -> None:
        super().__init__(sys.maxsize, id="former-versions")

    def tell(self, former: Sequence[FormerVersion], case: Case, said: Callable[[str], str]) -> None:
        """Show the former values of each correction, newest first, as `said` lets them be shown."""
        pieces: list[Piece] = []
        for version in former:
            if not FIELDS.keys() & version.values.keys():
                continue
            when = format_moment(case.clock.local(version.at))
            pieces.append((_("Until {when}, when {who} corrected it:").format(when=when, who=version.who), HEADING))
            for key, value in version.values.items():
                if key in FIELDS:
                    pieces.append((f"{_(FIELDS[key])}: {said(_written(case, key, value))}", DIM))
        self.show(pieces)

    def on_key(self, event: events.Key) -> None:
        """Scroll while there is something further; then the arrows leave, as from every field."""
        body = self.parent
        step = {"up": -1, "down": 1}.get(event.key)
        if step is None or not isinstance(body, FormBody):
            return
        target = body.scroll_y + step
        if 0 <= target <= body.max_scroll_y:
            body.scroll_to(y=target, animate=False)
            event.stop()
            event.prevent_default()


def _written(case: Case, key: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if key == "at":
        return format_moment(case.clock.local(int(value)))
    if key == "kind":
        return str(case.programme.kind(str(value)).name)
    if key == "outcome":
        return str(case.programme.choice("outcome", str(value)).name)
    return str(value)
