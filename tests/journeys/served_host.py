"""A Debian host of its own to serve a vault from: this machine's, in namespaces, so that nothing of it is touched.

/etc, /srv, /opt, /var/lib and /usr/local are laid over, processes and the network are its own. What the page
`docs/host.md` has the administrator write is run in it word for word; real users, a real sshd on port 22.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.ssh_server import Unable
from tests.journeys.terminal import ENTER, Desk, Terminal

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs/host.md"
FROM_NETWORK: Final = ("apt-get ", "make -C ")
LEAVING: Final = ("user revoke", "key remove")
PASSPHRASES: Final = {
    "kari": "korrekt hest batteri stift",
    "ola": "femten grå måker flyr nordover",
    "åse b": "sju rare traner drikker kaffe",
}
"""By user name; the last one has to be quoted for a shell, and is no name of a Unix account."""

_LAID_OVER: Final = ("/etc", "/srv", "/opt", "/var/lib", "/usr/local")
_PACKAGES: Final = ("exin_tui", "screens", "models", "config")
_CLIENT: Final = (
    "BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "GlobalKnownHostsFile=/dev/null",
    "IdentitiesOnly=yes", "LogLevel=ERROR", "ControlMaster=no", "ControlPath=none",
)  # fmt: skip
_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_PROGRAM: Final = """\
#!{python}
import sys
sys.path[:0] = ["/opt/exin", "/opt/site-packages"]
from exin_tui.__main__ import main
sys.exit(main())
"""
_LOOPBACK: Final = """\
import fcntl, socket, struct
fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh14x", b"lo", 1))
"""


def missing() -> str:
    """Why there can be no such host here; empty when there can."""
    if sys.platform != "linux" or os.getuid() != 0:
        return "namespaces and Unix users can only be made by root on Linux"
    for name in ("unshare", "nsenter", "useradd", "runuser", "service", "ssh", "sshd", "sftp", "scp", "ssh-keygen"):
        if not shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
            return f"{name} is not installed here"
    if not Path("/etc/init.d/ssh").exists() or not Path("/bin/dash").exists():
        return "this is not a Debian with OpenSSH's server"
    return ""


def lines_of_the_page() -> list[str]:
    """Every command line of the page, but for those of the other way to run."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S)
    return [line for block in blocks for line in block.splitlines()]


