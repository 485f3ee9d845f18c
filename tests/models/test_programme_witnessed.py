"""A team's programme that is another than at the last opening is told by the audit, whoever opens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from config import programme as programmes
from models.store import Store
from models.vault import sealed
from tests.models.case_sample import examined, rows

LIMITS = "[limits]\nparticipants = {count}\n"


@pytest.fixture
def opened(store: Store, session: Callable[[str], Store], vault_folder: Path, passphrase: str) -> Callable[[str], None]:
    """Opens and closes the vault for one of the team, with the programme that lies there now."""
    for user in ("ola", "lise"):
        session(user).close()
    file = vault_folder / "programme.toml"

    def open_once(user: str) -> None:
        found = programmes.load(file if file.exists() else None, vault_folder / programmes.CHECKLISTS)
        with closing(Store(sealed.unlock(vault_folder, user, passphrase), store.clock, found)) as again:
            again.open()

    return open_once


def witnessed(store: Store) -> list[tuple[str, str]]:
    return rows(  # type: ignore[return-value]  # two texts each
        store,
        "SELECT s.user, a.action FROM audit a JOIN staff s ON s.id = a.actor "
        "WHERE a.action LIKE 'programme.changed %' ORDER BY a.seq",
    )


def test_each_change_is_told_once_by_whoever_opens_next(
    store: Store, opened: Callable[[str], None], vault_folder: Path
) -> None:
    opened("kari")
    assert witnessed(store) == []
    file = vault_folder / "programme.toml"
    file.write_text(LIMITS.format(count=9), encoding="utf-8")
    for user in ("lise", "lise", "ola"):
        opened(user)
    ((who, first),) = witnessed(store)
    assert who == "lise"
    file.write_text(LIMITS.format(count=8), encoding="utf-8")
    opened("ola")
    (_one, (who, second)) = witnessed(store)
    assert (who, second != first) == ("ola", True)
    file.write_text(LIMITS.format(count=9), encoding="utf-8")
    opened("kari")
    assert witnessed(store)[-1] == ("kari", first)
    file.unlink()
    opened("kari")
    assert witnessed(store)[-1] == ("kari", "programme.changed shipped")
    assert examined(store).flaws == ()


def test_the_checklists_are_part_of_it(store: Store, opened: Callable[[str], None], vault_folder: Path) -> None:
    shipped = Path(programmes.__file__).parent / programmes.CHECKLISTS / "nav.toml"
    own = vault_folder / programmes.CHECKLISTS / "nav.toml"
    own.parent.mkdir()
    own.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    opened("kari")
    own.write_text(shipped.read_text(encoding="utf-8") + "\n# annet\n", encoding="utf-8")
    opened("kari")
    assert len({action for _who, action in witnessed(store)}) == 2


def test_nobody_takes_back_a_witness_with_undo(store: Store, opened: Callable[[str], None], vault_folder: Path) -> None:
    from models.storage import undo

    (vault_folder / "programme.toml").write_text(LIMITS.format(count=9), encoding="utf-8")
    opened("kari")
    with pytest.raises(undo.NothingToUndo):
        store.change_now(undo.undo, rows(store, "SELECT max(seq) - 1 FROM audit")[0][0])
