"""What was known when a review of the demo was held, as it is kept with one that is sealed.

Sentence, phase and contact are those of the life on that day; the rest was another on each day and is left out.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from config.programme.shapes import Programme
from exin_tui.demo.lives import Life, Period
from models.participants.contact import ContactBrief
from models.participants.sentence import share_served
from models.reviews.brief import Brief, PhaseBrief, SentenceBrief


def known(programme: Programme, life: Life, day: date, code: str, workers: tuple[str, str]) -> str:
    """The brief of a life on `day` as JSON; `workers` are the names of the responsible and the co-worker."""
    lasting = [one for one in life.periods if one.began <= day and (one.ended is None or one.ended >= day)]
    # On the day of a move the phase it leaves still lasts; the next one was what the review was about.
    before = [one for one in lasting if one.began < day] or lasting
    columns = life.columns
    name = f"{columns.get('given_name', '')} {columns.get('family_name', '')}".strip()
    brief = Brief(
        day=day,
        code=code,
        name=name,
        worker=workers[0],
        coworker=workers[1],
        sentence=_sentence(programme, columns, day),
        phases=tuple(_phase(programme, one, day) for one in before),
        contact=_contact(programme, before[-1], day),
        checklists=(),
        consents=(),
        applications=(),
        goals=(),
        signals=(),
        topics=0,
        last=None,
    )
    return msgspec.json.encode(brief).decode()


def _sentence(programme: Programme, columns: dict[str, Any], day: date) -> SentenceBrief:
    release: date | None = columns.get("release_date")

    def chosen(field: str) -> str:
        return programme.choice(field, columns[field]).name.nb if columns.get(field) else ""

    return SentenceBrief(
        start=columns.get("sentence_start"),
        full_term=columns.get("full_term_date"),
        two_thirds=columns.get("two_thirds_date"),
        candidate=False,
        share=share_served(columns.get("sentence_start"), columns.get("full_term_date"), day),
        release=release,
        days_to_release=None if release is None else (release - day).days,
        release_kind=chosen("release_kind"),
        parole_decision=chosen("parole_decision"),
        security_level=chosen("security_level"),
        prison=str(columns.get("prison", "")),
        stays="",
    )


def _phase(programme: Programme, period: Period, day: date) -> PhaseBrief:
    days, limit = (day - period.began).days, programme.phase(period.phase).long_days
    return PhaseBrief(period.phase, period.began, days, bool(limit) and days > limit)


def _contact(programme: Programme, period: Period, day: date) -> ContactBrief:
    """As often as the phase expects: what the diary will hold is not written yet."""
    expected = programme.phase(period.phase).contact_days
    days = (day - period.began).days
    wanted = days // expected if expected else 0
    silent = min(3, days)
    return ContactBrief(period.began, wanted + 1, wanted // 6, expected, wanted, day - timedelta(days=silent), silent)
