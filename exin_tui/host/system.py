"""What the machine itself does with memory, files and the program, as far as a served vault minds."""

from __future__ import annotations

import os
import pwd
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from config.words import _

if TYPE_CHECKING:
    from exin_tui.host.finding import Finding
    from exin_tui.host.layout import Layout

_PROC: Final = Path("/proc")
_LOGIN_DEFS: Final = Path("/etc/login.defs")
_OURS: Final = ("exin_tui", "screens", "models", "config")


def findings(layout: Layout, account: pwd.struct_passwd) -> Iterator[Finding]:
    """Swap, core files, mounts, umask and this very program."""
    yield from swap(_text(_PROC / "swaps"))
    yield from core_pattern(_text(_PROC / "sys/kernel/core_pattern").strip())
    yield from umask(_text(_LOGIN_DEFS))
    mounts = _text(_PROC / "self/mountinfo")
    folders = [layout.vault, layout.people or Path(account.pw_dir), layout.out]
    for folder in folders:
        options = mount_options(folder.resolve(), mounts) if folder is not None else None
        if options is not None and (missing := sorted({"nosuid", "nodev", "noexec"} - options)):
            text = _("{folder} is mounted without {options}; nothing there needs them.")
            yield "warn", text.format(folder=folder, options=" ".join(missing))
    yield from _this_program()


def swap(swaps: str) -> Iterator[Finding]:
    """Where memory may be written to, from /proc/swaps: only encrypted disks, or memory itself, keep what it holds."""
    places = [line.split()[0] for line in swaps.splitlines()[1:] if line.strip()]
    for place in places:
        name = Path(place).resolve().name
        if name.startswith("zram") or _text(Path(f"/sys/block/{name}/dm/uuid")).startswith("CRYPT-"):
            yield "ok", _("swap {place} is encrypted or in memory").format(place=place)
        else:
            text = _("Swap {place} is not known to be encrypted: what a session has in memory may be written to it.")
            yield "bad", text.format(place=place)
    if not places:
        yield "ok", _("no swap")


def core_pattern(pattern: str) -> Iterator[Finding]:
    """Where the memory of a program that crashes goes, from /proc/sys/kernel/core_pattern."""
    if pattern.startswith("|"):
        text = _("A program that crashes is handed to {program}; EX/IN keeps itself out of it.")
        yield "warn", text.format(program=pattern[1:].split()[0])
    else:
        yield "ok", _("core files are not handed to any program")


def umask(login_defs: str) -> Iterator[Finding]:
    """What new files of accounts are open to, from /etc/login.defs; the program sets its own."""
    found = re.search(r"^\s*UMASK\s+([0-7]+)", login_defs, flags=re.M)
    if found and int(found[1], 8) & 0o027 == 0o027:
        yield "ok", _("umask {umask}").format(umask=found[1])
    else:
        text = _("Accounts make files that all may read (UMASK in {file}). EX/IN sets its own, other programs do not.")
        yield "warn", text.format(file=_LOGIN_DEFS)


def mount_options(path: Path, mounts: str) -> frozenset[str] | None:
    """How the file system with the longest mount point above `path` is mounted, from /proc/self/mountinfo."""
    best: tuple[int, frozenset[str]] | None = None
    for line in mounts.splitlines():
        fields = line.split(" ")
        point = Path(fields[4].replace("\\040", " ")) if len(fields) > 5 else None
        if point is not None and path.is_relative_to(point) and (best is None or len(point.parts) >= best[0]):
            best = len(point.parts), frozenset(fields[5].split(","))
    return best[1] if best else None


def program(file: Path) -> Iterator[Finding]:
    """Whether the program of the forced commands is there, runs, and is root's alone to change, as its folders are."""
    if not os.access(file, os.X_OK):
        yield "bad", _("The program {file} of the forced commands is not there or does not run.").format(file=file)
        return
    parts = {str(path) for start in (file, file.resolve()) for path in (start, *start.parents)}
    if changeable := sorted(filter(_others_write, parts)):
        yield "bad", _("Others than root can change the program: {path}").format(path=changeable[0])
    else:
        yield "ok", _("program {file}").format(file=file)


def _this_program() -> Iterator[Finding]:
    """The files this very run was made of: whoever can change one, changes what every session does."""
    root = Path(__file__).resolve().parents[2]
    libraries = [Path(entry).resolve() for entry in sys.path if entry.endswith("site-packages")]
    tops = [*(root / name for name in _OURS), *libraries]
    above = {str(path) for top in (*tops, Path(sys.executable).resolve()) for path in top.parents}
    changeable = sorted(filter(_others_write, above))
    for top in tops:
        for folder, _folders, files in os.walk(top):
            changeable += filter(_others_write, (folder, *(f"{folder}/{name}" for name in files)))
    if changeable:
        yield "bad", _("Others than root can change the program: {path}").format(path=changeable[0])
    else:
        yield "ok", _("nobody but root can change the program in {folder}").format(folder=root)


def _others_write(path: str) -> bool:
    """Whether anybody but root can change the file, or what is in the folder under a given name."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    if stat.S_ISLNK(found.st_mode):
        return found.st_uid != 0
    sticky = stat.S_ISDIR(found.st_mode) and found.st_mode & stat.S_ISVTX
    return found.st_uid != 0 or bool(found.st_mode & 0o022 and not sticky)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
