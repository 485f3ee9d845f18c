"""Who may open the vault: a key in the roster and a row in the team's list, kept together, one step after the other.

For the command line and the screens alike. Every function waits for the disk and for the derivation of keys, so a
screen calls it in a thread. What is cut off between two steps is found by `exin verify` and can be done again. Each
raises `StaffError`, `NotAllowed` and the errors of `models.vault.errors`, and `HalfDone` where a part is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from operator import methodcaller

from config.errors import ExinError
from config.words import _
from models.roles.rights import Right, require
from models.store import Store
from models.team import sessions, staff
from models.team.staff import Colleague, StaffError
from models.vault import files
from models.vault.errors import CannotUnlock, VaultError
from models.vault.keys import DEFAULT, KdfParameters
from models.vault.passphrase import judge
from models.vault.place import VaultPlace, explained


class HalfDone(ExinError):
    """A part of what was asked for is done, and the rest could not be; the text tells both."""

    def __init__(self, done: str, error: VaultError) -> None:
        super().__init__(f"{done} {error.trouble}")
        self.exit_code = error.exit_code


@contextmanager
def but(done: str) -> Iterator[None]:
    """Tell what is `done` already where the vault fails in the block; its own sentence would say that nothing is."""
    try:
        yield
    except VaultError as error:
        raise HalfDone(done, error) from error


def leaders_only(store: Store) -> None:
    """Said before anybody is asked for more; the rule itself is kept by each change and by the roster."""
    require(store.actor.role, Right.TEAM)


def strong(passphrase: str, user: str, name: str) -> None:
    """Raise `StaffError` where a passphrase is too weak for this person."""
    weakness = judge(passphrase, [word for word in (user, *name.split()) if word])
    if weakness is not None:
        raise StaffError(_("The passphrase is too weak. {reason}").format(reason=weakness.text))


def newcomer(store: Store, user: str) -> str:
    """The user name as it is kept of somebody who may be let in; raises `StaffError` where it cannot be theirs."""
    leaders_only(store)
    login = staff.login_name(user)
    if not login or len(login) > staff.USER_LIMIT or not login.isprintable():
        raise StaffError(_("User name: 1 to {count} letters that can be typed again.").format(count=staff.USER_LIMIT))
    if any(colleague.user == login for colleague in store.ask_now(staff.team)):
        raise StaffError(_("{user} is in the team already.").format(user=login))
    return login


def add(store: Store, user: str, name: str, role: str, passphrase: str, *, kdf: KdfParameters = DEFAULT) -> Colleague:
    """Let somebody in, with a first passphrase that they are asked to change."""
    login = newcomer(store, user)
    strong(passphrase, login, name)
    with _new_slot(store, login, passphrase, staff.in_roster(role), kdf) as slot:
        number = store.change_now(staff.join, login, name, role, slot)
    with but(_("{user} can open the vault now, but is not asked to choose another passphrase.").format(user=login)):
        store.note_now(sessions.note_given, number)
    return store.ask_now(staff.by_user, login)


@contextmanager
def _new_slot(store: Store, user: str, passphrase: str, role: str, kdf: KdfParameters) -> Iterator[str]:
    """A new key of a colleague's, which is taken back where the block fails: it must not stay without them."""
    try:
        slot = store.ways_in_now(lambda way: way.add_slot(user, passphrase, role=role, kdf=kdf))
    except ValueError:
        text = _("A key of {user} with this passphrase was left over. Run `exin user revoke --unowned` first.")
        raise StaffError(text.format(user=user)) from None
    try:
        yield slot
    except BaseException:
        told = _("A key of {user} was made and opens the vault, but is nobody's. Run `exin user revoke --unowned`.")
        with but(told.format(user=user)):
            store.ways_in_now(lambda way: way.take_back_slot(slot))
        raise


def give_name(store: Store, user: str, name: str) -> Colleague:
    """Give a colleague another name; who that is."""
    leaders_only(store)
    store.change_now(staff.rename, user, name)
    return store.ask_now(staff.by_user, user)


def set_role(store: Store, user: str, role: str) -> Colleague:
    """Give a colleague another role; who that is."""
    leaders_only(store)
    one = store.ask_now(staff.check_role, user, role)
    if one.id == store.actor.staff_id:
        raise StaffError(_("You cannot change your own role; another team leader can."))
    if one.slot not in look_again(store):
        raise StaffError(_("{user} has no key. Use `exin user recover` first.").format(user=one.user))
    # The roster first, which counts: were this cut off, `exin verify` tells, and it can be run again.
    store.ways_in_now(lambda way: way.set_role(one.slot, staff.in_roster(role)))
    told = _("{user} has the role {role} in the roster, but not yet in the team's list. Run it again.")
    with but(told.format(user=one.user, role=role.replace("_", "-"))):
        if one.role != role:
            store.change_now(staff.set_role, one.user, role)
    return one


