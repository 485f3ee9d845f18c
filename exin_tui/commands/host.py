"""`exin host`: prepare a host that serves a vault, and tell what would break its promise."""

from __future__ import annotations

import argparse
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from config.errors import ExitCode
from config.words import _, n_
from exin_tui.commands import options
from exin_tui.commands.context import Context, NotHere, UsageError
from exin_tui.printing import put, write_line

if TYPE_CHECKING:
    from exin_tui.host.layout import Layout


def add(commands: options.Commands) -> None:
    """Describe the command and its parts."""
    text = _("prepare a host that serves a vault to people who come with SSH keys")
    parser = options.add_command(commands, "host", text, "exin host check --vault /srv/exin")
    parts = parser.add_subparsers(title=_("parts"), metavar=_("PART"), required=True, dest="part")
    text = _("let a person's SSH key in, list keys, take them away")
    key = options.add_command(parts, "key", text, "exin host key list")
    keys = key.add_subparsers(title=_("parts"), metavar=_("PART"), required=True, dest="key_part")

    text = _("let a person in with a key, to their own session and nothing else")
    example = "exin host key add --vault /srv/exin kari kari.pub"
    added = options.add_command(keys, "add", text, example, _add)
    added.add_argument("target", metavar="NAME", help=_("the person's user name in the vault"))
    added.add_argument("file", metavar="FILE", type=Path, help=_("the public key"))
    added.add_argument("--fetch", action="store_true", help=_("to fetch their own files over SFTP instead"))
    added.add_argument("--program", metavar="FILE", help=_("the program that the key runs; this one if left out"))
    options.add_vault(added)

    text = _("list the keys: user name, what for, kind, fingerprint")
    listed = options.add_command(keys, "list", text, "exin host key list", _list)

    text = _("take away all keys of a person, or the one with a fingerprint")
    removed = options.add_command(keys, "remove", text, "exin host key remove kari", _remove)
    removed.add_argument("target", metavar="NAME", help=_("the person's user name in the vault"))
    removed.add_argument("fingerprint", metavar="FINGERPRINT", nargs="?", help=_("as the list shows it"))

    text = _("write what the SSH server is to be told, on standard output")
    config = options.add_command(parts, "config", text, "exin host config > /etc/ssh/sshd_config.d/exin.conf", _config)
    text = _("tell what on this host would break the promise of a served vault")
    checked = options.add_command(parts, "check", text, "exin host check --vault /srv/exin", _check)
    options.add_vault(checked)
    for part in (added, checked):
        options.add_people(part)
    for part in (added, listed, removed, config, checked):
        _add_place(part)


def _add_place(parser: argparse.ArgumentParser) -> None:
    from exin_tui.host.layout import ACCOUNT, KEYS

    text = _("the Unix account that owns the vault; {name} if left out").format(name=ACCOUNT)
    parser.add_argument("--account", metavar="NAME", default=ACCOUNT, help=text)
    text = _("the folder of the keys, a file an account; {folder} if left out").format(folder=KEYS)
    parser.add_argument("--keys", metavar="DIR", type=Path, default=KEYS, help=text)


def _layout(context: Context) -> Layout:
    """What the options say; raises `NotHere` on Windows, before anything is imported that it has not."""
    if sys.platform == "win32":
        raise NotHere(_("Only a Unix host serves a vault to people who come with SSH keys."))
    from exin_tui.host.layout import Layout, account_name

    def place(name: str) -> Path | None:
        named = getattr(context.arguments, name, None)
        return Path(named).absolute() if named else None

    folders = {name: place(name) for name in ("vault", "people", "out")}
    return Layout(account_name(context.arguments.account), context.arguments.keys.absolute(), **folders)


def _add(context: Context) -> int:
    arguments, layout = context.arguments, _layout(context)
    from config.served_name import served_name
    from exin_tui.host import authorized_keys, keys_file, public_key

    person = served_name(arguments.target)
    if arguments.fetch:
        file, command = layout.fetching_file(person), authorized_keys.FETCHING
    elif layout.vault is None:
        raise UsageError(_("Name the vault that is served with --vault."))
    else:
        program = arguments.program or shutil.which(sys.argv[0]) or ""
        if not program:
            raise UsageError(_("Name the program that the key runs with --program."))
        file, command = layout.file, authorized_keys.served(program, layout, person)
    key = public_key.from_file(arguments.file)
    keys_file.change(file, lambda content: authorized_keys.with_key(content, person, key, command))
    write_line(_("{user} comes in with {fingerprint}.").format(user=person, fingerprint=key.fingerprint))
    return ExitCode.DONE


def _list(context: Context) -> int:
    layout = _layout(context)
    from exin_tui.host import authorized_keys, keys_file

    foreign = 0
    for file in (layout.file, *layout.fetching_files()):
        for _line, ours in authorized_keys.lines(keys_file.read(file)):
            if ours is None:
                foreign += 1
                continue
            use = "fetch" if ours.command == authorized_keys.FETCHING else "serve"
            put(f"{ours.person}\t{use}\t{ours.key.kind}\t{ours.key.fingerprint}\n")
    if foreign:
        text = n_("{count} line is not of this program.", "{count} lines are not of this program.", foreign)
        write_line(text.format(count=foreign))
    return ExitCode.DONE


def _remove(context: Context) -> int:
    layout = _layout(context)
    from config.served_name import served_name
    from exin_tui.host import authorized_keys, keys_file
    from exin_tui.host.layout import NotAnAccount

    person = served_name(context.arguments.target)
    wanted = context.arguments.fingerprint
    files = [layout.file]
    # Where a name cannot be an account's, there is no such file either.
    with suppress(NotAnAccount):
        files.append(layout.fetching_file(person))
    taken: list[authorized_keys.Line] = []

    def changed(content: bytes) -> bytes:
        left, gone = authorized_keys.without(
            content, lambda line: line.person == person and wanted in (None, line.key.fingerprint)
        )
        taken.extend(gone)
        return left

    for file in files:
        if keys_file.read(file):
            keys_file.change(file, changed)
    if not taken:
        text = _("{user} has no key with the fingerprint {fingerprint}.") if wanted else _("{user} has no key here.")
        raise UsageError(text.format(user=person, fingerprint=ascii(wanted)))
    for line in taken:
        text = _("{user} does not come in with {fingerprint} any more. Sessions that are open go on until they end.")
        write_line(text.format(user=person, fingerprint=line.key.fingerprint))
    return ExitCode.DONE


def _config(context: Context) -> int:
    layout = _layout(context)
    from exin_tui.host.sshd_config import blocks

    put(blocks(layout))
    return ExitCode.DONE


def _check(context: Context) -> int:
    layout = _layout(context)
    from exin_tui.host import checks

    found = []
    for level, text in checks.findings(layout):
        found.append(level)
        put(f"{level}: {text}\n")
    return ExitCode.FINDINGS if "bad" in found else ExitCode.DONE
