"""Where a served vault lies on a host, and under which accounts: what the commands of a host have in common."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from msgspec import Struct

from config.errors import ExinError
from config.served_name import served_name
from config.words import _

ACCOUNT: Final = "exin"
KEYS: Final = Path("/etc/ssh/exin-keys")
GET: Final = "-get-"
"""Between the account's name and a person's in the account that fetches that person's files."""

_UNIX_NAME: Final = re.compile(r"[a-z_][a-z0-9_-]{0,31}")


class NotAnAccount(ExinError):
    """A name that no Unix account can have."""


class Layout(Struct, frozen=True):
    """The account that owns the vault, the folder of keys (a file an account), and the folders; all paths absolute."""

    account: str = ACCOUNT
    keys: Path = KEYS
    vault: Path | None = None
    people: Path | None = None
    out: Path | None = None

    @property
    def file(self) -> Path:
        """The keys of those who are served."""
        return self.keys / self.account

    def fetching_account(self, person: str) -> str:
        """The account by which a person fetches their files; raises `NotAnAccount` where it cannot have that name."""
        name = f"{self.account}{GET}{served_name(person)}"
        if not _UNIX_NAME.fullmatch(name):
            text = _(
                "{name} cannot be the name of a Unix account, so {person} reads on the screen and fetches nothing."
            )
            raise NotAnAccount(text.format(name=name, person=person))
        return name

    def fetching_file(self, person: str) -> Path:
        """The keys with which a person fetches their files; raises `NotAnAccount`."""
        return self.keys / self.fetching_account(person)

    def fetching_files(self) -> list[Path]:
        """Every such file there is."""
        try:
            return sorted(path for path in self.keys.iterdir() if path.name.startswith(self.account + GET))
        except OSError:
            return []


def account_name(text: str) -> str:
    """The name of a Unix account; raises `NotAnAccount`."""
    if not _UNIX_NAME.fullmatch(text):
        raise NotAnAccount(_("{name} cannot be the name of a Unix account.").format(name=ascii(text)))
    return text
