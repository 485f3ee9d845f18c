"""A participant of whom enough is known to fill every document."""

from __future__ import annotations

from datetime import date, datetime

from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.consents import consents
from models.goals import goals
from models.participants import participants
from models.plans import appointments
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Application, Contact, Involvement


def filled(store: Store, given: str = "Håkon", family: str = "Sæthre-Åsnes") -> int:
    """Enter the participant into an open vault; answers the id."""
    change = store.change_now
    person = change(participants.add, {
        "given_name": given, "family_name": family, "birth_date": date(1999, 5, 17), "phone": "40 00 00 00",
        "address": "Østre vei 3, 1255 Oslo", "nav_state": "NAV Søndre Nordstrand", "full_term_date": date(2027, 3, 1),
        "release_date": date(2026, 12, 18),
    })  # fmt: skip
    for agency, role, name in (
        ("prison", "contact_officer", ""), ("nav", "nav_municipal", ""), ("lawyer", "lawyer", "Kåre Øygard"),
        ("family", "mother", "Mette Sæthre"),
    ):  # fmt: skip
        values = {"agency": agency, "role": role, "given": date(2026, 10, 1), "person": name}
        change(consents.give, person, values)
    change(_people, person)
    for day, hour, title, whom, place in (
        (date(2026, 11, 24), 9, "Møte med NAV", "Per Moe", "NAV Søndre Nordstrand"),
        (date(2026, 12, 1), 13, "Visning", "utleier", "Østre vei 3"),
        (date(2026, 11, 3), 13, "Legetime", "fastlegen", "Holmlia"),
    ):
        at = store.clock.stored(datetime(day.year, day.month, day.day, hour))
        change(appointments.add, person, {"title": title, "at": at, "with_whom": whom, "place": place})
    change(goals.add, person, {"words": "Bo et sted der ungene kan sove over", "domain": "housing"})
    change(_application, person)
    if not any(line.id and line.template == "release" for line in store.ask_now(checklist_reading.of, person)):
        change(checklists.open_by_hand, person, "release")
    release = next(
        line.id for line in store.ask_now(checklist_reading.of, person) if line.id and line.template == "release"
    )
    items = {item.template.id: item for item in store.ask_now(checklist_reading.one, release).items}
    change(checklists.tick, items["bank_and_id"].id, items["bank_and_id"].version)
    change(checklists.not_relevant, items["dps"].id, items["dps"].version, "har egen behandler")
    return person


@action("paper_sample.people")
def _people(work: Work, person: int) -> None:
    for agency, role, name, phone in (
        ("nav", "nav_municipal", "Per Moe", "41 11 11 11"),
        ("prison", "contact_officer", "Åse Bråten", "42 22 22 22"),
        ("health", "gp", "Dr. Grønn", "43 33 33 33"),
    ):
        contact = work.insert(Contact, name=name, agency=agency, role=role, phone=phone, office="Kontor", created_at=0)
        work.insert(Involvement, participant=person, contact=contact, agency=agency, role=role, since=date(2026, 9, 1))


@action("paper_sample.application")
def _application(work: Work, person: int) -> None:
    work.insert(
        Application, participant=person, agency="nav", about="Kommunal bolig", domain="housing",
        sent=date(2026, 10, 5), created_at=0,
    )  # fmt: skip
