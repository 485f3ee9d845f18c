"""The lives of made-up participants, lived through the real door, a day at a time; and the first, three years long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from msgspec import Struct

from models import timeline
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.checklists.reading import DONE, OPEN, WAITING, ChecklistLine
from models.consents import consents
from models.contacts import network, people
from models.evaluations import evaluations
from models.evaluations.sheets import Tally
from models.intake import intake_talks, intakes
from models.meetings import meetings
from models.participants import participants
from models.phase_outs import phase_outs
from models.phases import phases
from models.phases.release import Release
from models.plans import applications, appointments, tasks
from models.reviews import reviews
from models.signals import snoozes
from models.store import Store
from models.support_teams import members, teams
from models.team import absences
from tests.models.case_sample import Hands

FIRST: Final = date(2024, 1, 8)
LAST: Final = date(2027, 1, 8)
WEDNESDAY: Final = 2
SUMMER: Final = (date(2024, 7, 4), date(2024, 7, 30))
CONTACTS: Final = (
    (date(2024, 3, 4), date(2024, 9, 2), 14),
    (date(2024, 10, 14), date(2025, 7, 7), 14),
    (date(2025, 7, 14), date(2025, 9, 1), 7),
    (date(2025, 9, 4), date(2025, 10, 18), 4),
    (date(2025, 10, 20), date(2025, 10, 20), 1),
    (date(2025, 10, 31), date(2025, 12, 28), 5),
    (date(2026, 1, 5), date(2026, 3, 2), 14),
    (date(2026, 4, 20), date(2026, 7, 27), 14),
    (date(2026, 11, 2), LAST, 14),
)
"""From, to, and how many days from one contact to the next; the talks of the intake come before them."""
ROLES: Final = {
    "prison": "reintegration_coordinator",
    "nav": "nav_state",
    "lawyer": "lawyer",
    "probation": "probation_contact",
    "health": "gp",
}
Event = Callable[["Tale"], object]
Contacts = tuple[tuple[date, date, int], ...]
"""From, to, and how many days from one contact to the next."""
Span = tuple[date, date, int]
Expected = dict[str, tuple[Span, ...]]
"""By rule: from, to and severity of what is to be noticed."""


def span(first: str, last: str, severity: int) -> Span:
    return date.fromisoformat(first), date.fromisoformat(last), severity


class Story(Struct, frozen=True):
    """A life as data: what it is about, its first and last day, the contacts, and what else happens on which day."""

    about: str
    first: date
    last: date
    contacts: Contacts
    events: Mapping[date, tuple[Event, ...]]


class Tale:
    """Tells the days one after the other; `kari` is responsible, `ola` is the second person who verifies."""

    def __init__(self, store: Store, colleague: Store, hands: Hands, story: Story) -> None:
        self.store, self.colleague, self.hands, self.story = store, colleague, hands, story
        self.person = 0
        self.appointment = 0
        self.application = 0
        self.phase_out = 0
        self.absence = 0
        self.parts: dict[str, int] = {}
        self.today = story.first
        self._contact_days = {
            first + timedelta(days=step * number)
            for first, last, step in story.contacts
            for number in range((last - first).days // step + 1)
        }

    def days(self) -> Iterator[date]:
        """Every day, after all that happened on it."""
        while self.today <= self.story.last:
            self.hands.moment = datetime.combine(self.today, time(11), tzinfo=UTC)
            for event in self.story.events.get(self.today, ()):
                event(self)
            if self.today in self._contact_days:
                self.do(timeline.record, self.person, {"kind": "phone", "text": "Snakket sammen."})
            if self.today.weekday() == WEDNESDAY and not SUMMER[0] <= self.today <= SUMMER[1]:
                self.meet()
            for to_do in self.store.ask_now(tasks.of, self.person):
                if to_do.state == tasks.OPEN and to_do.due is not None and to_do.due <= self.today:
                    self.do(tasks.finish, to_do.id, to_do.version)
            yield self.today
            self.today += timedelta(days=1)

    def do(self, change: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """A change by kari."""
        return self.store.change_now(change, *values, **named)

    def one(self, statement: str, *values: object) -> Any:
        """A value of the caseload."""
        return self.store.ask_now(lambda reading: reading.value(statement, list(values)))

    # ------------------------------------------------------------------ what happens

    def meet(self) -> None:
        """The weekly, in which the participant is gone through."""
        meeting = self.do(meetings.open_, "weekly")
        self.do(meetings.gone_through, meeting, self.person)
        self.do(meetings.close, meeting, self.one("SELECT version FROM meeting WHERE id = ?", meeting))

    def refer(self) -> None:
        """A candidate nobody is responsible for yet."""
        self.person = self.do(
            intakes.refer,
            {
                "given_name": "Viktor", "family_name": "Vik", "worker": None, "prison": "Ringerike fengsel",
                "security_level": "high", "sentence_start": date(2023, 3, 1), "full_term_date": date(2026, 9, 1),
            },
            "Ringerike fengsel",
        )  # fmt: skip

    def enter(self, **values: object) -> None:
        """One of the caseload that a team brings along, in prison; kari is responsible."""
        self.person = self.do(participants.add, values, self.today, 2)

    def staff(self, user: str) -> int:
        """The number of a colleague."""
        return int(self.one("SELECT id FROM staff WHERE user = ?", user))

    def attempt(self) -> None:
        """Nobody answers."""
        self.do(timeline.record, self.person, {"kind": "phone", "outcome": "attempted", "text": "Ingen svar."})

    def change(self, **values: object) -> None:
        """Change the record."""
        version = self.one("SELECT version FROM participant WHERE id = ?", self.person)
        self.do(participants.change, self.person, version, values)

    def talk(self, name: str) -> None:
        """One of the four talks."""
        self.do(intake_talks.hold_talk, self.person, name, self.today, "Kari")

    def enrol(self) -> None:
        """Both sides say yes; the review of the transition is held the same day where one is owed."""
        self.do(
            intakes.decide, self.person, None, ours="yes", theirs="yes", decided=self.today, outcome="enrolled",
            phase=2, reason="Vurdert sammen med fengselet.",
        )  # fmt: skip
        self.hold_owed()

    def consent(self, until: date, *agencies: str) -> None:
        """Consents given today."""
        for agency in agencies:
            self.do(
                consents.give, self.person,
                {"agency": agency, "role": ROLES[agency], "given": self.today, "valid_until": until,
                 "person": "Adv. Lie" if agency == "lawyer" else ""},
            )  # fmt: skip

    def may_meet(self) -> None:
        """A volunteer may be told, until the participant says no on the phone."""
        role = {"agency": "voluntary", "role": "wayback", "given": self.today}
        self.parts["wayback"] = self.do(consents.give, self.person, role)

    def says_no(self) -> None:
        """The no that is not in writing yet."""
        self.do(consents.withdraw, self.parts["wayback"], None, self.today, "")

    def writes_no(self) -> None:
        """The letter that confirms it."""
        self.do(consents.confirm_withdrawal, self.parts["wayback"], None, "Brev, perm 2")

    def link(self, agency: str) -> None:
        """A contact person of an agency from today."""
        who = {"name": f"{agency} {self.today}", "agency": agency, "role": ROLES[agency]}
        contact = self.do(people.add, who)
        self.parts[agency] = self.do(network.involve, self.person, contact)

    def support_team(self) -> None:
        """A support team from today, with the team itself coordinating and nobody named."""
        self.parts["team"] = self.do(teams.begin, self.person, {"own_words": "Bo for meg selv"})

    def support_team_is(self, **values: str) -> None:
        """What is known of it now."""
        self.do(teams.change, self.parts["team"], None, values)

    def support_team_longer(self, until: date) -> None:
        """It goes on."""
        self.do(teams.extend, self.parts["team"], None, {"until": until, "reason": "Venter på bolig"})

    def support_team_asked(self) -> None:
        """An evaluation of it is begun, and nobody has answered."""
        self.do(evaluations.begin, "support_team", self.parts["team"], {"form": "support_team"})

    def support_team_evaluated(self) -> None:
        """Three of it have answered."""
        number = self.do(evaluations.begin, "support_team", self.parts["team"], {"form": "support_team"})
        form = next(one for one in self.store.programme.method.evaluations if one.id == "support_team")
        sheets = Tally.empty(form)
        for _answered in range(3):
            sheets = sheets.with_sheet({form.questions[0].id: 2}, {})
        self.do(evaluations.enter, number, sheets, last=True)

    def support_team_ends(self) -> None:
        """It is over today."""
        self.do(teams.end, self.parts["team"], None, {"conclusion": "Har fått bolig"})

    def seat(self, agency: str, name: str, role: str = "") -> None:
        """Somebody sits in it from today."""
        who = {"agency": agency, "name": name, "role": role}
        self.parts[name] = self.do(members.add_member, self.parts["team"], who)

    def leaves(self, name: str, *, agency_left: bool) -> None:
        """Somebody leaves it today, with their agency or without."""
        self.do(members.leave, self.parts[name], None, agency_left=agency_left)

    def unlink(self, agency: str) -> None:
        """The contact person is not there from today on."""
        part = self.parts[agency]
        version = self.one("SELECT version FROM involvement WHERE id = ?", part)
        self.do(network.uninvolve, part, version, self.today)

    def begin(
        self, phase: int, began: date | None = None, ending: tuple[int, ...] = (), release: Release | None = None
    ) -> None:
        """A phase begins by hand, without a review."""
        self.do(phases.begin, self.person, phase, began or self.today, ending=ending, release=release)

    def end(self, phase: int) -> None:
        """A phase that lasted beside another ends."""
        for span in self.store.ask_now(phases.of, self.person):
            if span.phase == phase and span.ended is None:
                self.do(phases.end, span.id, span.version, self.today)

    def hold_owed(self, next_review: date | None = None) -> None:
        """Hold the review that a move owes, if it owes one."""
        transition = self.one(
            "SELECT transition FROM review WHERE participant_id = ? AND moved IS NOT NULL AND state != 'sealed'",
            self.person,
        )
        if transition:
            decision = "end" if transition.endswith("_6") else "move"
            self.hold(transition, decision, next_review)

    def hold(self, transition: str, decision: str, next_review: date | None = None) -> None:
        """Hold a review and seal it."""
        review = self.do(reviews.begin, self.person, transition)
        for heading in ("room", "limits", "specific", "own_view"):
            self.do(reviews.answer, review, heading, "Snakket gjennom.", None)
        version = self.one("SELECT version FROM review WHERE id = ?", review)
        self.do(
            reviews.decide, review, version, decision, next_review=next_review, reason="Vi går videre.", present="Kari"
        )

    def release_list(self) -> ChecklistLine:
        """The release checklist that is open."""
        lines = self.store.ask_now(checklist_reading.of, self.person)
        (found,) = (one for one in lines if one.template == "release" and one.id and one.closed is None)
        return found

    def prepare(self) -> None:
        """Everything on the release checklist is done or set aside; one item is ticked."""
        checklist = self.release_list()
        ticked = False
        for item in self.store.ask_now(checklist_reading.one, checklist.id).items:
            if item.state not in (OPEN, WAITING):
                continue
            if item.template.kind == "tick" and not ticked:
                self.do(checklists.tick, item.id, item.version)
                ticked = True
            else:
                self.do(checklists.not_relevant, item.id, item.version, "Avklart.")
        assert ticked

    def verify(self) -> None:
        """The second person confirms all that is done."""
        checklist = self.release_list()
        for item in self.store.ask_now(checklist_reading.one, checklist.id).items:
            if item.state == DONE:
                self.colleague.change_now(checklists.verify, item.id, item.version, "agency_phone")

    def leave(self, day: date) -> None:
        """A leave is agreed."""
        moment = self.store.clock.stored(datetime.combine(day, time(10)))
        self.appointment = self.do(appointments.add, self.person, {"title": "Permisjon", "at": moment})

    def left_on_leave(self) -> None:
        """Somebody says what came of it."""
        version = self.one("SELECT version FROM appointment WHERE id = ?", self.appointment)
        self.do(appointments.attend, self.appointment, version)

    def apply(self) -> None:
        """An application is sent."""
        values = {"agency": "nav", "about": "Bolig", "sent": self.today}
        self.application = self.do(applications.add, self.person, values)

    def decided(self) -> None:
        """It is decided."""
        version = self.one("SELECT version FROM application WHERE id = ?", self.application)
        self.do(applications.change, self.application, version, {"decided": self.today, "outcome": "granted"})

    def away(self) -> None:
        """Kari will be away around the release, and nobody has thought of who covers."""
        kari = self.one("SELECT id FROM staff WHERE user = 'kari'")
        values = {"staff": kari, "first": date(2025, 8, 28), "last": date(2025, 9, 7)}
        self.absence = self.do(absences.add, values)

    def cover(self) -> None:
        """Ola covers."""
        ola = self.one("SELECT id FROM staff WHERE user = 'ola'")
        version = self.one("SELECT version FROM absence WHERE id = ?", self.absence)
        self.do(absences.change, self.absence, version, {"cover": ola})

    def phase_out_begins(self, reason: str = "independence") -> None:
        """The team and the participant, or the team alone, end it."""
        self.phase_out = self.do(phase_outs.begin, self.person, reason)
        self.hold_owed()

    def phase_out_closes(self) -> None:
        """The consents end and the case is closed."""
        self.do(phase_outs.end_consents, self.phase_out, None)
        self.do(phase_outs.close, self.phase_out, None, "Oppfølgingen er over.", "Alle er orientert muntlig.")

    def comes_back(self) -> None:
        """The door was open."""
        self.do(phase_outs.come_back, self.phase_out, None, self.today, 5, "Mistet jobben.")
        self.hold_owed()
        self.meet()

    def topic(self, text: str, topic: str) -> None:
        """Something to take up when the relationship is ready."""
        self.do(timeline.record, self.person, {"kind": "note", "text": text, "topic": topic})

    def topic_taken(self) -> None:
        """It is taken up."""
        (waiting,) = self.store.ask_now(timeline.topics, self.person)
        self.do(timeline.take_up_topic, waiting.id)

    def snooze(self, rule: str, until: date) -> None:
        """A signal is put aside."""
        self.do(snoozes.put_aside, self.person, None, rule, until, "Er på ferie hos søsteren.")


EVENTS: Final[dict[date, tuple[Event, ...]]] = {
    date(2024, 1, 8): (Tale.refer,),
    date(2024, 1, 10): (lambda tale: tale.change(worker=tale.one("SELECT id FROM staff WHERE user = 'kari'")),),
    date(2024, 1, 15): (lambda tale: tale.talk("information"),),
    date(2024, 2, 12): (lambda tale: tale.talk("first"),),
    date(2024, 2, 19): (lambda tale: tale.talk("second"),),
    date(2024, 2, 26): (
        lambda tale: tale.talk("clarifying"),
        lambda tale: tale.consent(date(2025, 2, 25), "prison", "nav", "lawyer"),
        Tale.enrol,
    ),
    date(2024, 2, 28): (lambda tale: tale.link("prison"),),
    date(2024, 3, 4): (lambda tale: tale.link("nav"),),
    date(2024, 5, 6): (lambda tale: tale.topic("Broren.", "Kontakt med broren"),),
    date(2024, 5, 20): (Tale.topic_taken,),
    date(2024, 6, 3): (lambda tale: tale.change(risk_areas="Grønland"),),
    date(2024, 6, 10): (lambda tale: tale.change(risk_areas=""),),
    # The transfer to lower security: another prison, and nobody there yet who is the contact.
    date(2024, 11, 5): (
        lambda tale: tale.change(prison="Bjørgvin fengsel", security_level="lower"),
        lambda tale: tale.unlink("prison"),
    ),
    date(2024, 11, 11): (lambda tale: tale.link("prison"),),
    date(2025, 1, 13): (lambda tale: tale.leave(date(2025, 1, 18)),),
    date(2025, 1, 21): (Tale.left_on_leave,),
    date(2025, 2, 28): (lambda tale: tale.consent(date(2026, 2, 27), "prison", "nav", "lawyer"),),
    date(2025, 3, 1): (lambda tale: tale.change(substance_use="yes"),),
    # Parole is granted, for a Friday; in June the day is moved to the Thursday before.
    date(2025, 3, 3): (Tale.may_meet,),
    date(2025, 3, 10): (Tale.says_no,),
    date(2025, 3, 19): (Tale.writes_no,),
    date(2025, 4, 1): (
        lambda tale: tale.change(release_date=date(2025, 9, 5), release_kind="parole", parole_decision="granted"),
    ),
    date(2025, 6, 20): (lambda tale: tale.change(release_date=date(2025, 9, 4)),),
    date(2025, 7, 14): (lambda tale: tale.begin(3),),
    date(2025, 7, 16): (lambda tale: tale.consent(date(2026, 7, 15), "probation"),),
    date(2025, 7, 18): (lambda tale: tale.link("probation"),),
    date(2025, 7, 21): (lambda tale: tale.hold_owed(date(2025, 8, 11)),),
    date(2025, 7, 28): (lambda tale: tale.end(2),),
    date(2025, 8, 18): (lambda tale: tale.hold("stay", "stay", date(2025, 12, 1)),),
    date(2025, 8, 25): (Tale.prepare, Tale.away),
    date(2025, 8, 29): (Tale.cover,),
    date(2025, 9, 1): (Tale.verify,),
    # The team hears of the release the day after.
    date(2025, 9, 5): (
        lambda tale: tale.begin(4, date(2025, 9, 4), (3,)),
        lambda tale: tale.hold_owed(date(2025, 11, 3)),
    ),
    date(2025, 9, 8): (lambda tale: tale.link("health"),),
    date(2025, 11, 10): (lambda tale: tale.hold("stay", "stay", date(2026, 2, 2)),),
    date(2025, 12, 15): (lambda tale: tale.begin(5), Tale.hold_owed),
    date(2025, 12, 29): (lambda tale: tale.end(4),),
    date(2026, 2, 2): (lambda tale: tale.consent(date(2027, 2, 1), "prison", "nav", "lawyer"),),
    date(2026, 4, 10): (lambda tale: tale.snooze("independence", date(2026, 4, 15)),),
    date(2026, 5, 20): (Tale.apply,),
    date(2026, 7, 10): (Tale.decided,),
    date(2026, 8, 3): (Tale.phase_out_begins,),
    date(2026, 10, 12): (Tale.phase_out_closes,),
    date(2026, 11, 2): (Tale.comes_back,),
    date(2026, 11, 5): (lambda tale: tale.consent(date(2027, 11, 4), "prison", "nav", "lawyer"),),
}
VIKTOR: Final = Story("intake to independence, and back", FIRST, LAST, CONTACTS, EVENTS)
