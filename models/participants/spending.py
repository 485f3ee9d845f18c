"""Small spending on participants: a shared meal, a doctor's fee; in øre, against the team's sums for the year.

Going over the sum is warned of and never refused. Source: the EX/IN guide, money for relationship and necessities.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct

from config.errors import ExinError
from config.programme.shapes import Limits
from config.quoted import quoted
from config.words import N_, _
from models.participants import participants
from models.participants.participants import ParticipantFile
from models.storage.actions import action
from models.storage.reading import Reading
from models.storage.required import require_participant
from models.storage.work import Work
from models.tables import Spending
from models.values.fields import Fields

RELATIONSHIP, NECESSITY = "relationship", "necessity"
CAUSES: Final = "spending_cause"
NAV_FAILED: Final = "nav_failed"
FIELDS: Final = {
    "day": N_("Date"),
    "purpose": N_("Purpose"),
    "amount": N_("Amount"),
    "what": N_("What for"),
    "cause": N_("Cause"),
}
MOST_KRONER: Final = 100_000
"""More than this in one go is a slip of the finger, not small spending."""

_AMOUNT: Final = re.compile(
    r"(?:kr\.?|nok)?\s*(\d{1,3}(?:[ .]\d{3})+|\d+)(?:[.,](\d{1,2})|,-|,–)?\s*(?:kr\.?|kroner|nok)?", re.A
)


class SpendingError(ExinError):
    """An expense cannot be noted or changed as asked."""


_FIELDS: Final = Fields(FIELDS, SpendingError, lines=("what",))


class Expense(Struct, frozen=True):
    """One expense; `amount` in øre, `who` the initials of the colleague who noted it.

    `cause` is a choice of `spending_cause`: why a necessity fell to the team.
    """

    id: int
    version: int
    participant: int
    day: date
    purpose: str
    amount: int
    what: str
    who: str
    cause: str = ""


class Sums(Struct, frozen=True):
    """What was spent in a year, in øre, by purpose; `nav_failed` is what of the necessities was for want of Nav."""

    year: int
    relationship: int
    necessity: int
    nav_failed: int = 0


class Account(Struct, frozen=True):
    """A participant's expenses, newest first, and the sums of the year: the participant's and the whole team's."""

    person: ParticipantFile
    expenses: tuple[Expense, ...]
    own: Sums
    team: Sums


def parse_amount(text: str) -> int:
    """The øre a person wrote in kroner: "89", "89,50", "1 200", "kr 89,-". Raises `SpendingError`."""
    plain = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").lower().split())
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        words = _("“{text}” is not an amount. Write for example {examples}.")
        raise SpendingError(words.format(text=quoted(text), examples="89, 89,50, 1 200"))
    kroner = int(re.sub(r"[ .]", "", found[1]))
    ore = int((found[2] or "0").ljust(2, "0"))
    return kroner * 100 + ore


def format_amount(amount: int) -> str:
    """As in "1 200" or "89,50": kroner, with øre where there are any."""
    kroner, ore = divmod(abs(amount), 100)
    whole = f"{kroner:,}".replace(",", " ")
    return ("−" if amount < 0 else "") + (f"{whole},{ore:02}" if ore else whole)


def account(reading: Reading, participant: int, year: int) -> Account:
    """What one participant's screen shows. Raises `ParticipantError` when there is nobody."""
    person = participants.file_of(reading, participant)
    expenses = _expenses(reading, "x.participant_id = ? ORDER BY x.day DESC, x.id DESC", participant)
    return Account(person, tuple(expenses), sums(reading, year, participant), sums(reading, year))


def one(reading: Reading, expense: int) -> Expense:
    """One expense. Raises `SpendingError` when there is none."""
    found = _expenses(reading, "x.id = ?", expense)
    if not found:
        raise SpendingError(_("This expense is not here any more."))
    return found[0]


def _expenses(reading: Reading, which: str, number: int) -> list[Expense]:
    return reading.structs(
        Expense,
        "SELECT x.id, x.version, x.participant_id AS participant, x.day, x.purpose, x.amount, x.what, "
        "coalesce(s.initials, '') AS who, x.cause FROM spending x LEFT JOIN staff s ON s.id = x.staff_id "
        f"WHERE {which}",
        [number],
    )


