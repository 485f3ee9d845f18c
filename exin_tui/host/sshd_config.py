"""What sshd is told about the accounts of a served vault, as sshd_config(5) has it."""

from __future__ import annotations

from typing import Final

from exin_tui.host.authorized_keys import FETCHING
from exin_tui.host.layout import GET, Layout

FOR_BOTH: Final = (
    ("AuthenticationMethods", "publickey"),
    ("AuthorizedKeysCommand", "none"),
    ("TrustedUserCAKeys", "none"),
    ("DisableForwarding", "yes"),
    ("PermitTunnel", "no"),
    ("GatewayPorts", "no"),
    ("PermitUserRC", "no"),
    ("AcceptEnv", "LANG"),
    ("ClientAliveInterval", "60"),
    ("ClientAliveCountMax", "3"),
)
FOR_SERVED: Final = (("PermitTTY", "yes"), ("MaxSessions", "1"))
_FETCH_AND_REMOVE: Final = "open,close,read,fstat,lstat,stat,opendir,readdir,realpath,remove"
FOR_FETCHING: Final = (
    ("PermitTTY", "no"),
    ("ChrootDirectory", "%h"),
    # Nothing but looking, fetching and removing: whatever a person put there, a session would find among its files.
    ("ForceCommand", f"{FETCHING} -d /files -p {_FETCH_AND_REMOVE}"),
)


def blocks(layout: Layout) -> str:
    """The lines for the account that serves, and for those by which each person fetches their own files."""
    keys = ("AuthorizedKeysFile", f"{layout.keys}/%u")
    served = _block(layout.account, (keys, *FOR_BOTH, *FOR_SERVED))
    fetching = _block(f"{layout.account}{GET}*", (keys, *FOR_BOTH, *FOR_FETCHING))
    # What stands behind an included file is to hold for everybody again.
    return f"{served}\n{fetching}\nMatch all\n"


def _block(user: str, lines: tuple[tuple[str, str], ...]) -> str:
    return "".join((f"Match User {user}\n", *(f"    {name} {value}\n" for name, value in lines)))
