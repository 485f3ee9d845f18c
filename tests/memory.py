"""What is found in the memory of the program, open and locked, by whoever may look there: root.

Run as root: python -m tests.memory
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from models import timeline
from models.participants import participants
from models.vault import sealed
from tests.journeys.terminal import ENTER, KARI, Desk, found_vault, opened

NAME: Final = "Kanarifugl"
TEXT: Final = "Papegoyetekst"


def found(pid: int, secrets: Mapping[str, bytes]) -> dict[str, int]:
    """How often each secret stands in the writable memory of `pid`, as bytes and as UTF-16 and UTF-32 hold text."""
    counts = dict.fromkeys(secrets, 0)
    forms = {name: _forms(secret) for name, secret in secrets.items()}
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
            place, rights, *_rest = line.split()
            if not rights.startswith("rw") or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            first, last = (int(end, 16) for end in place.split("-"))
            memory.seek(first)
            try:
                data = memory.read(last - first)
            except OSError:
                continue
            for name, pattern in forms.items():
                counts[name] += len(pattern.findall(data))
    return counts


def _forms(secret: bytes) -> re.Pattern[bytes]:
    spread = [b"".join(bytes([byte]) + b"\0" * more for byte in secret) for more in (0, 1, 3)]
    return re.compile(b"|".join(re.escape(form) for form in spread))


def main() -> None:
    """Log in, read about somebody, lock, unlock and lock again; say each time what stands in memory."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        found_vault(desk.vault)
        store = opened(desk.vault)
        person = store.change_now(participants.add, {"given_name": NAME})
        for number in range(5):
            store.change_now(timeline.record, person, {"kind": "phone", "minutes": 10, "text": f"{TEXT} {number}"})
        store.close()
        way_in = sealed.unlock(desk.vault, KARI[0], KARI[3])
        secrets = {
            "passphrase": KARI[3].encode(),
            "private key": way_in._private,
            "database key": way_in._database_key,
            "database key as told": way_in._database_key.hex().encode(),
            "name": NAME.encode(),
            "text": TEXT.encode(),
        }
        terminal = desk.log_in()
        terminal.wait(NAME)
        terminal.send(ENTER)
        terminal.wait("Timeline", TEXT)
        for told, keys, seen in (
            ("open", "", TEXT),
            ("locked", "L", "Locked."),
            ("open again", KARI[3] + ENTER, TEXT),
            ("locked again", "L", "Locked."),
        ):
            terminal.send(keys)
            terminal.wait(seen)
            terminal.settle()
            time.sleep(2)
            print(f"{told:14}", found(terminal.pid, secrets))
        desk.close()


if __name__ == "__main__":
    main()
