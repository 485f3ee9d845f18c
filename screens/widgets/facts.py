"""What is said alike wherever a participant is shown: the release, the last contact, and where they stay."""

from __future__ import annotations

from datetime import date
from typing import Final

from config.dates import format_date, relative_days
from config.programme.shapes import Programme
from config.words import N_, _
from models.consents.answer import EXPIRED, EXPIRES_SOON, KNOWN, NEVER, WITHDRAWN, YES, Answer
from models.phases.release import IN_PRISON, UNKNOWN
from models.phases.way_out import DECIDED, FULL_TERM, PAROLE
from screens.widgets.line import ALARM, GOOD, WARN


def release_told(release: date, today: date, basis: str = DECIDED) -> str:
    """The day somebody comes out, what it is, and how far away it is; a decided one that has come is told as past."""
    if basis == PAROLE:
        words = _("parole {date}")
    elif basis == FULL_TERM:
        words = _("at the latest {date}, full term")
    else:
        words = _("release {date}") if release > today else _("released {date}")
    return f"{words.format(date=format_date(release))} ({relative_days(release, today)})"


def contact_told(contact: date | None, today: date) -> str:
    """When the participant was last reached."""
    if contact is None:
        return _("no contact yet")
    return _("last contact {when}").format(when=relative_days(contact, today))


def stays_told(programme: Programme, stays: str, prison: str) -> str:
    """The prison of who is there, else where the participant lives now."""
    if stays == UNKNOWN:
        return _("where they are staying is not known")
    return prison if stays in IN_PRISON else str(programme.choice("stays", stays).name)


_SHORT: Final = {
    YES: N_("until {date}"),
    EXPIRES_SOON: N_("only until {date}"),
    EXPIRED: N_("expired {date}"),
    WITHDRAWN: N_("withdrawn {date}"),
    NEVER: N_("never given"),
    KNOWN: N_("may only know, until {date}"),
}


SHARE_STYLES: Final = {
    YES: GOOD, EXPIRES_SOON: WARN, EXPIRED: ALARM, WITHDRAWN: ALARM, NEVER: ALARM, KNOWN: WARN,
}  # fmt: skip
"""How the words for a state of consent are drawn."""


def share_words(answer: Answer) -> str:
    """Whether something may be shared, in a few words."""
    words = _("may be shared: {state}") if answer.covered else _("cannot be shared: {state}")
    return words.format(state=_(_SHORT[answer.state]).format(date=format_date(answer.until) if answer.until else ""))
