"""A gathering by keyboard alone at 80x24: planned, its programme, thirty-five attended in few keys, mixed groups."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.gatherings import attendance, gatherings, groups, topics
from tests.journeys.terminal import DOWN, ENTER, F2, RIGHT, Desk, Terminal, leave, opened, today
from tests.models.gatherings.network_sample import SIZES, join_all

pytestmark = pytest.mark.terminal

ENOUGH = 60
"""A minute, at a key a second."""


class Counted:
    """A terminal that counts the keys."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal, self.keys = terminal, 0

    def press(self, *keys: str) -> None:
        """Send keys one by one."""
        self.keys += len(keys)
        self.terminal.send(*keys)


def test_from_the_programme_to_attendance_and_groups(desk: Desk) -> None:
    store = opened(desk.vault)
    join_all(store)
    store.close()
    first, last = today() - timedelta(days=2), today() - timedelta(days=1)
    kari = desk.log_in()
    kari.wait("Caseload board")
    kari.send("N")
    kari.wait("The professional network", "No gathering yet.")
    kari.send("n")
    kari.wait("New gathering", "▌Number")
    kari.send(DOWN, "Bolig", DOWN, DOWN, "Tydal", DOWN, f"{first:%d.%m.%Y}", DOWN, f"{last:%d.%m.%Y}", F2)
    kari.wait("Saved.", "Bolig")
    kari.send(ENTER)
    kari.wait("Gathering 1", "Programme")
    for title, kind in (("Nytt fra prosjektgruppa", "Standing"), ("Bolig og oppfølging", "Subject")):
        kari.send("n")
        kari.wait("What is added?")
        kari.send("t")
        kari.wait("New topic")
        kari.send(title, DOWN, kind, F2)
        kari.wait("Saved.", f"▌{title}")
    kari.send("a")
    kari.wait("Attendance", "Nobody is invited yet.")
    by_hand = Counted(kari)
    by_hand.press("i")
    kari.wait("35 invited.", "35 not noted")
    for half in ("a.m.", "p.m.", "a.m.", "p.m."):
        # Everybody came but the second and the third.
        by_hand.press("a")
        kari.wait("35 came, 0 did not", half)
        by_hand.press("g", DOWN, " ")
        kari.wait("34 came, 1 did not")
        by_hand.press(DOWN, " ")
        kari.wait("33 came, 2 did not, 0 not noted")
        by_hand.press(RIGHT)
    assert by_hand.keys <= ENOUGH
    kari.wait("94 % (33 of 35)", "goal 90 %")
    by_hand.press("m")
    kari.wait("Into how many mixed groups?", "7 groups")
    by_hand.press(ENTER)
    kari.wait("Drawn: 33 persons in 7 groups")
    kari.send("q")
    kari.wait("Gathering 1", "7 mixed groups")
    kari.send("q")
    kari.wait("The professional network", "94 % (33 of 35)")
    kari.send("s")
    kari.wait("Stability of the network", "By agency")
    kari.send("q")
    kari.wait("The professional network")
    kari.send("q")
    kari.wait("Caseload board")
    leave(kari)
    store = opened(desk.vault)
    (held,) = store.ask_now(gatherings.listing)
    assert (held.state, held.first, held.last, held.came, held.invited) == ("held", first, last, 33, 35)
    assert [one.topic_kind for one in store.ask_now(topics.of, held.id)] == ["standing", "subject"]
    people = store.ask_now(attendance.of, held.id)
    assert sorted(len(one.came) for one in people) == [0, 0, *[4] * 33]
    drawn = groups.of(people)
    assert {len(some) for some in drawn.values()} <= {4, 5}
    for agency in SIZES:
        counts = [sum(one.agency == agency for one in some) for some in drawn.values()]
        assert max(counts) - min(counts) <= 1
    store.close()
