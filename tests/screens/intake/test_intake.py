"""Intake on the screen: criteria by one key, the talks and the decision in forms, and everybody who waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from models.consents import consents
from models.intake import intake_talks, intakes
from models.intake import reading as intake_reading
from models.intake.reading import IntakeFile
from models.participants import participants
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.store import Store
from screens.everywhere.drafts import DraftsScreen
from screens.frame.case import Case
from screens.frame.destinations import CONSENTS, INTAKE, PARTICIPANT
from screens.intake.candidates import CandidatesScreen, ReferralForm
from screens.intake.forms import DecisionForm, TalkForm
from screens.intake.screen import IntakeScreen
from screens.participant.screen import ParticipantScreen
from tests.models.case_sample import by_code

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 22)


@pytest.fixture
def candidate(case: Case) -> int:
    return case.store.change_now(
        intakes.refer,
        {"given_name": "Håkon", "family_name": "Sæthre", "full_term_date": date(2028, 11, 22)},
        "Ila fengsel, sosialkonsulent",
        "Vil ha hjelp med skole og har spurt selv.",
    )


@pytest.fixture
def halfway(case: Case, candidate: int) -> int:
    """Two criteria judged and two talks held."""
    change = case.store.change_now
    change(intake_talks.judge, candidate, "months_left", "met", "", None)
    change(intake_talks.judge, candidate, "substance", "not_met", "Venter på plass i behandling.", None)
    change(intake_talks.hold_talk, candidate, "information", TODAY, who="Kari, Håkon",
           covered=("programme", "voluntary"), said=("parole", "job_housing"),
           note="Rolig samtale på besøksrommet.")  # fmt: skip
    change(intake_talks.hold_talk, candidate, "first", TODAY, who="Kari, Håkon", covered=("plans", "school"))
    return candidate


def look(case: Case, participant: int) -> IntakeFile:
    return case.store.ask_now(intake_reading.file_of, participant)


def all_consents(case: Case, participant: int) -> None:
    for agency, role, person in (
        ("prison", "contact_officer", ""), ("nav", "nav_municipal", ""), ("lawyer", "lawyer", "Ada Lie"),
    ):  # fmt: skip
        case.store.change_now(consents.give, participant, {
            "agency": agency, "role": role, "person": person, "given": TODAY, "valid_until": date(2027, 11, 1),
            "scope": "alt", "place": "Oslo",
        })  # fmt: skip


# ---------------------------------------------------------------------- the intake


def one_line(app: Any) -> str:
    return " ".join(app.text().split())


async def test_space_goes_round_the_judgements_and_the_dates_propose_the_first(
    case: Case, stage: Staged, candidate: int
) -> None:
    case.store.change_now(participants.change, candidate, 1, {"full_term_date": date(2027, 1, 1)})
    app = stage(IntakeScreen(case, candidate))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Intake · Håkon Sæthre" in app.text()
        assert "Referred by Ila fengsel" in app.text()
        assert "dates: not met" in app.text()
        assert "1 month to full term 01.01.2027; at least 6." in app.text()
        found = []
        for _press in range(3):
            await pilot.press("space")
            await pilot.pause()
            found.append(look(case, candidate).criteria[0].judgement)
        await pilot.press("down", "space")
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
    assert found == ["not_met", "to_judge", "met"]
    assert look(case, candidate).criteria[1].judgement == "met"
    assert app.answers == [candidate]


async def test_a_note_is_written_and_the_judgement_stays(case: Case, stage: Staged, halfway: int) -> None:
    app = stage(IntakeScreen(case, halfway))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "n", "end", *" Ila.", "enter")
        await pilot.pause()
        assert "Venter på plass i behandling. Ila." in app.text()
        await pilot.press("u")
        await pilot.pause()
    line = look(case, halfway).criteria[1]
    assert (line.judgement, line.note) == ("not_met", "Venter på plass i behandling.")


async def test_a_colleague_s_judgement_is_shown_instead_of_overwritten(
    case: Case, colleague: Store, stage: Staged, candidate: int
) -> None:
    app = stage(IntakeScreen(case, candidate))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        colleague.change_now(intake_talks.judge, candidate, "months_left", "not_met", "Overføres.", None)
        await pilot.press("space")
        await pilot.pause()
        assert "in the meantime" in app.text()
        assert "Overføres." in app.text()
    assert look(case, candidate).criteria[0].judgement == "not_met"


async def test_the_next_talk_is_recorded_with_what_was_covered_and_said(
    case: Case, stage: Staged, candidate: int
) -> None:
    app = stage(IntakeScreen(case, candidate))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        assert "Talk · Håkon Sæthre" in app.text()
        assert "an informed one." in " ".join(app.text().split())
        # From the day over who took part to what was covered: the first and the third; then all that was said.
        await pilot.press("tab", "tab", "space", "down", "down", "space", "down")
        await pilot.press("space", "down", "space", "down", "space", "tab", *"Rolig.", "f2")
        await pilot.pause()
        assert "1 of" not in app.text()
        assert "2 of 3 covered" in app.text()
        assert "Saved." in app.text()
    line = look(case, candidate).talks[0]
    assert (line.held, line.who, line.covered, line.said, line.note) == (
        TODAY, "Kari Nordmann", ("programme", "own_needs"), ("parole", "job_housing", "benefits"), "Rolig."
    )  # fmt: skip


async def test_a_talk_out_of_order_asks_why(case: Case, stage: Staged, candidate: int) -> None:
    app = stage(IntakeScreen(case, candidate))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["down"] * 5, "enter")
        await pilot.pause()
        assert "Plans for the future, the reintegration" in app.text()
        assert "! Information talk comes first and is not held yet." in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert "say why it is held all the same" in " ".join(app.text().split())
        assert not look(case, candidate).talks[1].held
        await pilot.press(*"Overføres", "f2")
        await pilot.pause()
    assert look(case, candidate).talks[1].reason == "Overføres"


async def test_changing_the_talk_offers_its_topics(case: Case, stage: Staged, candidate: int) -> None:
    app = stage(TalkForm(case, candidate))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "What EX/IN is" in app.text()
        assert "never a condition" in app.text()
        await pilot.press("shift+tab", "right")
        await pilot.pause()
        assert "Will to change" in app.text()
        assert "What EX/IN is" not in app.text()
        assert "never a condition" not in app.text()
        aims = {talk.id: str(talk.aim) for talk in case.programme.method.intake.talks}
        information, first = list(aims.values())[:2]
        assert first in one_line(app)
        assert information not in one_line(app)
        assert "Was said" not in app.text()
        await pilot.press("left")
        (labelled,) = [line for line in app.text().splitlines() if "Was said" in line]
        assert "never a condition" in labelled


async def test_a_held_talk_is_corrected(case: Case, stage: Staged, halfway: int) -> None:
    app = stage(IntakeScreen(case, halfway))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["down"] * 4, "enter", "e")
        await pilot.pause()
        assert "Information talk · Håkon Sæthre" in app.text()
        await pilot.press("up", "down", "down", "space", "down", *" Og lang.", "f2")
        await pilot.pause()
    line = look(case, halfway).talks[0]
    assert line.said == ("parole", "job_housing", "benefits")
    assert line.note == "Rolig samtale på besøksrommet. Og lang."


async def test_an_unfinished_talk_is_kept_and_taken_up_from_the_list(case: Case, stage: Staged, halfway: int) -> None:
    app = stage(IntakeScreen(case, halfway))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("tab", "tab", "down", "space", "tab", *"Halvt", "escape")
        await pilot.pause()
        assert "kept as an unfinished form" in app.text()
    listed = stage(DraftsScreen(case))
    async with listed.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Intake talk" in listed.text()
        assert "Halvt" in listed.text()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(listed.screen, TalkForm)
    again = stage(TalkForm(case, halfway))
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Halvt" in again.text()
        assert "[x] Family" in again.text()
    assert not look(case, halfway).talks[2].held


async def test_a_talk_that_a_colleague_recorded_meanwhile_shows_both(
    case: Case, colleague: Store, stage: Staged, candidate: int
) -> None:
    app = stage(TalkForm(case, candidate))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        colleague.change_now(intake_talks.hold_talk, candidate, "information", TODAY, note="Den andres ord")
        await pilot.press("tab", "tab", "tab", "tab", *"Mine ord", "f2")
        await pilot.pause()
        assert "Den andres ord" in app.text()
        assert "Mine ord" in app.text()
        await pilot.press("enter", "m")
        await pilot.pause()
    assert look(case, candidate).talks[0].note == "Mine ord"


# ---------------------------------------------------------------------- the decision


async def test_both_say_yes_and_the_candidate_is_enrolled(case: Case, stage: Staged, candidate: int) -> None:
    for criterion in look(case, candidate).criteria:
        case.store.change_now(intake_talks.judge, candidate, criterion.criterion.id, "met")
    for line in look(case, candidate).talks:
        said = ("parole", "job_housing", "benefits") if line.talk.premises else ()
        case.store.change_now(intake_talks.hold_talk, candidate, line.talk.id, TODAY, said=said)
    all_consents(case, candidate)
    app = stage(IntakeScreen(case, candidate))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        assert "Every talk is held" in app.text()
        await pilot.press("d")
        await pilot.pause()
        assert "Decision of the intake · Håkon Sæthre" in app.text()
        await pilot.press("y", "down", "y")
        await pilot.pause()
        assert "enrolled" in app.text()
        assert "2 In prison" in app.text()
        assert "!" not in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert "Enrolled. Now: In prison. This decision is the phase review." in app.text()
        await pilot.press("space")
        assert "is decided and stays as it is" in app.text()
    assert case.store.ask_now(participants.open_periods, candidate) == [2]


async def test_a_decision_after_its_review_says_that_nothing_is_owed(case: Case, stage: Staged, candidate: int) -> None:
    review = case.store.change_now(reviews.begin, candidate, "1_2")
    for prompt in ("room", "limits", "specific"):
        case.store.change_now(reviews.answer, review, prompt, "Sagt", None)
    version = case.store.ask_now(review_reading.file_of, review).line.version
    case.store.change_now(reviews.decide, review, version, "move", reason="Samtalene tas i fengselet")
    app = stage(IntakeScreen(case, candidate))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "moved on 22.11.2026, not decided by both sides yet" in one_line(app)
        assert "waits" not in app.text()
        await pilot.press("d", "y", "down", "y", *["down"] * 4, *"Enige", "f2")
        assert "Enrolled. Now: In prison." in app.text()
        assert "missing" not in app.text()
    assert look(case, candidate).outcome == "enrolled"


async def test_what_is_missing_is_named_and_a_reason_asked_for(case: Case, stage: Staged, halfway: int) -> None:
    app = stage(DecisionForm(case, halfway))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("y", "down", "y")
        await pilot.pause()
        text = " ".join(app.text().split())
        assert "Criteria not met: No serious unaddressed substance problem." in text
        assert "Talks not held: Talk 2; Clarifying talk." in text
        assert "Not said: We do not use benefits to sell EX/IN." in text
        assert "Consents missing: Correctional service; Nav; Lawyer." in text
        await pilot.press("f2")
        await pilot.pause()
        assert "say why you go on all the same" in " ".join(app.text().split())
        assert case.store.ask_now(participants.open_periods, halfway) == [1]
        await pilot.press(*"Haster", "f2")
        await pilot.pause()
    assert look(case, halfway).reason == "Haster"
    assert case.store.ask_now(participants.open_periods, halfway) == [2]


async def test_the_foot_of_a_decided_intake_offers_nothing_to_do(case: Case, stage: Staged, halfway: int) -> None:
    app = stage(IntakeScreen(case, halfway))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "d Decide" in app.text().splitlines()[-1]
        said = {"ours": "no", "theirs": "no", "outcome": "ended", "reason": "Vil bare ha NAV"}
        case.store.change_now(intakes.decide, halfway, look(case, halfway).version, decided=TODAY, **said)
        await app.screen.read_again()
        await pilot.pause()
        foot = app.text().splitlines()[-1]
        for gone in ("Assess", "Note", "Next talk", "Decide"):
            assert gone not in foot
        await pilot.press("d")
        assert "The intake is decided and stays as it is." in app.text()


async def test_a_no_ends_the_intake_with_its_reason(case: Case, stage: Staged, halfway: int) -> None:
    app = stage(IntakeScreen(case, halfway))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("n", "down", "y")
        await pilot.pause()
        assert "no basis" in app.text()
        assert "In prison" not in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert "say why there is no basis" in app.text()
        await pilot.press(*"Vil bare ha NAV", "f2")
        await pilot.pause()
        assert "the phase-out begins" in app.text()
    assert case.store.ask_now(participants.open_periods, halfway) == [6]


# ---------------------------------------------------------------------- looking, and everybody


async def test_a_reader_looks_only(case: Case, stage: Staged, halfway: int) -> None:
    case.store.actor = replace(case.store.actor, role="reader")
    app = stage(IntakeScreen(case, halfway))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("space", "n", "t", "d", "e"):
            await pilot.press(key)
            assert "read access only" in app.text()
    assert look(case, halfway).criteria[0].judgement == "met"


async def test_names_and_what_was_written_are_hidden(case: Case, stage: Staged, halfway: int) -> None:
    case.private = True
    app = stage(IntakeScreen(case, halfway))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["down"] * 4)
        await pilot.pause()
        assert "EX-001" in app.text()
        for hidden in ("Håkon", "Sæthre", "Rolig", "behandling.", "spurt selv"):
            assert hidden not in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert "Håkon" not in app.text()


async def test_everybody_who_waits_and_a_referral_in_a_few_fields(case: Case, stage: Staged) -> None:
    case.store.change_now(participants.add, {"given_name": "Arne", "family_name": "Lie"}, date(2026, 10, 1))
    app = stage(CandidatesScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "52 days" in app.text()
        await pilot.press("n")
        await pilot.pause()
        assert "A candidate who is referred" in app.text()
        await pilot.press(*"Bo", "tab", *"Vik", "f2")
        await pilot.pause()
        assert "say who refers the candidate" in app.text()
        await pilot.press(*"Halden, TK", "tab", *"Ber om hjelp", "f2")
        await pilot.pause()
        assert "2 candidates" in app.text()
        assert "▌Bo Vik" in app.text()
        await pilot.press("enter", "o", "m")
        await pilot.pause()
    bo = by_code(case.store, "EX-002")
    assert look(case, bo).referral_note == "Ber om hjelp"
    assert app.asked == [(INTAKE, bo), (PARTICIPANT, bo)]


async def test_a_referral_s_dates_that_cannot_be_are_said(case: Case, stage: Staged) -> None:
    app = stage(ReferralForm(case))
    async with app.run_test(size=(80, 24)) as pilot:
        for key, text in (("given_name", "Ny"), ("birth_date", "31.12.2030"), ("release_date", "01.02.2020")):
            app.screen.field(key).put(text)
        app.screen.field("referred_by").put("NAV")
        await pilot.press("tab")
        assert "The release date is past already" in one_line(app)
        await pilot.press("f2")
        assert "Birth date: the date is in the future" in one_line(app)
        assert app.screen.focused.about.key == "birth_date"
        app.screen.field("birth_date").put("31.12.1990")
        await pilot.press("f2")
    assert len(app.answers) == 1


async def test_the_referral_is_corrected(case: Case, stage: Staged, candidate: int) -> None:
    app = stage(IntakeScreen(case, candidate))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "end", *" Lie", "f2")
        await pilot.pause()
        assert "sosialkonsulent Lie" in app.text()


async def test_the_keys_of_the_participant_and_the_intake_lead_here_and_on(
    case: Case, stage: Staged, candidate: int
) -> None:
    screen = ParticipantScreen(case)
    await screen.turn_to(candidate)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await pilot.pause()
    assert app.asked == [(INTAKE, candidate)]
    other = stage(IntakeScreen(case, candidate))
    async with other.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        await pilot.pause()
    assert other.asked == [(CONSENTS, candidate)]


@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(snap_compare: Any, case: Case, stage: Staged, halfway: int, size: tuple[int, int]) -> None:
    assert snap_compare(stage(IntakeScreen(case, halfway)), terminal_size=size, press=["down", "down", "down", "down"])


def test_how_it_looks_before_anything_is_written(snap_compare: Any, case: Case, stage: Staged) -> None:
    arne = case.store.change_now(participants.add, {"given_name": "Arne"}, date(2026, 10, 1))
    assert snap_compare(stage(IntakeScreen(case, arne)), terminal_size=(80, 24))


@pytest.mark.parametrize("size", SIZES)
def test_how_the_talk_looks(
    snap_compare: Any, case: Case, stage: Staged, candidate: int, size: tuple[int, int]
) -> None:
    pressed = ["tab", "tab", "space", "down"]
    assert snap_compare(stage(TalkForm(case, candidate)), terminal_size=size, press=pressed)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_decision_looks(
    snap_compare: Any, case: Case, stage: Staged, halfway: int, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(DecisionForm(case, halfway)), terminal_size=size, press=["y", "down", "y"])


@pytest.mark.parametrize("size", SIZES)
def test_how_everybody_looks(snap_compare: Any, case: Case, stage: Staged, halfway: int, size: tuple[int, int]) -> None:
    case.store.change_now(participants.add, {"given_name": "Arne", "family_name": "Lie"}, date(2026, 10, 1))
    case.store.change_now(participants.add, {"given_name": "Siv", "worker": None}, date(2026, 9, 1))
    assert snap_compare(stage(CandidatesScreen(case)), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_how_the_referral_looks(snap_compare: Any, case: Case, stage: Staged, size: tuple[int, int]) -> None:
    assert snap_compare(stage(CandidatesScreen(case)), terminal_size=size, press=["n"])
