"""Where a vault may be, and whom its files are shared with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.vault import place as place_module
from models.vault import sealed
from models.vault.errors import (
    FolderNotEmpty,
    NetworkFileSystem,
    NoSuchGroup,
    NotAPlainFile,
    NotOurFolder,
    NoVault,
    ReadOnlyPlace,
    UnreadablePlace,
    VaultExists,
)
from models.vault.place import VaultPlace, network_kind
from models.vault.unlocked import Unlocked
from tests.models.vault.vault_sample import FLOOR, KARI, OLA, Vault

if sys.platform != "win32":
    import grp

MOUNTS = r"""
22 27 0:21 / / rw,relatime - ext4 /dev/vda rw
23 22 0:22 / /srv rw,relatime shared:1 - nfs4 server:/export rw
24 22 0:23 / /srv/local rw,relatime - xfs /dev/vdb rw
25 22 0:24 / /mnt/felles\040mappe rw - cifs //server/felles rw
26 22 0:25 / /home/kari/far rw - fuse.sshfs kari@far: rw
27 22 0:26 / /over rw - nfs server:/old rw
28 22 0:27 / /over rw - tmpfs tmpfs rw
29 22 0:28 / /mnt/c rw - 9p drvfs rw
30 22 0:29 / /mnt/ntfs rw - fuseblk /dev/sdb1 rw
broken line
"""

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no Unix modes")
as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can act as a second Unix user on this machine"
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/kari", None),
        ("/srv/vault", "nfs4"),
        ("/srv", "nfs4"),
        ("/srvx", None),
        ("/srv/local/vault", None),
        ("/mnt/felles mappe/vault", "cifs"),
        ("/home/kari/far/vault", "fuse.sshfs"),
        ("/over/vault", None),
        ("/mnt/c/vault", None),
        ("/mnt/ntfs/vault", None),
    ],
)
@unix
def test_network_file_systems_are_known_by_the_longest_mount_point(path: str, kind: str | None) -> None:
    assert network_kind(Path(path), MOUNTS) == kind


def test_no_vault_on_a_network_file_system(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"23 22 0:22 / {tmp_path.resolve()} rw - nfs4 server:/export rw\n", encoding="utf-8")
    monkeypatch.setattr(place_module, "_MOUNTS", mounts)
    before = vault.contents()
    with pytest.raises(NetworkFileSystem, match="nfs4") as caught:
        vault.kari()
    assert caught.value.exit_code == 5
    with pytest.raises(NetworkFileSystem):
        sealed.create(tmp_path / "new" / "vault", *KARI, kdf=FLOOR)
    assert not (tmp_path / "new").exists()
    assert vault.contents() == before


def test_where_no_vault_is(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing" / "deeper"):
        with pytest.raises(NoVault, match="no vault") as caught:
            sealed.unlock(folder, *KARI)
        assert caught.value.exit_code == 5
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    with pytest.raises(UnreadablePlace, match="file"):
        sealed.create(tmp_path / "file", *KARI, kdf=FLOOR)
    with pytest.raises(UnreadablePlace, match="file"):
        sealed.create(tmp_path / "file" / "vault", *KARI, kdf=FLOOR)


def test_a_folder_with_something_else_is_left_alone(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "brev.txt").write_text("kjære")
    with pytest.raises(FolderNotEmpty, match=r"brev\.txt"):
        sealed.create(tmp_path / "full", *KARI, kdf=FLOOR)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["brev.txt"]
    before = vault.contents()
    with pytest.raises(VaultExists):
        sealed.create(vault.folder, *KARI, kdf=FLOOR)
    assert vault.contents() == before


@pytest.fixture(params=[0o077, 0o007, 0o000])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def _modes_in_use(kari: Unlocked) -> dict[str, int]:
    kari.remove_slot(kari.add_slot(*OLA, kdf=FLOOR))
    database = kari.connect()
    database.execute_sql("CREATE TABLE note (text TEXT)")
    modes = {path.name: path.stat().st_mode & 0o7777 for path in kari.place.folder.iterdir()}
    database.close()
    assert set(modes) == {"caseload.db", "caseload.db-wal", "caseload.db-shm", "slots.json", "vault.lock"}
    return modes


@unix
@pytest.mark.usefixtures("umask")
def test_a_vault_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "parents" / "vault"
    kari, _recovery = sealed.create(folder, *KARI, kdf=FLOOR)
    assert set(_modes_in_use(kari).values()) == {0o600}
    made = (folder, folder.parent, folder.parent.parent)
    assert {path.stat().st_mode & 0o7777 for path in made} == {0o700}


@unix
@pytest.mark.usefixtures("umask")
def test_a_vault_for_a_group_is_the_groups_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    kari, _recovery = sealed.begin(folder, *KARI, kdf=FLOOR, group=grp.getgrgid(os.getegid()).gr_name)
    sealed.finish(kari)
    assert set(_modes_in_use(kari).values()) == {0o660}
    assert folder.stat().st_mode & 0o7777 == 0o2770


def test_whoever_asks_is_told_what_the_folder_means_for_roles(tmp_path: Path) -> None:
    VaultPlace(tmp_path).create_folder()
    assert "owns the folder" in VaultPlace(tmp_path).way_of_running()
    tmp_path.chmod(0o2770)
    assert "Shared folder" in VaultPlace(tmp_path).way_of_running()


@unix
def test_a_group_there_is_not_shares_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoSuchGroup, match="nobody-of-this-name") as caught:
        sealed.begin(tmp_path / "vault", *KARI, kdf=FLOOR, group="nobody-of-this-name")
    assert caught.value.exit_code == 2
    assert list((tmp_path / "vault").iterdir()) == []


@unix
def test_the_lock_is_no_way_to_another_file(vault: Vault, tmp_path: Path) -> None:
    """Whoever can write the folder could have a victim's own file opened to the group, or made."""
    mine, missing = tmp_path / "mine", tmp_path / "missing"
    mine.write_text("hemmelig")
    mine.chmod(0o600)
    kari = vault.kari()

    def refused() -> None:
        with pytest.raises(NotAPlainFile, match=r"vault\.lock"):
            kari.reload()
        vault.place.lock.unlink()

    for plant in (
        lambda lock: lock.symlink_to(mine),
        lambda lock: lock.symlink_to(missing),
        lambda lock: os.link(mine, lock),
        os.mkfifo,
    ):
        vault.place.lock.unlink(missing_ok=True)
        plant(vault.place.lock)
        refused()
    assert (mine.read_text(), mine.stat().st_mode & 0o777, missing.exists()) == ("hemmelig", 0o600, False)
    kari.reload()


