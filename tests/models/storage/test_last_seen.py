"""An older state of a vault put back is refused by whoever has seen more of it, and gone on with only openly."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from models import timeline
from models.roles.rights import Right
from models.storage import last_seen
from models.storage.last_seen import Memory, OlderThanSeen
from models.storage.work import NotAllowed
from models.store import Store
from models.team import staff
from models.vault import sealed
from models.vault.errors import VaultError
from tests.models.case_sample import WEAK, Hands, chain, examined, rows

Opener = Callable[..., Store]


@pytest.fixture
def opener(store: Store, session: Callable[[str], Store], vault_folder: Path, tmp_path: Path, passphrase: str,
           person: int) -> Iterator[Opener]:  # fmt: skip
    """Opens the vault for one of the team, who remembers in the state folder of a host; nobody has it open else."""
    for user in ("ola", "lise", "per"):
        session(user).close()
    store.lock()
    with ExitStack() as stack:

        def opened(user: str, host: str = "host", *, accept_older: bool = False) -> Store:
            memory = Memory(tmp_path / host / user)
            unlocked = sealed.unlock(vault_folder, user, passphrase)
            found = stack.enter_context(closing(Store(unlocked, store.clock, store.programme, memory)))
            found.open(accept_older=accept_older)
            return found

        yield opened


@pytest.fixture
def kept(vault_folder: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Copies the whole vault to `name`."""
    return lambda name: shutil.copytree(vault_folder, tmp_path / name)


@pytest.fixture
def put_back(vault_folder: Path) -> Callable[..., None]:
    """Puts a copy back in the vault's place, whole or only some files of it."""

    def replace(copy: Path, *names: str) -> None:
        for file in vault_folder.iterdir():
            if file.is_file() and (not names or file.name in names or file.suffix.startswith(".db-")):
                file.unlink()
        for file in copy.iterdir():
            if file.is_file() and (not names or file.name in names):
                shutil.copyfile(file, vault_folder / file.name)

    return replace


def work(opener: Opener, user: str, text: str) -> None:
    with closing(opener(user)) as store:
        store.change_now(timeline.record, 1, {"kind": "note", "text": text})


def files(tmp_path: Path, host: str = "host", user: str = "kari") -> list[Path]:
    return sorted((tmp_path / host / user).glob("*"))


def test_a_whole_old_folder_is_refused_by_whoever_saw_more_and_tells_when(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None], hands: Hands
) -> None:
    work(opener, "kari", "en")
    old = kept("old")
    hands.move(hours=3)
    work(opener, "kari", "to")
    put_back(old)
    with pytest.raises(
        OlderThanSeen, match=r"last open here, 22\.11\.2026 13:00.* had \d+ rows then and has \d+ now"
    ) as told:
        opener("kari")
    assert int(told.value.exit_code) == 6
    assert opener("kari", "new host").told == ()


def test_what_a_revoked_colleague_puts_back_opens_for_him_and_for_nobody_who_saw_him_go(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None]
) -> None:
    work(opener, "kari", "en")
    work(opener, "ola", "to")
    old = kept("old")
    with closing(opener("kari")) as store:
        store.unlocked.remove_slot(store.ask_now(staff.by_user, "ola").slot)
        store.change_now(staff.leave, "ola")
    with pytest.raises(VaultError):
        opener("ola")
    put_back(old)
    opener("ola").close()
    with pytest.raises(OlderThanSeen):
        opener("kari")


def test_an_old_database_under_the_present_slots_is_refused(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None]
) -> None:
    work(opener, "kari", "en")
    old = kept("old")
    work(opener, "kari", "to")
    put_back(old, "caseload.db")
    with pytest.raises(OlderThanSeen):
        opener("kari")


def test_as_many_rows_with_another_head_are_refused_and_more_rows_too(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None]
) -> None:
    work(opener, "kari", "en")
    old = kept("old")
    work(opener, "kari", "to")
    put_back(old)
    for text in ("noe annet", "og mer"):
        work(opener, "ola", text)
        with pytest.raises(OlderThanSeen):
            opener("kari")


def test_what_came_after_is_no_matter_on_whatever_host(opener: Opener, kept: Callable[[str], Path]) -> None:
    work(opener, "kari", "en")
    opener("kari", "second").close()
    for text in ("to", "tre"):
        work(opener, "ola", text)
    with closing(opener("kari")) as store:
        store.unlocked.add_slot("ny", "en helt ny passfrase her")
    for host in ("second", "host", "second"):
        assert opener("kari", host).told == ()


def test_slots_of_before_are_refused_where_the_rest_is_as_it_was(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None]
) -> None:
    work(opener, "kari", "en")
    old = kept("old")
    with closing(opener("kari")) as store:
        store.unlocked.raise_generation(7)
    put_back(old)
    with pytest.raises(OlderThanSeen):
        opener("kari")


