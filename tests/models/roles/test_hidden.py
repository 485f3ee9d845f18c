"""Of a hidden participant nothing is there: in no table, no search, no export, no number, and nothing is written."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models import board, timeline
from models.contacts import people, register, team_list
from models.contacts.register import PeopleQuery
from models.examination.whole import examine
from models.export import whole as export
from models.hand_overs import hand_overs
from models.meetings import monthly
from models.participants import participants
from models.restrictions import restrictions
from models.restrictions.restrictions import RestrictionError
from models.roles.hidden import ABOUT_NOBODY, hidden_from, links, shadowed
from models.roles.rights import READER, NotAllowed
from models.search import queries as search
from models.search.index import SOURCES
from models.signals import listing
from models.storage import audit, drafts, undo
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.store import Store
from models.tables import KEPT, Entry, Meeting, MeetingItem, Participant, Record, Restriction, Staff
from models.team import workload
from tests.models.case_sample import Hands, examined, note_now, rows
from tests.models.roles.canaries import CANARY, enter, tables, whole_row

Session = Callable[[str], Store]
UNWRITTEN = ("draft", "checklist_lapse", "visit")
"""Tables in which the canaries have no row by themselves."""
REASON = "Kjenner en i teamet"
Made = dict[type[Record], int]


@pytest.fixture
def seen(store: Store) -> Made:
    """Somebody whom everybody sees, in whose rows the same words stand, but for the canary."""
    return store.change_now(enter, "EX-001", "spurv", store.actor.staff_id)


@pytest.fixture
def hidden(store: Store, seen: Made) -> Made:
    """Somebody whom ola and lise do not see, of whom every table tells."""
    made = store.change_now(enter, "EX-002", CANARY, store.actor.staff_id)
    store.change_now(restrictions.restrict, made[Participant], {"may_see": (), "reason": f"{CANARY} grunn"})
    return made


@pytest.fixture
def ola(session: Session, hidden: Made) -> Store:
    return session("ola")


def whole(reading: Reading, table: str) -> list[tuple[Any, ...]]:
    return reading.sql(f'SELECT * FROM "{table}"')


# ---------------------------------------------------------------------- what is read


def test_every_table_is_known_to_be_about_somebody_or_nobody(store: Store) -> None:
    """A new table stands in neither until somebody has thought of it, or its links say whom it is about."""
    own = {"seal", "schema_step"}
    assert tables(store) - own == set(shadowed()) | ABOUT_NOBODY
    assert not set(shadowed()) & ABOUT_NOBODY
    for table in tables(store):
        columns = {column for _id, column, *_rest in rows(store, f'PRAGMA table_info("{table}")')}
        assert table in shadowed() or not columns & {"participant_id", "participant"}, table
        referred = {parent for _id, _seq, parent, *_rest in rows(store, f'PRAGMA foreign_key_list("{table}")')}
        assert table in shadowed() or not referred & set(links()), table
    assert {source.table for source in SOURCES} <= set(links()) | ABOUT_NOBODY


@pytest.mark.parametrize("table", sorted(shadowed()))
def test_no_table_tells_of_a_hidden_participant(store: Store, ola: Store, hidden: Made, table: str) -> None:
    there, theirs = store.ask_now(whole, table), ola.ask_now(whole, table)
    assert set(map(repr, theirs)) <= set(map(repr, there))
    assert CANARY not in repr(theirs)
    assert "EX-002" not in repr(theirs)
    assert len(theirs) < len(there) or table in UNWRITTEN
    # The other one is there as before; of the audit, what changed one alone.
    assert theirs or table in ("restriction", *UNWRITTEN)


def test_who_sees_them_sees_all_and_pays_nothing(store: Store, session: Session, hidden: Made) -> None:
    for user in ("kari", "per"):
        theirs = store if user == "kari" else session(user)
        assert CANARY in repr(theirs.ask_now(whole, "entry"))
        assert theirs._narrow._database is None


@pytest.mark.parametrize(
    "count",
    [
        "SELECT count(*) FROM card", "SELECT count(*) FROM entry", "SELECT count(DISTINCT participant_id) FROM consent",
        "SELECT count(*) FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id",
        "SELECT count(*) FROM staff s LEFT JOIN participant p ON p.worker_id = s.id WHERE p.id IS NOT NULL",
    ],
)  # fmt: skip
def test_a_number_is_as_if_they_were_not_there(store: Store, ola: Store, count: str) -> None:
    assert store.ask_now(Reading.value, count) == 2
    assert ola.ask_now(Reading.value, count) == 1


def test_what_hangs_on_their_meeting_is_hidden_with_it(store: Store, ola: Store, hidden: Made) -> None:
    @action("test_hidden.line")
    def line(work: Work) -> int:
        return work.insert(MeetingItem, meeting=hidden[Meeting], kind="note", text="løs linje", at=1)

    number = store.change_now(line)
    assert ola.ask_now(Reading.value, "SELECT 1 FROM meeting_item WHERE id = ?", [number]) is None
    assert ola.ask_now(search.find, "løs linje") == []


def test_the_audit_tells_nothing_of_them(store: Store, ola: Store, hidden: Made, seen: Made) -> None:
    store.witness_now("export.json EX-002")
    store.witness_now("export.json EX-001")
    acts = {act for (act,) in ola.ask_now(Reading.sql, "SELECT action FROM audit")}
    assert "export.json EX-001" in acts
    assert not acts & {"export.json EX-002", "restrictions.restrict"}
    assert ola.ask_now(audit.history, "entry", hidden[Entry]) == []
    assert ola.ask_now(audit.history, "entry", seen[Entry]) != []

    @action("test_hidden.gone")
    def gone(work: Work) -> None:
        work.remove(Entry, hidden[Entry], None)

    store.change_now(gone)
    assert CANARY not in repr(ola.ask_now(whole, "change"))
    assert ola.ask_now(audit.history, "entry", hidden[Entry]) == []


def test_search_finds_them_by_nothing(store: Store, ola: Store, hidden: Made) -> None:
    for text in (CANARY, f"{CANARY} entry", "EX-002", f"{CANARY}sen {CANARY}", "kana", "rettet"):
        assert CANARY not in repr(ola.ask_now(search.find, text)), text
        assert store.ask_now(search.find, text), text
    assert len(ola.ask_now(search.find, "rettet", 200)) < len(store.ask_now(search.find, "rettet", 200))
    assert ola.ask_now(search.find, "spurv")


@pytest.mark.parametrize("many", [30, 700])
def test_they_take_no_place_in_a_search_from_whom_it_finds(
    store: Store, ola: Store, hidden: Made, seen: Made, many: int
) -> None:
    """Newer and more of the hidden one's than a search looks through."""

    @action("test_hidden.many")
    def fill(work: Work) -> None:
        row = whole_row(Entry, {Participant: hidden[Participant]}, "elgtur")
        work.insert_many(Entry, [row] * many)

    store.change_now(timeline.record, seen[Participant], {"kind": "note", "text": "elgtur i skogen"})
    store.change_now(fill)
    assert [hit.participant for hit in ola.ask_now(search.find, "elgtur", 10)] == [seen[Participant]]
    assert [hit.participant for hit in ola.ask_now(search.find, "spurv elgtur", 10)] == [seen[Participant]]


