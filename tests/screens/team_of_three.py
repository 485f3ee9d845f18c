"""A team for the screens about absences, hand-overs and the monthly meeting: three colleagues and some participants."""

from __future__ import annotations

from datetime import date, timedelta

from models import timeline
from models.participants import participants
from models.phases import phases
from models.plans import applications
from models.store import Store
from models.team import staff

TODAY = date(2026, 11, 22)


def joined(store: Store) -> dict[str, int]:
    """Ola (caseworker) and Lise (reader) join; they have no key of their own here."""
    for user, name, role in (("ola", "Ola Sørli", "caseworker"), ("lise", "Lise Berg", "reader")):
        store.change_now(staff.join, user, name, role, f"slot-{user}")
    return {one.user: one.id for one in store.ask_now(staff.team)}


def follow(store: Store, team: dict[str, int]) -> list[int]:
    """Six participants of Ola's in different phases, with contact, applications and release dates."""
    found = []
    for number, (name, phase, release) in enumerate((
        ("Ada Moe", 2, 45), ("Bo Dahl", 3, 12), ("Cato Lie", 2, 100), ("Dina Vik", 4, -20), ("Emil Aas", 5, -90),
        ("Frida Bø", 1, None),
    )):  # fmt: skip
        given, family = name.split()
        values = {"given_name": given, "family_name": family, "worker": team["ola"]}
        if release is not None:
            values["release_date"] = TODAY + timedelta(days=release)
        began = TODAY - timedelta(days=70 - number)
        person = store.change_now(participants.add, values, began, phase)
        for days in range(2, 30, 7 + number * 3):
            at = store.clock.seconds() - days * 86_400
            store.change_now(timeline.record, person, {"kind": "phone", "at": at, "outcome": "reached"})
        if phase > 1:
            agency = ("nav", "housing", "police", "nav", "gp")[number]
            sent = TODAY - timedelta(days=9 * number + 4)
            store.change_now(applications.add, person, {"agency": agency, "about": "Bolig", "sent": sent})
        found.append(person)
    store.change_now(phases.begin, found[0], 3, TODAY - timedelta(days=6), ending=(2,))
    return found
