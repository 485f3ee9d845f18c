"""What the SSH server of this host makes of the accounts: its own answer (`sshd -T`), compared with what is needed."""

from __future__ import annotations

import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from config.words import _
from exin_tui.host import sshd_config

if TYPE_CHECKING:
    from exin_tui.host.finding import Finding
    from exin_tui.host.layout import Layout

_FOLDERS: Final = "/usr/sbin:/usr/local/sbin:/sbin"
_SECONDS: Final = 10
_EVERYWHERE: Final = (("PermitUserEnvironment", "no"), ("PubkeyAuthentication", "yes"), ("StrictModes", "yes"))


def findings(layout: Layout, account: pwd.struct_passwd) -> Iterator[Finding]:
    """Each setting that is not as `exin host config` has it, for the account and those that fetch files."""
    program = shutil.which("sshd") or shutil.which("sshd", path=_FOLDERS)
    if program is None:
        yield "warn", _("There is no sshd here to ask how it is set.")
        return
    keys = ("AuthorizedKeysFile", f"{layout.keys}/%u")
    yield from _compared(program, account.pw_name, (keys, *sshd_config.FOR_BOTH, *sshd_config.FOR_SERVED))
    for file in layout.fetching_files():
        yield from _compared(program, file.name, (keys, *sshd_config.FOR_BOTH, *sshd_config.FOR_FETCHING))


def _compared(program: str, user: str, wanted: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    asked = [program, "-T", "-C", f"user={user},host=localhost,addr=127.0.0.1"]
    try:
        # The one place where another program is started; never in a session, only by whoever looks after the host.
        done = subprocess.run(
            asked, capture_output=True, text=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        yield "warn", _("sshd cannot be asked how it is set: {reason}.").format(reason=type(error).__name__)
        return
    if done.returncode:
        reason = ascii((done.stderr.strip().splitlines() or [""])[-1])[1:-1]
        yield "warn", _("sshd cannot be asked how it is set: {reason}.").format(reason=reason)
        return
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        name, _space, value = line.partition(" ")
        found.setdefault(name, []).append(value)
    wrong = [
        (name, value)
        for name, value in (*wanted, *_EVERYWHERE)
        if _known(found.get(name.lower(), [])) != {value.lower()}
    ]
    for name, value in wrong:
        text = _("sshd has “{name} {found}” for {user}; it must be “{name} {wanted}”, as `exin host config` writes it.")
        is_now = ", ".join(found.get(name.lower(), [])) or "-"
        yield "bad", text.format(name=name, found=is_now, wanted=value, user=user)
    if not wrong:
        yield "ok", _("sshd is set as it must be for {user}").format(user=user)


def _known(values: list[str]) -> set[str]:
    return {value.lower() for value in values}
