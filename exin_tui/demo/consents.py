"""Which consents a participant of the demo gave, and what was shared on them: given, renewed, soon over, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from msgspec import Struct

from config.programme.shapes import Programme
from exin_tui.demo.contacts import Part
from exin_tui.demo.lives import Life
from models.phases.numbers import BEFORE_RELEASE
from models.values.days import months_later

# What stands out about the consents, by the place of a life's story: something for every sign, at every size.
_OUTLOOK: Final = {8: "soon", 26: "soon", 11: "expired", 32: "expired", 14: "withdrawn", 21: "aloud", 16: "missing",
                   28: "missing", 3: "missing"}  # fmt: skip
_FLAGGED: Final = 24
_STORIES: Final = 40
# The role that stands for an agency in each set; a lawyer's consent names the lawyer.
_INTAKE: Final = (("prison", "contact_officer"), ("nav", "nav_municipal"), ("lawyer", "lawyer"))
_RELEASE: Final = ("probation", "probation_contact")
_FURTHER: Final = {"reintegration_coordinator", "nav_state", "gp", "police_contact", "nettverk_etter_soning", "wayback",
                   "workplace", "school_gvo", "mother", "father", "sibling", "family", "substance_adviser"}  # fmt: skip
_SCOPE: Final = (
    "Framdrift i soningen, permisjoner og planer for løslatelse.",
    "Ytelser, bolig og tiltak.",
    "Saken og vilkår for løslatelse.",
    "Avtaler og møtetidspunkt.",
)
_LIMITS: Final = ("Ikke helseopplysninger.", "Ikke familieforhold.", "Bare avtaler om tid og sted.")
_WHAT: Final = (
    "Dato for løslatelse og hvem som henter.",
    "At søknaden om bolig er sendt, og hva den mangler.",
    "Status for skoleplassen og behovet for utstyr.",
    "Hvem som er kontaktperson, og når vi kan treffes.",
    "Vilkårene for prøveløslatelsen og meldeplikten.",
    "At deltakeren ønsker møte sammen med oss.",
)


class Given(Struct, frozen=True):
    """One consent to be; `former` is the one it renews."""

    columns: dict[str, Any]
    former: Given | None

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day, as `consent_answer` judges."""
        withdrawn = self.columns["withdrawn"]
        return bool(
            self.columns["given"] <= day <= self.columns["valid_until"] and (withdrawn is None or day < withdrawn)
        )


class Shared(Struct, frozen=True):
    """One disclosure to be, on a consent or, flagged, on none."""

    columns: dict[str, Any]
    on: Given | None


