"""Random moves and reviews against a plain model: owed is exactly each move that no sealed review covers."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models.participants import participants
from models.phases import phases
from models.phases.owed_review import ReviewError
from models.phases.phases import PhaseError
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.storage import undo
from models.store import Store
from tests.models.case_sample import Hands, examined, owed_of

TRANSITIONS = ("1_2", "2_3", "3_4", "4_5", "5_6", "any_6", "back", "stay")
Owed = list[tuple[str, date]]


def name_of(from_phase: int, to_phase: int) -> str:
    """Which review a move wants, said by the guide: the one into the phase reached; leaving and going back apart."""
    if to_phase == 6:
        return "5_6" if from_phase == 5 else "any_6"
    return "back" if to_phase < from_phase else f"{to_phase - 1}_{to_phase}"


def leading(store: Store, person: int) -> int:
    lasting = [span for span in store.ask_now(phases.of, person) if span.ended is None]
    return max(lasting, key=lambda span: span.began).phase


def moves(store: Store, person: int, owed: Owed, phase: int, *, ends: bool) -> bool:
    """Somebody records a move at once, without a review."""
    former, today = leading(store, person), store.clock.today()
    ending = tuple(store.ask_now(participants.open_periods, person)) if ends else ()
    try:
        store.change_now(phases.begin, person, phase, today, ending=ending)
    except PhaseError:
        return False
    settled(store, person, owed)
    owed.append((name_of(former, phase), today))
    return True


def settled(store: Store, person: int, owed: Owed) -> None:
    """Whoever is back today, inside after having been out or after having left, owes nothing of before any more."""
    begun = sorted(store.ask_now(phases.of, person), key=lambda span: span.id)
    *before, last = [span.phase for span in begun]
    since = before[max((place for place, phase in enumerate(before) if phase in (2, 3)), default=-1) + 1 :]
    back = last in (2, 3) and {4, 5} & set(since)
    if begun[-1].began == store.clock.today() and (back or (before and before[-1] == 6 and last != 6)):
        owed.clear()


def holds(store: Store, person: int, owed: Owed, transition: str, decision: str) -> None:
    """The team holds a review of this transition, of the oldest move that owes one or else beforehand."""
    try:
        review = store.change_now(reviews.begin, person, transition)
        for prompt in ("room", "limits", "specific"):
            answers = store.ask_now(review_reading.file_of, review).answers
            if prompt not in answers:
                store.change_now(reviews.answer, review, prompt, "noe", None)
        found = store.ask_now(review_reading.file_of, review)
        later = store.clock.today() + timedelta(days=700) if decision == "stay" else None
        store.change_now(reviews.decide, review, found.line.version, decision, next_review=later, reason="avtalt")
    except (ReviewError, PhaseError):
        # Such as a move into a phase that lasts already: refused, and the review is open as before.
        return
    covered = [one for one in owed if one[0] == transition]
    if covered:
        owed.remove(min(covered, key=lambda one: one[1]))
    settled(store, person, owed)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(1, 6), st.booleans()),
        st.tuples(st.just("move and undo"), st.integers(1, 6), st.booleans()),
        st.tuples(st.just("hold"), st.sampled_from(TRANSITIONS), st.sampled_from(["move", "overlap", "stay", "end"])),
        st.tuples(st.just("prepare"), st.sampled_from(TRANSITIONS), st.none()),
        st.tuples(st.just("take away"), st.sampled_from(TRANSITIONS), st.none()),
    ),
    max_size=9,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=[("move", 3, False), ("prepare", "1_2", None), ("hold", "back", "move"), ("hold", "1_2", "move")])
def test_a_review_is_owed_exactly_for_each_move_without_one(
    store: Store, hands: Hands, steps: list[tuple[str, object, object]]
) -> None:
    person = store.change_now(participants.add, {"given_name": "Åse"})
    owed: Owed = []
    for act, what, how in steps:
        hands.move(days=1)
        if act == "hold":
            holds(store, person, owed, str(what), str(how))
        elif act in ("prepare", "take away"):
            try:
                review = store.change_now(reviews.begin, person, str(what))
                if act == "take away":
                    version = store.ask_now(review_reading.file_of, review).line.version
                    store.change_now(reviews.discard, review, version)
            except ReviewError:
                pass
        else:
            assert isinstance(what, int)
            before = list(owed)
            if moves(store, person, owed, what, ends=bool(how)) and act == "move and undo":
                store.change_now(undo.undo)
                owed[:] = before
        found = [(one.transition, one.moved) for one in owed_of(store, person)]
        assert sorted(found, key=lambda one: one[1]) == sorted(owed, key=lambda one: one[1])
    assert examined(store).flaws == ()
