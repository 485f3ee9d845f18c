"""What the passphrase prompt needs and no more: language, vault and the name last given, with nothing imported.

The prompt must be there at once, and pathlib, typing, dataclasses and tomllib together cost more than starting Python.
What is not plain enough to be read in a few lines is left to `config.settings`, so the answer is always the same.
"""

from __future__ import annotations

import os
import sys

from config import own_folder, plain_file

_PROGRAM = "exin"
_LINUX: bool = sys.platform.startswith("linux")
# A name longer than this is not a user name; the file was not written by this program.
LONGEST_NAME = 200


def settings_file() -> str:
    """The person's settings, in TOML."""
    return os.path.join(_folder("XDG_CONFIG_HOME", ".config", "user_config_dir"), "settings.toml")


def default_vault() -> str:
    """The folder of the vault where settings and command line name none."""
    return os.path.join(_folder("XDG_DATA_HOME", ".local/share", "user_data_dir"), "vault")


def state_folder() -> str:
    """Small things worth remembering that are nobody's data."""
    return _folder("XDG_STATE_HOME", ".local/state", "user_state_dir")


def language_and_vault(file: str) -> tuple[str, str]:
    """The settings `language` and `vault` in `file`; raises `SettingsError` if `config.settings` would for these."""
    found = {"language": "nb", "vault": ""}
    try:
        text = plain_file.decoded(plain_file.read(file, plain_file.MOST_TEXT))
    except FileNotFoundError:
        return found["language"], found["vault"]
    except (OSError, UnicodeDecodeError):
        return _in_full(file)
    for line in text.split("\n"):
        line = line.strip()
        if line.startswith("["):
            break
        if not line or line.startswith("#"):
            continue
        key, _equals, value = (part.strip() for part in line.partition("="))
        plain = len(value) > 1 and value[0] == value[-1] == '"' and value[1:-1].isprintable()
        if value.startswith(("'", '"""', "{")) or not key.replace("_", "").isalnum():
            return _in_full(file)
        if key in found:
            if not plain or '"' in value[1:-1] or "\\" in value:
                return _in_full(file)
            found[key] = value[1:-1]
    # A further language may be known too; that is looked up in full.
    if found["language"] not in ("nb", "en"):
        return _in_full(file)
    return found["language"], found["vault"]


def remembered_users() -> dict[str, str]:
    """Vault -> the user name last given for it by this Unix user; what cannot be read is left out."""
    try:
        text = plain_file.read(users_file(), plain_file.MOST_TEXT).decode(errors="surrogateescape")
    except (OSError, ValueError):
        return {}
    users: dict[str, str] = {}
    for line in text.split("\n"):
        name, tab, vault = line.partition("\t")
        if tab and vault and name.isprintable() and 0 < len(name) <= LONGEST_NAME:
            users[vault] = name
    return users


def remembered_user(vault: str) -> str:
    """The user name last given for `vault`; empty when there is none."""
    return remembered_users().get(vault_key(vault), "")


def remember_user(vault: str, name: str) -> None:
    """Keep `name` for `vault`; not being able to is no reason to stop, so nothing is raised."""
    users = remembered_users()
    if users.get(vault_key(vault)) == name or not name.isprintable() or len(name) > LONGEST_NAME:
        return
    users[vault_key(vault)] = name
    lines = "".join(f"{user}\t{place}\n" for place, user in users.items())
    file = users_file()
    fresh = f"{file}.{os.getpid()}"
    try:
        own_folder.make(os.path.dirname(file))
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as out:
            out.write(lines)
        os.replace(fresh, file)
    except (OSError, ValueError):
        return


def users_file() -> str:
    """Where the names are; a home folder that Unix users share must not hand one's name to another."""
    unix_user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "0")
    return os.path.join(state_folder(), f"users-{unix_user}")


def vault_key(vault: str) -> str:
    """How a vault is written in that file: one line."""
    return os.path.abspath(vault).replace("\n", "?")


def _in_full(file: str) -> tuple[str, str]:
    from pathlib import Path

    from config.settings import load

    settings = load(Path(file))
    return settings.language, settings.vault


def _folder(variable: str, below_home: str, elsewhere: str) -> str:
    if _LINUX:
        # The XDG specification: a relative path in the variable is to be ignored.
        named = os.environ.get(variable, "")
        base = named if os.path.isabs(named) else os.path.join(os.path.expanduser("~"), below_home)
        return os.path.join(base, _PROGRAM)
    import platformdirs

    found: str = getattr(platformdirs, elsewhere)(_PROGRAM, appauthor=False)
    return found