class Consents:
    """Plans consents and disclosures; the same seed and date give the same ones."""

    def __init__(self, programme: Programme, seed: int, today: date) -> None:
        self._programme, self._seed, self._today = programme, seed, today
        self._named = {agency.id for agency in programme.agencies if agency.named}

    def given(self, life: Life, parts: Sequence[Part]) -> list[Given]:
        """The consents of a life, each after the one it renews."""
        if life.story.known != "file":
            return []
        chance = Random(f"{self._seed}/consents/{life.number}")
        outlook = "" if life.closed else _OUTLOOK.get(life.number % _STORIES, "")
        found: list[Given] = []
        for agency, role in _INTAKE:
            # Consents are gathered during intake: whoever is in it has given the first of them.
            if life.story.phase == 1 and not life.closed and agency != "prison" and chance.random() < 0.4:
                continue
            if agency == "nav" and outlook == "missing":
                continue
            whom = self._whom(chance, agency, role, parts)
            if agency in self._named and whom is None:
                continue
            day = min(life.over, life.began + timedelta(days=chance.randrange(0, 4)))
            found += self._series(chance, life, (agency, role), whom, day, outlook if agency == "nav" else "")
        released = next((period for period in life.periods if period.phase == BEFORE_RELEASE), None)
        if released is not None and (life.closed or life.story.phase >= BEFORE_RELEASE) and chance.random() < 0.85:
            whom = self._whom(chance, *_RELEASE, parts)
            found += self._series(chance, life, _RELEASE, whom, min(life.over, released.began), "")
        for part in parts:
            if outlook and part.who.agency == "nav":
                continue
            if part.who.role in _FURTHER and chance.random() < 0.55:
                found += self._series(chance, life, (part.who.agency, part.who.role), part, part.since, "")
        return found

    def _whom(self, chance: Random, agency: str, role: str, parts: Sequence[Part]) -> Part | None:
        """Whom a consent names: nobody where the role as a whole is enough."""
        present = [part for part in parts if part.who.role == role]
        if not present or (agency not in self._named and chance.random() < 0.6):
            return None
        return present[0]

    def _series(
        self, chance: Random, life: Life, to: tuple[str, str], whom: Part | None, day: date, outlook: str
    ) -> list[Given]:
        """One consent and its renewals until now, or until it was left to expire, withdrawn or ended."""
        months = self._programme.limits.consent_months
        place = str(life.columns.get("prison", "")) or "Oslo"
        columns: dict[str, Any] = {
            "agency": to[0],
            "role": to[1],
            "person": whom.who.name if whom else "",
            "contact": whom.who.id if whom else None,
            "scope": chance.choice(_SCOPE),
            "limits": chance.choice(_LIMITS) if chance.random() < 0.15 else "",
            "place": place,
            "original_at": "Hos oss, låst skap" if chance.random() < 0.7 else "Hos kriminalomsorgen",
        }
        found: list[Given] = []
        while True:
            until = months_later(day, months)
            row = columns | {"given": day, "valid_until": until, "withdrawn": None, "withdrawal_kept": ""}
            found.append(Given(row, found[-1] if found else None))
            # Renewed some weeks before it is over, so that it never lapses.
            following = until - timedelta(days=chance.randrange(35, 70))
            if following > life.over:
                break
            day = following
        self._ending(chance, life, [one.columns for one in found], outlook)
        return found

    def _ending(self, chance: Random, life: Life, series: list[dict[str, Any]], outlook: str) -> None:
        last = series[-1]
        if outlook in ("withdrawn", "aloud"):
            # What was said aloud waits for its confirmation in writing.
            kept = "Brev fra deltakeren, mappe 3" if outlook == "withdrawn" else ""
            day = max(last["given"], life.over - timedelta(days=chance.randrange(1, 20)))
            for one in series:
                # A withdrawal ends whatever holds on its day, also the consent that was renewed.
                if one["given"] <= day <= one["valid_until"]:
                    one |= {"withdrawn": day, "withdrawal_kept": kept}
            return
        end = last["valid_until"]
        if outlook == "soon":
            end = self._today + timedelta(days=chance.randrange(4, 24))
        elif outlook == "expired":
            last["given"] = min(last["given"], self._today - timedelta(days=3))
            end = self._today - timedelta(days=chance.randrange(2, 30))
        elif life.closed:
            end = life.over
        for one in series:
            one["valid_until"] = max(one["given"], min(one["valid_until"], end))

    def shared(self, life: Life, consents: Sequence[Given]) -> list[Shared]:
        """What was told of a life, mostly on a consent; one in forty has something that was told on none."""
        chance = Random(f"{self._seed}/shared/{life.number}")
        found: list[Shared] = []
        if life.story.phase > 1 and not life.closed and consents and chance.random() < 0.6:
            for _number in range(chance.randrange(1, 4)):
                on = chance.choice(consents)
                day = on.columns["given"] + timedelta(days=chance.randrange(0, 60))
                if day > life.over or not on.holds(day):
                    continue
                told = {name: on.columns[name] for name in ("agency", "role", "person", "contact")}
                found.append(Shared(told | {"day": day, "what": chance.choice(_WHAT), "ground": ""}, on))
        if life.number % _STORIES == _FLAGGED and not life.closed:
            day = life.over - timedelta(days=chance.randrange(0, 5))
            told = {"agency": "district", "role": "landlord", "person": "", "contact": None, "day": day}
            what = "Ringte utleier om nøklene; navnet ble nevnt."
            found.append(Shared(told | {"what": what, "ground": "participant_present"}, None))
        found.sort(key=lambda shared: shared.columns["day"])
        return found
