"""One session of the crowd: it does acts, and journals what it was told, what it saw and what was acknowledged."""

from __future__ import annotations

import json
import random
import re
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from config import programme
from config.errors import ExinError
from models.storage.actions import id_of
from models.storage.writing import Writing
from models.store import Locked, NotInTeam, Store
from models.values.clock import oslo
from models.vault import sealed
from models.vault.errors import Busy, CannotUnlock, Revoked
from tests.crowd.plan import COMMON, Canary, Person, Plan, passphrases, whole

WORD: Final = re.compile(COMMON + r"([a-z])\1\1")
CODE: Final = re.compile(r"KX-\d{3}")
WAIT: Final = 0.3
"""Seconds between two tries to come in again."""


class Gone(Exception):
    """The time is over."""


class Line(dict[str, Any]):
    """What is journaled of one act."""

    def add(self, key: str, value: Any) -> None:
        """Add to a list of it."""
        self.setdefault(key, []).append(value)


class Hand:
    """A person of the plan at the keyboard until `until` (of the monotonic clock, which all processes share)."""

    def __init__(self, plan: Plan, user: str, seed: str, until: float = 0.0) -> None:
        self.plan = plan
        self.me: Person = plan.person(user)
        self.chance = random.Random(f"{seed}/{user}")
        self.until = until
        self.store: Store
        self.count = 0
        self.line = Line()
        self.mine: list[tuple[str, int, int]] = []
        """What of this session's own is still there to be corrected: table, id, version."""
        self._own: list[list[str]] = []
        self._journal = (plan.home / f"{user}.journal").open("a", buffering=1)

    # ------------------------------------------------------------------ coming and going

    def come_in(self) -> None:
        """Open the vault, by whichever passphrase holds now; `Gone` when the time is over before one does."""
        while True:
            for passphrase in passphrases(self.plan, self.me.user):
                try:
                    self._open(passphrase)
                except (CannotUnlock, Revoked, NotInTeam, Busy):
                    continue
                self.passphrase = passphrase
                self._own.clear()
                self.mine.clear()
                return
            if time.monotonic() > self.until:
                raise Gone
            time.sleep(WAIT)

    def _open(self, passphrase: str) -> None:
        store = Store(sealed.unlock(Path(self.plan.folder), self.me.user, passphrase), oslo(), programme.load())
        try:
            store.open()
        except ExinError:
            store.close()
            raise
        self.store = store

    def leave(self) -> None:
        """Close the vault."""
        self.store.close()
        self.store.unlocked.forget()

    # ------------------------------------------------------------------ what an act may use

    def ask(self, query: Callable[..., Any], *args: Any) -> Any:
        """Ask the vault."""
        return self.store.ask_now(query, *args)

    def change(self, change: Callable[..., Any], *args: Any) -> Any:
        """Change the vault; what returns from here is acknowledged."""
        answer = self.store.change_now(change, *args)
        self.line.add("acts", id_of(change))
        return answer

    def note(self, query: Callable[..., Any], *args: Any) -> Any:
        """Keep or drop a draft."""
        store = self.store

        def write() -> Any:
            with store._open_database.atomic("IMMEDIATE"):
                return query(Writing(store._open_database, store.clock, store.programme, store.actor), *args)

        return store._now(write)

    def witness(self, act: str) -> None:
        """Have something witnessed in the audit."""
        self.store.witness_now(act)
        self.line.add("acts", act)

    def token(self, participant: int | None = None) -> str:
        """A text that nobody else writes; about a canary it has their word in it."""
        self.count += 1
        word = next((f" {one.word}" for one in self.plan.canaries if one.participant == participant), "")
        return f"{self.me.user}x{self.count}x{word} ringte om bolig"

    def made(self, table: str, row: int, text: str, column: str = "text", version: int = 1) -> None:
        """Journal that the row says this now: acknowledged, so it has to be there at the end, or in its history."""
        self._own.append([table, str(row), column, text])
        self.line.add("made", [table, row, column, text])
        if table in ("entry", "task"):
            self.mine = [one for one in self.mine if one[:2] != (table, row)] + [(table, row, version)]

    def taken_back(self) -> None:
        """Journal that the last of them was undone."""
        table, row, column, text = self._own.pop()
        self.line.add("undone", [table, int(row), column, text])
        self.mine = [one for one in self.mine if one[:2] != (table, int(row))]

    @property
    def has_own(self) -> bool:
        """Whether this session has written something that can be undone."""
        return bool(self._own)

    def anybody(self) -> int:
        """A participant, half of the time a canary."""
        if self.chance.random() < 0.5:
            return self.canary().participant
        return self.chance.choice(self.plan.participants)

    def canary(self) -> Canary:
        """A canary."""
        return self.chance.choice(self.plan.canaries)

    # ------------------------------------------------------------------ doing

    def do(self, name: str, act: Callable[[Hand], Any], *, typed: bool = False) -> None:
        """Do one act and journal it; `typed` is where a code in the answer is what was asked for."""
        self.begin(name)
        lost = False
        try:
            answer = act(self)
        except ExinError as error:
            answer = self.refused(error)
            lost = isinstance(error, Revoked | Locked | CannotUnlock)
        except Exception:
            answer = ""
            self.line["raw"] = traceback.format_exc()
        self.close(answer, typed=typed)
        if lost or self.store.lost is not None:
            self.come_again()

    def begin(self, name: str) -> None:
        """Begin a line of the journal."""
        self.line = Line(name=name, t0=time.monotonic(), day=self.store.clock.today().isoformat())

    def refused(self, error: ExinError) -> str:
        """Journal which sentence it was."""
        self.line["refused"] = type(error).__name__
        self.line["sentence"] = error.text
        return error.text

    def close(self, answer: Any, *, typed: bool = False) -> None:
        """Write the line, with whoever of the canaries the answer tells of."""
        text = whole(answer)
        self.line["t1"] = time.monotonic()
        words = {match[0] for match in WORD.finditer(text.casefold())}
        codes = set() if typed else set(CODE.findall(text))
        seen = [one.participant for one in self.plan.canaries if one.word in words or one.code in codes]
        if seen:
            self.line["seen"] = seen
        self._journal.write(json.dumps(self.line, ensure_ascii=False) + "\n")

    def come_again(self) -> None:
        """The way in was taken away: come in by another, once there is one."""
        self.leave()
        self.begin("come again")
        self.come_in()
        self.close("")

    def end(self) -> None:
        """Journal that the session has come to its end in order."""
        self.begin("end")
        self.close("")
        self._journal.close()
