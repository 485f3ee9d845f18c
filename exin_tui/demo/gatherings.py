"""The demo's professional network: two gatherings held, one to come, members of three agencies; all of it made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from exin_tui.demo import names
from models.gatherings.attendance import GUEST, MANAGER, STABLE, Invited
from models.gatherings.gatherings import HELD, PLANNED, STANDING
from models.gatherings.groups import drawn
from models.storage.work import Work
from models.tables import (
    Attendance,
    Consultation,
    Gathering,
    GatheringTask,
    GatheringTopic,
    Invitation,
    NetworkMember,
    TaskAnswer,
)

_FUNCTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "prison": ("Kontaktbetjent", "Kontaktbetjent", "Sosialkonsulent", "Programleder", "Fengselsjurist"),
    "police": ("Etterforsker", "Etterforsker", "Leder for etterforskning", "Forebygger", "Politijurist"),
    "district": ("Oppfølger", "Ruskonsulent", "Boligkonsulent", "Oppfølger", "Faglig koordinator"),
}
_OF_EACH: Final = 10
_NEWS: Final = "Nytt fra prosjektgruppa"
_COMES: Final = 0.92
_GATHERINGS: Final = (
    # Title, place, kind, weeks from today, topics (title, kind, who presents, from where, minutes), summary.
    (
        "Oppstart: hvem gjør hva", "Tenkemåten fjellstue", "kick_off", -30,
        (
            ("Samarbeid mellom etatene: muligheter og grenser", "subject", "Jurist fra politiet og fra fengselet",
             "internal", 90),
            ("Oppgavene våre overfor målgruppen", "process", "Prosjektgruppa", "internal", 120),
        ),
        "Gruppene la fram hva hver instans gjør. Vi ble enige om ett skjema for samtykke, og at den som først har "
        "kontakt, innhenter det.",
    ),
    (
        "Bolig og endringsmotstand", "Luftslottet konferansehotell", "ordinary", -8,
        (
            ("Å forstå og arbeide med endringsmotstand", "subject", "Psykolog", "external", 120),
            ("Bolig for dem som står lengst unna", "subject", "Boligkontoret og en frivillig organisasjon", "both", 90),
            ("Samtykkeskjemaet prøves ut", "process", "Prosjektgruppa", "internal", 60),
        ),
        "Små enheter og tett oppfølging går igjen i alle gruppene. Prosjektgruppa samler svarene til en uttalelse.",
    ),
    (
        "Angst og rus", "Tenkemåten fjellstue", "ordinary", 3,
        (("Sosial angst og rusmidler", "subject", "Overlege", "external", 120),),
        "",
    ),
)  # fmt: skip
_PREPARATION: Final = "Forbered deg sammen med kolleger i instansen; brukes i gruppene første dag."
_ANSWERS: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    "prison": (
        "Følge opp gjennom hele soningen, og forberede løslatelsen sammen med dem ute.", "Å se at noen lykkes.",
        "Faste kontaktbetjenter, og at det som var før soningen, fortsetter.",
        "Vi vet hvem vi skal ringe.", "Turnus gjør det vanskelig å møtes.",
    ),
    "police": (
        "Forebygge ny kriminalitet, og være en kjent person også på gode dager.", "Å slippe å møte de samme igjen.",
        "Rask reaksjon, og at noen kommer når det skjer.",
        "Færre misforståelser om hva andre gjør.", "Taushetsplikten tolkes ulikt.",
    ),
    "district": (
        "Bolig, økonomi og hverdag, og å holde sammen trådene.", "Tilliten som bygges over tid.",
        "Bolig først, og én person som følger hele veien.",
        "Felles plan for den enkelte.", "Ventetid på behandling og bolig.",
    ),
}  # fmt: skip
_SENT: Final = ("Utvalget for rus og bolig", "Uttalelse om ventetid", "Lang ventetid på behandling og bolig gir nytt "
                "rusbruk. Små boenheter med oppfølging hele døgnet bør prøves.")  # fmt: skip


def enter(work: Work, today: date, leader: int, questions: tuple[str, ...]) -> None:
    """Write the network; the same date gives the same, however many participants there are."""
    chance = Random("gatherings")
    members = _members(work, today, chance)
    standing: int | None = None
    for number, (title, place, kind, weeks, topics, summary) in enumerate(_GATHERINGS, 1):
        day = today + timedelta(weeks=weeks)
        # Gatherings begin on a Tuesday.
        day += timedelta(days=(1 - day.weekday()) % 7)
        gathering = work.insert(
            Gathering, number=number, title=title, place=place, first=day, last=day + timedelta(days=1),
            overnight=True, gathering_kind=kind, responsible=leader, state=HELD if weeks < 0 else PLANNED,
            summary=summary, draws=1,
        )  # fmt: skip
        news = {"title": _NEWS, "topic_kind": STANDING, "presenters": "Prosjektgruppa", "minutes": 30}
        rows = [{"gathering": gathering, "place": 0, "series": standing, **news}]
        rows += [
            {"gathering": gathering, "place": at, "title": what, "topic_kind": how, "presenters": who,
             "presenter": home, "minutes": minutes}
            for at, (what, how, who, home, minutes) in enumerate(topics, 1)
        ]  # fmt: skip
        first = work.insert_many(GatheringTopic, rows)[0]
        standing = standing or first
        ids = work.insert_many(Invitation, _invited(work, gathering, members))
        if weeks < 0:
            _attend(work, gathering, ids, (day, day + timedelta(days=1)), chance)
        _tasks(work, gathering, day, questions, answered=weeks < 0 and kind == "kick_off")
    to, about, text = _SENT
    held = gathering - 1
    sent = today - timedelta(weeks=5)
    work.insert(Consultation, gathering=held, sent=sent, recipient=to, title=about, text=text)


def _members(work: Work, today: date, chance: Random) -> dict[int, dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for agency, functions in _FUNCTIONS.items():
        for place in range(_OF_EACH):
            one = names.person(chance, today)
            rows.append({
                "name": f"{one.given_name} {one.family_name}", "agency": agency, "stable": True,
                "function": functions[place % len(functions)], "since": today - timedelta(weeks=40),
            })  # fmt: skip
    return dict(zip(work.insert_many(NetworkMember, rows), rows, strict=True))


def _attend(work: Work, gathering: int, invited: list[int], days: tuple[date, ...], chance: Random) -> None:
    rows = []
    for one in invited:
        comes = chance.random() < _COMES
        for day in days:
            for half in (1, 2):
                here = comes and chance.random() < _COMES
                rows.append({"gathering": gathering, "invitation": one, "day": day, "half": half, "came": here})
    work.insert_many(Attendance, rows)


def _invited(work: Work, gathering: int, members: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The members with the mixed group each is drawn into, a guest and a manager."""
    people = [
        Invited(row, 1, gathering, row, one["name"], one["agency"], STABLE, None, (), ())
        for row, one in members.items()
    ]
    groups = drawn(people, max(1, round(len(people) / work.programme.limits.group_size)), f"{gathering}:1")
    return [
        *(
            {"gathering": gathering, "member": one.member, "name": one.name, "agency": one.agency, "part": one.part,
             "group_number": groups[one.id]}
            for one in people
        ),
        {"gathering": gathering, "name": "Siv Påfunn", "part": GUEST},
        {"gathering": gathering, "name": "Terje Liksom", "agency": "prison", "part": MANAGER},
    ]  # fmt: skip


def _tasks(work: Work, gathering: int, day: date, questions: tuple[str, ...], *, answered: bool) -> None:
    before = {"task_when": "before", "text": _PREPARATION, "task_whom": "agency", "questions": "\n".join(questions)}
    task = work.insert(
        GatheringTask, gathering=gathering, split=len(questions), due=day - timedelta(days=3),
        done=day if answered else None, **before,
    )  # fmt: skip
    if answered:
        rows = [
            {"task": task, "question": number, "agency": agency, "answer": answer}
            for agency, (*texts, _obstacle) in _ANSWERS.items()
            for number, answer in enumerate(texts, 1)
        ]
        for row in rows:
            if row["question"] == len(questions):
                row["obstacle"] = _ANSWERS[str(row["agency"])][-1]
        work.insert_many(TaskAnswer, rows)
    work.insert(
        GatheringTask, gathering=gathering, task_when="during", task_whom="group",
        text="Drøft en sak: hvem gjør hva den første uka ute?",
    )  # fmt: skip
