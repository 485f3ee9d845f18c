"""Holding a meeting: opened or joined, written in by several at once, and closed into minutes that stand.

One open meeting of a kind a day is joined and not doubled, so that two colleagues in the same stand-up write the same
minutes. What is decided or noted about a participant stands on their line of time too. Minutes that are closed are
never changed, only added to; on the day it was closed, a meeting is opened again by a leader, and its minutes say so.
Source: the EX/IN guide on the team's meetings, the Trondheim report on support teams.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from config.dates import format_date
from config.words import N_, _
from models import timeline
from models.meetings.reading import (
    ADDED,
    CLOSED,
    DECISION,
    HEARD,
    KINDS,
    LEFT,
    NEED,
    NOTE,
    REOPENED,
    STEERING,
    SUPPORT,
    TASK,
    TOPIC,
    WEEKLY,
    Meeting,
    MeetingError,
    MinutesClosed,
    MinutesOpen,
    item,
    items,
    left_out,
    one,
    open_now,
)
from models.plans import tasks
from models.roles.rights import Right
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_participant
from models.storage.work import Work
from models.tables import Entry, MeetingItem
from models.tables import Meeting as Row
from models.values.text import clean_line, clean_text

TEXT_LIMIT: Final = 4_000
GUESTS_LIMIT: Final = 60
WRITTEN: Final = (NOTE, DECISION, TASK, TOPIC, NEED)
LINES: Final = {NOTE: "meeting_note", DECISION: "meeting_decision", TASK: "meeting_task"}
WORDS: Final = {
    NOTE: N_("Note"),
    DECISION: N_("Decision"),
    TASK: N_("Task"),
    TOPIC: N_("Topic"),
    NEED: N_("Practical need"),
    HEARD: N_("Gone through"),
    ADDED: N_("Added later"),
    LEFT: N_("Not gone through"),
    CLOSED: N_("Closed"),
    REOPENED: N_("Opened again"),
}


# ---------------------------------------------------------------------- the meeting


@action("meetings.open_", N_("the meeting that was opened or joined"))
def open_(work: Work, kind: str, participant: int | None = None) -> int:
    """Open a meeting of today, or join the one of its kind that is open; answers its id.

    A support team meets about one `participant`, and no other kind does. Whoever opens or joins it is present. Raises
    `MeetingError`.
    """
    if kind not in KINDS:
        raise MeetingError(_("There is no kind of meeting called {name}.").format(name=kind))
    if kind == SUPPORT and participant is None:
        raise MeetingError(_("A support team meets about one participant; open it from there."))
    if kind == STEERING:
        raise MeetingError(_("A steering group meets about one agreement between agencies; open it from there."))
    if kind != SUPPORT and participant is not None:
        raise MeetingError(_("This meeting is the whole team's, and not about one participant."))
    if participant is not None:
        require_participant(work, participant, MeetingError)
    for found in open_now(work, kind, participant):
        if found.day == work.today:
            attend(work, found.id, work.actor.staff_id, True)
            return found.id
    return begin(work, kind, participant)


def begin(work: Work, kind: str, participant: int | None = None) -> int:
    """Begin a meeting of today, whatever others are open, with whoever begins it present; answers its id."""
    return work.insert(
        Row,
        kind=kind,
        day=work.today,
        participant=participant,
        opened_at=work.clock.seconds(),
        opened_by=work.actor.staff_id or None,
        present=str(work.actor.staff_id or ""),
    )


@action("meetings.attend", N_("who is present"))
def attend(work: Work, meeting: int, staff: int, there: bool) -> None:
    """Note that a colleague is present, or is not; what others note of others at the same time stays.

    Raises `MeetingError` for a closed meeting or somebody who is not in the team.
    """
    found = _open(work, meeting)
    if staff not in found.present and not work.value("SELECT 1 FROM staff WHERE id = ? AND active", [staff]):
        raise MeetingError(_("This colleague is not in the team any more."))
    present = [one for one in found.present if one != staff] + [staff] * there
    # Each mark is a fact of its own: no version, since nobody's mark takes back another's.
    work.update(Row, meeting, None, present=" ".join(str(one) for one in sorted(present)))


@action("meetings.receive", N_("the guest of the meeting"))
def receive(work: Work, meeting: int, guest: str, there: bool) -> None:
    """Note that somebody from outside the team takes part, or does not; `guest` is their name and part, in a line."""
    found = _open(work, meeting)
    line = clean_line(guest, _("Guest"))
    if not line:
        raise MeetingError(_("Guest: say who it is."))
    guests = [one for one in found.guests if one != line] + [line] * there
    if len(guests) > GUESTS_LIMIT:
        raise MeetingError(_("Guest: at most {limit} fit.").format(limit=GUESTS_LIMIT))
    work.update(Row, meeting, None, guests="\n".join(guests))


@action("meetings.close", final=True)
def close(work: Work, meeting: int, version: int) -> None:
    """Close a meeting: from then on its minutes are never changed, only added to; they say who was not gone through.

    Raises `MinutesClosed` for one that was closed before, and `Conflict`.
    """
    found = one(work, meeting)
    if found.closed_at is not None:
        told = _("{who} closed this meeting already, on {date} at {time}. What is missing can be added to its minutes.")
        raise _closed(work, found, found.closed_at, told)
    # Whoever closes may not see everybody who was left; who does reads of all of them.
    with work.past_restrictions():
        left = [each.participant for each in left_out(work, found)]
        line = {"meeting": meeting, "kind": LEFT, "text": "", "at": work.clock.seconds()}
        author = work.actor.staff_id or None
        work.insert_many(MeetingItem, [{**line, "participant": each, "author": author} for each in left])
    work.update(Row, meeting, version, closed_at=work.clock.seconds(), closed_by=work.actor.staff_id or None)


@action("meetings.reopen", final=True, right=Right.REOPEN)
def reopen(work: Work, meeting: int, version: int) -> None:
    """Open a meeting again that was closed by mistake today; its minutes keep the closing and say who opened them.

    Raises `MeetingError` for one that is open, was closed on another day or has another open beside it, and `Conflict`.
    """
    found = one(work, meeting)
    if found.closed_at is None:
        raise MeetingError(_("This meeting is open already."))
    if work.clock.local(found.closed_at).date() != work.today:
        told = _(
            "{who} closed this meeting on {date} at {time}, and it is opened again on that day only. "
            "What is missing can be added to its minutes."
        )
        raise _closed(work, found, found.closed_at, told)
    if any(each.day == found.day for each in open_now(work, found.kind, found.participant)):
        raise MeetingError(_("Another meeting of this kind is open on that day: write there, or close it first."))
    closer = work.value("SELECT closed_by_id FROM meeting WHERE id = ?", [meeting])
    work.update(Row, meeting, version, closed_at=None, closed_by=None)
    work.insert(MeetingItem, meeting=meeting, kind=CLOSED, text="", at=found.closed_at, author=closer)
    _insert(work, meeting, REOPENED, "", None)


@action("meetings.discard", N_("the meeting taken away"))
def discard(work: Work, meeting: int, version: int) -> None:
    """Take away a meeting that was opened by mistake. Raises `MeetingError` where something stands in its minutes."""
    found = _open(work, meeting)
    if items(work, found.id):
        raise MeetingError(_("Something stands in these minutes; close the meeting instead."))
    work.remove(Row, meeting, version)


# ---------------------------------------------------------------------- writing in it


@action("meetings.add", N_("the line of the minutes"))
def add(
    work: Work,
    meeting: int,
    kind: str,
    text: str,
    participant: int | None = None,
    due: date | None = None,
    owner: int | None = None,
) -> int:
    """Write a note, a decision, a task, a topic or a practical need in an open meeting's minutes; answers its id.

    A task is set among the tasks, for the participant or the team, for `owner` to see to by `due`. A note, a decision
    and a task about a participant stand on their line of time. Raises `MeetingError`, `TaskError` or `TextTooLong`.
    """
    found = _open(work, meeting)
    if kind not in WRITTEN:
        raise MeetingError(_("Nothing of the kind {name} is written in minutes.").format(name=kind))
    about = found.participant if participant is None else participant
    words = _text(work, text, about)
    task = None
    if kind == TASK:
        task = tasks.add(work, about, {"text": words, "due": due, "owner": owner}, source=f"meeting:{meeting}")
    line = _insert(work, meeting, kind, words, about, task=task)
    if about is not None and kind in LINES:
        timeline.tell(work, about, LINES[kind], work.clock.seconds(), _detail(work, found, words, due), _subject(line))
    return line


@action("meetings.gone_through", N_("that a participant was gone through"))
def gone_through(work: Work, meeting: int, participant: int) -> int:
    """Note that a participant was gone through, once a meeting, whether or not something came of it."""
    _open(work, meeting)
    for said in items(work, meeting):
        if said.participant == participant and said.kind == HEARD:
            return said.id
    return _insert(work, meeting, HEARD, "", participant)


@action("meetings.correct", N_("the correction of the minutes"))
def correct(work: Work, line: int, version: int, text: str) -> int:
    """Write a line of an open meeting anew; answers its new version. A task is changed among the tasks.

    Raises `MeetingError` for minutes that are closed, a task or what was only noted as gone through, and `Conflict`.
    """
    said = item(work, line)
    if said.meeting is not None:
        _open(work, said.meeting)
    if said.kind == TASK:
        raise MeetingError(_("A task is changed where the tasks are."))
    if not said.worded:
        raise MeetingError(_("There is nothing written in this line."))
    words = _text(work, text, said.participant)
    changed = work.update(MeetingItem, line, version, text=words)
    if said.meeting is not None and said.participant is not None and said.kind in LINES:
        detail = json.dumps(_detail(work, one(work, said.meeting), words), ensure_ascii=False)
        told = (Entry.participant == said.participant) & (Entry.subject == _subject(line))
        for row in work.rows(Entry.select(Entry.id).where(told)):
            work.update(Entry, row.id, None, detail=detail)
    return changed


@action("meetings.supplement", N_("what was added to the minutes"))
def supplement(work: Work, meeting: int, text: str, participant: int | None = None) -> int:
    """Add to minutes that are closed; it stands there as added, with its own moment and author. Answers its id."""
    found = one(work, meeting)
    if not found.closed:
        raise MinutesOpen(_("The meeting is still open; write it in the minutes."))
    about = found.participant if participant is None else participant
    return _insert(work, meeting, ADDED, _text(work, text, about), about)


# ---------------------------------------------------------------------- topics for another meeting


@action("meetings.park", N_("the parked topic"))
def park(work: Work, participant: int | None, text: str, for_kind: str = WEEKLY) -> int:
    """Park a topic, about a participant or not, until the next meeting of a kind; answers its id."""
    if for_kind not in KINDS:
        raise MeetingError(_("There is no kind of meeting called {name}.").format(name=for_kind))
    return _insert(work, None, TOPIC, _text(work, text, participant), participant, for_kind=for_kind)


@action("meetings.take_up", N_("the topic taken up"))
def take_up(work: Work, line: int, version: int, meeting: int) -> None:
    """Note that a parked topic was taken up in a meeting. Raises `MeetingError` where it was already, `Conflict`."""
    _open(work, meeting)
    if item(work, line).meeting is not None:
        raise MeetingError(_("This topic was taken up already."))
    work.update(MeetingItem, line, version, meeting=meeting)


@action("meetings.drop", N_("the parked topic taken away"))
def drop(work: Work, line: int, version: int) -> None:
    """Take away a parked topic that is not needed any more. Raises `MeetingError` where it was taken up, `Conflict`."""
    if item(work, line).meeting is not None:
        raise MeetingError(_("This topic was taken up already."))
    work.remove(MeetingItem, line, version)


# ---------------------------------------------------------------------- within


def _insert(work: Work, meeting: int | None, kind: str, text: str, participant: int | None, **more: Any) -> int:
    return work.insert(
        MeetingItem, meeting=meeting, participant=participant, kind=kind, text=text, at=work.clock.seconds(),
        author=work.actor.staff_id or None, **more,
    )  # fmt: skip


def _open(reading: Reading, meeting: int) -> Meeting:
    found = one(reading, meeting)
    if found.closed_at is not None:
        told = _("{who} closed these minutes on {date} at {time}; they can only be added to.")
        raise _closed(reading, found, found.closed_at, told)
    return found


def _closed(reading: Reading, meeting: Meeting, at: int, told: str) -> MinutesClosed:
    """What is said of a meeting that was closed: by whom, and when."""
    moment = reading.clock.local(at)
    who = meeting.closed_by or _("Somebody")
    return MinutesClosed(told.format(who=who, date=format_date(moment.date()), time=f"{moment:%H:%M}"))


def _text(reading: Reading, text: str, participant: int | None) -> str:
    words = clean_text(text, _("Text"), TEXT_LIMIT).strip()
    if not words:
        raise MeetingError(_("There is nothing written yet."))
    if participant is not None:
        require_participant(reading, participant, MeetingError)
    return words


def _detail(reading: Reading, meeting: Meeting, words: str, due: date | None = None) -> Mapping[str, Any]:
    name = reading.programme.choice("meeting_kind", meeting.kind).name
    detail: dict[str, Any] = {"meeting": name.by_language(), "words": words}
    return {**detail, "date": due.isoformat()} if due is not None else detail


def _subject(line: int) -> str:
    return f"meeting_item:{line}"
