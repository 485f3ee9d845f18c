"""`exin serve`: what the forced command of an SSH key runs."""

from __future__ import annotations

from config.words import _
from exin_tui.commands import options
from exin_tui.commands.context import Context, UsageError


def add(commands: options.Commands) -> None:
    """Describe the command."""
    parser = options.add_command(
        commands,
        "serve",
        _("open the vault for one person alone: for the forced command of their SSH key"),
        "exin --vault /srv/exin serve kari",
        run,
    )
    parser.add_argument("target", metavar="NAME", help=_("the person's user name in the vault"))
    options.add_vault(parser)
    options.add_people(parser)


def run(context: Context) -> int:
    """As `exin_tui.serve.run`."""
    from exin_tui import serve

    arguments = context.arguments
    if not arguments.vault:
        raise UsageError(_("Name the vault that is served with --vault."))
    return serve.run(serve.Command(arguments.vault, arguments.target, arguments.people or "", arguments.out or ""))
