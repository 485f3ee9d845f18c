"""The register of contact persons that the team shares: who they are, where, and how to reach them.

Whoever has left their post is kept and not offered; a double is merged, and everything that was linked follows. Source:
the guide on people and the Trondheim report's one list that is always current.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from config.errors import ExinError
from config.words import N_, _, n_
from models import timeline
from models.contacts.register import PHONES, one
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.work import Work
from models.tables import (
    Appointment,
    Consent,
    Contact,
    Disclosure,
    IndividualPlan,
    Involvement,
    SupportTeam,
    SupportTeamMember,
    ToldOf,
)
from models.values import phone
from models.values.fields import Fields
from models.values.searched import searched
from models.values.text import fold, sort_key, words

LABELS: Final = {
    "name": N_("Name"),
    "agency": N_("Agency"),
    "role": N_("Role"),
    "office": N_("Office"),
    "phone": N_("Phone"),
    "phone_other": N_("Other phone"),
    "email": N_("E-mail"),
    "notes": N_("Notes"),
}
NOTES_LIMIT: Final = 2_000
LINKED: Final = (
    (Involvement, "contact"), (Consent, "contact"), (Disclosure, "contact"), (Appointment, "contact"),
    (SupportTeam, "contact"), (SupportTeamMember, "contact"),
    (ToldOf, "told"), (ToldOf, "of"), (IndividualPlan, "coordinator"), (Contact, "merged_into"),
)  # fmt: skip
"""What speaks of a contact person, by its field."""


class PeopleError(ExinError):
    """A contact person cannot be entered, changed or taken away as asked; a field at fault begins the sentence."""


_FIELDS: Final = Fields(
    LABELS, PeopleError, lines=LABELS.keys() - {"notes"}, texts=("notes",), limits={"notes": NOTES_LIMIT}
)


@action("people.add", N_("the new contact person"))
def add(work: Work, values: Mapping[str, Any]) -> int:
    """Enter a contact person; a name and an agency are enough. Answers the id; raises `PeopleError` or `BadPhone`."""
    checked = _checked(work, {"name": "", "agency": "", **values})
    return work.insert(Contact, created_at=work.clock.seconds(), **checked, **derived(checked))


@action("people.change", N_("the change to the contact person"))
def change(work: Work, contact: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change what is known of a contact person; answers the new version. Raises as `add` and `Work.update`."""
    before = one(work, contact)
    whole = {name: getattr(before, name) for name in LABELS}
    if changes.get("agency", whole["agency"]) != whole["agency"] and "role" not in changes:
        changes = {**changes, "role": ""}
    checked = _checked(work, changes, {**whole, **changes})
    return work.update(Contact, contact, version, **checked, **derived({**whole, **checked}))


@action("people.leave", N_("that the contact person left"))
def leave(work: Work, contact: int, version: int) -> int:
    """Note that a contact person has left their post: they are not offered any more, and what they had part in ends.

    Answers how many participants lose a contact person by it. Raises `PeopleError` for one who has left already.
    """
    person = one(work, contact)
    if not person.active:
        raise PeopleError(_("{name} has left the post already.").format(name=person.name))
    work.update(Contact, contact, version, active=False)
    rows = work.sql(
        "SELECT id, participant_id, agency, role FROM involvement "
        "WHERE contact_id = ? AND (until IS NULL OR until > ?) ORDER BY id",
        [contact, work.today.isoformat()],
    )
    with work.past_restrictions():
        for involvement, participant, agency, role in rows:
            work.update(Involvement, involvement, None, until=work.today)
            detail = {"agency": agency, "role": role, "person": person.name}
            timeline.tell(
                work, participant, "contact_ended", work.clock.seconds(), detail, f"involvement:{involvement}"
            )
        for (member,) in work.sql(
            "SELECT id FROM support_team_member WHERE contact_id = ? AND (until IS NULL OR until > ?) ORDER BY id",
            [contact, work.today.isoformat()],
        ):
            work.update(SupportTeamMember, member, None, until=work.today)
    return len({row[1] for row in rows} - work.hidden.keys())


