"""A phase review on paper: one page, what was said and decided, the same words on the screen."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.paper import pdf, plain
from models.paper import review as sheet
from models.paper.document import Document, Fields, Table
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.store import Store
from tests.models.paper import paper_sample

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SAID = {
    "room": "Bror har et rom til januar.\nNAV er med.", "limits": "Ingen jobb før BankID er i orden",
    "specific": "Utrygg i sentrum", "readiness": "Vil begynne nå", "own_view": "«Jeg vil hjem til ungene»",
}  # fmt: skip


@pytest.fixture
def review(store: Store) -> int:
    person = paper_sample.filled(store)
    # The sample begins in intake; preparing begins from there.
    number = store.change_now(reviews.begin, person, "2_3")
    for prompt, text in SAID.items():
        store.change_now(reviews.answer, number, prompt, text, None)
    return number


def seal(store: Store, review: int) -> None:
    version = store.ask_now(review_reading.file_of, review).line.version
    store.change_now(
        reviews.decide, review, version, "move", reason="Friomsorgen møtes 25.11", present="Kari, Ola",
        tasks=[("Ringe friomsorgen", 1, date(2026, 11, 25))],
    )  # fmt: skip
    store.change_now(reviews.add_note, review, "Mor ringte etterpå")


def text_of(document: Document) -> str:
    return "\n".join(plain.lines(document, 100))


def test_a_sealed_review_says_what_was_known_said_decided_and_added(store: Store, review: int) -> None:
    seal(store, review)
    document = store.ask_now(sheet.review, review)
    text = text_of(document)
    for part in (
        "Phase review: 2 → 3 In prison to before release", "Håkon Sæthre-Åsnes", "What was known 22.11.2026",
        "full term 01.03.2027", "Nav, Kommunal bolig (48 days)", "Bror har et rom til januar.",
        "Jeg vil hjem til ungene", "Move on",
        "Friomsorgen møtes 25.11", "Ringe friomsorgen", "25.11.2026", "Kari, Ola", "22.11.2026 10:00 KN",
        "Mor ringte etterpå",
    ):  # fmt: skip
        assert part in text, part
    assert "Probation: Consent was never given." in text
    assert "Security level" not in text  # nobody answered that prompt
    assert "____" not in text
    paper = pdf.as_pdf(document, NOW)
    assert (paper.pages, paper.replaced) == (1, ())


def test_one_that_is_not_sealed_is_a_sheet_to_write_on(store: Store, review: int) -> None:
    document = store.ask_now(sheet.review, review)
    text = text_of(document)
    assert "Not sealed" in text
    assert "Security level and time" in text
    assert "Utrygg i sentrum" in text
    said = next(block for block in document.blocks if isinstance(block, Fields) and block.pairs[0][0] == "Decision")
    assert dict(said.pairs)["Decision"] == ""
    assert dict(said.pairs)["Reason"] == ""
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert table.rows == (("",) * 4,) * 2
    assert pdf.as_pdf(document, NOW).pages == 1


def test_a_long_one_goes_on_over_the_page_and_nothing_is_lost(store: Store, review: int) -> None:
    long = " ".join(f"ord{number}" for number in range(900))
    store.change_now(reviews.answer, review, "security", long, None)
    document = store.ask_now(sheet.review, review)
    assert pdf.as_pdf(document, NOW).pages > 1
    assert long in " ".join(document.texts())
