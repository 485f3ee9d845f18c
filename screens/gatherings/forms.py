"""Three forms: a gathering, a topic of its programme, and what it sends to somebody outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.dates import format_date
from config.words import N_, _
from models.gatherings import consultations, gatherings, topics
from models.gatherings.gatherings import STATES, SUMMARY_LIMIT
from models.team import staff
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField, MinutesField
from screens.forms.draft_keeper import DraftKind, teams
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.gatherings.fields import NumberField
from screens.participant.form import StaffField
from screens.plans.form import YesField
from screens.widgets.line import HEADING, Piece


class GatheringForm(ReadableForm):
    """Plans a gathering, or changes one that is there; the result is its id."""

    HELP: ClassVar[str] = N_(
        "A gathering of the professional network: one or several days, with a place, somebody responsible, and in the "
        "end a summary. What happens on it stands in its programme."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("gathering_new", N_("New gathering"), lambda case, whom, kept: GatheringForm(case), teams),
        DraftKind("gathering", N_("Gathering"), lambda case, whom, kept: GatheringForm(case, kept.subject), teams),
    )

    def __init__(self, case: Case, gathering: int = 0) -> None:
        super().__init__(case, gathering)
        self.form_name = "gathering" if gathering else "gathering_new"

    def fields(self) -> list[FormField]:
        states = [Option(id, _(name)) for id, name in STATES.items()]
        label = {name: _(text) for name, text in gatherings.FIELDS.items()}
        kinds = named(self.case.programme.choices["gathering_kind"])
        return [
            NumberField(About("number", label["number"], _("Empty: the next one."))),
            LineField(About("title", label["title"], _("What it is about, in a few words."))),
            ChoiceField(About("gathering_kind", label["gathering_kind"]), kinds, empty=False),
            LineField(About("place", label["place"], _("Where it is held."))),
            DateField(About("first", label["first"], _("E.g. 22.11, Monday, +3d or week 48.")),
                      self.case.clock, "nearest"),
            DateField(About("last", label["last"], _("E.g. 22.11 or Tuesday.") + " " + _("Empty: one day.")),
                      self.case.clock, "nearest"),
            YesField(About("overnight", label["overnight"])),
            StaffField(About("responsible", label["responsible"], _("Who of the team sees to it."))),
            ChoiceField(About("state", label["state"]), states, empty=False),
            TextBox(About("summary", label["summary"], _("What came of it, for those who were there and were not.")),
                    limit=SUMMARY_LIMIT),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        team = await self.case.store.ask(staff.team)
        field = self.field("responsible")
        assert isinstance(field, StaffField)
        if not self.subject:
            field.offer_team(team)
            number = await self.case.store.ask(gatherings.next_number)
            return {"number": str(number), "gathering_kind": gatherings.ORDINARY, "state": gatherings.PLANNED}
        found = await self.case.store.ask(gatherings.one, self.subject)
        field.offer_team(team, found.responsible)
        self.version = found.version
        return self.texts_of(found)

    def heading(self) -> list[Piece]:
        return [(_("Gathering") if self.subject else _("New gathering"), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if not self.subject:
            return await self.case.store.change(gatherings.add, values)
        await self.case.store.change(gatherings.change, self.subject, version or 0, values)
        return self.subject


class TopicForm(ReadableForm):
    """Puts a topic into the programme of a gathering, or changes `topic`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "A point of the programme: a subject talk, work with process and method, or a standing item, which comes by "
        "itself into each new gathering until it is ended."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("gathering_topic_new", N_("New topic"), lambda case, whom, kept: TopicForm(case, kept.subject),
                  teams),
        DraftKind("gathering_topic", N_("Topic of a gathering"),
                  lambda case, whom, kept: TopicForm(case, 0, kept.subject), teams),
    )  # fmt: skip

    def __init__(self, case: Case, gathering: int, topic: int = 0) -> None:
        super().__init__(case, topic or gathering)
        self.form_name = "gathering_topic" if topic else "gathering_topic_new"
        self.topic = topic

    def fields(self) -> list[FormField]:
        choices, label = self.case.programme.choices, {name: _(text) for name, text in topics.FIELDS.items()}
        return [
            LineField(About("title", label["title"])),
            ChoiceField(About("topic_kind", label["topic_kind"]), named(choices["topic_kind"]), empty=False),
            LineField(About("presenters", label["presenters"], _("Names and where each comes from."))),
            ChoiceField(About("presenter", label["presenter"]), named(choices["presenter"]), empty=False),
            ChoiceField(About("agency", label["agency"], _("← → or the first letter; – for none of them.")),
                        named(self.case.programme.agencies)),
            MinutesField(About("minutes", label["minutes"], _("E.g. 45, 1.30 or 1 h; may be empty."))),
            TextBox(About("notes", label["notes"], _("What was said and shown.")), limit=topics.NOTES_LIMIT),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        if not self.topic:
            return {}
        found = await self.case.store.ask(topics.one, self.topic)
        self.version = found.version
        return self.texts_of(found)

    def heading(self) -> list[Piece]:
        return [(_("Topic") if self.topic else _("New topic"), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.add_or_change(topics.add, topics.change, values, version)


class ConsultationForm(ReadableForm):
    """Notes what a gathering sends to somebody outside, or changes `consultation`; the result is its id."""

    HELP: ClassVar[str] = N_(
        "What the network worked out at a gathering for somebody outside it, such as an answer to a consultation: to "
        "whom, when it was sent, and the text itself."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("consultation_new", N_("New submission"),
                  lambda case, whom, kept: ConsultationForm(case, kept.subject), teams),
        DraftKind("consultation", N_("Submission"),
                  lambda case, whom, kept: ConsultationForm(case, 0, kept.subject), teams),
    )  # fmt: skip

    def __init__(self, case: Case, gathering: int, consultation: int = 0) -> None:
        super().__init__(case, consultation or gathering)
        self.form_name = "consultation" if consultation else "consultation_new"
        self.consultation = consultation

    def fields(self) -> list[FormField]:
        label = {name: _(text) for name, text in consultations.FIELDS.items()}
        return [
            LineField(About("recipient", label["recipient"], _("A committee, a ministry, a municipality."))),
            LineField(About("title", label["title"])),
            DateField(About("sent", label["sent"], _("E.g. 22.11 or today; empty while it is only written.")),
                      self.case.clock, "past"),
            TextBox(About("text", label["text"], _("Nothing by which a participant can be recognised.")),
                    limit=consultations.TEXT_LIMIT),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        if not self.consultation:
            return {"sent": format_date(self.case.today)}
        found = await self.case.store.ask(consultations.one, self.consultation)
        self.version = found.version
        return self.texts_of(found)

    def heading(self) -> list[Piece]:
        return [(_("Submission") if self.consultation else _("New submission"), HEADING)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.add_or_change(consultations.add, consultations.change, values, version)
