"""The demo's agreement between agencies: who stands behind it, its groups, what they proposed and when they met."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from config.dates import DAY_ONLY
from models.cooperation.reading import ACTIVE, NAMED, PROJECT, SIGNED, STEERING, TITLED
from models.meetings.reading import DECISION, NOTE
from models.meetings.reading import STEERING as STEERING_KIND
from models.storage.work import Work
from models.tables import (
    AgreementParty,
    CooperationAgreement,
    GroupMember,
    LegalBasis,
    Meeting,
    MeetingItem,
    Proposal,
    Signatory,
    SteeringMeeting,
)

_EARLY: Final = 3 * 3600 + DAY_ONLY.second
_LASTED: Final = 90 * 60
_MET: Final = 210
_SAYS: Final = {
    "title": "Samarbeid om overgangen fra fengsel til bolig",
    "background": "Den det gjelder, møter mange instanser som sjelden møter hverandre. Tiltakene finnes, men henger "
                  "ikke sammen i ukene rundt løslatelsen.",
    "aim": "Én plan for hver person, kjent av alle instansene, og færre overganger der ingen har ansvaret.",
    "target_group": "Personer med rusproblemer og flere fengselsopphold, uten egen bolig, som ønsker en endring.",
    "consent_clause": "Den instansen som først har kontakt, innhenter samtykke når en felles plan er aktuell.",
    "deciders": "Tildelingskontoret i kommunen",
    "duties": "Felles rutine for løslatelsesdagen\nKartlegging av behov og tilbud\nTo fagsamlinger i året",
    "convener": "Prosjektlederen i kommunen",
    "reports_to": "Styringsgruppen",
    "revision_owner": "Prosjektgruppen",
    "report_owner": "Prosjektgruppen",
    "located": "Kommunens arkiv, sak 25/00412",
}  # fmt: skip
_PARTIES: Final = (
    ("Elvebyen kommune", TITLED), ("Elvebyen fengsel", TITLED), ("Elvebyen politistasjon", TITLED),
    ("Elvebyen kommune", NAMED), ("Elvebyen fengsel", NAMED), ("Elvebyen politistasjon", NAMED),
    ("Friomsorgen i Elvebyen", NAMED), ("Kriminalomsorgen region elv", SIGNED),
)  # fmt: skip
_BASES: Final = (
    ("Straffegjennomføringsloven § 4 om samarbeid med andre etater", None),
    ("Sosialtjenesteloven § 28 om individuell plan", None),
    ("Avtale mellom kommunen og fengselet om felles boligmøter", -30),
)
_MEMBERS: Final = (
    (STEERING, "Elvebyen kommune", "Ragna Fossum", "Virksomhetsleder"),
    (STEERING, "Elvebyen fengsel", "Eivind Strand", "Fengselsleder"),
    (STEERING, "Friomsorgen i Elvebyen", "Turid Aas", "Avdelingsleder"),
    (PROJECT, "Elvebyen kommune", "Jonas Myhre", "Prosjektleder"),
    (PROJECT, "Elvebyen fengsel", "Sunniva Ruud", "Tilbakeføringskoordinator"),
    (PROJECT, "Elvebyen politistasjon", "Geir Holte", "Forebyggende koordinator"),
)
_SIGNATURES: Final = (
    ("Elvebyen kommune", "Kommunaldirektør", "Ragnhild Eide", True),
    ("Kriminalomsorgen region elv", "Regiondirektør", "Arvid Nes", True),
    ("Elvebyen politistasjon", "Stasjonssjef", "", False),
)
_DECIDED: Final = (
    "Felles rutine for løslatelsesdagen prøves i et halvt år",
    "Settes i gang",
    "Settes i gang fra høsten",
)
_OPEN: Final = (
    ("To todagers fagsamlinger i året for alle instansene", "Det settes av midler til to samlinger i året"),
    ("Friomsorgen får fast plass i prosjektgruppen", "Friomsorgen peker ut ett medlem"),
)


def enter_cooperation(work: Work, today: date, leader: int, noon: Callable[[date], int]) -> None:
    """Write one agreement in force with everything, whose steering group owes a meeting, unless there is one."""
    if work.value("SELECT 1 FROM cooperation_agreement"):
        return
    days = {"in_force_from": -400, "in_force_to": 120, "revision_due": 90, "report_due": 50}
    dated = {name: today + timedelta(days=ahead) for name, ahead in days.items()}
    agreement = work.insert(CooperationAgreement, **_SAYS, **dated, state=ACTIVE, meetings_a_year=2)
    for table, rows in _belonging(today).items():
        work.insert_many(table, [{"agreement": agreement, **row} for row in rows])
    met = today - timedelta(days=_MET)
    opened = noon(met) - _EARLY
    meeting = work.insert(
        Meeting, kind=STEERING_KIND, day=met, opened_at=opened, opened_by=leader, present=str(leader),
        guests="\n".join(f"{name}, {agency}" for group, agency, name, _function in _MEMBERS if group == STEERING),
        closed_at=opened + _LASTED, closed_by=leader,
    )  # fmt: skip
    text, recommendation, decision = _DECIDED
    lines = ((NOTE, "Prosjektgruppen la fram status for de første månedene."), (DECISION, f"{text}: {decision}"))
    by = {"meeting": meeting, "at": opened + 600, "author": leader}
    work.insert_many(MeetingItem, [{"kind": kind, "text": words, **by} for kind, words in lines])
    work.insert(SteeringMeeting, agreement=agreement, day=met, meeting=meeting)
    made = met - timedelta(days=20)
    work.insert(
        Proposal, agreement=agreement, text=text, recommendation=recommendation, made=made, decision=decision,
        decided=met, meeting=meeting,
    )  # fmt: skip


def _belonging(today: date) -> dict[type[Any], list[dict[str, Any]]]:
    """What belongs to the agreement besides its meeting, by table."""
    return {
        AgreementParty: [{"agency": agency, "party_kind": kind} for agency, kind in _PARTIES],
        LegalBasis: [
            {"text": text, "valid_to": today + timedelta(days=ends) if ends is not None else None}
            for text, ends in _BASES
        ],
        GroupMember: [
            {"network_group": group, "agency": agency, "name": name, "function": function}
            for group, agency, name, function in _MEMBERS
        ],
        Signatory: [
            {"agency": agency, "function": function, "name": name, "day": today - timedelta(days=400) if on else None}
            for agency, function, name, on in _SIGNATURES
        ],
        Proposal: [
            {"text": text, "recommendation": recommendation, "made": today - timedelta(days=25 - 10 * place)}
            for place, (text, recommendation) in enumerate(_OPEN)
        ],
    }
