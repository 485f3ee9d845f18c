"""Consents in words: how an answer stands, and whom a consent is to."""

from __future__ import annotations

from typing import Final

from config.dates import format_date
from config.words import N_, _
from models.consents.answer import EXPIRED, EXPIRES_SOON, KNOWN, NEVER, WITHDRAWN, YES, Answer, GivenConsent
from screens.forms.line_fields import HIDDEN
from screens.frame.case import Case
from screens.widgets.line import flat

_STATES: Final = {
    YES: N_("yes, until {date}"),
    EXPIRES_SOON: N_("yes, only until {date}"),
    EXPIRED: N_("no: expired {date}"),
    WITHDRAWN: N_("no: withdrawn {date}"),
    NEVER: N_("never given"),
    KNOWN: N_("may only know, until {date}"),
}


def state_words(answer: Answer) -> str:
    """An answer in a few words, for a line of a list."""
    words = _(_STATES[answer.state])
    if answer.state == WITHDRAWN and answer.consent is not None and answer.consent.oral:
        words = _("no: withdrawn orally {date}")
    return words.format(date=format_date(answer.until) if answer.until else "")


def withdrawal(consent: GivenConsent) -> str:
    """Where the withdrawal of a consent is kept; empty for one that was not withdrawn."""
    if consent.oral:
        return _("the written confirmation is missing")
    return _("withdrawal: {where}").format(where=consent.withdrawal_kept) if consent.withdrawn else ""


def whom(case: Case, agency: str, role: str, person: str) -> str:
    """An agency, a role and perhaps a person, in words."""
    name = HIDDEN if person and case.private else person
    parts = (str(case.programme.agency(agency).name), str(case.programme.role(role).name) if role else "", name)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def bounds(consent: GivenConsent | None) -> str:
    """What a consent concerns and what it leaves out, in a line; empty where it says neither. It may hold names."""
    parts = {_("concerns {what}"): consent.scope, _("limits: {what}"): consent.limits} if consent else {}
    return " · ".join(words.format(what=flat(what)) for words, what in parts.items() if what)
