"""Phase-out and return: each reason's own steps, who is told, what is left said by name, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models import board, timeline
from models.board import BoardQuery
from models.consents import consents, disclosures
from models.consents import matrix as consent_matrix
from models.consents.disclosures import DisclosureError
from models.contacts import network, people
from models.participants import participants
from models.phase_outs import file as phase_out_file
from models.phase_outs import phase_outs
from models.phase_outs.file import PhaseOutFile, PhaseOutLine
from models.phase_outs.phase_outs import PhaseOutError
from models.phases import phases
from models.phases import release as releases
from models.roles.rights import NotAllowed
from models.storage import undo
from models.storage.work import Conflict
from models.store import Store
from screens.participant.timeline_list import words_of
from tests.models.case_sample import Hands, everything, examined, rows

TODAY = date(2026, 11, 22)
YESTERDAY = date(2026, 11, 21)
NAV = {"agency": "nav", "role": "nav_state", "given": date(2026, 9, 1)}


@pytest.fixture
def person(store: Store) -> int:
    """In phase 5 since October, with a NAV caseworker and a GP around, and a consent to NAV."""
    number = store.change_now(
        participants.add, {"given_name": "Håkon", "family_name": "Sæthre"}, date(2026, 1, 1), 2
    )  # fmt: skip
    store.change_now(phases.begin, number, 5, date(2026, 10, 1), ending=(2,))
    for agency, role, name in (("nav", "nav_state", "Nina Nav"), ("health", "gp", "Liv Lege")):
        contact = store.change_now(people.add, {"name": name, "agency": agency, "role": role, "phone": "90000000"})
        store.change_now(network.involve, number, contact)
    store.change_now(consents.give, number, NAV)
    return number


def file(store: Store, person: int) -> PhaseOutFile:
    return store.ask_now(phase_out_file.file_of, person)


def line(store: Store, person: int) -> PhaseOutLine:
    found = file(store, person).current
    assert found is not None
    return found


def left(store: Store, person: int) -> tuple[str, ...]:
    return phase_out_file.lacking(store.programme, file(store, person))


def lasting(store: Store, person: int) -> list[int]:
    return [span.phase for span in store.ask_now(phases.of, person) if span.ended is None]


def told(store: Store, person: int) -> list[str]:
    entries = store.ask_now(timeline.page, timeline.TimelineQuery(person), 0, 100)
    return [words_of(entry, store.programme, hidden=False) for entry in entries]


def attempt(store: Store, person: int, days_ago: float, outcome: str = "attempted") -> None:
    at = store.clock.seconds() - int(days_ago * 86_400)
    store.change_now(timeline.record, person, {"kind": "phone", "at": at, "outcome": outcome, "text": "Ringte"})


def tell_all(store: Store, person: int) -> None:
    for one in line(store, person).told:
        ground = "" if one.answer.covered else "participant_present"
        store.change_now(phase_outs.tell, one.id, None, "Telefon", one.version, ground=ground)


# ---------------------------------------------------------------------- beginning


def test_it_ends_the_other_phases_and_lists_who_is_to_be_told(store: Store, person: int) -> None:
    store.change_now(phases.begin, person, 4, date(2026, 11, 1))
    number = store.change_now(phase_outs.begin, person, "independence", YESTERDAY, "Har jobb og bolig")
    found = line(store, person)
    assert (found.id, found.state, found.began, found.words) == (number, "open", YESTERDAY, "Har jobb og bolig")
    assert [(one.agency, one.person, one.phone, one.answer.covered) for one in found.told] == [
        ("nav", "Nina Nav", "90000000", True),
        ("health", "Liv Lege", "90000000", False),
    ]
    spans = {span.phase: span for span in store.ask_now(phases.of, person)}
    assert (spans[4].ended, spans[5].ended, spans[6].began) == (YESTERDAY, YESTERDAY, YESTERDAY)
    assert lasting(store, person) == [6]
    assert "Phase-out began: Independence" in told(store, person)
    card = store.ask_now(board.card, person)
    assert card is not None
    assert card.phase == 6


def test_a_phase_out_begun_by_hand_gets_its_reason(store: Store, person: int) -> None:
    store.change_now(phases.begin, person, 6, YESTERDAY)
    store.change_now(phase_outs.begin, person, "own_wish", TODAY)
    assert lasting(store, person) == [6]
    assert line(store, person).reason == "own_wish"


def test_a_consent_with_nobody_around_is_told_as_its_role(store: Store) -> None:
    number = store.change_now(participants.add, {"given_name": "Åse"}, date(2026, 1, 1))
    store.change_now(consents.give, number, {**NAV, "role": "nav_municipal"})
    store.change_now(phase_outs.begin, number, "no_basis", TODAY)
    (one,) = line(store, number).told
    assert (one.agency, one.role, one.person, one.answer.covered) == ("nav", "nav_municipal", "", True)


@pytest.mark.parametrize(
    ("reason", "began", "sentence"),
    [
        ("independence", TODAY + timedelta(days=1), "Began: the date is in the future"),
        ("independence", date(2026, 9, 30), "Began: 30.09.2026 is before Reintegration began, 01.10.2026."),
        ("bored", TODAY, "Reason: bored is not a reason"),
        ("", TODAY, "Reason: – is not a reason"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    store: Store, person: int, reason: str, began: date, sentence: str
) -> None:
    before = everything(store)
    with pytest.raises(PhaseOutError, match="^" + sentence):
        store.change_now(phase_outs.begin, person, reason, began)
    assert everything(store) == before


def test_one_who_is_leaving_or_has_left_does_not_leave_again(store: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "drop_out", TODAY)
    with pytest.raises(PhaseOutError, match=r"under way since 22\.11\.2026: Drop-out\."):
        store.change_now(phase_outs.begin, person, "independence", TODAY)
    store.change_now(phase_outs.close, number, 1, "Borte", "Vet ikke hvor")
    with pytest.raises(PhaseOutError, match="phased out already"):
        store.change_now(phase_outs.begin, person, "independence", TODAY)


def test_advice_is_given_and_does_not_hinder(store: Store, person: int) -> None:
    assert phase_out_file.advice(store.programme, file(store, person), "independence") == ()
    assert phase_out_file.advice(store.programme, file(store, person), "no_basis") == (
        "This reason usually follows 1 Intake.",
    )
    assert "0 of 3" in phase_out_file.advice(store.programme, file(store, person), "drop_out")[0]
    store.change_now(phase_outs.begin, person, "no_basis", TODAY)


def test_a_reader_begins_nothing(store: Store, session: Callable[[str], Store], person: int) -> None:
    with pytest.raises(NotAllowed):
        session("lise").change_now(phase_outs.begin, person, "independence", TODAY)


# ---------------------------------------------------------------------- telling


def test_telling_is_dated_and_recorded_as_shared(store: Store, person: int) -> None:
    store.change_now(phase_outs.begin, person, "independence", YESTERDAY)
    nav, gp = line(store, person).told
    store.change_now(phase_outs.tell, nav.id, YESTERDAY, "Telefon", nav.version)
    found = line(store, person).told[0]
    assert (found.told, found.told_by, found.how, found.settled) == (YESTERDAY, "KN", "Telefon", True)
    (shared,) = store.ask_now(disclosures.of, person)
    assert (shared.day, shared.agency, shared.person, shared.flagged) == (YESTERDAY, "nav", "Nina Nav", False)
    assert "consents no longer apply" in shared.what
    assert left(store, person)[0] == "Not told yet: Health, GP."
    with pytest.raises(DisclosureError, match=r"^Ground: "):
        store.change_now(phase_outs.tell, gp.id, TODAY, "", gp.version)
    assert line(store, person).told[1].told is None
    store.change_now(phase_outs.tell, gp.id, TODAY, "", gp.version, ground="participant_present")
    assert store.ask_now(disclosures.flagged, person) == 1
    assert not any("Not told" in one for one in left(store, person))
    with pytest.raises(PhaseOutError, match=r"told already, 21\.11\.2026"):
        store.change_now(phase_outs.tell, nav.id, TODAY, "", found.version)
    with pytest.raises(PhaseOutError, match="future"):
        store.change_now(phase_outs.tell, gp.id, TODAY + timedelta(days=1), "", None)


def test_one_may_be_left_out_with_a_reason_and_taken_in_again(store: Store, person: int) -> None:
    store.change_now(phase_outs.begin, person, "independence", TODAY)
    nav = line(store, person).told[0]
    store.change_now(phase_outs.leave_out, nav.id, nav.version, "Saken er avsluttet")
    found = line(store, person).told[0]
    assert (found.told, found.how, found.settled) == (None, "Saken er avsluttet", True)
    assert "Nav" not in left(store, person)[0]
    store.change_now(phase_outs.leave_out, nav.id, found.version, "")
    assert "Nav" in left(store, person)[0]
    assert store.ask_now(disclosures.of, person) == ()


def test_two_who_tell_the_same_partner_see_each_other(store: Store, colleague: Store, person: int) -> None:
    store.change_now(phase_outs.begin, person, "independence", TODAY)
    nav = line(store, person).told[0]
    colleague.change_now(phase_outs.tell, nav.id, TODAY, "Møte", nav.version)
    with pytest.raises(Conflict) as caught:
        store.change_now(phase_outs.tell, nav.id, YESTERDAY, "Telefon", nav.version)
    assert caught.value.theirs["how"] == "Møte"
    assert len(store.ask_now(disclosures.of, person)) == 1


def test_a_partner_is_added_once(store: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "independence", TODAY)
    store.change_now(phase_outs.add_partner, number, "police", "police_contact", "Per Politi")
    assert [one.agency for one in line(store, person).told] == ["nav", "police", "health"]
    with pytest.raises(PhaseOutError, match="in the list already"):
        store.change_now(phase_outs.add_partner, number, "nav", "nav_state", " nina  nav")


# ---------------------------------------------------------------------- the steps of a reason


def test_at_independence_the_consents_end_and_the_talk_is_held(store: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "independence", YESTERDAY)
    assert left(store, person) == (
        "Not told yet: Nav, State caseworker; Health, GP.",
        "1 consent is still in force.",
        "The closing talk was not held.",
    )
    tell_all(store, person)
    store.change_now(phase_outs.end_consents, number, line(store, person).version)
    assert line(store, person).consents == TODAY
    assert any(one.startswith("No consent holds after 22.11.2026") for one in told(store, person))
    store.change_now(phase_outs.talk, number, line(store, person).version, YESTERDAY, "Spiste sammen")
    assert line(store, person).closing_talk == YESTERDAY
    assert left(store, person) == ()
    entries = store.ask_now(timeline.page, timeline.TimelineQuery(person, ("talk",)), 0, 9)
    assert [(one.text, one.outcome, one.day) for one in entries] == [("Spiste sammen", "reached", YESTERDAY)]
    store.change_now(phase_outs.close, number, line(store, person).version, "Klarer seg selv", "overflødig")
    found = line(store, person)
    assert (found.state, found.closed, found.closed_by) == ("closed", TODAY, "Kari Nordmann")
    assert (found.summary, found.closed_reason) == ("Klarer seg selv", "")
    assert lasting(store, person) == []
    assert [card.participant for card in store.ask_now(board.page, BoardQuery(closed=True), 0, 9)] == [person]
    assert "Phased out: Independence. Klarer seg selv" in told(store, person)


def test_a_consent_given_after_all_is_in_force_again(store: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "independence", TODAY)
    store.change_now(phase_outs.end_consents, number, 1)
    assert file(store, person).in_force == 0
    store.change_now(consents.give, person, {"agency": "prison", "role": "contact_officer"})
    assert file(store, person).in_force == 1


@pytest.mark.parametrize(
    ("days_ago", "reached_days_ago", "counted"),
    [
        ((1, 2, 3), None, 3),
        ((1, 2, 3, 30), 10, 3),
        ((1, 20), 10, 1),
        ((), 2, 0),
    ],
)
def test_attempts_count_from_the_last_contact(
    store: Store, person: int, days_ago: tuple[int, ...], reached_days_ago: int | None, counted: int
) -> None:
    for days in days_ago:
        attempt(store, person, days)
    if reached_days_ago is not None:
        attempt(store, person, reached_days_ago, "reached")
    store.change_now(phase_outs.begin, person, "drop_out", TODAY)
    assert file(store, person).attempts == counted
    enough = not any("Attempts to reach" in one for one in left(store, person))
    assert enough == (counted >= 3)


def test_contact_after_it_began_is_told_and_takes_no_attempt_away(store: Store, person: int) -> None:
    for days in (5, 4, 3):
        attempt(store, person, days)
    store.change_now(phase_outs.begin, person, "drop_out", date(2026, 11, 20))
    attempt(store, person, 1, "reached")
    found = file(store, person)
    assert (found.attempts, found.last_contact, found.contact_since) == (3, None, YESTERDAY)


def test_at_drop_out_attempts_and_a_last_message_and_the_consents_stay(store: Store, person: int) -> None:
    for days in (9, 5):
        attempt(store, person, days)
    number = store.change_now(phase_outs.begin, person, "drop_out", YESTERDAY)
    tell_all(store, person)
    assert left(store, person) == (
        "Attempts to reach the person in the timeline: 2 of 3.",
        "The last message was not sent.",
    )
    store.change_now(phase_outs.message, number, 1, TODAY, "SMS")
    assert (line(store, person).last_message, line(store, person).message_how) == (TODAY, "SMS")
    with pytest.raises(PhaseOutError, match=r"^Reason: .* 2 of 3\."):
        store.change_now(phase_outs.close, number, 2, "Svarer ikke")
    assert line(store, person).state == "open"
    store.change_now(phase_outs.close, number, 2, "Svarer ikke", "Nummeret er sagt opp")
    assert line(store, person).closed_reason == "Nummeret er sagt opp"
    assert file(store, person).in_force == 1


def test_on_moving_the_note_goes_to_the_new_place(store: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "moved", TODAY)
    assert "The hand-over note was not made." in left(store, person)
    store.change_now(phase_outs.hand_over, number, 1, TODAY)
    assert "The hand-over note was not made." not in left(store, person)
    assert "The new place got the hand-over note 22.11.2026" in told(store, person)


def test_a_team_s_own_limit_counts(store: Store, person: int) -> None:
    from msgspec.structs import replace

    own = replace(store.programme, limits=replace(store.programme.limits, phase_out_attempts=0))
    store.programme = own
    store.change_now(phase_outs.begin, person, "drop_out", TODAY)
    assert not any("Attempts" in one for one in left(store, person))


# ---------------------------------------------------------------------- closing


def test_closing_wants_a_summary_and_possible_dates(store: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "death", date(2026, 11, 10))
    for arguments, sentence in (
        (("", "grunn"), "^Summary: "),
        (("Døde", ""), "^Reason: .*Not told yet"),
    ):
        with pytest.raises(PhaseOutError, match=sentence):
            store.change_now(phase_outs.close, number, 1, *arguments)
    for day, sentence in (
        (date(2026, 11, 9), "^Closed: 09.11.2026 is before"),
        (date(2026, 12, 1), "^Closed: .*futur"),
    ):
        with pytest.raises(PhaseOutError, match=sentence):
            store.change_now(phase_outs.close, number, 1, "Døde", "grunn", day=day)
    assert lasting(store, person) == [6]


def test_a_closed_one_is_sealed_but_a_partner_may_still_be_told(store: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "independence", TODAY)
    store.change_now(phase_outs.close, number, 1, "Ferdig", "Rakk ikke alt")
    version = line(store, person).version
    changes: tuple[tuple[Callable[..., Any], tuple[Any, ...]], ...] = (
        (phase_outs.close, (number, version, "Igjen", "x")),
        (phase_outs.talk, (number, version, TODAY)),
        (phase_outs.message, (number, version, TODAY)),
        (phase_outs.hand_over, (number, version, TODAY)),
        (phase_outs.end_consents, (number, version)),
        (phase_outs.add_partner, (number, "police", "police_contact", "")),
    )
    for change, arguments in changes:
        with pytest.raises(PhaseOutError, match=r"closed 22\.11\.2026; it is changed no more"):
            store.change_now(change, *arguments)
    # What was left is still to be done: a partner is told, or need not be.
    nav = line(store, person).told[0]
    store.change_now(phase_outs.leave_out, nav.id, nav.version, "Vet det alt")
    assert line(store, person).told[0].settled
    store.change_now(phase_outs.leave_out, nav.id, nav.version + 1, "")
    store.change_now(phase_outs.tell, nav.id, TODAY, "", nav.version + 2)
    assert line(store, person).told[0].told == TODAY


def test_two_who_close_at_once_see_each_other(store: Store, colleague: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "independence", TODAY)
    colleague.change_now(phase_outs.close, number, 1, "Deres", "x")
    with pytest.raises(Conflict) as caught:
        store.change_now(phase_outs.close, number, 1, "Min", "y")
    assert caught.value.theirs["summary"] == "Deres"
    assert line(store, person).summary == "Deres"


# ---------------------------------------------------------------------- coming back


def test_coming_back_leaves_everything_intact(store: Store, hands: Hands, person: int) -> None:
    before = everything(store)
    number = store.change_now(phase_outs.begin, person, "drop_out", TODAY)
    store.change_now(phase_outs.close, number, 1, "Borte", "x")
    hands.move(days=100)
    day = store.clock.today()
    store.change_now(phase_outs.come_back, number, 2, day, 4, "Ny bolig, ringte selv")
    assert lasting(store, person) == [4]
    found = file(store, person)
    assert found.current is None
    (former,) = found.former
    assert (former.state, former.returned, former.return_note) == ("returned", day, "Ny bolig, ringte selv")
    assert former.summary == "Borte"
    after = everything(store)
    assert set(before["entry"]) <= set(after["entry"])
    # After release again: the release of before is history now, and kept.
    (released,) = store.ask_now(releases.history, person)
    assert released.returned == day
    assert f"Back in EX/IN {day:%d.%m.%Y}: Ny bolig, ringte selv" in told(store, person)
    assert len(store.ask_now(consent_matrix.matrix, person)) > 0
    assert store.ask_now(board.page, BoardQuery(closed=True), 0, 9) == []
    with pytest.raises(PhaseOutError, match="came back"):
        store.change_now(phase_outs.come_back, number, 3, day, 4)
    # And may leave once more, by another way.
    store.change_now(phase_outs.begin, person, "independence", day)
    assert (line(store, person).reason, len(file(store, person).former)) == ("independence", 1)
    assert examined(store).flaws == ()


def test_one_who_was_about_to_leave_stays(store: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "drop_out", YESTERDAY)
    store.change_now(phase_outs.come_back, number, 1, TODAY, 5, "Svarte likevel")
    assert lasting(store, person) == [5]
    spans = [span for span in store.ask_now(phases.of, person) if span.phase == 6]
    assert [span.ended for span in spans] == [TODAY]


def test_a_phase_begun_by_hand_before_the_return_is_noted_goes_on(store: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "drop_out", YESTERDAY)
    store.change_now(phases.begin, person, 5, TODAY)
    store.change_now(phase_outs.come_back, number, 1, TODAY, 5)
    assert lasting(store, person) == [5]


def test_one_taken_up_by_hand_after_it_was_closed_may_leave_anew(store: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "drop_out", YESTERDAY)
    store.change_now(phase_outs.close, number, 1, "Borte", "x", day=YESTERDAY)
    assert line(store, person).state == "closed"
    store.change_now(phases.begin, person, 5, TODAY, returning=True)
    assert file(store, person).current is None
    store.change_now(phase_outs.begin, person, "independence", TODAY)
    assert line(store, person).reason == "independence"


@pytest.mark.parametrize(
    ("day", "phase", "sentence"),
    [
        (date(2026, 11, 19), 5, "^Back since: 19.11.2026 is before they left, 20.11.2026."),
        (TODAY + timedelta(days=1), 5, "^Back since: .*future"),
        (TODAY, 6, "^Phase: "),
        (TODAY, 9, "^Phase: "),
    ],
)
def test_a_return_that_cannot_be(store: Store, person: int, day: date, phase: int, sentence: str) -> None:
    number = store.change_now(phase_outs.begin, person, "drop_out", date(2026, 11, 18))
    store.change_now(phase_outs.close, number, 1, "Borte", "x", day=date(2026, 11, 20))
    with pytest.raises(PhaseOutError, match=sentence):
        store.change_now(phase_outs.come_back, number, 2, day, phase)
    assert lasting(store, person) == []


def test_one_whose_leaving_was_never_recorded_is_taken_up(store: Store, person: int) -> None:
    with pytest.raises(PhaseOutError, match="is not phased out"):
        store.change_now(phase_outs.take_up, person, TODAY, 5)
    (span,) = (span for span in store.ask_now(phases.of, person) if span.ended is None)
    store.change_now(phases.end, span.id, span.version, YESTERDAY)
    assert file(store, person).phased_out
    with pytest.raises(PhaseOutError, match="before they left"):
        store.change_now(phase_outs.take_up, person, date(2026, 11, 20), 5)
    store.change_now(phase_outs.take_up, person, TODAY, 5, "Ringte")
    assert lasting(store, person) == [5]


def test_a_return_of_two_is_one(store: Store, colleague: Store, person: int) -> None:
    number = store.change_now(phase_outs.begin, person, "drop_out", TODAY)
    colleague.change_now(phase_outs.come_back, number, 1, TODAY, 5)
    with pytest.raises(Conflict):
        store.change_now(phase_outs.come_back, number, 1, TODAY, 4)
    assert lasting(store, person) == [5]


# ---------------------------------------------------------------------- taking back


def test_every_step_is_taken_back(store: Store, person: int) -> None:
    def data() -> dict[str, Any]:
        tables = ("phase_period", "entry", "disclosure", "consent", "phase_out", "phase_out_told", "card")
        return {
            table: [row if table == "card" else (row[0], *row[2:]) for row in
                    rows(store, f'SELECT * FROM "{table}" ORDER BY 1')]
            for table in tables
        }  # fmt: skip

    def now() -> PhaseOutLine:
        return line(store, person)

    steps: tuple[tuple[Callable[..., Any], Callable[[], tuple[Any, ...]]], ...] = (
        (phase_outs.begin, lambda: (person, "independence", TODAY)),
        (phase_outs.tell, lambda: (now().told[0].id, TODAY, "Telefon", now().told[0].version)),
        (phase_outs.leave_out, lambda: (now().told[1].id, now().told[1].version, "Sluttet")),
        (phase_outs.add_partner, lambda: (now().id, "police", "police_contact", "")),
        (phase_outs.end_consents, lambda: (now().id, now().version)),
        (phase_outs.talk, lambda: (now().id, now().version, TODAY, "Spiste")),
        (phase_outs.message, lambda: (now().id, now().version, TODAY, "SMS")),
        (phase_outs.hand_over, lambda: (now().id, now().version, TODAY)),
        (phase_outs.close, lambda: (now().id, now().version, "Ferdig", "x")),
        (phase_outs.come_back, lambda: (now().id, now().version, TODAY, 5, "Tilbake")),
    )
    for change, arguments in steps:
        before = data()
        store.change_now(change, *arguments())
        assert data() != before, change.__name__
        assert store.change_now(undo.undo, store.opened_at_audit) == f"phase_outs.{change.__name__}"
        assert data() == before, change.__name__
        assert undo.described(f"phase_outs.{change.__name__}") not in ("", f"phase_outs.{change.__name__}")
        store.change_now(change, *arguments())
    assert examined(store).flaws == ()
