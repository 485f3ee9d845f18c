"""Who was here last and who is here now: a row a person and session, and no wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.programme.shapes import Programme
from models import users
from models.store import Locked, Store
from models.team import sessions
from models.values.clock import Clock
from models.vault import sealed
from models.vault.engine import BUSY_MILLISECONDS
from tests.models.case_sample import WEAK, Hands, rows

Session = Callable[[str], Store]


def noted(store: Store, place: str = sessions.TERMINAL) -> Store:
    """The session as one that is noted, and noted once."""
    store.presence = sessions.Presence(place)
    store.be_seen()
    # Behind it in the queue.
    store.ask_now(sessions.passphrase_given)
    return store


def of(store: Store, user: str) -> sessions.User:
    return next(one for one in store.ask_now(sessions.users) if one.user == user)


def test_one_who_is_here_and_one_who_has_gone(store: Store, session: Session, hands: Hands) -> None:
    session("lise")
    ola = noted(session("ola"))
    began = store.clock.seconds()
    assert (of(store, "ola").last, of(store, "ola").live) == (began, 1)
    # Whoever asks is here.
    assert (of(store, "kari").last, of(store, "kari").live) == (None, 1)
    assert (of(store, "lise").last, of(store, "lise").live) == (None, 0)
    hands.move(minutes=1)
    ola.close()
    assert (of(store, "ola").last, of(store, "ola").live) == (began, 0)


def test_one_that_was_killed_is_not_here_any_more_after_some_minutes(
    store: Store, session: Session, hands: Hands
) -> None:
    noted(session("ola"))
    assert of(store, "ola").live == 1
    hands.move(seconds=sessions.LIVE_SECONDS)
    assert of(store, "ola").live == 1
    hands.move(seconds=1)
    assert of(store, "ola").live == 0


def test_one_that_goes_on_says_so(
    store: Store, session: Session, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    ola = noted(session("ola"))
    for _round in range(5):
        hands.move(seconds=sessions.TOUCH_SECONDS)
        now = time.monotonic() + sessions.TOUCH_SECONDS * (_round + 1) + 1
        monkeypatch.setattr(sessions.time, "monotonic", lambda now=now: now)
        ola.be_seen()
        ola.ask_now(sessions.users)
    assert of(store, "ola").live == 1


def test_nobodys_hours_are_kept(store: Store, session: Session, hands: Hands) -> None:
    for _day in range(5):
        ola = noted(session("ola"))
        hands.move(days=1)
        ola.close()
    assert len(rows(store, "SELECT * FROM session")) == 1
    both = noted(session("ola")), noted(session("ola"))
    assert of(store, "ola").live == 2
    for one in both:
        one.close()
    assert len(rows(store, "SELECT * FROM session")) <= 2


def test_readers_sessions_are_noted_and_nothing_of_it_is_audited(store: Store, session: Session) -> None:
    lise = session("lise")
    before = rows(store, "SELECT max(seq) FROM audit")
    noted(lise, sessions.SERVED)
    assert of(store, "lise").live == 1
    lise.close()
    assert rows(store, "SELECT max(seq) FROM audit") == before
    assert rows(store, "SELECT place FROM session") == [("served",)]


def test_a_lock_ends_it_and_the_passphrase_begins_another(store: Store, session: Session, passphrase: str) -> None:
    ola = noted(session("ola"))
    ola.lock()
    assert of(store, "ola").live == 0
    with pytest.raises(Locked):
        ola.ask_now(sessions.users)
    ola.be_seen()
    assert of(store, "ola").live == 0
    ola.unlock_again(passphrase)
    ola.be_seen()
    ola.ask_now(sessions.users)
    assert of(store, "ola").live == 1


def test_a_long_absence_is_said_of_those_who_were_here(store: Store, session: Session, hands: Hands) -> None:
    noted(session("ola")).close()
    hands.move(days=sessions.LONG_DAYS)
    assert not of(store, "ola").long
    hands.move(days=1)
    assert of(store, "ola").long
    assert not of(store, "kari").long


def test_others_times_are_for_leaders(store: Store, session: Session) -> None:
    noted(store)
    ola = noted(session("ola"))
    assert (of(ola, "kari").last, of(ola, "kari").live) == (None, 0)
    assert of(ola, "ola").live == 1


def test_it_waits_for_nobody(store: Store, session: Session) -> None:
    """While somebody else writes, it is left out: at once, and without holding up what is asked next."""
    ola = session("ola")
    store._now(lambda: store._database.execute_sql("BEGIN IMMEDIATE"))
    try:
        began = time.monotonic()
        noted(ola)
        ola.ask_now(sessions.users)
        assert time.monotonic() - began < 2
    finally:
        store._now(lambda: store._database.execute_sql("ROLLBACK"))
    assert of(store, "ola").live == 0
    assert ola._now(lambda: ola._database.execute_sql("PRAGMA busy_timeout").fetchone()) == (BUSY_MILLISECONDS,)


def test_a_revoked_persons_session_is_not_here(store: Store, session: Session) -> None:
    noted(session("ola"))
    users.revoke(store, "ola")
    assert of(store, "ola").live == 0
    assert rows(store, "SELECT count(*) FROM session WHERE closed_at IS NULL") == [(0,)]


def test_a_first_passphrase_is_told_until_another_is_chosen(
    store: Store, vault_folder: Path, clock: Clock, programme: Programme
) -> None:
    users.add(store, "siri", "Siri Dahl", "reader", "blågrønn traktor på månen", kdf=WEAK)
    siri = Store(sealed.unlock(vault_folder, "siri", "blågrønn traktor på månen"), clock, programme)
    siri.open()
    assert siri.ask_now(sessions.passphrase_given)
    assert of(store, "siri").given
    users.change_passphrase(siri, "sju fjell og en regnfrakk til", kdf=WEAK)
    assert not siri.ask_now(sessions.passphrase_given)
    users.give_passphrase(store, "siri", "fem båter i en liten fjord", kdf=WEAK)
    assert of(store, "siri").given
    siri.close()
