"""The lines of an authorized_keys file: each key of ours with the command it is forced to, foreign lines as they are.

The form is that of sshd(8), "AUTHORIZED_KEYS FILE FORMAT".
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from config.errors import ExinError
from config.served_name import NotServable, served_name
from config.words import _
from exin_tui.host.layout import Layout
from exin_tui.host.public_key import KINDS, KeyRefused, PublicKey, parse

FETCHING: Final = "internal-sftp"
SERVED_OPTIONS: Final = "restrict,pty"
FETCHING_OPTIONS: Final = "restrict"
CLEAN: Final = '/usr/bin/env -i TERM="$TERM" LANG="$LANG" SSH_ORIGINAL_COMMAND="$SSH_ORIGINAL_COMMAND" '
"""Put before the program: nothing else of what the client sends reaches even the interpreter."""

_OURS: Final = re.compile(r'(?P<options>restrict|restrict,pty),command="(?P<command>(?:[^"\\]|\\")*)" (?P<key>.*)')
_KEY: Final = re.compile(rf"(?:^|[\s,])({'|'.join(map(re.escape, KINDS))})\s+([A-Za-z0-9+/=]+)")
_SAFE: Final = re.compile(r"[\w./@:+=-]+")


class KeyNotTaken(ExinError):
    """The file of keys cannot be changed as asked."""


class Line(Struct, frozen=True):
    """A line of ours: who comes in with which key, and the command they come to."""

    person: str
    key: PublicKey
    command: str


def served(program: str, layout: Layout, person: str) -> str:
    """The command that a person's key is forced to; raises `KeyNotTaken` for a path a shell might not take as it is."""
    folders = (("--vault", layout.vault), ("--people", layout.people), ("--out", layout.out))
    named = [(option, str(folder)) for option, folder in folders if folder is not None]
    for path in (program, *(folder for _option, folder in named)):
        if not (path.startswith("/") and _SAFE.fullmatch(path)):
            text = _("{path} cannot stand in a forced command: an absolute path of letters, digits and ./@:+=-_ can.")
            raise KeyNotTaken(text.format(path=ascii(path)))
    words = [program, *(word for pair in named for word in pair), "serve", shlex.quote(served_name(person))]
    return CLEAN + " ".join(words)


def program_of(line: Line) -> str | None:
    """The program that a key is served by; None where it only fetches files, or comes to something else."""
    if not line.command.startswith(CLEAN):
        return None
    return next(iter(shlex.split(line.command.removeprefix(CLEAN))), None)


def line_of(person: str, key: PublicKey, command: str) -> bytes:
    """The line, without its end."""
    options = FETCHING_OPTIONS if command == FETCHING else SERVED_OPTIONS
    escaped = command.replace('"', '\\"')
    return f'{options},command="{escaped}" {key.kind} {key.body} {served_name(person)}'.encode()


def read_line(line: bytes) -> Line | None:
    """The line, if it is one of ours, byte for byte; None for any other."""
    try:
        found = _OURS.fullmatch(line.decode())
        if found is None:
            return None
        command = found["command"].replace('\\"', '"')
        key = parse(found["key"].encode(), "")
        person = found["key"].split(maxsplit=2)[2]
        whole = line_of(person, key, command) == line
        theirs = command == FETCHING or (
            command.startswith(CLEAN + "/") and command.endswith(f" serve {shlex.quote(person)}")
        )
        return Line(person, key, command) if whole and theirs and served_name(person) == person else None
    except (UnicodeDecodeError, KeyRefused, NotServable, IndexError):
        return None


def lines(content: bytes) -> list[tuple[bytes, Line | None]]:
    """Every line that says something, and what it is if it is ours; empty lines and comments are left out."""
    said = [line for line in content.split(b"\n") if line.strip() and not line.lstrip().startswith(b"#")]
    return [(line, read_line(line)) for line in said]


def with_key(content: bytes, person: str, key: PublicKey, command: str) -> bytes:
    """The content with a line more; raises `KeyNotTaken` where the key is in it already."""
    for line, ours in lines(content):
        if key in _keys(line):
            whose = ours.person if ours else _("a line that is not of this program")
            text = _("This key lets somebody in already: {whose}. A key is one person's, once.")
            raise KeyNotTaken(text.format(whose=whose))
    end = b"" if not content or content.endswith(b"\n") else b"\n"
    return content + end + line_of(person, key, command) + b"\n"


def without(content: bytes, gone: Callable[[Line], bool]) -> tuple[bytes, Sequence[Line]]:
    """The content without those of our lines that are `gone`, and which they were."""
    kept, taken = [], []
    for line in content.split(b"\n"):
        ours = read_line(line)
        if ours is not None and gone(ours):
            taken.append(ours)
        else:
            kept.append(line)
    return b"\n".join(kept), taken


def _keys(line: bytes) -> list[PublicKey]:
    """Every key that a line of any form might let in."""
    return [PublicKey(kind, body) for kind, body in _KEY.findall(line.decode(errors="replace"))]
