"""Figures without persons on paper, of one team or of several: every table with its definition and source."""

from __future__ import annotations

from config.dates import format_date, month_name
from config.words import _, n_
from models.figures import definitions as figure
from models.figures.definitions import Definition
from models.figures.files import FiguresFile, as_shown
from models.figures.showing import BASE, Shown
from models.paper.document import Block, Column, Document, Heading, Table, Text
from models.paper.monthly_sheets import Series, Sheet


def of_file(file: FiguresFile) -> Document:
    """What a file holds."""
    return document(as_shown(file), len(file.vaults))


def document(shown: Shown, vaults: int = 1) -> Document:
    """The figures of a period, section by section; `vaults` is of how many teams they are."""
    about = _("{first} to {last}; made {made}.").format(
        first=format_date(shown.period.first), last=format_date(shown.period.last), made=format_date(shown.made)
    )
    blocks: list[Block] = [Text(about)]
    if vaults > 1:
        blocks.append(Text(n_("{count} team.", "{count} teams together.", vaults).format(count=vaults)))
    if shown.rounded:
        blocks.append(Text(_(
            "Every number is rounded to {base}, up or down by a draw, and sums are of what is shown: nobody can be "
            "counted back. What rounds to 0 is left out."
        ).format(base=BASE)))  # fmt: skip
    if shown.people is not None:
        told = n_("{count} person is in a phase on the last day.", "{count} people are in a phase on the last day.",
                  shown.people)  # fmt: skip
        blocks.append(Text(told.format(count=shown.people)))
    section = ""
    for one in figure.DEFINITIONS:
        if one.id not in shown.rows and one.id not in shown.quartiles:
            continue
        if one.section != section:
            section = one.section
            blocks.append(Heading(_(figure.SECTIONS[section])))
        blocks += [
            Text(_(one.name), strong=True),
            table(shown, one),
            Text(f"{_(one.words)} {_(one.source)}", small=True),
        ]
    title = _("Figures: {period}").format(period=shown.period.told())
    foot = _("Figures without persons, definitions version {number}").format(number=figure.VERSION)
    return Document(title, _("figures"), tuple(blocks), foot, wide=shown.period.length > 1)


def sheet(shown: Shown, one: Definition) -> Sheet:
    """One figure as bars: a label a row, of a length of time three bars each."""
    made = table(shown, one)
    spread, rows = shown.quartiles.get(one.id, ()), shown.rows.get(one.id, ())
    if one.kind == figure.SPREAD:
        bars = [[row.low for row in spread], [row.middle for row in spread], [row.high for row in spread]]
        titles = [column.title for column in made.columns[1:]]
    else:
        bars, titles = [[float(row.total) for row in rows]], [_(one.name)]
    series = tuple(Series(title, tuple(values)) for title, values in zip(titles, bars, strict=True))
    labels = (*(row.label for row in spread), *(row.label for row in rows))
    heads = tuple(column.title for column in made.columns)
    return Sheet(one.id, _(one.name), _(one.words), labels, series, heads, made.rows)


def table(shown: Shown, one: Definition) -> Table:
    """One figure as a table: a column a month for what happened in it."""
    if one.kind == figure.SPREAD:
        titles = [_("Row"), _("Quarter"), _("Half"), _("Three quarters")]
        rows = tuple(
            (row.label, *(f"{days:g}".replace(".", ",") for days in (row.low, row.middle, row.high)))
            for row in shown.quartiles.get(one.id, ())
        )
    elif one.kind == figure.FLOW and len(shown.months) > 1:
        titles = [_("Row"), *(month_name(month.month)[:3] for month in shown.months), _("Sum")]
        rows = tuple((row.label, *map(str, row.months), str(row.total)) for row in shown.rows.get(one.id, ()))
    else:
        titles = [_("Row"), _("Number")]
        rows = tuple((row.label, str(row.total)) for row in shown.rows.get(one.id, ()))
    widest = max((len(row[0]) for row in rows), default=10)
    return Table((Column(titles[0], widest + 1), *(Column(title, 6) for title in titles[1:])), rows)
