"""A team's phase reviews in every state: Ola's and Kari's participants, made over the weeks before 22 November 2026."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from models.participants import participants
from models.phases import phases
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.store import Store
from models.team import staff
from tests.models.case_sample import Hands

TODAY = date(2026, 11, 22)
HEADINGS = {"room": "Bor hos broren", "limits": "Ingen jobb ennå", "specific": "Må holdes utenfor sentrum"}
WHO = (("Ada Moe", "ola"), ("Bo Dahl", "kari"), ("Cato Lie", "ola"), ("Dina Vik", "ola"), ("Emil Aas", "kari"),
       ("Frida Bø", "ola"))  # fmt: skip


def days(count: int) -> date:
    """So many days from today, or before it."""
    return TODAY + timedelta(days=count)


def enter(store: Store, hands: Hands) -> dict[str, int]:
    """Ada and Bo moved without a review; Cato's is open; Dina's, Emil's and Frida's were held; ids by given name."""
    now, hands.moment = hands.moment, hands.moment - timedelta(days=100)
    store.change_now(staff.join, "ola", "Ola Sørli", "caseworker", "slot-ola")
    team = {one.user: one.id for one in store.ask_now(staff.team)}
    found: dict[str, int] = {}
    for name, worker in WHO:
        given, family = name.split()
        values = {"given_name": given, "family_name": family, "worker": team[worker]}
        found[given] = store.change_now(participants.add, values, store.clock.today(), 2)
    # Begun first, and held after others.
    store.change_now(reviews.begin, found["Dina"], "stay")
    for given, ago, next_review in (("Emil", 60, -30), ("Frida", 50, -3), ("Dina", 20, 10)):
        hands.moment = now - timedelta(days=ago)
        held(store, found[given], "stay", "stay", next_review=days(next_review))
    hands.moment = now - timedelta(days=15)
    held(store, found["Emil"], "2_3", "move")
    hands.moment = now
    review = store.change_now(reviews.begin, found["Cato"], "2_3")
    store.change_now(reviews.answer, review, "room", HEADINGS["room"], None)
    store.change_now(phases.begin, found["Ada"], 3, days(-10), ending=(2,))
    store.change_now(phases.begin, found["Bo"], 3, days(-40), ending=(2,))
    return found


def held(store: Store, person: int, transition: str, decision: str, **values: Any) -> int:
    """A review that is held now; answers its id."""
    review = store.change_now(reviews.begin, person, transition)
    for prompt, text in HEADINGS.items():
        store.change_now(reviews.answer, review, prompt, text, None)
    version = store.ask_now(review_reading.file_of, review).line.version
    store.change_now(reviews.decide, review, version, decision, **{"reason": "avtalt", **values})
    return review
