"""One participant two months before release, with what a phase review has to look at."""

from __future__ import annotations

from datetime import date

from models import timeline
from models.goals import goals
from models.participants import participants
from models.phases import phases
from models.plans import applications
from models.reviews import reviews
from models.store import Store
from models.team import staff

SAID = "Han har jobb hos onkelen fra første dag."


def enter(store: Store) -> int:
    """Åse Sæthre in phase 2 since May, release in six weeks, one consent missing, one goal, one application."""
    worker = store.ask_now(staff.team)[0].id
    number = store.change_now(
        participants.add,
        {
            "given_name": "Åse",
            "family_name": "Sæthre",
            "worker": worker,
            "security_level": "lower",
            "prison": "Bredtveit fengsel",
            "sentence_start": date(2025, 3, 1),
            "full_term_date": date(2027, 9, 1),
            "release_date": date(2027, 1, 8),
        },
        date(2026, 3, 1),
    )
    store.change_now(phases.begin, number, 2, date(2026, 5, 1), ending=(1,), reviewed=True)
    moment = store.clock.seconds()
    for days in (9, 40, 80):
        store.change_now(timeline.record, number, {"kind": "phone", "at": moment - days * 86_400, "text": "Ringte."})
    goal = store.change_now(goals.add, number, {"words": "Ha et sted å bo der broren kan sove over"})
    store.change_now(goals.add_step, goal, {"words": "Ringe tre utleiere", "turn": "participant"})
    store.change_now(
        applications.add, number, {"agency": "nav", "about": "Startlån", "domain": "housing", "sent": date(2026, 9, 20)}
    )
    return number


def answered(store: Store, review: int) -> None:
    """Write under every heading."""
    for prompt in ("room", "limits", "specific"):
        store.change_now(reviews.answer, review, prompt, SAID, None)
