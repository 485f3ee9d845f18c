"""Writes who is around the demo's participants, what they consented to, and what was shared on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from config.programme.shapes import Programme
from exin_tui.demo.consents import Consents, Given, Shared
from exin_tui.demo.contacts import Part
from exin_tui.demo.lives import Life
from exin_tui.demo.plans import Line, Noon
from exin_tui.demo.staffing import Hands
from exin_tui.demo.written import Written
from models.storage.work import Work
from models.tables import Consent, Disclosure, Involvement
from models.values.days import months_later

_INDEPENDENT: Final = 5


class Sharing:
    """Writes in the unit of work that enters the participants, and tells each step in their timelines."""

    def __init__(self, programme: Programme, consents: Consents, noon: Noon) -> None:
        self._programme, self._consents, self._noon = programme, consents, noon

    def involve(self, work: Work, written: Written, lives: Sequence[Life], parts: dict[int, list[Part]]) -> None:
        """Those around, for as long as each was."""
        work.insert_many(
            Involvement,
            [
                {
                    "participant": written.ids[life.number],
                    "contact": part.who.id,
                    "agency": part.who.agency,
                    "role": part.who.role,
                    "since": part.since,
                    "until": part.until,
                    "note": part.note,
                }
                for life in lives
                for part in parts[life.number]
            ],
        )

    def share(
        self,
        work: Work,
        written: Written,
        lives: Sequence[Life],
        given: dict[int, list[Given]],
        workers: dict[int, Hands],
    ) -> None:
        """Consents, those that renew others after those, and then what was shared on them."""
        rows: dict[int, int] = {}
        left = [(life, one) for life in lives for one in given[life.number]]
        while left:
            ready = [pair for pair in left if pair[1].former is None or id(pair[1].former) in rows]
            left = [pair for pair in left if not (pair[1].former is None or id(pair[1].former) in rows)]
            made = work.insert_many(
                Consent,
                [
                    one.columns
                    | {
                        "participant": written.ids[life.number],
                        "obtained_by": workers[life.number][0],
                        "renews": rows[id(one.former)] if one.former else None,
                        "created_at": self._noon(one.columns["given"]),
                    }
                    for life, one in ready
                ],
            )
            rows |= {id(one): row for (_life, one), row in zip(ready, made, strict=True)}
        for life in lives:
            for one in given[life.number]:
                renewed = any(other.former is one for other in given[life.number])
                self._tell_consent(written, life, one, rows[id(one)], renewed=renewed)
            self._tell_end(written, life, given[life.number])
        told = [(life, one) for life in lives for one in self._consents.shared(life, given[life.number])]
        made = work.insert_many(
            Disclosure,
            [
                one.columns
                | {
                    "participant": written.ids[life.number],
                    "consent": rows[id(one.on)] if one.on else None,
                    "flagged": one.on is None,
                    "author": workers[life.number][0],
                    "created_at": self._noon(one.columns["day"]),
                }
                for life, one in told
            ],
        )
        for (life, shared), row in zip(told, made, strict=True):
            self._tell_shared(written, life, shared, row)

    def _tell_consent(self, written: Written, life: Life, one: Given, row: int, *, renewed: bool) -> None:
        columns = one.columns
        whom = {name: columns[name] for name in ("agency", "role", "person")}
        # What was promised when it was given, also where all of it was ended later.
        until = columns["valid_until"]
        if life.closed:
            until = months_later(columns["given"], self._programme.limits.consent_months)
        kind = "consent_given" if one.former is None else "consent_renewed"
        line = Line(kind, self._noon(columns["given"]), whom | {"date": until.isoformat()})
        written.tell(life, line, columns["given"], f"consent:{row}")
        day = columns["withdrawn"]
        # Of a consent and the one it renews the newest sheet is withdrawn; the other ends with it and is not told.
        if day is not None and not renewed:
            kind = "consent_withdrawn" if columns["withdrawal_kept"] else "consent_withdrawn_orally"
            line = Line(kind, self._noon(day), whom | {"date": day.isoformat()})
            written.tell(life, line, day, f"consent:{row}")

    def _tell_end(self, written: Written, life: Life, given: Sequence[Given]) -> None:
        """Independence ends the consents, and the partners are told (the guide on phase-out)."""
        if not (life.closed and given and _INDEPENDENT in life.story.path):
            return
        agencies = dict.fromkeys(one.columns["agency"] for one in given)
        partners = ", ".join(self._programme.agency(agency).name.nb for agency in agencies)
        detail = {"date": life.over.isoformat(), "partners": partners}
        written.tell(life, Line("consents_ended", self._noon(life.over), detail), life.over, "")

    def _tell_shared(self, written: Written, life: Life, one: Shared, row: int) -> None:
        detail = {name: one.columns[name] for name in ("agency", "role", "person", "what")}
        kind = "disclosed"
        if one.on is None:
            kind, detail = "disclosed_uncovered", detail | {"ground": one.columns["ground"]}
        day = one.columns["day"]
        written.tell(life, Line(kind, self._noon(day), detail), day, f"disclosure:{row}")
