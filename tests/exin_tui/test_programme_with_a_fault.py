"""A team's programme that cannot be read shuts nobody out: what was in force before holds, and why is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from config import programme
from exin_tui.open_store import open_store
from models.participants import participants
from models.phases import phases
from models.store import Store
from models.vault import sealed
from models.vault.place import VaultPlace
from tests.conftest import PASSPHRASE

SHIPPED = Path(programme.__file__).parent / programme.CHECKLISTS
GOOD = "[limits]\nparticipants = 7\n"
BROKEN = {
    "no TOML": "[limits\nparticipants = 7\n",
    "another type": '[limits]\nparticipants = "many"\n',
    "an unknown key": "[limits]\nparticipant = 7\n",
    "a number nobody means": "[limits]\nparticipants = -1\n",
    "a fault in the method": '[[reviews]]\nid = "none"\n',
    "nothing of text": "\udcff",
}


@pytest.fixture
def opened(vault_folder: Path) -> Callable[[], Store]:
    """Open the vault as each session does, and close it again; the programme stays as it was read."""

    def again() -> Store:
        store = open_store(sealed.unlock(vault_folder, "kari", PASSPHRASE), remembered=False)
        store.close()
        return store

    return again


def write(folder: Path, text: str) -> None:
    (folder / "programme.toml").write_bytes(text.encode(errors="surrogateescape"))


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_what_was_in_force_holds(vault_folder: Path, opened: Callable[[], Store], broken: str) -> None:
    folder = vault_folder
    write(folder, GOOD)
    first = opened()
    assert (first.programme.limits.participants, first.told) == (7, ())
    write(folder, broken)
    for _session in range(2):
        second = opened()
        assert second.programme.limits.participants == 7
        assert str(folder / "programme.toml") in second.told[0]
        assert second.told[0].endswith("What was in force before holds.")
        # Not as a team's file that is another one: nothing of it has changed.
        assert programme.fingerprint(second.programme) == programme.fingerprint(first.programme)
    write(folder, "[limits]\nparticipants = 9\n")
    assert (opened().programme.limits.participants, opened().told) == (9, ())


@pytest.mark.parametrize("kept", [None, b"", b"{", b"[]", b'{"programme": {"programme.toml": "[limits"}}'], ids=repr)
def test_without_anything_good_what_is_shipped_holds(
    vault_folder: Path, opened: Callable[[], Store], kept: bytes | None
) -> None:
    write(vault_folder, BROKEN["no TOML"])
    if kept is not None:
        VaultPlace(vault_folder).programme.write_bytes(kept)
    store = opened()
    assert store.programme.limits == programme.load().limits
    assert store.told[0].endswith(" holds.")


def test_a_checklist_too_is_kept_and_what_the_team_gave_up_is_not(
    vault_folder: Path, opened: Callable[[], Store]
) -> None:
    folder = vault_folder
    (folder / "checklists").mkdir()
    file = folder / "checklists" / "start.toml"
    text = (SHIPPED / "start.toml").read_text(encoding="utf-8").replace('en = "Start checklist"', 'en = "Start here"')
    file.write_text(text, encoding="utf-8")
    assert str(opened().programme.checklist("start").name) == "Start here"
    file.write_text(text.replace("version = ", "version = v"), encoding="utf-8")
    store = opened()
    assert str(store.programme.checklist("start").name) == "Start here"
    assert str(file) in store.told[0]
    file.unlink()
    assert str(opened().programme.checklist("start").name) != "Start here"
    file.write_text("id = 3")
    assert str(opened().programme.checklist("start").name) != "Start here"


def test_a_folder_that_takes_no_file_is_no_hindrance(vault_folder: Path, opened: Callable[[], Store]) -> None:
    write(vault_folder, GOOD)
    VaultPlace(vault_folder).programme.mkdir()
    assert opened().programme.limits.participants == 7


FURTHER = """[[phases]]
number = 7
id = "aftercare"
name = { nb = "Ettervern", en = "Aftercare" }
short = { nb = "Etterv.", en = "Aftercare" }
aim = { nb = "Ett år til", en = "One year more" }
demanding = false
contact_days = 60
long_days = 400
"""


@pytest.mark.parametrize("file", [GOOD, None], ids=["taken out", "no file"])
def test_a_phase_in_use_is_not_taken_away(vault_folder: Path, opened: Callable[[], Store], file: str | None) -> None:
    own = vault_folder / "programme.toml"
    write(vault_folder, FURTHER)
    with closing(open_store(sealed.unlock(vault_folder, "kari", PASSPHRASE), remembered=False)) as first:
        person = first.change_now(participants.add, {"given_name": "Ada"}, None, 7)
    if file is None:
        own.unlink()
    else:
        write(vault_folder, file)
    for _session in range(2):
        second = opened()
        assert second.told == (
            f"{own}: participants are in a phase that stands there no more: 7 Aftercare. "
            "What was in force before holds.",
        )
        assert str(second.programme.phase(7).name) == "Aftercare"
        # What the team has in force is as it was, so nothing is witnessed as changed.
        assert programme.fingerprint(second.programme) == programme.fingerprint(first.programme)
    with closing(open_store(sealed.unlock(vault_folder, "kari", PASSPHRASE), remembered=False)) as third:
        (span,) = third.ask_now(phases.of, person)
        third.change_now(phases.end, span.id, span.version, span.began)
    last = opened()
    assert (last.told, len(last.programme.phases)) == ((), 6)
    assert opened().programme.former is None


def test_a_phase_the_program_knows_keeps_its_number(vault_folder: Path, opened: Callable[[], Store]) -> None:
    write(vault_folder, GOOD)
    opened()
    write(vault_folder, '[[phases]]\nid = "reintegration"\nnumber = 7\n')
    store = opened()
    assert store.told[0].startswith(f"{vault_folder / 'programme.toml'}:3: phases.reintegration.number: ")
    assert "keeps its number" in store.told[0]
    assert store.programme.limits.participants == 7
