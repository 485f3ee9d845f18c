"""Back inside, or back after a year: the release of before is history, and nothing is computed from it."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.programme.shapes import Programme
from models import board, timeline
from models.checklists import reading as checklist_reading
from models.export import whole as export
from models.participants import participants
from models.phase_outs import phase_outs
from models.phases import phases, way_out
from models.phases import release as releases
from models.phases.release import PastRelease, Release
from models.phases.way_out import FULL_TERM, WayOut
from models.plans import tasks
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.signals import listing as signals
from models.storage import undo
from models.store import Store
from models.team import forecast
from models.timeline import TimelineQuery
from models.values.clock import Clock
from models.vault import sealed
from tests.models.case_sample import Hands, examined, rows

TODAY = date(2026, 11, 22)
OUT = TODAY - timedelta(days=33)
FULL = TODAY - timedelta(days=10)


@pytest.fixture
def out(store: Store, hands: Hands) -> int:
    """Somebody who was released on parole a month ago, whose sentence ended ten days ago."""
    hands.move(days=-200)
    person = store.change_now(
        participants.add,
        {"given_name": "Emre", "stays": "in_prison", "sentence_kind": "sentence", "release_date": OUT,
         "sentence_start": date(2025, 1, 1), "full_term_date": FULL, "parole_decision": "granted",
         "parole_decided": OUT - timedelta(days=30), "release_kind": "parole"},
        TODAY - timedelta(days=200), 2,
    )  # fmt: skip
    hands.move(days=167)
    store.change_now(phases.begin, person, 4, OUT, ending=(2,))
    hands.move(days=33)
    return person


def record(store: Store, person: int) -> dict[str, Any]:
    return dict(store.ask_now(participants.file_of, person).values)


def rules(store: Store, person: int) -> set[str]:
    return {sign.rule for sign in store.ask_now(signals.of, person)}


def test_the_release_is_history_and_nothing_rests_on_it(store: Store, out: int) -> None:
    store.change_now(phases.begin, out, 2, TODAY, ending=(4,), reviewed=True)
    assert store.ask_now(way_out.of, out) == WayOut()
    assert store.ask_now(releases.history, out) == (PastRelease(OUT, "parole", TODAY),)
    assert not {"released_unmoved", "release_unprepared", "first_weeks", "review_owed"} & rules(store, out)
    found = record(store, out)
    emptied = ("release_date", "release_kind", "parole_decision", "parole_decided", "full_term_date", "sentence_start")
    assert {found[name] or None for name in emptied} == {None}
    load = store.ask_now(forecast.workload, None)
    assert [(one.demanding, one.releases) for one in load] == [(0, 0)] * 4
    kinds = [one.kind for one in store.ask_now(timeline.page, TimelineQuery(out), 0, 9)]
    assert "release_past" in kinds
    assert [one["release_date"] for one in store.ask_now(export.participant, out)["past_releases"]] == [OUT.isoformat()]
    assert examined(store).flaws == ()
    store.change_now(undo.undo)
    assert record(store, out)["release_date"] == OUT
    assert store.ask_now(releases.history, out) == ()


def test_what_lies_ahead_of_the_sentence_goes_on(store: Store, out: int) -> None:
    """A home detention that is broken off: the last day of the sentence is what it was."""
    ahead = TODAY + timedelta(days=60)
    version = rows(store, "SELECT version FROM participant WHERE id = ?", out)[0][0]
    store.change_now(participants.change, out, version, {"full_term_date": ahead})
    store.change_now(phases.begin, out, 2, TODAY, ending=(4,), reviewed=True)
    assert store.ask_now(way_out.of, out) == WayOut(ahead, FULL_TERM)
    assert record(store, out)["sentence_start"] == date(2025, 1, 1)


def test_old_reviews_and_days_to_look_again_are_settled(store: Store, out: int) -> None:
    assert "review_owed" in rules(store, out)
    store.change_now(phases.begin, out, 2, TODAY, ending=(4,))
    owed = [(line.transition, line.moved) for line in store.ask_now(review_reading.of, out) if line.owed]
    assert owed == [("back", TODAY)], "the return owes its own, and nothing of before"


def test_the_next_release_has_a_checklist_of_its_own(store: Store, out: int, hands: Hands) -> None:
    (first,) = [one for one in store.ask_now(checklist_reading.of, out) if one.template == "release" and one.id]
    store.change_now(phases.begin, out, 2, TODAY, ending=(4,), reviewed=True)
    (closed,) = [one for one in store.ask_now(checklist_reading.of, out) if one.id == first.id]
    assert closed.closed == TODAY
    hands.move(days=1)
    version = rows(store, "SELECT version FROM participant WHERE id = ?", out)[0][0]
    store.change_now(participants.change, out, version, {"release_date": TODAY + timedelta(days=20)})
    open_now = [
        one.id for one in store.ask_now(checklist_reading.of, out) if one.template == "release" and not one.closed
    ]
    assert open_now
    assert first.id not in open_now
    assert "release_list" in rules(store, out)


@pytest.mark.parametrize("phase", [1, 2, 4, 5])
def test_back_after_a_year(store: Store, out: int, hands: Hands, phase: int) -> None:
    phase_out = store.change_now(phase_outs.begin, out, "own_wish")
    store.change_now(phase_outs.close, phase_out, None, "Vil klare seg selv.", "Alt er sagt.")
    hands.move(days=365)
    today = TODAY + timedelta(days=365)
    store.change_now(phase_outs.come_back, phase_out, None, today, phase, "Tok kontakt.")
    assert not {"released_unmoved", "first_weeks"} & rules(store, out)
    assert len(store.ask_now(releases.history, out)) == (phase != 5)
    owed = [line.moved for line in store.ask_now(review_reading.of, out) if line.owed]
    assert owed in ([], [today])
    planned = {one.due for one in store.ask_now(tasks.of, out) if one.source.endswith(today.isoformat())}
    assert (today in planned) is (phase == 4)


def test_an_old_look_again_day_is_not_due_after_the_return(store: Store, out: int) -> None:
    review = store.change_now(reviews.begin, out, "stay")
    for heading in ("room", "limits", "specific", "own_view"):
        store.change_now(reviews.answer, review, heading, "Snakket gjennom.", None)
    version = rows(store, "SELECT version FROM review WHERE id = ?", review)[0][0]
    later = TODAY + timedelta(days=14)
    store.change_now(reviews.decide, review, version, "stay", next_review=later, reason="Vi venter.", present="Kari")
    card = "SELECT next_review_key FROM card WHERE participant_id = ?"
    assert rows(store, card, out) == [(later.isoformat(),)]
    # Back the day after, by a colleague who enters it a day late or not at all.
    store.clock.now_utc.move(days=1)  # type: ignore[attr-defined]
    store.change_now(phases.begin, out, 2, TODAY + timedelta(days=1), ending=(4,), reviewed=True)
    assert rows(store, card, out) == [("9999-12-31",)]


def test_a_vault_of_before_with_somebody_who_is_back(
    store: Store, out: int, vault_folder: Path, clock: Clock, programme: Programme, passphrase: str
) -> None:
    """As an earlier program left it: phase 2 lasts again, and the day of release stands in the record."""
    store.change_now(phases.begin, out, 2, TODAY, ending=(4,), reviewed=True)
    store.change_now(undo.undo)
    rows(store, "UPDATE phase_period SET ended = ? WHERE participant_id = ? AND phase = 4", TODAY.isoformat(), out)
    rows(
        store, "INSERT INTO phase_period (version, participant_id, phase, began, reason) VALUES (1, ?, 2, ?, '')",
        out, TODAY.isoformat(),
    )  # fmt: skip
    for statement in (
        "DROP TABLE past_release",
        "DELETE FROM schema_step WHERE name LIKE '0013%'",
        "PRAGMA user_version = 12",
    ):
        rows(store, statement)
    store.close()
    with closing(Store(sealed.unlock(vault_folder, "kari", passphrase), clock, programme)) as again:
        again.open()
        assert rows(again, "PRAGMA user_version") == [(13,)]
        assert again.ask_now(releases.history, out) == (PastRelease(OUT, "parole", TODAY),)
        assert again.ask_now(way_out.of, out) == WayOut()
        card = again.ask_now(board.card, out)
        assert card is not None
        assert card.release is None
        # Only the period that this test put there past the program is not in the audit.
        assert {flaw.where.split()[0] for flaw in examined(again).flaws} <= {"phase_period", "schema"}


# ---------------------------------------------------------------------- the first weeks


def contacts(store: Store, person: int) -> dict[str, date | None]:
    return {
        one.source.split(":")[1]: one.due
        for one in store.ask_now(tasks.of, person)
        if one.source.startswith("first_weeks") and one.state == tasks.OPEN
    }


@pytest.fixture
def inside(store: Store) -> int:
    known = {"given_name": "Ada", "stays": "in_prison", "substance_use": "earlier"}
    return store.change_now(participants.add, known, TODAY - timedelta(days=90), 3)


def test_a_sudden_release_plans_the_first_weeks_at_once(store: Store, inside: int) -> None:
    store.change_now(phases.begin, inside, 4, TODAY, ending=(3,), release=Release("full_term", "family"))
    found = contacts(store, inside)
    assert found["naloxone"] == found["day_0"] == TODAY
    assert found["day_28"] == TODAY + timedelta(days=28)
    store.change_now(undo.undo)
    assert contacts(store, inside) == {}


def test_on_day_ten_naloxone_and_the_first_night_are_still_asked(store: Store, inside: int) -> None:
    store.change_now(phases.begin, inside, 4, TODAY - timedelta(days=10), ending=(3,))
    found = contacts(store, inside)
    assert {found["naloxone"], found["tolerance"], found["day_1"]} == {TODAY}
    assert "day_4" not in found
    assert found["day_14"] == TODAY + timedelta(days=4)


def test_whoever_is_back_inside_has_no_first_weeks_left(store: Store, inside: int) -> None:
    store.change_now(phases.begin, inside, 4, TODAY, ending=(3,))
    store.change_now(phases.begin, inside, 2, TODAY, ending=(4,))
    assert contacts(store, inside) == {}


def test_what_is_long_past_is_not_planned(store: Store, inside: int) -> None:
    store.change_now(phases.begin, inside, 4, TODAY - timedelta(days=29), ending=(3,))
    assert contacts(store, inside) == {}


def test_a_day_that_is_set_right_plans_anew(store: Store, inside: int) -> None:
    store.change_now(phases.begin, inside, 4, TODAY, ending=(3,))
    version = rows(store, "SELECT version FROM participant WHERE id = ?", inside)[0][0]
    store.change_now(participants.change, inside, version, {"release_date": TODAY - timedelta(days=2)})
    assert contacts(store, inside)["day_28"] == TODAY + timedelta(days=26)


def test_the_plan_is_no_judgement_of_whoever_uses_nothing(store: Store, inside: int) -> None:
    version = rows(store, "SELECT version FROM participant WHERE id = ?", inside)[0][0]
    store.change_now(participants.change, inside, version, {"substance_use": "none"})
    store.change_now(phases.begin, inside, 4, TODAY, ending=(3,))
    assert not {"naloxone", "tolerance"} & contacts(store, inside).keys()
    assert json.dumps(rows(store, "SELECT substance FROM card WHERE participant_id = ?", inside)) == "[[0]]"
