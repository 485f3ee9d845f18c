"""A network of thirty-five from three agencies, with a gathering held and one to come; the names are made up."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from models.gatherings import attendance, consultations, gatherings, members, tasks, topics
from models.store import Store

GIVEN = ("Anne", "Bjørn", "Cecilie", "Dag", "Eva", "Frode", "Grete", "Harald", "Ida", "Jon", "Kari", "Lars")
FAMILY = ("Aas", "Berg", "Dahl", "Eide", "Foss", "Haug", "Lie", "Moe", "Nes", "Ruud", "Strand", "Vik")
FUNCTIONS = {"prison": "Kontaktbetjent", "police": "Etterforsker", "district": "Oppfølger"}
SIZES = {"prison": 13, "police": 12, "district": 10}
HELD, COMING = (date(2026, 9, 1), date(2026, 9, 2)), (date(2026, 12, 1), date(2026, 12, 2))


class Network(Struct, frozen=True):
    """The numbers of the two gatherings."""

    held: int
    coming: int


def join_all(store: Store) -> None:
    """Take the thirty-five in."""
    number = 0
    for agency, size in SIZES.items():
        for _place in range(size):
            name = f"{GIVEN[number % 12]} {FAMILY[(number // 12 + number) % 12]}"
            values = {"name": name, "agency": agency, "function": FUNCTIONS[agency], "stable": True}
            store.change_now(members.add, {**values, "since": date(2026, 1, 1)})
            number += 1


def enter(store: Store) -> Network:
    """A gathering in September with programme, attendance and answers, and one in December."""
    join_all(store)
    held = store.change_now(
        gatherings.add,
        {"title": "Bolig for målgruppen", "place": "Jægtvolden", "first": HELD[0], "last": HELD[1], "overnight": True,
         "responsible": 1, "summary": "Vi ble enige om ett skjema for samtykke."},
    )  # fmt: skip
    for values in (
        {"title": "Nytt fra prosjektgruppa", "topic_kind": "standing", "minutes": 30},
        {"title": "Bolig og oppfølging", "topic_kind": "subject", "presenters": "En leder fra et boligprosjekt",
         "presenter": "external", "minutes": 90},
        {"title": "Samtykkeskjemaet prøves ut", "topic_kind": "process", "agency": "prison", "minutes": 60},
    ):  # fmt: skip
        store.change_now(topics.add, held, values)
    store.change_now(attendance.invite_all, held)
    store.change_now(attendance.add_guest, held, {"name": "Nina Sand", "part": "guest"})
    store.change_now(attendance.add_guest, held, {"name": "Per Hol", "agency": "police", "part": "manager"})
    people = store.ask_now(attendance.of, held)
    for day in HELD:
        for half in (1, 2):
            for one in people[:3]:
                store.change_now(attendance.mark, one.id, day, half, False)
            store.change_now(attendance.all_came, held, day, half)
    task = store.change_now(
        tasks.add, held,
        {"text": "Forbered med kolleger", "task_whom": "agency", "questions": "Hvilke oppgaver har vi?\nHva motiverer?"
         "\nHva bidrar til endring?\nFordeler og hindringer i samarbeidet?", "split": 4, "due": date(2026, 8, 28)},
    )  # fmt: skip
    for agency, answer in (
        ("prison", "Å holde kontakten gjennom soningen, og forberede løslatelsen i god tid sammen med dem ute."),
        ("police", "Å stanse ny kriminalitet, og kjenne folk ved navn."), ("district", "Bolig, økonomi og hverdag."),
    ):  # fmt: skip
        store.change_now(tasks.write, task, {"question": 1, "agency": agency, "answer": answer})
    both = {"answer": "Raskere avklaringer", "obstacle": "Taushetsplikten tolkes ulikt"}
    store.change_now(tasks.write, task, {"question": 4, "agency": "prison", **both})
    store.change_now(
        consultations.add, held,
        {"recipient": "Utvalget for rusreform", "title": "Ventetid og bolig", "sent": date(2026, 9, 20),
         "text": "Ventetid er tid til ny rus."},
    )  # fmt: skip
    coming = store.change_now(
        gatherings.add, {"title": "Endringsmotstand", "place": "Tydal", "first": COMING[0], "last": COMING[1]}
    )
    return Network(held, coming)
