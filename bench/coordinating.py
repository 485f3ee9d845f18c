"""Coordination measured at the store: a tick, the people around somebody, the agenda, the team list, the consents."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from bench.figures import Samples
from bench.terminal import BenchError
from bench.vaults import BenchVault, opened
from models import board
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.checklists.reading import OPEN
from models.consents import matrix as consent_matrix
from models.contacts import network, team_list
from models.figures import counting
from models.figures.periods import YEAR, around
from models.plans import agenda
from models.plans.agenda import AgendaItem, AgendaQuery
from models.signals import listing as signals
from models.signals.watch import of_cards
from models.storage.reading import Reading
from models.store import Store
from models.tables import ChecklistItem
from models.team import workload

PEOPLE: Final = 15
"""As many participants, spread over the whole caseload, stand for all: one alone may have an unusual life."""

TIMES: Final = 5
PAGE: Final = 20
"""Lines of a page; forty participants fill one too."""


def measure(samples: Samples, vault: BenchVault) -> None:
    """Every figure in milliseconds, the first round, which reads from the disk, left out."""
    with opened(vault.folder) as store:
        people = store.ask_now(_spread)
        worker = store.ask_now(_colleague)
        items = [item for person in people if (item := store.ask_now(_tickable, person)) is not None]
        if not items:
            raise BenchError("No checklist of the measured participants has an open item to tick.")
        year = around(store.clock.today(), YEAR).later(-1)
        cards = max(1, store.ask_now(_cards))
        for round_ in range(TIMES + 1):
            into = samples if round_ else Samples()
            for item in items:
                into.add("tick", _milliseconds(_tick_and_back, store, item))
            into.add("network", _each(store, network.network, people))
            into.add("consents", _each(store, consent_matrix.matrix, people))
            into.add("agenda mine", _milliseconds(store.ask_now, _agenda, AgendaQuery(worker=worker)))
            into.add("agenda team", _milliseconds(store.ask_now, _agenda, AgendaQuery()))
            into.add("team list", _milliseconds(store.ask_now, team_list.team_list, 0, PAGE))
            into.add("team list end", _milliseconds(store.ask_now, _last_page))
            into.add("board refresh", _milliseconds(store.ask_now, _board))
            # A colleague's change lies between two looks, as it does when a board draws itself anew.
            _tick_and_back(store, items[round_ % len(items)])
            into.add("signals", _milliseconds(store.ask_now, signals.survey))
            into.add("figures", _milliseconds(store.ask_now, counting.count, year))
            into.add("signals a card", _milliseconds(store.ask_now, of_cards, "1", []) / cards * 1e3)


def _each(store: Store, query: Callable[..., Any], people: Sequence[int]) -> float:
    """The middle of what the query takes for each of these people."""
    return statistics.median(_milliseconds(store.ask_now, query, person) for person in people)


def _tick_and_back(store: Store, item: int) -> None:
    """Two units of work: the tick with its line on the timeline, and both taken away again."""
    before = int(store.ask_now(_version, item))
    store.change_now(checklists.untick, item, store.change_now(checklists.tick, item, before))


def _agenda(reading: Reading, query: AgendaQuery) -> list[AgendaItem]:
    return agenda.page(reading, query, agenda.groups(reading, query), 0, PAGE)


def _last_page(reading: Reading) -> int:
    """The page that has the most before it, with the count that tells where it is."""
    return len(team_list.team_list(reading, max(team_list.count(reading) - PAGE, 0), PAGE))


def _board(reading: Reading) -> int:
    """What the board reads when it is drawn anew in columns: counts, workload, and the first cards of each phase."""
    query = board.BoardQuery()
    workload.workload(reading, limit=24)
    phases = board.counts(reading, query)
    return len(board.columns(reading, query, dict.fromkeys(phases, (0, PAGE))))


def _cards(reading: Reading) -> int:
    return int(reading.value("SELECT count(*) FROM card WHERE phase > 0"))


def _spread(reading: Reading) -> list[int]:
    """Participants with an open checklist, from the first to the last at equal distances."""
    found = [
        person
        for (person,) in reading.sql(
            "SELECT DISTINCT k.participant_id FROM checklist k JOIN card c ON c.participant_id = k.participant_id "
            "WHERE k.closed IS NULL AND c.phase > 0 ORDER BY k.participant_id"
        )
    ]
    return [found[place * len(found) // PEOPLE] for place in range(PEOPLE)] if len(found) > PEOPLE else found


def _colleague(reading: Reading) -> int:
    """The colleague in the middle by how many are theirs, which larger teams share among more."""
    found = reading.sql(
        "SELECT worker, count(*) FROM card WHERE phase > 0 AND worker IS NOT NULL GROUP BY worker ORDER BY 2, 1"
    )
    if not found:
        raise BenchError("Nobody in this vault is responsible for anybody.")
    return int(found[len(found) // 2][0])


def _tickable(reading: Reading, person: int) -> int | None:
    """An open item of this person's that is done by a tick alone, None without one."""
    open_ = reading.sql("SELECT id FROM checklist WHERE participant_id = ? AND closed IS NULL ORDER BY id", [person])
    for (checklist,) in open_:
        for item in checklist_reading.one(reading, checklist).items:
            if item.state == OPEN and item.template.kind == "tick" and not item.template.fact:
                return item.id
    return None


def _version(reading: Reading, item: int) -> int:
    (row,) = reading.rows(ChecklistItem.select(ChecklistItem.version).where(ChecklistItem.id == item))
    return int(row.version)


def _milliseconds(task: Callable[..., Any], *arguments: Any) -> float:
    begun = time.perf_counter()
    task(*arguments)
    return (time.perf_counter() - begun) * 1e3
