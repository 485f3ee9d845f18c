"""Writing what is no change of the case: unfinished forms, and the cards, tallies and indexes that tables give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from models.storage.reading import Reading


class Writing(Reading):
    """A look with a pen, inside a transaction; what it writes leaves no audit row."""

    def run(self, statement: str, values: Sequence[object] = ()) -> None:
        """Carry out a statement."""
        self._database.execute_sql(statement, values)

    def many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Carry out a statement once for each of `rows`, if there are any."""
        if rows:
            self._database.connection().executemany(statement, rows)


@contextmanager
def rehearsal(reading: Reading) -> Iterator[Writing]:
    """A pen for a moment: all it writes is taken back."""
    with reading._database.atomic("IMMEDIATE") as transaction:
        yield Writing(reading._database, reading.clock, reading.programme, reading.actor)
        transaction.rollback()
