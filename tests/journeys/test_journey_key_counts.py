"""How many keys everyday work takes, counted in the real program at 80x24; `docs/method.md` shows the same table.

Each task begins on the board with the mark on the participant. Keys are counted, the text that is typed is not. A task
may take one key more than it would take at the least; what it did is read back from the vault.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pytest
from msgspec import Struct

from models import timeline
from models.checklists import reading as checklist_reading
from models.consents import answer as consent_answer
from models.consents import consents
from models.contacts import network, people, register
from models.participants import participants
from models.phases import phases
from models.plans import appointments
from models.store import Store
from models.timeline import ATTEMPTED, TimelineEntry, TimelineQuery
from tests.journeys.terminal import DOWN, ENTER, F2, KARI, Desk, Terminal, found_vault, opened, today

pytestmark = pytest.mark.terminal

ROOT: Final = Path(__file__).parents[2]
NAMED_KEYS: Final = {ENTER: "Enter", DOWN: "↓", F2: "F2", " ": "Space"}
WHO: Final = "Berit Aas"
SAID: Final = "Ringte om permisjonen."
ALL_AROUND: Final = "Cato Berg"
NAMES: Final = ("Arne Lie", WHO, ALL_AROUND)
"""As the board has them."""
MORE: Final = 1
"""How many keys more than the least a task may take."""


class Press(Struct, frozen=True):
    """A key, or with `typed` a text that is not counted, and what is to be seen when it has been dealt with."""

    key: str
    sees: tuple[str, ...] = ()
    typed: bool = False


class Task(Struct, frozen=True):
    """Something people do every day: its keys after those that come `before` it, and the least it would take."""

    id: str
    words: str
    least: int
    presses: tuple[Press, ...]
    check: Callable[[Terminal, Store], None]
    before: tuple[Press, ...] = ()
    who: str = WHO

    @property
    def keys(self) -> int:
        """How many keys it takes."""
        return sum(not press.typed for press in self.presses)

    @property
    def line(self) -> str:
        """The line of the table in `docs/method.md`."""
        shown = []
        for name, run in groupby("…" if one.typed else f"`{NAMED_KEYS.get(one.key, one.key)}`" for one in self.presses):
            count = len(list(run))
            shown.append(name if count == 1 else f"{name} × {count}")
        return f"| {self.words} | {' '.join(shown)} | {self.keys} |"


def key(name: str, *sees: str) -> Press:
    return Press(name, sees)


def typed(text: str, *sees: str) -> Press:
    return Press(text, sees, typed=True)


# ---------------------------------------------------------------------- what is read back


def find(store: Store, name: str) -> int:
    """The participant of this name."""
    given, _, family = name.partition(" ")
    [[number]] = store.ask_now(
        lambda reading: reading.sql(
            "SELECT id FROM participant WHERE given_name = ? AND family_name = ?", [given, family]
        )
    )
    return int(number)


def calls(store: Store) -> list[TimelineEntry]:
    """What was recorded with Berit of phone calls."""
    return list(store.ask_now(timeline.page, TimelineQuery(find(store, WHO), ("phone",)), 0, 9))


def was_called(terminal: Terminal, store: Store) -> None:
    [entry] = calls(store)
    assert (entry.text, entry.minutes, entry.outcome) == (SAID, 10, "reached")


def was_tried(terminal: Terminal, store: Store) -> None:
    [entry] = calls(store)
    assert (entry.text, entry.minutes, entry.outcome) == ("", None, ATTEMPTED)


def is_ticked(terminal: Terminal, store: Store) -> None:
    lists = store.ask_now(checklist_reading.of, find(store, WHO))
    [number] = [line.id for line in lists if line.template == "release"]
    item = store.ask_now(checklist_reading.one, number).items[3]
    assert (item.template.id, item.state, item.done_by) == ("bank_and_id", "done", "KN")


def is_told_whether_to_share(terminal: Terminal, store: Store) -> None:
    """The sign on the card is the answer: one may be told something, the other not."""
    for name, mark in (("Nina Nav", "✓"), ("Siv Sand", "–")):
        [one] = [one for one in store.ask_now(network.involved, find(store, WHO)) if one.name == name]
        answer = store.ask_now(consent_answer.answer, find(store, WHO), one.agency, one.role, one.name)
        assert answer.covered == (mark == "✓")
        assert f"{mark} {name}" in terminal.text, terminal.text


def has_the_officers_phone(terminal: Terminal, store: Store) -> None:
    """Below the name, with the sign of the consent, on the line under the mark."""
    lines = terminal.text.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(f"▌{WHO}"))
    assert "Ole Moe" in lines[at]
    assert "✓ 55 55 33 33" in lines[at + 1]


def has_the_phone(terminal: Terminal, store: Store) -> None:
    assert store.ask_now(participants.file_of, find(store, WHO)).values["phone"] == "41234567"


def knows_whose_it_is(terminal: Terminal, store: Store) -> None:
    [[contact]] = store.ask_now(lambda reading: reading.sql("SELECT id FROM contact WHERE name = 'Nina Nav'"))
    linked = store.ask_now(register.linked, [contact])[contact]
    assert [name for _number, _code, name in linked] == [WHO]


def is_on(days: int, clock: str) -> Callable[[Terminal, Store], None]:
    """The meeting is so many days from today, at this time; nobody else's was moved."""

    def check(terminal: Terminal, store: Store) -> None:
        [meeting] = store.ask_now(appointments.of, find(store, WHO))
        assert meeting.day == today() + timedelta(days=days)
        assert f"{store.clock.local(meeting.at):%H:%M}" == clock
        others = store.ask_now(appointments.of, find(store, "Arne Lie"))
        assert [one.day - today() for one in others] == [timedelta(days=-1), timedelta()]

    return check


