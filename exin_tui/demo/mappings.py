"""The demo's mappings: one repeated after three months with a gap that became a goal, one made once; all made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.storage.actions import action
from models.storage.work import Work

Said = Mapping[str, Mapping[str, Any]]

_BETWEEN: Final = 91
_FIRST: Final[Said] = {
    "housing": {
        "step": "2", "situation": "Sover på sofaen hos søsteren min. Det går, men ikke lenge.",
        "missing": "Et sted som er mitt", "wish": "Å ha en egen dør å låse", "services_wanted": ("own_home",),
    },
    "occupation": {"step": "1", "situation": "Dagene går. Står opp når det passer.", "wish": "Noe å gå til"},
    "economy": {
        "step": "3", "situation": "Får stønad, og betaler det jeg rekker.", "services_now": ("social_assistance",),
    },
    "substance_use": {"step": "4", "situation": "Rusfri siden jeg kom ut.", "works": "Å si nei tidlig"},
    "health": {"step": "3", "situation": "Sover dårlig.", "missing": "En fastlege som kjenner meg"},
    "network": {"step": "2", "situation": "Søsteren min, og så er det ikke så mange."},
    "leisure": {"step": "2"},
    "practical": {"step": "2", "missing": "BankID og gyldig legitimasjon", "services_wanted": ("papers",)},
    "crime_terms": {"step": "4", "situation": "Møter når jeg skal."},
}  # fmt: skip
_AGAIN: Final[Said] = {
    "housing": {
        "step": "4", "situation": "Har fått noe for meg selv. Det er lite, men det er mitt.",
        "works": "At noen kommer innom", "services_now": ("own_home", "home_follow_up"),
    },
    "occupation": {
        "step": "3", "situation": "Verkstedet tre dager i uka.", "wish": "Hele uka", "services_now": ("work_scheme",),
    },
    "economy": {
        "step": "2", "situation": "Nå kommer brevene. Jeg åpner dem ikke.", "missing": "Oversikt over hva jeg skylder",
        "wish": "Å vite hva jeg skylder, og til hvem", "services_now": ("social_assistance",),
        "services_wanted": ("debt_advice",),
    },
    "substance_use": {
        "step": "4", "situation": "Det går bra, men helgene er lange.", "our_step": "3",
        "our_view": "To avtaler på mandager er avlyst på kort varsel; vi har snakket om det.",
    },
    "health": {"step": "3", "situation": "Sover litt bedre. Har time hos fastlegen.", "services_now": ("gp",)},
    "network": {"step": "3", "situation": "Har fått kontakt med far igjen."},
    "leisure": {"step": "declined"},
    "practical": {"step": "4", "situation": "BankID er på plass."},
    "crime_terms": {"step": "4", "situation": "Alt er gjort opp, bare møtene er igjen."},
}  # fmt: skip
_ONCE: Final[Said] = {
    "housing": {"step": "3", "situation": "Greit nok, men naboene bråker."},
    "occupation": {"step": "2", "missing": "Et kurs jeg klarer å følge", "services_wanted": ("education",)},
    "economy": {"step": "3"},
    "substance_use": {"step": "none"},
    "health": {"step": "2", "missing": "Tannlege", "services_wanted": ("dentist",)},
    "network": {"step": "4", "works": "Ungene annenhver helg"},
}
_MADE: Final = ((_FIRST, _BETWEEN + 6), (_AGAIN, 6)), ((_ONCE, 20),)
"""By participant: what was said, and how many days ago."""
_FREE_LONGEST: Final = """SELECT participant_id FROM card c WHERE phase IN (4, 5) AND (
    SELECT min(began) FROM phase_period s WHERE s.participant_id = c.participant_id) < ?
    ORDER BY worker IS NULL, worker, participant_id LIMIT 2"""


@action("demo_mappings.enter")
def enter(work: Work) -> None:
    """Mappings of two participants after their release, those of the first of the team before others."""
    known_by = work.today - timedelta(days=_BETWEEN + 14)
    found = work.sql(_FREE_LONGEST, [known_by.isoformat()])
    for (participant,), made in zip(found, _MADE, strict=False):
        for said, ago in made:
            day = work.today - timedelta(days=ago)
            _map(work, participant, day - timedelta(days=max(0, day.weekday() - 4)), said)
    for (participant,) in found[:1]:
        day, gap = _last(work, participant, "economy")
        words = {"words": "Vite hva jeg skylder, og til hvem", "domain": "economy", "began": day}
        mappings.follow_goal(work, gap, words)


def _map(work: Work, participant: int, day: date, said: Said) -> None:
    worker = work.value("SELECT worker_id FROM participant WHERE id = ?", [participant])
    mapping = mappings.begin(work, participant, {"day": day, "asked_by": worker, "place": "Kontoret"})
    for one in mapping_reading.one(work, mapping).answers:
        if one.domain in said:
            mappings.answer(work, one.id, one.version, said[one.domain])
    mappings.finish(work, mapping)


def _last(work: Work, participant: int, domain: str) -> tuple[date, int]:
    """When a part of life was asked about last, and the number of the answer."""
    line = mapping_reading.of(work, participant)[-1]
    answer = line.of(domain)
    assert answer is not None
    return line.day, answer.id
