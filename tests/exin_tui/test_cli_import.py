"""Participants from a file: what is read of it, what is refused, and that all of them are entered or nobody."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ExinError
from models.participants import from_csv, participants
from models.storage.reading import Reading
from tests.exin_tui.command_line import NEW_PASSPHRASE, House, build_team, copy

HEADS = "Fornavn;Etternavn;Fødselsdato;Telefon;Hobby\r\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_team(tmp_path_factory.mktemp("built"))


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    return copy(built, tmp_path)


def entered(house: House) -> list[tuple[object, ...]]:
    def everybody(reading: Reading) -> list[tuple[object, ...]]:
        return reading.sql("SELECT given_name, family_name, birth_date, phone, worker_id FROM participant ORDER BY id")

    store = house.store()
    try:
        return [tuple(row) for row in store.ask_now(everybody)][1:]
    finally:
        store.close()


def file(house: House, text: str, encoding: str = "utf-8-sig") -> str:
    path = house.home / "people.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


@pytest.mark.parametrize(("encoding", "between"), [("utf-8-sig", ";"), ("utf-8", ","), ("cp1252", "\t")])
def test_nothing_is_entered_before_it_is_asked_for(house: House, encoding: str, between: str) -> None:
    name = file(
        house, (HEADS + "Bjørn;Ås;1.2.1990;04812345;fiske\r\n;;;;\r\nIda;Moe;;;\r\n").replace(";", between), encoding
    )
    looked = house.signed("import", name)
    assert (looked.returncode, "Hobby → left out" in looked.stdout) == (0, True), looked.stderr
    assert "2 participants can be entered" in looked.stderr
    assert entered(house) == []
    written = house.signed("import", name, "--write")
    assert written.returncode == 0, written.stderr
    assert entered(house) == [("Bjørn", "Ås", "1990-02-01", "04812345", None), ("Ida", "Moe", None, "", None)]
    again = house.signed("import", name, "--write")
    assert again.returncode != 0
    assert "Row 2: EX-002 has this name and birth date. What differs: –." in again.stderr
    assert len(entered(house)) == 2


def test_one_refused_row_keeps_everybody_out_and_says_nothing_of_whom(house: House) -> None:
    rows = "Ida;Moe;;;\r\nBo;Hemmelig;=A1;;\r\nBo;Hemmelig;31.2.1990;;\r\nEli;Ask;1.1.1990;;\r\nEli;Ask;1.1.1990;;\r\n"
    long = "x" * 40_000 + ";Hemmelig;;;\r\n"
    told = house.signed("import", file(house, HEADS + rows + long + "Per;Hemmelig;;;;;x\r\n"), "--write")
    assert told.returncode != 0
    for sentence in (
        "Row 3: Birth date: a formula", "Row 4: Birth date: no date", "Row 6: the same person or code stands in row 5",
        "Row 7: Given name: 40000 characters", "Row 8: there are more cells", "Refused rows: 5. Nobody was entered",
    ):  # fmt: skip
        assert sentence in told.stderr
    assert "Hemmelig" not in told.stderr + told.stdout
    assert entered(house) == []


def test_a_zero_that_a_spreadsheet_took_is_told(house: House) -> None:
    told = house.signed("import", file(house, "Fnr;Fornavn\r\n1019012345;Ida\r\n"))
    assert "ten digits; a spreadsheet may have taken the zero" in told.stderr
    assert "1019012345" not in told.stderr


def test_headings_and_files_that_do_not_fit_are_refused(house: House) -> None:
    for text, sentence in (
        ("Fornavn;First name\r\na;b\r\n", "Column 2: an earlier column has the same heading"),
        ("Hobby;Hobby;Fornavn\r\na;b;c\r\n", "Column 2"),
        ("Hobby\r\na\r\n", "No heading says who"),
        (HEADS, "There is nobody in the file"),
        ("", "No heading"),
        (HEADS + "Ida;Moe;;;\r\n" * 10_001, "at most 10000 rows"),
    ):
        with pytest.raises(from_csv.ImportFault, match=sentence):
            from_csv.parse(text)


def test_a_reader_may_not_and_the_template_is_read_again(house: House) -> None:
    secret = house.secret("new", NEW_PASSPHRASE)
    name = file(house, HEADS + "Ida;Moe;;;\r\n")
    refused = house.run("import", name, "--write", "--user", "lise", "--passphrase-file", secret)
    assert refused.returncode != 0
    assert entered(house) == []
    out = house.home / "new.csv"
    made = house.run("import", "--template", "participants", str(out))
    assert made.returncode == 0, made.stderr
    assert out.read_bytes().startswith("\ufeffCode;Given name;".encode())
    out.write_bytes(out.read_bytes() + b"EX-9;Ida\r\n")
    assert set(from_csv.read(out).fields) == set(from_csv.WORDS)
    assert house.run("import", "--template", "participants", str(out)).returncode != 0


def test_somebody_phased_out_comes_back_instead_of_being_entered_anew(house: House) -> None:
    from models.phases import phases

    store = house.store()
    left = store.change_now(
        participants.add, {"given_name": "Ida", "family_name": "Moe", "birth_date": date(1990, 1, 1)}
    )
    span = store.ask_now(lambda reading: phases.of(reading, left))[0]
    store.change_now(phases.end, span.id, span.version, store.clock.today())
    store.close()
    told = house.signed("import", file(house, HEADS + "Ida;Moe;1.1.1990;40123456;\r\n"), "--write")
    assert "What differs: Phone." in told.stderr
    assert "phased out" in told.stderr
    assert len(entered(house)) == 1


@given(st.text(alphabet=st.sampled_from('Fornavn;,\t\r\n"=Ida1.\x00å'), max_size=60))
def test_whatever_is_in_a_file_only_a_sentence_comes_of_it(text: str) -> None:
    with suppress(ExinError):
        table = from_csv.parse("Fornavn;Fødselsdato\n" + text)
        assert all(len(table.fields) == len(table.headings) and number > 1 for number, _cells in table.rows)