def test_every_query_there_is_tells_nothing(ola: Store, hidden: Made, seen: Made) -> None:
    """What screens, papers and exports ask, asked as somebody who does not see them."""
    day, contacts = date(2026, 11, 1), ola.ask_now(register.counts, PeopleQuery())
    answers = [
        ola.ask_now(board.counts, board.BoardQuery()), ola.ask_now(board.page, board.BoardQuery(), 0, 50),
        ola.ask_now(board.page, board.BoardQuery(text="kana"), 0, 50), ola.ask_now(workload.workload),
        ola.ask_now(listing.severities), ola.ask_now(listing.survey),
        ola.ask_now(team_list.team_list, 0, 50), ola.ask_now(team_list.count),
        ola.ask_now(register.find, PeopleQuery(), contacts, 0, 50), ola.ask_now(monthly.figures, day),
        ola.ask_now(hand_overs.latest), ola.ask_now(export.codes), ola.ask_now(export.team_wide),
        ola.ask_now(export.participant, seen[Participant]), ola.ask_now(export.heading),
        ola.ask_now(restrictions.everybody), ola.ask_now(restrictions.unnoted),
    ]  # fmt: skip
    text = json.dumps(answers, default=repr, ensure_ascii=False)
    assert "spurv" in text
    assert CANARY not in text
    assert "EX-002" not in text


