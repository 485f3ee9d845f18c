"""A question answered by a date, which is said back while it is typed."""

from __future__ import annotations

from datetime import date

from config.date_parser import Meaning
from config.dates import format_date, parse_date, understood
from screens.frame.case import Case
from screens.frame.prompt import PromptScreen


class DayPrompt(PromptScreen[tuple[date | None]]):
    """Answers the day in a tuple, since None is the answer of a prompt that was closed; an empty line is no day.

    Where there has to be one, an empty line is refused (`needed`).
    """

    def __init__(
        self, case: Case, question: str, meaning: Meaning, *, initial: date | None = None, hint: str = "",
        needed: bool = True,
    ) -> None:  # fmt: skip
        def parse(text: str) -> tuple[date | None]:
            return (parse_date(text, case.today, meaning) if needed or text.strip() else None,)

        def echo(answer: tuple[date | None]) -> str:
            return f"→ {understood(answer[0], case.today)}" if answer[0] else ""

        begins = format_date(initial) if initial else ""
        super().__init__(case, question, parse, initial=begins, hint=hint, echo=echo)
