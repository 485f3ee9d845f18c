"""Kill `exin` at random moments while it changes who belongs to a vault, its key or its schema, and look what is left.

`python -m tests.kills 300` is the full run; the suite does a few of them. After each kill exactly one truth opens, it
is the new one where that was told, everybody else is in, nothing is in the way, and `exin verify` finds nothing, or
the half that its own sentence names and one more run mends.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from config import words
from exin_tui import cli, leaving
from exin_tui.commands import verify
from models import users
from models.examination import whole as examination
from models.schema import SCHEMA_VERSION
from models.store import Store
from models.vault import passphrase as _passphrase
from models.vault import recovery, sealed
from models.vault.errors import CannotUnlock, Revoked, WrongRecoveryKey
from models.vault.place import VaultPlace
from tests.exin_tui.command_line import NEW_PASSPHRASE, PASSPHRASE, House, build_team, copy

GOLDEN: Final = Path(__file__).parent / "models" / "vault_before_rooms" / "vault"
NEXT: Final = "sju fjell og en regnfrakk til"
_BELONG: Final = {"caseload.db", "slots.json", "vault.lock", "copies"}
_OTHERS: Final = {"kari": PASSPHRASE, "ola": NEW_PASSPHRASE, "lise": NEW_PASSPHRASE}


class Left(NamedTuple):
    """What a killed run left: its house, whether the change was told as done, and what it wrote to its output."""

    house: House
    told: bool
    output: str


class Kind(NamedTuple):
    """A change: the arguments, the sentence that tells it is done, and a look that answers whether the new truth holds.

    The look raises AssertionError where both hold or neither; `mend` is what is run where `exin verify` names a half.
    """

    arguments: Sequence[str]
    sentence: str
    look: Callable[[Left], bool]
    mend: Sequence[str] = ()


def opens(house: House, user: str, secret: str) -> bool:
    """Whether a user's passphrase opens the vault; any other error is raised."""
    try:
        sealed.unlock(house.vault, user, secret).connect().close()
    except (CannotUnlock, Revoked):
        return False
    return True


def key_opens(house: House, text: str) -> bool:
    """Whether a recovery key opens the vault."""
    try:
        sealed.unlock_with_recovery(house.vault, recovery.RecoveryKey.parse(text)).connect().close()
    except WrongRecoveryKey:
        return False
    return True


def everybody(house: House, *but: str) -> None:
    """All of the team who are not named are in."""
    for user, secret in _OTHERS.items():
        assert user in but or opens(house, user, secret), f"{user} is locked out"


def added(left: Left) -> bool:
    everybody(left.house)
    return opens(left.house, "per", NEXT)


def made_reader(left: Left) -> bool:
    everybody(left.house)
    role = sealed.unlock(left.house.vault, "ola", NEW_PASSPHRASE).role
    assert role in ("caseworker", "reader"), role
    return role == "reader"


def taken_out(left: Left) -> bool:
    everybody(left.house, "ola")
    return not opens(left.house, "ola", NEW_PASSPHRASE)


def another_passphrase(user: str) -> Callable[[Left], bool]:
    def look(left: Left) -> bool:
        everybody(left.house, user)
        former, new = opens(left.house, user, _OTHERS[user]), opens(left.house, user, NEXT)
        assert former != new, f"the former passphrase opens: {former}, the new one: {new}"
        return new

    return look


def another_key(left: Left) -> bool:
    """The former key opens, or the one that was shown; or whoever logs in is told that nobody may have seen it."""
    everybody(left.house)
    former = key_opens(left.house, left.house.recovery)
    shown = [line for line in left.output.splitlines() if line.count("-") >= 7]
    if shown:
        assert not former
        assert key_opens(left.house, shown[0])
        return True
    assert former or VaultPlace(left.house.vault).unseen.exists(), (
        "a recovery key that nobody has seen, and nothing tells"
    )
    return False


def brought_up(left: Left) -> bool:
    """Whoever opens it next brings it up to date where the killed one has not."""
    with closing(sealed.unlock(left.house.vault, "kari", PASSPHRASE).connect()) as database:
        before = database.execute_sql("PRAGMA user_version").fetchone()[0]
    for user in ("kari", "ola"):
        with closing(left.house.store(user)) as store:
            assert store.ask_now(lambda reading: reading.value("PRAGMA user_version")) == SCHEMA_VERSION
    return bool(before == SCHEMA_VERSION)


_NEW: Final = ("--new-passphrase-file", "{home}/next")
KINDS: Final = {
    "add": Kind(("user", "add", "per", *_NEW), "can open the vault now", added, ("user", "revoke", "--unowned")),
    "role": Kind(("user", "role", "ola", "reader"), "has the role", made_reader, ("user", "role", "ola", "reader")),
    "revoke": Kind(("user", "revoke", "ola"), "can no longer open", taken_out, ("user", "revoke", "ola")),
    "passphrase": Kind(("user", "passphrase", *_NEW), "passphrase is changed", another_passphrase("kari")),
    "passphrase of a caseworker": Kind(
        ("user", "passphrase", *_NEW, "--user", "ola", "--passphrase-file", "{home}/ola"),
        "passphrase is changed", another_passphrase("ola"),
    ),
    "recover": Kind(
        ("user", "recover", "ola", "--recovery-key-file", "{home}/key", *_NEW),
        "has a new passphrase", another_passphrase("ola"),
    ),
    "recovery key": Kind(("user", "recover", "--new-key"), "", another_key),
    "schema": Kind(("verify",), "findings", brought_up),
}  # fmt: skip


