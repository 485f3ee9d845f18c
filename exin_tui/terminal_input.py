"""What a terminal sends, as text: broken letters and a paste that never ends are no reason to stop listening."""

from __future__ import annotations

import codecs
from typing import Final

_START: Final = "\x1b[200~"
_END: Final = "\x1b[201~"
_HALF_LETTER: Final = 0.5
"""Seconds after which the rest of a letter is not to come any more: the terminal is set to Latin-1."""
_SILENT_PASTE: Final = 5.0
"""Seconds of silence after which the end of a paste is taken to be lost."""
_ESCAPE: Final = "\x1b"
_INTERRUPT: Final = "\x03"
_LONE_ESCAPE: Final = 0.3
"""Seconds after which an Esc that nothing follows is the key, and not the beginning of what ends the paste."""


def _as_latin(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 as the letter it is in Latin-1; no control code comes in this way."""
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    return "".join(chr(byte) if byte >= 0xA0 else "\ufffd" for byte in bad), error.end


codecs.register_error("exin-latin", _as_latin)


class TerminalInput:
    """Bytes in, text out; an incomplete letter waits for its rest, and Esc or Ctrl-C alone ends an open paste."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="exin-latin")
        self._last = 0.0
        self._tail = ""
        self._pasting = False

    def text(self, data: bytes, now: float) -> str:
        """What `data` says, at `now` seconds; empty while a letter is not complete."""
        self._last = now
        text = self._decoder.decode(data)
        if self._pasting and text == _INTERRUPT:
            return self._ended() + text
        self._follow(text)
        return text

    def overdue(self, now: float) -> str:
        """What has to be given up waiting for, in silence until `now`; mostly nothing."""
        silent = now - self._last
        if silent >= _HALF_LETTER and self._decoder.getstate()[0]:
            text = self._decoder.decode(b"", final=True)
            self._follow(text)
            return text
        patience = _LONE_ESCAPE if self._tail.endswith(_ESCAPE) else _SILENT_PASTE
        return self._ended() if self._pasting and silent >= patience else ""

    def _follow(self, text: str) -> None:
        seen = self._tail + text
        start, end = seen.rfind(_START), seen.rfind(_END)
        if start != end:
            self._pasting = start > end
        self._tail = seen[-(len(_START) - 1) :]

    def _ended(self) -> str:
        self._pasting, self._tail = False, ""
        return _END
