"""A vault whose indexes, cards and register were folded by an earlier rule: everybody is found."""

from __future__ import annotations

from collections.abc import Callable

from models import timeline
from models.contacts import people, register
from models.contacts.register import PeopleQuery
from models.participants import participants
from models.schema import SCHEMA_VERSION
from models.schema.carrying import carried
from models.search import queries as search
from models.store import Store
from tests.models.case_sample import examined, rows


def found(store: Store, text: str) -> list[tuple[int, int | None, int | None]]:
    return [(hit.participant, hit.entry, hit.contact) for hit in store.ask_now(search.find, text)]


def test_what_was_folded_by_an_earlier_rule_is_drawn_anew(store: Store, session: Callable[[str], Store]) -> None:
    person = store.change_now(
        participants.add,
        {"given_name": "Paste\u00adhyphen", "family_name": "Koeen", "phone": "900 00 001"},
    )
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "arbeids\u00adavklarings\u00adpenger"})
    contact = store.change_now(people.add, {"name": "Berit Mo\u00ade", "agency": "nav", "phone": "22 05 50 00 (mor)"})
    wanted = ("pastehyphen", "koeen", "90000001", "arbeidsavklaringspenger", "berit moe")
    before = [found(store, text) for text in wanted]
    assert before == [
        [(person, None, None)], [(person, None, None)], [(person, None, None)], [(person, entry, None)],
        [(0, None, contact)],
    ]  # fmt: skip
    for index in ("people_search", "entry_search"):
        rows(store, f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    rows(store, "INSERT INTO people_search (rowid, name, body) VALUES (?, 'paste hyphen', '900 00 001')", person)
    rows(store, "UPDATE card SET folded = ' paste hyphen '")

    def as_before() -> None:
        with carried(store._database, "contact"):
            store._database.execute_sql("UPDATE contact SET name_key = 'x', folded = ' berit mo e '")

    store._now(as_before)
    rows(store, "UPDATE seal SET value = '9' WHERE key = 'drawn'")
    store.close()
    again = session("kari")
    assert rows(again, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert [found(again, text) for text in wanted] == before
    assert again.ask_now(register.counts, PeopleQuery("berit moe")) == [("nav", 1)]
    assert examined(again).flaws == ()
    assert rows(again, "SELECT folded FROM card") == [(" pastehyphen kon ex-001",)]
