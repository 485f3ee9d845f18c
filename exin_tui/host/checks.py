"""What on this host would break the promise of a served vault; each finding a sentence."""

from __future__ import annotations

import grp
import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from config.errors import ExinError
from config.words import _
from exin_tui.host import authorized_keys, keys_file, server, system
from exin_tui.host.finding import Finding
from exin_tui.host.layout import GET, Layout

PLAIN_SHELLS: Final = ("dash", "busybox", "ash", "mksh")
"""Shells that read no file of the home before they run a command for sshd."""

_NO_SHELLS: Final = ("nologin", "false")
_READ_AT_LOGIN: Final = (".bashrc", ".zshenv", ".cshrc", ".tcshrc", ".ssh", ".profile", ".pam_environment")


def findings(layout: Layout) -> Iterator[Finding]:
    """Everything that can be looked at by whoever asks; root sees most."""
    if os.geteuid() != 0:
        yield "warn", _("Only root can look at all of this.")
    try:
        account = pwd.getpwnam(layout.account)
    except KeyError:
        yield "bad", _("There is no Unix account {account} on this host.").format(account=layout.account)
        return
    yield from _account(account)
    yield from _home(account)
    yield from _vault(layout, account)
    yield from _people(layout, account)
    yield from _keys(layout, account)
    yield from server.findings(layout, account)
    yield from system.findings(layout, account)


def _account(account: pwd.struct_passwd) -> Iterator[Finding]:
    name = account.pw_name
    if account.pw_uid == 0:
        yield "bad", _("{account} is the administrator's account.").format(account=name)
    shell = Path(account.pw_shell or "/bin/sh").resolve().name
    if shell in _NO_SHELLS:
        yield "bad", _("With the login shell {shell} nobody can come in.").format(shell=account.pw_shell)
    elif shell not in PLAIN_SHELLS:
        text = _(
            "The login shell {shell} reads files of the home before each session. Run `usermod -s /bin/dash {account}`."
        )
        yield "bad", text.format(shell=account.pw_shell, account=name)
    else:
        yield "ok", _("login shell {shell}").format(shell=account.pw_shell)
    more = sorted(group.gr_name for group in grp.getgrall() if name in group.gr_mem)
    if more:
        yield "warn", _("{account} is in other groups, too: {groups}.").format(account=name, groups=", ".join(more))
    theirs = grp.getgrgid(account.pw_gid).gr_mem
    others = {member for member in theirs if member != name}
    others |= {one.pw_name for one in pwd.getpwall() if one.pw_gid == account.pw_gid and one.pw_uid != account.pw_uid}
    if others:
        text = _("{account} shares its group with {others}.")
        yield "bad", text.format(account=name, others=", ".join(sorted(others)))
    twins = [one.pw_name for one in pwd.getpwall() if one.pw_uid == account.pw_uid and one.pw_name != name]
    if strange := sorted(twin for twin in twins if not twin.startswith(name + GET)):
        text = _("Other accounts are the same Unix user as {account}: {others}.")
        yield "bad", text.format(account=name, others=", ".join(strange))


def _home(account: pwd.struct_passwd) -> Iterator[Finding]:
    home = Path(account.pw_dir)
    writable = may_write(home, account)
    if writable:
        text = _("The home {folder} can be written to by what runs there. Run `chown root:root` and `chmod 755` on it.")
        yield "bad", text.format(folder=home)
    for name in _READ_AT_LOGIN:
        if os.path.lexists(home / name):
            yield "warn", _("{file} is there, which a login may read.").format(file=home / name)
    if not writable:
        yield from _path(home, account) or [("ok", _("home {folder}, which it cannot write to").format(folder=home))]


def _vault(layout: Layout, account: pwd.struct_passwd) -> Iterator[Finding]:
    if layout.vault is None:
        yield "warn", _("Name the vault with --vault, and its folder is looked at, too.")
        return
    yield from _private(layout.vault, account)
    for path in sorted(layout.vault.glob("*")) if os.access(layout.vault, os.R_OK) else ():
        found = path.lstat()
        if found.st_uid != account.pw_uid or found.st_mode & 0o077:
            text = _("{path} must be {account}'s alone. Run `chown {account}:` and `chmod go-rwx` on it.")
            yield "bad", text.format(path=path, account=account.pw_name)


def _people(layout: Layout, account: pwd.struct_passwd) -> Iterator[Finding]:
    yield from _private(layout.people or Path(account.pw_dir) / "people", account)
    if layout.out is None:
        return
    for folder in (layout.out, *sorted(path for path in layout.out.glob("*") if path.is_dir())):
        if wrong := list(_path(folder, account, writer=True)):
            yield from wrong
        else:
            yield "ok", _("{folder} is the administrator's, as a chroot must be").format(folder=folder)
    for folder in sorted(layout.out.glob("*/files")):
        yield from _private(folder, account, parents=False)


