"""The board card of whoever a change touched, drawn anew in the same transaction.

A card holds dates and counts and no judgement, so that it needs no redrawing when a day passes or a team changes its
programme.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from models.cards import support_team
from models.consents import summary as consent_signs
from models.participants.sentence import calendar_two_thirds, forms
from models.phases import phases, way_out
from models.phases.way_out import TWO_THIRDS
from models.storage.touched import Touched, owners
from models.values.days import NEVER
from models.values.text import fold, sort_key

if TYPE_CHECKING:
    from models.storage.binding import AuditedChange
    from models.storage.reading import Reading
    from models.storage.work import Work
    from models.storage.writing import Writing

SUBSTANCE_USED: Final = ("yes", "earlier")
"""What is recorded of substance use in the first weeks: earlier use counts, for tolerance is lowest then."""
DAILY: Final = "daily"
DISCUSSED: Final = ("note", "decision", "task", "need", "heard", "added")
"""As `models.meetings.reading` has it, which rests on the cards."""
KEPT: Final = 40
"""As many dates of one kind stand on a card; more of them say nothing more."""

Drawn = dict[str, Any]
"""By column: what is to stand in it."""


# ---------------------------------------------------------------------- the parts, each of the tables it rests on


def _contact(reading: Reading, participant: int) -> Drawn:
    """When they were last reached and last only tried, and how many topics wait; each is one step in an index."""
    return reading.named(
        "SELECT coalesce((SELECT max(at) FROM entry WHERE participant_id = ?1 AND contact = 1 AND outcome != ''), 0) "
        "AS contact_key, "
        "coalesce((SELECT max(at) FROM entry WHERE participant_id = ?1 AND contact = 0 AND outcome = 'attempted' "
        "AND outcome != ''), 0) AS attempt_key, "
        "(SELECT count(*) FROM entry WHERE participant_id = ?1 AND contact = 0 AND outcome = 'attempted' "
        "AND outcome != '' AND at > "
        "coalesce((SELECT max(at) FROM entry WHERE participant_id = ?1 AND contact = 1 AND outcome != ''), 0)) "
        "AS attempts, "
        "(SELECT count(*) FROM entry WHERE participant_id = ?1 AND topic != '' AND topic_taken_at IS NULL) AS topics",
        [participant],
    )[0]


def _plans(reading: Reading, participant: int) -> Drawn:
    """Since when applications wait, and the days on which tasks and appointments are due, the first ones first."""
    waits = reading.sql(
        "SELECT sent FROM application WHERE participant_id = ? AND decided IS NULL AND sent IS NOT NULL ORDER BY sent",
        [participant],
    )
    due = reading.sql(
        "SELECT due AS day, substr(turn, 1, 1) FROM task WHERE participant_id = ?1 AND state = 'open' "
        "AND due IS NOT NULL UNION ALL SELECT day, 'o' FROM appointment WHERE participant_id = ?1 "
        "AND state = 'planned' ORDER BY 1, 2 DESC",
        [participant],
    )
    return {
        "waiting_key": waits[0][0] if waits else NEVER,
        "waits": ",".join(sent for (sent,) in waits[:KEPT]),
        "due_key": due[0][0] if due else NEVER,
        "due": ",".join(f"{day}{turn}" for day, turn in due[:KEPT]),
    }


def _consents(reading: Reading, participant: int) -> Drawn:
    last = "SELECT max(valid_until) FROM consent WHERE participant_id = ? AND withdrawn IS NULL"
    ends = reading.value(last, [participant]) or ""
    return {"consents": consent_signs.summary(reading, participant), "consent_key": ends}


def _since(reading: Reading, participant: int) -> str:
    """The day somebody was last back, empty for one who never was."""
    back = phases.last_return(phases.of(reading, participant))
    return back.day.isoformat() if back else ""


def _review(reading: Reading, participant: int) -> Drawn:
    """When the team last discussed the participant, decided to do so again, and what it owes.

    A stand-up is running updates; the guide's review of each follow-up is in the other meetings, where something was
    said of the participant: a topic that was taken up is no follow-up, and an empty meeting discusses nobody. Whoever
    is back begins anew: what was decided and owed before is settled.
    """
    met = reading.value(
        "SELECT max(m.day) FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id "
        f"WHERE i.participant_id = ? AND m.kind != ? AND i.kind IN {DISCUSSED}",
        [participant, DAILY],
    )
    since = _since(reading, participant)
    sealed = reading.sql(
        "SELECT sealed_at, next_review FROM review WHERE participant_id = ? AND state = 'sealed' "
        "ORDER BY sealed_at DESC, id DESC LIMIT 1",
        [participant],
    )
    held = reading.clock.local(sealed[0][0]).date().isoformat() if sealed and sealed[0][0] is not None else ""
    owed = reading.value(
        "SELECT min(moved) FROM review WHERE participant_id = ? AND state != 'sealed' AND moved >= ?",
        [participant, since],
    )
    return {
        "review_key": max(met or "", held),
        "next_review_key": (sealed[0][1] if held >= since and sealed else None) or NEVER,
        "owed_key": owed or NEVER,
    }


def _talk(reading: Reading, participant: int) -> Drawn:
    """Since when a candidate waits for the next talk: the last one held, else when the intake or the phase began."""
    began = reading.value(
        "SELECT min(began) FROM phase_period WHERE participant_id = ? AND ended IS NULL AND phase = 1", [participant]
    )
    if not began:
        return {"talk_key": NEVER}
    intake = reading.sql(
        "SELECT i.outcome, i.opened, coalesce((SELECT max(held) FROM intake_talk t WHERE t.intake_id = i.id), '') "
        "FROM intake i WHERE i.participant_id = ? ORDER BY i.opened DESC, i.id DESC LIMIT 1",
        [participant],
    )
    if not intake:
        return {"talk_key": began}
    outcome, opened, held = intake[0]
    if not outcome:
        return {"talk_key": max(opened, held)}
    return {"talk_key": NEVER if opened >= began else began}


def _lists(reading: Reading, participant: int) -> Drawn:
    """By template: what is left on the checklist that is open, null where it was closed; since somebody is back."""
    found = {
        template: [remaining or 0, unverified or 0, opened] if closed is None else None
        for template, opened, closed, remaining, unverified in reading.sql(
            "SELECT k.template, k.opened, k.closed, t.remaining, t.unverified FROM checklist k "
            "LEFT JOIN checklist_tally t ON t.checklist_id = k.id WHERE k.participant_id = ? AND k.opened >= ? "
            "ORDER BY k.closed IS NULL, k.id",
            [participant, _since(reading, participant)],
        )
    }
    return {"release_list": _json(found)}


def _forms(reading: Reading, participant: int) -> Drawn:
    """In which ways the person is released and stays."""
    found = reading.sql("SELECT release_kind, parole_decision, stays FROM participant WHERE id = ?", [participant])
    return {"forms": ",".join(forms(*found[0])) if found else ""}


def _unwritten(reading: Reading, participant: int) -> Drawn:
    """Since when a withdrawal that was oral waits for its confirmation in writing; given anew, it waits no more."""
    since = reading.value(
        "SELECT min(c.withdrawn) FROM consent c WHERE c.participant_id = ? AND c.withdrawn IS NOT NULL "
        "AND c.withdrawal_kept = '' AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.participant_id = c.participant_id "
        "AND n.agency = c.agency AND n.role = c.role AND n.person = c.person AND n.given >= c.withdrawn "
        "AND n.id > c.id)",
        [participant],
    )
    return {"unwritten_key": since or NEVER}


def _helped(reading: Reading, participant: int) -> Drawn:
    """By agency: the first day without the last of its people."""
    rows = reading.sql(
        "SELECT agency, max(coalesce(until, ?)) FROM involvement WHERE participant_id = ? GROUP BY agency",
        [NEVER, participant],
    )
    return {"helped": _json(dict(rows))}


def _snoozed(reading: Reading, participant: int) -> Drawn:
    """By rule: the newest snooze, as `models.signals.card.Aside`."""
    columns = "rule, rests, until, snoozed, severity, measure"
    rows = reading.sql(f"SELECT {columns} FROM snooze WHERE participant_id = ? ORDER BY id", [participant])
    return {"snoozed": _json({rule: aside for rule, *aside in rows})}


def _phase_out(reading: Reading, participant: int) -> Drawn:
    """Since when a phase-out is open, and how many the last one that was closed left untold."""
    untold = reading.value(
        "SELECT count(*) FROM phase_out_told t WHERE t.told IS NULL AND t.how = '' AND t.phase_out_id = ("
        "SELECT id FROM phase_out WHERE participant_id = ? AND state = 'closed' ORDER BY closed DESC, id DESC LIMIT 1)",
        [participant],
    )
    since = reading.value("SELECT min(began) FROM phase_out WHERE participant_id = ? AND state = 'open'", [participant])
    return {"phase_out_key": since or NEVER, "untold": untold}


def _json(found: dict[str, Any]) -> str:
    return json.dumps(found, separators=(",", ":"), sort_keys=True) if found else ""


PARTS: Final[dict[Callable[[Reading, int], Drawn], tuple[str, ...]]] = {
    _contact: ("entry",),
    _plans: ("appointment", "task", "application"),
    _consents: ("consent",),
    _unwritten: ("consent",),
    _forms: (),
    _review: ("review", "meeting", "meeting_item"),
    _talk: ("intake", "intake_talk"),
    # A consent or a part in the case may be an item of a checklist.
    _lists: ("checklist", "checklist_item", "consent", "involvement"),
    _helped: ("involvement",),
    _snoozed: ("snooze",),
    _phase_out: ("phase_out", "phase_out_told"),
    support_team.drawn: ("support_team", "support_team_member", "consent", "evaluation"),
}
"""What draws a part of the card, and the tables it rests on; on the participant and the phases rests all of it."""
WHOLE: Final = ("participant", "phase_period")
_OF_RECORD: Final = f"code, given_name, family_name, risk_areas, sentence_start, parole_applied, {way_out.COLUMNS}"


# ---------------------------------------------------------------------- drawing


def follow(work: Work, changes: Sequence[AuditedChange]) -> None:
    """Bring the cards up to date with `changes`, inside their transaction."""
    changed = _changed(work, changes)
    for participant in set[int]().union(*changed.values()):
        tables = {table for table, whose in changed.items() if participant in whose}
        if tables.intersection(WHOLE):
            draw_card(work, participant)
        else:
            _draw(work, participant, [part for part, rests_on in PARTS.items() if tables.intersection(rests_on)])


def touched(reading: Reading, changes: Sequence[AuditedChange]) -> set[int]:
    """The participants whose cards `follow` drew after these changes, also those who are gone by now."""
    return set[int]().union(*_changed(reading, changes).values())


def _changed(reading: Reading, changes: Sequence[AuditedChange]) -> dict[str, set[int]]:
    """By table that a card rests on: the participants whose rows of it changed."""
    tables = {change.table for change in changes} & {*WHOLE, *chain.from_iterable(PARTS.values())}
    return {
        table: found.rows if table == "participant" else owners(reading, table, found)
        for table, found in ((table, Touched.by(changes, table)) for table in tables)
    }


def draw_card(writing: Writing, participant: int) -> None:
    """Make a participant's card anew from the other tables; a participant who is gone loses it."""
    found = writing.named(f"SELECT {_OF_RECORD} FROM participant WHERE id = ?", [participant])
    if not found:
        writing.run("DELETE FROM card WHERE participant_id = ?", [participant])
        return
    record = way_out.dated(found[0])
    code, given, family, risk = (record[name] for name in ("code", "given_name", "family_name", "risk_areas"))
    name = f"{given} {family}".strip()
    lasting = writing.sql(
        "SELECT phase, began FROM phase_period WHERE participant_id = ? AND ended IS NULL ORDER BY began, phase",
        [participant],
    )
    phase, began = lasting[-1] if lasting else (0, NEVER)
    phases = ",".join(str(number) for number in sorted({number for number, _began in lasting}))
    told = [name, sort_key(f"{family} {given}".strip() or code), f" {fold(name)} {fold(code)}", phase, phases, began]
    out = way_out.way_out(record, (number for number, _began in lasting))
    writing.run(
        "INSERT OR REPLACE INTO card (participant_id, code, name, name_key, folded, phase, phases, began_key, "
        "release_key, contact_key, attempt_key, worker, coworker, security_level, stays, prison, topics, risk, "
        "substance, release_basis, parole_key, sentence_days) SELECT id, code, ?, ?, ?, ?, ?, ?, ?, 0, 0, worker_id, "
        "coworker_id, security_level, stays, prison, 0, ?, substance_use IN (?, ?), ?, ?, ? FROM participant "
        "WHERE id = ?",
        [*told, out.day or NEVER, bool(risk.strip()), *SUBSTANCE_USED, out.basis, *_parole(record, out), participant],
    )
    _draw(writing, participant, PARTS)


