"""What is found in the memory of another process, by whoever may look there: root."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path


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
