"""What a person's own account remembers of a vault, so that an older state put back in its place is noticed.

A file for each person and vault lies outside the vault, in the account's state folder: how far the slots and the audit
had come when that person last had it open there. Every opening compares. It is no help to whoever can write that file,
too, and none at the first opening on a machine.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from config import own_folder
from config.dates import format_moment
from config.errors import ExinError, ExitCode
from config.reasons import reason
from config.words import _
from models.storage.audit import head_at
from models.storage.reading import Reading

ACCEPTED: Final = "vault.accept_older"
"""The action by which somebody goes on with an older state; the generation it raised the slots to stands behind."""
MARGIN: Final = 1_000
"""How far the slots' generation is raised then: further than anybody else's memory may have been ahead of one's own."""
RECOVERY: Final = "recovery"
_MOST_BYTES: Final = 4096
_Id = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
_Count = Annotated[int, Meta(ge=0, le=2**53)]


class Seen(Struct, frozen=True, forbid_unknown_fields=True):
    """How far a vault had come: `generation` of its slots, `count` and `head` of its audit, at the moment `at`.

    `slot` is whose way in it was, `RECOVERY` for the recovery key. `root` is the public half of the key that signed who
    belongs to the vault, in hexadecimal; empty where nothing was signed yet.
    """

    vault: _Id
    slot: str
    generation: _Count
    count: _Count
    head: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    at: _Count
    root: str = ""


class OlderThanSeen(ExinError):
    """The vault is not what came after what was last `seen` of it here."""

    exit_code = ExitCode.OLDER_VAULT

    def __init__(self, folder: Path, seen: Seen, moment: datetime, count: int) -> None:
        text = _(
            "{folder} is older than when it was last open here, {moment}, or another in its place: its audit had "
            "{seen} rows then and has {count} now. It was not opened. A team leader who knows why goes on with "
            "`exin verify --accept-older`."
        )
        super().__init__(text.format(folder=folder, moment=format_moment(moment), seen=seen.count, count=count))
        self.seen = seen


class Acceptance(Struct, frozen=True):
    """Somebody went on with an older state: when, who, and the generation the slots were raised to."""

    at: int
    who: str
    generation: int


class Memory:
    """The files of one account's folder; nothing of it raises, as no work is to wait for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, vault: str, slot: str) -> Path:
        """Where it is remembered what `slot` last saw of `vault`."""
        return self._folder / f"seen-{vault}-{slot}.json"

    def recall(self, vault: str, slot: str) -> tuple[Seen | None, str]:
        """What was last seen, None where nothing is remembered; and a sentence where there is something wrong."""
        file = self.file(vault, slot)
        try:
            found = msgspec.json.decode(_content(file), type=Seen)
        except FileNotFoundError:
            return None, ""
        except _Untrusted as error:
            return None, error.text
        except OSError as error:
            text = _("{file} cannot be read ({reason}), so an older state of the vault would not be noticed.")
            return None, text.format(file=file, reason=reason(error))
        except (msgspec.MsgspecError, UnicodeError):
            text = _(
                "{file} was damaged: what was last seen of the vault is not known, and is remembered anew from now."
            )
            return None, text.format(file=file)
        if (found.vault, found.slot) != (vault, slot):
            text = _(
                "{file} tells of another vault or person; what was last seen of this one is remembered anew from now."
            )
            return None, text.format(file=file)
        return found, ""

    def keep(self, seen: Seen, *, wait: bool = True) -> str:
        """Remember, in one step; a sentence where that is not possible.

        Without `wait` the system chooses when it goes to the disk: a loss of power may cost what is remembered.
        """
        file = self.file(seen.vault, seen.slot)
        fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            own_folder.make(str(self._folder))
            with os.fdopen(os.open(fresh, flags, 0o600), "wb") as out:
                out.write(msgspec.json.encode(seen))
                out.flush()
                if wait:
                    os.fsync(out.fileno())
            fresh.replace(file)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            text = _("{file} cannot be written ({reason}), so an older state of the vault would not be noticed.")
            return text.format(file=file, reason=reason(error))
        return ""


class _Untrusted(ExinError):
    """A file that somebody else may have written."""


def _content(file: Path) -> bytes:
    """The content of a file that is ours alone to write; raises OSError and _Untrusted."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    with os.fdopen(os.open(file, flags), "rb") as source:
        found = os.fstat(source.fileno())
        ours = not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)
        if not stat.S_ISREG(found.st_mode) or not ours:
            text = _(
                "{file} could have been written by others and is not believed; what was last seen is remembered anew "
                "from now."
            )
            raise _Untrusted(text.format(file=file))
        return source.read(_MOST_BYTES)


def reached(database: Any) -> tuple[int, str]:
    """Number and code of the audit's last row; 0 and nothing in a vault that has no audit yet."""
    if "audit" not in database.get_tables():
        return 0, "0" * 64
    row = database.execute_sql("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "0" * 64)


def follows(reading: Reading, generation: int, signed: int, seen: Seen) -> bool:
    """Whether an open vault, its slots of `generation`, is what came after what was seen, or was accepted since.

    `signed` as in `accepted_since`.
    """
    if generation < seen.generation or "audit" not in reading._database.get_tables():
        return False
    return head_at(reading, seen.count) == seen.head or bool(accepted_since(reading, signed, seen))


def accepted_since(reading: Reading, signed: int, seen: Seen) -> list[Acceptance]:
    """Who has gone on with an older state since, the first first; a look at the slots alone where nobody can have.

    `signed` is the generation that a leader signed last: a row of the audit alone, anybody with a key could write.
    """
    if signed <= seen.generation:
        return []
    found = [
        Acceptance(at, who, int(action.rpartition(" ")[2]))
        for at, who, action in reading.sql(
            "SELECT a.at, coalesce(s.name, ''), a.action FROM audit a LEFT JOIN staff s ON s.id = a.actor "
            f"WHERE a.action GLOB '{ACCEPTED} [0-9]*' ORDER BY a.seq"
        )
    ]
    return [one for one in found if seen.generation < one.generation <= signed]


def journal(seen: Seen) -> None:
    """Tell the machine's journal how far the vault has come, where there is one: numbers, and no name."""
    try:
        import syslog
    except ImportError:
        return
    told = f"exin: vault {seen.vault[:8]} slots {seen.generation} audit {seen.count}:{seen.head}"
    syslog.syslog(syslog.LOG_INFO | syslog.LOG_AUTH, told)
