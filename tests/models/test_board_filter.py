"""What the words of the board's filter find, and what is said of them: against what was entered, word by word."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from config import words
from models import board, board_filter
from models.board import BoardQuery
from models.contacts import network, people
from models.participants import participants
from models.phases import phases
from models.restrictions import restrictions
from models.signals import listing as signals
from models.store import Store
from models.team import staff

Session = Callable[[str], Store]
ULLERSMO = "Romerike fengsel, Ullersmo"


@pytest.fixture
def team(store: Store, session: Session) -> dict[str, int]:
    """Six people by name; ola is Ola Sørli, OS, and kari Kari Nordmann, KN."""
    ola = session("ola").actor.staff_id
    kari = store.actor.staff_id
    entered: Mapping[str, Mapping[str, object]] = {
        "Jakob Os": {"worker": kari, "prison": "Ila"},
        "Roselin Bakke": {"worker": kari, "coworker": ola, "prison": ULLERSMO},
        "Per Olafsen": {"worker": kari},
        "Anna Lie": {"worker": ola, "prison": ULLERSMO},
        "Omar Ali": {"worker": None, "prison": "Ila"},
        "Nav Vik": {"worker": ola},
    }
    made = {}
    for name, values in entered.items():
        given, family = name.split(" ")
        made[name] = store.change_now(participants.add, {"given_name": given, "family_name": family, **values})
    return made


def found(store: Store, team: Mapping[str, int], text: str, **how: object) -> set[str]:
    """Whom a filter finds, asked in every way that the board asks."""
    query = BoardQuery(text=text, **how)  # type: ignore[arg-type]
    page = store.ask_now(board.page, query, 0, 100)
    numbers = {card.participant for card in page}
    assert sum(store.ask_now(board.counts, query).values()) == len(page)
    counts = store.ask_now(board.counts, query)
    columns = store.ask_now(board.columns, query, dict.fromkeys(counts, (0, 100)))
    assert {card.participant for column in columns.values() for card in column} == numbers
    for name, number in team.items():
        assert (store.ask_now(board.place, query, number) is not None) == (number in numbers), name
    return {name for name, number in team.items() if number in numbers}


def meant(store: Store, text: str, **how: object) -> list[tuple[str, dict[str, tuple[str, ...]]]]:
    query = BoardQuery(text=text, **how)  # type: ignore[arg-type]
    return [(one.word, dict(one.names)) for one in store.ask_now(board.meanings, query)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Two letters are the beginning of a name at most where they are a colleague's initials; else a part of one.
        ("OS", {"Jakob Os", "Roselin Bakke", "Anna Lie", "Nav Vik"}),
        ("ro", {"Roselin Bakke"}),
        ("ako", {"Jakob Os"}),
        ("kn", {"Jakob Os", "Roselin Bakke", "Per Olafsen"}),
        ("ola", {"Roselin Bakke", "Anna Lie", "Nav Vik", "Per Olafsen"}),
        ("soerli", {"Roselin Bakke", "Anna Lie", "Nav Vik"}),
        ("Ullersmo", {"Roselin Bakke", "Anna Lie"}),
        ("romerike", {"Roselin Bakke", "Anna Lie"}),
        ("ila", {"Jakob Os", "Omar Ali"}),
        ("lersmo", set()),
        ("ullersmo ola", {"Roselin Bakke", "Anna Lie"}),
        ("ullersmo ola bak", {"Roselin Bakke"}),
        ("ullersmo ila", set()),
        ("%", set()),
        ("", {"Jakob Os", "Roselin Bakke", "Per Olafsen", "Anna Lie", "Omar Ali", "Nav Vik"}),
    ],
)
def test_a_word_finds_names_colleagues_and_prisons(
    store: Store, team: dict[str, int], text: str, names: set[str]
) -> None:
    assert found(store, team, text) == names


def test_it_is_said_what_a_word_stands_for(store: Store, team: dict[str, int]) -> None:
    assert meant(store, "OS ullersmo bakke") == [
        ("os", {"worker": ("Ola Sørli",)}),
        ("ullersmo", {"prison": (ULLERSMO,)}),
        ("bakke", {}),
    ]
    assert meant(store, "") == []


def test_an_agency_finds_those_with_a_contact_person_there_today(store: Store, team: dict[str, int]) -> None:
    berit = store.change_now(people.add, {"name": "Berit", "agency": "nav"})
    linked = store.change_now(network.involve, team["Anna Lie"], berit, {"role": "nav_state"})
    assert found(store, team, "nav") == {"Anna Lie", "Nav Vik"}
    assert meant(store, "nav") == [("nav", {"agency": (str(store.programme.agency("nav").name),)})]
    version = store.ask_now(network.involved, team["Anna Lie"])[0].version
    store.change_now(network.uninvolve, linked, version, store.clock.today())
    assert found(store, team, "nav") == {"Nav Vik"}


@pytest.mark.parametrize("word", ["samtykke", "consent", "CONSENTS"])
@pytest.mark.parametrize("whose", ["team", "own"])
def test_a_signal_finds_those_of_whom_it_is_awake(store: Store, team: dict[str, int], word: str, whose: str) -> None:
    worker = store.actor.staff_id if whose == "own" else None
    there = store.ask_now(signals.listing, worker=worker, rule="consents", limit=100)
    names = {line.name for line in there}
    assert names
    assert found(store, team, word, worker=worker) == names
    words.use("nb")
    assert meant(store, word, worker=worker) == [(word.lower(), {"signal": ("Samtykke mangler eller utløper",)})]
    words.use("en")
    assert meant(store, word, worker=worker) == [(word.lower(), {"signal": ("Consent missing or ending",)})]
    # One that is of nobody is not said of anything.
    assert meant(store, "utfasing") == [("utfasing", {})]


@pytest.mark.parametrize(("language", "word"), [("nb", "samtykker"), ("en", "consents")])
def test_the_family_of_a_signal_finds_all_of_it(store: Store, team: dict[str, int], language: str, word: str) -> None:
    words.use(language)
    there = store.ask_now(signals.listing, rule="consent", limit=100)
    assert there
    assert found(store, team, word) == {line.name for line in there}


def test_whoever_types_a_name_looks_for_no_signal(store: Store, team: dict[str, int]) -> None:
    for word, name in (("samt", "Samtir Ali"), ("miss", "Missy Lie")):
        assert meant(store, word)[0][1]
        given, family = name.split(" ")
        team = {**team, name: store.change_now(participants.add, {"given_name": given, "family_name": family})}
        assert meant(store, word) == [(word, {})]
        assert found(store, team, word) == {name}


def test_nobody_who_is_phased_out_has_a_signal(store: Store, team: dict[str, int]) -> None:
    (span,) = store.ask_now(phases.of, team["Anna Lie"])
    store.change_now(phases.end, span.id, span.version, store.clock.today())
    assert found(store, team, "ullersmo", closed=True) == {"Anna Lie"}
    assert found(store, team, "ullersmo") == {"Roselin Bakke"}
    assert found(store, team, "samtykke", closed=True) == set()
    assert meant(store, "samtykke", closed=True) == [("samtykke", {})]


def test_what_is_kept_of_a_filter_follows_every_change(store: Store, session: Session, team: dict[str, int]) -> None:
    other = session("ola")
    assert found(store, team, "ullersmo ola") == {"Roselin Bakke", "Anna Lie"}
    anna = store.ask_now(participants.file_of, team["Anna Lie"])
    other.change_now(participants.change, team["Anna Lie"], anna.version, {"prison": "Ullersmo ny"})
    assert meant(store, "ullersmo ola")[0] == ("ullersmo", {"prison": (ULLERSMO, "Ullersmo ny")})
    store.change_now(staff.rename, "ola", "Olga Sørli")
    assert found(store, team, "ullersmo ola") == set()
    assert found(store, team, "ullersmo olga") == {"Roselin Bakke", "Anna Lie"}


def test_nothing_is_told_of_whom_one_does_not_see(store: Store, session: Session, team: dict[str, int]) -> None:
    lise = session("lise")
    hidden = store.change_now(
        participants.add, {"given_name": "Kanari", "prison": "Kanarifengsel", "worker": store.actor.staff_id}
    )
    contact = store.change_now(people.add, {"name": "Berit", "agency": "police"})
    store.change_now(network.involve, hidden, contact, {"role": "police_contact"})
    seen = lise.ask_now(board_filter.understood, "kanarifengsel")
    assert seen.meanings[0].names
    store.change_now(restrictions.restrict, hidden, {"may_see": (), "reason": "Trussel"})
    team = {**team, "Kanari": hidden}
    for text in ("kanari", "kanarifengsel", "politi", "police", "kn", "samtykke"):
        assert "Kanari" in found(store, team, text), text
        assert "Kanari" not in found(lise, team, text), text
        assert "kanari" not in repr(meant(lise, text)[0][1]).casefold(), text
