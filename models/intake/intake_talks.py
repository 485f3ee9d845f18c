"""Writing in an intake: how a criterion is judged, and the talks that were held, each with its entry in the timeline.

Source: the EX/IN guide on intake. The order of the talks is advice: out of it a reason is asked for and kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final, NoReturn

from config.dates import format_date
from config.errors import ExinError
from config.programme.method.intake import Talk
from config.words import N_, _
from models import timeline
from models.intake.reading import JUDGEMENTS, IntakeFile, current, file_of, talk_warnings
from models.storage.actions import action
from models.storage.required import require_participant, require_row
from models.storage.work import Conflict, Gone, Work
from models.tables import CriterionJudgement, Entry, Intake, IntakeTalk
from models.values.days import now_or_noon
from models.values.fields import Fields

NOTE_LIMIT: Final = 4_000
LABELS: Final = {
    "judgement": N_("Assessment"),
    "note": N_("Note"),
    "held": N_("Held"),
    "who": N_("Who took part"),
    "reason": N_("Reason"),
    "ours": N_("We say"),
    "theirs": N_("The candidate says"),
    "outcome": N_("Outcome"),
    "decided": N_("Decided"),
    "phase": N_("Phase"),
    "referred_by": N_("Referred by"),
    "referral_note": N_("Why"),
}


class IntakeError(ExinError):
    """An intake cannot be written as asked; the sentence begins with the field at fault where there is one."""


FIELDS: Final = Fields(
    LABELS, IntakeError, lines=("who", "referred_by"), texts=("note", "reason", "referral_note"),
    trimmed=("note", "reason"),
    limits=dict.fromkeys(("note", "reason", "referral_note"), NOTE_LIMIT),
)  # fmt: skip


@action("intake_talks.judge", N_("how the criterion was assessed"))
def judge(
    work: Work, participant: int, criterion: str, judgement: str, note: str = "", version: int | None = None
) -> None:
    """Judge one criterion; `version` is the one the person saw, 0 or None where nobody had judged it.

    Raises `IntakeError`, or `Conflict` where a colleague has judged it meanwhile.
    """
    if work.programme.method.intake.criterion(criterion) is None:
        raise IntakeError(_("The programme has no criterion called {name}.").format(name=criterion))
    if judgement not in JUDGEMENTS:
        raise IntakeError(_("Assessment: {judgement} is not a valid assessment.").format(judgement=judgement))
    intake = _lasting(work, participant, work.today)
    values = FIELDS.checked({"judgement": judgement, "note": note})
    values |= {"judged": work.today, "judged_by": work.actor.staff_id or None}
    row = work.first(
        CriterionJudgement.select().where(
            (CriterionJudgement.intake == intake) & (CriterionJudgement.criterion == criterion)
        )
    )
    if row is None:
        work.insert(CriterionJudgement, intake=intake, participant=participant, criterion=criterion, **values)
    elif not version:
        written_meanwhile(work, CriterionJudgement, row, {"judgement": values["judgement"], "note": values["note"]})
    elif (row.judgement, row.note) != (values["judgement"], values["note"]) or row.version != version:
        work.update(CriterionJudgement, row.id, version, **values)


@action("intake_talks.hold_talk", N_("the talk that was recorded"))
def hold_talk(
    work: Work,
    participant: int,
    talk: str,
    held: date,
    who: str = "",
    covered: Collection[str] = (),
    said: Collection[str] = (),
    note: str = "",
    reason: str = "",
) -> int:
    """Record one of the talks, with its entry in the timeline, which counts as contact; answers the talk's id.

    Raises `IntakeError` for a day to come, or where talks that come first are not held and no reason is given;
    `Conflict` where a colleague has recorded the talk meanwhile.
    """
    known = work.programme.method.intake.talk(talk)
    if known is None:
        raise IntakeError(_("The programme has no talk called {name}.").format(name=talk))
    intake = _lasting(work, participant, held)
    given = {"held": held, "who": who, "note": note, "reason": reason, "covered": covered, "said": said}
    values = _talk_values(work, known, given)
    row = work.first(IntakeTalk.select().where((IntakeTalk.intake == intake) & (IntakeTalk.talk == talk)))
    if row is not None:
        written_meanwhile(work, IntakeTalk, row, values)
    _in_order(file_of(work, participant), talk, held, values["reason"])
    number = work.insert(IntakeTalk, intake=intake, participant=participant, talk=talk, **values)
    entry = timeline.record(work, participant, {
        "kind": "intake_talk", "at": now_or_noon(work.clock, held), "with_whom": values["who"],
        "text": _entry_text(str(known.name), values["note"]),
    })  # fmt: skip
    work.update(Entry, entry, None, subject=f"intake_talk:{number}")
    return number


@action("intake_talks.correct_talk", N_("the correction of the talk"))
def correct_talk(work: Work, talk: int, version: int, changes: Mapping[str, Any]) -> int:
    """Correct a talk that was recorded, and its entry with it; answers the new version.

    `changes` holds any of held, who, covered, said, note and reason. Raises as `hold_talk`.
    """
    row = require_row(work, IntakeTalk, talk, Gone(_("This talk is not here any more; somebody has taken it away.")))
    known = work.programme.method.intake.talk(row.talk)
    checked = _talk_values(work, known, changes)
    new = work.update(IntakeTalk, talk, version, **checked)
    if "held" in checked and known is not None:
        _in_order(file_of(work, row.participant), row.talk, checked["held"], checked.get("reason", row.reason))
    _follow(work, row, checked, str(known.name) if known else row.talk)
    return new


def _follow(work: Work, row: Any, checked: Mapping[str, Any], name: str) -> None:
    """Let the talk's entry say the same, unless somebody has given it other words."""
    entry = work.first(
        Entry.select().where((Entry.participant == row.participant) & (Entry.subject == f"intake_talk:{row.id}"))
    )
    if entry is None:
        return
    changes: dict[str, Any] = {}
    if checked.get("held", row.held) != row.held:
        changes["at"] = now_or_noon(work.clock, checked["held"])
    if "who" in checked and entry.with_whom == row.who:
        changes["with_whom"] = checked["who"]
    if "note" in checked and entry.text == _entry_text(name, row.note):
        changes["text"] = _entry_text(name, checked["note"])
    if changes:
        timeline.correct(work, entry.id, entry.version, changes)


