"""Format 2 is promised: the export of a caseload is byte for byte what it was.

`golden.jsonl` is never made anew for a change of the program; a section that comes later is added to it at its place.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from models.access.visits import PRINTED
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.consents import consents
from models.consents.answer import held
from models.export import whole as export
from models.goals import goals
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.participants import spending
from models.plans import applications, appointments, tasks
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import (
    Absence,
    AgreementParty,
    Application,
    Appointment,
    ChecklistItem,
    Consent,
    Contact,
    CooperationAgreement,
    Disclosure,
    GroupMember,
    Involvement,
    LegalBasis,
    MeetingItem,
    Proposal,
    Signatory,
    Snooze,
    SteeringMeeting,
    Task,
    VisitQuestion,
)
from tests.models.case_sample import Hands
from tests.models.export.test_method import AT, filled
from tests.models.export.test_method import full as with_method  # noqa: F401
from tests.models.export.test_whole import full as with_history  # noqa: F401
from tests.models.paper import paper_sample

GOLDEN = Path(__file__).with_name("golden.jsonl")


@action("test_golden.enter")
def enter(work: Work, person: int) -> None:
    consent = work.value("SELECT min(id) FROM consent WHERE participant_id = ?", [person])
    for link in (consent, None):
        work.insert(Disclosure, **{**filled(Disclosure, participant=person), "consent": link, "flagged": link is None})
    contact = work.insert(Contact, **{**filled(Contact), "active": False})
    part = filled(Involvement, participant=person, contact=contact)
    work.insert(Involvement, **{**part, "until": date(2026, 11, 9)})
    for model in (Application, Appointment, Consent, Task):
        values = filled(model, participant=person)
        work.insert(model, **{**values, **({"repeats": "", "prepared": True} if model is Appointment else {})})
    for (item,) in work.sql("SELECT id FROM checklist_item WHERE participant_id = ? ORDER BY id LIMIT 2", [person]):
        checked = {"verified_by": 1, "verified_at": AT, "verified_source": "brev"}
        work.update(ChecklistItem, item, None, due=date(2026, 11, 30), note="purre", **checked)
    work.insert(Absence, **filled(Absence))
    work.insert(Snooze, **{**filled(Snooze), "participant": None, "staff": 1})
    agreement = work.insert(CooperationAgreement, **filled(CooperationAgreement))
    for part in (AgreementParty, LegalBasis, GroupMember, Signatory, SteeringMeeting, Proposal):
        work.insert(part, **filled(part, agreement=agreement))
    work.insert(MeetingItem, **{**filled(MeetingItem, participant=person), "task": None})
    asked = work.insert(VisitQuestion, participant=person, staff=1, visit=1, asked_at=AT, asked_by=1)
    work.update(VisitQuestion, asked, 1, answer="Tok telefonen", answered_at=AT)


def busy(store: Store, hands: Hands) -> int:
    """A participant in whose export every section has something, and most of it a former version."""
    change, ask = store.change_now, store.ask_now
    person = paper_sample.filled(store)
    change(enter, person)
    store.log_now((person,), PRINTED)
    hands.move(hours=1)
    goal = change(goals.add, person, {"words": "Fagbrev", "domain": "work_education"})
    step = change(goals.add_step, goal, {"words": "Ringe skolen", "due": date(2026, 12, 1)})
    change(goals.change_step, step, 1, {"words": "Ringe Kuben"})
    change(goals.do, step, 2)
    change(goals.change, goal, 1, {"note": "om våren"})
    mapping = change(mappings.begin, person, {"day": date(2026, 11, 3), "place": "Bredtveit"})
    change(mappings.change, mapping, 1, {"place": "Ila"})
    housing = ask(mapping_reading.one, mapping).answers[0].id
    change(mappings.answer, housing, 1, {"step": "2", "wish": "Egen hybel", "services_wanted": ("own_home",)})
    change(mappings.answer, housing, 2, {"step": "3", "our_step": "1", "our_view": "Uten kontrakt"})
    cost = change(spending.add, person, {
        "day": date(2026, 11, 4), "purpose": "relationship", "amount": 12_500, "what": "Kaffe",
    })  # fmt: skip
    change(spending.change, cost, 1, {"amount": 13_000})
    agreed = change(appointments.add, person, {"title": "NAV", "at": AT, "driver": 1, "worker": 1, "repeats": "weekly"})
    change(appointments.change, agreed, 1, {"title": "NAV-møte", "minutes": 30})
    task = change(tasks.add, person, {"text": "Ringe", "turn": "ours", "owner": 1, "due": date(2026, 12, 1)})
    change(tasks.finish, task, 1)
    sent = change(applications.add, person, {"agency": "nav", "about": "Bolig", "sent": date(2026, 11, 2)})
    change(applications.change, sent, 1, {"decided": date(2026, 11, 20), "outcome": "granted"})
    first = ask(held, person)[0]
    change(consents.renew, first.id, {"given": date(2026, 11, 20)})
    change(consents.withdraw, first.id, None, date(2026, 11, 21), "i mappa")
    for line in ask(checklist_reading.of, person):
        if line.id:
            for item in ask(checklist_reading.one, line.id).items:
                if item.template.id == "bank_and_id":
                    change(checklists.note, item.id, item.version, "hos NAV")
    return person


def test_the_export_is_what_it_was(
    store: Store,
    with_history: int,  # noqa: F811
    with_method: int,  # noqa: F811
    hands: Hands,
) -> None:
    found = [store.ask_now(export.participant, number) for number in (with_history, with_method, busy(store, hands))]
    for checklist in (one for participant in found for one in participant["checklists"]):
        # What stands in a template is the programme's, which a team may change.
        checklist["content"], checklist["items"] = None, checklist["items"][:4]
    for mapping in (one for participant in found for one in participant["mappings"]):
        mapping["content"], mapping["answers"] = None, mapping["answers"][:2]
    written = [export.as_json(one) for one in [*found, store.ask_now(export.team_wide)]]
    assert written == GOLDEN.read_text(encoding="utf-8").splitlines()
