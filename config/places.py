"""Where a person's settings, the vault and this program's small state are kept.

Runs before the passphrase prompt, so on Linux the XDG variables are read here and no library is imported for it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

_PROGRAM: Final = "exin"
_LINUX: Final[bool] = sys.platform.startswith("linux")
# A name longer than this is not a user name; the file was not written by this program.
_LONGEST: Final = 200


def settings_file() -> Path:
    """The person's settings, in TOML."""
    return _folder("XDG_CONFIG_HOME", ".config", "user_config_path") / "settings.toml"


def default_vault() -> Path:
    """The folder of the vault where settings and command line name none."""
    return _folder("XDG_DATA_HOME", ".local/share", "user_data_path") / "vault"


def state_folder() -> Path:
    """Small things worth remembering that are nobody's data: who signed in last."""
    return _folder("XDG_STATE_HOME", ".local/state", "user_state_path")


def remembered_user(vault: Path) -> str:
    """The user name this Unix user last gave for `vault`; empty when there is none or it cannot be read."""
    return _remembered().get(_key(vault), "")


def remember_user(vault: Path, name: str) -> None:
    """Keep `name` for `vault`; not being able to is no reason to stop, so nothing is raised."""
    users = _remembered()
    if users.get(_key(vault)) == name or not name.isprintable() or len(name) > _LONGEST:
        return
    users[_key(vault)] = name
    lines = "".join(f"{user}\t{place}\n" for place, user in users.items())
    file = _users_file()
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as out:
            out.write(lines)
        os.replace(fresh, file)
    except (OSError, ValueError):
        return


def _remembered() -> dict[str, str]:
    """Vault -> user name, one tab-separated line each."""
    try:
        text = _users_file().read_text(encoding="utf-8", errors="surrogateescape")
    except (OSError, ValueError):
        return {}
    users: dict[str, str] = {}
    for line in text.split("\n"):
        name, tab, place = line.partition("\t")
        if tab and place and name.isprintable() and 0 < len(name) <= _LONGEST:
            users[place] = name
    return users


def _users_file() -> Path:
    # A shared home folder must not hand one Unix user's name to another.
    unix_user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "0")
    return state_folder() / f"users-{unix_user}"


def _key(vault: Path) -> str:
    return os.path.abspath(vault).replace("\n", "?")


def _folder(variable: str, below_home: str, elsewhere: str) -> Path:
    if _LINUX:
        # The XDG specification: a relative path in the variable is to be ignored.
        named = os.environ.get(variable, "")
        return (Path(named) if os.path.isabs(named) else Path.home() / below_home) / _PROGRAM
    import platformdirs

    found: Path = getattr(platformdirs, elsewhere)(_PROGRAM, appauthor=False)
    return found
