"""The sealed caseload as the program uses it: one thread that reads and writes, awaited by the screens."""

from models.store.errors import Locked, NotInTeam, SomebodyElses
from models.store.store import Store

__all__ = ["Locked", "NotInTeam", "SomebodyElses", "Store"]
