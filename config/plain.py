"""Text that may stand on a terminal: whatever would steer it, or not be seen, is written out."""

from __future__ import annotations

_SPACES = "\u00a0\u202f"
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters by their category that take room or join others without being seen."""


def plain(text: str, keep: str = "") -> str:
    r"""`text` with control characters, marks of direction, whatever has no width, and halves of letters as `\u…`.

    Written as in JSON: inside a string of JSON it means what it meant before. `keep` names letters to leave alone, such
    as the end of a line.
    """
    if text.isprintable() and text.isascii():
        return text
    steering = {
        ord(letter): _written(letter)
        for letter in set(text)
        if letter not in keep and letter not in _SPACES and (not letter.isprintable() or letter in _UNSEEN)
    }
    return text.translate(steering) if steering else text


def _written(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
