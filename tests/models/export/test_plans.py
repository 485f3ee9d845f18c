"""Appointments, tasks and applications in the export: plain, with user names and what they said before."""

from __future__ import annotations

import json
from datetime import date

from models.export import whole as export
from models.plans import applications, appointments, tasks
from models.store import Store


def test_all_of_it_is_in_the_export(store: Store, person: int) -> None:
    at = 1_795_425_000
    meeting = store.change_now(
        appointments.add, person, {"title": "NAV", "at": at, "driver": 1, "with_whom": "Tor", "repeats": "weekly"}
    )
    store.change_now(appointments.change, meeting, 1, {"title": "NAV-møte"})
    store.change_now(tasks.add, person, {"text": "Ringe", "turn": "agency", "agency": "nav", "due": date(2026, 12, 1)})
    store.change_now(
        applications.add, person, {"agency": "nav", "about": "Bolig", "domain": "housing", "sent": date(2026, 11, 2)}
    )
    found = json.loads(export.as_json(store.ask_now(export.participant, person)))
    (agreed,) = found["appointments"]
    assert (agreed["title"], agreed["driver"], agreed["with"], agreed["worker"]) == ("NAV-møte", "kari", "Tor", None)
    assert agreed["at"].startswith("2026-11-23T")
    assert agreed["state"] == "planned"
    assert [former["values"] for former in agreed["former"]] == [{"title": "NAV"}]
    (task,) = found["tasks"]
    assert (task["text"], task["turn"], task["due"], task["done_at"]) == ("Ringe", "agency", "2026-12-01", None)
    (application,) = found["applications"]
    assert (application["about"], application["sent"], application["decided"]) == ("Bolig", "2026-11-02", None)
