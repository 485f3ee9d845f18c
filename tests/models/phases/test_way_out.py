"""When somebody comes out: a decided day, else a parole that is granted, else the full term, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.programme.shapes import Programme
from models import board
from models.checklists import open_items
from models.checklists import reading as checklist_reading
from models.checklists.open_items import OpenQuery
from models.participants import participants
from models.phases import phases, way_out
from models.phases.phases import PhaseError
from models.phases.way_out import DECIDED, FULL_TERM, PAROLE, UNTIMED, WayOut
from models.plans import agenda
from models.plans.agenda import AgendaQuery
from models.reviews import brief as review_brief
from models.reviews import reviews
from models.signals import listing as signals
from models.store import Store
from models.team import forecast
from models.values.clock import Clock
from models.vault import sealed
from tests.models.case_sample import examined, rows

TODAY = date(2026, 11, 22)
NEAR = TODAY + timedelta(days=20)
FAR = TODAY + timedelta(days=400)
Enter = Callable[..., int]


@pytest.fixture
def enter(store: Store) -> Enter:
    """Enter somebody in a phase; `values` are more of the record."""

    def entered(phase: int = 2, **values: Any) -> int:
        return store.change_now(participants.add, {"stays": "in_prison", **values}, TODAY - timedelta(days=90), phase)

    return entered


RELEASED: dict[str, Any] = {"release_date": NEAR, "full_term_date": FAR}
GRANTED: dict[str, Any] = {"parole_decision": "granted", "two_thirds_date": NEAR, "full_term_date": FAR}


@pytest.mark.parametrize(
    ("phase", "values", "expected"),
    [
        (2, {}, WayOut()),
        (2, {"full_term_date": FAR}, WayOut(FAR, FULL_TERM)),
        (2, {"full_term_date": FAR, "two_thirds_date": NEAR}, WayOut(FAR, FULL_TERM)),
        (2, GRANTED, WayOut(NEAR, PAROLE)),
        (3, GRANTED | {"parole_decided": NEAR + timedelta(days=3)}, WayOut(NEAR + timedelta(days=3), PAROLE)),
        (2, GRANTED | {"parole_decision": "refused"}, WayOut(FAR, FULL_TERM)),
        # Out of order: no parole begins when the sentence is over.
        (2, GRANTED | {"full_term_date": NEAR}, WayOut(NEAR, FULL_TERM)),
        (2, GRANTED | {"full_term_date": None}, WayOut(NEAR, PAROLE)),
        (2, GRANTED | {"release_date": NEAR - timedelta(days=1)}, WayOut(NEAR - timedelta(days=1), DECIDED)),
        (2, RELEASED | {"sentence_kind": "remand"}, WayOut(NEAR, DECIDED)),
        (2, {"full_term_date": FAR, "sentence_kind": "remand"}, WayOut(None, UNTIMED)),
        (2, {"full_term_date": FAR, "sentence_kind": "community"}, WayOut(None, UNTIMED)),
        (2, GRANTED | {"sentence_kind": "preventive_detention"}, WayOut(FAR, FULL_TERM)),
        (2, GRANTED | {"sentence_kind": "subsidiary"}, WayOut(FAR, FULL_TERM)),
        # A candidate in custody, one in a halfway house, and one who is out.
        (1, {"full_term_date": FAR}, WayOut(FAR, FULL_TERM)),
        (1, {"full_term_date": FAR, "stays": "halfway_house"}, WayOut(FAR, FULL_TERM)),
        (1, {"full_term_date": FAR, "stays": "own_home"}, WayOut()),
        # Whoever is out has the day of release that is known, and never the end of the sentence for one.
        (4, {"full_term_date": FAR}, WayOut()),
        (5, RELEASED | {"release_date": TODAY}, WayOut(TODAY, DECIDED)),
        (6, GRANTED, WayOut()),
    ],
)
def test_the_one_answer(store: Store, enter: Enter, phase: int, values: dict[str, Any], expected: WayOut) -> None:
    person = enter(phase, **values)
    file = store.ask_now(participants.file_of, person)
    assert store.ask_now(way_out.of, person) == file.way_out == expected
    card = store.ask_now(board.card, person)
    assert card is not None
    assert (card.release, card.basis) == (expected.day, expected.basis)


def test_everybody_who_asks_is_told_the_full_term(store: Store, enter: Enter) -> None:
    """Nothing but the full-term date is known: signals, list, agenda, forecast, brief and sorting rest on it."""
    person = enter(2, full_term_date=NEAR, security_level="high")
    signs = {sign.rule: sign for sign in store.ask_now(signals.of, person)}
    assert signs["release_unprepared"].severity == 3
    assert "full term" in signs["release_unprepared"].reason
    assert "release" in {one.template for one in store.ask_now(checklist_reading.of, person) if one.id}
    lines = store.ask_now(open_items.page, OpenQuery(), 0, 9)
    assert {line.release for line in lines} == {WayOut(NEAR, FULL_TERM)}
    query = AgendaQuery(participant=person)
    items = store.ask_now(agenda.page, query, store.ask_now(agenda.groups, query), 0, 99)
    assert [(one.day, one.kind_told) for one in items if one.kind == "release"] == [
        (NEAR, "full term, out at the latest")
    ]
    assert store.ask_now(forecast.workload, 1)[1].releases == 1
    review = store.change_now(reviews.begin, person, "2_3")
    sentence = store.ask_now(review_brief.known_of, review).brief.sentence
    assert (sentence.release, sentence.basis, sentence.days_to_release) == (NEAR, FULL_TERM, 20)
    earlier = enter(2, full_term_date=NEAR - timedelta(days=1))
    assert [one.participant for one in store.ask_now(board.page, board.BoardQuery(), 0, 9)] == [earlier, person]


def test_the_full_term_that_is_reached_is_a_release_nobody_noted(store: Store, enter: Enter) -> None:
    person = enter(2, full_term_date=TODAY)
    signs = {sign.rule: sign.severity for sign in store.ask_now(signals.of, person)}
    assert signs["released_unmoved"] == 3


def test_a_release_before_the_sentence_is_refused_wherever_one_is_made(store: Store, enter: Enter) -> None:
    person = enter(2, sentence_start=TODAY - timedelta(days=10))
    with pytest.raises(PhaseError, match="before the sentence began"):
        store.change_now(phases.begin, person, 4, TODAY - timedelta(days=11), ending=(2,))
    store.change_now(phases.begin, person, 4, TODAY - timedelta(days=10), ending=(2,))


RAW = re.compile(r"release_date|full_term_date|two_thirds_date|parole_decided")
READ_BY = {
    "config/programme/shapes.py": "the facts a checklist may hold",
    "models/tables/case.py": "the columns",
    "models/phases/way_out.py": "the one answer",
    "models/phases/release.py": "writes the day of a release, and asks whether one is known to be written",
    "models/participants/participants.py": "the fields, what contradicts itself among them, and two thirds",
    "models/participants/from_csv.py": "the columns of a file",
    "models/cards/upkeep.py": "two thirds, for parole that was not applied for",
    "models/plans/first_weeks.py": "follows the day of a release that is moved",
    "models/examination/rules.py": "whether a release that is history ended after it began",
    "models/export/sections.py": "the releases that are history, by their day",
    "models/reviews/brief.py": "full term and two thirds beside the answer; the share served",
    "screens/participant/form.py": "the form",
    "screens/participant/head.py": "full term and two thirds on the ribbon beside the answer",
    "screens/intake/candidates.py": "the referral form",
    "screens/plans/agenda.py": "leads to the field",
    "screens/frame/places.py": "leads to the field",
    "screens/phases/list.py": "what the record's day becomes",
    "screens/reviews/fields.py": "what the record's day becomes",
}


def test_nobody_else_reads_the_raw_dates() -> None:
    root = Path(way_out.__file__).parents[2]
    found = {
        str(path.relative_to(root))
        for floor in ("config", "models", "screens", "exin_tui")
        for path in (root / floor).rglob("*.py")
        if RAW.search(path.read_text(encoding="utf-8")) and not {"steps", "demo"} & set(path.parts)
    }
    assert found == set(READ_BY), "a reading of its own: ask models.phases.way_out"


def test_a_vault_of_before_is_brought_along(
    store: Store, enter: Enter, vault_folder: Path, clock: Clock, programme: Programme, passphrase: str
) -> None:
    """Whoever was released to an institution stays there; everybody gets the answer, and the audit holds."""
    treated = enter(4, release_date=TODAY, release_kind="transfer_treatment", stays="unknown")
    housed = enter(4, release_date=TODAY, release_kind="transfer_treatment", stays="own_home")
    inside = enter(2, full_term_date=NEAR)
    for statement in (
        "ALTER TABLE participant DROP COLUMN sentence_kind", "ALTER TABLE card DROP COLUMN release_basis",
        "ALTER TABLE card DROP COLUMN parole_key", "ALTER TABLE card DROP COLUMN sentence_days",
        "UPDATE card SET release_key = '9999-12-31'",
        "DELETE FROM schema_step WHERE name LIKE '0012%'", "PRAGMA user_version = 11",
    ):  # fmt: skip
        rows(store, statement)
    store.close()
    with closing(Store(sealed.unlock(vault_folder, "kari", passphrase), clock, programme)) as again:
        again.open()
        assert rows(again, "PRAGMA user_version") == [(12,)]
        found = {
            row: (kind, stays) for row, kind, stays in rows(again, "SELECT id, release_kind, stays FROM participant")
        }
        assert (found[treated], found[housed]) == (("", "institution"), ("", "own_home"))
        card = again.ask_now(board.card, inside)
        assert card is not None
        assert (card.release, card.basis) == (NEAR, FULL_TERM)
        unheld = [flaw for flaw in examined(again).flaws if not flaw.where.startswith(("participant", "schema"))]
        assert unheld == []
