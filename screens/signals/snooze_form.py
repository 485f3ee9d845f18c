"""The form that puts a signal aside: why, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from config.dates import format_date
from config.words import N_, _
from models.signals import snoozes
from models.signals.listing import SignalLine
from models.signals.team import StaffSign
from models.storage.drafts import KeptForm
from screens.forms.date_fields import DateField
from screens.forms.draft_keeper import DraftKind, Whose, teams
from screens.forms.form import FormScreen
from screens.forms.line_fields import About, FormField, LineField
from screens.frame.case import Case
from screens.frame.route import Route
from screens.widgets.line import BOLD, HEADING, Piece

_AGAIN: Final = Route[Whose, KeptForm]("screens.signals.screen", "signals_again")


class SnoozeForm(FormScreen):
    """Puts one signal aside; the result is the snooze's id."""

    HELP: ClassVar[str] = N_(
        "A snoozed signal is kept with the reason and shows again by itself on the day, or before it when more is "
        "true than now: another date, a heavier signal, one more task, or twice the days of silence. There is a "
        "limit to how long it may wait."
    )

    DRAFTS: ClassVar[tuple[DraftKind, ...]] = (
        DraftKind("snooze", N_("Signal to snooze"), _AGAIN),
        DraftKind("snooze_staff", N_("Signal to snooze"), _AGAIN, teams),
    )

    def __init__(self, case: Case, line: SignalLine | StaffSign) -> None:
        super().__init__(case, line.participant if isinstance(line, SignalLine) else line.staff or 0)
        self.form_name = "snooze" if isinstance(line, SignalLine) else "snooze_staff"
        self.line = line
        self.participant = line.participant if isinstance(line, SignalLine) else None

    def fields(self) -> list[FormField]:
        return [
            LineField(About("reason", _("Reason"), _("Why it can wait; whoever sees it next will want to know."),
                            personal=True), limit=snoozes.REASON_LIMIT),
            DateField(About("until", _("Until"), _("E.g. tomorrow, Friday, +1w or 24.11; it shows again on that "
                                                   "day.")),
                      self.case.clock, "future"),
        ]  # fmt: skip

    async def load(self) -> Mapping[str, str]:
        return {"until": format_date(await self.case.store.ask(snoozes.proposed))}

    def heading(self) -> list[Piece]:
        line = self.line
        who = self.case.called(line.code, line.name) if isinstance(line, SignalLine) else line.name
        return [(_("Snooze · {who}").format(who=who), HEADING), (line.sign.reason, BOLD)]

    async def write(self, values: dict[str, Any], version: int | None) -> int:
        line, until = self.line, values["until"]
        if until is None:
            raise snoozes.SnoozeError(_("Until: choose a day to come; the signal shows again on that day."))
        participant, staff = (line.participant, None) if isinstance(line, SignalLine) else (None, line.staff)
        return await self.case.store.change(
            snoozes.put_aside, participant, staff, line.sign.rule, until, values["reason"]
        )


def aside_words(line: SignalLine | StaffSign) -> str:
    """Who put a signal aside, until when and why; empty while it is awake."""
    kept = line.aside
    if kept is None:
        return ""
    return _("Snoozed by {who} {date}, until {until}: {reason}").format(
        who=kept.who or "–", date=format_date(kept.snoozed), until=format_date(kept.until), reason=kept.reason
    )