@action("people.come_back", N_("that the contact person is back"))
def come_back(work: Work, contact: int, version: int) -> None:
    """Note that a contact person is in their post after all; whom they had part in is linked anew by hand."""
    person = one(work, contact)
    if person.merged_into is not None:
        raise PeopleError(_("{name} was merged with another and stays so.").format(name=person.name))
    work.update(Contact, contact, version, active=True)


@action("people.remove", N_("the contact person deleted"))
def remove(work: Work, contact: int, version: int) -> None:
    """Take a contact person out of the register who was entered by mistake.

    Raises `PeopleError` for one who is linked to anything: history needs them, so they can only leave their post.
    """
    person = one(work, contact)
    linked = work.sql("SELECT DISTINCT participant_id FROM involvement WHERE contact_id = ?", [contact])
    cases = len({participant for (participant,) in linked} - work.hidden.keys())
    if cases:
        text = n_(
            "{name} is linked to {count} participant and cannot be deleted. Note instead that they left the post.",
            "{name} is linked to {count} participants and cannot be deleted. Note instead that they left the post.",
            cases,
        )
        raise PeopleError(text.format(name=person.name, count=cases))
    linked_by = [(model._meta.table_name, f"{field}_id") for model, field in LINKED]
    if any(work.value(f'SELECT 1 FROM "{table}" WHERE "{key}" = ?', [contact]) for table, key in linked_by):
        words = _("{name} stands in what was recorded and cannot be deleted. Note instead that they left the post.")
        raise PeopleError(words.format(name=person.name))
    work.remove(Contact, contact, version)


@action("people.merge", N_("the merging of contact persons"))
def merge(work: Work, keep: int, double: int) -> int:
    """Let one contact person take over everything that is linked to a double; answers how many links moved.

    What the kept one lacks is filled in from the double, which stays in the history and is not offered any more.
    """
    if keep == double:
        raise PeopleError(_("Choose two different people to merge."))
    kept, other = one(work, keep), one(work, double)
    if kept.merged_into is not None or other.merged_into is not None:
        raise PeopleError(_("One of them was merged with another already."))
    with work.past_restrictions():
        moved = _move_involvements(work, keep, double)
        _know_as_one(work, keep, double)
        for model, field in LINKED:
            if model not in (Involvement, Contact):
                moved += _move(work, model, field, keep, double)
    for (merged,) in work.sql("SELECT id FROM contact WHERE merged_into_id = ? ORDER BY id", [double]):
        work.update(Contact, merged, None, merged_into=keep)
    whole = {name: getattr(kept, name) for name in LABELS}
    taken = {name: getattr(other, name) for name in LABELS if not whole[name] and getattr(other, name)}
    if taken.get("role") and kept.agency != other.agency:
        del taken["role"]
    if "phone_other" not in taken and not whole["phone_other"]:
        known = phone.normalised(taken.get("phone", whole["phone"]))
        if other.phone and phone.normalised(other.phone) != known:
            taken["phone_other"] = other.phone
    if phone.normalised(taken.get("phone_other", "")) == phone.normalised(taken.get("phone", whole["phone"])):
        taken.pop("phone_other", None)
    work.update(Contact, keep, None, active=kept.active or other.active, **taken, **derived({**whole, **taken}))
    work.update(Contact, double, None, active=False, merged_into=keep)
    return moved


def _move(work: Work, model: Any, field: str, keep: int, double: int) -> int:
    table = model._meta.table_name
    rows = work.sql(f'SELECT id, participant_id FROM "{table}" WHERE "{field}_id" = ? ORDER BY id', [double])
    for row, _participant in rows:
        work.update(model, row, None, **{field: keep})
    return sum(participant not in work.hidden for _row, participant in rows)


def _know_as_one(work: Work, keep: int, double: int) -> None:
    """Take away what the two were told of each other, and of the double what the kept one was told as well."""
    for (row,) in work.sql(
        "SELECT d.id FROM told_of d WHERE (d.told_id = ? AND (d.of_id = ? OR EXISTS (SELECT 1 FROM told_of k "
        "WHERE k.participant_id = d.participant_id AND k.told_id = ? AND k.of_id = d.of_id))) "
        "OR (d.of_id = ? AND (d.told_id = ? OR EXISTS (SELECT 1 FROM told_of k "
        "WHERE k.participant_id = d.participant_id AND k.of_id = ? AND k.told_id = d.told_id))) ORDER BY d.id",
        [double, keep, keep, double, keep, keep],
    ):
        work.remove(ToldOf, row, None)


