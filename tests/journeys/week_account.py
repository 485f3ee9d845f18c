"""What the week of `test_journey_week.py` is meant to leave, written down from its story and not from the program.

In the form of an export; moments that nobody chose are `NOW`, and what a checklist holds by itself is its items, as the
programme has them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from config.programme import load
from config.programme.labels import Words
from config.programme.shapes import ChecklistTemplate
from tests.journeys.terminal import KARI, OLA, today

Plain = dict[str, Any]
NOW: Final = "now"
HEADING: Final = {"program", "format", "schema", "exported_at", "exported_by", "audit"}
"""What an export says of itself."""
MEETING_AHEAD, TASK_AHEAD, KEYS_AHEAD, RELEASE_AHEAD = 2, 5, 6, 20
"""In how many days something is."""
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TEXTS: Final = (
    "national_id", "phone", "email", "address", "district", "stays", "risk_areas", "substance_use", "prison", "unit",
    "security_level", "parole_decision", "release_kind", "nav_state", "nav_municipal",
)  # fmt: skip
DATES: Final = (
    "birth_date", "sentence_start", "full_term_date", "two_thirds_date", "parole_applied", "parole_decided",
    "release_date",
)  # fmt: skip
LISTS: Final = (
    "goals", "spending", "appointments", "tasks", "applications", "checklists", "consents", "disclosures", "people",
    "reviews", "intakes", "phase_outs", "snoozes", "meetings", "minutes", "hand_overs", "questions", "restrictions",
    "openings", "former",
)  # fmt: skip
STAND_UP: Final = {"nb": "Morgenmøte", "en": "Stand-up"}


def day(ahead: int = 0) -> str:
    """A day so many from today, as an export writes it."""
    return (today() + timedelta(days=ahead)).isoformat()


def ten(ahead: int) -> str:
    """Ten o'clock in Oslo on such a day."""
    here = datetime.combine(today() + timedelta(days=ahead), time(10), tzinfo=ZoneInfo("Europe/Oslo"))
    return here.astimezone(UTC).isoformat().replace("+00:00", "Z")


def chosen() -> set[str]:
    """The moments that somebody chose."""
    return {ten(MEETING_AHEAD), ten(MEETING_AHEAD + 1)}


def in_a_year() -> str:
    """The last day of a consent that is given today."""
    now = today()
    leap = (now.month, now.day) == (2, 29)
    return date(now.year + 1, now.month, now.day - leap).isoformat()


def was(by: str, **values: Any) -> Plain:
    """What stood there before a colleague's change."""
    return {"until": NOW, "changed_by": by, "values": values}


def line(kind: str, author: str, *, former: tuple[Plain, ...] = (), **told: Any) -> Plain:
    """A line of the program's on the timeline, of which something is told."""
    return entry(kind, author, detail=told, former=[*former])


def entry(kind: str, author: str, **more: Any) -> Plain:
    """An entry."""
    nothing = {"outcome": "", "with": "", "where": "", "minutes": None, "text": "", "topic": "", "topic_taken_at": None}
    made = {"at": NOW, "day": day(), "kind": kind, "detail": {}, "author": author, "entered_at": NOW, "former": []}
    return {**made, **nothing, **more}


def phase(number: int, id: str, *, over: bool = False) -> Plain:
    return {"phase": number, "id": id, "began": day(), "ended": day() if over else None, "reason": ""}


def person(code: str, name: str, worker: str, timeline: list[Plain], visits: list[list[str]], **more: Any) -> Plain:
    """A participant: nothing is known but what is said."""
    given, _, family = name.partition(" ")
    return {
        "code": code, "given_name": given, "family_name": family, "worker": worker, "coworker": None,
        "entered_at": NOW, "phases": [phase(1, "intake")], "timeline": timeline, "visits": sorted(visits),
        **dict.fromkeys(TEXTS, ""), **dict.fromkeys(DATES), **{name: [] for name in LISTS}, **more,
    }  # fmt: skip


# ---------------------------------------------------------------------- the three

FIRST: Final = "phase_began"


def both_met() -> Plain:
    """The visit that was written once."""
    return entry("visit_mapping", "kari", outcome="reached", minutes=60, text="Felles middag på avdelingen.")


