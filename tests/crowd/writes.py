"""What caseworkers and leaders change, and readers are refused; undo, drafts, the lock, and opening with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models import timeline
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.consents import consents, matrix
from models.goals import goals
from models.meetings import meetings
from models.plans import appointments, tasks
from models.restrictions import restrictions
from models.storage import drafts, undo
from tests.crowd.hand import Hand
from tests.crowd.plan import WEAK, choose_passphrase


def write_entry(hand: Hand) -> Any:
    """Something happened."""
    whom = hand.anybody()
    text = hand.token(whom)
    hand.made("entry", hand.change(timeline.record, whom, {"kind": "note", "text": text}), text)


def write_task(hand: Hand) -> Any:
    """A task of somebody's or the team's."""
    whom = hand.chance.choice((hand.anybody(), None))
    text = hand.token(whom)
    hand.made("task", hand.change(tasks.add, whom, {"text": text, "due": hand.store.clock.today()}), text)


def write_further(hand: Hand) -> Any:
    """A goal, an appointment or a topic for the weekly meeting."""
    whom = hand.anybody()
    text = hand.token(whom)
    kind = hand.chance.randrange(3)
    if kind == 0:
        hand.made("goal", hand.change(goals.add, whom, {"words": text}), text, "words")
    elif kind == 1:
        values = {"at": hand.store.clock.seconds() + 90_000, "title": text}
        hand.made("appointment", hand.change(appointments.add, whom, values), text, "title")
    else:
        hand.made("meeting_item", hand.change(meetings.park, whom, text), text)


def correct(hand: Hand) -> Any:
    """Correct or finish something of one's own, now and then as one saw it too long ago."""
    if not hand.mine:
        return
    table, row, version = hand.chance.choice(hand.mine)
    version -= hand.chance.random() < 0.1
    text = hand.token()
    if table == "entry":
        hand.made(table, row, text, version=hand.change(timeline.correct, row, version, {"text": text}))
    else:
        hand.made(table, row, text, version=hand.change(tasks.change, row, version, {"text": text}))


def correct_others(hand: Hand) -> Any:
    """Correct the newest of what anybody has written, as colleagues do at the same moment."""
    query = "SELECT id, version FROM entry WHERE kind = 'note' ORDER BY id DESC LIMIT 5"
    row, version = hand.chance.choice(hand.ask(lambda reading: reading.sql(query)))
    text = hand.token()
    version = hand.change(timeline.correct, row, version, {"text": text})
    hand.made("entry", row, text, version=version)


def consent(hand: Hand) -> Any:
    """Give one, or withdraw one that holds."""
    whom = hand.anybody()
    held = [one for one in hand.ask(matrix.history, whom, "nav", "nav_municipal") if one.withdrawn is None]
    text = hand.token(whom)
    if held and hand.chance.random() < 0.5:
        hand.change(consents.withdraw, held[0].id, None, hand.store.clock.today(), text)
        hand.made("consent", held[0].id, text, "withdrawal_kept")
    else:
        values = {"agency": "nav", "role": "nav_municipal", "given": hand.store.clock.today(), "scope": text}
        hand.made("consent", hand.change(consents.give, whom, values), text, "scope")


def checklist(hand: Hand) -> Any:
    """A note beside an item of somebody's list; a list is opened where there is none."""
    whom = hand.anybody()
    lists = [one for one in hand.ask(checklist_reading.of, whom) if one.id and one.closed is None]
    if not lists:
        hand.change(checklists.open_by_hand, whom, "start")
        return
    items = hand.ask(checklist_reading.one, hand.chance.choice(lists).id).items
    # A canary's list has items that no programme knows.
    if not items:
        return
    item = hand.chance.choice(items)
    text = hand.token(whom)
    hand.change(checklists.note, item.id, item.version, text)
    hand.made("checklist_item", item.id, text, "note")


def take_back(hand: Hand) -> Any:
    """Undo what this session wrote last, right after it was written."""
    write_entry(hand)
    hand.change(undo.undo, hand.store.opened_at_audit)
    hand.taken_back()


def draft(hand: Hand) -> Any:
    """Begin a form and leave it, or drop it."""
    whom = hand.anybody()
    text = hand.token(whom)
    if hand.chance.random() < 0.7:
        hand.note(drafts.keep, "record", whom, {"text": text}, whom)
    else:
        hand.note(drafts.drop, "record", whom)
    return hand.ask(drafts.kept)


def lock(hand: Hand) -> Any:
    """Lock, find that nothing is read, and unlock."""
    hand.store.lock()
    hand.store.unlock_again(hand.passphrase)


def passphrase(hand: Hand) -> Any:
    """Change one's own passphrase, which rotates the key under everybody."""
    new = choose_passphrase(hand.plan, hand.me.user, "bytte")
    hand.store.unlocked.change_passphrase(hand.me.user, new, kdf=WEAK)
    hand.passphrase = new
    hand.line["rotated"] = 1
    hand.witness("user.passphrase")


def open_restricted(hand: Hand) -> Any:
    """Open somebody restricted with a reason."""
    one = hand.canary()
    found = hand.change(restrictions.open_, one.code, f"Akutt {hand.me.user}")
    hand.line["opened"] = found


WRITES: dict[str, tuple[Callable[[Hand], Any], int]] = {
    "entry": (write_entry, 14), "task": (write_task, 8), "goal, appointment, topic": (write_further, 8),
    "correct own": (correct, 8), "correct newest": (correct_others, 6), "consent": (consent, 6),
    "checklist": (checklist, 6), "write and undo": (take_back, 6), "draft": (draft, 4),
}  # fmt: skip
OWN: dict[str, tuple[Callable[[Hand], Any], int]] = {
    "lock, unlock": (lock, 3), "passphrase": (passphrase, 1), "open restricted": (open_restricted, 1)
}  # fmt: skip