def revoke(store: Store, user: str) -> Colleague:
    """Take a colleague's access away; who that was."""
    leaders_only(store)
    gone = store.ask_now(staff.by_user, user)
    if gone.id == store.actor.staff_id:
        raise StaffError(_("You cannot take away your own access; another team leader can."))
    # The key first: were this cut off, the colleague is locked out already, and it can be run again.
    if gone.slot in look_again(store):
        store.ways_in_now(lambda way: way.remove_slot(gone.slot))
    told = _("{user} can no longer open the vault, but is still in the team. Run it again.")
    with but(told.format(user=gone.user)):
        store.change_now(staff.leave, gone.user)
        store.note_now(sessions.end_others, gone.id)
    return gone


def look_again(store: Store) -> tuple[str, ...]:
    """The ways in as they are now: another leader may have let somebody in since this session read them."""
    store.ways_in_now(lambda way: way.reload())
    return store.unlocked.slot_ids


def unowned(store: Store) -> list[str]:
    """The ways into the vault, as last read, that belong to no colleague."""
    owned = {colleague.slot for colleague in store.ask_now(staff.team)}
    return [slot for slot in store.unlocked.slot_ids if slot not in owned]


def remove_unowned(store: Store) -> int:
    """Take away the keys that belong to nobody; how many."""
    leaders_only(store)
    look_again(store)
    left = unowned(store)
    for slot in left:
        store.ways_in_now(methodcaller("remove_slot", slot))
    if left:
        store.witness_now(f"user.unowned {len(left)}")
    return len(left)


def change_passphrase(store: Store, passphrase: str, *, old: str | None = None, kdf: KdfParameters = DEFAULT) -> None:
    """Change the passphrase of whoever acts, who goes on; every other session of theirs ends at its next key.

    `old` is what is in force, where the session alone is not to be trusted. Raises `StaffError` for one that is not, or
    for a new one that is too weak or the same.
    """
    actor = store.actor
    if old is not None:
        _in_force(store, old)
        if passphrase == old:
            raise StaffError(_("That is the passphrase you have. Choose another one."))
    strong(passphrase, actor.user, actor.name)
    store.ways_in_now(lambda way: way.change_passphrase(actor.user, passphrase, kdf=kdf))
    with but(_("Your passphrase is changed, but the audit does not tell of it.")):
        store.witness_now("user.passphrase")
        store.note_now(sessions.note_chosen, store.presence.number)


def _in_force(store: Store, passphrase: str) -> None:
    from models.vault import sealed

    try:
        way = sealed.unlock(store.unlocked.place.folder, store.actor.user, passphrase)
    except CannotUnlock:
        raise StaffError(_("That is not the passphrase you have. Nothing was changed.")) from None
    way.forget()


def give_passphrase(store: Store, user: str, passphrase: str, *, kdf: KdfParameters = DEFAULT) -> Colleague:
    """Give a colleague who has lost theirs a first passphrase again, which they are asked to change; who that is."""
    leaders_only(store)
    one = store.ask_now(staff.by_user, user)
    if one.id == store.actor.staff_id:
        raise StaffError(_("Change your own passphrase with the one you have."))
    replace_passphrase(store, one, passphrase, kdf=kdf)
    told = _("{user} has a new passphrase, but the audit does not tell of it.")
    with but(told.format(user=one.user)):
        store.witness_now(f"user.passphrase_given {one.user}")
        store.note_now(sessions.note_given, one.id)
    return one


def may_have_one(one: Colleague) -> None:
    """Raise `StaffError` where a colleague has left, and so is given no passphrase."""
    if not one.active:
        raise StaffError(_("{user} has left the team. A team leader can use `exin user add`.").format(user=one.user))


def replace_passphrase(store: Store, one: Colleague, passphrase: str, *, kdf: KdfParameters = DEFAULT) -> None:
    """Put a colleague's way in under another passphrase; whoever has none any more is given a new way in."""
    may_have_one(one)
    strong(passphrase, one.user, one.name)
    if one.slot in look_again(store):
        store.ways_in_now(lambda way: way.replace_slot(one.slot, one.user, passphrase, kdf=kdf))
        return
    with _new_slot(store, one.user, passphrase, staff.in_roster(one.role), kdf) as slot:
        store.change_now(staff.move_slot, one.id, slot)


def renew_recovery_key(store: Store) -> str:
    """Make a new recovery key; its text, which is to be shown whatever comes after: the former one opens nothing."""
    leaders_only(store)
    with _marked_unseen(store.unlocked.place):
        return store.ways_in_now(lambda way: way.renew_recovery()).text()


@contextmanager
def _marked_unseen(place: VaultPlace) -> Iterator[None]:
    """Have whoever logs in be told that nobody may have seen the recovery key, until it has been shown.

    The mark that the block sets goes where the block fails, for then the former key holds.
    """
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


def witness_recovery_key(store: Store) -> None:
    """Write down in the audit that there is a new recovery key."""
    with but(_("The new recovery key holds, but the audit does not tell of it.")):
        store.witness_now("user.recovery_key")


def recovery_key_seen(store: Store) -> None:
    """Note that somebody has seen the recovery key there is now."""
    with explained(store.unlocked.place):
        store.unlocked.place.unseen.unlink(missing_ok=True)
