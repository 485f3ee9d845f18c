"""One participant of the demo: sentence, phases and record, told backwards from today."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from config.programme.shapes import Programme
from exin_tui.demo import names
from exin_tui.demo.stories import CLOSED, Story
from models.participants.sentence import computed_two_thirds
from models.phases.numbers import BEFORE_RELEASE, HIGH_SECURITY
from models.phases.way_out import SENTENCE

# Days in the phase that lasts now, and in phases gone by: an ordinary case, from and to.
_NOW: Final = {1: (4, 26), 2: (25, 420), 3: (4, 38), 4: (2, 75), 5: (20, 280), 6: (3, 45)}
_PAST: Final = {1: (18, 65), 2: (80, 430), 3: (40, 85), 4: (35, 110), 5: (90, 330), 6: (14, 50)}
_LOWER_SECURITY: Final = frozenset({"romerike_kroksrud", "indre_ostfold_trogstad", "bjorgvin", "hustad"})
_HALFWAY: Final = "sandaker_overgangsbolig"
_RISK: Final = (
    "Sentrum på kveldstid: uoppgjort sak med tidligere medtiltalte.",
    "Kjøpesenteret i det gamle nabolaget. Avtal alltid et annet sted.",
    "Bør ikke sees sammen med oss på T-banestasjonen; gamle kjente står der.",
    "Området rundt mors adresse. Ring før du kommer, og bruk bakinngangen.",
    "Parken ved skolen: tilbud om gjeld og jobb fra feil folk.",
    "Kontaktforbud mot navngitt person, se vilkårene.\nIkke møt i bydelen der vedkommende bor.",
)
_STAYS_OUT: Final = (
    "own_home",
    "own_home",
    "own_home",
    "family",
    "family",
    "temporary",
    "temporary",
    "halfway_house",
    "none",
)
_ENDED: Final = {
    (1, 6): "Ikke grunnlag: ønsket bare hjelp med Nav.",
    (1, 2, 3, 4, 6): "Frafall etter gjentatte forsøk på kontakt. Kan alltid komme tilbake.",
}
_ENDED_BEFORE: Final = "Frafall. Kom tilbake senere."
CLOSING: Final = 6
WITHIN_A_WEEK: Final = 7
"""In so many days at most whoever is released in a week is out."""
_INDEPENDENT: Final = "Klarer seg selv. Avsluttende samtale gjennomført."


class Period(Struct, frozen=True):
    """One phase period; `ended` is None while it lasts."""

    phase: int
    began: date
    ended: date | None
    reason: str = ""


class Life(Struct, frozen=True):
    """A participant as planned: columns of the record but for code and workers, and phases in order of time.

    `over` is the last day anything happens: yesterday, or the day it was all ended.
    """

    number: int
    story: Story
    columns: dict[str, Any]
    periods: tuple[Period, ...]
    over: date

    @property
    def began(self) -> date:
        """The day the team met the participant."""
        return self.periods[0].began

    @property
    def closed(self) -> bool:
        """Whether the participant is phased out."""
        return self.story.phase == CLOSED


def live(number: int, story: Story, years: float, seed: int, today: date, programme: Programme) -> Life:
    """Plan one participant's time with the team, which reaches `years` back at most."""
    chance = Random(f"{seed}/life/{number}")
    floor = today - timedelta(days=max(8, int(years * 365.25)))
    over = today - timedelta(days=1)
    if story.phase == CLOSED:
        over -= timedelta(days=chance.randrange(2, max(4, int(years * 200))))
    periods = _periods(chance, story, floor, over, years, programme)
    if story.returned:
        periods = _back(chance, periods, floor)
    who = names.person(chance, today)
    if story.known == "name":
        columns: dict[str, Any] = {"given_name": who.given_name, "family_name": who.family_name}
    elif story.known == "given_name":
        columns = {"given_name": who.given_name}
    else:
        columns = _columns(chance, story, periods, who, today, programme)
    return Life(number, story, columns, periods, over)


def _back(chance: Random, periods: tuple[Period, ...], floor: date) -> tuple[Period, ...]:
    """Phases of somebody who left for a while before the phase that lasts now; as they are where time is too short."""
    now, out = periods[-1], chance.randrange(60, 120)
    away, leaving, before = chance.randrange(30, 70), chance.randrange(10, 25), chance.randrange(40, 90)
    shift = timedelta(days=out + away + leaving + before)
    if now.began - shift < floor:
        return periods
    left = now.began - timedelta(days=away)
    earlier = (
        replace(one, began=one.began - shift, ended=one.ended - shift if one.ended else None)
        for one in periods[:-1]
        if one.began - shift >= floor
    )
    return (
        *earlier,
        replace(now, began=now.began - shift, ended=left - timedelta(days=leaving)),
        Period(CLOSING, left - timedelta(days=leaving), left, _ENDED_BEFORE),
        now,
    )


