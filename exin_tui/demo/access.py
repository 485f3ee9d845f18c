"""Who may open a demo vault, and with what: all of it public, since nothing in there is anybody's."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

DEMO_USER: Final = "demo"
DEMO_PASSPHRASE: Final = "fire pingviner danser polka"


class Member(Struct, frozen=True):
    """A colleague of the demo's team, under a surname that Norwegian forms use for nobody in particular."""

    user: str
    name: str
    role: str


# Who has a way in; whoever sits at the keyboard is the first.
MEMBERS: Final = (
    Member(DEMO_USER, "Astrid Nordmann", "team_leader"),
    Member("kari", "Kari Nordmann", "caseworker"),
    Member("ola", "Ola Nordmann", "caseworker"),
    Member("leser", "Lise Nordmann", "reader"),
)
