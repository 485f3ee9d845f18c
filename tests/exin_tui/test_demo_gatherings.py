"""The demo's professional network: two gatherings held, one to come, and nothing in it grows with the caseload."""

from __future__ import annotations

from exin_tui.demo.caseload import fill
from models.gatherings import attendance, gatherings, groups, members, tasks, topics
from models.gatherings.gatherings import HELD, PLANNED
from models.gatherings.stability import stability
from models.store import Store


def test_two_are_held_and_one_comes(store: Store) -> None:
    fill(store, participants=2, years=0.1, seed=1)
    coming, *held = store.ask_now(gatherings.listing)
    assert (coming.state, [one.state for one in held]) == (PLANNED, [HELD, HELD])
    assert coming.first > store.clock.today() >= held[0].last
    assert len(store.ask_now(members.listing)) == 30
    for one in (coming, *held):
        assert store.ask_now(topics.of, one.id)[0].title == "Nytt fra prosjektgruppa"
        assert len(groups.of(store.ask_now(attendance.of, one.id))) == 6
        assert len(store.ask_now(tasks.of, one.id)) == 2
    assert store.ask_now(stability).stable.reaches(75)