def _move_involvements(work: Work, keep: int, double: int) -> int:
    """The parts of the double become the kept one's; where both have the same one now, it began when the first did."""
    today = work.today.isoformat()
    rows = work.sql(
        "SELECT id, participant_id, role, since FROM involvement WHERE contact_id = ? ORDER BY id", [double]
    )
    for involvement, participant, role, since in rows:
        same = work.sql(
            "SELECT k.id, k.since FROM involvement k, involvement d WHERE d.id = ? AND k.contact_id = ? "
            "AND k.participant_id = ? AND k.role = ? AND (k.until IS NULL OR k.until > ?) "
            "AND (d.until IS NULL OR d.until > ?)",
            [involvement, keep, participant, role, today, today],
        )
        if not same:
            work.update(Involvement, involvement, None, contact=keep)
            continue
        work.remove(Involvement, involvement, None)
        if since < same[0][1]:
            work.update(Involvement, same[0][0], None, since=date.fromisoformat(since))
    return sum(row[1] not in work.hidden for row in rows)


def _checked(reading: Reading, values: Mapping[str, Any], whole: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`values` cleaned, judged as part of `whole`. Raises `PeopleError`, `BadPhone` or `TextTooLong`."""
    checked = _FIELDS.checked(values)
    for name in PHONES:
        if name in checked:
            phone.checked(checked[name], _(LABELS[name]))
    whole = {**(whole or {}), **checked}
    if not whole["name"]:
        raise PeopleError(_("Name: a contact person cannot be without one."))
    if not whole["agency"]:
        raise PeopleError(_("Agency: say where the person works or belongs."))
    if role := whole.get("role", ""):
        check_role(reading, role, whole["agency"])
    before, at, after = checked.get("email", "").partition("@")
    if checked.get("email") and (not at or not before or "." not in after or " " in checked["email"]):
        raise PeopleError(_("E-mail: {email} is not an address.").format(email=checked["email"]))
    return checked


def check_role(reading: Reading, role: str, agency: str) -> None:
    """Raise `PeopleError` where the programme knows a role as one of another agency."""
    known = reading.programme.role(role)
    if known.agency and known.agency != agency:
        where = reading.programme.agency(agency).name
        raise PeopleError(
            _("Role: {role} is not a role anybody has in {agency}.").format(role=known.name, agency=where)
        )


def derived(values: Mapping[str, Any]) -> dict[str, str]:
    """What sorts and finds a contact person: each word after a space, phones as digits with and without the country."""
    parts = words(searched("\n".join(values.get(name) or "" for name in ("name", "office", "email", "notes"))))
    for name in PHONES:
        for number in phone.reached_by(values.get(name) or ""):
            parts += [number, number.removeprefix(str(phone.COUNTRY))]
    email = fold(values.get("email") or "")
    return {"name_key": sort_key(values["name"]), "folded": f" {' '.join([*parts, email])} "}


def derived_otherwise(reading: Reading) -> list[tuple[str, str, int]]:
    """What `derived` gives for each contact person of whom something else is stored, as (name_key, folded, id)."""
    columns = ("name", "office", "email", "notes", *PHONES)
    found = []
    for contact, key, folded, *parts in reading.sql(
        f"SELECT id, name_key, folded, {', '.join(columns)} FROM contact ORDER BY id"
    ):
        now = derived(dict(zip(columns, parts, strict=True)))
        if now != {"name_key": key, "folded": folded}:
            found.append((now["name_key"], now["folded"], contact))
    return found


def advice(values: Mapping[str, Any]) -> list[str]:
    """What looks wrong about a contact person's phones, in sentences; none of it hinders saving."""
    written = [values.get(name) or "" for name in PHONES]
    return [text for number in written if (text := phone.advice(number)) and not phone.fault(number)]
