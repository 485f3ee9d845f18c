"""What leaders do while everybody works: restrict and lift, note openings, let in, take away, change roles."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from models.restrictions import restrictions
from models.roles.rights import CASEWORKER, LEADER, READER
from models.storage import undo
from models.team import staff
from models.vault.errors import Busy
from tests.crowd.hand import Hand
from tests.crowd.plan import WEAK, choose_passphrase

TRIES: Final = 20


def restrict(hand: Hand) -> Any:
    """Restrict one of the canaries that are this leader's, name others, lift it, or take that back."""
    own = [one for one in hand.plan.canaries if one.owner == hand.me.user]
    if not own:
        return
    one = hand.chance.choice(own)
    found = hand.ask(restrictions.of, one.participant)
    may_see = tuple(person.staff for person in hand.plan.people if hand.chance.random() < 0.2)
    before = None if found is None else found.may_see
    # Never the same as before: what changes nothing leaves no row in the audit.
    why = hand.token(one.participant)
    if found is None:
        with_state(hand, one.participant, may_see, restrictions.restrict, {"may_see": may_see, "reason": why})
    elif hand.chance.random() < 0.4:
        with_state(hand, one.participant, None, restrictions.lift)
    else:
        with_state(
            hand, one.participant, may_see, restrictions.change, found.version, {"may_see": may_see, "reason": why}
        )
    if hand.chance.random() < 0.2:
        with_state(hand, one.participant, before, undo.undo, hand.store.opened_at_audit, whom=())


def with_state(
    hand: Hand, participant: int, after: Any, change: Callable[..., Any], *args: Any, whom: Any = None
) -> None:
    """Change a restriction and journal between which moments it came to hold; one that failed leaves it unknown."""
    begun = time.monotonic()
    try:
        hand.change(change, *((participant,) if whom is None else whom), *args)
    except BaseException:
        hand.line.add("states", [participant, "unknown", begun, time.monotonic()])
        raise
    hand.line.add("states", [participant, after, begun, time.monotonic()])


def note_openings(hand: Hand) -> Any:
    """Note who has opened whom."""
    for one in hand.ask(restrictions.unnoted)[:3]:
        hand.change(restrictions.note, one.id, one.version)


def guest(hand: Hand) -> Any:
    """Let somebody in, and take it away again."""
    user = f"gjest{hand.me.user}{hand.count}"
    hand.count += 1
    unlocked, key = hand.store.unlocked, choose_passphrase(hand.plan, user, "gjest")
    slot = again(lambda: unlocked.add_slot(user, key, role=READER, kdf=WEAK))
    again(lambda: hand.change(staff.join, user, f"Gjest {hand.count}", READER, slot))
    hand.line["rotated"] = 1
    again(lambda: unlocked.remove_slot(slot))
    again(lambda: hand.change(staff.leave, user))


def give_role(hand: Hand) -> Any:
    """Make a caseworker a leader or a reader and back, which they notice at their next look."""
    user = hand.chance.choice(hand.plan.roles_of)
    one = hand.ask(staff.by_user, user)
    if not one.active:
        return
    role = hand.chance.choice([role for role in (LEADER, CASEWORKER, READER) if role != one.role])
    begun = time.monotonic()
    hand.line["rotated"] = 1
    try:
        again(lambda: hand.store.unlocked.set_role(one.slot, role))
        again(lambda: hand.change(staff.set_role, user, role))
    finally:
        hand.line["role"] = [one.id, role, begun, time.monotonic()]


def take_away(hand: Hand) -> Any:
    """Take a colleague's way in, and let them in again as the same person with another passphrase."""
    user = hand.chance.choice(hand.plan.coming_of)
    one = hand.ask(staff.by_user, user)
    unlocked = hand.store.unlocked
    hand.line["rotated"] = 1
    if hand.chance.random() < 0.5:
        new = choose_passphrase(hand.plan, user, "ny")
        again(lambda: unlocked.replace_slot(one.slot, user, new, kdf=WEAK))
        again(lambda: hand.witness(f"user.recover {user}"))
        return
    again(lambda: unlocked.remove_slot(one.slot))
    again(lambda: hand.change(staff.leave, user))
    time.sleep(hand.chance.uniform(0, 1))
    new = choose_passphrase(hand.plan, user, "igjen")
    slot = again(lambda: unlocked.add_slot(user, new, role=one.role, kdf=WEAK))
    again(lambda: hand.change(staff.join, user, one.name, one.role, slot))


def again(step: Callable[[], Any]) -> Any:
    """As the commands say it where the vault is busy: run it again."""
    for _try in range(TRIES):
        try:
            return step()
        except Busy:
            time.sleep(0.2)
    return step()


LEADS: dict[str, tuple[Callable[[Hand], Any], int]] = {
    "restrict, lift, undo": (restrict, 14), "note openings": (note_openings, 3), "guest in and out": (guest, 1)
}  # fmt: skip
FIRST: dict[str, tuple[Callable[[Hand], Any], int]] = {"give a role": (give_role, 3)}
"""The first leader's alone, so that it is known at every moment who has which role."""
SECOND: dict[str, tuple[Callable[[Hand], Any], int]] = {"take a way in": (take_away, 2)}
"""The second leader's alone."""