def test_who_asks_for_them_by_number_is_told_that_nobody_is_there(ola: Store, hidden: Made) -> None:
    with pytest.raises(participants.ParticipantError):
        ola.ask_now(participants.file_of, hidden[Participant])
    with pytest.raises(participants.ParticipantError):
        ola.ask_now(export.participant, hidden[Participant])
    assert ola.ask_now(board.card, hidden[Participant]) is None


def test_a_contact_of_theirs_alone_is_hidden_and_a_shared_one_is_not(
    store: Store, ola: Store, hidden: Made, seen: Made
) -> None:
    theirs = next(number for model, number in hidden.items() if model._meta.table_name == "contact")
    assert ola.ask_now(Reading.value, "SELECT 1 FROM contact WHERE id = ?", [theirs]) is None
    rows(store, "UPDATE involvement SET contact_id = ? WHERE participant_id = ?", theirs, seen[Participant])
    assert ola.ask_now(Reading.value, "SELECT 1 FROM contact WHERE id = ?", [theirs]) == 1


def test_an_unfinished_form_is_hidden_with_whom_it_is_about(store: Store, ola: Store, hidden: Made, seen: Made) -> None:
    for one in (hidden, seen):
        note_now(ola, drafts.keep, "record", one[Participant], {"text": "halvt"}, one[Participant])
    assert [kept.subject for kept in ola.ask_now(drafts.kept)] == [seen[Participant]]


def test_the_vault_is_examined_whole_by_whoever_does_it(ola: Store, hidden: Made) -> None:
    found = ola.examine_now(examine, ola._audit_key)
    assert [flaw for flaw in found.flaws if flaw.where.startswith(("audit", "search", "links"))] == []


def test_their_own_export_tells_who_may_see_them_and_who_opened_them(
    store: Store, session: Session, hidden: Made
) -> None:
    ola = session("ola")
    ola.change_now(restrictions.open_, "EX-002", REASON)
    found = store.ask_now(restrictions.of, hidden[Participant])
    assert found is not None
    store.change_now(restrictions.change, hidden[Participant], found.version, {"may_see": (ola.actor.staff_id,)})
    told = store.ask_now(export.participant, hidden[Participant])
    assert [(one["may_see"], one["by"], one["lifted"]) for one in told["restrictions"]] == [(["ola"], "kari", None)]
    assert [one["values"] for one in told["restrictions"][0]["former"]] == [{"may_see": ""}]
    assert [(one["staff"], one["reason"]) for one in told["openings"]][-1] == ("ola", REASON)


def test_the_access_log_of_theirs_is_hidden_too(store: Store, ola: Store, hidden: Made, seen: Made) -> None:
    for one in (hidden, seen):
        values = (one[Participant], "2026-11-22", "opened", "", "")
        rows(store, "INSERT INTO visit (at, participant, day, kind, relation, mac) VALUES (1, ?, ?, ?, ?, ?)", *values)
    assert len(store.ask_now(whole, "visit")) == 2
    assert [row[4] for row in ola.ask_now(whole, "visit")] == [seen[Participant]]


# ---------------------------------------------------------------------- what is written


@pytest.mark.parametrize(
    "model", [one for one in KEPT if str(one._meta.table_name) in links()], ids=lambda one: one._meta.table_name
)
def test_nothing_is_written_about_a_hidden_participant(
    store: Store, ola: Store, hidden: Made, model: type[Record]
) -> None:
    number = hidden.get(model) or store.ask_now(Reading.value, f"SELECT id FROM {model._meta.table_name}")
    about = {one: row for one, row in hidden.items() if one is not Staff}

    @action("test_hidden.insert")
    def insert(work: Work) -> None:
        work.insert(model, **whole_row(model, about, "ny"))

    @action("test_hidden.update")
    def update(work: Work) -> None:
        work.update(model, number, 77, **{model._meta.sorted_fields[-1].name: None})

    @action("test_hidden.remove")
    def remove(work: Work) -> None:
        work.remove(model, number, None)

    before = rows(store, "SELECT count(*) FROM audit")
    for change in (insert, update, remove)[model is Participant :]:
        with pytest.raises(NotAllowed, match="restricted to some colleagues"):
            ola.change_now(change)
    assert rows(store, "SELECT count(*) FROM audit") == before