def _entry_text(name: str, note: str) -> str:
    return f"{name}. {note}".strip() if note else name


def _in_order(file: IntakeFile, talk: str, held: date, reason: str) -> None:
    """Order is advice: out of it a reason is asked for."""
    found = talk_warnings(file, talk, held)
    if found and not reason:
        raise IntakeError(_("Reason: say why it is held all the same. {warning}").format(warning=found[0]))


def _talk_values(work: Work, talk: Talk | None, values: Mapping[str, Any]) -> dict[str, Any]:
    ticks = {"covered": talk.topics if talk else (), "said": work.programme.method.intake.premises}
    checked = FIELDS.checked({name: value for name, value in values.items() if name not in ticks})
    checked |= {name: _ids(values[name], [one.id for one in known]) for name, known in ticks.items() if name in values}
    if "held" in checked:
        if checked["held"] is None:
            raise IntakeError(_("Held: say on which day."))
        if checked["held"] > work.today:
            raise IntakeError(_("Held: the date is in the future; a talk that is planned is an appointment."))
    return checked


def _ids(chosen: Collection[str], known: Collection[str]) -> str:
    """The ids in the programme's order, space between. Raises `IntakeError` for one it does not know."""
    for id in chosen:
        if id not in known:
            raise IntakeError(_("The programme does not know {name} here.").format(name=id))
    return " ".join(id for id in known if id in chosen)


def _lasting(work: Work, participant: int, day: date) -> int:
    """The intake that is written in, opened where there is none. Raises `IntakeError` for one that is decided."""
    row, _began = current(work, participant)
    if row is not None and row.outcome:
        raise IntakeError(decided_words(row.decided))
    return int(row.id) if row is not None else opened(work, participant, day)


def decided_words(day: date) -> str:
    """Why nothing is written in an intake any more."""
    return _("The intake was decided {date} and stays as it is; record what comes now in the timeline.").format(
        date=format_date(day)
    )


def opened(work: Work, participant: int, day: date) -> int:
    """Open the intake of the period of phase 1 that lasts, from its first day on; without one from `day` on."""
    require_participant(work, participant, IntakeError)
    _row, began = current(work, participant)
    return work.insert(Intake, participant=participant, opened=began or day)


def written_meanwhile(work: Work, model: Any, row: Any, mine: Mapping[str, Any]) -> NoReturn:
    """Raise the conflict with a row that was not there when the person began to write."""
    mine, theirs = (
        {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
        for values in (mine, {name: getattr(row, name) for name in mine})
    )
    who = work.value(
        "SELECT s.name FROM change c JOIN audit a ON a.seq = c.audit JOIN staff s ON s.id = a.actor "
        'WHERE c."table" = ? AND c."row" = ? ORDER BY c.id DESC LIMIT 1',
        [model._meta.table_name, row.id],
    )
    raise Conflict(model._meta.table_name, row.id, mine, theirs, row.version, who or _("Somebody"))