def test_it_is_compared_at_every_unlocking_and_the_session_stays_locked(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None], passphrase: str
) -> None:
    work(opener, "kari", "en")
    old = kept("old")
    store = opener("kari")
    store.change_now(timeline.record, 1, {"kind": "note", "text": "to"})
    store.lock()
    put_back(old)
    with pytest.raises(OlderThanSeen):
        store.unlock_again(passphrase)
    with pytest.raises(Exception, match="locked"):
        store.ask_now(staff.team)


def test_it_is_remembered_when_opened_at_the_end_and_after_a_change_of_ways_in_but_not_at_each_save(
    opener: Opener, tmp_path: Path
) -> None:
    store = opener("kari")
    (file,) = files(tmp_path)
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700

    def seen() -> tuple[int, int]:
        found = json.loads(file.read_text())
        return found["generation"], found["count"]

    def now() -> tuple[int, int]:
        return store.unlocked.generation, chain(store).count

    before = now()
    assert seen() == before
    store.change_now(timeline.record, 1, {"kind": "note", "text": "en"})
    assert seen() == before
    store.unlocked.raise_generation(3)
    store.witness_now("user.passphrase")
    assert seen() == now() != before
    store.change_now(timeline.record, 1, {"kind": "note", "text": "to"})
    last = now()
    store.close()
    assert seen() == last
    assert files(tmp_path) == [file]


def test_a_session_that_ends_later_does_not_forget_newer_slots(opener: Opener, tmp_path: Path) -> None:
    longer = opener("kari")
    with closing(opener("kari")) as store:
        newest = store.unlocked.raise_generation(5)
    longer.close()
    (file,) = files(tmp_path)
    assert json.loads(file.read_text())["generation"] == newest > longer.unlocked.generation


def other_vault(text: str) -> str:
    return json.dumps(json.loads(text) | {"vault": "0" * 32})


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: "", "was damaged"),
        (lambda text: text[:40], "was damaged"),
        (lambda text: "\udcff", "was damaged"),
        (lambda text: text.replace('"count":', '"count":-'), "was damaged"),
        (lambda text: "[" * 5000, "was damaged"),
        (other_vault, "another vault or person"),
    ],
    ids=["empty", "cut", "no text", "a number that cannot be", "deep", "of another vault"],
)  # fmt: skip
def test_a_spoilt_memory_is_told_and_begun_anew(
    opener: Opener, tmp_path: Path, spoil: Callable[[str], str], told: str,
    kept: Callable[[str], Path], put_back: Callable[..., None],
) -> None:  # fmt: skip
    work(opener, "kari", "en")
    old = kept("old")
    (file,) = files(tmp_path)
    file.write_bytes(spoil(file.read_text()).encode("utf-8", "surrogateescape"))
    with closing(opener("kari")) as store:
        (text,) = store.told
        assert str(file) in text
        assert told in text
        store.change_now(timeline.record, 1, {"kind": "note", "text": "to"})
    assert opener("kari").told == ()
    put_back(old)
    with pytest.raises(OlderThanSeen):
        opener("kari")


@pytest.mark.skipif(os.name != "posix", reason="links and modes of POSIX")
@pytest.mark.parametrize("kind", ["open to all", "link", "folder", "of another", "no folder"])
def test_a_memory_that_cannot_be_believed_or_had_is_told_and_in_nobodys_way(
    opener: Opener, tmp_path: Path, kind: str
) -> None:
    work(opener, "kari", "en")
    (file,) = files(tmp_path)
    if kind == "open to all":
        file.chmod(0o666)
    elif kind == "of another":
        if os.geteuid() != 0:
            pytest.skip("only root gives files away")
        os.chown(file, 1, 1)
    elif kind == "no folder":
        shutil.rmtree(file.parent)
        file.parent.write_text("no folder")
    else:
        file.rename(tmp_path / "elsewhere")
        file.mkdir() if kind == "folder" else file.symlink_to(tmp_path / "elsewhere")
    with closing(opener("kari")) as store:
        assert store.told
        assert all(str(file) in text for text in store.told)
        store.change_now(timeline.record, 1, {"kind": "note", "text": "to"})
    if kind in ("open to all", "link", "of another"):
        assert opener("kari").told == ()
        assert file.stat().st_uid == os.geteuid()
    if kind == "link":
        assert json.loads((tmp_path / "elsewhere").read_text())["count"] < chain(opener("kari")).count


