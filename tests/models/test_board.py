"""The board against a plain reckoning over random caseloads: counts, windows, order, places, filter, workload."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import board, followers, timeline
from models.board import SORTS, BoardCard, BoardQuery
from models.participants import participants
from models.phases import phases
from models.phases.numbers import AFTER_RELEASE, INTAKE, PHASE_OUT
from models.phases.release import INSIDE, outside
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.store import Store
from models.team import workload
from models.values.text import fold, sort_key

Session = Callable[[str], Store]
FAR = date(9999, 12, 31)
TEXTS = [
    "", "å", "haak", "BJOERN", "ex-0", "moe", "zara moe", "%", "_", "\\", "finnes ikke", "ase", "kn", "OS moe", "ola",
    "ullersmo", "ila kari", "fengs ola zara",
]  # fmt: skip
NAMES = ["Åse", "Aase", "Håkon", "Bjørn", "Ægir", "Zara", "Per", "", "100%_sikker", "Ola-Per"]

person = st.fixed_dictionaries(
    {
        "given_name": st.sampled_from(NAMES),
        "family_name": st.sampled_from(["Sæthre", "Moe", "Østby", "", "moe"]),
        "release_date": st.none() | st.dates(date(2026, 10, 1), date(2027, 6, 1)),
        "prison": st.sampled_from(["", "Ila", "Romerike fengsel, Ullersmo"]),
        "worker": st.integers(0, 2),
        "coworker": st.integers(0, 2),
        "phase": st.integers(1, 6),
        "second": st.none() | st.integers(1, 6),
        "closed": st.booleans(),
        "began": st.integers(0, 40),
        "contacts": st.lists(st.tuples(st.integers(0, 900), st.booleans()), max_size=3),
    }
)


class Undone(Exception):
    """Rolls a tried caseload back."""


def overlaps(one: dict[str, Any]) -> bool:
    """Whether a second phase begins beside the first; out of prison nothing of before goes on."""
    first, second = one["phase"], one["second"]
    return second not in (None, first) and not (first <= 3 and second in (4, 5))


def is_history(one: dict[str, Any], today: date) -> bool:
    """Whether the release lies behind a return: inside again, or in the programme that was left."""
    first, second, release = one["phase"], one["second"], one["release_date"]
    if not overlaps(one) or release is None:
        return False
    if second in INSIDE:
        return (outside(first) or first == PHASE_OUT) and release <= today
    return first == PHASE_OUT and second in (INTAKE, AFTER_RELEASE) and release <= today - timedelta(days=one["began"])


def enter(work: Work, one: dict[str, Any], staff: list[int | None]) -> int:
    names = ("given_name", "family_name", "release_date", "prison")
    values = {**{name: one[name] for name in names}, "worker": staff[one["worker"]], "coworker": staff[one["coworker"]]}
    began = work.today - timedelta(days=one["began"])
    number = participants.add(work, values, began, one["phase"])
    if overlaps(one):
        phases.begin(work, number, one["second"], work.today)
    if one["closed"]:
        for span in phases.of(work, number):
            phases.end(work, span.id, span.version, work.today)
    for hours, reached in one["contacts"]:
        outcome = "reached" if reached else "attempted"
        at = work.clock.seconds() - hours * 3600
        timeline.record(work, number, {"kind": "phone", "outcome": outcome, "at": at})
    return number


def reckoned(
    work: Work, numbers: list[int], people: list[dict[str, Any]], staff: list[int | None]
) -> list[dict[str, Any]]:
    """What each card should say, from what was entered."""
    cards = []
    for number, one in zip(numbers, people, strict=True):
        began = work.today - timedelta(days=one["began"])
        spans = [(began, one["phase"])]
        if overlaps(one):
            spans.append((work.today, one["second"]))
        lasting = [] if one["closed"] else sorted(spans)
        contacts = [hours for hours, reached in one["contacts"] if reached]
        code = f"EX-{number:03d}"
        cards.append(
            {
                "participant": number,
                "code": work.value("SELECT code FROM participant WHERE id = ?", [number]),
                "name": f"{one['given_name']} {one['family_name']}".strip(),
                "phase": lasting[-1][1] if lasting else 0,
                "began": lasting[-1][0] if lasting else None,
                "release": None if is_history(one, work.today) else one["release_date"],
                "contact": work.clock.seconds() - min(contacts) * 3600 if contacts else 0,
                "worker": staff[one["worker"]],
                "coworker": staff[one["coworker"]],
                "prison": one["prison"],
                "whose": {one["worker"], one["coworker"]} - {0},
                "family_first": f"{one['family_name']} {one['given_name']}".strip() or code,
            }
        )
    for card in cards:
        card["family_first"] = card["family_first"] if card["name"] else card["code"]
    return cards


def fits(card: dict[str, Any], word: str) -> bool:
    """Whether a word of the filter finds a card; colleagues are Kari Nordmann, KN, and Ola Sørli, OS, as 1 and 2."""
    name = f" {fold(card['name'])} {fold(card['code'])}"
    initials = {"kn": 1, "os": 2}.get(word)
    workers = {1: "kari nordmann", 2: "ola sorli"}
    if (f" {word}" if initials else word) in name:
        return True
    if initials:
        return initials in card["whose"]
    if len(word) < 3:
        return False
    begins = lambda text: f" {word}" in f" {fold(text)}"  # noqa: E731
    return begins(card["prison"]) or any(begins(workers[number]) for number in card["whose"])


def ordered(cards: list[dict[str, Any]], query: BoardQuery) -> list[dict[str, Any]]:
    key: dict[str, Callable[[dict[str, Any]], Any]] = {
        "release": lambda card: card["release"] or FAR,
        "name": lambda card: sort_key(card["family_first"]),
        "phase_days": lambda card: card["began"] or FAR,
        "contact": lambda card: card["contact"],
    }
    wanted = [
        card
        for card in cards
        if (card["phase"] == 0) is query.closed
        and (query.worker is None or query.worker in (card["worker"], card["coworker"]))
        and all(fits(card, word) for word in fold(query.text).split())
    ]
    return sorted(wanted, key=lambda card: (card["phase"], key[query.sort](card), card["participant"]))


def around(expected: list[dict[str, Any]], plain: dict[str, Any], query: BoardQuery) -> dict[int, int | None]:
    """Who stand before and behind the place that a card would have."""
    both = ordered([*expected, plain], BoardQuery(sort=query.sort, closed=query.closed))
    here = both.index(plain)
    before = both[here - 1]["participant"] if here else None
    behind = both[here + 1]["participant"] if here + 1 < len(both) else None
    return {-1: before, 1: behind}


def agrees(reading: Reading, cards: list[dict[str, Any]], query: BoardQuery, step: int) -> None:
    expected = ordered(cards, query)
    numbers = [card["participant"] for card in expected]
    whole = board.page(reading, query, 0, 1000)
    assert [card.participant for card in whole] == numbers
    for card, plain in zip(whole, expected, strict=True):
        assert (card.code, card.name, card.phase, card.began, card.release, card.worker) == tuple(
            plain[name] for name in ("code", "name", "phase", "began", "release", "worker")
        )
        assert card == board.card(reading, card.participant)
    paged: list[BoardCard] = []
    while part := board.page(reading, query, len(paged), step):
        paged += part
    assert paged == whole
    counts = board.counts(reading, query)
    assert counts == {phase: sum(card.phase == phase for card in whole) for phase in {card.phase for card in whole}}
    windows = dict.fromkeys(range(7), (step - 1, step))
    found = board.columns(reading, query, windows)
    for phase in range(7):
        column = [card for card in whole if card.phase == phase]
        assert board.columns(reading, query, {phase: (0, 1000)}) == {phase: column}
        assert found[phase] == column[step - 1 : 2 * step - 1]
        for position, card in enumerate(column):
            assert board.place(reading, query, card.participant) == (phase, position)
    for position, number in enumerate(numbers):
        for away in (-1, 1, step):
            there = position + away
            expected_neighbour = numbers[there] if 0 <= there < len(numbers) else None
            assert board.neighbour(reading, query, number, away) == expected_neighbour
    for left_out in {card["participant"] for card in cards} - set(numbers):
        assert board.place(reading, query, left_out) is None
        (plain,) = (card for card in cards if card["participant"] == left_out)
        beside = {-1: None, 1: None} if (plain["phase"] == 0) != query.closed else around(expected, plain, query)
        for away, there in beside.items():
            assert board.neighbour(reading, query, left_out, away) == there


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(person, max_size=9),
    sort=st.sampled_from(SORTS),
    text=st.sampled_from(TEXTS),
    closed=st.booleans(),
    mine=st.integers(0, 2),
    step=st.integers(1, 4),
)  # fmt: skip
def test_the_board_is_what_a_plain_reckoning_says(
    team: tuple[Store, list[int | None]],
    people: list[dict[str, Any]],
    sort: str,
    text: str,
    closed: bool,
    mine: int,
    step: int,
) -> None:
    store, staff = team

    @action("test_board.tried")
    def tried(work: Work) -> None:
        numbers = [enter(work, one, staff) for one in people]
        followers.follow(work)
        cards = reckoned(work, numbers, people, staff)
        agrees(work, cards, BoardQuery(staff[mine], sort, text, closed), step)
        carried = {load.staff: load for load in workload.workload(work)}
        for number in staff[1:]:
            assert number is not None
            own = [
                {one["phase"], *([one["second"]] if overlaps(one) else [])}
                for one in people
                if staff[one["worker"]] == number and not one["closed"]
            ]
            assert carried[number].participants == sum(bool(lasting & {2, 3, 4, 5}) for lasting in own)
            assert carried[number].demanding == sum(bool(lasting & {3, 4}) for lasting in own)
        raise Undone

    with pytest.raises(Undone):
        store.change_now(tried)


@pytest.fixture
def team(store: Store, session: Session) -> tuple[Store, list[int | None]]:
    """Kari's store, and nobody, kari and ola by number."""
    return store, [None, store.actor.staff_id, session("ola").actor.staff_id]


