"""An agreement between agencies on paper says all that stands in it, and the agenda what its meeting goes through."""

from __future__ import annotations

from datetime import date

from models.cooperation import agreements
from models.cooperation.agreements import FIELDS, PARTS
from models.paper import agreements as paper
from models.paper import pdf
from models.paper.document import Table
from models.store import Store

DAYS = {"in_force_from": date(2025, 6, 1), "in_force_to": date(2026, 12, 1), "revision_due": date(2026, 11, 30),
        "report_due": date(2026, 12, 5)}  # fmt: skip
CHOSEN = {"state": "active", "meetings_a_year": 3, "party_kind": "named", "network_group": "steering"}


def whole(store: Store) -> int:
    """An agreement with something in every field, and one of everything that belongs to it."""
    texts = {name: CHOSEN.get(name, f"{name} æ") for name in FIELDS} | DAYS
    number = store.change_now(agreements.add, texts)
    for kind, part in PARTS.items():
        values = {name: CHOSEN.get(name, f"{kind} {name} æ") for name in part.fields.labels}
        past = dict.fromkeys({"day", "made", "valid_from", "valid_to"} & values.keys(), date(2026, 10, 1))
        waits = {"decision": "", "decided": None} if kind == "proposal" else {}
        store.change_now(agreements.add_part, kind, number, {**values, **past, **waits})
    return number


def test_everything_that_was_written_stands_on_the_paper_and_it_can_be_printed(store: Store) -> None:
    number = whole(store)
    document = store.ask_now(paper.sheet, number)
    said = "\n".join(document.texts())
    for name in FIELDS:
        wanted = f"{DAYS[name]:%d.%m.%Y}" if name in DAYS else str(CHOSEN.get(name, f"{name} æ"))
        assert wanted.replace("active", "in force") in said, name
    for written in ("party agency æ", "basis text æ", "member name æ", "signature function æ"):
        assert written in said
    assert "01.10.2026" in said
    (parties,) = [one for one in document.blocks if isinstance(one, Table) and len(one.columns) == 4 and one.rows[1:]]
    # Whoever signs is named by the signature, too.
    assert parties.rows == (("party agency æ", "–", "yes", "–"), ("signature agency æ", "–", "–", "yes"))
    assert pdf.as_pdf(document, store.clock.now()).data.startswith(b"%PDF-")


def test_the_agenda_has_proposals_with_recommendation_and_what_is_due(store: Store) -> None:
    document = store.ask_now(paper.agenda, whole(store))
    said = "\n".join(document.texts())
    for wanted in ("proposal text æ", "proposal recommendation æ", "Revision due 30.11.2026", "1 of 3",
                   "Not valid today: basis text æ", "member agency æ"):  # fmt: skip
        assert wanted in said, wanted