def test_what_concerns_everybody_reaches_them_too(store: Store, ola: Store, hidden: Made) -> None:
    """A contact person who leaves has left for all; who does not see one of them is told of the others alone."""
    contact = next(number for model, number in hidden.items() if model._meta.table_name == "contact")
    rows(store, "UPDATE involvement SET contact_id = ?", contact)
    assert ola.change_now(people.leave, contact, 2) == 1
    assert rows(store, "SELECT count(*) FROM involvement WHERE until IS NULL") == [(0,)]


def test_a_whole_caseload_is_handed_over_as_far_as_it_is_seen(
    store: Store, session: Session, ola: Store, hidden: Made
) -> None:
    rows(store, "UPDATE card SET phase = 2")
    assert ola.change_now(hand_overs.hand_over_all, store.actor.staff_id, ola.actor.staff_id, "x") == 1
    assert rows(store, "SELECT worker_id FROM participant WHERE code = 'EX-002'") == [(store.actor.staff_id,)]


def test_ones_own_change_is_not_undone_once_they_are_hidden(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    ola.change_now(timeline.record, person, {"kind": "note", "text": "x"})
    store.change_now(restrictions.restrict, person, {"may_see": (), "reason": REASON})
    with pytest.raises((NotAllowed, undo.NothingToUndo)):
        ola.change_now(undo.undo)


# ---------------------------------------------------------------------- who sees whom, and when


def test_the_named_see_them_and_it_takes_effect_at_the_next_look(store: Store, session: Session, person: int) -> None:
    ola, lise = session("ola"), session("lise")

    def see(of: Store) -> bool:
        return of.ask_now(board.card, person) is not None

    assert see(ola)
    assert see(lise)
    store.change_now(restrictions.restrict, person, {"may_see": (ola.actor.staff_id,), "reason": REASON})
    assert see(ola)
    assert not see(lise)
    found = store.ask_now(restrictions.of, person)
    assert found is not None
    store.change_now(restrictions.change, person, found.version, {"may_see": (lise.actor.staff_id,)})
    assert not see(ola)
    assert see(lise)
    with pytest.raises(NotAllowed):
        ola.change_now(timeline.record, person, {"kind": "note", "text": "x"})
    store.change_now(restrictions.lift, person)
    assert see(ola)
    assert see(lise)
    assert examined(store).flaws == ()


def test_signals_that_were_kept_forget_who_is_hidden(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    assert sum(ola.ask_now(listing.severities).values())
    store.change_now(restrictions.restrict, person, {"may_see": (), "reason": REASON})
    assert not sum(ola.ask_now(listing.severities).values())


def test_only_a_leader_restricts_and_lifts(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    values = {"may_see": (ola.actor.staff_id,), "reason": REASON}
    with pytest.raises(NotAllowed, match="Only a team leader"):
        ola.change_now(restrictions.restrict, person, values)
    with pytest.raises(RestrictionError, match=r"^Reason: "):
        store.change_now(restrictions.restrict, person, {"may_see": (), "reason": " "})
    store.change_now(restrictions.restrict, person, values)
    with pytest.raises(RestrictionError, match="already"):
        store.change_now(restrictions.restrict, person, values)
    for change, further in ((restrictions.lift, ()), (restrictions.change, (1, {"may_see": ()}))):
        with pytest.raises(NotAllowed, match="Only a team leader"):
            ola.change_now(change, person, *further)
    assert store.ask_now(restrictions.proposed, person) == (store.actor.staff_id,)


def test_who_becomes_responsible_may_see_them_if_a_leader_says_so(store: Store, session: Session, person: int) -> None:
    ola, lise = session("ola"), session("lise")
    store.change_now(restrictions.restrict, person, {"may_see": (ola.actor.staff_id,), "reason": REASON})
    version = ola.ask_now(participants.file_of, person).version
    with pytest.raises(NotAllowed, match="Lise Berg may not see"):
        ola.change_now(participants.change, person, version, {"coworker": lise.actor.staff_id})
    store.change_now(participants.change, person, version, {"coworker": lise.actor.staff_id})
    assert lise.ask_now(board.card, person) is not None


# ---------------------------------------------------------------------- with a reason


@pytest.mark.parametrize("user", ["ola", "lise"])
def test_whoever_has_the_code_opens_them_with_a_reason_for_the_day(
    store: Store, session: Session, hands: Hands, hidden: Made, user: str
) -> None:
    theirs, per = session(user), session("per")
    number = hidden[Participant]
    assert theirs.ask_now(restrictions.hidden_code, " ex-002 ") == "EX-002"
    assert theirs.ask_now(restrictions.hidden_code, "EX-00") == ""
    with pytest.raises(RestrictionError, match=r"^Reason: "):
        theirs.change_now(restrictions.open_, "EX-002", " ")
    for code in ("EX-001", "EX-00", "", CANARY):
        with pytest.raises(RestrictionError, match="no restricted participant's code"):
            theirs.change_now(restrictions.open_, code, REASON)
    assert theirs.ask_now(board.card, number) is None
    assert theirs.change_now(restrictions.open_, "ex-002", REASON) == number
    assert theirs.ask_now(board.card, number) is not None
    opened = per.ask_now(restrictions.unnoted)[0]
    assert (opened.participant, opened.who, opened.reason) == (number, theirs.actor.name, REASON)
    assert theirs.ask_now(restrictions.unnoted) == []
    with pytest.raises(undo.NothingToUndo):
        theirs.ask_now(undo.undoable, rows(store, "SELECT max(seq) - 1 FROM audit")[0][0])
    assert [act for (act,) in rows(store, "SELECT action FROM audit ORDER BY seq DESC LIMIT 1")] == [
        "restrictions.open"
    ]
    if user == "lise":
        with pytest.raises(NotAllowed, match="read access only"):
            theirs.change_now(timeline.record, number, {"kind": "note", "text": "x"})
    hands.move(hours=13, minutes=59)
    assert theirs.ask_now(board.card, number) is not None
    hands.move(minutes=2)
    assert theirs.ask_now(board.card, number) is None
    before = per.ask_now(restrictions.unnoted_count)
    per.change_now(restrictions.note, opened.id, opened.version)
    assert per.ask_now(restrictions.unnoted_count) == before - 1


def test_an_opening_is_for_whoever_opened_and_a_number_is_no_part_of_another(
    session: Session, store: Store, ola: Store, hidden: Made
) -> None:
    number = hidden[Participant]
    session("lise").change_now(restrictions.open_, "EX-002", "Ringte fra sykehuset")
    assert ola.ask_now(board.card, number) is None
    store.change_now(named, "12 31")
    today = store.clock.today().isoformat()

    def sees(staff: int) -> bool:
        return number not in store._now(lambda: hidden_from(store._database, READER, staff, today))

    # Lise is 3, and has opened them.
    assert [staff for staff in (1, 2, 3, 12, 23, 31) if sees(staff)] == [3, 12, 31]


def test_another_who_is_hidden_takes_the_place_of_one_who_was(
    store: Store, ola: Store, hidden: Made, seen: Made
) -> None:
    assert ola.ask_now(board.card, hidden[Participant]) is None
    store.change_now(restrictions.lift, hidden[Participant])
    store.change_now(restrictions.restrict, seen[Participant], {"may_see": (), "reason": "Bytte"})
    assert ola.ask_now(board.card, hidden[Participant]) is not None
    assert ola.ask_now(board.card, seen[Participant]) is None


@action("test_hidden.named")
def named(work: Work, may_see: str) -> None:
    (number,) = work.sql("SELECT id FROM restriction WHERE lifted IS NULL")[0]
    work.update(Restriction, number, None, may_see=may_see)


def test_the_doors_exceptions_are_these() -> None:
    """What may write past restrictions is known by name."""
    root = Path(inspect.getfile(Work)).parents[1]
    users = {
        str(path.relative_to(root)): path.read_text(encoding="utf-8").count("past_restrictions():")
        for path in root.rglob("*.py")
        if "past_restrictions():" in path.read_text(encoding="utf-8")
    }
    assert users == {
        "contacts/people.py": 2, "meetings/meetings.py": 1, "restrictions/restrictions.py": 1, "store/store.py": 1,
    }  # fmt: skip