SHEET: Final = (
    ("prison", "reintegration_coordinator"), ("prison", "contact_officer"), ("prison", "prison_other"),
    ("probation", "probation_contact"), ("probation", "halfway_house"), ("innsats_ung", "innsats_leader"),
    ("innsats_ung", "substance_adviser"), ("innsats_ung", "innsats_other"), ("nav", "nav_municipal"),
    ("nav", "nav_state"), ("nav", "nav_other"), ("police", "prevention_leader"),
)  # fmt: skip


def has_the_whole_sheet(terminal: Terminal, store: Store) -> None:
    held = store.ask_now(consent_answer.held, find(store, ALL_AROUND))
    assert tuple((one.agency, one.role) for one in held) == SHEET
    assert {(one.given, one.person, one.obtained_name) for one in held} == {(today(), "", KARI[1])}


# ---------------------------------------------------------------------- the table

CALL: Final = (key("r", "Phone call"), key("t", "▌Text"), typed(SAID, SAID), key(F2, "Saved."))
TO_TODAY: Final = key("a", "Agenda · Kari Nordmann", f"{WHO}")
IN_DAYS: Final = 3


def weekday() -> str:
    """The short name of the day that is `IN_DAYS` ahead, as people type it."""
    return ("man", "tir", "ons", "tor", "fre", "lør", "søn")[(today() + timedelta(days=IN_DAYS)).weekday()]


TASKS: Final = (
    Task("call", "record a phone call", 3, CALL, was_called),
    Task(
        "no_answer", "note a call that nobody answered", 2,
        (key("r", "Called, no answer"), key("T", f"Saved for {WHO}")), was_tried,
    ),
    Task(
        "tick", "tick the fourth item of the release checklist, the second being the first that is open", 4,
        (key("C", f"Release checklist · {WHO}", "\n New address"), key(DOWN, "\n Release terms"),
         key(DOWN, "\n Bank account"), key(" ", "[x] Bank account")),
        is_ticked,
    ),
    Task(
        "share", "see whether something may be shared with somebody around", 1,
        (key(ENTER, "Timeline", "Nina Nav"),), is_told_whether_to_share,
    ),
    Task(
        "officer", "find the phone of the contact officer, and whether one may share", 1,
        (key("i", "The team's list", "Ole Moe"),), has_the_officers_phone,
    ),
    Task("phone", "find the participant's own phone", 1, (key(ENTER, "Timeline", "412 34 567"),), has_the_phone),
    Task(
        "whose", "see whose a contact person is", 2,
        (key("/", "Write part of a name"), typed("nina nav", "Contact person", "Nina Nav"),
         key(ENTER, "Contact person · Nina Nav", f"Involved with participants now: {WHO}")),
        knows_whose_it_is,
    ),
    Task("tomorrow", "move what is agreed today to tomorrow", 2, (TO_TODAY, key("+", "Moved to")), is_on(1, "12:00")),
    Task(
        "named_day", "move it to a named day and time", 3,
        (TO_TODAY, key("d", "Move it to which day?"), typed("{weekday} 10", "10:00, in 3 d"), key(ENTER, "Moved to")),
        is_on(IN_DAYS, "10:00"),
    ),
    Task(
        "back", "move it back by a day, in the agenda", 1, (key("-", "Moved to"),), is_on(1, "12:00"),
        before=(TO_TODAY, key("+", "Moved to"), key("+", "{in_two_days}")),
    ),
    Task(
        "sheet", "note a signed sheet with twelve consents", 16,
        (key(ENTER, "Timeline"), key("s", f"Consents · {ALL_AROUND}"),
         *(key(" ", f"{count} marked") for count in range(1, 1 + len(SHEET))),
         key("n", f"{len(SHEET)} consents"), key(F2, "Saved.")),
        has_the_whole_sheet, who=ALL_AROUND,
    ),
    Task(
        "redo", "have back what was undone by mistake", 1, (key("Y", "Done again"),), was_called,
        before=(*CALL, key("u", "Undone")),
    ),
)  # fmt: skip


