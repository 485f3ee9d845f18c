"""Paper: one document becomes lines or a PDF with the same words; letters are never lost."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from config import words
from config.programme.shapes import Programme
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.checklists.reading import ChecklistError
from models.consents import consents
from models.contacts import network
from models.paper import documents, letters, pdf, plain
from models.paper.document import BOX, TICKED, Column, Document, Fields, Heading, Signatures, Table, Text
from models.paper.documents import NoSuchDocument
from models.participants import participants
from models.store import Store
from tests.models.paper import paper_sample

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\) Tj")


def printed(document: Document, **more: object) -> tuple[pdf.Printed, str]:
    """The PDF without compression, and the text that stands in its content."""
    made = pdf.as_pdf(document, NOW, compress=False, places=more.pop("places", ()))  # type: ignore[arg-type]
    pieces = [re.sub(rb"\\(.)", rb"\1", piece).decode("cp1252") for piece in SHOWN.findall(made.data)]
    return made, " ".join(pieces)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def person(store: Store) -> int:
    return paper_sample.filled(store)


def made(store: Store, kind: str, person: int | None) -> Document:
    return store.ask_now(documents.make, kind, person)


# ---------------------------------------------------------------------- the documents


def test_every_document_is_one_page_blank_and_filled(store: Store, person: int) -> None:
    for kind in documents.kinds(store.programme):
        for who in (None, person):
            document = made(store, kind.id, who)
            paper, text = printed(document)
            assert paper.data.startswith(b"%PDF-")
            # To be filled in by hand, nine parts of life need room to write.
            assert paper.pages == (4 if (kind.id, who) == ("mapping", None) else 1), kind.id
            assert paper.replaced == ()
            assert squeezed(document.title) in squeezed(text)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_blank_one_names_nobody_and_a_filled_one_names_the_participant(
    store: Store, person: int, language: str
) -> None:
    words.use(language)
    for kind in documents.kinds(store.programme):
        _paper, blank = printed(made(store, kind.id, None))
        _paper, filled = printed(made(store, kind.id, person))
        assert "Sæthre" not in blank
        assert "EX-001" not in blank
        assert "Håkon Sæthre-Åsnes" in filled
        assert "EX-001" in filled


def test_the_screen_says_what_the_paper_says(store: Store, person: int) -> None:
    for kind in documents.kinds(store.programme):
        document = made(store, kind.id, person)
        _paper, text = printed(document)
        lines = " ".join(plain.lines(document, 100))
        for part in document.texts():
            for word in part.split():
                assert word in text.replace("\n", " "), (kind.id, word)
                assert word in lines, (kind.id, word)


def test_the_consent_form_holds_every_role_of_the_programme(store: Store, person: int) -> None:
    table = next(block for block in made(store, "consent", None).blocks if isinstance(block, Table))
    roles = [str(role.name) for agency in store.programme.agencies for role in agency.roles if role.consent]
    assert [row[1] for row in table.rows] == roles
    assert [row[0] for row in table.rows if row[0]] == [
        str(agency.name) for agency in store.programme.agencies if any(role.consent for role in agency.roles)
    ]
    assert not any(row[2] or row[3] for row in table.rows)
    text = " ".join(made(store, "consent", None).texts())
    assert "Mandatory at intake: Correctional service, Nav, Lawyer." in text
    assert "Minimum at release: Correctional service, Nav, Probation." in text
    assert "at most 12 months" in text
    assert "never a condition for parole" in text


def test_a_filled_consent_form_says_what_holds_and_leaves_every_box_empty(store: Store, person: int) -> None:
    """A box that was ticked beforehand is no consent; what holds stands beside it in words."""
    weaker = {"agency": "police", "role": "police_contact", "given": date(2026, 11, 2), "only_known": True}
    store.change_now(consents.give, person, weaker)
    table = next(block for block in made(store, "consent", person).blocks if isinstance(block, Table))
    boxes = [place for place, column in enumerate(table.columns) if column.kind == BOX]
    assert [table.columns[place].title for place in boxes] == ["Sharing", "Knowing"]
    assert not any(row[place] for row in table.rows for place in boxes)
    assert [(row[1], row[4], row[5]) for row in table.rows if row[5]] == [
        ("Contact officer", "", "may be shared, until 01.10.2027"),
        ("Municipal caseworker", "", "may be shared, until 01.10.2027"),
        ("Police contact", "", "may know, until 02.11.2027"),
        ("Lawyer", "Kåre Øygard", "may be shared, until 01.10.2027"),
        ("Mother", "Mette Sæthre", "may be shared, until 01.10.2027"),
    ]
    text = " ".join(made(store, "consent", person).texts())
    assert "journal in SOMA" in text
    assert "duty of confidentiality" in text
    assert "Trondheim form" in text


def test_the_cross_agency_form_has_the_rows_of_the_report(store: Store, person: int, programme: Programme) -> None:
    words.use("nb")
    rows = next(block for block in made(store, "cross_consent", None).blocks if isinstance(block, Table)).rows
    assert [row[1] for row in rows] == [
        "Politiet", "Kommunen", "Sykehuset", "Arbeidsgiver *", "Advokat *", "Kriminalomsorgen", "Pårørende *",
        "Andre (spesifiser)",
    ]  # fmt: skip
    # A consent to the GP is none to the hospital, and one to one role is none to the whole agency.
    store.change_now(consents.give, person, {"agency": "health", "role": "gp", "given": date(2026, 11, 2)})
    filled = next(block for block in made(store, "cross_consent", person).blocks if isinstance(block, Table)).rows
    assert not any(row[0] or row[2] for row in filled)
    assert [(row[1], row[3]) for row in filled if row[3]] == [
        ("Advokat *", "Advokat, Kåre Øygard: kan deles, til 01.10.2027"),
        ("Kriminalomsorgen", "Kontaktbetjent: kan deles, til 01.10.2027"),
        ("Pårørende *", "Mor, Mette Sæthre: kan deles, til 01.10.2027"),
    ]
    text = " ".join(made(store, "cross_consent", None).texts())
    for words_of_the_form in ("forvaltningsloven § 13", "sikkerhetsmessige", "innhenter og formidler", "Kopi gitt til"):
        assert words_of_the_form in text


def test_each_checklist_holds_its_items_in_order(store: Store, person: int) -> None:
    for template in store.programme.checklists:
        for who in (None, person):
            tables = [one for one in made(store, f"checklist:{template.id}", who).blocks if isinstance(one, Table)]
            place = 2 if any(item.who for item in template.items) else 1
            assert [row[place] for table in tables for row in table.rows] == [str(item.name) for item in template.items]
            verify = any("Verified" in column.title for column in tables[0].columns)
            assert verify == template.verify


def test_a_checklist_in_use_stands_as_it_is(store: Store, person: int) -> None:
    release = made(store, "checklist:release", person)
    rows = {row[1]: row for block in release.blocks if isinstance(block, Table) for row in block.rows}
    assert rows["Bank account and ID in order"][:3] == (TICKED, "Bank account and ID in order", "KN 22.11.2026")
    assert rows["DPS settled"][0] == ""
    assert rows["DPS settled"][2] == "not relevant: har egen behandler"
    assert rows["New address"][2] == "Østre vei 3, 1255 Oslo"
    assert rows["Contact person at Nav"][2] == "Per Moe 411 11 111"
    assert rows["Housing settled"][0] == rows["Housing settled"][2] == ""
    assert any(isinstance(block, Heading) and block.text == "Measures" for block in release.blocks)


def test_the_appointment_sheet_is_of_what_is_to_come_and_may_have_changed(store: Store, person: int) -> None:
    document = made(store, "appointments", person)
    rows = next(block for block in document.blocks if isinstance(block, Table)).rows
    assert [row[0] for row in rows] == ["Tuesday 24.11.2026 09:00", "Tuesday 01.12.2026 13:00"]
    assert rows[0][1:] == ("Møte med NAV", "Per Moe", "NAV Søndre Nordstrand")
    assert (
        Text("Appointments may have changed since this was made. Ask if you are unsure.", strong=True)
        in document.blocks
    )
    assert "may have changed" in document.foot
    other = store.change_now(participants.add, {"given_name": "Ny"})
    assert Text("Nothing is planned just now.") in made(store, "appointments", other).blocks


def test_the_contact_list_says_whether_a_consent_covers(store: Store, person: int) -> None:
    rows = next(block for block in made(store, "contacts", person).blocks if isinstance(block, Table)).rows
    assert {(row[0], row[1], row[2].split("\n")[0], row[4]) for row in rows} == {
        ("Health", "GP", "Dr. Grønn", "no"),
        ("Nav", "Municipal caseworker", "Per Moe", "01.10.2027"),
        ("Correctional service", "Contact officer", "Åse Bråten", "01.10.2027"),
    }


def test_the_contact_list_knows_whom_a_consent_names_under_another_name(store: Store, person: int) -> None:
    doctor = next(one for one in store.ask_now(network.involved, person) if one.name == "Dr. Grønn")
    given = {"agency": "health", "role": "gp", "given": date(2026, 10, 1), "person": "Gry Grønn"}
    store.change_now(consents.give, person, {**given, "contact": doctor.contact})
    rows = next(block for block in made(store, "contacts", person).blocks if isinstance(block, Table)).rows
    assert [row[4] for row in rows if row[1] == "GP"] == ["01.10.2027"]


def test_a_checklist_of_which_only_some_items_say_who_keeps_its_columns(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    nav = store.programme.checklist("nav")
    assert nav is not None
    first, *others = nav.groups[0].items
    group = replace(nav.groups[0], items=(replace(first, who=""), *others))
    mixed = replace(store.programme, checklists=(replace(nav, groups=(group, *nav.groups[1:])),))
    monkeypatch.setattr(store, "programme", mixed)
    table = next(block for block in made(store, "checklist:nav", None).blocks if isinstance(block, Table))
    assert [row[2] for row in table.rows] == [str(item.name) for item in group.items]
    assert table.rows[0][1] == ""


def test_the_hand_over_note_holds_goals_and_what_waits(store: Store, person: int) -> None:
    tables = [block for block in made(store, "hand_over", person).blocks if isinstance(block, Table)]
    housing = next(row for row in tables[0].rows if row[0] == "Housing")
    assert housing == ("Housing", "“Bo et sted der ungene kan sove over”", "Kommunal bolig (Nav, sent 05.10.2026)")
    assert len(tables[0].rows) == len(store.programme.choices["domain"])
    assert not any(row[1] or row[2] for row in made_rows(store, None))


def made_rows(store: Store, person: int | None) -> tuple[tuple[str, ...], ...]:
    return next(block for block in made(store, "hand_over", person).blocks if isinstance(block, Table)).rows


@pytest.mark.parametrize(("ahead", "called"), [(-1, "Released"), (0, "Released"), (1, "Release date")])
def test_a_release_to_come_is_not_told_as_one_that_was(store: Store, person: int, ahead: int, called: str) -> None:
    day = store.clock.today() + timedelta(days=ahead)
    version = store.ask_now(participants.file_of, person).version
    store.change_now(participants.change, person, version, {"release_date": day})
    facts = [block for block in made(store, "hand_over", person).blocks if isinstance(block, Fields)]
    dated = f"{day:%d.%m.%Y}"
    assert [name for block in facts for name, value in block.pairs if value == dated][:1] == [called]


def test_what_there_is_none_of_is_said(store: Store, person: int) -> None:
    with pytest.raises(NoSuchDocument):
        made(store, "diploma", person)
    with pytest.raises(ChecklistError):
        made(store, "checklist:none", person)
    with pytest.raises(participants.ParticipantError):
        made(store, "consent", 999)


def test_a_closed_checklist_of_an_older_day_is_still_printed(store: Store, person: int) -> None:
    number = next(line.id for line in store.ask_now(checklist_reading.of, person) if line.template == "release")
    version = store.ask_now(checklist_reading.one, number).version
    store.change_now(checklists.close, number, version, "ute")
    rows = {row[1]: row for block in made(store, "checklist:release", person).blocks if isinstance(block, Table)
            for row in block.rows}  # fmt: skip
    assert rows["Bank account and ID in order"][0] == TICKED


# ---------------------------------------------------------------------- letters


def one_text(text: str) -> Document:
    return Document("Prøve – «x»", "prove", (Text(text),))


def test_norwegian_letters_and_quotation_marks_are_right_without_any_font() -> None:
    paper, text = printed(one_text("Blåbærsyltetøy ÆØÅ “så” – … é ü 25 €"))
    assert "Blåbærsyltetøy ÆØÅ “så” – … é ü 25 €" in text
    assert paper.replaced == ()
    assert b"/FontFile" not in paper.data


def test_other_letters_are_replaced_by_the_nearest_and_remarked_on() -> None:
    paper, text = printed(one_text("Áŋŋel Łukasz Hiền og Жан, Håkon."))
    assert "Ánnel Lukasz Hien og (U+0416)(U+0430)(U+043D), Håkon." in text
    assert paper.replaced == ("Ánnel", "Lukasz", "Hien", "U+0416)(U+0430)(U+043D")
    assert "Some letters cannot be shown in this print; correct by hand: Ánnel, Lukasz" in squeezed(text)


def test_letters_taken_apart_are_put_together_first() -> None:
    paper, text = printed(one_text("A\u030ase"))
    assert "Åse" in text
    assert paper.replaced == ()


def test_a_free_font_of_the_machine_shows_them_where_there_is_one(tmp_path: Path) -> None:
    places = letters.installed()
    if not places:
        pytest.skip("no free font on this machine")
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    paper, _text = printed(one_text("Áŋŋel Łukasz Nguyễn Ωmega"), places=[(broken, broken), *places])
    assert paper.replaced == ()
    assert b"/FontFile" in paper.data
    assert letters.setting(one_text("Håkon"), places).face is None


# ---------------------------------------------------------------------- laying out


def test_a_long_document_goes_over_several_pages_with_its_titles_again() -> None:
    table = Table(
        (Column("", 1, BOX), Column("Punkt", 5), Column("Merknad", 5)),
        tuple((TICKED if number % 2 else "", f"Punkt {number} som tar litt plass", "x") for number in range(150)),
    )
    paper, text = printed(Document("Lang", "lang", (Heading("Del"), table), foot="foten"))
    assert paper.pages > 2
    assert text.count("Merknad") == paper.pages
    assert text.count("foten") == paper.pages
    assert f"1/ {paper.pages}" in text
    assert all(f"Punkt {number} som" in text for number in range(150))


@pytest.mark.parametrize("title", ["Punkt", "Punkt med en lang overskrift som brytes over flere linjer enn to"])
def test_a_heading_never_stands_alone_at_the_foot_of_a_page(title: str) -> None:
    table = Table((Column(title, 1), Column("Merknad", 9)), tuple((f"rad{n}", "x") for n in range(60)))
    for above in range(30, 60):
        paper = pdf.as_pdf(
            Document("Ark", "ark", (*(Text("linje") for _line in range(above)), Heading("Overskrift"), table)), NOW,
            compress=False, places=(),
        )  # fmt: skip
        pages = [list(SHOWN.findall(page)) for page in paper.data.split(b"endstream")]
        (page,) = (page for page in pages if b"Overskrift" in page)
        assert b"rad0" in page, above


def test_any_length_of_text_is_broken_and_lost_nowhere() -> None:
    long = "ord " * 900 + "x" * 400
    paper, text = printed(one_text(long))
    assert text.count("ord") == 900
    assert text.replace(" ", "").count("x" * 50) >= 1
    assert paper.pages >= 1


@pytest.mark.parametrize("language", ["nb", "en"])
def test_no_word_of_a_table_is_broken(store: Store, person: int, language: str) -> None:
    words.use(language)
    for kind in documents.kinds(store.programme):
        for who in (None, person):
            document = made(store, kind.id, who)
            _paper, text = printed(document)
            on_screen = "\n".join(plain.lines(document, 100))
            for table in (block for block in document.blocks if isinstance(block, Table)):
                cells = [column.title for column in table.columns] + [cell for row in table.rows for cell in row]
                for word in {word for cell in cells for word in cell.split() if cell != TICKED}:
                    assert word in text.split(), (kind.id, word)
                    assert word in on_screen.split(), (kind.id, word)


def test_the_properties_name_nobody(store: Store, person: int) -> None:
    paper, _text = printed(made(store, "consent", person))
    properties = b"".join(re.findall(rb"/(?:Title|Author|Subject|Keywords|Creator|Producer) [^\n]*", paper.data))
    assert b"thre" not in properties
    assert b"/Author" not in properties


def test_lines_fit_the_width_asked_for(store: Store, person: int) -> None:
    for kind in documents.kinds(store.programme):
        for width in (30, 60, 100):
            assert all(plain.cells(line) <= width for line in plain.lines(made(store, kind.id, person), width)), kind.id


def test_lines_show_boxes_fields_and_lines_to_write_on() -> None:
    document = Document("Skjema", "skjema", (
        Fields((("Navn", "Åse"), ("Adresse", ""))),
        Table((Column("", 1, BOX), Column("Punkt", 1)), ((TICKED, "a"), ("", "b"))),
        Signatures(("Sted og dato",)),
    ))  # fmt: skip
    text = "\n".join(plain.lines(document, 40))
    assert "Navn:    Åse" in text
    assert "Adresse: ____" in text
    assert "[x] a" in text
    assert "[ ] b" in text
    assert "________________________\nSted og dato" in text


def test_no_date_of_another_day_stands_at_the_foot(store: Store, person: int) -> None:
    assert made(store, "consent", person).foot == "EX/IN · made 22.11.2026 · EX-001"
    assert date(2026, 11, 22) == store.clock.today()


def test_what_shows_nothing_is_left_out_of_print_without_a_remark() -> None:
    paper, text = printed(
        one_text("Anne\u2011Marie null\u200bbredde arbeids\u00adavklaring\ufeff kl.\u202f10\u2009t\u2028ny linje")
    )
    assert "Anne-Marie nullbredde arbeidsavklaring kl. 10 t" in text
    assert "U+" not in text
    assert paper.replaced == ()
