"""The forms of what a support team consists of: who sits in it, routines, tasks, and what it keeps an eye on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from config.dates import format_date
from config.words import N_, _
from models.consents import answer as consent_answer
from models.consents.answer import GivenConsent
from models.plans import appointments, tasks
from models.storage.drafts import KeptForm
from models.storage.reading import Reading
from models.support_teams import members
from models.support_teams import reading as team_reading
from models.support_teams.members import MEMBER, NOTE_LIMIT, ROUTINE
from models.support_teams.reading import Member, TeamFile
from screens.forms.choice_field import ChoiceField, RoleField
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, Whose, whose
from screens.forms.line_fields import About, FormField, LineField
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.plans.form import CompanionField
from screens.plans.task_form import TaskForm
from screens.support_teams.forms import OF_TEAM, PAST_DAY, OfTeamForm, agency_field
from screens.widgets.line import DIM, Piece


class MemberForm(OfTeamForm):
    """Takes somebody into a support team, or changes `member`; the result is their id there."""

    HELP: ClassVar[str] = N_(
        "One steady representative for each agency, and a deputy. Whether a consent covers sharing with the person is "
        "said at once. Without a name the agency is in the support team and has nobody yet."
    )
    TITLE = N_("Member of the support team · {who}")
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "support_team_member",
            N_("New member of the support team"),
            lambda case, whom, kept: MemberForm(case, whom.participant, kept.subject),
            OF_TEAM,
        ),
        DraftKind(
            "support_team_member_change",
            N_("Member of the support team"),
            lambda case, whom, kept: _member_again(case, whom, kept),
            whose(lambda reading, number: team_reading.owner_of(reading, _team_of(reading, number))),
        ),
    )

    def __init__(self, case: Case, participant: int, team: int, member: int | None = None) -> None:
        super().__init__(case, participant, team, member)
        self.form_name = "support_team_member_change" if member else "support_team_member"
        self.member = member
        self._file: TeamFile | None = None
        self._there: Member | None = None
        self._held: Sequence[GivenConsent] = ()

    def fields(self) -> list[FormField]:
        clock, asked = self.case.clock, self._about
        self._person = CompanionField(asked("name", _("Empty where nobody is named yet."), personal=True))
        part = [Option("", _("representative"), "r"), Option("1", _("deputy"), "d")]
        return [
            agency_field(self.case, asked("agency", _("Which agency the person speaks for."))),
            self._person,
            RoleField(asked("role", _("The role that a consent is given to.")), self.case.programme, empty=True),
            PartField(asked("deputy"), part, empty=False),
            DateField(asked("since", _("E.g. 22.11, today or +1w.")), clock, "nearest"),
            *(
                [DateField(asked("until", _("The first day without them; empty while it lasts.")), clock, "nearest")]
                if self.member
                else []
            ),
        ]

    async def load(self) -> Mapping[str, str]:
        def look(reading: Reading) -> tuple[TeamFile, Sequence[appointments.Companion], Sequence[GivenConsent]]:
            of = self.participant
            return (
                team_reading.file_of(reading, self.team),
                appointments.companions(reading, of),
                consent_answer.held(reading, of),
            )

        self._file, companions, self._held = await self.case.store.ask(look)
        self._person.offer_companions(companions)
        if self.member is None:
            return {"since": format_date(self.case.today)}
        self._there = found = await self.case.store.ask(team_reading.member, self.member)
        self.version = found.version
        return self.texts_of(found)

    def settle(self) -> None:
        self.query_one(RoleField).follow(self.field("agency").written)

    def changed(self, field: FormField) -> None:
        if field.about.key == "agency":
            self.settle()
        self.draw_warnings()

    def warnings(self) -> Sequence[str]:
        """Whether a consent covers the person, and whether the agency has one already."""
        if self._file is None:
            return ()
        agency, deputy = self.field("agency").written, bool(self.field("deputy").written)
        found = list(members.advice(self._file, self._there, agency, deputy=deputy))
        name, contact = self._person.named(self.field("name").written)
        if agency and name.strip():
            limits = self.case.programme.limits
            answer = consent_answer.judge(
                self._held, agency, self.field("role").written, name, on=self.case.today,
                warning_days=limits.consent_warning_days, contact=contact,
            )  # fmt: skip
            if not answer.covered:
                found.append(_("No consent covers sharing with them: {reason}").format(reason=answer.reason))
        return found

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        if "name" in values:
            values["name"], values["contact"] = self._person.named(values["name"])
        if self.member is None:
            return await self.case.store.change(members.add_member, self.team, values)
        await self.case.store.change(members.change_member, self.member, version or 0, values)
        return self.member

    @staticmethod
    def _about(key: str, hint: str = "", *, personal: bool = False) -> About:
        return About(key, _(MEMBER[key]), hint, personal=personal)


class PartField(ChoiceField):
    """Representative or deputy; the value is whether a deputy."""

    def show(self, stored: bool) -> str:
        return "1" if stored else ""

    def read(self) -> bool:
        return self.written == "1"


def _team_of(reading: Reading, number: int) -> int:
    return team_reading.member(reading, number).support_team


async def _member_again(case: Case, whom: Whose, kept: KeptForm) -> MemberForm:
    team = await case.store.ask(_team_of, kept.subject)
    return MemberForm(case, whom.participant, team, kept.subject)


class RoutineForm(OfTeamForm):
    """Notes what a support team does again and again, or changes `routine`; the result is its id."""

    HELP: ClassVar[str] = N_("What the support team does again and again, how often, and who does it.")
    TITLE = N_("Routine of the support team · {who}")
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "support_team_routine",
            N_("New routine"),
            lambda case, whom, kept: RoutineForm(case, whom.participant, kept.subject),
            OF_TEAM,
        ),
        DraftKind(
            "support_team_routine_change",
            N_("Routine"),
            lambda case, whom, kept: _routine_again(case, whom, kept),
            whose(
                lambda reading, number: team_reading.owner_of(
                    reading, team_reading.routine(reading, number).support_team
                )
            ),
        ),
    )

    def __init__(self, case: Case, participant: int, team: int, routine: int | None = None) -> None:
        super().__init__(case, participant, team, routine)
        self.form_name = "support_team_routine_change" if routine else "support_team_routine"
        self.routine = routine

    def fields(self) -> list[FormField]:
        hints = {
            "what": _("E.g. meeting with the participant, message to all."),
            "how_often": _("E.g. every Monday, every other week."),
            "who": _("Who does it."),
        }
        return [LineField(About(key, _(label), hints[key])) for key, label in ROUTINE.items()]

    async def load(self) -> Mapping[str, str]:
        if self.routine is None:
            return {}
        found = await self.case.store.ask(team_reading.routine, self.routine)
        self.version = found.version
        return self.texts_of(found)

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        return await self.add_or_change(members.add_routine, members.change_routine, values, version)


async def _routine_again(case: Case, whom: Whose, kept: KeptForm) -> RoutineForm:
    found = await case.store.ask(team_reading.routine, kept.subject)
    return RoutineForm(case, whom.participant, found.support_team, kept.subject)


class WatchForm(OfTeamForm):
    """Notes how the points of the watch stand, or corrects the look of a `day`; the result is the support team's id."""

    HELP: ClassVar[str] = N_(
        "Five things make it easy to slip away from help. Look at each now and then, together: fine, seen, or with a "
        "note. It is a prompt for talk, and no score."
    )
    TITLE = N_("Keep an eye on · {who}")
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "support_team_watch",
            N_("Keep an eye on"),
            lambda case, whom, kept: WatchForm(case, whom.participant, kept.subject, _day_of(kept)),
            OF_TEAM,
        ),
    )

    def __init__(self, case: Case, participant: int, team: int, day: date | None = None) -> None:
        super().__init__(case, participant, team)
        self.form_name = f"support_team_watch:{day.isoformat()}" if day else "support_team_watch"
        self.of_day = day

    def fields(self) -> list[FormField]:
        states = named(self.case.programme.choices["evasion_state"])
        day = DateField(About("day", _("Day"), _(PAST_DAY)), self.case.clock, "past")
        points = [
            field
            for point in self.case.programme.choices["evasion_point"]
            for field in (
                ChoiceField(About(point.id, str(point.name)), states),
                LineField(About(f"{point.id}_note", _("  what is seen")), limit=NOTE_LIMIT),
            )
        ]
        return [*([] if self.of_day else [day]), *points]

    async def load(self) -> Mapping[str, str]:
        if self.of_day is None:
            return {"day": format_date(self.case.today)}
        looks = await self.case.store.ask(team_reading.looks_of, self.team)
        found = next((look.points for look in looks if look.day == self.of_day), {})
        states = {point: one.state for point, one in found.items()}
        return states | {f"{point}_note": one.note for point, one in found.items()}

    def heading(self) -> list[Piece]:
        day = [(format_date(self.of_day), DIM)] if self.of_day else []
        return [*super().heading(), *day]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        day = self.of_day or values["day"] or self.case.today
        points = {
            point.id: (values[point.id], values[f"{point.id}_note"])
            for point in self.case.programme.choices["evasion_point"]
        }
        await self.case.store.change(members.watch, self.team, day, points)
        return self.team


def _day_of(kept: KeptForm) -> date | None:
    _name, _colon, day = kept.form.partition(":")
    return date.fromisoformat(day) if day else None


class TeamTaskForm(TaskForm):
    """A new task of a support team's; the result is its id."""

    HELP: ClassVar[str] = N_(
        "A task of the support team: what is to be done, which agency or person does it, and when. It is one of the "
        "participant's tasks, and stands on the agenda of whoever sees to it."
    )
    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind(
            "support_team_task",
            N_("New task"),
            lambda case, whom, kept: TeamTaskForm(case, whom.participant, kept.subject),
            OF_TEAM,
        ),
    )

    def __init__(self, case: Case, participant: int, team: int) -> None:
        super().__init__(case, participant)
        self.subject, self.form_name = team, "support_team_task"

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        source = team_reading.source_of(self.subject)
        return await self.case.store.change(tasks.add, self.participant, values, source)
