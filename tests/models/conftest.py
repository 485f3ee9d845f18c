"""A clock with hands, and further sessions on the same vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from config.programme.shapes import Programme
from models.participants import participants
from models.store import Store
from models.team import staff
from models.values.clock import Clock, oslo
from models.vault import sealed
from tests.models.case_sample import COLLEAGUES, WEAK, Hands


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def clock(hands: Hands) -> Clock:
    """Sunday 22 November 2026, ten o'clock in Oslo, until a test moves the hands."""
    return Clock(oslo().zone, hands)


@pytest.fixture
def passphrase(_founded: tuple[Path, str]) -> str:
    return _founded[1]


@pytest.fixture
def session(
    store: Store, vault_folder: Path, clock: Clock, programme: Programme, passphrase: str
) -> Iterator[Callable[[str], Store]]:
    """Open the vault once more, for kari or for a colleague who is taken into the team when first asked for."""
    with ExitStack() as stack:

        def opened(user: str) -> Store:
            if user in COLLEAGUES and not any(one.user == user for one in store.ask_now(staff.team)):
                role = COLLEAGUES[user][1]
                slot = store.unlocked.add_slot(user, passphrase, role=role, kdf=WEAK)
                store.change_now(staff.join, user, *COLLEAGUES[user], slot)
            other = Store(sealed.unlock(vault_folder, user, passphrase), clock, programme)
            stack.enter_context(closing(other))
            other.open()
            return other

        yield opened


@pytest.fixture
def person(store: Store) -> int:
    """A participant of kari's."""
    return store.change_now(participants.add, {"given_name": "Håkon", "family_name": "Sæthre", "phone": "+47 40000000"})
