"""The team's list on paper: everybody with each agency's contact person, as many agencies a table as fit, or codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.contacts import network, people
from models.paper import pdf, plain, team
from models.paper.document import Document, Heading, Table, Text
from models.participants import participants
from models.phases import phases
from models.store import Store
from tests.models.case_sample import examined

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\) Tj")
AGENCIES = ("prison", "nav", "police", "lawyer", "health", "school", "district", "family", "voluntary")


@pytest.fixture
def enter(store: Store) -> Callable[..., int]:
    """Enter a participant with somebody in each of these agencies."""

    def entered(given: str, family: str, *agencies: str, phase: int = 1, release: str = "") -> int:
        values = {"given_name": given, "family_name": family, "worker": 1, "release_kind": release}
        person = store.change_now(participants.add, values)
        if phase != 1:
            store.change_now(phases.begin, person, phase, TODAY, ending=(1,))
        for agency in agencies:
            values = {"name": f"{family} hos {agency}", "agency": agency, "phone": "22055000"}
            contact = store.change_now(people.add, values)
            role = store.programme.agency(agency).roles[0].id
            store.change_now(network.involve, person, contact, {"role": role})
        return person

    return entered


def sheet(store: Store, **how: Any) -> Document:
    return store.ask_now(lambda reading: team.sheet(reading, **how))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def printed(document: Document) -> tuple[int, list[str]]:
    """How many pages, and the lines on them in the order they were set."""
    made = pdf.as_pdf(document, NOW, compress=False, places=())
    return made.pages, [re.sub(rb"\\(.)", rb"\1", piece).decode("cp1252") for piece in SHOWN.findall(made.data)]


def test_everybody_stands_there_with_the_contact_of_each_agency(store: Store, enter: Callable[..., int]) -> None:
    enter("Åse", "Østby", "prison", "nav", phase=3, release="parole")
    enter("Bo", "Aas", "nav")
    document = sheet(store)
    (table,) = tables(document)
    assert [column.title for column in table.columns] == ["Participant", "Correctional service", "Probation", "Nav"]
    assert table.rows == (
        ("Åse Østby\nEX-001 · KN", "Østby hos prison\n22 05 50 00", "missing", "Østby hos nav\n22 05 50 00"),
        ("Bo Aas\nEX-002 · KN", "–", "–", "Aas hos nav\n22 05 50 00"),
    )
    assert Text("2 participants · 22.11.2026") in document.blocks
    assert document.foot == "EX/IN · made 22.11.2026 · The team's list"
    told = next(
        block
        for block in document.blocks
        if isinstance(block, Text) and "No participant has a contact person at" in block.text
    )
    assert "Police" in told.text
    assert "Nav" not in told.text
    assert examined(store).flaws == ()


def test_without_names_there_are_codes_parts_and_no_phones(store: Store, enter: Callable[..., int]) -> None:
    enter("Åse", "Østby", "prison", "nav", phase=3, release="parole")
    enter("Bo", "Berg", "nav")
    document = sheet(store, names=False)
    (table,) = tables(document)
    assert [row[0] for row in table.rows] == ["EX-001 · KN", "EX-002 · KN"], "by code, not in the order of the names"
    assert table.rows[0][1:] == ("Reintegration coordinator", "missing", "Municipal caseworker")
    _pages, lines = printed(document)
    whole = " ".join(lines + plain.lines(document, 100))
    assert "EX-001" in whole
    for hidden in ("Østby", "Berg", "22 05", "22055000"):
        assert hidden not in whole


def test_probation_is_not_missed_where_nobody_is_on_parole(store: Store, enter: Callable[..., int]) -> None:
    enter("Åse", "Østby", "prison", "nav", phase=3)
    (table,) = tables(sheet(store))
    assert [column.title for column in table.columns] == ["Participant", "Correctional service", "Nav"]


def test_a_second_contact_is_counted(store: Store, enter: Callable[..., int]) -> None:
    person = enter("Åse", "Østby", "nav")
    other = store.change_now(people.add, {"name": "Kim", "agency": "nav"})
    store.change_now(network.involve, person, other, {"role": "nav_debt"})
    ((_who, cell),) = tables(sheet(store))[0].rows
    assert cell == "Østby hos nav +1\n22 05 50 00"


@pytest.mark.parametrize(("beside", "sizes"), [(9, [9]), (7, [5, 4]), (4, [3, 3, 3]), (1, [1] * 9), (0, [1] * 9)])
def test_agencies_go_into_as_few_tables_as_hold_them(
    store: Store, enter: Callable[..., int], beside: int, sizes: list[int]
) -> None:
    enter("Åse", "Østby", *AGENCIES)
    document = sheet(store, beside=beside)
    assert [len(table.columns) - 1 for table in tables(document)] == sizes
    shown = [column.title for table in tables(document) for column in table.columns[1:]]
    known = [agency for agency in store.programme.agencies if agency.id in AGENCIES]
    assert shown == [str(agency.name) for agency in known], "each once, in the programme's order"
    assert sum(isinstance(block, Heading) for block in document.blocks) == (len(sizes) if len(sizes) > 1 else 0)


def test_few_fit_on_one_page_and_many_repeat_the_heads_on_each(store: Store, enter: Callable[..., int]) -> None:
    for number in range(3):
        enter("Åse", f"Nr{number}", *AGENCIES[:3])
    pages, lines = printed(sheet(store))
    assert (pages, lines.count("Participant"), "".join(lines).endswith("1/1")) == (1, 1, True)
    for number in range(3, 40):
        enter("Åse", f"Nr{number}", *AGENCIES[:3])
    document = sheet(store)
    pages, lines = printed(document)
    assert pages > 1
    assert lines.count("Participant") == pages
    whole = "".join(lines)
    assert all(f"{number}/{pages}" in whole for number in range(1, pages + 1))
    assert lines.count("EX/IN · made 22.11.2026 · The team's list") == pages
    assert all(sum(line == f"Åse Nr{number}" for line in lines) == 1 for number in range(40)), "nobody twice or lost"


def test_the_sheet_lies_on_its_side(store: Store, enter: Callable[..., int]) -> None:
    enter("Åse", "Østby", "nav")
    made = pdf.as_pdf(sheet(store), NOW, compress=False, places=())
    (box,) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", made.data)
    assert float(box[0]) > float(box[1])


def test_a_list_of_nobody_says_so(store: Store) -> None:
    document = sheet(store)
    assert tables(document) == []
    assert Text("Nobody yet.") in document.blocks
    assert printed(document)[0] == 1


def test_more_than_one_reading_at_a_time_gives_everybody_once(
    store: Store, enter: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team, "AT_ONCE", 3)
    for number in range(7):
        enter("P", f"{number}", "nav")
    assert [row[0].split("\n")[0] for row in tables(sheet(store))[0].rows] == [f"P {number}" for number in range(7)]