def _periods(
    chance: Random, story: Story, floor: date, over: date, years: float, programme: Programme
) -> tuple[Period, ...]:
    path = story.path or tuple(range(1, story.phase + 1))
    last = path[-1]
    began = max(floor, over - timedelta(days=_days_now(chance, story, last, programme)))
    starts = {last: began}
    for phase in reversed(path[:-1]):
        # A team that has existed for long has followed people through longer sentences.
        stretch = min(3.0, max(1.0, years / 3)) if phase == 2 else 1.0
        earlier = min(starts.values()) - timedelta(days=int(chance.randint(*_PAST[phase]) * stretch))
        if earlier < floor:
            break
        starts[phase] = earlier
    entered = [phase for phase in path if phase in starts]
    periods = []
    for place, phase in enumerate(entered):
        following = entered[place + 1] if place + 1 < len(entered) else None
        if following is None:
            periods.append(Period(phase, starts[phase], over, _ENDED.get(path, _INDEPENDENT)) if story.phase == CLOSED
                           else Period(phase, starts[phase], None))  # fmt: skip
        elif story.overlap and following == last:
            periods.append(Period(phase, starts[phase], None))
        else:
            # Only the step out of prison is a day; around the others the work overlaps now and then.
            beside = chance.randrange(4, 20) if phase != BEFORE_RELEASE and chance.random() < 0.2 else 0
            periods.append(Period(phase, starts[phase], min(starts[following] + timedelta(days=beside), over)))
    return tuple(periods)


def _days_now(chance: Random, story: Story, phase: int, programme: Programme) -> int:
    if story.phase == CLOSED:
        return chance.randint(*_PAST[phase])
    if story.fresh:
        return chance.randrange(3, 20)
    rules = programme.phase(phase)
    if story.long and rules.long_days:
        return rules.long_days + chance.randrange(8, 45)
    days = chance.randint(*_NOW[phase])
    if story.known == "given_name":
        return rules.contact_days + chance.randrange(6, 20)
    if story.release in ("passed", "unknown"):
        days += 40
    return min(days, rules.long_days - 5) if rules.long_days > 10 else days


def _columns(
    chance: Random, story: Story, periods: tuple[Period, ...], who: names.Person, today: date, programme: Programme
) -> dict[str, Any]:
    inside = 0 < story.phase <= BEFORE_RELEASE or story.path == (1, 6)
    district = chance.choice(programme.choices["district"])
    columns: dict[str, Any] = {
        "given_name": who.given_name,
        "family_name": who.family_name,
        "birth_date": who.birth_date if chance.random() < 0.9 else None,
        "phone": who.phone if chance.random() < (0.35 if inside else 0.92) else "",
        "email": who.email if chance.random() < 0.4 else "",
        "district": district.name.nb,
        "nav_state": f"Nav {district.name.nb}" if chance.random() < 0.8 else "",
        "risk_areas": chance.choice(_RISK) if story.risk else "",
        "substance_use": _substance_use(story, who),
    }
    if columns["birth_date"] is not None and chance.random() < 0.65:
        columns["national_id"] = who.national_id
    if chance.random() < 0.7:
        other = chance.choice(programme.choices["district"]) if chance.random() < 0.2 else district
        columns["nav_municipal"] = f"Nav {other.name.nb}"
    columns |= _where(chance, story, inside, programme)
    sentence = _sentence(chance, story, periods, today, programme)
    if sentence["release_kind"] == "home_detention" and not inside:
        columns |= {"stays": "home_detention", "security_level": "home_detention", "address": names.address(chance)}
    return columns | sentence


def _substance_use(story: Story, who: names.Person) -> str:
    """What was told of substance use: mostly nothing yet. By the person, so that it moves nothing else of the life."""
    if story.fresh:
        return "yes"
    roll = Random(f"{who.phone}/substance").random()
    return "yes" if roll < 0.2 else "none" if roll < 0.45 else ""


