"""Consents to share: given for at most a year, renewed, withdrawn, ended at independence; nothing is lost.

Source: the EX/IN guide's consent form (agency × role × named person) and the Trondheim report's (what it concerns,
place, date, who obtained it, where the original lies, twelve months, withdrawal in writing): the guide on consent. To
withdraw is as easy as to give (GDPR art. 7 (3)): what was said aloud ends the sharing, and the writing is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from config.dates import format_date, months_told
from config.words import N_, _
from models import timeline
from models.consents.answer import held, same_person
from models.consents.matrix import ConsentError, Partner, partners, row_of
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_participant
from models.storage.work import Work
from models.tables import Consent
from models.values.days import months_later, now_or_noon
from models.values.fields import Fields
from models.values.text import clean_line

LABELS: Final = {
    "agency": N_("Agency"),
    "role": N_("Role"),
    "person": N_("Person"),
    "contact": N_("Contact"),
    "scope": N_("Concerns"),
    "limits": N_("Limits"),
    "only_known": N_("How much"),
    "given": N_("Given"),
    "valid_until": N_("Valid until"),
    "place": N_("Place"),
    "obtained_by": N_("Obtained by"),
    "obtained_agency": N_("Or by"),
    "original_at": N_("Original kept at"),
    "withdrawn": N_("Withdrawn"),
    "withdrawal_kept": N_("Where it is kept"),
}
LONG_LIMIT: Final = 2_000
_LINES: Final = ("agency", "role", "person", "place", "obtained_agency", "original_at", "withdrawal_kept")
_FIELDS: Final = Fields(
    LABELS,
    ConsentError,
    lines=_LINES,
    texts=("scope", "limits"),
    trimmed=("scope", "limits"),
    limits={"scope": LONG_LIMIT, "limits": LONG_LIMIT},
)
CORRECTED: Final = LABELS.keys() - {"agency", "role", "withdrawn", "withdrawal_kept"}


@action("consents.give", N_("the consent"))
def give(work: Work, participant: int, values: Mapping[str, Any], *, renews: int | None = None) -> int:
    """Note a consent the participant gave; answers its id.

    `values` holds `agency`, `role`, `given` and any of `LABELS` but the withdrawal; `valid_until` is the last day
    allowed where it is left out. `renews` is the consent it takes the place of. Raises `ConsentError`.
    """
    checked = {"given": work.today, "person": "", "obtained_by": work.actor.staff_id or None, **_checked(values)}
    if checked.get("valid_until") is None:
        checked["valid_until"] = months_later(checked["given"], work.programme.limits.consent_months)
    _whom(work, checked)
    _days(work, checked["given"], checked["valid_until"])
    require_participant(work, participant, ConsentError)
    consent = work.insert(Consent, participant=participant, renews=renews, created_at=work.clock.seconds(), **checked)
    kind = "consent_renewed" if renews else "consent_given"
    _tell(work, participant, kind, consent, checked, checked["given"], checked["valid_until"])
    return consent


@action("consents.give_sheet", N_("the consents of one sheet"))
def give_sheet(
    work: Work, participant: int, whom: Sequence[tuple[str, str, str, int | None]], values: Mapping[str, Any]
) -> int:
    """Note the consents of one signed sheet: to each agency, role, person and contact, with what the sheet says.

    Answers the last one's id. Raises `ConsentError`; then none of them was noted.
    """
    if not whom:
        raise ConsentError(_("A sheet is for somebody: mark whom."))
    consent = 0
    for agency, role, person, contact in whom:
        to = {"agency": agency, "role": role, "person": person, "contact": contact}
        consent = give(work, participant, {**values, **to})
    return consent


@action("consents.renew", N_("the renewed consent"))
def renew(work: Work, consent: int, values: Mapping[str, Any]) -> int:
    """Note that a consent was given anew; what `values` leaves out is as it was. Answers the new one's id.

    The former one stays as it is. One that was withdrawn can be given anew too, since that is a new consent.
    """
    former = row_of(work, consent)
    given = values.get("given") or work.today
    if given < former.given:
        raise _fault(_("Given: a renewal cannot lie before the consent it renews, given {date}."), date=former.given)
    kept = ("agency", "role", "person", "contact", "scope", "limits", "original_at", "only_known")
    again = {**{name: getattr(former, name) for name in kept}, **values}
    return give(work, former.participant, again, renews=consent)


@action("consents.correct", N_("the correction of the consent"))
def correct(work: Work, consent: int, version: int, changes: Mapping[str, Any]) -> int:
    """Correct what was noted of a consent, or let it end earlier; answers the new version.

    Raises `ConsentError`, or `Conflict` as `Work.update`. What it said before stays in the audit.
    """
    present = row_of(work, consent)
    empties = ("contact", "obtained_by")
    known = {name: value for name, value in changes.items() if name in CORRECTED}
    checked = _checked({name: value for name, value in known.items() if value is not None or name in empties})
    whole = {name: getattr(present, name) for name in ("agency", "role", "person", "given", "valid_until", "withdrawn")}
    whole |= {name: value for name, value in checked.items() if value is not None}
    _whom(work, whole)
    _days(work, whole["given"], whole["valid_until"])
    if whole["withdrawn"] is not None:
        _withdrawal(work, whole["given"], whole["withdrawn"])
    return work.update(Consent, consent, version, **checked)


@action("consents.withdraw", N_("the withdrawal of the consent"))
def withdraw(work: Work, consent: int, version: int | None, day: date, kept: str) -> None:
    """Note that a consent was withdrawn on `day`, and where the writing is `kept`: empty where it was said aloud.

    It ends every consent to the same role and person that holds on that day, also the one it renewed: whoever withdraws
    says no, not no to the newest sheet. Raises `ConsentError`, or `Conflict` as `Work.update`.
    """
    present = row_of(work, consent)
    if present.withdrawn is not None and version in (None, present.version):
        raise _fault(_("Withdrawn: it was withdrawn already, {date}."), date=present.withdrawn)
    _withdrawal(work, present.given, day)
    where = clean_line(kept, _(LABELS["withdrawal_kept"]))
    work.update(Consent, consent, version, withdrawn=day, withdrawal_kept=where)
    whom = present.agency, present.role, same_person(present.person)
    for other in held(work, present.participant):
        same = (other.agency, other.role, same_person(other.person)) == whom
        if same and other.withdrawn is None and other.holds(day):
            work.update(Consent, other.id, None, withdrawn=day, withdrawal_kept=where)
    told = {name: getattr(present, name) for name in ("agency", "role", "person")}
    kind = "consent_withdrawn" if where else "consent_withdrawn_orally"
    _tell(work, present.participant, kind, consent, told, day)


@action("consents.confirm_withdrawal", N_("the written confirmation of the withdrawal"))
def confirm_withdrawal(work: Work, consent: int, version: int | None, kept: str) -> None:
    """Note where the writing is kept that confirms an oral withdrawal, of every consent that was withdrawn with it.

    Raises `ConsentError`, or `Conflict` as `Work.update`.
    """
    present = row_of(work, consent)
    if present.withdrawn is None:
        raise ConsentError(_("Withdrawn: it was not withdrawn yet."))
    if present.withdrawal_kept and version in (None, present.version):
        raise ConsentError(_("Where it is kept: the writing is recorded already."))
    where = clean_line(kept, _(LABELS["withdrawal_kept"]))
    if not where:
        raise ConsentError(_("Where it is kept: say where the written confirmation is."))
    work.update(Consent, consent, version, withdrawal_kept=where)
    whom = present.agency, present.role, same_person(present.person)
    for other in held(work, present.participant):
        same = (other.agency, other.role, same_person(other.person)) == whom
        if same and other.id != consent and other.oral and other.withdrawn == present.withdrawn:
            work.update(Consent, other.id, None, withdrawal_kept=where)
    told = {name: getattr(present, name) for name in ("agency", "role", "person")}
    _tell(work, present.participant, "withdrawal_confirmed", consent, told, work.today)


@action("consents.end_all", N_("the ending of the consents"))
def end_all(work: Work, participant: int, day: date | None = None) -> tuple[Partner, ...]:
    """Let every consent end on `day` (today), as at independence (the guide on phase-out); answers who is to be told.

    The day itself is still covered, so that the partners can be told. Raises `ConsentError` for a day to come.
    """
    last = day or work.today
    if last > work.today:
        raise ConsentError(_("Consents cannot be ended in the future; end them on the day."))
    tell = partners(work, participant, last)
    ended = 0
    for consent in held(work, participant):
        if consent.withdrawn is None and consent.given <= last < consent.valid_until:
            work.update(Consent, consent.id, None, valid_until=last)
            ended += 1
    if not ended and not any(partner.covered for partner in tell):
        raise ConsentError(_("There is no consent in force to end."))
    told = ", ".join(one.person or str(work.programme.agency(one.agency).name) for one in tell)
    detail = {"date": last.isoformat(), "partners": told or "–"}
    timeline.tell(work, participant, "consents_ended", now_or_noon(work.clock, last), detail)
    return tell


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    checked = _FIELDS.checked(values)
    return checked | {name: " ".join(checked[name].split()) for name in _LINES if name in checked}


def _whom(work: Reading, values: Mapping[str, Any]) -> None:
    agency = work.programme.agency(values.get("agency") or "")
    if not values.get("agency"):
        raise ConsentError(_("Agency: say whom the consent is for."))
    role = values.get("role") or ""
    if not role:
        raise ConsentError(_("Role: a consent is for one role of the agency."))
    if agency.roles and role not in {one.id for one in agency.roles}:
        known = work.programme.role(role).name
        raise _fault(_("Role: {role} is not a role of {agency}."), role=known, agency=agency.name)
    if agency.named and not values.get("person"):
        raise _fault(_("Person: a consent for {agency} names a person; write who it is."), agency=agency.name)


def _days(work: Reading, given: date, valid_until: date) -> None:
    months = work.programme.limits.consent_months
    if given > work.today:
        raise ConsentError(_("Given: the date is in the future; record a consent when it is given."))
    if valid_until < given:
        words = _("Valid until: {until} is before the consent was given, {given}.")
        raise _fault(words, until=valid_until, given=given)
    last = months_later(given, months)
    if valid_until > last:
        words = _("Valid until: a consent must be renewed within {time}, so by {date}.")
        raise _fault(words, time=months_told(months), date=last)


def _withdrawal(work: Reading, given: date, day: date) -> None:
    if day < given:
        raise _fault(_("Withdrawn: {day} is before the consent was given, {given}."), day=day, given=given)
    if day > work.today:
        raise ConsentError(_("Withdrawn: the date is in the future; record a withdrawal when it has come."))


def _fault(words: str, **known: object) -> ConsentError:
    """The error in these words, with days as people write them."""
    told = {name: format_date(one) if isinstance(one, date) else one for name, one in known.items()}
    return ConsentError(words.format(**told))


def _tell(
    work: Work, participant: int, kind: str, consent: int, told: Mapping[str, Any], day: date, until: date | None = None
) -> None:
    detail = {name: told.get(name, "") for name in ("agency", "role", "person")}
    detail["date"] = (until or day).isoformat()
    timeline.tell(work, participant, kind, now_or_noon(work.clock, day), detail, f"consent:{consent}")