def _private(folder: Path, account: pwd.struct_passwd, *, parents: bool = True) -> Iterator[Finding]:
    """A folder that must be the account's alone, below folders that nobody else can change."""
    try:
        found = folder.lstat()
    except OSError as error:
        yield "bad", _("{file}: {reason}.").format(file=folder, reason=error.strerror)
        return
    wrong = list(_path(folder.parent, account)) if parents else []
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.pw_uid or found.st_mode & 0o077:
        text = _("{path} must be {account}'s alone. Run `chown {account}:` and `chmod go-rwx` on it.")
        wrong.append(("bad", text.format(path=folder, account=account.pw_name)))
    yield from wrong or [("ok", _("{folder} is {account}'s alone").format(folder=folder, account=account.pw_name))]


def _path(folder: Path, account: pwd.struct_passwd, *, writer: bool = False) -> list[Finding]:
    """What is wrong with a folder and those above it: somebody besides root, and with `writer` the account, can change
    them."""
    wrong: list[Finding] = []
    for path in (folder, *folder.parents):
        try:
            found = path.stat()
        except OSError as error:
            wrong.append(("bad", _("{file}: {reason}.").format(file=path, reason=error.strerror)))
            continue
        owners = {0} if writer else {0, account.pw_uid}
        # In a folder with the sticky bit nobody can rename what is another's.
        others = found.st_mode & 0o022 and not found.st_mode & stat.S_ISVTX
        if found.st_uid not in owners or others:
            wrong.append(
                ("bad", _("Others than root can put something else in the place of {path}.").format(path=path))
            )
    return wrong


def may_write(path: Path, account: pwd.struct_passwd) -> bool:
    """Whether the account itself could change what is there, by the owner's, the group's or everybody's right."""
    try:
        found = path.stat()
    except OSError:
        return False
    if found.st_uid == account.pw_uid:
        # An owner can give the right back at any time.
        return True
    groups = {account.pw_gid, *(group.gr_gid for group in grp.getgrall() if account.pw_name in group.gr_mem)}
    return bool(found.st_mode & 0o002 or (found.st_gid in groups and found.st_mode & 0o020))


def _keys(layout: Layout, account: pwd.struct_passwd) -> Iterator[Finding]:
    files = [layout.file, *layout.fetching_files()]
    for file in files:
        try:
            content = keys_file.read(file)
            found = file.lstat()
        except (OSError, ExinError) as error:
            told = error.text if isinstance(error, ExinError) else f"{file}: {error.strerror}."
            yield "bad", told
            continue
        wrong = _path(file.parent, account, writer=True)
        if found.st_uid != 0 or found.st_mode & 0o022:
            wrong.append(("bad", _("{file} must be root's, and nobody else's to write.").format(file=file)))
        if not found.st_mode & 0o004 and found.st_gid != account.pw_gid:
            text = _("sshd reads {file} as {account}, who may not. Run `chmod 644` on it.")
            wrong.append(("bad", text.format(file=file, account=account.pw_name)))
        for line, ours in authorized_keys.lines(content):
            if ours is None:
                text = _("{file} has a line that is not of this program: {line}")
                wrong.append(("bad", text.format(file=file, line=ascii(line.decode(errors="replace").strip()[:60]))))
        yield from wrong or [("ok", _("keys in {file}").format(file=file))]
        served_here = file == layout.file
        for program in sorted({authorized_keys.program_of(ours) or "" for ours in _lines(content)}):
            if served_here and not program:
                text = _("{file} has a key for fetching, which would see all that {account} may read.")
                yield "bad", text.format(file=file, account=account.pw_name)
            elif served_here:
                yield from system.program(Path(program))
        if not served_here:
            yield from _fetching(layout, account, file.name)


def _fetching(layout: Layout, account: pwd.struct_passwd, name: str) -> Iterator[Finding]:
    """The account by which somebody fetches their files: the same Unix user, at home in their own folder alone."""
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        yield "bad", _("There is no Unix account {account} on this host.").format(account=name)
        return
    person = name.removeprefix(layout.account + GET)
    if found.pw_uid != account.pw_uid or Path(found.pw_dir).name != person:
        text = _("{account} must be the Unix user of {owner}, with a home that is called {person}.")
        yield "bad", text.format(account=name, owner=account.pw_name, person=person)


def _lines(content: bytes) -> list[authorized_keys.Line]:
    return [ours for _line, ours in authorized_keys.lines(content) if ours is not None]
