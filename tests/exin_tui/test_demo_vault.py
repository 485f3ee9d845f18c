"""The demo's vault: made whole or not at all, opened as it is, refused where it is none, gone when thrown away."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.programme import load
from exin_tui.demo import vault
from exin_tui.demo.access import DEMO_PASSPHRASE, DEMO_USER, MEMBERS
from exin_tui.demo.vault import MARK, NotADemo, Size, make, open_or_make, throw_away
from models import board
from models.mappings import reading as mapping_reading
from models.storage import undo
from models.store import Store
from models.team import staff
from models.values.clock import Clock
from models.vault import sealed
from models.vault.errors import CannotUnlock
from models.vault.keys import KdfParameters
from models.vault.passphrase import judge
from models.vault.sealed import Unlocked

PROGRAMME = load()
CLOCK = Clock(ZoneInfo("Europe/Oslo"), lambda: datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
SMALL = Size(participants=12, years=1)


def opened(unlocked: Unlocked) -> Store:
    store = Store(unlocked, CLOCK, PROGRAMME)
    store.open()
    return store


def at(folder: Path) -> Unlocked:
    return open_or_make(folder, SMALL, lambda: CLOCK, lambda: PROGRAMME)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_public_passphrase_is_one_the_program_takes() -> None:
    assert judge(DEMO_PASSPHRASE, [member.user for member in MEMBERS]) is None


def test_everybody_in_the_team_has_a_way_in_and_their_own_role(tmp_path: Path) -> None:
    make(tmp_path / "vault", SMALL, CLOCK, PROGRAMME).forget()
    for member in MEMBERS:
        store = opened(sealed.unlock(tmp_path / "vault", member.user, DEMO_PASSPHRASE))
        assert (store.actor.user, store.actor.name, store.actor.role) == (member.user, member.name, member.role)
        store.close()
    assert DEMO_PASSPHRASE in (tmp_path / "vault" / MARK).read_text(encoding="utf-8")


def test_no_weaker_derivation_is_allowed(tmp_path: Path) -> None:
    unlocked = make(tmp_path / "vault", Size(participants=0), CLOCK, PROGRAMME)
    found = {slot.kdf for slot in unlocked._slots.slots}
    assert found == {KdfParameters(16 * 1024, 2, 1)}
    for weaker in ((16 * 1024 - 1, 2, 1), (16 * 1024, 1, 1), (16 * 1024, 2, 0)):
        with pytest.raises(ValueError, match="unsafe"):
            KdfParameters(*weaker)


def test_what_the_demo_wrote_cannot_be_undone_by_its_user(tmp_path: Path) -> None:
    store = opened(make(tmp_path / "vault", SMALL, CLOCK, PROGRAMME))
    with pytest.raises(undo.NothingToUndo):
        store.change_now(undo.undo, 0)
    store.close()


def test_two_are_mapped_one_of_them_twice_with_a_gap_that_became_a_goal(tmp_path: Path) -> None:
    store = opened(make(tmp_path / "vault", Size(), CLOCK, PROGRAMME))
    people = store.ask_now(lambda reading: reading.sql("SELECT DISTINCT participant_id FROM life_mapping ORDER BY 1"))
    profiles = [store.ask_now(mapping_reading.profile, person) for (person,) in people]
    leaders = {one.id for one in store.ask_now(staff.team) if one.user == DEMO_USER}
    store.close()
    repeated, once = sorted(profiles, key=lambda one: -len(one.mappings))
    assert [len(one.mappings) for one in (repeated, once)] == [2, 1]
    first, second = repeated.mappings
    assert 88 <= (second.day - first.day).days <= 94
    assert {first.state, second.state} == {"done"}
    assert first.asked_by in leaders, "whoever opens the demo finds it among their own"
    changes = {part.domain: part.change for part in repeated.parts}
    assert (changes["housing"], changes["economy"], changes["health"], changes["leisure"]) == (2, -1, 0, None)
    assert [(part.domain, one.kind, one.open) for part in repeated.parts for one in part.followed] == [
        ("economy", "goal", True)
    ]


def test_a_kept_vault_is_opened_as_it_is(tmp_path: Path) -> None:
    store = opened(at(tmp_path / "new" / "kept"))
    store.change_now(staff.join, "nina", "Nina Test", "caseworker", "")
    assert sum(store.ask_now(board.counts, board.BoardQuery()).values()) > 0
    store.close()
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["kept"]

    def unwanted() -> Clock:
        raise AssertionError("nothing is to be made")

    again = opened(open_or_make(tmp_path / "new" / "kept", SMALL, unwanted, lambda: PROGRAMME))
    assert again.ask_now(staff.by_user, "nina").name == "Nina Test"
    assert again.actor.user == DEMO_USER
    again.close()


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    opened(at(tmp_path / "kept")).close()
    assert (tmp_path / "kept" / MARK).exists()


def test_a_vault_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "real"
    sealed.create(folder, "kari", "et hav av passord", kdf=KdfParameters(16 * 1024, 2, 1))
    before = files(folder)
    with pytest.raises(NotADemo, match=str(folder)):
        at(folder)
    # Not even one under the name of the demo, or with its mark.
    (folder / MARK).write_text("")
    with pytest.raises(NotADemo, match=str(folder)) as refused:
        at(folder)
    assert isinstance(refused.value.__cause__, CannotUnlock)
    (folder / MARK).unlink()
    assert files(folder) == before


def test_a_folder_with_other_things_or_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("full", "file"):
        with pytest.raises(NotADemo, match=name):
            at(tmp_path / name)
    assert (tmp_path / "full" / "notes.txt").read_text() == (tmp_path / "file").read_text() == "mine"


def test_a_making_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(vault, "_write_mark", full)
    with pytest.raises(OSError, match="full"):
        at(tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


def test_progress_goes_up_to_all_of_it(tmp_path: Path) -> None:
    told: list[float] = []
    make(tmp_path / "vault", Size(participants=30, entries=9_000), CLOCK, PROGRAMME, told.append)
    assert told == sorted(told)
    assert len(told) == 3
    assert told[-1] == 1


def test_a_vault_to_throw_away_is_private_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with throw_away(SMALL, CLOCK, PROGRAMME) as unlocked:
        (private,) = tmp_path.iterdir()
        assert unlocked.place.folder.parent == private
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
        opened(unlocked).close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="only there processes can be asked for")
def test_what_a_killed_demo_left_is_cleared_away_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / f"exin-demo-{ended.pid}-abc" / "vault").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("mine")
    (tmp_path / f"exin-demo-{ended.pid}-link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / f"exin-demo-{os.getpid()}-abc").mkdir()
    (tmp_path / "exin-demo-old-abc").mkdir()
    with throw_away(SMALL, CLOCK, PROGRAMME):
        pass
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {
        "elsewhere",
        f"exin-demo-{ended.pid}-link",
        f"exin-demo-{os.getpid()}-abc",
        "exin-demo-old-abc",
    }
    assert (tmp_path / "elsewhere" / "kept").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="signals end a program otherwise there")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_throws_it_away_too(tmp_path: Path, name: str) -> None:
    program = (
        "import sys, time\n"
        "from exin_tui.demo.vault import Size, throw_away\n"
        "from config.programme import load\n"
        "from models.values.clock import oslo\n"
        "with throw_away(Size(participants=3), oslo(), load()):\n"
        "    print('made', flush=True)\n"
        "    time.sleep(60)\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    child = subprocess.Popen(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "made\n"
    assert len(list(tmp_path.glob("exin-demo-*"))) == 1
    child.send_signal(getattr(signal, name))
    child.wait(timeout=30)
    child.stdout.close()
    assert child.returncode != 0
    for _moment in range(50):
        if not list(tmp_path.iterdir()):
            break
        time.sleep(0.1)
    assert list(tmp_path.iterdir()) == []


def test_opening_a_kept_vault_imports_nothing_that_fills_one(tmp_path: Path) -> None:
    make(tmp_path / "vault", SMALL, CLOCK, PROGRAMME).forget()
    program = (
        "import sys\nfrom pathlib import Path\nfrom exin_tui.demo.vault import Size, open_or_make\n"
        "open_or_make(Path(sys.argv[1]), Size(), None, None)\n"
        "print(*sorted(name for name in sys.modules if name.startswith(('exin_tui.demo', 'stdnum', 'textual'))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "vault")], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["exin_tui.demo", "exin_tui.demo.access", "exin_tui.demo.vault"]