def arne() -> Plain:
    """In prison, near release, with a signed sheet; the call was not his."""
    sheet = ("reintegration_coordinator", "contact_officer", "prison_other")
    transition = {"nb": "1 → 2 Inntak til under soning", "en": "1 → 2 Intake to in prison"}
    release = template_of("release")
    [item] = [both(one.name) for one in release.items if one.id == "bank_and_id"]
    checklist = both(release.name)
    timeline = [
        line("meeting_task", "kari", meeting=STAND_UP, words="Hente nøkler", date=day(KEYS_AHEAD)),
        line("meeting_note", "kari", meeting=STAND_UP, words="Bolig er i boks."),
        line("item_ticked", "kari", checklist=checklist, item=item),
        *(line("consent_given", "kari", agency="prison", role=role, person="", date=in_a_year())
          for role in reversed(sheet)),
        line("moved_away", "kari", record="entry", date=day(), reason="Feil person."),
        both_met(),
        line("dates_changed", "kari", field="release_date", date=day(RELEASE_AHEAD)),
        line("review_owed", "kari", transition=transition),
        line(FIRST, "kari", phase=2),
        line("phase_ended", "kari", phase=1),
        line(FIRST, "kari", phase=1),
    ]  # fmt: skip
    consents = [
        {
            "number": number, "agency": "prison", "role": role, "person": "", "concerns": "", "limits": "",
            "given": day(), "place": "Halden fengsel", "obtained_by": "kari", "original_at": "",
            "valid_until": in_a_year(), "withdrawn": None, "withdrawal_kept": "", "renews": None,
            "entered_at": NOW, "former": [],
        }
        for number, role in enumerate(sheet, 1)
    ]  # fmt: skip
    review = {
        "transition": "1_2", "from_phase": 1, "to_phase": 2, "state": "owed", "opened": day(), "opened_by": "kari",
        "moved": day(), "prompts_version": 1, "decision": "", "effective": None, "next_review": None, "reason": "",
        "present": "", "brief": None, "sealed_at": None, "sealed_by": None, "answers": [], "notes": [], "former": [],
    }  # fmt: skip
    task = to_do("Hente nøkler", KEYS_AHEAD, source="meeting:1")
    return person(
        "EX-001", "Arne Lie", "kari", timeline,
        [["kari", "exported", "responsible"], ["kari", "opened", "responsible"], ["ola", "opened", "working"]],
        phone="41234567", unit="Avdeling B", release_date=day(RELEASE_AHEAD),
        phases=[phase(1, "intake", over=True), phase(2, "in_prison")],
        tasks=[task], consents=consents, reviews=[review], checklists=[in_use("start"), in_use("release")],
        minutes=[{"meeting": "daily", "day": day(), **said} for said in minutes()],
        former=[was("ola", unit="Avdeling A"), was("kari", unit=""), was("kari", phone="", release_date=None)],
    )  # fmt: skip


def template_of(name: str) -> ChecklistTemplate:
    """A checklist as the programme has it, which is data of its own."""
    found = load().checklist(name)
    assert found is not None
    return found


def both(words: Words) -> Plain:
    """What is named in both languages."""
    return {"nb": words.nb, "en": words.en}


def in_use(template: str) -> Plain:
    """A checklist of Arne's: the phone is known, and the bank account was ticked by one and confirmed by another."""
    nothing = {
        "state": "open", "value": "", "note": "", "reason": "", "due": None, "done_by": None, "done_at": None,
        "verified_by": None, "verified_at": None, "verified_source": "", "former": [],
    }  # fmt: skip
    done: dict[str, Plain] = {
        "contact_details": {"state": "done", "value": "41234567", "done_at": NOW},
        "bank_and_id": {
            "state": "done", "done_by": "kari", "done_at": NOW, "verified_by": "ola", "verified_at": NOW,
            "verified_source": "participant", "former": [
                was("ola", verified_by_id=None, verified_at=None, verified_source=""),
                was("kari", state="open", done_by_id=None, done_at=None),
            ],
        },
    }  # fmt: skip
    of = template_of(template)
    items = [item.id for item in of.items]
    return {
        "template": template, "template_version": of.version, "content": items, "opened": day(), "opened_by": "kari",
        "closed": None, "reason": "", "former": [],
        "items": [{"item": item, **nothing, **done.get(item, {})} for item in items],
    }  # fmt: skip


def to_do(text: str, ahead: int, *, source: str = "", former: tuple[Plain, ...] = ()) -> Plain:
    """A task that is Ola's."""
    return {
        "text": text, "turn": "ours", "agency": "", "owner": "ola", "due": day(ahead), "state": "open",
        "done_at": None, "source": source, "repeats": "", "entered_at": NOW, "moved_from": None, "former": [*former],
    }  # fmt: skip