@unix
def test_the_folder_of_copies_is_no_way_to_another_folder(vault: Vault, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(0o700)
    vault.place.copies.symlink_to(home)
    with pytest.raises(NotOurFolder, match="copies"):
        VaultPlace(vault.place.copies).create_folder(shared=True)
    assert home.stat().st_mode & 0o7777 == 0o700


@as_root
def test_a_folder_of_somebody_else_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    folder.chmod(0o3775)
    os.chown(folder, 65534, 65534)
    sealed.create(folder, *KARI, kdf=FLOOR)
    assert folder.stat().st_mode & 0o7777 == 0o3775


# The interpreter itself may be root's alone, so everything is imported before the process becomes somebody else.
BECOME = """
import os, sys
from pathlib import Path
from models.vault import engine, sealed
from models.vault.errors import VaultError
from models.vault.keys import KdfParameters
FLOOR = KdfParameters(16384, 2, 1)
from config.words import _ as said
said("warm")
sealed.keys.passphrase_keys("warm", bytes(16), FLOOR)
os.setgroups([]), os.setgid(int(sys.argv[1])), os.setuid(int(sys.argv[2]))
os.umask(0o077)
folder, user, passphrase = Path(sys.argv[3]), sys.argv[4], sys.argv[5]
"""

SECOND_USER = """
ola = sealed.unlock(folder, user, passphrase)
database = ola.connect()
database.execute_sql("INSERT INTO note (text) VALUES ('from the second user')")
ola.add_slot("Third", "third person's words", kdf=FLOOR)
print(os.geteuid(), database.execute_sql("SELECT count(*) FROM note").fetchone()[0])
"""

STRANGER = """
for act in (lambda: sealed.unlock(folder, user, passphrase),
            lambda: sealed.create(folder.parent / "new", "a", "b", kdf=FLOOR)):
    try:
        act()
    except VaultError as error:
        print(type(error).__name__, int(error.exit_code))
"""


@pytest.fixture
def passable() -> Iterator[Path]:
    """A temporary folder every Unix user can pass through, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@as_root
@pytest.mark.usefixtures("umask")
def test_a_second_unix_user_of_the_group_opens_and_writes(
    passable: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    shared = passable / "shared"
    shared.mkdir()
    os.chown(shared, 0, 54321)
    shared.chmod(0o2770)
    kari, _recovery = sealed.create(shared, *KARI, kdf=FLOOR)
    kari.add_slot(*OLA, role="team_leader", kdf=FLOOR)
    database = kari.connect()
    database.execute_sql("CREATE TABLE note (text TEXT)")
    out, errors = child(BECOME + SECOND_USER, "54321", "54322", shared, *OLA).communicate(timeout=60)
    assert out == "54322 1\n", errors
    assert database.execute_sql("SELECT text FROM note").fetchall() == [("from the second user",)]
    kari.reload()
    assert len(kari.slot_ids) == 3
    assert {path.stat().st_mode & 0o777 for path in shared.iterdir()} == {0o660}
    assert kari.place.slots.stat().st_uid == 54322
    database.close()


@as_root
def test_a_folder_that_cannot_be_written_is_refused_and_left(
    vault: Vault, passable: Path, child: Callable[..., subprocess.Popen[str]]
) -> None:
    folder = passable / "vault"
    shutil.copytree(vault.folder, folder)
    for path in folder.iterdir():
        path.chmod(0o644)
    folder.chmod(0o755)
    out, errors = child(BECOME + STRANGER, "54322", "54322", folder, *KARI).communicate(timeout=60)
    assert out.split() == ["ReadOnlyPlace", "5", "ReadOnlyPlace", "5"], errors
    assert Vault(folder, vault.recovery, "").contents() == vault.contents()
    assert [path.name for path in passable.iterdir()] == ["vault"]


def test_a_read_only_error_of_the_system_is_told(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != vault.folder or not mode & os.W_OK)
    before = vault.contents()
    with pytest.raises(ReadOnlyPlace, match="cannot be written"):
        vault.kari()
    assert vault.contents() == before


def test_the_place_names_its_files(tmp_path: Path) -> None:
    place = VaultPlace(tmp_path)
    assert (place.database.name, place.slots.name, place.lock.name) == ("caseload.db", "slots.json", "vault.lock")
