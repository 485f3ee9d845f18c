"""What an evaluation comes to on paper, and several evaluations side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from config.dates import format_date
from config.programme.method.evaluations import GATHERING, PERIOD, SUPPORT_TEAM
from config.words import N_, _, n_
from models.evaluations.reading import Answer, Evaluated, Evaluation, by_theme
from models.evaluations.results import Result, side_by_side
from models.paper.document import Bar, Bars, Block, Column, Document, Fields, Heading, Table, Text

ABOUT: Final = {
    GATHERING: N_("a gathering"),
    PERIOD: N_("a period"),
    SUPPORT_TEAM: N_("a support team"),
}
"""What an evaluation is about, in words."""


def report(evaluated: Evaluated, about: str) -> Document:
    """The result of one evaluation, `about` something in words; the sentence why where there is none."""
    found = evaluated.evaluation
    blocks: list[Block] = [Fields(_facts(found, about))]
    if found.too_few:
        blocks.append(Text(found.too_few, strong=True))
    for number, result in enumerate(evaluated.results, 1):
        blocks += [Heading(f"{number} {result.question.name}"), Text(f"{result.headline} · {result.coverage}")]
        blocks.append(Bars(tuple(_bars(result))))
        if result.remark:
            blocks.append(Text(result.remark, small=True))
    if evaluated.results:
        for number, asked in enumerate(found.form.open, len(evaluated.results) + 1):
            blocks += _answers(number, str(asked.name), evaluated.answers, asked.id, found.returned)
    foot = _("Per cent are of those who answered the question. Nobody's sheet can be told from the others.")
    title = _("Evaluation: {form}").format(form=found.form.name)
    people = () if found.participant is None else (found.participant,)
    return Document(title, _("evaluation"), tuple(blocks), foot, about=people)


def _facts(found: Evaluation, about: str) -> tuple[tuple[str, str], ...]:
    invited = "" if found.invited is None else _("{returned} of {invited}")
    sheets = invited.format(returned=found.returned, invited=found.invited) or str(found.returned)
    return (
        (_("About"), about),
        (_("Day"), format_date(found.day)),
        (_("Sheets"), sheets),
        (_("Form"), _("{form}, version {version}").format(form=found.form.name, version=found.form.version)),
    )


def _bars(result: Result) -> list[Bar]:
    percents = result.percents or (0,) * len(result.counts)
    return [
        Bar(str(step.name), share, _("{count} ({percent} %)").format(count=count, percent=share))
        for step, count, share in zip(result.question.steps, result.counts, percents, strict=True)
    ]


def _answers(number: int, name: str, answers: Sequence[Answer], question: str, returned: int) -> list[Block]:
    own = sum(one.question == question for one in answers)
    told = _("answered {answered} of {returned}").format(answered=own, returned=returned)
    blocks: list[Block] = [Heading(f"{number} {name}"), Text(told)]
    for theme, under in by_theme(answers, question):
        blocks.append(Text(theme_words(theme, len(under)), strong=True))
        blocks += [Text(f"– {one.text}") for one in under]
    return blocks


def theme_words(theme: str, count: int) -> str:
    """A theme with how many answers have it, as in "Better knowledge of each other: 16 answers"."""
    named = n_("{theme}: {count} answer", "{theme}: {count} answers", count)
    return named.format(theme=theme or _("Without a theme"), count=count)


def comparison(evaluations: Sequence[Evaluated], names: Sequence[str]) -> Document:
    """The two best steps of each question over several evaluations, called by `names`, as a table that lies."""
    columns = (Column(_("Question"), 6), *(Column(name, 3) for name in names))
    compared = side_by_side([one.results for one in evaluations])
    rows = tuple(
        (f"{number} {one.name}", *(_cell(result) for result in one.results)) for number, one in enumerate(compared, 1)
    )
    sheets = (_("Sheets"), *(str(one.evaluation.returned) for one in evaluations))
    blocks: list[Block] = [
        Text(_("How many of those who answered chose one of the two best steps.")), Table(columns, (sheets, *rows))
    ]  # fmt: skip
    if len({one.evaluation.content for one in evaluations}) > 1:
        changed = _("The form was changed between them: a question may be worded otherwise, or not be asked at all.")
        blocks.append(Text(changed, strong=True))
    about = tuple(one.evaluation.participant for one in evaluations if one.evaluation.participant is not None)
    title = _("Evaluations side by side: {form}").format(form=evaluations[0].evaluation.form.name)
    return Document(title, _("evaluations"), tuple(blocks), wide=True, about=about)


def _cell(result: Result | None) -> str:
    if result is None:
        return _("not asked")
    if result.top_percent is None:
        return _("nobody answered")
    told = _("{percent} % ({count} of {answered})")
    return told.format(percent=result.top_percent, count=result.top, answered=result.answered)
