"""The process of one session: `python -m tests.crowd.session PLAN USER SEED`; told on its input until when."""

from __future__ import annotations

import asyncio
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from models.roles.rights import LEADER, READER
from tests.crowd import leads, plan, reads, writes
from tests.crowd.hand import Gone, Hand

Acts = dict[str, tuple[Callable[[Hand], Any], int]]
TYPED = ("open restricted",)


def acts_of(hand: Hand) -> Acts:
    """What the role does; readers try to write now and then, and are refused."""
    acts: Acts = {**reads.READS, **writes.OWN}
    if hand.me.role == READER:
        acts |= {name: (act, 1) for name, (act, _weight) in writes.WRITES.items()}
        return acts
    acts |= writes.WRITES
    if hand.me.role == LEADER:
        leaders = [one.user for one in hand.plan.people if one.role == LEADER]
        acts |= leads.LEADS
        acts |= leads.FIRST if hand.me.user == leaders[0] else leads.SECOND if hand.me.user == leaders[1] else {}
    return acts


def act(hand: Hand, pause: float) -> None:
    """Do one act after another."""
    acts = acts_of(hand)
    names, weights = list(acts), [weight for _act, weight in acts.values()]
    while time.monotonic() < hand.until:
        name = hand.chance.choices(names, weights)[0]
        hand.do(name, acts[name][0], typed=name in TYPED)
        time.sleep(hand.chance.uniform(0, 2 * pause))


def walk(hand: Hand) -> None:
    """Go through the program's screens, from the beginning again where a way in was taken away."""
    from tests.crowd import screens

    known = screens.routes()
    while time.monotonic() < hand.until:
        try:
            asyncio.run(screens.walk(hand, known))
        except Gone:
            raise
        except Exception:
            hand.begin("screens")
            hand.line["raw"] = traceback.format_exc()
            hand.close("")
        if time.monotonic() < hand.until:
            hand.come_again()


def main() -> int:
    """Come in, say so, and begin when told."""
    file, user, seed = sys.argv[1:4]
    hand = Hand(plan.read(Path(file)), user, seed)
    hand.until = time.monotonic() + 60
    hand.come_in()
    if hand.me.way == plan.SCREENS:
        from tests.crowd import screens  # noqa: F401
    print("ready", flush=True)
    minutes, pause = map(float, sys.stdin.readline().split())
    hand.until = minutes
    try:
        walk(hand) if hand.me.way == plan.SCREENS else act(hand, pause)
        hand.leave()
    except Gone:
        pass
    hand.end()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
