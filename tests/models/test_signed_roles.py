"""The role that counts is the one in the signed roster, and an old vault's is signed by the first who leads."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from config.programme.shapes import Programme
from models import timeline
from models.participants import participants
from models.storage.work import NotAllowed
from models.store import NotInTeam, Store
from models.team import staff
from models.values.clock import Clock
from models.vault import files, sealed
from models.vault.errors import Busy, DiskFull, ReadOnlyPlace
from models.vault.place import VaultPlace
from tests.models.case_sample import examined, rows
from tests.models.test_vault_before_rooms import IDA, OLD

Opener = Callable[[str], Store]
Session = Callable[[str], Store]


@pytest.fixture
def opener(tmp_path: Path, clock: Clock, programme: Programme, passphrase: str) -> Iterator[Opener]:
    """Open a copy of a vault of before there were rosters."""
    folder = tmp_path / "old"
    VaultPlace(folder).create_folder()
    for file in OLD.iterdir():
        shutil.copyfile(file, folder / file.name)
    with ExitStack() as stack:

        def opened(user: str) -> Store:
            store = stack.enter_context(closing(Store(sealed.unlock(folder, user, passphrase), clock, programme)))
            store.open()
            return store

        yield opened


def test_a_caseworker_goes_on_unsigned_until_a_leader_opens_an_old_vault(opener: Opener) -> None:
    ola = opener("ola")
    assert (ola.unlocked.roles, ola.unlocked._wrapping, ola.actor.role) == (None, None, "caseworker")
    written = ola.change_now(timeline.record, IDA, {"kind": "note", "text": "usignert"})
    kari = opener("kari")
    assert kari.unlocked.roles == {kari.unlocked.slot_id: "team_leader", ola.unlocked.slot_id: "caseworker"}
    assert kari.ask_now(timeline.one, written).text == "usignert"
    assert ola.change_now(timeline.record, IDA, {"kind": "note", "text": "etterpå"})
    assert opener("kari").unlocked._wrapping is None
    again = opener("ola")
    assert (again.unlocked.role, again.actor.role) == ("caseworker", "caseworker")
    assert examined(kari).flaws == ()


@pytest.mark.parametrize("error", [DiskFull, Busy, ReadOnlyPlace])
def test_a_first_roster_that_cannot_be_written_now_keeps_nobody_out(
    opener: Opener, monkeypatch: pytest.MonkeyPatch, error: type[Busy | DiskFull | ReadOnlyPlace]
) -> None:
    def refuse(place: VaultPlace, *_arguments: object) -> None:
        raise error(place.folder)

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_whole", refuse)
        kari = opener("kari")
    assert (kari.unlocked.roles, kari.actor.leads) == (None, True)
    assert kari.change_now(timeline.record, IDA, {"kind": "note", "text": "usignert"})
    assert opener("kari").unlocked.signs


def test_the_list_of_the_team_makes_nobody_a_leader(store: Store, session: Session) -> None:
    """By raw SQL, as whoever has a key can."""
    lise = session("lise")
    rows(lise, "UPDATE staff SET role = 'team_leader' WHERE user = 'lise'")
    lise.close()
    lise = session("lise")
    assert (lise.actor.role, lise.actor.may_write) == ("reader", False)
    with pytest.raises(NotAllowed):
        lise.change_now(staff.leave, "kari")


def test_a_role_holds_at_once_in_a_session_that_is_open(store: Store, session: Session, person: int) -> None:
    ola, per = session("ola"), session("per")
    for one, role in ((ola, "reader"), (per, "caseworker")):
        assert one.unlocked.slot_id
        store.unlocked.set_role(one.unlocked.slot_id, role)
        assert one.ask_now(participants.file_of, person).name == "Håkon Sæthre"
        assert one.actor.role == role
    with pytest.raises(NotAllowed):
        ola.change_now(timeline.record, person, {"kind": "note"})
    with pytest.raises(NotAllowed):
        per.change_now(staff.leave, "ola")


def test_the_list_follows_the_roster_by_a_leader(store: Store, session: Session) -> None:
    ola = session("ola")
    store.change_now(staff.set_role, "ola", "reader")
    assert [one.role for one in store.ask_now(staff.team) if one.user == "ola"] == ["reader"]
    assert rows(store, "SELECT action FROM audit ORDER BY seq DESC LIMIT 1") == [("staff.set_role",)]
    with pytest.raises(NotAllowed):
        ola.change_now(staff.set_role, "ola", "team_leader")
    with pytest.raises(staff.StaffError, match="only team leader"):
        store.change_now(staff.set_role, "kari", "reader")
    with pytest.raises(staff.StaffError, match="no role"):
        store.change_now(staff.set_role, "ola", "king")
    store.change_now(staff.leave, "ola")
    with pytest.raises(staff.StaffError, match="left the team"):
        store.change_now(staff.set_role, "ola", "caseworker")


def test_a_role_of_the_teams_own_is_a_caseworkers_in_the_roster() -> None:
    assert [staff.in_roster(role) for role in ("psychologist", "reader", "team_leader")] == [
        "caseworker", "reader", "team_leader"
    ]  # fmt: skip


def test_whoever_left_the_team_and_still_has_a_key_acts_as_nobody(
    store: Store, session: Session, vault_folder: Path, passphrase: str
) -> None:
    """By raw SQL, or where a change was cut off between the two."""
    session("ola").close()
    rows(store, "UPDATE staff SET active = 0 WHERE user = 'ola'")
    ola = Store(sealed.unlock(vault_folder, "ola", passphrase), store.clock, store.programme)
    with closing(ola), pytest.raises(NotInTeam):
        ola.open()


def test_an_upgrade_that_was_killed_while_it_copied_is_in_nobodys_way(
    opener: Opener, tmp_path: Path, clock: Clock
) -> None:
    """In the same second or later: half of a copy goes, and a whole one stays what it is."""
    copies = tmp_path / "old" / "copies"
    copies.mkdir()
    name = f"before-schema-4-{clock.now():%Y%m%dT%H%M%SZ}"
    (copies / f"{name}.db").write_bytes(b"whole")
    (copies / f"{name}.db.0123abcd.part").write_bytes(b"half")
    assert examined(opener("kari")).flaws == ()
    assert {path.name for path in copies.iterdir()} == {f"{name}.db", f"{name}-2.db"}
