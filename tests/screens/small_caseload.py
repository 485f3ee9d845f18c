"""Fourteen made-up people in every phase, with dates that make each sign appear somewhere."""

from __future__ import annotations

from datetime import date, timedelta

from models import timeline
from models.participants import participants
from models.phases import phases
from models.store import Store
from models.team import staff

PEOPLE = (
    # name, phase, days in it, days to release (None: no date), days since contact (None: never), worker
    ("Aksel Moen", 1, 12, None, 2, "kari"),
    ("Åse Østby-Haugerud", 1, 100, None, 40, "kari"),
    ("Bjørn Ådnøy", 2, 200, 45, 10, "kari"),
    ("Cecilie Bakke", 2, 40, 400, None, "ola"),
    ("Dina Sæther", 2, 90, 300, 33, None),
    ("Even Lunde", 3, 30, 19, 3, "kari"),
    ("Frode Nguyen", 3, 20, 41, 16, "ola"),
    ("Gry Aasen", 3, 110, -2, 5, "ola"),
    ("Halvor Jensen", 4, 6, -6, 1, "kari"),
    ("Ingrid Mohamud", 4, 50, -50, 15, "ola"),
    ("Jon Kowalski", 5, 120, -200, 20, "kari"),
    ("Kaja Lie", 5, 300, -420, 70, "ola"),
    ("Lars Vik", 6, 10, -700, 9, "kari"),
    ("Mina Dahl", 5, 20, -90, 2, "kari"),
)
DAY = timedelta(days=1)


def fill(store: Store) -> dict[str, int]:
    """Put the fourteen into an open vault; answers their ids by name."""
    store.change_now(staff.join, "ola", "Ola Berg", "caseworker", "")
    ids = {one.user: one.id for one in store.ask_now(staff.team)}
    return {person[0]: _enter(store, person, ids) for person in PEOPLE}


def _enter(
    store: Store, person: tuple[str, int, int, int | None, int | None, str | None], staff_ids: dict[str, int]
) -> int:
    name, phase, days, release, contact, worker = person
    today = store.clock.today()
    given, family = name.split(" ", 1)
    out: date | None = None if release is None else today + release * DAY
    number = store.change_now(
        participants.add,
        {
            "given_name": given,
            "family_name": family,
            "worker": staff_ids[worker] if worker else None,
            "prison": "Romerike fengsel, Ullersmo" if phase < 4 else "",
            "unit": "avd. B" if phase < 4 else "",
            "security_level": "high" if phase % 2 else "lower",
            "sentence_start": today - 500 * DAY,
            "full_term_date": None if out is None else out + 180 * DAY,
            "release_date": out,
            "risk_areas": "Grønland" if name.startswith("B") else "",
        },
        today - (days + 60) * DAY,
    )
    if phase == 1:
        (intake,) = store.ask_now(phases.of, number)
        assert intake.phase == 1
    else:
        ending = () if name.startswith("F") else (1,)
        store.change_now(phases.begin, number, phase, today - days * DAY, ending=ending)
    if contact is not None:
        _record(store, number, "phone", contact, "Ringte om boligen. Visningen er flyttet til torsdag.", minutes=10)
        _record(store, number, "visit_progress", contact + 40, "Gikk gjennom planen.\nVil søke på skole.", minutes=60)
    _record(store, number, "message", (contact or 0) + 3, "Sendte melding om møtet.", outcome="attempted")
    if name.startswith("E"):
        _record(store, number, "talk", 9, "Fortalte om broren.", topic="Kontakt med broren", minutes=30)
    return number


def _record(store: Store, number: int, kind: str, days_ago: int, text: str, **more: object) -> None:
    moment = store.clock.seconds() - days_ago * 86_400
    store.change_now(timeline.record, number, {"kind": kind, "at": moment, "text": text, **more})