def test_workload_names_limits_and_who_is_over(store: Store, session: Session) -> None:
    ola, _reader = session("ola"), session("lise")

    @action("test_board.enter_some")
    def enter_some(work: Work, worker: int, phase: int, many: int) -> None:
        for _number in range(many):
            participants.add(work, {"worker": worker}, None, phase)

    store.change_now(enter_some, ola.actor.staff_id, 3, 6)
    store.change_now(enter_some, ola.actor.staff_id, 2, 6)
    store.change_now(enter_some, store.actor.staff_id, 2, 4)
    loads = store.ask_now(workload.workload)
    assert [(load.initials, load.participants, load.demanding, load.limit, load.over) for load in loads] == [
        ("OS", 12, 6, 12, False),
        ("KN", 4, 0, 4, False),
    ], "most loaded first, and no reader"
    store.change_now(enter_some, store.actor.staff_id, 2, 1)
    store.change_now(enter_some, ola.actor.staff_id, 4, 1)
    assert all(load.over for load in store.ask_now(workload.workload))
    assert [load.staff for load in store.ask_now(workload.workload, [ola.actor.staff_id])] == [ola.actor.staff_id]


def test_a_card_knows_that_its_worker_has_left(store: Store, session: Session) -> None:
    from models.team import staff

    ola = session("ola")
    number = store.change_now(participants.add, {"given_name": "Per", "worker": ola.actor.staff_id})
    one = store.ask_now(board.card, number)
    assert one is not None
    assert (one.worker_initials, [sign.rule for sign in one.signs]) == ("OS", ["consents"])
    store.change_now(staff.leave, "ola")
    one = store.ask_now(board.card, number)
    assert one is not None
    assert [sign.rule for sign in one.signs] == ["no_worker", "consents"]


def test_days_are_derived(store: Store) -> None:
    number = store.change_now(participants.add, {"release_date": date(2026, 12, 1)}, date(2026, 11, 1))
    one = store.ask_now(board.card, number)
    assert one is not None
    assert (one.days_in_phase(date(2026, 11, 22)), one.days_to_release(date(2026, 11, 22))) == (21, 9)
    assert one.days_to_release(date(2026, 12, 3)) == -2
    assert store.ask_now(board.card, 999) is None
    assert store.ask_now(board.columns, BoardQuery(), {}) == {}
