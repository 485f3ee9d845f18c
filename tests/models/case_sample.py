"""What the tests of the case share: hands of a clock, and looks behind the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from models.examination import whole as examination
from models.examination.whole import Examination
from models.hand_overs import hand_overs
from models.hand_overs.hand_overs import HandOver
from models.reviews import reading as review_reading
from models.reviews.reading import ReviewLine
from models.storage import audit
from models.storage.audit import ChainState
from models.storage.writing import Writing
from models.store import Store
from models.values.days import NEVER
from models.vault.keys import KdfParameters

P = ParamSpec("P")
T = TypeVar("T")
WEAK = KdfParameters(memory_kib=16 * 1024, passes=2, lanes=1)
COLLEAGUES = {"ola": ("Ola Sørli", "caseworker"), "lise": ("Lise Berg", "reader"), "per": ("Per Moe", "team_leader")}


class Hands:
    """The hands of a clock, which a test may set; they begin on Sunday 22 November 2026, ten o'clock in Oslo."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**by)


def examined(store: Store) -> Examination:
    """The examination of an open vault."""
    return store.ask_now(examination.examine, store._audit_key)


def rows(store: Store, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """What stands in the database, past every rule: for looking, and for doctoring."""
    return store._now(lambda: [tuple(row) for row in store._database.execute_sql(statement, values).fetchall()])


def due_on_card(store: Store, participant: int) -> date | None:
    """The first day that presses, as the participant's card keeps it."""
    [(due,)] = rows(store, "SELECT due_key FROM card WHERE participant_id = ?", participant)
    return None if due == NEVER else date.fromisoformat(due)


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the case and of the indexes; drafts and the seal aside."""
    tables = ("staff", "participant", "phase_period", "entry", "card", "audit", "change")
    found = {table: rows(store, f'SELECT * FROM "{table}" ORDER BY 1') for table in tables}
    for index in ("people_search", "entry_search", "method_search"):
        found[index] = rows(store, f"SELECT id FROM {index}_docsize ORDER BY id")
    return found


def note_now(store: Store, query: Callable[Concatenate[Writing, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """As `Store.note`, and wait."""
    return store._now(lambda: store._note(query, *args, **kwargs))


def chain(store: Store) -> ChainState:
    """How far the audit chain holds."""
    return store.ask_now(audit.check, store._audit_key)


def by_code(store: Store, code: str) -> int:
    """The id of the participant with this code."""
    ((number,),) = rows(store, "SELECT id FROM participant WHERE code = ?", code)
    return int(number)


def hand_overs_of(store: Store, participant: int) -> tuple[HandOver, ...]:
    """Every time a participant was handed over, the latest first."""
    return tuple(one for one in store.ask_now(hand_overs.latest) if one.participant == participant)


def owed_of(store: Store, participant: int) -> list[ReviewLine]:
    """The reviews a participant's moves wait for."""
    return [line for line in store.ask_now(review_reading.of, participant) if line.owed]
