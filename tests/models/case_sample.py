"""What the tests of the case share: hands of a clock, and looks behind the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from models.examination import whole as examination
from models.examination.whole import Examination
from models.store import Store
from models.vault.keys import KdfParameters

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


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the case and of the indexes; drafts and the seal aside."""
    tables = ("staff", "participant", "phase_period", "entry", "card", "audit", "change")
    found = {table: rows(store, f'SELECT * FROM "{table}" ORDER BY 1') for table in tables}
    for index in ("people_search", "entry_search", "method_search"):
        found[index] = rows(store, f"SELECT id FROM {index}_docsize ORDER BY id")
    return found