def sums(reading: Reading, year: int, participant: int | None = None) -> Sums:
    """What was spent in `year` on one participant, or by the whole team."""
    where, values = ("", []) if participant is None else (" AND participant_id = ?", [participant])
    statement = (
        "SELECT purpose, sum(amount), sum(CASE WHEN cause = ? THEN amount ELSE 0 END) FROM spending "
        f"WHERE day BETWEEN ? AND ?{where} GROUP BY purpose"
    )
    rows = reading.sql(statement, [NAV_FAILED, f"{year:04}-01-01", f"{year:04}-12-31", *values])
    found = {purpose: (int(amount), int(failed)) for purpose, amount, failed in rows}
    relationship, (necessity, failed) = found.get(RELATIONSHIP, (0, 0))[0], found.get(NECESSITY, (0, 0))
    return Sums(year, relationship, necessity, failed)


def over(limits: Limits, team: Sums) -> list[str]:
    """A sentence for each purpose on which the team has spent more than its sum for the year."""
    kinds = (
        (team.relationship, limits.spending_relationship * 100,
         _("{year}: {spent} kr of {limit} for the relationship is spent, {over} too much.")),
        (team.necessity, limits.spending_necessity * 100,
         _("{year}: {spent} kr of {limit} for necessities is spent, {over} too much.")),
    )  # fmt: skip
    return [
        sentence.format(
            year=team.year, spent=format_amount(spent), limit=format_amount(limit), over=format_amount(spent - limit)
        )
        for spent, limit, sentence in kinds
        if spent > limit
    ]


def with_more(team: Sums, purpose: str, amount: int) -> Sums:
    """The sums as they would be with `amount` more."""
    return Sums(
        team.year,
        team.relationship + (amount if purpose == RELATIONSHIP else 0),
        team.necessity + (amount if purpose == NECESSITY else 0),
        team.nav_failed,
    )


@action("spending.add", N_("the new expense"))
def add(work: Work, participant: int, values: Mapping[str, Any]) -> int:
    """Note an expense; `values` holds `purpose`, `amount` (øre), `what` and perhaps `day`. Answers its id."""
    require_participant(work, participant, SpendingError)
    checked = _checked(work, {"day": None, "purpose": "", "amount": None, "what": "", "cause": "", **values})
    return work.insert(Spending, participant=participant, staff=work.actor.staff_id or None, **checked)


@action("spending.change", N_("the change to the expense"))
def change(work: Work, expense: int, version: int, changes: Mapping[str, Any]) -> int:
    """Change an expense; answers the new version. Raises `SpendingError`, or `Conflict` as `Work.update`."""
    return work.update(Spending, expense, version, **_checked(work, changes))


@action("spending.remove", N_("the expense taken away"))
def remove(work: Work, expense: int, version: int) -> None:
    """Take an expense away that was noted by mistake; the audit keeps all of it."""
    work.remove(Spending, expense, version)


def _checked(work: Reading, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = _FIELDS.checked(values)
    label = {name: _(words) for name, words in FIELDS.items()}
    if "day" in checked:
        checked["day"] = checked["day"] or work.today
        if checked["day"] > work.today:
            raise SpendingError(_("{field}: money is noted when it is spent, not before.").format(field=label["day"]))
    if "purpose" in checked and checked["purpose"] not in (RELATIONSHIP, NECESSITY):
        raise SpendingError(_("{field}: the relationship, or a necessity.").format(field=label["purpose"]))
    causes = {one.id for one in work.programme.choices[CAUSES]}
    if checked.get("cause") and checked["cause"] not in causes:
        raise SpendingError(_("{field}: choose one of the list.").format(field=label["cause"]))
    if checked.get("purpose") == RELATIONSHIP:
        checked["cause"] = ""
    if "amount" in checked:
        amount = checked["amount"]
        if not amount or amount < 0:
            raise SpendingError(_("{field}: say how many kroner.").format(field=label["amount"]))
        if amount > MOST_KRONER * 100:
            words = _("{field}: {amount} kr is too much for a small expense.")
            raise SpendingError(words.format(field=label["amount"], amount=format_amount(amount)))
    if "what" in checked and not checked["what"]:
        raise SpendingError(_("{field}: a few words on what it was for.").format(field=label["what"]))
    return checked
