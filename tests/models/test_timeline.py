"""A participant's line of time: pages, months and jumps agree; contact is derived; what was said before stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import board, timeline
from models.participants import participants
from models.phases import phases
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.store import Store
from models.timeline import EntryError, TimelineEntry, TimelineQuery
from models.values.clock import CLOCKS_DIFFER
from models.values.text import TextTooLong
from tests.models.case_sample import Hands, examined, rows

Session = Callable[[str], Store]


def at(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp())  # type: ignore[arg-type, misc]  # year, month, day and so on


# Around midnight in Oslo in winter and summer, both changes of the clock in 2026, a new year, and one moment twice.
EDGES = (
    at(2026, 11, 21, 22, 59, 59), at(2026, 11, 21, 23, 0), at(2026, 7, 14, 21, 59, 59), at(2026, 7, 14, 22, 0),
    at(2026, 3, 28, 22, 59), at(2026, 3, 28, 23, 0), at(2026, 3, 29, 0, 59), at(2026, 3, 29, 1, 0),
    at(2026, 10, 24, 21, 59), at(2026, 10, 24, 22, 0), at(2026, 10, 25, 0, 30), at(2026, 10, 25, 1, 30),
    at(2025, 12, 31, 22, 59), at(2025, 12, 31, 23, 0), at(2026, 7, 14, 22, 0),
)  # fmt: skip
KINDS = ("phone", "note", "visit_mapping")


def record_all(work: Work, person: int, moments: list[tuple[int, str]]) -> None:
    for moment, kind in moments:
        timeline.record(work, person, {"kind": kind, "at": moment, "text": f"{moment}"})


class Undone(Exception):
    """Rolls a tried caseload back."""


def everything_agrees(reading: Reading, person: int, kinds: tuple[str, ...], step: int) -> None:
    query = TimelineQuery(person, kinds)
    whole = timeline.page(reading, query, 0, 10_000)
    assert [(e.at, e.id) for e in whole] == sorted(((e.at, e.id) for e in whole), reverse=True)
    assert not kinds or {e.kind for e in whole} <= set(kinds)
    paged: list[TimelineEntry] = []
    while part := timeline.page(reading, query, len(paged), step):
        paged += part
    assert paged == whole
    months: dict[str, int] = {}
    for entry in whole:
        assert entry.day == reading.clock.local(entry.at).date()
        months[f"{entry.day:%Y-%m}"] = months.get(f"{entry.day:%Y-%m}", 0) + 1
    assert timeline.months(reading, query) == list(months.items()), "newest first, as the pages are"
    assert timeline.before(reading, query, date.max) == 0
    assert timeline.before(reading, query, date.min) == len(whole)
    for position, entry in enumerate(whole):
        assert timeline.position(reading, query, entry.id) == position
        assert timeline.before(reading, query, entry.day) == sum(other.day > entry.day for other in whole)
        assert whole[timeline.before(reading, query, entry.day)].day == entry.day


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moments=st.lists(
        st.tuples(st.sampled_from(EDGES) | st.integers(at(2025, 12, 1), at(2026, 11, 22)), st.sampled_from(KINDS)),
        max_size=14,
    ),
    kinds=st.sampled_from([(), ("phone",), ("note", "visit_mapping"), ("phase_began",)]),
    step=st.integers(1, 4),
)
def test_pages_months_and_jumps_agree(
    store: Store, person: int, moments: list[tuple[int, str]], kinds: tuple[str, ...], step: int
) -> None:
    @action("test_timeline.tried")
    def tried(work: Work) -> None:
        record_all(work, person, moments)
        everything_agrees(work, person, kinds, step)
        raise Undone

    with pytest.raises(Undone):
        store.change_now(tried)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(2026, 11, 21, 22, 59, 59), date(2026, 11, 21)),
        (at(2026, 11, 21, 23, 0), date(2026, 11, 22)),
        (at(2026, 7, 14, 21, 59, 59), date(2026, 7, 14)),
        (at(2026, 7, 14, 22, 0), date(2026, 7, 15)),
    ],
)
def test_the_day_is_the_one_where_the_team_works(
    store: Store, person: int, hands: Hands, moment: int, day: date
) -> None:
    hands.move(days=1)
    entry = store.change_now(timeline.record, person, {"kind": "note", "at": moment})
    assert store.ask_now(timeline.one, entry).day == day
    newer = store.change_now(timeline.correct, entry, 1, {"at": moment + 86_400})
    assert newer == 2
    assert store.ask_now(timeline.one, entry).day > day


@pytest.mark.parametrize(
    ("kind", "outcome", "kept", "contact"),
    [
        ("phone", "reached", "reached", True),
        ("phone", "", "reached", True),
        ("phone", "attempted", "attempted", False),
        ("visit_mapping", "attempted", "attempted", False),
        ("note", "reached", "", False),
        ("note", "", "", False),
        ("event", "attempted", "", False),
    ],
)
def test_an_attempt_is_not_a_contact(
    store: Store, person: int, kind: str, outcome: str, kept: str, contact: bool
) -> None:
    """the guide on law and research: attempted is not reached."""
    entry = store.change_now(timeline.record, person, {"kind": kind, "outcome": outcome})
    assert store.ask_now(timeline.one, entry).outcome == kept
    card = store.ask_now(board.card, person)
    assert card is not None
    assert (card.last_contact is not None) == contact


def test_contact_follows_a_correction(store: Store, person: int) -> None:
    entry = store.change_now(timeline.record, person, {"kind": "phone", "at": at(2026, 11, 20, 9, 0)})

    def last() -> date | None:
        card = store.ask_now(board.card, person)
        assert card is not None
        return card.last_contact

    day = date(2026, 11, 20)
    assert last() == day
    store.change_now(timeline.correct, entry, 1, {"outcome": "attempted"})
    assert last() is None
    store.change_now(timeline.correct, entry, 2, {"kind": "note"})
    assert last() is None
    store.change_now(timeline.correct, entry, 3, {"kind": "talk"})
    assert last() == day
    assert examined(store).flaws == ()


def test_what_has_not_happened_is_refused_but_for_a_few_minutes_of_clock(
    store: Store, person: int, hands: Hands
) -> None:
    now = int(hands().timestamp())
    store.change_now(timeline.record, person, {"kind": "note", "at": now + CLOCKS_DIFFER})
    with pytest.raises(EntryError, match="When: the time is in the future"):
        store.change_now(timeline.record, person, {"kind": "note", "at": now + CLOCKS_DIFFER + 1})
    entry = store.change_now(timeline.record, person, {"kind": "note"})
    with pytest.raises(EntryError, match="future"):
        store.change_now(timeline.correct, entry, 1, {"at": now + CLOCKS_DIFFER + 1})
    assert store.ask_now(timeline.one, entry).at == now


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "Kind: say what it was"),
        ({"kind": ""}, "Kind: say what it was"),
        ({"kind": "phase_began"}, "Kind: phase_began is not one"),
        ({"kind": "unheard"}, "Kind: unheard is not one"),
        ({"kind": "phone", "outcome": "maybe"}, "Outcome: .*not maybe"),
        ({"kind": "phone", "minutes": -1}, "Minutes"),
        ({"kind": "phone", "minutes": 1441}, "Minutes"),
        ({"kind": "phone", "colour": "red"}, "no field called colour"),
        ({"kind": "phone", "author": 2}, "no field called author"),
    ],
)
def test_what_cannot_be_recorded_is_said(store: Store, person: int, values: dict[str, Any], reason: str) -> None:
    with pytest.raises(EntryError, match=reason):
        store.change_now(timeline.record, person, values)
    assert rows(store, "SELECT count(*) FROM entry WHERE kind != 'phase_began'") == [(0,)]


def test_a_text_is_kept_as_typed_up_to_its_limit(store: Store, person: int) -> None:
    text = "\x1b[31mæøå 😀 e\u0301\r\n\tto\x00\u202e" + "x" * 11_900
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": text, "with_whom": " NAV\x07\n "})
    found = store.ask_now(timeline.one, entry)
    assert found.text == "[31mæøå 😀 e\u0301\n\tto" + "x" * 11_900
    assert found.with_whom == "NAV"
    with pytest.raises(TextTooLong, match="Text: 12001"):
        store.change_now(timeline.record, person, {"kind": "note", "text": "x" * 12_001})


def test_a_correction_keeps_what_was_said_before(store: Store, person: int) -> None:
    entry = store.change_now(timeline.record, person, {"kind": "phone", "text": "først", "minutes": 5})
    store.change_now(timeline.correct, entry, 1, {"text": "så", "minutes": None})
    store.change_now(timeline.correct, entry, 2, {"text": "til slutt"})
    assert store.ask_now(timeline.one, entry).text == "til slutt"
    assert [dict(former.values) for former in store.ask_now(timeline.former, entry)] == [
        {"text": "så"},
        {"text": "først", "minutes": 5},
    ]


def test_the_programs_own_lines_are_not_corrected(store: Store, person: int) -> None:
    (line,) = store.ask_now(timeline.page, TimelineQuery(person, ("phase_began",)), 0, 5)
    assert line.detail == {"phase": 1}
    with pytest.raises(EntryError, match="The program wrote this line"):
        store.change_now(timeline.correct, line.id, line.version, {"text": "nei"})
    entry = store.change_now(timeline.record, person, {"kind": "note"})
    with pytest.raises(EntryError, match="Kind"):
        store.change_now(timeline.correct, entry, 1, {"kind": "phase_ended"})


def test_a_kind_the_programme_dropped_can_still_be_corrected(store: Store, person: int) -> None:
    entry = store.change_now(timeline.record, person, {"kind": "note", "text": "x"})
    rows(store, "UPDATE entry SET kind = 'dropped' WHERE id = ?", entry)
    store.change_now(timeline.correct, entry, 1, {"kind": "dropped", "text": "y"})
    assert store.ask_now(timeline.one, entry).text == "y"


def test_topics_wait_oldest_first_until_they_are_taken_up_once(store: Store, person: int, hands: Hands) -> None:
    now = int(hands().timestamp())
    later = store.change_now(timeline.record, person, {"kind": "note", "topic": "gjeld", "at": now})
    first = store.change_now(timeline.record, person, {"kind": "note", "topic": "familie", "at": now - 900})
    assert [entry.id for entry in store.ask_now(timeline.topics, person)] == [first, later]
    hands.move(hours=1)
    store.change_now(timeline.take_up_topic, first)
    hands.move(hours=1)
    store.change_now(timeline.take_up_topic, first)
    assert store.ask_now(timeline.one, first).topic_taken_at == now + 3600
    assert [entry.id for entry in store.ask_now(timeline.topics, person)] == [later]
    card = store.ask_now(board.card, person)
    assert card is not None
    assert card.topics == store.ask_now(participants.file_of, person).topics == 1


def test_kinds_used_and_filter_agree(store: Store, person: int) -> None:
    for kind in ("phone", "phone", "note"):
        store.change_now(timeline.record, person, {"kind": kind})
    used = store.ask_now(timeline.kinds_used, person)
    assert used == [("phone", 2), ("note", 1), ("phase_began", 1)]
    for kind, count in used:
        assert len(store.ask_now(timeline.page, TimelineQuery(person, (kind,)), 0, 9)) == count


def test_a_change_of_worker_or_release_is_told(store: Store, session: Session, person: int) -> None:
    ola = session("ola")
    store.change_now(
        participants.change, person, 1, {"worker": ola.actor.staff_id, "release_date": date(2027, 1, 4), "unit": "A"}
    )
    lines = store.ask_now(timeline.page, TimelineQuery(person, ("worker_changed", "dates_changed")), 0, 9)
    assert [(line.kind, dict(line.detail)) for line in lines] == [
        ("dates_changed", {"field": "release_date", "date": "2027-01-04"}),
        ("worker_changed", {"name": "Ola Sørli"}),
    ]
    for line in lines:
        template = store.programme.kind(line.kind).template
        assert template is not None
        assert "{" not in template.nb.format(**line.detail) + template.en.format(**line.detail)


def test_phases_begin_end_and_overlap(store: Store, person: int, hands: Hands) -> None:
    hands.move(days=30)
    second = store.change_now(phases.begin, person, 2, date(2026, 12, 1), ending=(1,))
    third = store.change_now(phases.begin, person, 3, date(2026, 12, 20), reason="Løslatelse nær")
    spans = {span.phase: span for span in store.ask_now(phases.of, person)}
    assert spans[1].ended == date(2026, 12, 1) == spans[2].began
    assert (spans[2].id, spans[3].id) == (second, third)
    assert spans[2].ended is spans[3].ended is None
    assert (spans[1].days(date(2027, 1, 1)), spans[2].days(date(2026, 12, 21))) == (9, 20)
    assert store.ask_now(participants.open_periods, person) == [2, 3]
    card = store.ask_now(board.card, person)
    assert card is not None
    assert (card.phase, card.also, card.began) == (3, (2,), date(2026, 12, 20))
    for wrong, reason in (
        (lambda: store.change_now(phases.begin, person, 4, date(2026, 12, 23)), "future"),
        (lambda: store.change_now(phases.begin, person, 3, date(2026, 12, 21)), "is open already"),
        (lambda: store.change_now(phases.begin, person, 4, date(2026, 12, 19), ending=(3,)), "before it began"),
        (lambda: store.change_now(phases.end, third, 1, date(2026, 12, 19)), "before it began"),
        (lambda: store.change_now(phases.end, third, 1, date(2026, 12, 23)), "future"),
        (lambda: store.change_now(phases.end, spans[1].id, spans[1].version, date(2026, 12, 2)), "ended already"),
        (lambda: store.change_now(phases.end, 99, 1, date(2026, 12, 2)), "not here any more"),
    ):
        with pytest.raises(phases.PhaseError, match=reason):
            wrong()
    store.change_now(phases.end, third, 1, date(2026, 12, 20))
    assert [
        line.detail["phase"] for line in store.ask_now(timeline.page, TimelineQuery(person, ("phase_ended",)), 0, 9)
    ]
    assert examined(store).flaws == ()
