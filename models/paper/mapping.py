"""Mapping on paper: the profile of a participant over time with what was said last, or a blank form for each part.

Source: the Trondheim report, mapping interviews; the questions are the programme's.
"""

from __future__ import annotations

from typing import Final

from config.dates import format_date
from config.programme.method.instruments import Instrument
from config.words import _
from models.mappings import reading as mapping_reading
from models.mappings.mappings import ANSWER_FIELDS
from models.mappings.reading import KINDS, NO_STEPS, Answer, Part, Profile, service_names, step_name
from models.paper.document import BOX, Block, Column, Document, Fields, Heading, Table, Text
from models.paper.person import Person, foot, joined
from models.storage.reading import Reading

DATES: Final = 5
OWN: Final = ("situation", "works", "missing", "wish")


def mapping(reading: Reading, who: Person) -> Document:
    """The profile of `who` with the last answers; for nobody a form to fill in by hand."""
    if who.id:
        profile = mapping_reading.profile(reading, who.id)
        blocks = _filled(reading, profile) if profile.mappings else [Text(_("Nothing is mapped yet."))]
    else:
        blocks = _blank(reading, reading.programme.method.instruments[0])
    return Document(_("Mapping"), _("mapping"), (Fields(((_("Name"), who.name),)), *blocks), foot(reading, who))


def _domain(reading: Reading, domain: str) -> str:
    return str(reading.programme.choice("domain", domain).name)


def _filled(reading: Reading, profile: Profile) -> list[Block]:
    last = profile.mappings[-1]
    days = tuple(Column(format_date(line.day), 3) for line in profile.mappings[-DATES:])
    columns = (Column(_("Part of life"), 7), *days, Column(_("change"), 2), Column(_("Our step"), 3))
    rows = tuple(
        (
            _domain(reading, part.domain),
            *(_short(one) for one in part.answers[-DATES:]),
            "" if part.change is None else f"{part.change:+d}" if part.change else "=",
            _step(part.last.our_step) if part.last else "",
        )
        for part in profile.parts
    )
    blocks: list[Block] = [
        Fields(((_("Asked on"), format_date(last.day)), (_("Who asked"), last.who), (_("Where"), last.place))),
        Table(columns, rows),
        _scale(last.instrument),
    ]
    for part in profile.parts:
        if pairs := _said(last.instrument, part):
            blocks += [Heading(_domain(reading, part.domain)), Fields(pairs)]
    return blocks


def _short(answer: Answer | None) -> str:
    return _step(answer.step) if answer else ""


def _step(step: str) -> str:
    return _(NO_STEPS[step]) if step in NO_STEPS else step


def _said(instrument: Instrument, part: Part) -> tuple[tuple[str, str], ...]:
    """What was said last of a part of life, and what came of it; what is empty is left out."""
    last = part.last
    if last is None:
        return ()
    found = {key: getattr(last, key) for key in OWN}
    found |= {key: service_names(instrument, getattr(last, key)) for key in ("services_now", "services_wanted")}
    found["our_view"] = joined(step_name(instrument, last.our_step), last.our_view)
    pairs = [(_(ANSWER_FIELDS[key]), text) for key, text in found.items() if text]
    pairs += [(_(KINDS[one.kind]).capitalize(), joined(one.words, one.state)) for one in part.followed]
    return tuple(pairs)


def _blank(reading: Reading, instrument: Instrument) -> list[Block]:
    blocks: list[Block] = [
        Fields(((_("Asked on"), ""), (_("Who asked"), ""), (_("Where"), ""))),
        _scale(instrument),
    ]
    for asked in instrument.domains:
        blocks += [
            Heading(_domain(reading, asked.id)),
            Text(str(asked.ask)),
            Fields(tuple((_(ANSWER_FIELDS[key]), "") for key in ("step", *OWN))),
        ]
        if services := instrument.services_of(asked.id):
            columns = Column(_("Service"), 8), Column(_("Now"), 2, BOX), Column(_("Wanted"), 2, BOX)
            blocks.append(Table(columns, tuple((str(one.name), "", "") for one in services)))
        blocks.append(Fields(((_(ANSWER_FIELDS["our_view"]), ""),)))
    return blocks


def _scale(instrument: Instrument) -> Text:
    steps = [f"{step.id} {step.name}" for step in instrument.scale]
    return Text(", ".join([*steps, *(_(name) for name in NO_STEPS.values())]), small=True)
