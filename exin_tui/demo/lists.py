"""The demo's checklists: opened when the programme says so, partly ticked, some of it verified, some of it late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from msgspec import Struct

from config.programme.shapes import ChecklistTemplate, ItemTemplate, Programme
from exin_tui.demo.consents import Given
from exin_tui.demo.contacts import Part
from exin_tui.demo.lives import Life
from models.checklists.upkeep import COVERED
from models.phases.numbers import AFTER_RELEASE, BEFORE_RELEASE, IN_PRISON

# How much of a list is done: by the leading phase, and of a release list before its time very little.
_DONE: Final = {"start": {2: 0.55, 3: 0.85, 4: 0.95, 5: 0.97}, "release": {2: 0.1, 3: 0.55, 4: 0.88, 5: 0.97}}
_SOME: Final = 0.35
_NEAR: Final = 21
_LATE: Final = 0.08
_TEXTS: Final = {
    "release_terms": "Meldeplikt hver uke, ruskontroll, bosted skal være kjent.",
    "transfer": "Søkt til lavere sikkerhet, svar ventes.",
    "sentence_terms": "Program om vold er satt opp til våren.",
    "leave_terms": "Bare med følge de første to gangene.",
    "occupation": "Skole formiddag, verksted ettermiddag.",
}
_ANY_TEXT: Final = "Avklart, se notatet."
_WAITS: Final = ("Svar fra Nav", "Time i banken", "Vedtak", "Avdelingen sjekker", "Møte neste uke")
_ASIDE: Final = ("Gjelder ikke her", "Deltakeren ønsker det ikke", "Ordnes av familien")
_NOTES: Final = ("Ring igjen på mandag.", "Kopi ligger i mappen.", "Deltakeren ordner dette selv.")


class Listed(Struct, frozen=True):
    """One checklist to be, with the rows of its items."""

    template: ChecklistTemplate
    columns: dict[str, Any]
    items: list[dict[str, Any]]


class Lists:
    """Plans checklists; the same seed and date give the same ones."""

    def __init__(self, programme: Programme, seed: int, today: date, noon: Callable[[date], int]) -> None:
        self._programme, self._seed, self._today, self._noon = programme, seed, today, noon
        self._sources = [choice.id for choice in programme.choices["verification_source"]]

    def of(
        self,
        life: Life,
        due: Sequence[ChecklistTemplate],
        parts: Sequence[Part],
        consents: Sequence[Given],
        hands: tuple[int, int],
    ) -> list[Listed]:
        """The checklists of a life: those that are `due` now, and of whoever is out the release list they had.

        `hands` are the colleague who ticks and the one who verifies.
        """
        chance = Random(f"{self._seed}/lists/{life.number}")
        had = any(period.phase == BEFORE_RELEASE for period in life.periods)
        templates = list(due)
        if had and life.story.phase >= AFTER_RELEASE and due:
            templates += [one for one in self._programme.checklists if one.opens == "release" and one not in due]
        facts = _facts(life, parts, consents, self._programme, self._today)
        return [self._list(chance, life, template, facts, hands) for template in templates]

    def _list(
        self,
        chance: Random,
        life: Life,
        template: ChecklistTemplate,
        facts: Callable[[str, ItemTemplate], str | None],
        hands: tuple[int, int],
    ) -> Listed:
        opened = self._opened(chance, life, template)
        closed = None
        if template.opens == "release" and life.story.phase > AFTER_RELEASE:
            closed = min(life.over, max(opened, self._began(life, AFTER_RELEASE) + timedelta(days=40)))
        share = self._share(life, template)
        items = []
        for place, item in enumerate(template.items):
            columns = self._item(chance, item, facts(template.id, item), share, (opened, closed or life.over), hands)
            if template.verify and columns["state"] == "done":
                columns |= self._verified(chance, columns, closed or life.over, hands, share)
            items.append({"item": item.id, "place": place, **columns})
        return Listed(
            template,
            {"opened": opened, "opened_by": hands[0], "closed": closed,
             "reason": "Alt er på plass" if closed else ""},
            items,
        )  # fmt: skip

    def _opened(self, chance: Random, life: Life, template: ChecklistTemplate) -> date:
        enrolled = next((period.began for period in life.periods if period.phase >= IN_PRISON), life.began)
        if template.opens != "release":
            return enrolled
        before = self._began(life, BEFORE_RELEASE)
        release = life.columns.get("release_date")
        first = release - timedelta(days=self._programme.limits.release_checklist_days) if release else before
        return max(enrolled, min(before, first, life.over - timedelta(days=chance.randrange(1, 9))))

    def _began(self, life: Life, phase: int) -> date:
        return next((period.began for period in life.periods if period.phase == phase), life.over)

    def _share(self, life: Life, template: ChecklistTemplate) -> float:
        share = _DONE.get(template.id, {}).get(life.story.phase, _SOME)
        release = life.columns.get("release_date")
        near = release is not None and self._today <= release <= self._today + timedelta(days=_NEAR)
        return share + 0.2 if near and template.opens == "release" else share

    def _item(
        self,
        chance: Random,
        item: ItemTemplate,
        fact: str | None,
        share: float,
        span: tuple[date, date],
        hands: tuple[int, int],
    ) -> dict[str, Any]:
        day = span[0] + timedelta(days=chance.randrange(max(1, (span[1] - span[0]).days + 1)))
        note = chance.choice(_NOTES) if chance.random() < 0.06 else ""
        roll, done = chance.random(), {"state": "done", "done_by": hands[0], "done_at": self._noon(day)}
        if fact is not None:
            if fact:
                return done | {"value": fact, "note": note}
        elif roll < share:
            value = {"date": day.isoformat(), "text": _TEXTS.get(item.id, _ANY_TEXT)}.get(item.kind, "")
            return done | {"value": value, "note": note}
        if roll > 0.94:
            return {"state": "not_relevant", "reason": chance.choice(_ASIDE), "note": note}
        if roll > 0.86:
            return {"state": "waiting", "reason": chance.choice(_WAITS), "due": self._due(chance), "note": note}
        return {"state": "open", "due": self._due(chance), "note": note}

    def _due(self, chance: Random) -> date | None:
        roll = chance.random()
        if roll < _LATE:
            return self._today - timedelta(days=chance.randrange(1, 12))
        return self._today + timedelta(days=chance.randrange(0, 25)) if roll < 0.3 else None

    def _verified(
        self, chance: Random, done: dict[str, Any], last: date, hands: tuple[int, int], share: float
    ) -> dict[str, Any]:
        """A second person's word for it, for about as much of what is done as is done at all."""
        if hands[0] == hands[1] or chance.random() > share * 0.8:
            return {}
        return {
            "verified_by": hands[1],
            "verified_at": max(int(done["done_at"]), self._noon(last)),
            "verified_source": chance.choice(self._sources),
        }


def _facts(
    life: Life, parts: Sequence[Part], consents: Sequence[Given], programme: Programme, today: date
) -> Callable[[str, ItemTemplate], str | None]:
    """What an item that is a fact, a contact or a consent says, as `checklist_upkeep` keeps it; None for any other."""
    people: dict[str, set[int]] = {}
    for part in parts:
        if part.until is None or part.until > today:
            people.setdefault(part.who.role, set()).add(part.who.id)
    covered = {given.columns["agency"] for given in consents if given.holds(today)}
    sets = {one.id for one in programme.consent_sets if one.agencies and set(one.agencies) <= covered}

    def of(checklist: str, item: ItemTemplate) -> str | None:
        if item.fact:
            known = life.columns.get(item.fact)
            return known.isoformat() if isinstance(known, date) else str(known or "")
        if item.kind == "contact":
            found = {number for role in programme.contact_roles(checklist, item) for number in people.get(role, ())}
            return ",".join(str(number) for number in sorted(found))
        if item.kind == "consent":
            return COVERED if item.set in sets else ""
        return None

    return of
