"""The summary of a phase-out on paper: the steps of its reason, who was told, and every former way out."""

from __future__ import annotations

from datetime import date

from models.paper import documents
from models.phase_outs import phase_outs
from models.store import Store

TODAY = date(2026, 11, 22)


def texts(store: Store, participant: int | None) -> str:
    return "\n".join(store.ask_now(documents.make, "phase_out", participant).texts())


def left(store: Store, person: int) -> int:
    """A way out that is open, with somebody who is told."""
    number = store.change_now(phase_outs.begin, person, "own_wish", TODAY, "vil klare seg selv")
    told = store.change_now(phase_outs.add_partner, number, "nav", "nav_municipal", "Tor Berg")
    store.change_now(phase_outs.tell, told, TODAY, "Telefon", 1, ground="participant_present")
    store.change_now(phase_outs.add_partner, number, "police", "police_contact", "")
    store.change_now(phase_outs.talk, number, None, TODAY)
    return int(number)


def test_the_reason_its_steps_and_who_was_told_stand_there(store: Store, person: int) -> None:
    number = left(store, person)
    said = texts(store, person)
    for words in ("Håkon Sæthre", "vil klare seg selv", "Tor Berg", "Telefon", "22.11.2026"):
        assert words in said, words
    ending = next(one for one in store.programme.method.endings if one.id == "own_wish")
    assert {str(ending.name), str(ending.tell), str(ending.participant)} <= set(said.split("\n"))
    assert "not told" in said or "ikke varslet" in said
    store.change_now(phase_outs.close, number, None, "Gikk fint, ringer selv", "Politiet varsles på mandag")
    said = texts(store, person)
    assert "Gikk fint, ringer selv" in said
    assert "Politiet varsles på mandag" in said


def test_a_way_out_before_the_last_stands_below_it(store: Store, person: int) -> None:
    first = left(store, person)
    store.change_now(phase_outs.close, first, None, "Den første gangen", "Ikke alle er varslet")
    store.change_now(phase_outs.come_back, first, None, TODAY, 4, "Ny adresse")
    store.change_now(phase_outs.begin, person, "independence", TODAY)
    said = texts(store, person)
    independence = next(one for one in store.programme.method.endings if one.id == "independence")
    assert said.index(str(independence.name)) < said.index("Den første gangen") < said.index("Ny adresse")


def test_without_anybody_or_a_way_out_it_is_a_blank(store: Store, person: int) -> None:
    for whom in (None, person):
        made = store.ask_now(documents.make, "phase_out", whom)
        assert any(type(block).__name__ == "Table" for block in made.blocks)
        assert "22.11.2026" not in "\n".join(made.texts()).replace(made.foot, "")