class Killing:
    """Houses to be killed in, built once; `work` is a folder of its own."""

    def __init__(self, work: Path) -> None:
        # All that the child needs is there when it is forked, so that the moments fall into its work.
        _passphrase.judge(NEXT)
        assert users
        self._work = work
        self._team = build_team(work / "team")
        self._old = House(work / "team", self._team.recovery)
        self._seconds: dict[str, float] = {}

    def once(self, name: str, chance: random.Random) -> tuple[bool, bool, bool]:
        """One kill; whether it came before the end, whether the new truth holds, and whether a half was told."""
        kind = KINDS[name]
        if name not in self._seconds:
            start = time.monotonic()
            self._run(name, None)
            self._seconds[name] = time.monotonic() - start
        left, killed = self._run(name, chance.uniform(0.2, 1.5) * self._seconds[name])
        new = kind.look(left)
        assert new or not left.told, "it was told as done and is not"
        found = self._findings(left.house, name)
        half = bool(found)
        if half:
            assert kind.mend, found
            assert not left.told, found
            mended = left.house.run(*kind.mend, *self._who(left.house, name))
            assert mended.returncode == 0, (found, mended.stderr)
            assert self._findings(left.house, name) == []
        way = sealed.unlock(left.house.vault, "lise", NEW_PASSPHRASE) if name != "schema" else None
        if way is not None:
            # What is in nobody's way goes when somebody next changes something, or asks for the key again.
            way.reload()
        strays = {path.name.removesuffix("-wal").removesuffix("-shm") for path in left.house.vault.iterdir()} - _BELONG
        assert strays <= ({"vault.unfinished"} if name == "recovery key" else set()), strays
        shutil.rmtree(left.house.home)
        return killed, new, half

    def _who(self, house: House, name: str) -> list[str]:
        arguments = KINDS[name].arguments
        named = [] if "--user" in arguments else ["--user", "kari"]
        return [*named, *([] if {"--passphrase-file", "--recovery-key-file"} & {*arguments} else
                ["--passphrase-file", str(house.home / "passphrase")])]  # fmt: skip

    def _run(self, name: str, seconds: float | None) -> tuple[Left, bool]:
        """The command in a process of its own, killed after so many seconds; whether that came before its end."""
        house = self._house(name)
        kind = KINDS[name]
        arguments = [part.format(home=house.home) for part in kind.arguments]
        command = ["--vault", str(house.vault), *arguments, *self._who(house, name)]
        pid = os.fork()
        if not pid:
            _become(house, command)
        if seconds is not None:
            time.sleep(seconds)
            os.kill(pid, signal.SIGKILL)
        killed = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
        told, output = ((house.home / end).read_text(encoding="utf-8") for end in ("told", "output"))
        if seconds is None:
            assert kind.sentence in told, told
        return Left(house, bool(kind.sentence) and kind.sentence in told, output), killed

    def _house(self, name: str) -> House:
        home = Path(tempfile.mkdtemp(dir=self._work))
        house = copy(self._team, home)
        if name == "schema":
            shutil.rmtree(house.vault)
            shutil.copytree(GOLDEN, house.vault)
        house.secret("next", NEXT)
        house.secret("ola", NEW_PASSPHRASE)
        house.secret("key", house.recovery)
        for end in ("told", "output"):
            (home / end).touch()
        return house

    def _findings(self, house: House, name: str) -> list[str]:
        """What `exin verify` says."""
        if name == "passphrase":
            user, secret = "kari", NEXT if opens(house, "kari", NEXT) else PASSPHRASE
        else:
            user, secret = "kari", PASSPHRASE
        with closing(house.store(user, secret)) as store:
            return findings(store)


def findings(store: Store) -> list[str]:
    """The lines of `exin verify`."""
    found = [flaw.text for flaw in store.ask_now(examination.examine, store._audit_key).flaws]
    return [*found, *verify._roster(store), *users.unowned(store)]


def _become(house: House, command: list[str]) -> None:
    """Be `exin` with these arguments, at that house; does not come back."""
    try:
        os.environ.clear()
        os.environ.update(house.environment)
        for number, name in enumerate((Path("/dev/null"), house.home / "output", house.home / "told")):
            os.dup2(os.open(name, os.O_RDWR), number)
        # Whoever has forked may have led these elsewhere.
        sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in enumerate("rww"))
        sys.__stderr__ = sys.stderr
        code = cli.run(command)
    except BaseException as error:
        code = leaving.report(error)
    finally:
        os._exit(leaving.flush_output(code))


def run(kills: int, seed: int, work: Path) -> tuple[dict[str, Counter[str]], list[str]]:
    """So many kills, the kinds in turn; what came of each kind, and what is wrong."""
    chance, killing = random.Random(seed), Killing(work)
    counted: dict[str, Counter[str]] = {name: Counter() for name in KINDS}
    wrong = []
    for number in range(kills):
        name = [*KINDS][number % len(KINDS)]
        try:
            killed, new, half = killing.once(name, chance)
        except Exception as error:
            wrong.append(f"kill {number}, {name}: {type(error).__name__}: {error}")
            continue
        counted[name].update({"killed": killed, "new": new, "old": not new, "half, told and mended": half})
    return counted, wrong


def main() -> int:
    """The full run; answers 1 where something is wrong."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 1_000_000
    words.use("en")
    with tempfile.TemporaryDirectory(prefix="exin-kills-") as work:
        counted, wrong = run(kills, seed, Path(work))
    for name, counts in counted.items():
        print(f"{name:28}" + ", ".join(f"{what} {count}" for what, count in counts.items()))
    print(f"{kills} kills (seed {seed}), {len(wrong)} wrong")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
