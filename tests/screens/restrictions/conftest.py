"""Sessions of colleagues on the same vault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from config.programme.shapes import Programme
from models.store import Store
from models.team import staff
from models.values.clock import Clock
from models.vault import sealed
from tests.models.case_sample import COLLEAGUES, WEAK
from tests.screens.restrictions.sessions import Sessions


@pytest.fixture
def sessions(
    store: Store, vault_folder: Path, clock: Clock, programme: Programme, _founded: tuple[Path, str]
) -> Iterator[Sessions]:
    """Open the vault for a colleague, who joins the team, or is given a key, when first asked for."""
    with ExitStack() as stack:

        def opened(user: str) -> Store:
            known = next((one for one in store.ask_now(staff.team) if one.user == user), None)
            if known is None or not known.slot:
                slot = store.unlocked.add_slot(user, _founded[1], role=COLLEAGUES[user][1], kdf=WEAK)
                if known is None:
                    store.change_now(staff.join, user, *COLLEAGUES[user], slot)
                else:
                    store.change_now(staff.move_slot, known.id, slot)
            other = Store(sealed.unlock(vault_folder, user, _founded[1]), clock, programme)
            stack.enter_context(closing(other))
            other.open()
            return other

        yield opened
