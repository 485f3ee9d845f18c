"""`exin doctor`: whether this machine, this terminal and this vault's folder are fit, without unlocking anything."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from config import startup_settings
from config.errors import ExinError, ExitCode
from config.quoted import quoted
from config.words import _
from exin_tui import guard, unlock
from exin_tui.commands import options
from exin_tui.commands.context import Context
from exin_tui.printing import put_line

if TYPE_CHECKING:
    from models.vault.place import VaultPlace

Level = Literal["ok", "warn", "bad"]
Finding = tuple[Level, str]

_LITTLE_ROOM: Final = 100 * 1024 * 1024
_NO_ROOM: Final = 10 * 1024 * 1024
_LIBRARIES: Final = ("textual", "peewee", "cryptography")


def add(commands: options.Commands) -> None:
    """Describe the command."""
    parser = options.add_command(
        commands,
        "doctor",
        _("check versions, terminal, settings and the vault's folder; needs no passphrase"),
        "exin doctor",
        run,
    )
    options.add_vault(parser)


def run(context: Context) -> int:
    """Write one line a check, `ok`, `warn` or `bad`; the answer is `FINDINGS` when something is bad."""
    found: list[Level] = []
    for look in (_versions, _terminal, _settings, lambda: _vault(context)):
        for level, text in look():
            found.append(level)
            put_line(f"{level}: {text}")
    return ExitCode.FINDINGS if "bad" in found else ExitCode.DONE


def _versions() -> Iterator[Finding]:
    from importlib import metadata

    from models.vault import engine, versions

    yield "ok", f"exin {metadata.version('exin-tui')}, Python {platform.python_version()}, {platform.platform()}"
    yield "ok", ", ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    cipher, sqlite = versions.engine()
    yield from _attempt(f"SQLCipher {cipher}, SQLite {sqlite}", engine.check_engine)


def _attempt(text: str, check: Callable[[], object]) -> Iterator[Finding]:
    """`text` when `check` has nothing to say, else what it says."""
    try:
        check()
    except ExinError as error:
        yield "bad", error.text
    else:
        yield "ok", text


def _terminal() -> Iterator[Finding]:
    if not all(map(guard.is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        yield "warn", _("The input or the output is no terminal here, so nothing can be said of the terminal.")
    else:
        columns, rows = shutil.get_terminal_size()
        term = os.environ.get("TERM", "")
        size = _("terminal {term}, {columns} x {rows}").format(term=term, columns=columns, rows=rows)
        yield from _attempt(size, guard.require_terminal)
        if (columns, rows) < (80, 24) or rows < 24:
            yield "warn", _("The screens are made for 80 x 24 and more.")
        colour = os.environ.get("COLORTERM") or term
        yield "ok", _("no colour") if os.environ.get("NO_COLOR") else _("colour: {name}").format(name=colour)
    other = guard.other_charset()
    if other:
        text = _("UTF-8 is written, but this environment says {name}: letters may be garbled. Set LC_ALL=C.UTF-8.")
        yield "warn", text.format(name=quoted(other))
    else:
        yield "ok", _("letters: UTF-8")


def _settings() -> Iterator[Finding]:
    from config import keymap, settings

    file = Path(startup_settings.settings_file())
    text = _("settings {file}").format(file=file)
    if not file.exists():
        text += " " + _("(not there: everything as shipped)")
    yield from _attempt(text, lambda: keymap.build(settings.load(file).keys))


def _vault(context: Context) -> Iterator[Finding]:
    from models import limits
    from models.vault.place import VaultPlace

    try:
        folder = context.folder
    except ExinError as error:
        yield "bad", error.text
        return
    place = VaultPlace(folder)
    yield from _attempt(_("the programme's files"), lambda: limits.load(place))
    try:
        place.check_suitable()
        if not place.exists():
            yield "warn", _("There is no vault in {folder} yet.").format(folder=folder)
            return
        place.require()
    except ExinError as error:
        yield "bad", error.text
        return
    yield "ok", _("vault {folder}").format(folder=folder)
    yield from _contents(place)
    yield from _copies(place)
    if place.unseen.exists():
        yield "warn", _(unlock.KEY_UNSEEN)
    if sys.platform != "win32":
        yield from _modes(place)
    yield from _room(folder)


def _contents(place: VaultPlace) -> Iterator[Finding]:
    from models.vault import engine, files
    from models.vault.errors import Busy
    from models.vault.slots import read_slots

    try:
        slots = read_slots(place.slots)
        engine.check_file(place.database, place)
        yield "ok", _("users with a key: {count}").format(count=len(slots.slots))
        if place.lock.exists():
            with files.exclusively(place, wait=0):
                pass
    except Busy:
        yield "warn", _("Another session is changing the keys right now.")
    except ExinError as error:
        yield "bad", error.text
    if place.next_slots.exists():
        yield "warn", _("A change of the key was cut off; it is settled the next time somebody changes or opens it.")


def _copies(place: VaultPlace) -> Iterator[Finding]:
    from models.vault import copies

    for copy in copies.with_other_key(place):
        text = _("The copy {file} does not open with the vault's key of today. Remove it if nobody needs it.")
        yield "warn", text.format(file=copy)
    for slots in copies.with_slots(place):
        text = _("{file} still opens a copy with the passphrases of its time. The next change of the key removes it.")
        yield "warn", text.format(file=slots)


def _modes(place: VaultPlace) -> Iterator[Finding]:
    folder = place.folder.stat()
    open_to_all = [path for path in (place.folder, place.database, place.slots) if path.stat().st_mode & stat.S_IRWXO]
    for path in open_to_all:
        yield "bad", _("{path} is open to everybody on this machine. Run `chmod o-rwx` on it.").format(path=path)
    yield "warn" if place.shared else "ok", place.way_of_running()
    if not place.shared:
        return
    if not open_to_all:
        yield "ok", _("open to its owner and group {group} only").format(group=_group(folder.st_gid))
    if not folder.st_mode & stat.S_ISGID:
        text = _("{path} does not hand its group on to new files. Run `chmod g+s` on it.")
        yield "warn", text.format(path=place.folder)
    for path in (place.database, place.slots):
        found = path.stat()
        if found.st_gid != folder.st_gid or found.st_mode & 0o060 != 0o060:
            text = _("{path} is not shared with the folder's group, so colleagues may be locked out.")
            yield "warn", text.format(path=path)


def _group(number: int) -> str:
    import grp

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def _room(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    level: Level = "bad" if free < _NO_ROOM else "warn" if free < _LITTLE_ROOM else "ok"
    yield level, _("free room: {count} MB").format(count=free // (1024 * 1024))