# ---------------------------------------------------------------------- counting


@pytest.fixture(scope="module")
def _caseload(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three participants whose release is near; the one all is about is the second everywhere."""
    folder = tmp_path_factory.mktemp("counted") / "vault"
    found_vault(folder, KARI)
    store = opened(folder)
    change, day = store.change_now, today()

    def at(days: int, hour: int) -> int:
        moment = datetime.combine(day + timedelta(days=days), time(hour), tzinfo=store.clock.zone)
        return int(moment.timestamp())

    def follow(name: str, days: int, **more: Any) -> int:
        given, _, family = name.partition(" ")
        release = {"release_date": day + timedelta(days=days)}
        number = change(participants.add, {"given_name": given, "family_name": family, **release, **more})
        change(phases.begin, number, 2, day, ending=(1,))
        return number

    arne, berit = follow("Arne Lie", 9), follow(WHO, 19, phone="41234567")
    follow(ALL_AROUND, 29)
    for days in (-1, 0):
        change(appointments.add, arne, {"title": "Visning", "at": at(days, 8)})
    change(appointments.add, berit, {"title": "NAV-møte", "at": at(0, 12)})
    for name, agency, role, phone in (
        ("Ole Moe", "prison", "contact_officer", "55553333"),
        ("Siv Sand", "probation", "probation_contact", "22330011"),
        ("Nina Nav", "nav", "nav_state", "22550044"),
    ):
        contact = change(people.add, {"name": name, "agency": agency, "role": role, "phone": phone})
        change(network.involve, berit, contact)
        if agency != "probation":
            change(consents.give, berit, {"agency": agency, "role": role})
    store.close()
    return folder


@pytest.fixture
def kari(bare_desk: Desk, _caseload: Path) -> Iterator[Terminal]:
    """On the board, the mark on the first."""
    shutil.copytree(_caseload, bare_desk.vault)
    terminal = bare_desk.log_in()
    terminal.wait("▌Arne Lie")
    yield terminal
    terminal.close()


@pytest.mark.parametrize("task", TASKS, ids=[task.id for task in TASKS])
def test_everyday_work_takes_few_keys(kari: Terminal, bare_desk: Desk, task: Task) -> None:
    for name in NAMES[1 : NAMES.index(task.who) + 1]:
        kari.send(DOWN)
        kari.wait(f"▌{name}")
    for press in task.before:
        do(kari, press)
    before = kari.keys
    for press in task.presses:
        do(kari, press)
    assert kari.keys - before == task.keys <= task.least + MORE
    store = opened(bare_desk.vault)
    task.check(kari, store)
    store.close()


def do(terminal: Terminal, press: Press) -> None:
    """Press a key, or type a text past the count, and wait for what is to be seen."""
    if press.typed:
        terminal.write(press.key.format(weekday=weekday()).encode())
    else:
        terminal.send(press.key)
    terminal.wait(*(each.format(in_two_days=f"{today() + timedelta(days=2):%d.%m.%Y}") for each in press.sees))


def test_the_page_about_the_method_has_the_same_table() -> None:
    page = (ROOT / "docs/method.md").read_text(encoding="utf-8")
    rows = [line for line in page.split("\n") if line.startswith("| ") and line.endswith(" |")]
    assert rows == ["| on the board, the mark on the participant | keys | how many |", *(task.line for task in TASKS)]
