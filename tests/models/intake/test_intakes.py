"""Intake: criteria judged, four talks in order with what was said, a decision of both sides, and who waits how long."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from config.programme.shapes import Programme
from config.words import N_
from models import column_words, timeline
from models.consents import consents
from models.intake import intake_talks, intakes
from models.intake import reading as intake_reading
from models.intake import waiting as intake_waiting
from models.intake.intake_talks import IntakeError
from models.intake.reading import IntakeFile
from models.participants import participants
from models.phases import owed_review, phases
from models.phases.phases import PhaseError
from models.reviews import brief as review_brief
from models.reviews import intake_decisions, reviews
from models.reviews import reading as review_reading
from models.roles.rights import NotAllowed
from models.schema import SCHEMA_VERSION
from models.signals import listing as signals
from models.storage import undo
from models.storage.actions import action, id_of
from models.storage.work import Conflict, Gone, Work
from models.store import Store
from models.values.clock import Clock
from models.vault import sealed
from tests.models.case_sample import Hands, examined, owed_of, rows

Session = Callable[[str], Store]
TODAY = date(2026, 11, 22)
PREMISES = ("parole", "job_housing", "benefits")


@pytest.fixture
def candidate(store: Store) -> int:
    """Somebody whom the prison has referred: two years left, a week ago."""
    return store.change_now(
        intakes.refer,
        {"given_name": "Håkon", "family_name": "Sæthre", "full_term_date": date(2028, 11, 22)},
        "Bredtveit fengsel, sosialkonsulent",
        "Vil ha hjelp med skole.",
    )


def look(store: Store, participant: int) -> IntakeFile:
    return store.ask_now(intake_reading.file_of, participant)


def talk(store: Store, participant: int, id: str, held: date = TODAY, **more: Any) -> int:
    return store.change_now(intake_talks.hold_talk, participant, id, held, **more)


def go_all_the_way(store: Store, participant: int) -> None:
    """Everything that speaks for enrolling, but for the consents."""
    for criterion in ("months_left", "substance", "mental_health", "motivated"):
        store.change_now(intake_talks.judge, participant, criterion, "met", "", None)
    talk(store, participant, "information", said=PREMISES)
    for id in ("first", "second", "clarifying"):
        talk(store, participant, id)


def consent(store: Store, participant: int) -> None:
    """The three of the intake."""
    for agency, role, person in (
        ("prison", "contact_officer", ""), ("nav", "nav_municipal", ""), ("lawyer", "lawyer", "Ada Lie"),
    ):  # fmt: skip
        store.change_now(consents.give, participant, {
            "agency": agency, "role": role, "person": person, "given": TODAY, "valid_until": date(2027, 11, 1),
            "scope": "alt", "place": "Oslo",
        })  # fmt: skip


def enrol(store: Store, participant: int, **more: Any) -> int:
    values: dict[str, Any] = {"ours": "yes", "theirs": "yes", "decided": TODAY, "outcome": "enrolled", **more}
    return store.change_now(intakes.decide, participant, look(store, participant).version, **values)


@action("test_intakes.note_owed", N_("a review that is owed"))
def note_owed(work: Work, participant: int, phase: int) -> int:
    """As an earlier program did at a decision of the intake."""
    return owed_review.owe(work, participant, 1, phase, work.today)


# ---------------------------------------------------------------------- in


def test_a_referred_candidate_comes_in_with_who_refers_and_why(store: Store, candidate: int) -> None:
    file = look(store, candidate)
    assert (file.opened, file.referred_by, file.referral_note) == (
        TODAY, "Bredtveit fengsel, sosialkonsulent", "Vil ha hjelp med skole."
    )  # fmt: skip
    assert store.ask_now(participants.open_periods, candidate) == [1]
    told = store.ask_now(timeline.page, timeline.TimelineQuery(candidate), 0, 5)
    assert ("intake_referred", "Bredtveit fengsel, sosialkonsulent") in [
        (one.kind, one.detail.get("who")) for one in told
    ]
    assert store.ask_now(undo.last_change, 0) is not None
    store.change_now(undo.undo)
    assert rows(store, "SELECT count(*) FROM participant") == [(0,)]
    assert not examined(store).flaws


def test_a_referral_says_who_refers(store: Store) -> None:
    with pytest.raises(IntakeError, match="say who refers"):
        store.change_now(intakes.refer, {"given_name": "Arne"}, "   ")
    assert rows(store, "SELECT count(*) FROM participant") == [(0,)]


def test_a_referral_can_be_corrected_and_a_stale_one_is_a_conflict(store: Store, candidate: int) -> None:
    store.change_now(intakes.change_referral, candidate, 1, {"referred_by": "Ila"})
    assert look(store, candidate).referred_by == "Ila"
    with pytest.raises(Conflict):
        store.change_now(intakes.change_referral, candidate, 1, {"referral_note": "Noe annet"})
    assert look(store, candidate).referral_note == "Vil ha hjelp med skole."


def test_a_candidate_from_before_gets_an_intake_with_the_first_thing_written(store: Store, hands: Hands) -> None:
    arne = store.change_now(participants.add, {"given_name": "Arne"}, date(2026, 11, 2))
    before = look(store, arne)
    assert (before.id, before.version, before.opened) == (0, 0, date(2026, 11, 2))
    assert before.waits_since == date(2026, 11, 2)
    talk(store, arne, "information", date(2026, 11, 10))
    after = look(store, arne)
    assert after.id
    assert after.opened == date(2026, 11, 2)
    assert after.waits_since == date(2026, 11, 10)


# ---------------------------------------------------------------------- criteria


@pytest.mark.parametrize(
    ("full_term", "release", "proposed", "fact"),
    [
        (date(2027, 5, 22), None, "met", "6 months to full term 22.05.2027; at least 6."),
        (date(2027, 5, 21), None, "not_met", "5 months to full term 21.05.2027; at least 6."),
        (date(2028, 5, 22), date(2027, 1, 10), "not_met", "1 month to release 10.01.2027; at least 6."),
        (None, None, "", "Neither full-term nor release date is known."),
        (date(2026, 1, 1), None, "not_met", "0 months to full term 01.01.2026; at least 6."),
    ],
)
def test_the_six_months_are_proposed_from_the_dates(
    store: Store, full_term: date | None, release: date | None, proposed: str, fact: str
) -> None:
    arne = store.change_now(participants.add, {"full_term_date": full_term, "release_date": release})
    months = look(store, arne).criteria[0]
    assert (months.criterion.id, months.judgement, months.proposed, months.fact) == (
        "months_left", "to_judge", proposed, fact
    )  # fmt: skip
    assert {line.proposed for line in look(store, arne).criteria[1:]} == {""}


def test_a_criterion_is_judged_with_a_note_by_somebody_on_a_day(store: Store, candidate: int) -> None:
    store.change_now(intake_talks.judge, candidate, "substance", "met", "Snakket med kontaktbetjenten.", None)
    line = look(store, candidate).criteria[1]
    assert (line.judgement, line.note, line.judged, line.by) == ("met", "Snakket med kontaktbetjenten.", TODAY, "KN")
    store.change_now(intake_talks.judge, candidate, "substance", "not_met", "", line.version)
    assert look(store, candidate).criteria[1].judgement == "not_met"
    store.change_now(undo.undo)
    assert look(store, candidate).criteria[1].judgement == "met"


def test_two_who_judge_the_same_criterion_at_once_meet(store: Store, session: Session, candidate: int) -> None:
    ola = session("ola")
    ola.change_now(intake_talks.judge, candidate, "motivated", "met", "Sa det selv.", None)
    with pytest.raises(Conflict) as caught:
        store.change_now(intake_talks.judge, candidate, "motivated", "not_met", "", None)
    assert caught.value.who == "Ola Sørli"
    assert caught.value.theirs == {"judgement": "met", "note": "Sa det selv."}
    version = look(store, candidate).criteria[3].version
    ola.change_now(intake_talks.judge, candidate, "motivated", "to_judge", "", version)
    with pytest.raises(Conflict):
        store.change_now(intake_talks.judge, candidate, "motivated", "not_met", "", version)
    store.change_now(intake_talks.judge, candidate, "motivated", "not_met", "", caught.value.now + 1)
    assert look(store, candidate).criteria[3].judgement == "not_met"


@pytest.mark.parametrize(("criterion", "judgement", "said"), [("luck", "met", "luck"), ("motivated", "so_so", "so_so")])
def test_only_what_the_programme_knows_is_judged(
    store: Store, candidate: int, criterion: str, judgement: str, said: str
) -> None:
    with pytest.raises(IntakeError, match=said):
        store.change_now(intake_talks.judge, candidate, criterion, judgement)


# ---------------------------------------------------------------------- talks


def test_a_talk_is_kept_with_what_was_covered_and_counts_as_contact(store: Store, candidate: int) -> None:
    talk(store, candidate, "information", who="Kari, Håkon",
         covered=("own_needs", "programme"), said=PREMISES, note="Rolig samtale.")  # fmt: skip
    line = look(store, candidate).talks[0]
    assert (line.held, line.who, line.covered, line.said) == (
        TODAY,
        "Kari, Håkon",
        ("programme", "own_needs"),
        PREMISES,
    )
    assert look(store, candidate).said == dict.fromkeys(PREMISES, TODAY)
    (entry,) = [one for one in store.ask_now(timeline.page, timeline.TimelineQuery(candidate), 0, 9)
                if one.kind == "intake_talk"]  # fmt: skip
    assert (entry.with_whom, entry.text, entry.day) == ("Kari, Håkon", "Information talk. Rolig samtale.", TODAY)
    assert store.ask_now(participants.file_of, candidate).last_contact == entry.at
    following = look(store, candidate).next_talk
    assert following is not None
    assert following.talk.id == "first"


def test_a_talk_out_of_order_wants_a_reason_which_is_kept(store: Store, candidate: int) -> None:
    with pytest.raises(IntakeError, match=r"Reason: say why it is held all the same\. Information talk comes first"):
        talk(store, candidate, "first")
    assert not rows(store, "SELECT 1 FROM intake_talk")
    talk(store, candidate, "first", reason="Overføres i morgen.")
    assert look(store, candidate).talks[1].reason == "Overføres i morgen."
    talk(store, candidate, "information")
    with pytest.raises(IntakeError, match=r"Information talk comes first and was held later, 22\.11\.2026"):
        talk(store, candidate, "second", date(2026, 11, 21))


def test_a_talk_lies_behind_and_is_one_of_the_programmes(store: Store, candidate: int) -> None:
    with pytest.raises(IntakeError, match="Held: the date is in the future"):
        talk(store, candidate, "information", date(2026, 11, 23))
    with pytest.raises(IntakeError, match="no talk called tea"):
        talk(store, candidate, "tea")
    with pytest.raises(IntakeError, match="does not know housing here"):
        talk(store, candidate, "information", covered=("housing",))
    with pytest.raises(Gone):
        store.change_now(intake_talks.correct_talk, 99, 1, {"note": ""})


def test_a_talk_that_a_colleague_recorded_meanwhile_is_a_conflict(
    store: Store, session: Session, candidate: int
) -> None:
    session("ola").change_now(intake_talks.hold_talk, candidate, "information", TODAY, note="Olas ord")
    with pytest.raises(Conflict) as caught:
        talk(store, candidate, "information", date(2026, 11, 22), note="Karis ord")
    assert caught.value.theirs["note"] == "Olas ord"
    assert caught.value.mine["note"] == "Karis ord"
    assert rows(store, "SELECT count(*) FROM entry WHERE kind = 'intake_talk'") == [(1,)]
    store.change_now(intake_talks.correct_talk, caught.value.row, caught.value.now, {"note": "Karis ord"})
    assert look(store, candidate).talks[0].note == "Karis ord"


def test_correcting_a_talk_corrects_its_entry_but_never_what_somebody_rewrote(
    store: Store, hands: Hands, candidate: int
) -> None:
    number = talk(store, candidate, "information", note="Rolig.", who="Kari")
    hands.move(days=2)
    store.change_now(
        intake_talks.correct_talk, number, 1, {"held": date(2026, 11, 23), "note": "Urolig.", "who": "Ola"}
    )

    def entry() -> tuple[date, str, str]:
        (found,) = [one for one in store.ask_now(timeline.page, timeline.TimelineQuery(candidate), 0, 9)
                    if one.kind == "intake_talk"]  # fmt: skip
        return found.day, found.text, found.with_whom

    assert entry() == (date(2026, 11, 23), "Information talk. Urolig.", "Ola")
    (row,) = rows(store, "SELECT id, version FROM entry WHERE kind = 'intake_talk'")
    store.change_now(timeline.correct, row[0], row[1], {"text": "Egne ord."})
    store.change_now(intake_talks.correct_talk, number, 2, {"note": "Noe tredje."})
    assert entry()[1] == "Egne ord."
    with pytest.raises(Conflict):
        store.change_now(intake_talks.correct_talk, number, 1, {"note": "Gammel."})
    store.change_now(undo.undo)
    assert look(store, candidate).talks[0].note == "Urolig."


def test_recording_a_talk_is_undone_with_its_entry(store: Store, candidate: int) -> None:
    talk(store, candidate, "information")
    assert store.change_now(undo.undo) == "intake_talks.hold_talk"
    assert look(store, candidate).talks[0].held is None
    assert not rows(store, "SELECT 1 FROM entry WHERE kind = 'intake_talk'")
    assert not examined(store).flaws


# ---------------------------------------------------------------------- the decision


def test_agreement_enrols_into_the_phase_that_fits(store: Store, candidate: int) -> None:
    go_all_the_way(store, candidate)
    consent(store, candidate)
    assert store.ask_now(intake_reading.decision_warnings, candidate) == ()
    enrol(store, candidate)
    file = look(store, candidate)
    assert (file.outcome, file.phase, file.decided, file.waits_since) == ("enrolled", 2, TODAY, None)
    assert store.ask_now(participants.open_periods, candidate) == [2]
    kinds = [one.kind for one in store.ask_now(timeline.page, timeline.TimelineQuery(candidate), 0, 30)]
    assert "enrolled" in kinds
    assert owed_of(store, candidate) == []
    store.change_now(undo.undo)
    assert store.ask_now(participants.open_periods, candidate) == [1]
    assert look(store, candidate).outcome == ""


def test_what_speaks_against_enrolling_is_named_and_a_reason_kept(store: Store, candidate: int) -> None:
    store.change_now(intake_talks.judge, candidate, "substance", "not_met", "", None)
    talk(store, candidate, "information", said=("parole",))
    warnings = store.ask_now(intake_reading.decision_warnings, candidate)
    assert warnings[0] == "Criteria not met: No serious unaddressed substance problem."
    assert warnings[1].startswith("Criteria not assessed: Enough of the sentence left; ")
    assert warnings[1].endswith("; Motivated for a change of life.")
    assert warnings[2] == "Talks not held: Talk 1; Talk 2; Clarifying talk."
    assert warnings[3] == "Not said: EX/IN promises neither job nor housing; We do not use benefits to sell EX/IN."
    assert warnings[4] == "Consents missing: Correctional service; Nav; Lawyer."
    with pytest.raises(IntakeError, match=r"Reason: say why you go on all the same\. Criteria not met"):
        enrol(store, candidate)
    assert store.ask_now(participants.open_periods, candidate) == [1]
    enrol(store, candidate, reason="Løslates i neste uke.")
    assert look(store, candidate).reason == "Løslates i neste uke."


@pytest.mark.parametrize(
    ("values", "phase"),
    [
        ({}, 2),
        ({"release_date": date(2027, 2, 21), "security_level": "lower"}, 2),
        ({"release_date": date(2027, 2, 20), "security_level": "lower"}, 3),
        ({"release_date": date(2027, 2, 20), "security_level": "high"}, 2),
        ({"release_date": date(2027, 1, 21), "security_level": "high"}, 3),
        ({"release_date": date(2026, 11, 22)}, 4),
        ({"release_date": date(2028, 1, 1), "stays": "home_detention"}, 4),
        ({"stays": "in_prison"}, 2),
    ],
)
def test_the_phase_that_fits_follows_from_where_the_person_is(store: Store, values: dict[str, Any], phase: int) -> None:
    arne = store.change_now(participants.add, values)
    person = store.ask_now(participants.file_of, arne)
    assert intake_reading.fitting_phase(person, store.programme.limits, TODAY) == phase
    enrol(store, arne, reason="Haster.")
    assert store.ask_now(participants.open_periods, arne) == [phase]


def test_an_ending_has_a_reason_and_goes_through_the_phase_out(store: Store, candidate: int) -> None:
    with pytest.raises(IntakeError, match="Reason: say why there is no basis"):
        enrol(store, candidate, outcome="ended", ours="no", theirs="yes")
    enrol(store, candidate, outcome="ended", ours="no", theirs="", reason="Vil bare ha NAV-tjenester.")
    assert store.ask_now(participants.open_periods, candidate) == [6]
    assert rows(store, "SELECT reason, words, state FROM phase_out") == [
        ("no_basis", "Vil bare ha NAV-tjenester.", "open")
    ]
    assert look(store, candidate).outcome == "ended"


def owes(store: Store, participant: int) -> bool:
    return any(sign.rule == "review_owed" for sign in store.ask_now(signals.of, participant))


@pytest.mark.parametrize(
    ("decision", "transition"),
    [
        ({"outcome": "enrolled", "phase": 2}, "1_2"),
        ({"outcome": "enrolled", "phase": 4}, "3_4"),
        ({"outcome": "ended", "ours": "no"}, "any_6"),
    ],
)
def test_the_decision_is_the_review_of_the_move_it_makes(
    store: Store, candidate: int, decision: dict[str, Any], transition: str
) -> None:
    enrol(store, candidate, reason="Avtalt med begge.", **decision)
    assert owed_of(store, candidate) == []
    assert not owes(store, candidate)
    (found,) = store.ask_now(intake_decisions.of, candidate)
    assert (found.transition, found.decided, found.outcome) == (transition, TODAY, decision["outcome"])
    assert store.ask_now(review_reading.of, candidate) == ()
    # A move that nobody decided at intake owes its review as ever.
    if decision["outcome"] == "enrolled":
        store.change_now(phases.begin, candidate, 5, TODAY, ending=(decision["phase"],))
        assert [one.to_phase for one in owed_of(store, candidate)] == [5]


def test_the_brief_after_an_enrolment_tells_of_it_as_the_last_review(
    store: Store, hands: Hands, candidate: int
) -> None:
    enrol(store, candidate, reason="Alt er klart.")
    hands.move(days=3)
    last = store.ask_now(review_brief.brief, store.change_now(reviews.begin, candidate, "stay")).last
    assert last is not None
    assert (last.transition, last.decision, last.day, last.reason) == (
        "1 → 2 Intake to in prison", "move", TODAY, "Alt er klart.",
    )  # fmt: skip


def test_a_move_at_once_is_owed_until_the_intake_decides_it(store: Store, candidate: int) -> None:
    store.change_now(phases.begin, candidate, 2, TODAY, ending=(1,))
    assert owes(store, candidate)
    enrol(store, candidate, phase=2, reason="Ble flyttet før avgjørelsen var ført.")
    assert owed_of(store, candidate) == []
    assert not owes(store, candidate)
    store.change_now(undo.undo)
    assert owes(store, candidate)
    review = store.change_now(reviews.begin, candidate, "1_2")
    store.change_now(reviews.answer, review, "room", "Har jobb.", None)
    enrol(store, candidate, phase=2, reason="Ble flyttet før avgjørelsen var ført.")
    assert not owes(store, candidate)
    (kept,) = store.ask_now(review_reading.of, candidate)
    assert (kept.state, kept.answers) == ("open", 1), "what was written in it stays"
    assert examined(store).flaws == ()


@pytest.mark.parametrize("decision", [{"outcome": "enrolled", "phase": 2}, {"outcome": "ended", "ours": "no"}])
@pytest.mark.parametrize("written", [False, True])
def test_a_vault_of_before_owes_nothing_any_more_for_what_an_intake_decided(
    store: Store, candidate: int, vault_folder: Path, clock: Clock, programme: Programme, passphrase: str,
    decision: dict[str, Any], written: bool,
) -> None:  # fmt: skip
    """As an earlier program left it: the intake was decided, and the review of its move is owed."""
    other = store.change_now(participants.add, {"given_name": "Bo"}, TODAY, 2)
    store.change_now(phases.begin, other, 3, TODAY, ending=(2,))
    enrol(store, candidate, reason="Avtalt.", **decision)
    store.change_now(note_owed, candidate, 2 if "phase" in decision else 6)
    if written:
        review = store.change_now(reviews.begin, candidate, "1_2" if "phase" in decision else "any_6")
        store.change_now(reviews.answer, review, "room", "Har jobb.", None)
    assert owes(store, candidate)
    for statement in ("DELETE FROM schema_step WHERE name LIKE '0017%'", "PRAGMA user_version = 16"):
        rows(store, statement)
    store.close()
    with closing(Store(sealed.unlock(vault_folder, "kari", passphrase), clock, programme)) as again:
        again.open()
        assert rows(again, "PRAGMA user_version") == [(17,)]
        rows(again, f"PRAGMA user_version = {SCHEMA_VERSION}")
        assert not owes(again, candidate)
        assert [one.answers for one in again.ask_now(review_reading.of, candidate)] == ([1] if written else [])
        assert [one.to_phase for one in owed_of(again, other)] == [3]
        assert examined(again).flaws == ()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"ours": "no"}, "We say: nobody is enrolled"),
        ({"theirs": ""}, "The candidate says: nobody is enrolled"),
        ({"outcome": ""}, "Outcome: choose"),
        ({"decided": date(2026, 11, 23)}, "Decided: the date is in the future"),
        ({"decided": date(2026, 11, 21)}, "Decided: the intake began 22.11.2026"),
    ],
)
def test_a_decision_that_contradicts_itself_is_refused_in_words(
    store: Store, candidate: int, values: dict[str, Any], said: str
) -> None:
    go_all_the_way(store, candidate)
    consent(store, candidate)
    with pytest.raises(IntakeError, match=said):
        enrol(store, candidate, **values)
    assert look(store, candidate).outcome == ""
    assert store.ask_now(participants.open_periods, candidate) == [1]


def test_two_who_decide_at_once_meet(store: Store, session: Session, candidate: int) -> None:
    version = look(store, candidate).version
    enrol(session("ola"), candidate, reason="Alt er klart.")
    with pytest.raises(Conflict) as caught:
        store.change_now(intakes.decide, candidate, version, ours="no", theirs="yes", decided=TODAY, outcome="ended",
                         reason="Nei.")  # fmt: skip
    assert caught.value.theirs["outcome"] == "enrolled"
    assert caught.value.who == "Ola Sørli"
    assert store.ask_now(participants.open_periods, candidate) == [2]


def test_after_the_decision_nothing_is_written_in_the_intake(store: Store, candidate: int) -> None:
    enrol(store, candidate, reason="Haster.")
    with pytest.raises(IntakeError, match=r"was decided 22\.11\.2026 and stays as it is"):
        talk(store, candidate, "information")
    with pytest.raises(IntakeError, match="stays as it is"):
        store.change_now(intake_talks.judge, candidate, "motivated", "met")


def test_a_phase_that_lasts_beside_the_intake_goes_on(store: Store, candidate: int) -> None:
    store.change_now(phases.begin, candidate, 2, TODAY)
    enrol(store, candidate, phase=2, reason="Alt er klart.")
    assert store.ask_now(participants.open_periods, candidate) == [2]


def test_somebody_phased_out_comes_back_first(store: Store, hands: Hands, candidate: int) -> None:
    enrol(store, candidate, outcome="ended", ours="no", theirs="no", reason="Ikke nå.")
    hands.moment = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    with pytest.raises(IntakeError, match="stays as it is"):
        enrol(store, candidate, decided=date(2027, 3, 1))
    store.change_now(phases.begin, candidate, 1, date(2027, 3, 1), ending=(6,))
    again = look(store, candidate)
    assert (again.id, again.outcome, again.opened) == (0, "", date(2027, 3, 1))
    assert [(one.outcome, one.reason) for one in again.former] == [("ended", "Ikke nå.")]
    talk(store, candidate, "information", date(2027, 3, 1))
    assert look(store, candidate).talks[0].held == date(2027, 3, 1)
    assert rows(store, "SELECT count(*) FROM intake") == [(2,)]


def test_whoever_comes_back_the_same_day_begins_anew(store: Store, candidate: int) -> None:
    enrol(store, candidate, outcome="ended", ours="no", theirs="no", reason="Ikke nå.")
    store.change_now(phases.begin, candidate, 1, TODAY, ending=(6,))
    assert (look(store, candidate).id, look(store, candidate).outcome) == (0, "")


def test_an_intake_that_was_left_undecided_is_not_taken_up_in_a_later_period(
    store: Store, hands: Hands, candidate: int
) -> None:
    talk(store, candidate, "information")
    store.change_now(phases.begin, candidate, 2, TODAY, ending=(1,))
    assert look(store, candidate).talks[0].held == TODAY
    hands.moment = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    store.change_now(phases.begin, candidate, 1, date(2027, 3, 1), ending=(2,))
    again = look(store, candidate)
    assert (again.id, again.opened, again.talks[0].held) == (0, date(2027, 3, 1), None)


def test_nobody_is_a_candidate_without_a_phase(store: Store) -> None:
    lars = store.change_now(participants.add, {"given_name": "Lars"}, date(2026, 1, 1), 6)
    with pytest.raises(IntakeError, match="come back first"):
        enrol(store, lars, reason="Vil tilbake.")
    (span,) = store.ask_now(phases.of, lars)
    store.change_now(phases.end, span.id, span.version, TODAY)
    with pytest.raises(IntakeError, match="No open phase"):
        enrol(store, lars, reason="Vil tilbake.")


def test_a_phase_that_cannot_begin_leaves_the_decision_open(store: Store, candidate: int) -> None:
    store.change_now(phases.begin, candidate, 2, TODAY)
    with pytest.raises((IntakeError, PhaseError)):
        enrol(store, candidate, decided=date(2026, 11, 20), reason="Haster.")
    assert look(store, candidate).outcome == ""


def test_a_reader_looks_only(session: Session, candidate: int) -> None:
    lise = session("lise")
    assert look(lise, candidate).referred_by
    with pytest.raises(NotAllowed):
        lise.change_now(intake_talks.judge, candidate, "motivated", "met")


# ---------------------------------------------------------------------- everybody


def test_who_has_waited_longest_stands_first(store: Store, session: Session, hands: Hands, candidate: int) -> None:
    arne = store.change_now(participants.add, {"given_name": "Åse"}, date(2026, 10, 1))
    bo = store.change_now(participants.add, {"given_name": "Bo", "worker": None}, date(2026, 9, 1))
    talk(store, bo, "information", date(2026, 11, 1))
    hands.move(days=3)
    lines = store.ask_now(intake_waiting.waiting)
    assert [(line.participant, line.days(store.clock.today()), line.talk and line.talk.id, line.held)
            for line in lines] == [
        (arne, 55, "information", 0), (bo, 24, "first", 1), (candidate, 3, "information", 0),
    ]  # fmt: skip
    assert [line.participant for line in store.ask_now(intake_waiting.waiting, offset=1, limit=1)] == [bo]
    kari = store.actor.staff_id
    assert [line.participant for line in store.ask_now(intake_waiting.waiting, kari)] == [arne, candidate]
    assert (store.ask_now(intake_waiting.count), store.ask_now(intake_waiting.count, kari)) == (3, 2)
    for id in ("first", "second", "clarifying"):
        talk(store, bo, id, date(2026, 11, 20))
    assert next(line.talk for line in store.ask_now(intake_waiting.waiting) if line.participant == bo) is None
    enrol(store, arne, reason="Haster.", decided=date(2026, 11, 25))
    assert arne not in [line.participant for line in store.ask_now(intake_waiting.waiting)]


def test_the_actions_have_names_for_undo() -> None:
    for change in (intakes.refer, intakes.change_referral, intakes.decide, intake_talks.judge, intake_talks.hold_talk,
                   intake_talks.correct_talk):  # fmt: skip
        assert undo.described(id_of(change)) not in ("", id_of(change))
    assert intake_talks.judge is intake_talks.judge


def test_what_was_stored_is_told_in_words(store: Store) -> None:
    for table, column, stored, told in (
        ("intake_talk", "said", "parole benefits",
         "Taking part is never a condition for parole; We do not use benefits to sell EX/IN"),
        ("intake_talk", "covered", "housing gone", "Housing; gone"),
        ("intake_talk", "talk", "first", "Talk 1"),
        ("intake_talk", "note", "first", "first"),
        ("intake_talk", "held", "2026-11-22", "22.11.2026"),
        ("criterion_judgement", "judgement", "not_met", "not met"),
        ("criterion_judgement", "criterion", "motivated", "Motivated for a change of life"),
        ("intake", "outcome", "ended", "no basis"),
        ("intake", "ours", "yes", "yes"),
    ):  # fmt: skip
        assert store.ask_now(column_words.written, table, column, stored) == told
