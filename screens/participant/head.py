"""What stands on top of a participant: who and which phase, where and when out, and what presses."""

from __future__ import annotations

from datetime import date

from config.dates import short_span
from config.words import _
from models.board import BoardCard
from models.participants.participants import ParticipantFile
from screens.frame.case import Case
from screens.widgets.facts import contact_told, release_told, stays_told
from screens.widgets.line import ALARM, BOLD, BY_SEVERITY, DIM, HEADING, PLAIN, Piece


def head_lines(case: Case, file: ParticipantFile, card: BoardCard | None, today: date) -> list[list[Piece]]:
    """Three lines: who and which phase; where and when out; what presses."""
    values = file.values
    lasting = [span for span in file.phases if span.ended is None]
    phases = " + ".join(
        f"{span.phase} {case.programme.phase(span.phase).name} {short_span(span.days(today))}" for span in lasting
    )
    name = case.called(file.code, file.name)
    first: list[Piece] = [(f" {name}", BOLD)]
    if name != file.code:
        first.append((f"  {file.code}", DIM))
    if values["birth_date"] and not case.private:
        first.append(("  " + _("{age} years").format(age=_age(values["birth_date"], today)), DIM))
    first.append(("   " + (phases or _("phased out")), HEADING))
    workers = " / ".join(one for one in (file.worker_name, file.coworker_name) if one)
    first.append(("   " + (workers or _("nobody responsible")), PLAIN if workers else ALARM))
    places = [values["prison"], values["unit"]]
    if values["security_level"]:
        places.append(str(case.programme.choice("security_level", values["security_level"]).name))
    inside = " · ".join(str(part) for part in places if part) or _("no prison noted")
    where = stays_told(case.programme, values["stays"], inside)
    risk = [(" " + _("RISK AREAS") + " ", ALARM)] if values["risk_areas"].strip() else []
    second: list[Piece] = [*risk]
    if release := values["release_date"]:
        second.append((f" {release_told(release, today)}  ", BOLD))
    contact = case.clock.local(file.last_contact).date() if file.last_contact else None
    second.append((" " + contact_told(contact, today), PLAIN))
    second.append(("   " + where, DIM))
    third: list[Piece] = []
    for sign in card.signs if card else ():
        third += [(f" {sign.letter} ", BY_SEVERITY[sign.severity]), (sign.reason + " ", PLAIN)]
    return [first, second, third or [(" " + _("Nothing presses."), DIM)]]


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
