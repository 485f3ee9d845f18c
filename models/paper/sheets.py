"""The sheets: the participant's own appointments, the contact list, and the hand-over note on moving district.

Source: the EX/IN guide, "keep order in the participant's appointments", and the NAV procedure's hand-over note.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from config.dates import format_date, weekday
from config.words import _, in_quotes
from models.contacts import network
from models.contacts.network import Involved
from models.goals import reading as goal_reading
from models.goals.reading import OPEN
from models.paper.document import BOX, Block, Column, Document, Fields, Heading, Signatures, Table, Text
from models.paper.person import Person, dated, foot, joined, once
from models.phases import way_out
from models.plans import appointments, repeats
from models.storage.reading import Reading
from models.tables import Application
from models.values import phone
from models.values.text import sort_key

EMPTY_APPOINTMENTS: Final = 14
EMPTY_LINES: Final = 3
AHEAD: Final = 40


def appointment_sheet(reading: Reading, who: Person) -> Document:
    """What is planned from today on, for the participant to carry; it says that it may have changed."""
    columns = (Column(_("When"), 5), Column(_("What"), 6), Column(_("With"), 4), Column(_("Where"), 5))
    rows: tuple[tuple[str, ...], ...] = (("",) * 4,) * EMPTY_APPOINTMENTS
    if who.id:
        planned = [
            (
                f"{weekday(one.day)} {format_date(one.day)} {appointments.hours(reading.clock, one.at, one.minutes)}",
                joined(one.title, repeats.described(one.repeats) if one.repeats else ""),
                one.with_whom,
                one.place,
            )
            for one in appointments.of(reading, who.id)
            if one.state == appointments.PLANNED and one.day >= reading.today
        ]
        rows = tuple(planned[:AHEAD])
    return Document(
        _("My appointments"),
        _("appointments"),
        (
            Text(_("Appointments may have changed since this was made. Ask if you are unsure."), strong=True),
            Fields((
                (_("Name"), who.name),
                (_("My contact in EX/IN"), who.worker),
                (_("Phone"), ""),
            )),
            Table(columns, rows) if rows else Text(_("Nothing is planned just now.")),
            Heading(_("Own notes")),
            Fields((("", ""),) * EMPTY_LINES),
        ),
        foot(reading, who) + " · " + _("may have changed"),
    )  # fmt: skip


def contact_list(reading: Reading, who: Person) -> Document:
    """Who is involved now, by agency, with how to reach them and whether a consent covers sharing today."""
    columns = (Column(_("Agency"), 5), Column(_("Role"), 5), Column(_("Name"), 5), Column(_("Phone and e-mail"), 6),
               Column(_("Consent"), 4))  # fmt: skip
    rows = _contacts(reading, who)
    if not who.id:
        # Those of the consent form and of the phases; whoever else there is, is written in.
        rows = (
            once(
                (str(agency.name), str(role.name), "", "", "")
                for agency in reading.programme.agencies
                for role in agency.roles
                if role.consent or role.typical
            )
            + (("",) * len(columns),) * EMPTY_LINES
        )
    return Document(
        _("Contact list"),
        _("contacts"),
        (
            Fields(((_("Name"), who.name),)),
            Table(columns, rows) if rows else Text(_("Nobody is linked yet.")),
            Text(_("Share only within what the consent covers."), small=True),
        ),
        foot(reading, who),
    )


def _contacts(reading: Reading, who: Person) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(reading.programme.agency(one.agency).name),
            str(reading.programme.role(one.role).name),
            joined(one.name, one.office, by="\n"),
            joined(joined(phone.shown(one.phone), phone.shown(one.phone_other), by=" / "), one.email, by="\n"),
            dated(one.answer.until) if one.answer.covered and one.answer.until else _("no"),
        )
        for one in sorted(network.involved(reading, who.id), key=_by_agency)
    )


def _by_agency(one: Involved) -> tuple[str, str, str, int]:
    return one.agency, one.role, sort_key(one.name), one.contact


def hand_over_note(reading: Reading, who: Person) -> Document:
    """A well-founded note for the office of the new place; what is known stands there, the rest is written by hand."""
    out = who.way_out
    ahead = out.day is not None and out.day > reading.today
    blocks: list[Block] = [
        Text(
            _("For the office that takes over. Write what is needed to go on without a gap, and why; share only what "
              "the consent covers.")
        ),
        Fields((
            (_("Name"), who.name),
            (_("Birth date"), who.text("birth_date")),
            (_("Phone"), who.text("phone")),
            (_("Address until now"), who.text("address")),
            (_("New address, from which day"), ""),
            (_("Nav office, state"), who.text("nav_state")),
            (_("Nav office, municipal"), who.text("nav_municipal")),
            (_("New Nav office and contact person"), ""),
            (_("Release date") if ahead else _("Released"), way_out.told(out)),
        )),
        Heading(_("What is under way")),
        Table((Column(_("Part of life"), 3), Column(_("The participant's own goal"), 5),
               Column(_("Situation, measures, applications"), 7)), _domains(reading, who)),
    ]  # fmt: skip
    if contacts := _contacts(reading, who):
        blocks += [
            Heading(_("Who is involved now")),
            Table(
                (Column(_("Agency"), 5), Column(_("Name"), 5), Column(_("Phone and e-mail"), 6)),
                tuple((f"{row[0]}, {row[1]}", row[2], row[3]) for row in contacts),
            ),
        ]
    blocks += [
        Heading(_("Why the follow-up should go on, and how")),
        Fields((("", ""),) * EMPTY_LINES),
        Table((Column("", 1, BOX), Column(_("Done"), 8), Column(_("Date and who"), 5)), (
            ("", _("The caseworker follows into the new place"), ""),
            ("", _("The new office has got the information, and has said so"), ""),
        )),
        Signatures((_("Place and date"), _("For EX/IN"), _("The participant"))),
    ]  # fmt: skip
    return Document(_("Hand-over note on moving"), _("hand-over"), tuple(blocks), foot(reading, who))


def _domains(reading: Reading, who: Person) -> tuple[tuple[str, ...], ...]:
    """A row for each part of life: the participant's open goals there, and the applications that are not decided."""
    own: dict[str, list[str]] = {}
    waiting: dict[str, list[str]] = {}
    for goal in goal_reading.of(reading, who.id):
        if goal.state == OPEN:
            own.setdefault(goal.domain, []).append(in_quotes(goal.words))
    open_ones = (Application.participant == who.id) & Application.decided.is_null()
    for one in reading.rows(Application.select().where(open_ones).order_by(Application.sent, Application.id)):
        when = _("sent {date}").format(date=format_date(one.sent)) if one.sent else _("not sent")
        waiting.setdefault(one.domain, []).append(f"{one.about} ({reading.programme.agency(one.agency).name}, {when})")

    def row(name: str, domains: Iterable[str]) -> tuple[str, ...]:
        return name, *("\n".join(line for domain in domains for line in by.get(domain, ())) for by in (own, waiting))

    choices = reading.programme.choices["domain"]
    rest = {*own, *waiting}.difference(choice.id for choice in choices)
    rows = [row(str(choice.name), [choice.id]) for choice in choices]
    if rest:
        rows.append(row(_("Other"), [domain for domain in {**own, **waiting} if domain in rest]))
    return tuple(rows)
