"""`exin init`: a new vault with its first user."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from config import startup_settings
from config.errors import ExitCode
from config.words import _
from exin_tui import printing
from exin_tui.commands import options
from exin_tui.commands.context import Context
from exin_tui.printing import write_line

if TYPE_CHECKING:
    from models.vault.sealed import Unlocked


def add(commands: options.Commands) -> None:
    """Describe the command."""
    parser = options.add_command(
        commands,
        "init",
        _("make a new vault with its first user, and show its recovery key once"),
        'exin init --user kari --name "Kari Nordmann"',
        run,
    )
    options.add_vault(parser)
    parser.add_argument(
        "--user", metavar="NAME", type=options.user_name, required=True, help=_("the first user's user name")
    )
    parser.add_argument("--name", metavar="TEXT", default="", help=_("the name the team sees"))
    parser.add_argument("--group", metavar="NAME", help=_("share the vault's folder with this Unix group"))
    options.add_role(parser, options.ROLES[0])
    options.add_secret(parser, "passphrase", _("the new passphrase"))


def run(context: Context) -> int:
    """Make the vault; raises what `models.vault.sealed.create` raises."""
    if sys.stdout is None:
        # The key is shown once: better no vault than one whose key nobody has seen.
        raise printing.OutputLost(_("There is no output to write to."))
    arguments = context.arguments
    role = options.stored_role(arguments.role)
    make(context, arguments.user, arguments.name, role, arguments.group).forget()
    named = "" if context.is_where_looked else f" --vault {shlex.quote(str(context.folder))}"
    write_line(_("Next: exin{vault} opens it, exin user add NAME{vault} lets a colleague in.").format(vault=named))
    return ExitCode.DONE


def make(context: Context, user: str, name: str, role: str, group: str | None = None) -> Unlocked:
    """Make the vault of the context, show its recovery key, and answer the first user's way in.

    It counts as made when the key has been shown: were it cut off before, there is no vault, and it is begun anew.
    """
    from exin_tui.open_store import open_store
    from models.team import staff
    from models.vault import sealed
    from models.vault.place import VaultPlace

    # What makes a vault impossible here is said before anybody thinks up a passphrase.
    place = VaultPlace(context.folder)
    place.check_free()
    place.check_suitable()
    passphrase = context.new_passphrase(user, name)
    unlocked, recovery = sealed.begin(context.folder, user, passphrase, role=role, group=group)
    store = open_store(unlocked, founding=True)
    try:
        store.found_now(user, name, role)
    finally:
        store.close()
    context.show_recovery_key(recovery.text())
    sealed.finish(unlocked)
    startup_settings.remember_user(str(context.folder), staff.login_name(user))
    write_line(_("The vault is in {folder}.").format(folder=context.folder))
    context.offer_to_note()
    if role != "team_leader":
        write_line(_("There is no team leader yet; only the recovery key can let others in."))
    return unlocked
