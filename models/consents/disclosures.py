"""What was shared about a participant, with whom, when and on which consent; without one, on which legal ground.

Reality is never refused: what was shared without cover is recorded too, but it needs its ground and is flagged. Subject
access (innsyn) lists the recipients, so every disclosure is recorded when it happens (the guide).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.errors import ExinError
from config.programme.shapes import Programme
from config.words import N_, _
from models import timeline
from models.consents import answer as consent_answer
from models.consents.answer import Answer
from models.storage.actions import action
from models.storage.reading import Reading, struct
from models.storage.required import require_participant
from models.storage.work import Work
from models.tables import Disclosure
from models.values.days import now_or_noon
from models.values.fields import Fields
from models.values.text import fold

LABELS: Final = {
    "agency": N_("Agency"),
    "role": N_("Role"),
    "person": N_("Person"),
    "contact": N_("Contact"),
    "day": N_("When"),
    "what": N_("What"),
    "only_known": N_("Only that"),
    "ground": N_("Ground"),
    "own_words": N_("Which ground"),
}
WHAT_LIMIT: Final = 2_000
GROUND_LIMIT: Final = 500
GROUNDS: Final = "legal_ground"
OTHER: Final = "other"
"""The choice of `GROUNDS` that asks for words of one's own; what is stored then is the words."""


class DisclosureError(ExinError):
    """A disclosure cannot be recorded as asked; the sentence begins with the field at fault."""


_FIELDS: Final = Fields(
    LABELS, DisclosureError, lines=("agency", "role", "person", "ground", "own_words"), texts=("what",),
    limits={"ground": GROUND_LIMIT, "own_words": GROUND_LIMIT, "what": WHAT_LIMIT},
)  # fmt: skip


class Shared(Struct, frozen=True):
    """One disclosure; `consent` is the consent it rests on, and without one it is `flagged` and rests on `ground`.

    `ground` is the id of a choice of `GROUNDS` or words of one's own; `by` is the colleague's id and `author` the name.
    """

    id: int
    version: int
    day: date
    what: str
    agency: str
    role: str
    person: str
    contact: int | None
    consent: int | None
    ground: str
    flagged: bool
    author: str
    by: int | None
    created_at: int


def ground_id(programme: Programme, written: str) -> str:
    """The id of the ground that `written` is, by id or by name in any language; words of one's own stay as they are."""
    wanted = fold(written)
    for choice in programme.choices.get(GROUNDS, ()):
        if written == choice.id or wanted in map(fold, choice.name.every()):
            return choice.id
    return written


def ground_name(programme: Programme, stored: str) -> str:
    """A stored ground as people read it; what was stored by name, as older versions did, is told by today's name."""
    return str(programme.choice(GROUNDS, ground_id(programme, stored)).name)


@action("disclosures.record", N_("what was shared"))
def record(work: Work, participant: int, values: Mapping[str, Any]) -> int:
    """Record what was shared; answers the disclosure's id. The consent it rests on is found by itself.

    `values` holds `agency`, `role`, `person`, `contact`, `day` (today when left out), `what` and, where nothing covers
    it, `ground`: the id of a choice of `GROUNDS` or words of one's own, which for `OTHER` stand in `own_words`. With
    `only_known`, no more was said than that the participant works with EX/IN, which the weaker yes covers too.
    Raises `DisclosureError`.
    """
    checked = _FIELDS.checked(values)
    shared = {name: checked.get(name, "") for name in ("agency", "role", "person", "what")}
    shared["what"] = shared["what"].strip()
    require_participant(work, participant, DisclosureError)
    if not shared["agency"]:
        raise DisclosureError(_("Agency: say whom it was shared with."))
    if not shared["what"]:
        raise DisclosureError(_("What: say what was shared."))
    day = values.get("day") or work.today
    if day > work.today:
        raise DisclosureError(_("When: the date is in the future; record it when it has been shared."))
    contact = values.get("contact")
    whom = shared["agency"], shared["role"], shared["person"]
    found = consent_answer.answer(work, participant, *whom, day, contact)
    covered = found.knows if values.get("only_known") else found.covered
    ground = "" if covered else ground_of(work.programme, checked, found)
    disclosure = work.insert(
        Disclosure,
        participant=participant,
        day=day,
        **shared,
        contact=contact,
        consent=found.consent.id if covered and found.consent else None,
        ground=ground,
        flagged=not covered,
        author=work.actor.staff_id or None,
        created_at=work.clock.seconds(),
    )
    kind, told = ("disclosed", shared) if covered else ("disclosed_uncovered", {**shared, "ground": ground})
    timeline.tell(work, participant, kind, now_or_noon(work.clock, day), told, f"disclosure:{disclosure}")
    return disclosure


@action("disclosures.record_with_entry", N_("the new entry and what was shared"))
def record_with_entry(work: Work, participant: int, values: Mapping[str, Any], shared: Mapping[str, Any]) -> int:
    """Record an entry, and what was `shared` in what it tells of, on its day; answers the entry's id.

    Raises as `timeline.record` and `record`, and then neither is recorded.
    """
    entry = timeline.record(work, participant, values)
    at = values.get("at") or work.clock.seconds()
    record(work, participant, {**shared, "day": work.clock.local(at).date()})
    return entry


def ground_of(programme: Programme, values: Mapping[str, Any], found: Answer) -> str:
    """What is stored of the ground that was chosen or written. Raises `DisclosureError` where none was."""
    chosen, words = (ground_id(programme, " ".join(values.get(name, "").split())) for name in ("ground", "own_words"))
    if not chosen:
        raise DisclosureError(
            _("Ground: no consent covers this ({reason}) Say the legal ground it rests on.").format(reason=found.reason)
        )
    if chosen != OTHER:
        return chosen
    if words in ("", OTHER):
        raise DisclosureError(_("Which ground: another ground needs your own words; write which."))
    return words


def of(reading: Reading, participant: int, *, agency: str | None = None, role: str | None = None) -> tuple[Shared, ...]:
    """What was shared about a participant, the newest first; with `agency` and `role`, only with them."""
    rows = reading.named(
        "SELECT d.id, d.version, d.day, d.what, d.agency, d.role, d.person, d.contact_id AS contact, "
        "d.consent_id AS consent, d.ground, d.flagged, coalesce(s.name, '') AS author, d.author_id AS \"by\", "
        "d.created_at FROM disclosure d LEFT JOIN staff s ON s.id = d.author_id WHERE d.participant_id = ? "
        "ORDER BY d.day DESC, d.id DESC",
        [participant],
    )
    return tuple(
        struct(Shared, row, ground=ground_id(reading.programme, row["ground"]))
        for row in rows
        if agency in (None, row["agency"]) and role in (None, row["role"])
    )


def flagged(reading: Reading, participant: int) -> int:
    """How many of a participant's disclosures rest on no consent."""
    return int(reading.value("SELECT count(*) FROM disclosure WHERE participant_id = ? AND flagged", [participant]))
