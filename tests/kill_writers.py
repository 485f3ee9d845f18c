"""Kill writers at random moments and see that nothing they had acknowledged is lost.

`python -m tests.kill_writers 200` is the full run; the suite does a few.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config import programme
from models.examination import whole as examination
from models.participants import participants
from models.store import Store
from models.team import staff
from models.values.clock import oslo
from models.vault import sealed
from models.vault.keys import KdfParameters

ROOT = Path(__file__).parents[1]
PASSPHRASE = "korrekt hest batteri stift"
WEAK = KdfParameters(memory_kib=16 * 1024, passes=2, lanes=1)
WRITER = """
import sys
from pathlib import Path
from config import programme
from models import timeline
from models.values.clock import oslo
from models.store import Store
from models.vault import sealed
store = Store(sealed.unlock(Path(sys.argv[1]), "kari", sys.argv[2]), oslo(), programme.load())
store.open()
person = int(sys.argv[3])
print("ready", flush=True)
number = 0
while True:
    number += 1
    text = f"{sys.argv[4]}-{number} Ringte om bolig og gjeld"
    entry = store.change_now(timeline.record, person, {"kind": "phone", "text": text, "topic": "senere"})
    if number % 3 == 0:
        store.change_now(timeline.correct, entry, 1, {"text": text + " rettet"})
    print(entry, text, sep="\\t", flush=True)
"""


def found(folder: Path) -> Store:
    """A new vault with one participant in it, open."""
    unlocked, _recovery = sealed.create(folder, "kari", PASSPHRASE, kdf=WEAK)
    store = Store(unlocked, oslo(), programme.load())
    store.open()
    store.change_now(staff.join, "kari", "Kari Nordmann", "team_leader", unlocked.slot_id or "")
    store.close()
    return opened(folder)


def opened(folder: Path) -> Store:
    """The vault open for kari."""
    store = Store(sealed.unlock(folder, "kari", PASSPHRASE), oslo(), programme.load())
    store.open()
    return store


def kill_one(folder: Path, person: int, name: str, wait: float) -> dict[int, str]:
    """Let a writer write, kill it `wait` seconds after its first entry; the entries it had acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), PASSPHRASE, str(person), name], stdout=subprocess.PIPE, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None
        if writer.stdout.readline() != b"ready\n":
            raise RuntimeError("the writer did not start")
        time.sleep(wait)
        os.kill(writer.pid, signal.SIGKILL)
        lines = writer.stdout.read().decode().split("\n")[:-1]
    return {int(entry): text for entry, text in (line.split("\t") for line in lines)}


def run(folder: Path, kills: int, seed: int) -> tuple[int, list[str]]:
    """Kill so many writers of one vault; how many entries were acknowledged, and what is wrong."""
    chance = random.Random(seed)
    store = found(folder)
    person = store.change_now(participants.add, {"given_name": "Åse"})
    store.close()
    acknowledged: dict[int, str] = {}
    wrong: list[str] = []
    for number in range(kills):
        acknowledged |= kill_one(folder, person, f"w{number}", chance.uniform(0.0, 0.12))
        store = opened(folder)
        present = store.ask_now(lambda reading: dict(reading.sql("SELECT id, text FROM entry")))
        flaws = store.ask_now(examination.examine, store._audit_key).flaws
        store.close()
        lost = [entry for entry, text in acknowledged.items() if not str(present.get(entry, "")).startswith(text)]
        wrong += [f"kill {number}: entry {entry} is lost" for entry in lost]
        wrong += [f"kill {number}: {flaw.where}: {flaw.text}" for flaw in flaws]
    return len(acknowledged), wrong


def main() -> int:
    """The full run; answers 1 when anything was lost or is wrong."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 1_000_000
    home = Path(tempfile.mkdtemp(prefix="exin-kills-"))
    try:
        acknowledged, wrong = run(home / "vault", kills, seed)
    finally:
        shutil.rmtree(home)
    print(f"{kills} kills (seed {seed}), {acknowledged} acknowledged entries, {len(wrong)} lost or wrong")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
