"""Two forms: when and by whom a mapping is made, and what was said of one part of life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.words import N_, _
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.mappings.mappings import ANSWER_FIELDS, FIELDS, TEXT_LIMIT
from models.mappings.reading import NO_STEPS, Answer, MappingLine, step_name
from models.storage.reading import Reading
from models.team import staff
from screens.forms.choice_field import ChoiceField, TicksField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.participant.form import StaffField
from screens.widgets.line import BOLD, DIM, HEADING, PLAIN, Piece, flat

LAST_TIME: Final = 110
"""So much of what was said last time stands above the fields."""


class MappingForm(ReadableForm):
    """Begins a mapping of a participant, or changes when and by whom `mapping` was made; the result is its id."""

    HELP: ClassVar[str] = N_(
        "A mapping asks about each part of life in turn. Say when it was asked and by whom; then comes a form for each "
        "part. It can be left at any time and gone on with later."
    )
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("mapping_new", N_("New mapping"), lambda case, whom, kept: MappingForm(case, whom.participant)),
        DraftKind(
            "mapping",
            N_("Mapping"),
            lambda case, whom, kept: MappingForm(case, whom.participant, kept.subject),
            whose(lambda reading, mapping: mapping_reading.one(reading, mapping).participant),
        ),
    )

    def __init__(self, case: Case, participant: int, mapping: int | None = None) -> None:
        super().__init__(case, mapping or participant)
        self.form_name = "mapping" if mapping else "mapping_new"
        self.participant, self.mapping = participant, mapping
        self._others: Sequence[MappingLine] = ()

    def fields(self) -> list[FormField]:
        when = _("E.g. 22.11, today or Monday; not in the future.")
        return [
            DateField(About("day", _(FIELDS["day"]), when), self.case.clock, "past"),
            StaffField(About("asked_by", _(FIELDS["asked_by"]))),
            LineField(About("place", _(FIELDS["place"]), _("E.g. the prison, the office, at home."))),
            *([] if self.mapping else [self._instrument()]),
        ]

    def _instrument(self) -> FormField:
        known = named(self.case.programme.method.instruments)
        field = ChoiceField(About("instrument", _(FIELDS["instrument"])), known, empty=False)
        field.display = len(known) > 1
        return field

    async def load(self) -> Mapping[str, str]:
        self._others, team = await self.case.store.ask(
            lambda reading: (
                mapping_reading.of(reading, self.participant),
                staff.team(reading, active_only=False),
            )
        )
        found = next((one for one in self._others if one.id == self.mapping), None)
        asked_by = self.field("asked_by")
        assert isinstance(asked_by, StaffField)
        asked_by.offer_team(team, found.asked_by if found else None)
        if found is None:
            first = self.case.programme.method.instruments[0].id
            who = str(self.case.store.actor.staff_id or "")
            return {"day": format_date(self.case.today), "asked_by": who, "instrument": first}
        self.version = found.version
        return self.texts_of(found)

    def heading(self) -> list[Piece]:
        return [(_("Mapping · {who}").format(who=self.called), HEADING)]

    def changed(self, field: FormField) -> None:
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        return mapping_reading.advice(self._others, self.day("day"), self.mapping)

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.add_or_change(mappings.begin, mappings.change, values, version)


class MappingAnswerForm(ReadableForm):
    """What was said of one part of life; the result is the answer's id.

    Where one form follows the other, `going`, saving with nothing written goes on to the next part, too.
    """

    HELP: ClassVar[str] = N_(
        "The participant's own view comes first, in their own words. The step says how it is now, from 1, very hard, "
        "to 5, good. Where nothing is to be helped with choose none; where they will not answer or were not asked, say "
        "that. Your own view belongs below, where it differs. F2 saves and goes on with the next part of life."
    )
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "mapping_answer",
            N_("Answer of a mapping"),
            lambda case, whom, kept: MappingAnswerForm(case, whom.participant, kept.subject),
            whose(mapping_reading.owner_of),
        ),
    )

    def __init__(self, case: Case, participant: int, answer: int, *, going: bool = False) -> None:
        super().__init__(case, answer)
        self.form_name = "mapping_answer"
        self.participant, self.going = participant, going
        self._line: MappingLine | None = None
        self._before: tuple[MappingLine, Answer] | None = None
        self._answer: Answer | None = None

    def fields(self) -> list[FormField]:
        def about(key: str, hint: str, heading: str = "") -> About:
            return About(key, _(ANSWER_FIELDS[key]), hint, heading)

        own, ours = _("The participant's own view"), _("The caseworker's view, where it differs")
        return [
            ChoiceField(about("step", _("1 to 5, or a letter; how it is now, as the participant sees it."), own)),
            TextBox(about("situation", _("How it is, in the participant's own words.")), limit=TEXT_LIMIT),
            TextBox(about("works", _("What is good and should go on.")), limit=TEXT_LIMIT),
            TextBox(about("missing", _("What is not there and is needed.")), limit=TEXT_LIMIT),
            TextBox(about("wish", _("What the participant wants, as they say it.")), limit=TEXT_LIMIT),
            TicksField(about("services_now", _("What they get now. ↑ ↓ between them, Space ticks."))),
            TicksField(about("services_wanted", _("What they want. ↑ ↓ between them, Space ticks."))),
            ChoiceField(about("our_step", _("Only where the caseworker sees it otherwise."), ours)),
            TextBox(about("our_view", _("What we see otherwise, and why.")), limit=TEXT_LIMIT),
        ]

    async def load(self) -> Mapping[str, str]:
        line, answer, self._before = await self.case.store.ask(_load, self.subject)
        self._line, self._answer, instrument = line, answer, line.instrument
        steps = [Option(step.id, f"{step.id} {step.name}", step.id) for step in instrument.scale]
        steps += [Option(id, _(name)) for id, name in NO_STEPS.items()]
        for key in ("step", "our_step"):
            field = self.field(key)
            assert isinstance(field, ChoiceField)
            field.offer(steps)
        services = named(instrument.services_of(answer.domain))
        for key in ("services_now", "services_wanted"):
            ticks = self.field(key)
            assert isinstance(ticks, TicksField)
            ticks.offer(services)
            ticks.display = bool(services)
        self.version = answer.version
        return self.texts_of(answer)

    def heading(self) -> list[Piece]:
        if self._line is None or self._answer is None:
            return []
        line, answer = self._line, self._answer
        domain = str(self.case.programme.choice("domain", answer.domain).name)
        place = [one.domain for one in line.answers].index(answer.domain) + 1
        count = _("{number} of {all}").format(number=place, all=len(line.answers))
        asked = next(one for one in line.instrument.domains if one.id == answer.domain).ask
        lines: list[Piece] = [
            (f"{domain} · {count} · {self.called} {format_date(line.day)}", HEADING), (str(asked), BOLD),
        ]  # fmt: skip
        if self._before is not None:
            earlier, said = self._before
            told = " · ".join(flat(one) for one in (
                step_name(earlier.instrument, said.step), said.situation, said.missing, said.wish) if one)  # fmt: skip
            cut = told if len(told) <= LAST_TIME else told[: LAST_TIME - 1] + "…"
            lines.append((_("Last time, {date}: {what}").format(date=format_date(earlier.day), what=cut), DIM))
        if self.going:
            lines.append((_("F2 goes on with the next part of life; Esc leaves the rest for later."), PLAIN))
        return lines

    async def action_save(self) -> None:
        if self.going and not self.dirty and not self.keeper.ended:
            await self.keeper.end()
            self.dismiss(self.subject)
            return
        await super().action_save()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        await self.case.store.change(mappings.answer, self.subject, version or 0, values)
        return self.subject


def _load(reading: Reading, number: int) -> tuple[MappingLine, Answer, tuple[MappingLine, Answer] | None]:
    """The mapping an answer is of, the answer, and what was said of the same part of life the time before."""
    answer = mapping_reading.answer(reading, number)
    found = mapping_reading.profile(reading, answer.participant, answer.mapping).mappings
    line = mapping_reading.one(reading, answer.mapping)
    earlier = [(one, said) for one in found if one.id != line.id and (said := one.of(answer.domain)) and said.step]
    return line, answer, earlier[-1] if earlier else None
