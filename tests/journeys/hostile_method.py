"""The same strings in phase reviews, intake talks, minutes, snoozes, hand-overs and ways out, and on their screens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from msgspec import Struct

from exin_tui.app import ExinApp
from models.hand_overs import hand_overs
from models.intake import intake_talks
from models.meetings import meetings
from models.meetings import reading as meeting_reading
from models.phase_outs import phase_outs
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.signals import listing as signals
from models.signals import snoozes
from models.store import Store
from models.team import absences, staff
from screens.board.screen import BoardScreen
from screens.frame.destinations import ABSENCES, HAND_OVERS, INTAKE, MEETING, MEETINGS, PHASE_OUT, REVIEW, REVIEWS
from screens.meetings.monthly import MonthlyScreen
from screens.participant.screen import ParticipantScreen

Less = Callable[[str], str]


class Kept(Struct, frozen=True):
    """What was written about one participant."""

    participant: int
    review: int
    sealed: int
    standup: int
    closed: int


def keep(store: Store, participant: int, texts: Sequence[str], less: Less) -> Kept:
    """Write `texts` wherever the method takes any; what is stored is `less` of what was given, its ends aside.

    Every text begins with a letter here, since many of these places refuse what is blank.
    """
    given = cycle([f"x{text}"[:390] for text in texts])
    change, today = store.change_now, store.clock.today()

    def stands(table: str, column: str, text: str, condition: str = "1") -> None:
        found = store.ask_now(
            lambda reading: reading.sql(f"SELECT {column} FROM {table} WHERE {condition} ORDER BY id DESC LIMIT 1")
        )
        assert _flat(found[0][0]) == _flat(less(text)), (table, column)

    sealed = change(reviews.begin, participant, "stay")
    for prompt in (step.id for step in store.programme.method.reviews.steps("stay")):
        text = next(given)
        change(reviews.answer, sealed, prompt, text, None)
        stands("review_answer", "text", text)
    version = store.ask_now(review_reading.file_of, sealed).line.version
    text = next(given)
    ahead = today + timedelta(days=9)
    change(reviews.decide, sealed, version, review_reading.STAYED, next_review=ahead, present=text, reason=next(given))
    stands("review", "present", text)
    text = next(given)
    change(reviews.add_note, sealed, text)
    stands("review_note", "text", text)
    review = change(reviews.begin, participant, "1_2")
    change(reviews.answer, review, "room", next(given), None)
    _talk(store, participant, given, stands, today)
    standup, closed = _meet(store, participant, given, stands)
    for sign in store.ask_now(signals.of, participant)[:1]:
        text = next(given)
        change(snoozes.put_aside, participant, None, sign.rule, ahead, text)
        stands("snooze", "reason", text)
    text = next(given)
    other = change(staff.join, f"ola{participant}", next(given)[:60], "caseworker", "")
    change(hand_overs.hand_over, participant, other, text)
    stands("hand_over", "note", text)
    text = next(given)
    change(absences.add, {"staff": other, "first": today, "note": text})
    stands("absence", "note", text)
    text = next(given)
    left = change(phase_outs.begin, participant, "own_wish", today, text)
    stands("phase_out", "words", text)
    text = next(given)
    change(phase_outs.add_partner, left, "nav", "nav_municipal", text[:150])
    stands("phase_out_told", "person", text[:150])
    return Kept(participant, review, sealed, standup, closed)


def _flat(text: str) -> str:
    """`text` with its white space evened out: where a field is one line, line ends become spaces."""
    return " ".join(text.split())


def _talk(store: Store, participant: int, given: Any, stands: Callable[..., None], today: date) -> None:
    text = next(given)
    store.change_now(intake_talks.judge, participant, "motivated", "met", text)
    stands("criterion_judgement", "note", text)
    text, who = next(given), next(given)[:150]
    store.change_now(intake_talks.hold_talk, participant, "information", today, who, ("programme",), ("parole",), text)
    stands("intake_talk", "note", text)
    stands("intake_talk", "who", who)


def _meet(store: Store, participant: int, given: Any, stands: Callable[..., None]) -> tuple[int, int]:
    change = store.change_now
    weekly = change(meetings.open_, "weekly")
    for kind in ("note", "decision", "task", "need"):
        text = next(given)
        change(meetings.add, weekly, kind, text, participant)
        stands("meeting_item", "text", text)
    guest = next(given)[:150]
    change(meetings.receive, weekly, guest, True)
    change(meetings.close, weekly, store.ask_now(meeting_reading.one, weekly).version)
    text = next(given)
    change(meetings.supplement, weekly, text, participant)
    stands("meeting_item", "text", text)
    change(meetings.park, participant, next(given))
    standup = change(meetings.open_, "daily")
    change(meetings.add, standup, "note", next(given), participant)
    return standup, weekly


async def show(
    app: ExinApp, press: Callable[..., Awaitable[None]], seen: Callable[[], Awaitable[None]],
    back: Callable[[], Awaitable[None]], kept: Kept,
) -> None:  # fmt: skip
    """Open every screen on which it stands, and go through what each shows."""
    for opening in (
        lambda: app.open(REVIEWS, kept.participant),
        lambda: app.open(REVIEW, kept.sealed),
        lambda: app.open(REVIEW, kept.review),
        lambda: app.open(INTAKE, kept.participant),
        lambda: app.open(BoardScreen.OPENS["board.candidates"]),
        lambda: app.open(PHASE_OUT, kept.participant),
        lambda: app.open(ParticipantScreen.OPENS_OF["participant.signals"], kept.participant),
        lambda: app.open(BoardScreen.OPENS["board.signals"]),
        lambda: app.open(MEETINGS),
        lambda: app.open(MEETING, kept.standup),
        lambda: app.open(MEETING, kept.closed),
        lambda: app.push_screen(MonthlyScreen(app.case)),
        lambda: app.open(ABSENCES),
        lambda: app.open(HAND_OVERS),
        lambda: app.open(ParticipantScreen.OPENS_OF["participant.hand_over"], kept.participant),
    ):
        await opening()
        await seen()
        for key in ("down", "pagedown", "tab"):
            await press(key)
            await seen()
        await back()
