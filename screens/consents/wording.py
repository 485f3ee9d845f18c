"""Consents in words: how an answer stands, and whom a consent is to."""

from __future__ import annotations

from config.dates import format_date
from config.words import _
from models.consents.answer import Answer, GivenConsent
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.widgets.line import flat


def state_words(answer: Answer) -> str:
    """An answer in a few words, for a line of a list."""
    day = format_date(answer.until) if answer.until else ""
    match answer.state:
        case "yes":
            return _("yes, until {date}").format(date=day)
        case "expires_soon":
            return _("yes, only until {date}").format(date=day)
        case "expired":
            return _("no: expired {date}").format(date=day)
        case "withdrawn":
            return _("no: withdrawn {date}").format(date=day)
        case _never:
            return _("no: never given")


def whom(case: Case, agency: str, role: str, person: str) -> str:
    """An agency, a role and perhaps a person, in words."""
    name = HIDDEN if person and case.private else person
    parts = (str(case.programme.agency(agency).name), str(case.programme.role(role).name) if role else "", name)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def bounds(consent: GivenConsent | None) -> str:
    """What a consent concerns and what it leaves out, in a line; empty where it says neither."""
    parts = {_("concerns {what}"): consent.scope, _("limits: {what}"): consent.limits} if consent else {}
    return " · ".join(words.format(what=flat(what)) for words, what in parts.items() if what)
