"""Where a person's settings, the vault and this program's small state lie, as `config.startup_settings` finds them."""

from __future__ import annotations

import os
from pathlib import Path

from config import startup_settings


def settings_file() -> Path:
    """The person's settings, in TOML."""
    return Path(startup_settings.settings_file())


def default_vault() -> Path:
    """The folder of the vault where settings and command line name none."""
    return Path(startup_settings.default_vault())


def state_folder() -> Path:
    """Small things worth remembering that are nobody's data: who signed in last."""
    return Path(startup_settings.state_folder())


def remembered_user(vault: Path) -> str:
    """The user name this Unix user last gave for `vault`; empty when there is none or it cannot be read."""
    return startup_settings.remembered_user(str(vault))


def remember_user(vault: Path, name: str) -> None:
    """Keep `name` for `vault`; not being able to is no reason to stop, so nothing is raised."""
    users = startup_settings.remembered_users()
    key = startup_settings.vault_key(str(vault))
    if users.get(key) == name or not name.isprintable() or len(name) > startup_settings.LONGEST_NAME:
        return
    users[key] = name
    lines = "".join(f"{user}\t{place}\n" for place, user in users.items())
    file = startup_settings.users_file()
    fresh = f"{file}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as out:
            out.write(lines)
        os.replace(fresh, file)
    except (OSError, ValueError):
        return