def _where(chance: Random, story: Story, inside: bool, programme: Programme) -> dict[str, Any]:
    """Prison and district are stored in words, as the form does; what comes from a closed list by its id."""
    prison = chance.choice(programme.choices["prison"])
    if not inside:
        stays = chance.choice(_STAYS_OUT)
        housed = stays in ("own_home", "family")
        return {"prison": prison.name.nb, "stays": stays, "address": names.address(chance) if housed else ""}
    level = HIGH_SECURITY if prison.id not in _LOWER_SECURITY and chance.random() < 0.75 else "lower"
    if story.release in ("near", "near_high"):
        level = HIGH_SECURITY if story.release == "near_high" else "lower"
    if prison.id == _HALFWAY:
        if level == HIGH_SECURITY:
            prison = next(choice for choice in programme.choices["prison"] if choice.id != _HALFWAY)
        else:
            return {"prison": prison.name.nb, "stays": "halfway_house", "security_level": "transitional_housing"}
    unit = f"Avdeling {chance.choice('ABCDEF')}{chance.randrange(1, 5)}" if chance.random() < 0.8 else ""
    return {"prison": prison.name.nb, "unit": unit, "stays": "in_prison", "security_level": level}


def _release(
    chance: Random, story: Story, periods: tuple[Period, ...], today: date, programme: Programme
) -> date | None:
    """The day of release: one gone by, one to come, or none that is known."""
    out = next((period.began for period in periods if period.phase == BEFORE_RELEASE + 1), None)
    if out is not None:
        return out
    phase = story.phase
    if phase > BEFORE_RELEASE or (phase == CLOSED and story.path != (1, 6)):
        return periods[0].began - timedelta(days=chance.randrange(60, 120))
    limits = programme.limits
    match story.release:
        case "passed":
            return today - timedelta(days=chance.randrange(2, 7))
        case "week":
            return _monday_to_thursday(today + timedelta(days=chance.randrange(1, 5)))
        case "near":
            # Nearer than the weeks in which the phase presses by itself, and inside those of lower security.
            return _monday_to_thursday(today + timedelta(days=limits.release_warning_days + chance.randrange(4, 20)))
        case "near_high":
            return _monday_to_thursday(
                today + timedelta(days=limits.release_warning_days_high + chance.randrange(-20, -3))
            )
        case "unknown" | "two_thirds":
            return None
        case "friday":
            return _friday(
                today
                + timedelta(days=chance.randrange(8, 30) if phase == BEFORE_RELEASE else chance.randrange(150, 300))
            )
    if phase == BEFORE_RELEASE:
        return _monday_to_thursday(today + timedelta(days=chance.randrange(8, 46)))
    if chance.random() < (0.5 if phase == 2 else 0.25):
        return _monday_to_thursday(today + timedelta(days=chance.randrange(200, 600)))
    return None


def _monday_to_thursday(day: date) -> date:
    return day if day.isoweekday() < 5 else day + timedelta(days=8 - day.isoweekday())


def _friday(day: date) -> date:
    return day + timedelta(days=(5 - day.isoweekday()) % 7)


def _sentence(
    chance: Random, story: Story, periods: tuple[Period, ...], today: date, programme: Programme
) -> dict[str, Any]:
    release = _release(chance, story, periods, today, programme)
    start = min(periods[0].began, release or today) - timedelta(days=chance.randrange(90, 600))
    found: dict[str, Any] = {"sentence_kind": SENTENCE, "sentence_start": start, "release_kind": ""}
    if story.release == "unknown":
        # Just sentenced, or nobody has asked: not even the last day is known.
        return {"sentence_kind": SENTENCE, "release_kind": ""}
    if story.release == "two_thirds":
        # Two thirds are served in some weeks, and nobody has applied.
        served = today + timedelta(days=chance.randrange(20, 80)) - start
        return found | {"full_term_date": start + served * 3 // 2}
    if release is None:
        full = today + timedelta(days=chance.randrange(240, 900))
        two_thirds = computed_two_thirds(SENTENCE, start, full, programme.limits)
        return found | {"full_term_date": full, "two_thirds_date": two_thirds if chance.random() < 0.6 else None}
    kind = chance.choices(("parole", "full_term", "home_detention", "remand"), (62, 22, 8, 8))[0]
    full = release if kind == "full_term" else start + (release - start) * 3 // 2
    found |= {
        "release_date": release,
        "release_kind": kind,
        "full_term_date": full,
        "two_thirds_date": computed_two_thirds(SENTENCE, start, full, programme.limits),
    }
    applied = release - timedelta(days=chance.randrange(55, 110))
    if kind != "full_term" and start < applied < today:
        decided = applied + timedelta(days=chance.randrange(12, 40))
        known = decided < today
        found |= {
            "parole_applied": applied,
            "parole_decision": "granted" if known else "pending",
            "parole_decided": decided if known else None,
        }
    elif start < applied < today and chance.random() < 0.5:
        refused = min(applied + timedelta(days=20), today)
        found |= {"parole_applied": applied, "parole_decision": "refused", "parole_decided": refused}
    return found
