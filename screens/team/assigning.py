"""Giving a participant a worker, or an absence a cover, from wherever it is seen: each colleague with the places left.

Source: the EX/IN guide on the team, somebody is responsible for every participant, and no colleague for too many.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from config.dates import format_date
from config.words import _, n_
from models.hand_overs import hand_overs
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.reading import Reading
from models.team import absences, arranging
from models.team.absences import Absence
from models.team.arranging import Places
from screens.frame.chooser import Option, choose
from screens.frame.screen import CaseScreen
from screens.team.hand_over_form import HandOverForm


class _WhoCould(Struct, frozen=True):
    """A participant, who could be responsible, and whether somebody is who is here, else who covers."""

    file: ParticipantFile
    places: Sequence[Places]
    attended: bool
    cover: int | None


async def give_worker(screen: CaseScreen[Any], participant: int) -> str:
    """Ask, from an action, who is to be responsible for a participant, and say what was done; empty for nothing.

    Where whoever is responsible is here, they hand over by the form, which has a note.
    """
    case = screen.case
    found = await case.store.ask(_who_could, participant)
    who = case.called(found.file.code, found.file.name)
    if found.attended:
        handed = await screen.ask(HandOverForm(case, participant))
        return _("{who} was handed over. u to undo.").format(who=who) if handed is not None else ""
    worker = found.file.values["worker"]
    could = [one for one in found.places if one.load.staff != worker]
    likeliest = str(found.cover or "")
    chosen = await choose(
        screen, _("Who is to be responsible for {who}?").format(who=who), _options(could), chosen=likeliest
    )
    if chosen is None:
        return ""
    await case.store.change(hand_overs.hand_over, participant, int(chosen), "", found.file.version)
    told = _("{name} is responsible for {who} now. u to undo.")
    return told.format(name=_name(could, chosen), who=who)


async def give_cover(screen: CaseScreen[Any], alone: Sequence[Absence]) -> str:
    """Ask, from an action, who covers for one of those who are away, and say what was done; empty for nothing."""
    case = screen.case
    absence = alone[0]
    if len(alone) > 1:
        options = [
            Option(str(one.id), one.name, hint=_("away to {date}").format(date=format_date(one.last))) for one in alone
        ]
        which = await choose(screen, _("Who is to be covered for?"), options, chosen=str(absence.id))
        if which is None:
            return ""
        absence = next(one for one in alone if str(one.id) == which)
    could = [one for one in await case.store.ask(arranging.places) if one.load.staff != absence.staff]
    question = _("Who covers for {name} to {date}?").format(name=absence.name, date=format_date(absence.last))
    chosen = await choose(screen, question, _options(could))
    if chosen is None:
        return ""
    cover = int(chosen)
    await case.store.change(absences.change, absence.id, absence.version, {"cover": cover})
    told = _("{name} covers for {other}. u to undo.").format(name=_name(could, chosen), other=absence.name)
    known = await case.store.ask(arranging.advice, absence.staff, absence.first, absence.last, cover, absence.id)
    return " ".join([told, *known])


def _options(could: Sequence[Places]) -> list[Option]:
    return [Option(str(one.load.staff), one.load.name, hint=places_told(one)) for one in could]


def _name(could: Sequence[Places], chosen: str) -> str:
    return next(one.load.name for one in could if str(one.load.staff) == chosen)


def places_told(one: Places) -> str:
    """How many places a colleague has left, of how many, and whether they are away."""
    load = one.load
    if one.free > 0:
        free = n_("{count} place left", "{count} places left", one.free).format(count=one.free)
    else:
        free = _("no place left")
    heavy = _("demanding {count} of {limit}").format(count=load.demanding, limit=load.demanding_limit)
    parts = [f"{free} ({load.people}/{load.limit})", heavy]
    if one.away_to is not None:
        parts.append(_("away to {date}").format(date=format_date(one.away_to)))
    return ", ".join(parts)


def _who_could(reading: Reading, participant: int) -> _WhoCould:
    file = participants.file_of(reading, participant)
    worker = file.values["worker"]
    could = arranging.places(reading)
    here = {one.load.staff for one in could if one.away_to is None}
    cover = absences.cover_of(reading, worker, reading.today) if worker is not None else None
    return _WhoCould(file, could, worker in here, cover)
