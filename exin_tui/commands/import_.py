"""`exin import`: participants from a spreadsheet's CSV file, looked at first and entered when that is asked for."""

from __future__ import annotations

from pathlib import Path

from config.errors import ExitCode
from config.outside import AlreadyThere
from config.words import _, n_
from exin_tui.commands import options
from exin_tui.commands.context import Context
from exin_tui.printing import put_line, write_line


def add(commands: options.Commands) -> None:
    """Describe the command."""
    parser = options.add_command(
        commands,
        "import",
        _("look at participants in a CSV file, and enter them all with --write"),
        "exin import participants.csv --write",
        run,
    )
    options.add_way_in(parser)
    parser.add_argument("file", metavar="FILE", help=_("a CSV file with headings in the first row"))
    parser.add_argument("--write", action="store_true", help=_("enter them; without it nothing is changed"))
    parser.add_argument("--template", choices=("participants",), help=_("write a new CSV file with the headings alone"))


def run(context: Context) -> int:
    """Say what is in the file, and enter it or say why not; raises `ImportFault`, `NotAllowed` for readers."""
    from models.participants import from_csv, participants
    from models.roles.rights import Right, require

    arguments = context.arguments
    if arguments.template is not None:
        out = context.out_place.file(arguments.file, ".csv")
        if out.is_there():
            raise AlreadyThere(_("{file} is there already.").format(file=out.shown))
        out.write(from_csv.template())
        write_line(_("Written: {file}").format(file=out.shown))
        return ExitCode.DONE
    table = from_csv.read(Path(arguments.file).expanduser())
    with context.store() as store:
        require(store.actor.role, Right.WRITE)
        for heading, field in zip(table.headings, table.fields, strict=True):
            told = _(participants.LABELS[field]) if field else _("left out")
            put_line(f"{heading} → {told}")
        findings = store.ask_now(from_csv.examine, table)
        for told in (*findings.noticed, *findings.refused):
            write_line(told)
        if count := len(findings.refused):
            told = _("Refused rows: {count}. Nobody was entered.")
            raise from_csv.ImportFault(told.format(count=count))
        if not arguments.write:
            count = len(findings.found)
            told = n_("{count} participant can be entered: --write does it.",
                      "{count} participants can be entered: --write does it.", count)  # fmt: skip
            write_line(told.format(count=count))
            return ExitCode.DONE
        count = store.change_now(from_csv.take_in, table)
    write_line(n_("{count} participant entered.", "{count} participants entered.", count).format(count=count))
    return ExitCode.DONE
