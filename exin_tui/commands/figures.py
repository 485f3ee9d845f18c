"""`exin figures`: a period in rounded numbers, without persons, and those of several teams added up."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import ExitCode
from config.outside import AlreadyThere, Kind, OutFile
from config.reasons import reason
from config.words import _
from exin_tui.commands import options
from exin_tui.commands.context import Context, UsageError
from exin_tui.printing import put, write_line

if TYPE_CHECKING:
    from models.figures.files import FiguresFile
    from models.values.clock import Clock

WIDTH = 100


def add(commands: options.Commands) -> None:
    """Describe the command and its part."""
    parser = options.add_command(
        commands,
        "figures",
        _("write the figures of a period, rounded and without persons: a table, or a PDF, CSV or JSON file"),
        "exin figures --period 2026-Q3 --out team.json",
        run,
    )
    options.add_way_in(parser)
    parser.add_argument(
        "--period", metavar="PERIOD", help=_("2026-11, 2026-Q4, 2026-H2 or 2026; the last whole month if left out")
    )
    _add_out(parser)
    parts = parser.add_subparsers(title=_("parts"), metavar=_("PART"), dest="part")
    merge = options.add_command(
        parts,
        "merge",
        _("add up the JSON files of several teams, which need no vault"),
        "exin figures merge north.json south.json --out city.pdf",
        run_merge,
    )
    merge.add_argument("files", metavar="FILE", nargs="+", help=_("what `exin figures --out FILE.json` wrote"))
    _add_out(merge)


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", metavar="FILE", help=_("write into a new file that ends in .json, .csv or .pdf, instead of a table")
    )


def run(context: Context) -> int:
    """Write the rounded figures of this vault's team; raises `PeriodError`, and `NotAllowed` for all but leaders."""
    from models.figures import counting, files, periods, showing
    from models.values.clock import oslo

    clock = oslo()
    text = context.arguments.period
    last_month = periods.around(clock.today(), periods.MONTH).later(-1)
    period = periods.written(text) if text is not None else last_month
    # What is wrong with period and place is said before anybody is asked for a passphrase.
    periods.check_over(period, clock.today())
    out = _out(context)
    with context.store() as store:
        secret = store.ask_now(showing.secret)
        counted = store.ask_now(counting.count, period)
        file = files.of_vault(showing.rounded(counted, secret), secret)
        # Kept before anything goes out, so that no output is without its trace.
        store.witness_now(f"export.figures {period.id}")
    return _write(file, out, clock)


def run_merge(context: Context) -> int:
    """Add up several files; raises `FigureFileError` for those that do not go together."""
    from models.figures import files
    from models.values.clock import oslo

    out = _out(context)
    found = {}
    for name in context.arguments.files:
        if name in found:
            raise files.FigureFileError(_("{file} is named twice.").format(file=name))
        found[name] = files.from_json(_read(name, files.LARGEST), name)
    return _write(files.merged(found), out, oslo())


def _read(name: str, most: int) -> bytes:
    from config import plain_file

    try:
        return plain_file.read(Path(name).expanduser(), most)
    except OSError as error:
        raise UsageError(_("{file} cannot be read: {reason}.").format(file=name, reason=reason(error))) from error


def _out(context: Context) -> tuple[OutFile, Kind] | None:
    """Where it goes, and the form by the ending; None for a table on the output."""
    text = context.arguments.out
    if text is None:
        return None
    kinds: tuple[Kind, ...] = (".json", ".csv", ".pdf")
    kind = next((one for one in kinds if text.lower().endswith(one)), None)
    if kind is None:
        raise UsageError(_("{file}: the name must end in .json, .csv or .pdf.").format(file=text))
    out = context.out_place.file(text, kind)
    if out.is_there():
        raise AlreadyThere(_("{file} is there already.").format(file=out.shown))
    return out, kind


def _write(file: FiguresFile, out: tuple[OutFile, Kind] | None, clock: Clock) -> int:
    from models.figures import files
    from models.paper import figures as paper
    from models.paper import plain

    if out is None:
        put("\n".join(plain.lines(paper.of_file(file), WIDTH)) + "\n")
        return ExitCode.DONE
    place, kind = out
    if kind == ".pdf":
        from models.paper import pdf

        data = pdf.as_pdf(paper.of_file(file), clock.now()).data
    else:
        data = files.as_csv(file) if kind == ".csv" else files.as_json(file)
    place.write(data)
    write_line(_("Written: {file}").format(file=place.shown))
    return ExitCode.DONE