def _parole(record: dict[str, Any], out: way_out.WayOut) -> tuple[str, int]:
    """The day of two thirds that nobody has applied for, by the calendar where it is not given, and of how many days.

    What is computed rests on the team's numbers too, which the card does not: the rule that reads it sees to those.
    """
    asked = record["parole_applied"] or record["parole_decision"] or out.basis in (way_out.DECIDED, way_out.PAROLE)
    if asked or record["sentence_kind"] not in TWO_THIRDS:
        return NEVER, 0
    start, full = record["sentence_start"], record["full_term_date"]
    if given := record["two_thirds_date"]:
        return given.isoformat(), 0
    days = (full - date.fromisoformat(start)).days if start and full else 0
    if days <= 0:
        return NEVER, 0
    return (date.fromisoformat(start) + timedelta(days=calendar_two_thirds(days))).isoformat(), days


def _draw(writing: Writing, participant: int, parts: Iterable[Callable[[Reading, int], Drawn]]) -> None:
    """Bring these parts of a card up to date."""
    drawn: Drawn = {}
    for part in parts:
        drawn |= part(writing, participant)
    columns = ", ".join(f"{column} = ?" for column in drawn)
    writing.run(f"UPDATE card SET {columns} WHERE participant_id = ?", [*drawn.values(), participant])
