"""The connection on which nothing of the participants hidden from a session is there; only who has some has it."""

from __future__ import annotations

from typing import Any

from models.roles.hidden import NOBODY, Hidden, views


class Narrow:
    """The connection a session with hidden participants reads through, made when it is first asked for."""

    def __init__(self) -> None:
        self.hidden: Hidden = NOBODY
        self._database: Any = None

    def turn_to(self, hidden: Hidden) -> bool:
        """From here on these are hidden; answers whether they are others than before."""
        if hidden == self.hidden:
            return False
        self.hidden = hidden
        self.close()
        return True

    def beside(self, database: Any) -> Any:
        """The connection to read through: `database` itself where nobody is hidden."""
        if not self.hidden:
            return database
        if self._database is None:
            narrow = database.beside()
            narrow.connect()
            narrow.connection().executescript(views(self.hidden))
            self._database = narrow
        return self._database

    def close(self) -> None:
        """Close the connection, if there is one; the next look makes it anew."""
        if self._database is not None:
            self._database.close()
        self._database = None