def berit() -> Plain:
    """Handed over to Ola with what waits; the call was hers."""
    weekly = WEEKDAYS[(today() + timedelta(days=MEETING_AHEAD)).weekday()]
    meeting = {
        "at": ten(MEETING_AHEAD + 1), "day": day(MEETING_AHEAD + 1), "minutes": 60, "title": "Møte på NAV", "with": "",
        "where": "", "driver": "ola", "worker": "ola", "note": "", "prepared": False, "state": "planned",
        "gone_through": False, "repeats": f"FREQ=WEEKLY;BYDAY={weekly}", "moved_from": ten(MEETING_AHEAD),
        "former": [
            was("ola", at=ten(MEETING_AHEAD), day=day(MEETING_AHEAD), moved_from=None),
            was("kari", worker_id="kari"),
            was("kari", driver_id="kari"),
        ],
    }  # fmt: skip
    timeline = [
        line("handed_over", "kari", **{"from": KARI[1], "to": OLA[1]}),
        line("moved_here", "kari", record="entry", date=day(), reason="Feil person."),
        entry("phone", "kari", outcome="reached", minutes=10, text="Ringte om bolig."),
        both_met(),
        line(FIRST, "kari", phase=1),
    ]
    hand_over = {
        "from_staff": "kari", "to_staff": "ola", "day": day(), "note": "Ring helst om morgenen.", "read_at": NOW,
        "former": [was("ola", read_at=None)],
    }  # fmt: skip
    return person(
        "EX-002", "Berit Aas", "ola", timeline,
        [["kari", "exported", "many"], ["kari", "opened", "responsible"], ["ola", "opened", "working"]],
        appointments=[meeting], hand_overs=[hand_over], former=[was("kari", worker_id="kari")],
        tasks=[to_do("Finne timeplan", TASK_AHEAD, former=(was("kari", owner_id="kari"),))],
        minutes=[{"meeting": "daily", "day": day(), **left()}],
    )  # fmt: skip


def cato() -> Plain:
    """The call that was undone and done again, and the talk that a dropped line cut in two."""
    timeline = [
        entry("talk", "kari", outcome="reached", minutes=30, text="Snakket om framtida."),
        entry("phone", "kari", outcome="reached", minutes=10, text="Vil møtes på fredag."),
        line(FIRST, "kari", phase=1),
    ]
    visits = [["kari", "exported", "responsible"], ["kari", "opened", "responsible"]]
    passed_over = [{"meeting": "daily", "day": day(), **left()}]
    return person("EX-003", "Cato Berg", "kari", timeline, visits, minutes=passed_over)


# ---------------------------------------------------------------------- the whole


def minutes() -> list[Plain]:
    """What was said of Arne in the stand-up."""
    nothing = {"text": "", "for_kind": "", "task": None, "at": NOW, "author": "kari", "former": []}
    return [
        {**nothing, "kind": "note", "text": "Bolig er i boks."},
        {**nothing, "kind": "task", "text": "Hente nøkler", "task": "Hente nøkler"},
        {**nothing, "kind": "heard"},
    ]


def left() -> Plain:
    """The line about somebody whom the stand-up did not come to."""
    return {
        "kind": "left", "text": "", "for_kind": "", "task": None, "at": NOW, "author": "kari", "former": [],
    }  # fmt: skip


def of_everything() -> dict[str, Any]:
    """All sections of the export."""
    team = (("kari", KARI[1], "KN", "team_leader"), ("ola", OLA[1], "OB", "caseworker"),
            ("siv", "Siv Dahl", "SD", "caseworker"))  # fmt: skip
    stand_up = {
        "participant": None, "kind": "daily", "day": day(), "opened_at": NOW, "opened_by": "kari", "present": ["kari"],
        "guests": "", "closed_at": NOW, "closed_by": "kari",
        "minutes": [
            *({"participant": "EX-001", **said} for said in minutes()),
            *({"participant": code, **left()} for code in ("EX-003", "EX-002")),
        ],
        "former": [was("kari", closed_at=None, closed_by_id=None)],
    }  # fmt: skip
    return {
        "staff": [
            {"user": user, "name": name, "initials": initials, "role": role, "active": True}
            for user, name, initials, role in team
        ],
        "participants": [arne(), berit(), cato()],
        "team": {"meetings": [stand_up], "parked": [], "absences": [], "snoozes": []},
    }
