"""Phase reviews: begun, written side by side, decided with the move, sealed; owed for a move made without one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models import timeline
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.consents import answer as consent_answer
from models.consents import consents
from models.intake import intake_talks, intakes
from models.participants import participants
from models.phases import phases
from models.phases.owed_review import ReviewError
from models.phases.release import Release
from models.plans import tasks
from models.reviews import brief as review_brief
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.reviews import warnings as review_warnings
from models.reviews.reading import ReviewFile
from models.storage import undo
from models.storage.undo import NothingToUndo
from models.storage.work import Conflict
from models.store import Store
from models.timeline import TimelineQuery
from tests.models.case_sample import Hands, examined, owed_of, rows

Session = Callable[[str], Store]
TODAY = date(2026, 11, 22)
HEADINGS = {"room": "Bor hos broren", "limits": "Ingen jobb ennå", "specific": "Må holdes utenfor sentrum"}


@pytest.fixture
def inside(store: Store) -> int:
    """A participant who has been in prison, in phase 2, for a hundred days; the mandatory consents are there."""
    began = TODAY - timedelta(days=100)
    values = {
        "given_name": "Håkon", "sentence_start": date(2025, 1, 1), "full_term_date": date(2027, 6, 1),
        "release_date": date(2027, 1, 15),
    }  # fmt: skip
    person = store.change_now(participants.add, values, began, 2)
    for agency, role, name in (
        ("prison", "contact_officer", ""), ("nav", "nav_municipal", ""), ("lawyer", "lawyer", "Kåre Øygard"),
        ("probation", "probation_contact", ""),
    ):  # fmt: skip
        store.change_now(consents.give, person, {"agency": agency, "role": role, "person": name})
    return person


def settle(store: Store, person: int) -> None:
    """Nothing is left on any checklist, and everything is verified."""
    for line in store.ask_now(checklist_reading.of, person):
        if line.id:
            for item in store.ask_now(checklist_reading.one, line.id).items:
                rows(store, "UPDATE checklist_item SET state = 'done', verified_at = 1 WHERE id = ?", item.id)
    rows(store, "UPDATE checklist SET closed = '2026-11-22' WHERE participant_id = ?", person)


def written(store: Store, person: int, transition: str, **said: str) -> ReviewFile:
    """A review with its headings."""
    review = store.change_now(reviews.begin, person, transition)
    for prompt, text in {**HEADINGS, **said}.items():
        store.change_now(reviews.answer, review, prompt, text, None)
    return store.ask_now(review_reading.file_of, review)


def decide(store: Store, found: ReviewFile, decision: str, **values: Any) -> ReviewFile:
    store.change_now(reviews.decide, found.line.id, found.line.version, decision, **{"reason": "avtalt", **values})
    return store.ask_now(review_reading.file_of, found.line.id)


def lasting(store: Store, person: int) -> list[int]:
    return store.ask_now(participants.open_periods, person)


def told(store: Store, person: int) -> list[str]:
    return [entry.kind for entry in store.ask_now(timeline.page, TimelineQuery(person), 0, 30)]


# ---------------------------------------------------------------------- beginning


def test_a_review_is_begun_once_and_taken_up_by_anybody(store: Store, inside: int, session: Session) -> None:
    review = store.change_now(reviews.begin, inside, "2_3")
    assert session("ola").change_now(reviews.begin, inside, "2_3") == review
    assert store.change_now(reviews.begin, inside, "stay") != review
    line = store.ask_now(review_reading.file_of, review).line
    assert (line.from_phase, line.to_phase, line.state, line.opened_by, line.owed) == (2, 3, "open", "KN", False)
    store.change_now(reviews.discard, review, line.version)
    assert [one.transition for one in store.ask_now(review_reading.of, inside)] == ["stay"]


def test_what_cannot_be_begun_has_a_sentence(store: Store, inside: int) -> None:
    for transition, sentence in (("7_8", "no transition called 7_8"), ("1_2", "In prison is open already")):
        with pytest.raises(ReviewError, match=sentence):
            store.change_now(reviews.begin, inside, transition)
    with pytest.raises(ReviewError, match="not here any more"):
        store.change_now(reviews.begin, 999, "2_3")
    (span,) = store.ask_now(phases.of, inside)
    store.change_now(phases.end, span.id, span.version, TODAY)
    with pytest.raises(ReviewError, match="phased out already"):
        store.change_now(reviews.begin, inside, "2_3")


def test_a_way_back_knows_where_to(store: Store, inside: int) -> None:
    store.change_now(phases.begin, inside, 4, TODAY, ending=(2,), reviewed=True)
    review = store.change_now(reviews.begin, inside, "back")
    line = store.ask_now(review_reading.file_of, review).line
    assert (line.from_phase, line.to_phase) == (4, 2)
    found = written(store, inside, "back")
    decide(store, found, "move", to_phase=3)
    assert lasting(store, inside) == [3]


def test_the_program_proposes_what_phase_and_dates_suggest(store: Store, inside: int, hands: Hands) -> None:
    def proposed() -> str:
        return store.ask_now(review_reading.proposed, inside)

    assert proposed() == "2_3"  # 54 days to the release
    found = store.ask_now(participants.file_of, inside)
    store.change_now(participants.change, inside, found.version, {"release_date": date(2027, 6, 1)})
    assert proposed() == "stay"
    store.change_now(phases.begin, inside, 3, TODAY, ending=(2,))
    assert proposed() == "2_3"  # owed
    (owed,) = owed_of(store, inside)
    store.change_now(undo.undo)
    store.change_now(phases.begin, inside, 3, TODAY, ending=(2,), reviewed=True)
    assert proposed() == "stay"
    hands.move(days=186)
    assert proposed() == "3_4"  # five days to the release
    store.change_now(phases.begin, inside, 4, TODAY + timedelta(days=186), ending=(3,), reviewed=True)
    assert proposed() == "stay"
    hands.move(days=121)
    assert proposed() == "4_5"  # long in phase 4
    store.change_now(phases.begin, inside, 5, TODAY + timedelta(days=307), ending=(4,), reviewed=True)
    assert proposed() == "stay"
    hands.move(days=31)
    assert proposed() == "5_6"  # silent for longer than phase 5 expects
    assert owed.transition == "2_3"


# ---------------------------------------------------------------------- writing side by side


def test_two_colleagues_answer_different_prompts_at_once(store: Store, inside: int, session: Session) -> None:
    ola = session("ola")
    review = store.change_now(reviews.begin, inside, "2_3")
    before = store.ask_now(review_reading.file_of, review).line.version
    assert store.change_now(reviews.answer, review, "room", "Mitt", None) == 1
    assert ola.change_now(reviews.answer, review, "limits", "Hans", None) == 1
    found = store.ask_now(review_reading.file_of, review)
    assert {prompt: (one.text, one.written_by) for prompt, one in found.answers.items()} == {
        "room": ("Mitt", "KN"), "limits": ("Hans", "OS"),
    }  # fmt: skip
    assert found.line.version == before
    assert [prompt.id for prompt in found.unanswered] == ["specific"]


def test_the_same_prompt_is_a_conflict_with_both_texts(store: Store, inside: int, session: Session) -> None:
    ola = session("ola")
    review = store.change_now(reviews.begin, inside, "2_3")
    ola.change_now(reviews.answer, review, "room", "Hans", None)
    with pytest.raises(Conflict) as found:
        store.change_now(reviews.answer, review, "room", "Mitt", None)
    assert (found.value.who, found.value.mine, found.value.theirs) == ("Ola Sørli", {"text": "Mitt"}, {"text": "Hans"})
    assert store.change_now(reviews.answer, review, "room", "Begge", found.value.now) == 2
    with pytest.raises(Conflict) as found:
        ola.change_now(reviews.answer, review, "room", "Hans igjen", 1)
    assert found.value.theirs["text"] == "Begge"
    assert ola.change_now(reviews.answer, review, "room", "Begge", None) == 2
    assert store.ask_now(review_reading.file_of, review).answers["room"].text == "Begge"


def test_an_empty_answer_is_none_and_an_unknown_prompt_is_refused(store: Store, inside: int) -> None:
    review = store.change_now(reviews.begin, inside, "2_3")
    assert store.change_now(reviews.answer, review, "room", "  ", None) == 0
    assert store.ask_now(review_reading.file_of, review).answers == {}
    with pytest.raises(ReviewError, match="no prompt called weather"):
        store.change_now(reviews.answer, review, "weather", "Regn", None)


# ---------------------------------------------------------------------- deciding


def test_a_move_is_made_with_its_tasks_and_sealed(store: Store, inside: int) -> None:
    found = written(store, inside, "2_3", own_view="Vil hjem til mor")
    sealed = decide(
        store, found, "move", effective=TODAY - timedelta(days=3), present="Kari, Ola",
        tasks=[("Ringe friomsorgen", 1, date(2026, 12, 1)), ("Finne hybel", None, None)],
    )  # fmt: skip
    assert (sealed.line.state, sealed.line.decision, sealed.line.sealed, sealed.line.sealed_by) == (
        "sealed", "move", TODAY, "KN",
    )  # fmt: skip
    spans = store.ask_now(phases.of, inside)
    assert [(span.phase, span.began, span.ended) for span in spans] == [
        (2, TODAY - timedelta(days=100), TODAY - timedelta(days=3)), (3, TODAY - timedelta(days=3), None),
    ]  # fmt: skip
    assert [(task.text, task.owner, task.due, task.source) for task in sealed.tasks] == [
        ("Ringe friomsorgen", 1, date(2026, 12, 1), f"review:{sealed.line.id}"),
        ("Finne hybel", None, None, f"review:{sealed.line.id}"),
    ]
    assert owed_of(store, inside) == []
    assert "review_held" in told(store, inside)
    assert "review_owed" not in told(store, inside)
    assert examined(store).flaws == ()


def test_the_next_brief_says_what_was_decided_and_what_became_of_it(store: Store, inside: int, hands: Hands) -> None:
    sealed = decide(store, written(store, inside, "2_3"), "move", tasks=[("Ringe friomsorgen", 1, None)])
    hands.move(days=10)
    store.change_now(tasks.finish, sealed.tasks[0].id, sealed.tasks[0].version)
    review = store.change_now(reviews.begin, inside, "stay")
    last = store.ask_now(review_brief.brief, review).last
    assert last is not None
    assert (last.decision, last.day, last.reason) == ("move", TODAY, "avtalt")
    assert [(task.text, task.owner, task.state, task.done) for task in last.tasks] == [
        ("Ringe friomsorgen", "KN", "done", TODAY + timedelta(days=10))
    ]
    kept = store.ask_now(review_brief.brief, sealed.line.id)
    assert (kept.day, kept.last, [phase.number for phase in kept.phases]) == (TODAY, None, [2])


def test_overlap_begins_the_next_and_keeps_the_former(store: Store, inside: int) -> None:
    decide(store, written(store, inside, "2_3"), "overlap")
    assert lasting(store, inside) == [2, 3]


def test_staying_sets_the_next_review_and_moves_nothing(store: Store, inside: int) -> None:
    found = written(store, inside, "2_3")
    with pytest.raises(ReviewError, match="say when the team looks at it again"):
        decide(store, found, "stay")
    with pytest.raises(ReviewError, match="not to come"):
        decide(store, found, "stay", next_review=TODAY)
    sealed = decide(store, found, "stay", next_review=TODAY + timedelta(days=7), reason="")
    assert (sealed.line.next_review, sealed.line.effective) == (TODAY + timedelta(days=7), None)
    assert lasting(store, inside) == [2]


def test_ending_goes_to_phase_out_from_any_phase(store: Store, inside: int) -> None:
    decide(store, written(store, inside, "any_6"), "move")
    assert lasting(store, inside) == [6]
    with pytest.raises(ReviewError, match="Phase-out is open already"):
        store.change_now(reviews.begin, inside, "any_6")
    assert store.ask_now(review_reading.of, inside)[0].decision == "end"


def test_out_of_prison_is_an_event_with_its_day(store: Store, inside: int) -> None:
    store.change_now(phases.begin, inside, 3, TODAY - timedelta(days=30), reviewed=True)
    found = written(store, inside, "3_4")
    with pytest.raises(ReviewError, match="decides one of these: Move on, Stay, End"):
        decide(store, found, "overlap")
    decide(store, found, "move", effective=TODAY - timedelta(days=1), release=Release("parole"))
    assert lasting(store, inside) == [4]
    values = store.ask_now(participants.file_of, inside).values
    assert (values["release_date"], values["release_kind"]) == (TODAY - timedelta(days=1), "parole")
    planned = [task for task in store.ask_now(tasks.of, inside) if task.source.startswith("first_weeks:")]
    days = [(task.due - TODAY).days + 1 for task in planned if task.due]
    assert (min(days), max(days), {task.owner for task in planned}) == (1, 28, {1})


# ---------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"effective": TODAY + timedelta(days=1)}, "cannot be dated in the future"),
        ({"effective": TODAY - timedelta(days=101)}, "In prison began 14.08.2026; it cannot be left before that"),
        ({"decision": "jump"}, "decides one of these: Move on, Begin the next"),
        ({"tasks": [("  ", None, None)]}, "say what is to be done"),
    ],
)
def test_each_fault_has_a_sentence_and_nothing_is_lost(
    store: Store, inside: int, values: dict[str, Any], sentence: str
) -> None:
    found = written(store, inside, "2_3")
    decision = values.pop("decision", "move")
    with pytest.raises(Exception, match=sentence):
        decide(store, found, decision, **values)
    assert store.ask_now(review_reading.file_of, found.line.id) == found
    assert lasting(store, inside) == [2]


def test_a_review_without_its_headings_is_not_sealed(store: Store, inside: int) -> None:
    review = store.change_now(reviews.begin, inside, "2_3")
    store.change_now(reviews.answer, review, "room", "Noe", None)
    with pytest.raises(ReviewError, match="nothing stands under: Limits, Matters specific"):
        decide(store, store.ask_now(review_reading.file_of, review), "move")


def test_a_release_before_the_sentence_began_is_refused(store: Store, inside: int) -> None:
    store.change_now(phases.begin, inside, 3, TODAY - timedelta(days=90), ending=(2,), reviewed=True)
    found = written(store, inside, "3_4")
    record = store.ask_now(participants.file_of, inside)
    store.change_now(participants.change, inside, record.version, {"sentence_start": TODAY - timedelta(days=5)})
    with pytest.raises(ReviewError, match=r"12.11.2026 is before the sentence began, 17.11.2026"):
        decide(store, found, "move", effective=TODAY - timedelta(days=10))


def test_whoever_is_phased_out_is_not_moved(store: Store, inside: int) -> None:
    found = written(store, inside, "2_3")
    (span,) = store.ask_now(phases.of, inside)
    store.change_now(phases.end, span.id, span.version, TODAY)
    with pytest.raises(ReviewError, match="phased out already"):
        decide(store, found, "move")


def test_two_who_decide_at_once_the_second_is_told(store: Store, inside: int, session: Session) -> None:
    found = written(store, inside, "2_3")
    decide(session("ola"), found, "stay", next_review=TODAY + timedelta(days=5))
    with pytest.raises(Conflict) as conflict:
        decide(store, found, "move")
    assert (conflict.value.who, conflict.value.theirs["decision"]) == ("Ola Sørli", "stay")
    assert conflict.value.mine["decision"] == "move"
    assert lasting(store, inside) == [2]
    with pytest.raises(ReviewError, match="sealed"):
        decide(store, store.ask_now(review_reading.file_of, found.line.id), "move")


def test_warnings_by_name_want_a_reason_that_is_kept(store: Store, inside: int) -> None:
    (nav,) = [one for one in store.ask_now(consent_answer.held, inside) if one.agency == "nav"]
    store.change_now(consents.withdraw, nav.id, nav.version, TODAY, "permen")
    warned = store.ask_now(review_warnings.warnings, inside, "2_3")
    assert [one.names for one in warned if one.kind == "consents"] == [("Nav",)]
    (listed,) = [one for one in warned if one.kind == "checklist"]
    assert {"Parole application", "GP"} < set(listed.names)
    assert "Full-term date" not in listed.names
    found = written(store, inside, "2_3")
    with pytest.raises(ReviewError, match=r"Say why the team goes on in spite of this: .*Nav: Consent was withdrawn"):
        decide(store, found, "move", reason=" ")
    sealed = decide(store, found, "move", reason="NAV møtes på tirsdag")
    assert sealed.reason == "NAV møtes på tirsdag"
    kept = store.ask_now(review_brief.brief, found.line.id)
    assert [one.names for one in kept.warnings if one.kind == "consents"] == [("Nav",)]
    assert store.ask_now(phases.of, inside)[-1].reason == "NAV møtes på tirsdag"


def test_criteria_are_warned_of_by_name_when_intake_ends(store: Store) -> None:
    values = {"given_name": "Åse", "full_term_date": TODAY + timedelta(days=100)}
    person = store.change_now(participants.add, values)

    def criteria() -> list[tuple[str, ...]]:
        return [one.names for one in store.ask_now(review_warnings.warnings, person, "1_2") if one.kind == "criteria"]

    method = store.programme.method.intake
    names = {one.id: str(one.name) for one in method.criteria}
    (months,) = [one.id for one in method.criteria if one.computed]
    others = tuple(name for id, name in names.items() if id != months)
    assert criteria() == [(names[months],), others]
    record = store.ask_now(participants.file_of, person)
    later = {"full_term_date": TODAY + timedelta(days=400)}
    store.change_now(participants.change, person, record.version, later)
    assert criteria() == [others]
    assert not [one for one in store.ask_now(review_warnings.warnings, person, "2_3") if one.kind == "criteria"]


def test_talks_and_a_decision_that_are_missing_are_warned_of_by_name(store: Store) -> None:
    person = store.change_now(participants.add, {"given_name": "Åse"})
    for talk in ("information", "first", "second"):
        store.change_now(intake_talks.hold_talk, person, talk, TODAY)

    def kinds() -> dict[str, tuple[str, ...]]:
        return {one.kind: one.names for one in store.ask_now(review_warnings.warnings, person, "1_2")}

    clarifying = str(store.programme.method.intake.talks[-1].name)
    assert kinds()["talks"] == (clarifying,)
    assert "decision" in kinds()
    store.change_now(
        intakes.decide, person, None, ours="yes", theirs="yes", decided=TODAY, outcome="enrolled", reason="Haster"
    )
    assert not {"talks", "decision"} & set(kinds())


def test_without_a_warning_no_reason_is_asked(store: Store, inside: int) -> None:
    settle(store, inside)
    assert store.ask_now(review_warnings.warnings, inside, "2_3") == ()
    assert decide(store, written(store, inside, "2_3"), "move", reason="").line.state == "sealed"


def test_an_item_that_is_not_verified_is_named_at_release(store: Store, inside: int) -> None:
    (line,) = [one for one in store.ask_now(checklist_reading.of, inside) if one.template == "release"]
    release = line.id or store.change_now(checklists.open_by_hand, inside, "release")
    (item,) = [one for one in store.ask_now(checklist_reading.one, release).items if one.template.id == "bank_id"]
    store.change_now(checklists.tick, item.id, item.version)
    warned = {one.kind: one.names for one in store.ask_now(review_warnings.warnings, inside, "3_4")}
    assert "Code device/BankID in order" in warned["unverified"]
    assert "Housing settled" in warned["checklist"]


# ---------------------------------------------------------------------- owed


def test_a_sudden_move_owes_its_review_until_it_is_held(store: Store, inside: int, hands: Hands) -> None:
    store.change_now(phases.begin, inside, 4, TODAY, ending=(2,))
    (owed,) = owed_of(store, inside)
    assert (owed.transition, owed.moved, owed.state) == ("3_4", TODAY, "owed")
    assert "review_owed" in told(store, inside)
    hands.move(days=4)
    assert store.ask_now(review_reading.proposed, inside) == "3_4"
    found = written(store, inside, "3_4")
    assert (found.line.id, found.line.state, found.line.from_phase) == (owed.id, "open", 2)
    assert [line.state for line in owed_of(store, inside)] == ["open"]
    sealed = decide(store, found, "move", release=Release("full_term"))
    assert sealed.line.effective == TODAY
    assert owed_of(store, inside) == []
    assert [(span.phase, span.began) for span in store.ask_now(phases.of, inside)][-1] == (4, TODAY)
    assert store.ask_now(participants.file_of, inside).values["release_date"] == TODAY
    # The contacts of the first weeks were planned at the move, and are not planned twice.
    planned = [task.source for task in store.ask_now(tasks.of, inside) if task.source.startswith("first_weeks:")]
    assert len(planned) == len(set(planned))
    assert f"first_weeks:day_0:{TODAY}" in planned


@pytest.mark.parametrize(("ago", "owed"), [(60, 1), (61, 0)])
def test_a_move_entered_long_after_its_day_is_history(store: Store, inside: int, ago: int, owed: int) -> None:
    store.change_now(phases.begin, inside, 3, TODAY - timedelta(days=ago), ending=(2,))
    assert len(owed_of(store, inside)) == owed


def test_undoing_the_move_takes_the_owed_review_away(store: Store, inside: int) -> None:
    store.change_now(phases.begin, inside, 3, TODAY, ending=(2,))
    store.change_now(undo.undo)
    assert store.ask_now(review_reading.of, inside) == ()
    assert "review_owed" not in told(store, inside)
    assert lasting(store, inside) == [2]


def test_a_move_while_its_review_is_prepared_makes_that_the_owed_one(store: Store, inside: int) -> None:
    found = written(store, inside, "2_3")
    store.change_now(phases.begin, inside, 3, TODAY, ending=(2,))
    (line,) = store.ask_now(review_reading.of, inside)
    assert (line.id, line.moved, line.answers) == (found.line.id, TODAY, 3)
    with pytest.raises(Conflict):
        decide(store, found, "move")
    store.change_now(undo.undo)
    assert not store.ask_now(review_reading.of, inside)[0].owed


def test_one_taken_up_by_mistake_is_owed_again(store: Store, inside: int) -> None:
    store.change_now(phases.begin, inside, 3, TODAY, ending=(2,))
    found = written(store, inside, "2_3")
    store.change_now(reviews.discard, found.line.id, found.line.version)
    (line,) = store.ask_now(review_reading.of, inside)
    assert (line.state, line.answers, line.owed) == ("owed", 0, True)


def test_the_phase_somebody_begins_in_owes_nothing(store: Store) -> None:
    person = store.change_now(participants.add, {"given_name": "Åse"}, TODAY, 4)
    assert store.ask_now(review_reading.of, person) == ()


def test_a_phase_that_was_ended_in_between_still_is_a_move(store: Store, inside: int) -> None:
    (span,) = store.ask_now(phases.of, inside)
    store.change_now(phases.end, span.id, span.version, TODAY - timedelta(days=2))
    store.change_now(phases.begin, inside, 2, TODAY - timedelta(days=1))
    assert owed_of(store, inside) == []
    again = store.ask_now(phases.of, inside)[-1]
    store.change_now(phases.end, again.id, again.version, TODAY - timedelta(days=1))
    store.change_now(phases.begin, inside, 3, TODAY)
    assert [one.transition for one in owed_of(store, inside)] == ["2_3"]


def test_a_phase_out_that_is_closed_can_still_have_its_review(store: Store, inside: int) -> None:
    period = store.change_now(phases.begin, inside, 6, TODAY, ending=(2,))
    found = written(store, inside, "any_6")
    store.change_now(phases.end, period, 1, TODAY)
    assert decide(store, found, "end").line.state == "sealed"


# ---------------------------------------------------------------------- after the sealing


def test_a_sealed_review_is_only_added_to(store: Store, inside: int, hands: Hands) -> None:
    found = written(store, inside, "2_3")
    with pytest.raises(ReviewError, match="not sealed yet"):
        store.change_now(reviews.add_note, found.line.id, "Etterpå")
    sealed = decide(store, found, "move")
    for change, arguments in (
        (reviews.answer, ("room", "Noe annet", 1)),
        (reviews.discard, (sealed.line.version,)),
        (reviews.decide, (sealed.line.version, "end")),
    ):
        with pytest.raises(ReviewError, match="sealed"):
            store.change_now(change, sealed.line.id, *arguments)
    hands.move(days=2)
    store.change_now(reviews.add_note, sealed.line.id, "  Moren ringte.\nHun kan hente.  ")
    after = store.ask_now(review_reading.file_of, sealed.line.id)
    assert [(note.text, note.author) for note in after.notes] == [("Moren ringte.\nHun kan hente.", "KN")]
    assert (after.answers, after.line.version) == (sealed.answers, sealed.line.version)
    assert told(store, inside)[0] == "review_note"
    with pytest.raises(ReviewError, match="write something"):
        store.change_now(reviews.add_note, sealed.line.id, " \n ")


def test_what_was_sealed_is_not_undone_from_behind(store: Store, inside: int, session: Session) -> None:
    ola = session("ola")
    review = ola.change_now(reviews.begin, inside, "2_3")
    for prompt, text in HEADINGS.items():
        ola.change_now(reviews.answer, review, prompt, text, None)
    decide(store, store.ask_now(review_reading.file_of, review), "move")
    with pytest.raises(NothingToUndo, match="sealed; it can only be added to"):
        ola.change_now(undo.undo)
    assert len(store.ask_now(review_reading.file_of, review).answers) == 3


def test_a_decision_just_made_can_be_taken_back_whole(store: Store, inside: int) -> None:
    found = written(store, inside, "2_3")
    decide(store, found, "move", tasks=[("Ringe", 1, None)])
    assert store.change_now(undo.undo) == "reviews.decide"
    after = store.ask_now(review_reading.file_of, found.line.id)
    assert (after.line.state, after.tasks, lasting(store, inside)) == ("open", (), [2])
    assert examined(store).flaws == ()


def test_every_act_has_a_name_to_be_undone_by() -> None:
    for act in ("reviews.begin", "reviews.answer", "reviews.discard", "reviews.decide", "reviews.add_note",
                "first_weeks.plan"):  # fmt: skip
        assert undo.described(act) not in ("", act)


def test_what_was_decided_is_known_after_the_sealing_is_taken_back(store: Store, inside: int) -> None:
    found = written(store, inside, "2_3")
    assert store.ask_now(review_reading.undone, found.line.id) is None
    for reason in ("Første gang", "Andre gang"):
        again = store.ask_now(review_reading.file_of, found.line.id)
        decide(store, again, "move", reason=reason, present="Kari", tasks=[("Ringe", 1, date(2026, 12, 1))])
        assert store.ask_now(review_reading.undone, found.line.id) is None
        store.change_now(undo.undo)
        was = store.ask_now(review_reading.undone, found.line.id)
        assert was is not None
        assert (was.decision, was.effective, was.reason, was.present) == ("move", TODAY, reason, "Kari")
        assert (was.ending, was.tasks) == ((2,), (("Ringe", 1, date(2026, 12, 1)),))
