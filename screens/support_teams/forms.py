"""The forms of a support team itself: the kick-off, for longer, and the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual.widget import Widget

from config.dates import format_date
from config.words import N_, _, n_
from models.plans import appointments
from models.support_teams import reading as team_reading
from models.support_teams import teams
from models.support_teams.reading import TeamLine
from models.support_teams.teams import EXTENDING, FIELDS, TEXT_LIMIT
from screens.forms.choice_field import ChoiceField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, whose
from screens.forms.line_fields import About, FormField, LineField
from screens.forms.reading import ReadableForm
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.plans.form import CompanionField, PlanForm
from screens.widgets.line import DIM, HEADING, Piece

OF_TEAM: Final = whose(team_reading.owner_of)
PAST_DAY: Final = N_("E.g. 22.11, today or Monday; not in the future.")


def agency_field(case: Case, about: About) -> ChoiceField:
    """A choice of one agency of the programme, or of the team's own."""
    own = Option("", _("our own team"))
    return ChoiceField(about, [own, *named(case.programme.agencies)], empty=False)


class TeamForm(PlanForm):
    """The kick-off of a support team, point by point, or what was agreed there; the result is its id."""

    HELP: ClassVar[str] = N_(
        "The kick-off of a support team goes through these points, the participant's own words first. Tasks, routines "
        "and who sits in it are noted on the support team itself. It lasts for a limited time."
    )
    NAME = "support_team"
    TITLES = (N_("New support team · {who}"), N_("Support team · {who}"))
    LABELS = FIELDS
    CALLS = (team_reading.team, teams.begin, teams.change)
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(NAME, N_("New support team"), lambda case, whom, kept: TeamForm(case, whom.participant)),
        DraftKind(
            f"{NAME}_change",
            N_("Support team"),
            lambda case, whom, kept: TeamForm(case, whom.participant, kept.subject),
            OF_TEAM,
        ),
    )

    def fields(self) -> list[FormField]:
        case, months = self.case, self.case.programme.limits.support_team_months
        asked = {point.id: str(point.name) for point in case.programme.choices["kick_off_point"]}
        ends = n_(
            "Empty: {count} month after the kick-off.", "Empty: {count} months after the kick-off.", months
        ).format(count=months)
        self._coordinator = CompanionField(
            self.about("coordinator", _("Who holds it together, from whichever agency."), personal=True)
        )
        return [
            DateField(self.about("kick_off", _("The day of the first meeting, which may lie ahead.")), case.clock,
                      "nearest"),
            DateField(self.about("ends", ends), case.clock, "future"),
            agency_field(case, self.about("agency", _("The agency that coordinates."))),
            self._coordinator,
            ChoiceField(self.about("in_on_it", _("Has the participant said yes to it?")),
                        named(case.programme.choices["in_on_it"])),
            *(
                TextBox(self.about(key, asked.get(key, "")), limit=TEXT_LIMIT)
                for key in ("own_words", "stabilise", "consent_rule", "judged")
            ),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        (self._file, found), companions = await self.case.store.ask(
            lambda reading: (self.known(reading), appointments.companions(reading, self.participant or 0))
        )
        self._coordinator.offer_companions(companions)
        if found is None:
            return {"kick_off": format_date(self.case.today)}
        return self.texts_with(found)

    def first_field(self) -> Widget:
        return self.field(self.meant) if self.meant else super().first_field()

    def changed(self, field: FormField) -> None:
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        return teams.advice({key: self.field(key).written for key in ("coordinator", "own_words")})

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if "coordinator" in values:
            values["coordinator"], values["contact"] = self._coordinator.named(values["coordinator"])
        return await super().write(values, version)


class OfTeamForm(ReadableForm, abstract=True):
    """A form about something of the support team `team`; `subject` is what it is kept under."""

    TITLE: ClassVar[str]
    """Above it (a msgid), of `who`."""

    def __init__(self, case: Case, participant: int, team: int, subject: int | None = None) -> None:
        super().__init__(case, subject or team)
        self.participant, self.team = participant, team

    def heading(self) -> list[Piece]:
        return [(_(self.TITLE).format(who=self.called), HEADING)]


class EndForm(OfTeamForm):
    """Ends a support team, or corrects how it ended; the result is its id."""

    HELP: ClassVar[str] = N_(
        "What came of it, and what is recommended: for the participant, and for working together like this again. "
        "A support team that has ended stays readable."
    )
    TITLE = N_("End of the support team · {who}")
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "support_team_end",
            N_("End of the support team"),
            lambda case, whom, kept: EndForm(case, whom.participant, kept.subject),
            OF_TEAM,
        ),
    )

    def __init__(self, case: Case, participant: int, team: int) -> None:
        super().__init__(case, participant, team)
        self.form_name = "support_team_end"
        self._line: TeamLine | None = None

    def fields(self) -> list[FormField]:
        return [
            DateField(About("ended", _(FIELDS["ended"]), _(PAST_DAY)), self.case.clock, "past"),
            TextBox(About("conclusion", _(FIELDS["conclusion"]), _("What came of it.")), limit=TEXT_LIMIT),
            TextBox(About("recommendation", _(FIELDS["recommendation"]), _("What should be done from here.")),
                    limit=TEXT_LIMIT),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        self._line = found = await self.case.store.ask(team_reading.team, self.team)
        self.version = found.version
        return self.texts_of(found) | ({} if found.ended else {"ended": ""})

    def settle(self) -> None:
        if self._line is not None and self._line.ended is None and not self.field("ended").written:
            self.field("ended").put(format_date(self.case.today))

    def first_field(self) -> Widget:
        return self.field(self.meant) if self.meant else super().first_field()

    def warnings(self) -> Sequence[str]:
        return () if self.field("conclusion").written.strip() else (_("The conclusion is missing."),)

    def changed(self, field: FormField) -> None:
        self.draw_warnings()

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        change = teams.end if self._line is None or self._line.ended is None else teams.change
        await self.case.store.change(change, self.team, version or 0, values)
        return self.team


class ExtendForm(OfTeamForm):
    """Lets a support team go on for longer; the result is its id."""

    HELP: ClassVar[str] = N_("Until when the support team goes on, and why. What was agreed before stays readable.")
    TITLE = N_("Longer support team · {who}")
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "support_team_extend",
            N_("Longer support team"),
            lambda case, whom, kept: ExtendForm(case, whom.participant, kept.subject),
            OF_TEAM,
        ),
    )

    def __init__(self, case: Case, participant: int, team: int) -> None:
        super().__init__(case, participant, team)
        self.form_name = "support_team_extend"
        self._line: TeamLine | None = None

    def fields(self) -> list[FormField]:
        return [
            DateField(About("until", _(EXTENDING["until"]), _("E.g. +1m or 24.2.")), self.case.clock, "future"),
            LineField(About("reason", _(EXTENDING["reason"]), _("Why it goes on."))),
        ]

    async def load(self) -> Mapping[str, str]:
        self._line = await self.case.store.ask(team_reading.team, self.team)
        return {}

    def heading(self) -> list[Piece]:
        ends = self._line.ends if self._line else self.case.today
        return [*super().heading(), (_("It ends {date} now.").format(date=format_date(ends)), DIM)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        line = await self.case.store.ask(team_reading.team, self.team)
        await self.case.store.change(teams.extend, self.team, line.version, values)
        return self.team