class ServedHost:
    """The host, with the page's lines run; raises Unable where this machine does not let namespaces be made."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(folder)
        # bash buries what is orphaned, as the first process must, and ends with its input: nothing is left of the
        # host where the tests are killed.
        self._holder = subprocess.Popen(
            ["unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child",
             "bash", "-c", "read -r; exit"],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            self._inner = self._await()
            self._furnish()
        except BaseException:
            self.close()
            raise

    def _await(self) -> int:
        end = time.monotonic() + 10
        children = Path(f"/proc/{self._holder.pid}/task/{self._holder.pid}/children")
        while time.monotonic() < end:
            if self._holder.poll() is not None:
                assert self._holder.stderr is not None
                raise Unable(f"no namespaces here: {self._holder.stderr.read().strip()}")
            for child in children.read_text().split():
                if Path(f"/proc/{child}/comm").read_text().strip() == "bash":
                    return int(child)
            time.sleep(0.02)
        raise Unable("unshare does not answer")

    def _furnish(self) -> None:
        """Lay over what the page writes to, and put the program where it says, in the place of the two first lines."""
        script = ["set -e", "mount -t tmpfs tmpfs /mnt", "mount -t tmpfs tmpfs /run", "mkdir /run/sshd /run/lock"]
        python = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
        closed = [parent for parent in python.parents if not parent.stat().st_mode & 0o001]
        library = next(path for path in sys.path if path.endswith("site-packages"))
        laid = {place: place for place in _LAID_OVER} | (
            {f"/{python.parts[1]}": f"/{python.parts[1]}"} if closed else {}
        )
        laid |= {"/opt/site-packages": library} | {f"/opt/exin/{name}": str(ROOT / name) for name in _PACKAGES}
        for number, (to, source) in enumerate(laid.items()):
            own, under = f"/mnt/{number}", shlex.quote(source)
            script.append(f"mkdir -p {own}/up {own}/work {to}")
            script.append(f"mount -t overlay overlay -o lowerdir={under},upperdir={own}/up,workdir={own}/work {to}")
        # As an administrator's installation is: everybody reads it, root alone writes, and an interpreter in root's
        # home is to be had by all, here only.
        script += [f"chmod o+x {shlex.quote(str(parent))}" for parent in closed]
        script.append("find /opt/exin /opt/site-packages -perm /022 ! -type l -exec chmod a+rX,go-w {} +")
        script.append("mkdir -p /opt/exin/.venv/bin; chmod 755 /opt /opt/exin /opt/exin/.venv /opt/exin/.venv/bin")
        program = shlex.quote(_PROGRAM.format(python=python))
        script.append(f"printf %s {program} > /opt/exin/.venv/bin/exin; chmod 755 /opt/exin/.venv/bin/exin")
        script.append(f"{python} -c {shlex.quote(_LOOPBACK)}")
        script.append("ssh-keygen -q -A")
        done = self.run("\n".join(script))
        if done.returncode:
            raise Unable(f"no host of its own here: {done.stderr.strip()}")
        for name in ("kari", "ola", "åse b"):
            self.new_key(name)

    def new_key(self, name: str) -> Path:
        """A person's key; its public half lies where the page's lines are written."""
        key = self.desk.home / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True, capture_output=True)
        return key

    # ------------------------------------------------------------------ as root, on the host

    def python(self, script: str) -> subprocess.CompletedProcess[str]:
        """A few lines of Python on the host, as root."""
        return self.start(sys.executable, "-c", script)

    def inside(self, *command: str, folder: Path | None = None) -> list[str]:
        """A command to be run on the host."""
        place = str(folder or self.desk.home)
        return [
            "nsenter", "--target", str(self._inner), "--mount", "--net", "--pid", "--",
            "sh", "-c", 'cd "$0" && exec "$@"', place, *command,
        ]  # fmt: skip

    def run(self, line: str, *, seconds: float = 60) -> subprocess.CompletedProcess[str]:
        """A line of the administrator's."""
        return self.start("sh", "-c", line, seconds=seconds)

    def start(
        self, *command: str, seconds: float = 60, given: str = "", environ: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """A command on the host without a terminal."""
        return subprocess.run(
            self.inside(*command), capture_output=True, encoding="utf-8", errors="replace", timeout=seconds,
            check=False, env=self.environ | (environ or {}), input=given,
        )  # fmt: skip

    @property
    def environ(self) -> dict[str, str]:
        """As root has it after logging in."""
        return {"HOME": str(self.desk.home), "PATH": _PATH, "LANG": "C.UTF-8", "TERM": "xterm-256color"}

    def follow(self, line: str) -> None:
        """Do what a line of the page says, answering what it asks for."""
        if "runuser" not in line:
            done = self.run(line)
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
            return
        terminal = self.terminal("sh", "-c", line)
        answer(terminal, line)
        assert terminal.ended() == 0, f"{line}\n{terminal.text}"

    def terminal(self, *command: str, environ: dict[str, str] | None = None) -> Terminal:
        """A command on the host in a terminal."""
        terminal = Terminal(self.inside(*command), self.environ | (environ or {}), self.desk.home)
        self.desk.terminals.append(terminal)
        return terminal

    def prepare(self) -> None:
        """Do what the page says up to a team of three: its two people, and one whose name has to be quoted.

        Kari's settings say English; the others have none.
        """
        for line in lines_of_the_page():
            if not line.startswith(FROM_NETWORK) and not any(word in line for word in LEAVING):
                self.follow(line)
        third = 'exin user add "åse b" --vault /srv/exin --user kari --name "Åse Berg" --role reader'
        self.follow(f"runuser exin -c '{third}'")
        self.follow("exin host key add --vault /srv/exin 'Åse B' 'åse b.pub'")
        self.speak_english("kari")

    def speak_english(self, name: str) -> None:
        """Write a person's settings."""
        own = f"/var/lib/exin/people/{name}"
        self.follow(f"install -d -m 700 -o exin -g exin {own} {own}/config {own}/config/exin")
        self.follow(f"echo 'language = \"en\"' > {own}/config/exin/settings.toml")

    def sessions(self) -> list[dict[str, str]]:
        """The environment that each session on the host was started with."""
        script = (
            "for each in /proc/[0-9]*; do grep -qz '^serve$' $each/cmdline 2>/dev/null && "
            "tr '\\000\\n' '\\n ' < $each/environ && echo; done; true"
        )
        blocks = self.run(script).stdout.split("\n\n")
        return [dict(line.split("=", 1) for line in block.splitlines() if "=" in line) for block in blocks if block]

    # ------------------------------------------------------------------ from elsewhere

    def ssh(self, name: str, *options: str, account: str = "exin", program: str = "ssh") -> list[str]:
        """How `name` comes to the host with a client; what is to be run there goes behind it."""
        settings = [part for setting in _CLIENT for part in ("-o", setting)]
        to = [f"{account}@127.0.0.1"] if program == "ssh" else []
        return [program, "-F", "none", "-i", str(self.desk.home / name), *settings, *options, *to]

    def log_in(self, name: str, *options: str, remote: Sequence[str] = ()) -> Terminal:
        """Come to the passphrase prompt."""
        terminal = self.terminal(*self.ssh(name, "-tt", *options), *remote)
        terminal.wait(f"for {name}:")
        return terminal

    def open(self, name: str, *options: str) -> Terminal:
        """Come to the board."""
        terminal = self.log_in(name, *options)
        terminal.send(PASSPHRASES[name] + ENTER)
        terminal.until(lambda: terminal.shown.alternate and "?" in terminal.text, "the board")
        return terminal

    def end_sessions(self) -> None:
        """Drop every line; each session ends with it."""
        self.desk.close()
        end = time.monotonic() + 10
        while self.run("pgrep -u exin").stdout:
            assert time.monotonic() < end, "a session goes on whose client is gone"
            time.sleep(0.1)

    def close(self) -> None:
        """End the host with everything that runs on it."""
        self.desk.close()
        self._holder.kill()
        self._holder.wait(10)


def answer(terminal: Terminal, line: str) -> None:
    """What somebody types who makes a vault, or a team leader who lets in or takes out a colleague."""
    if "exin init" in line:
        choose(terminal, PASSPHRASES["kari"])
        terminal.wait(WRITTEN)
        terminal.send(ENTER)
        terminal.wait("Lagre mappen")
        terminal.send(ENTER)
        return
    terminal.wait(FOR_KARI)
    terminal.send(PASSPHRASES["kari"] + ENTER)
    if found := re.search(r"user add (\w+|\"[^\"]+\")", line):
        choose(terminal, PASSPHRASES[found[1].strip('"')])
    if "user revoke" in line:
        terminal.wait("Lage en ny nå?")
        terminal.send("n" + ENTER)


def choose(terminal: Terminal, passphrase: str) -> None:
    """Type a new passphrase twice; the account has no settings, so it is asked for in Norwegian."""
    terminal.wait("Ny passfrase")
    terminal.send(passphrase + ENTER)
    terminal.wait("Det samme en gang til:")
    terminal.send(passphrase + ENTER)


WRITTEN: Final = "Trykk Enter når"
FOR_KARI: Final = "for kari"
