"""`exin user`: who may open the vault."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from config.errors import ExitCode
from config.words import _, n_
from exin_tui.commands import options
from exin_tui.commands.context import Context, UsageError
from exin_tui.guard import is_terminal
from exin_tui.printing import put_line, write_line

if TYPE_CHECKING:
    from models.store import Store
    from models.vault.sealed import Unlocked


def add(commands: options.Commands) -> None:
    """Describe the command and its parts."""
    text = _("let colleagues in, take access away, change passphrases")
    parser = options.add_command(commands, "user", text, "exin user list")
    parts = parser.add_subparsers(title=_("parts"), metavar=_("PART"), required=True, dest="part")

    added = options.add_command(
        parts,
        "add",
        _("let a colleague in (team leaders only)"),
        'exin user add ola --name "Ola Nordmann" --role caseworker',
        _add,
    )
    added.add_argument("target", metavar="NAME", type=options.user_name, help=_("the colleague's user name"))
    added.add_argument("--name", metavar="TEXT", default="", help=_("the name the team sees"))
    options.add_role(added, options.ROLES[1])
    options.add_secret(added, "new-passphrase", _("the colleague's first passphrase"))

    renamed = options.add_command(
        parts,
        "rename",
        _("give a colleague another name (team leaders only)"),
        'exin user rename ola "Ola Berg"',
        _rename,
    )
    renamed.add_argument("target", metavar="NAME", help=_("the colleague's user name"))
    renamed.add_argument("name", metavar="TEXT", help=_("the name the team sees"))

    text = _("list the team: user name, role, state, name, last login, live or not")
    listed = options.add_command(parts, "list", text, "exin user list", _list)

    text = _("give a colleague another role (team leaders only)")
    changed_role = options.add_command(parts, "role", text, "exin user role ola team-leader", _role)
    changed_role.add_argument("target", metavar="NAME", help=_("the colleague's user name"))
    changed_role.add_argument("role", metavar="ROLE", choices=options.ROLES, help=", ".join(options.ROLES))

    text = _("take away a colleague's access (team leaders only)")
    revoked = options.add_command(parts, "revoke", text, "exin user revoke ola", _revoke)
    revoked.add_argument("target", metavar="NAME", nargs="?", default="", help=_("the colleague's user name"))
    text = _("take away the keys that belong to nobody, as `exin verify` finds them")
    revoked.add_argument("--unowned", action="store_true", help=text)
    text = _("make a new recovery key, too, which whoever is leaving may have seen")
    revoked.add_argument("--new-recovery-key", action="store_true", help=text)

    text = _("change your own passphrase")
    changed = options.add_command(parts, "passphrase", text, "exin user passphrase", _passphrase)
    options.add_secret(changed, "new-passphrase", _("the new passphrase"))

    recovered = options.add_command(
        parts,
        "recover",
        _("give a user a new passphrase with the recovery key; make a new recovery key"),
        "exin user recover kari --new-key",
        _recover,
    )
    recovered.add_argument("target", metavar="NAME", nargs="?", default="", help=_("who has lost their passphrase"))
    text = _("make a new recovery key; without NAME, a team leader does it with their passphrase")
    recovered.add_argument("--new-key", action="store_true", help=text)
    options.add_secret(recovered, "recovery-key", _("the recovery key"))
    options.add_secret(recovered, "new-passphrase", _("the new passphrase"))

    options.add_accept_older(recovered)
    for part in (added, renamed, listed, changed_role, revoked, changed, recovered):
        options.add_way_in(part)


def _add(context: Context) -> int:
    from models import users

    arguments = context.arguments
    with context.store() as store:
        user = users.newcomer(store, arguments.target)
        passphrase = context.new_passphrase(user, arguments.name, "new-passphrase")
        users.add(store, user, arguments.name, options.stored_role(arguments.role), passphrase)
    write_line(_("{user} can open the vault now.").format(user=user))
    return ExitCode.DONE


def _rename(context: Context) -> int:
    from models import users

    with context.store() as store:
        one = users.give_name(store, context.arguments.target, context.arguments.name)
    write_line(_("{user} is called {name} now.").format(user=one.user, name=one.name))
    return ExitCode.DONE


def _list(context: Context) -> int:
    from models.team import sessions

    with context.store() as store:
        for one in store.ask_now(sessions.users):
            state = "active" if one.active else "revoked"
            last = "-" if one.last is None else f"{store.clock.local(one.last):%Y-%m-%dT%H:%M}"
            # What another program reads has the words of the command line, a person their own.
            role = role_words(store, one.role) if is_terminal(sys.stdout) else one.role.replace("_", "-")
            put_line(one.user, role, state, one.name, last, "live" if one.live else "-")
    return ExitCode.DONE


def role_words(store: Store, role: str) -> str:
    """A role as the programme calls it, in the language in force."""
    return str(store.programme.choice("role", role).name)


def _role(context: Context) -> int:
    from models import users

    with context.store() as store:
        wanted = options.stored_role(context.arguments.role)
        one = users.set_role(store, context.arguments.target, wanted)
        words = role_words(store, wanted)
    write_line(_("{user} has the role {role} now.").format(user=one.user, role=words))
    return ExitCode.DONE


def _revoke(context: Context) -> int:
    from models import users
    from models.participants import agreed
    from models.team import staff

    target = context.arguments.target
    if not target and not context.arguments.unowned:
        raise UsageError(_("Name the colleague, or use --unowned."))
    with context.store() as store:
        users.leaders_only(store)
        if target:
            leaving = store.ask_now(staff.by_user, target)
            moving = store.ask_now(agreed.left_behind, leaving.id)
            gone = users.revoke(store, target)
            write_line(_("{user} can no longer open the vault.").format(user=gone.user))
            names = {one.id: one.name for one in store.ask_now(staff.team)}
            # What it is may tell of somebody, and what a command prints may be kept anywhere.
            for responsible, count in Counter(to for _held, to in moving).items():
                told = n_("{count} agreed thing is {name}'s now.", "{count} agreed things are {name}'s now.", count)
                write_line(told.format(count=count, name=names[responsible]))
        if context.arguments.unowned:
            count = users.remove_unowned(store)
            write_line(n_("{count} key taken away.", "{count} keys taken away.", count).format(count=count))
        if context.arguments.new_recovery_key or _agrees_to_new_key(context):
            _renew(context, store)
    return ExitCode.DONE


def _agrees_to_new_key(context: Context) -> bool:
    """Whether somebody at a terminal wants a new recovery key, which the one who leaves may have written down."""
    if context.asker is None or not is_terminal(sys.stdout):
        return False
    with context.asker as terminal:
        return terminal.agrees(_("Whoever leaves may have seen the recovery key. Make a new one now?"))


def _passphrase(context: Context) -> int:
    from models import users

    with context.store() as store:
        passphrase = context.new_passphrase(store.actor.user, store.actor.name, "new-passphrase")
        users.change_passphrase(store, passphrase)
    write_line(_("Your passphrase is changed."))
    return ExitCode.DONE


def _recover(context: Context) -> int:
    arguments = context.arguments
    if not arguments.target and not arguments.new_key:
        raise UsageError(_("Name who has lost their passphrase, or use --new-key."))
    if not arguments.target:
        with context.store() as store:
            _renew(context, store)
        return ExitCode.DONE
    with context.opened(_by_recovery_key(context)) as store:
        _give_passphrase(context, store, arguments.target)
        if arguments.new_key:
            _renew(context, store)
    return ExitCode.DONE


def _renew(context: Context, store: Store) -> None:
    from models import users

    # Shown whatever comes after: the former one opens nothing any more.
    context.show_recovery_key(users.renew_recovery_key(store))
    users.witness_recovery_key(store)
    users.recovery_key_seen(store)


def _give_passphrase(context: Context, store: Store, target: str) -> None:
    from models import users
    from models.team import staff

    lost = store.ask_now(staff.by_user, target)
    users.may_have_one(lost)
    passphrase = context.new_passphrase(lost.user, lost.name, "new-passphrase")
    users.replace_passphrase(store, lost, passphrase)
    told = _("{user} has a new passphrase, but the audit does not tell of it.")
    with users.but(told.format(user=lost.user)):
        store.witness_now(f"user.recover {lost.user}")
    write_line(_("{user} has a new passphrase.").format(user=lost.user))


def _by_recovery_key(context: Context) -> Unlocked:
    """The way in of the recovery key; typing errors are asked again on a terminal, a wrong key is refused."""
    from models.vault import sealed
    from models.vault.errors import RecoveryKeyMistyped
    from models.vault.place import VaultPlace
    from models.vault.recovery import RecoveryKey

    VaultPlace(context.folder).require()
    text = context.secret("recovery-key")
    if text is not None:
        return sealed.unlock_with_recovery(context.folder, RecoveryKey.parse(text))
    with context.ask("--recovery-key-file", "--recovery-key-fd") as terminal:
        while True:
            try:
                key = RecoveryKey.parse(terminal.hidden(_("Recovery key: ")))
            except RecoveryKeyMistyped as error:
                terminal.say(error.text)
                continue
            return sealed.unlock_with_recovery(context.folder, key)