def test_only_a_leader_goes_on_with_an_older_state_and_everybody_is_told_once(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None], hands: Hands
) -> None:
    for user in ("kari", "ola", "lise", "per"):
        work(opener, user, user) if user != "lise" else opener(user).close()
    old = kept("old")
    hands.move(hours=1)
    work(opener, "ola", "borte siden")
    for user in ("kari", "lise", "per"):
        opener(user).close()
    lost = kept("lost")
    put_back(old)
    for user in ("kari", "ola", "lise", "per"):
        with pytest.raises(OlderThanSeen):
            opener(user)
    for user in ("ola", "lise"):
        with pytest.raises(NotAllowed):
            opener(user, accept_older=True)
    hands.move(hours=1)
    with closing(opener("per", accept_older=True)) as store:
        (action,) = rows(store, "SELECT action FROM audit ORDER BY seq DESC LIMIT 1")[0]
        assert action == f"vault.accept_older {store.unlocked.generation}"
        assert store.unlocked.generation > last_seen.MARGIN
        assert examined(store).flaws == ()
    assert opener("per").told == ()
    for user in ("kari", "ola", "lise"):
        (text,) = opener(user).told
        assert text.startswith("Per Moe went on with an older state of this vault, 22.11.2026 12:00")
        opener(user).close()
        assert opener(user).told == ()
    # And what was given up is not taken for the newest any more.
    put_back(lost)
    for user in ("kari", "ola", "lise", "per"):
        with pytest.raises(OlderThanSeen):
            opener(user)


def test_a_former_leader_cannot_accept_an_older_state_for_whoever_knows_the_root_since(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None]
) -> None:
    """Their root signed the older roster, and may sign as many generations on top of it as they like."""
    for user in ("kari", "per"):
        opener(user).close()
    old = kept("old")
    with closing(opener("kari")) as store:
        store.unlocked.remove_slot(store.ask_now(staff.by_user, "per").slot)
        store.change_now(staff.leave, "per")
    put_back(old)
    with closing(opener("per", "another host")) as store:
        store.witness_now(f"{last_seen.ACCEPTED} {store.unlocked.raise_generation(10**6)}")
    with pytest.raises(OlderThanSeen):
        opener("kari")


def test_a_caseworker_cannot_forge_that_a_leader_has_accepted_an_older_state(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None]
) -> None:
    """Who holds the folder and a key may write what they like into the audit, and count the slots on."""
    work(opener, "kari", "en")
    old = kept("old")
    work(opener, "kari", "to")
    put_back(old)
    with closing(opener("ola", "another host")) as store:
        for passphrase in ("ny passfrase med ugler", "enda en med pingviner"):
            store.unlocked.change_passphrase("ola", passphrase, kdf=WEAK)
        act = f"{last_seen.ACCEPTED} {store.unlocked.generation}"
        store._now(lambda: store._work(act, Right.READ).witness())
    with pytest.raises(OlderThanSeen):
        opener("kari")


def test_nothing_is_remembered_where_no_memory_is_given(store: Store) -> None:
    store.witness_now("export.json")
    assert store.told == ()


def test_the_journal_is_told_numbers_and_no_name(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    syslog = pytest.importorskip("syslog")
    lines: list[str] = []
    monkeypatch.setattr(syslog, "syslog", lambda _level, line: lines.append(line))
    store = opener("kari")
    state, vault = chain(store), store.unlocked.vault_id
    store.lock()
    assert lines == []
    store.unlock_again("korrekt hest batteri stift")
    store.close()
    assert lines == [f"exin: vault {vault[:8]} slots {store.unlocked.generation} audit {state.count}:{state.head}"]


def test_an_acceptance_counts_once_and_for_whoever_has_not_come_so_far(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None]
) -> None:
    """What was accepted before does not excuse what is put back later, whatever the slots have come to."""
    for user in ("kari", "per"):
        work(opener, user, user)
    old = kept("old")
    work(opener, "per", "borte siden")
    opener("kari").close()
    put_back(old)
    opener("per", accept_older=True).close()
    later = kept("later")
    with closing(opener("kari")) as store:
        store.change_now(timeline.record, 1, {"kind": "note", "text": "skrevet etterpå"})
    put_back(later)
    with closing(opener("per", "another host")) as store:
        store.unlocked.renew_recovery()
        assert store.unlocked.generation > last_seen.MARGIN + 1
    with pytest.raises(OlderThanSeen):
        opener("kari")


def test_an_acceptance_that_the_slots_have_not_come_to_counts_for_nothing(
    opener: Opener, kept: Callable[[str], Path], put_back: Callable[..., None]
) -> None:
    """By whoever writes the audit and does not sign the roster."""
    work(opener, "kari", "en")
    old = kept("old")
    work(opener, "kari", "to")
    put_back(old)
    with closing(opener("per", "another host")) as store:
        store.unlocked.renew_recovery()
        store.witness_now(f"{last_seen.ACCEPTED} {10**6}")
    with pytest.raises(OlderThanSeen):
        opener("kari")
