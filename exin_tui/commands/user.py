"""`exin user`: who may open the vault."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from config.errors import ExinError, ExitCode
from config.words import _, n_
from exin_tui.commands import options
from exin_tui.commands.context import Context, UsageError
from exin_tui.guard import is_terminal
from exin_tui.printing import put_line, write_line

if TYPE_CHECKING:
    from models.store import Store
    from models.vault.errors import VaultError
    from models.vault.place import VaultPlace
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

    text = _("list the team: user name, role, state, name")
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
    for part in (added, listed, changed_role, revoked, changed, recovered):
        options.add_way_in(part)


def _add(context: Context) -> int:
    from models.team import staff

    arguments = context.arguments
    with context.store() as store:
        _leaders_only(store)
        user, name = staff.login_name(arguments.target), arguments.name
        if any(colleague.user == user for colleague in store.ask_now(staff.team)):
            raise staff.StaffError(_("{user} is in the team already.").format(user=user))
        passphrase = context.new_passphrase(user, name, "new-passphrase")
        role = options.stored_role(arguments.role)
        with _new_slot(store, user, passphrase, role) as slot:
            store.change_now(staff.join, user, name, role, slot)
    write_line(_("{user} can open the vault now.").format(user=user))
    return ExitCode.DONE


@contextmanager
def _new_slot(store: Store, user: str, passphrase: str, role: str) -> Iterator[str]:
    """A new key of a colleague's, which is taken back where the block fails: it must not stay without them.

    The store is closed then.
    """
    try:
        slot = store.unlocked.add_slot(user, passphrase, role=role)
    except ValueError:
        text = _("A key of {user} with this passphrase was left over. Run `exin user revoke --unowned` first.")
        raise UsageError(text.format(user=user)) from None
    try:
        yield slot
    except BaseException:
        told = _("A key of {user} was made and opens the vault, but is nobody's. Run `exin user revoke --unowned`.")
        with _but(told.format(user=user)):
            # On a full disk, the room that the log gives back is all there is.
            store.close()
            store.unlocked.take_back_slot(slot)
        raise


class HalfDone(ExinError):
    """A part of what was asked for is done, and the rest could not be; the text tells both."""

    def __init__(self, done: str, error: VaultError) -> None:
        super().__init__(f"{done} {error.trouble}")
        self.exit_code = error.exit_code


@contextmanager
def _but(done: str) -> Iterator[None]:
    """Tell what is `done` already where the vault fails in the block; its own sentence would say that nothing is."""
    from models.vault.errors import VaultError

    try:
        yield
    except VaultError as error:
        raise HalfDone(done, error) from error


def _leaders_only(store: Store) -> None:
    """Said before anybody is asked for more; what is done after it asks again."""
    from models.roles.rights import Right, require

    require(store.actor.role, Right.TEAM)


def _list(context: Context) -> int:
    from models.team import staff

    with context.store() as store:
        team = store.ask_now(staff.team, active_only=False)
    for one in team:
        state = "active" if one.active else "revoked"
        put_line(one.user, one.role.replace("_", "-"), state, one.name)
    return ExitCode.DONE


def _role(context: Context) -> int:
    from models.team import staff

    role = options.stored_role(context.arguments.role)
    with context.store() as store:
        _leaders_only(store)
        one = store.ask_now(staff.check_role, context.arguments.target, role)
        if one.id == store.actor.staff_id:
            raise UsageError(_("You cannot change your own role; another team leader can."))
        if one.slot not in store.unlocked.slot_ids:
            raise UsageError(_("{user} has no key. Use `exin user recover` first.").format(user=one.user))
        # The roster first, which counts: were this cut off, `exin verify` tells, and it can be run again.
        store.unlocked.set_role(one.slot, role)
        told = _("{user} has the role {role} in the roster, but not yet in the team's list. Run it again.")
        with _but(told.format(user=one.user, role=context.arguments.role)):
            if one.role != role:
                store.change_now(staff.set_role, one.user, role)
    write_line(_("{user} has the role {role} now.").format(user=one.user, role=context.arguments.role))
    return ExitCode.DONE


def _revoke(context: Context) -> int:
    from models.team import staff

    target = context.arguments.target
    if not target and not context.arguments.unowned:
        raise UsageError(_("Name the colleague, or use --unowned."))
    with context.store() as store:
        _leaders_only(store)
        if target:
            gone = store.ask_now(staff.by_user, target)
            if gone.id == store.actor.staff_id:
                raise UsageError(_("You cannot take away your own access; another team leader can."))
            # The key first: were this cut off, the colleague is locked out already, and it can be run again.
            if gone.slot in store.unlocked.slot_ids:
                store.unlocked.remove_slot(gone.slot)
            told = _("{user} can no longer open the vault, but is still in the team. Run it again.")
            with _but(told.format(user=gone.user)):
                store.change_now(staff.leave, gone.user)
            write_line(_("{user} can no longer open the vault.").format(user=gone.user))
        if context.arguments.unowned:
            unowned = unowned_slots(store)
            for slot in unowned:
                store.unlocked.remove_slot(slot)
            if unowned:
                store.witness_now(f"user.unowned {len(unowned)}")
            write_line(
                n_("{count} key taken away.", "{count} keys taken away.", len(unowned)).format(count=len(unowned))
            )
        if context.arguments.new_recovery_key or _agrees_to_new_key(context):
            _renew(context, store)
    return ExitCode.DONE


def _agrees_to_new_key(context: Context) -> bool:
    """Whether somebody at a terminal wants a new recovery key, which the one who leaves may have written down."""
    if context.asker is None or not is_terminal(sys.stdout):
        return False
    with context.asker as terminal:
        return terminal.agrees(_("Whoever leaves may have seen the recovery key. Make a new one now?"))


def unowned_slots(store: Store) -> list[str]:
    """The ways into the vault that belong to no colleague."""
    from models.team import staff

    owned = {colleague.slot for colleague in store.ask_now(staff.team)}
    return [slot for slot in store.unlocked.slot_ids if slot not in owned]


def _passphrase(context: Context) -> int:
    with context.store() as store:
        user = store.actor.user
        passphrase = context.new_passphrase(user, store.actor.name, "new-passphrase")
        store.unlocked.change_passphrase(user, passphrase)
        with _but(_("Your passphrase is changed, but the audit does not tell of it.")):
            store.witness_now("user.passphrase")
    write_line(_("Your passphrase is changed."))
    return ExitCode.DONE


def _recover(context: Context) -> int:
    arguments = context.arguments
    if not arguments.target and not arguments.new_key:
        raise UsageError(_("Name who has lost their passphrase, or use --new-key."))
    if not arguments.target:
        with context.store() as store:
            _leaders_only(store)
            _renew(context, store)
        return ExitCode.DONE
    with context.opened(_by_recovery_key(context)) as store:
        _give_passphrase(context, store, arguments.target)
        if arguments.new_key:
            _renew(context, store)
    return ExitCode.DONE


def _renew(context: Context, store: Store) -> None:
    from models.vault.place import explained

    place = store.unlocked.place
    with _marked_unseen(place):
        recovery = store.unlocked.renew_recovery()
    # Shown whatever comes after: the former one opens nothing any more.
    context.show_recovery_key(recovery.text())
    with _but(_("The new recovery key holds, but the audit does not tell of it.")):
        store.witness_now("user.recovery_key")
    with explained(place):
        place.unseen.unlink(missing_ok=True)


@contextmanager
def _marked_unseen(place: VaultPlace) -> Iterator[None]:
    """Have whoever logs in be told that nobody may have seen the recovery key, until it has been shown.

    The mark that the block sets goes where the block fails, for then the former key holds.
    """
    from models.vault import files
    from models.vault.errors import VaultError
    from models.vault.place import explained

    with explained(place):
        marked = place.unseen.exists()
        if not marked:
            files.create_file(place.unseen)
    try:
        yield
    except VaultError:
        if not marked:
            place.unseen.unlink(missing_ok=True)
        raise


def _give_passphrase(context: Context, store: Store, target: str) -> None:
    from models.team import staff

    lost = store.ask_now(staff.by_user, target)
    if not lost.active:
        raise UsageError(_("{user} has left the team. A team leader can use `exin user add`.").format(user=lost.user))
    passphrase = context.new_passphrase(lost.user, lost.name, "new-passphrase")
    if lost.slot in store.unlocked.slot_ids:
        store.unlocked.replace_slot(lost.slot, lost.user, passphrase)
    else:
        with _new_slot(store, lost.user, passphrase, staff.in_roster(lost.role)) as slot:
            store.change_now(staff.move_slot, lost.id, slot)
    told = _("{user} has a new passphrase, but the audit does not tell of it.")
    with _but(told.format(user=lost.user)):
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
