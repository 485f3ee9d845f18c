"""What a present-day terminal answers when a program asks it something."""

from __future__ import annotations

import re
from typing import Final

_QUERY: Final = re.compile(
    rb"\x1b\[\?(?P<mode>\d+)\$p"  # is this private mode known?
    rb"|\x1b\[(?P<status>[56])n"
    rb"|\x1b\[(?P<device>[>=]?)0?c"
    rb"|\x1b\[>0?(?P<version>q)"
    rb"|\x1b\[\?(?P<keyboard>u)"
    rb"|\x1b\](?P<colour>1[01]);\?(?:\x07|\x1b\\)"
)
_KNOWN_MODES: Final = frozenset({1, 7, 25, 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026})
_DEVICES: Final = {b"": b"\x1b[?62;22c", b">": b"\x1b[>1;100;0c", b"=": b"\x1bP!|00000000\x1b\\"}
_TAIL: Final = 32
"""No query is longer, so so much of the last read is looked at again."""


class Answers:
    """Finds the queries in what a program writes, however it is cut into reads."""

    def __init__(self) -> None:
        self._tail = b""

    def to(self, data: bytes) -> bytes:
        """The answers to the queries that end in `data`."""
        whole = self._tail + data
        answers = []
        end = 0
        for found in _QUERY.finditer(whole):
            answers.append(_answer(found))
            end = found.end()
        self._tail = whole[max(end, len(whole) - _TAIL) :]
        return b"".join(answers)


def _answer(found: re.Match[bytes]) -> bytes:
    if mode := found["mode"]:
        return b"\x1b[?%s;%d$y" % (mode, 2 if int(mode) in _KNOWN_MODES else 0)
    if status := found["status"]:
        return b"\x1b[0n" if status == b"5" else b"\x1b[1;1R"
    if found["version"]:
        return b"\x1bP>|bench(1)\x1b\\"
    if found["keyboard"]:
        return b"\x1b[?0u"
    if colour := found["colour"]:
        return b"\x1b]%s;rgb:%s\x1b\\" % (colour, b"d0d0/d0d0/d0d0" if colour == b"10" else b"1010/1010/1010")
    return _DEVICES[found["device"] or b""]
