"""Three people served from one host by their SSH keys, and everything a client can try instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from bench.ssh_server import Unable
from tests.journeys.served_host import FROM_NETWORK, LEAVING, PASSPHRASES, ServedHost, lines_of_the_page, missing
from tests.journeys.terminal import CTRL_C, CTRL_U, CTRL_Z, ENTER, F2, Terminal

MISSING: Final = missing()
pytestmark = [
    pytest.mark.sshd,
    pytest.mark.terminal,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

CTRL_BACKSLASH: Final = "\x1c"
ASKED_FOR: Final = "Only EX/IN runs here"
PORT: Final = "127.0.0.1:22"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHost]:
    """A host with a team of three, as the page has it prepared."""
    made = bare(tmp_path_factory.mktemp("served"))
    try:
        made.prepare()
        yield made
    finally:
        made.close()


def bare(folder: Path) -> ServedHost:
    try:
        return ServedHost(folder)
    except Unable as error:
        pytest.skip(str(error))


def end(terminal: Terminal) -> None:
    """Leave the program from the board, in either language."""
    terminal.send("q")
    terminal.settle()
    terminal.send("q")
    assert terminal.ended() == 0, terminal.text
    terminal.assert_restored()


def assert_nothing_came_along(host: ServedHost) -> None:
    """Every session there is was started with the terminal's name, the language and what was asked for, alone."""
    sessions = host.sessions()
    assert sessions
    assert [each for each in sessions if set(each) != {"TERM", "LANG", "SSH_ORIGINAL_COMMAND"}] == []


def answers(host: ServedHost, port: int) -> bytes:
    """What comes from a port of the host: the start of sshd's greeting where it leads there."""
    script = (
        f"import socket; s = socket.create_connection(('127.0.0.1', {port}), 3); s.settimeout(2)\n"
        "try: print(s.recv(64))\nexcept OSError: print('nothing')"
    )
    return host.python(script).stdout.encode()


# ---------------------------------------------------------------------- the page


def test_each_line_of_the_page_does_what_it_says(tmp_path: Path) -> None:
    """From a bare Debian to a served vault, and a colleague who leaves again."""
    host = bare(tmp_path)
    try:
        lines = lines_of_the_page()
        assert sum(line.startswith(FROM_NETWORK) for line in lines) == 2
        assert len(lines) <= 22
        leaving = next(number for number, line in enumerate(lines) if any(word in line for word in LEAVING))
        for line in lines[:leaving]:
            if not line.startswith(FROM_NETWORK):
                host.follow(line)
        ola = host.open("ola")
        for line in lines[leaving:]:
            host.follow(line)
        ola.wait("Tilgangen din")
        assert ola.ended() == 3
        assert "Permission denied" in host.start(*host.ssh("ola", "-v")).stderr
        end(host.open("kari"))
    finally:
        host.close()


# ---------------------------------------------------------------------- work


def test_three_people_work_at_once_each_as_themselves(host: ServedHost) -> None:
    kari, ola, ase = host.open("kari"), host.open("ola"), host.open("åse b")
    kari.send("n")
    kari.wait("▌Given name")
    kari.send("Arne Prøve", F2)
    kari.wait("Saved.", "Arne Prøve")
    # A reader has nobody of their own, and sees the team from the first.
    ola.send("m")
    for each in (ola, ase):
        each.wait("Arne Prøve", "hele teamet")
    ase.send("n")
    ase.wait("lesetilgang")
    ola.send("n")
    ola.wait("▌Fornavn")
    ola.send("Bjørn Prøve", F2)
    ola.wait("Lagret.")
    kari.send("m")
    kari.wait("Bjørn Prøve")
    assert_nothing_came_along(host)
    for each in (kari, ola, ase):
        end(each)
    people = host.run("ls /var/lib/exin/people").stdout.splitlines()
    assert sorted(people) == sorted(PASSPHRASES)


def test_the_prompt_takes_the_passphrase_of_the_key_s_person_alone(host: ServedHost) -> None:
    """Even a leader's passphrase does not open a colleague's session, and no other name can be given."""
    terminal = host.log_in("ola")
    terminal.send(ENTER)
    terminal.wait("for ola:")
    terminal.send(PASSPHRASES["kari"] + ENTER)
    terminal.wait("åpnes ikke")
    terminal.send(CTRL_C)
    assert terminal.ended() == 130
    chosen = host.log_in("ola", remote=("exin --user kari --vault /tmp",))
    chosen.send(CTRL_C)
    assert chosen.ended() == 130


# ---------------------------------------------------------------------- attacks


def test_no_command_and_no_file_transfer(host: ServedHost) -> None:
    everything = "find /srv /var/lib/exin -maxdepth 3 | sort"
    before = host.run(everything).stdout
    mark = host.desk.home / "attack.txt"
    mark.write_text("attack")
    there, here = "exin@127.0.0.1:/var/lib/exin/people/attack.txt", "exin@127.0.0.1:/srv/exin/slots.json"
    stolen = host.desk.home / "stolen"
    attempts = [
        [*host.ssh("kari"), "id; sh"],
        [*host.ssh("kari"), "cat /srv/exin/slots.json"],
        [*host.ssh("kari", "-s"), "sftp"],
        [*host.ssh("kari", program="scp"), str(mark), there],
        [*host.ssh("kari", "-O", program="scp"), str(mark), there],
        [*host.ssh("kari", program="scp"), here, str(stolen)],
        [*host.ssh("kari", "-O", program="scp"), here, str(stolen)],
        [*host.ssh("kari", program="sftp"), "exin@127.0.0.1"],
    ]
    for attempt in attempts:
        done = host.start(*attempt, given="ls\nput attack.txt\n", seconds=20)
        assert done.returncode != 0, attempt
        assert "uid=" not in done.stdout, attempt
        assert "checksum" not in done.stdout, attempt
    assert ASKED_FOR in host.start(*attempts[0]).stderr
    assert host.start(*attempts[0]).returncode == 5
    assert not stolen.exists()
    assert host.run(everything).stdout == before


def test_a_shell_in_a_terminal_is_the_prompt(host: ServedHost) -> None:
    for remote in (("sh", "-i"), ("TERM=x", "bash")):
        terminal = host.log_in("kari", remote=remote)
        assert ASKED_FOR in terminal.text
        terminal.send("id" + ENTER)
        terminal.wait("does not open")
        assert "uid=" not in terminal.text
        terminal.send(CTRL_C)
        assert terminal.ended() == 130


def refusals(terminal: Terminal, count: int) -> bool:
    return terminal.text.count("does not open") == count


def test_stopping_and_quitting_by_key_give_no_shell(host: ServedHost) -> None:
    terminal = host.log_in("kari")
    for before, key in enumerate((CTRL_Z, CTRL_BACKSLASH)):
        terminal.send(key + "id" + ENTER)
        terminal.until(partial(refusals, terminal, before + 1), "another refusal")
        assert "uid=" not in terminal.text
        assert terminal.exit_code() is None
    terminal.send(PASSPHRASES["kari"] + ENTER)
    terminal.until(lambda: terminal.shown.alternate and "?" in terminal.text, "the board")
    for key in (CTRL_Z, CTRL_BACKSLASH):
        terminal.send(key)
        terminal.settle()
        assert terminal.exit_code() is None
        assert terminal.shown.alternate
    terminal.send("q")
    terminal.wait("Once more")
    terminal.send("q")
    assert terminal.ended() == 0


def test_nothing_is_forwarded(host: ServedHost) -> None:
    refused = host.start(*host.ssh("kari", "-W", PORT), seconds=20)
    assert "SSH-2.0" not in refused.stdout
    assert refused.returncode != 0
    for way in (f"2201:{PORT}", f"/tmp/exin-forward:{PORT}"):
        done = host.start(*host.ssh("kari", "-N", "-o", "ExitOnForwardFailure=yes", "-R", way), seconds=20)
        assert done.returncode == 255, way
    environ = {"DISPLAY": ":0"}
    client = host.ssh("kari", "-tt", "-L", f"2202:{PORT}", "-D", "2203", "-A", "-Y")
    agent = host.run("ssh-agent -s").stdout
    socket = re.search(r"SSH_AUTH_SOCK=([^;]+)", agent)
    assert socket is not None
    terminal = host.terminal(*client, environ=environ | {"SSH_AUTH_SOCK": socket[1]})
    terminal.wait("for kari:")
    assert answers(host, 22).startswith(b"b'SSH-2.0")
    assert b"SSH-2.0" not in answers(host, 2202)
    script = (
        "import socket; s = socket.create_connection(('127.0.0.1', 2203), 3); s.settimeout(2)\n"
        "s.sendall(b'\\x05\\x01\\x00'); s.recv(2); s.sendall(b'\\x05\\x01\\x00\\x01\\x7f\\x00\\x00\\x01\\x00\\x16')\n"
        "try: print(s.recv(200))\nexcept OSError: print('nothing')"
    )
    assert "SSH-2.0" not in host.python(script).stdout
    assert "Traceback" in host.python("import socket; "
                                     "socket.create_connection(('127.0.0.1', 6010), 1)").stderr  # fmt: skip
    assert_nothing_came_along(host)
    assert host.run("find /tmp -user exin -name 'agent.*' 2>/dev/null").stdout == ""
    terminal.send(CTRL_C)
    terminal.ended()
    host.run(f"pkill -x ssh-agent; rm -rf {Path(socket[1]).parent}")


def test_no_file_of_the_home_runs_and_no_variable_arrives(host: ServedHost) -> None:
    """Even where somebody has put such files there, and the client sends whatever it likes."""
    host.follow("install -d -m 1777 /run/attack")
    script = "touch /run/attack/ran"
    for name in (".bashrc", ".profile", ".zshenv", ".ssh/rc", ".ssh/environment"):
        host.follow(f"mkdir -p /var/lib/exin/.ssh && echo '{script}' > /var/lib/exin/{name}")
    sent = {
        "EVIL": "1",
        "LC_ALL": "en_US.UTF-8",
        "PYTHONINSPECT": "1",
        "PYTHONPATH": "/tmp",
        "EXIN_OUT": "/",
        "ENV": "/x",
    }
    options = [part for name in sent for part in ("-o", f"SendEnv={name}")] + ["-o", "SetEnv=PYTHONSTARTUP=/tmp/x"]
    terminal = host.terminal(*host.ssh("kari", "-tt", *options), environ=sent)
    terminal.wait("for kari:")
    assert_nothing_came_along(host)
    terminal.send(CTRL_C)
    assert terminal.ended() == 130
    assert host.run("ls /run/attack").stdout == ""
    host.follow("rm -r /var/lib/exin/.??*")


@pytest.mark.parametrize(
    "term", ["\x1b]0;x\x07$(touch /tmp/exin-ran)", 'x";touch /tmp/exin-ran;"', "../../x", "a" * 65, ""]
)
def test_a_terminal_s_name_that_is_none_is_refused_and_not_repeated(host: ServedHost, term: str) -> None:
    terminal = host.terminal(*host.ssh("kari", "-tt"), environ={"TERM": term})
    assert terminal.ended() == 5
    assert "(TERM)" in terminal.text
    assert b"\x1b" not in terminal.raw
    assert host.run("ls /tmp/exin-ran").returncode != 0


OUTSIDE: Final = (
    "~/.bashrc", "/var/lib/exin/.bashrc", "/etc/ssh/exin-keys/exin", "/srv/exin/x", "~/../x",
    "/srv/exin-out/ola/files/x", "/var/lib/exin/people/kari/config/exin/settings.toml", "~/.x", "../x", "/tmp/x",
)  # fmt: skip


def test_files_go_to_the_person_s_own_folder_and_are_fetched_there(host: ServedHost) -> None:
    """By the calendar and by paper; the fetching account sees that folder and can put nothing there."""
    kari = host.open("kari")
    kari.send("n")
    kari.wait("▌Given name")
    kari.send("Cato Prøve", F2)
    kari.wait("Saved.", "Cato Prøve")
    everything = (
        "find /srv /var/lib/exin /etc/ssh -newer /etc/ssh/sshd_config.d/exin.conf -type f | grep -v 'srv/exin/'"
    )
    before = host.run(everything).stdout
    kari.send("a")
    kari.wait("Agenda")
    kari.send("z")
    kari.wait("not encrypted")
    kari.send("c")
    kari.wait("which file")
    refused(kari, ".ics", OUTSIDE)
    kari.send(CTRL_U, "agenda.ics", ENTER)
    kari.wait_gone("which file")
    kari.send("q")
    kari.wait("Cato Prøve")
    kari.send(ENTER)
    kari.wait("Timeline")
    kari.send("z")
    kari.wait("A file is not encrypted")
    kari.send("s")
    kari.wait("which file")
    refused(kari, ".pdf", OUTSIDE[:4])
    kari.send(CTRL_U, "sheet.pdf", ENTER)
    kari.wait("Written")
    kari.send("q")
    kari.settle()
    kari.send("q")
    kari.wait("Cato Prøve")
    end(kari)
    written = set(host.run(everything).stdout.split()) - set(before.split())
    assert {Path(each).parent for each in written} <= {
        Path("/srv/exin-out/kari/files"),
        Path("/var/lib/exin/people/kari/state/exin"),
    }
    assert sorted(host.run("ls /srv/exin-out/kari/files").stdout.split()) == ["agenda.ics", "sheet.pdf"]
    fetched(host)


def refuses(terminal: Terminal) -> bool:
    return any(told in terminal.text for told in ("your own folder alone", "write a name alone"))


def refused(terminal: Terminal, ending: str, places: Sequence[str]) -> None:
    """None of the places outside is taken; the question stays."""
    for place in places:
        terminal.send(CTRL_U, place + ("" if place.endswith(("rc", "exin", "toml")) else ending), ENTER)
        terminal.until(partial(refuses, terminal), f"{place} to be refused")
        terminal.wait("which file")
        terminal.send(CTRL_U)
        terminal.until(lambda: not refuses(terminal), "the refusal to go")


def fetched(host: ServedHost) -> None:
    """Over SFTP, in the chroot: looked at, fetched, removed; nothing put there, nothing else to be seen."""
    client = [*host.ssh("kari", "-b", "-", program="sftp"), "exin-get-kari@127.0.0.1"]
    assert host.start(*client, given="get sheet.pdf\nrm agenda.ics\n").returncode == 0
    assert (host.desk.home / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert host.run("ls /srv/exin-out/kari/files").stdout.split() == ["sheet.pdf"]
    (host.desk.home / "attack.txt").write_text("attack")
    for attempt in (
        "put attack.txt",
        "mkdir x",
        "symlink sheet.pdf x",
        "rename sheet.pdf y.pdf",
        "cd /etc",
        "cd /../../srv",
    ):
        assert host.start(*client, given=attempt + "\n").returncode != 0, attempt
    assert host.start(*client, given="ls -a /\n").stdout.split()[-1].endswith("files")
    assert not host.run("cat /srv/exin-out/kari/files/attack.txt").stdout
    ssh = host.ssh("kari", account="exin-get-kari")
    assert "uid=" not in host.start(*ssh, "id", seconds=20).stdout
    assert host.start(*host.ssh("ola", account="exin-get-kari"), "id", seconds=20).returncode == 255


STRANGER_TRIES: Final = (
    "ls /srv/exin", "cat /srv/exin/slots.json", "echo x > /srv/exin/x", "rm -rf /srv/exin", "mv /srv/exin /srv/y",
    "ls /var/lib/exin/people/kari", "ls /srv/exin-out/kari/files", "echo x >> /etc/ssh/exin-keys/exin",
    "exin host key add --vault /srv/exin ola kari.pub", "exin --vault /srv/exin export --user kari",
)  # fmt: skip


def test_another_user_of_the_host_reads_and_writes_nothing(host: ServedHost) -> None:
    host.follow("useradd --no-create-home --shell /bin/sh mallory")
    before = host.run("cd /srv/exin && ls -la && sha256sum slots.json").stdout
    for attempt in STRANGER_TRIES:
        done = host.run(f"runuser mallory -c {attempt!r}")
        assert done.returncode != 0, attempt
        assert "error in the program" not in done.stderr, attempt
        assert "feil i programmet" not in done.stderr, attempt
    assert host.run("cd /srv/exin && ls -la && sha256sum slots.json").stdout == before


def test_a_revoked_person_meets_the_usual_sentence(tmp_path: Path, host: ServedHost) -> None:
    """In an open session at once; at the prompt as for any passphrase that does not open."""
    host.new_key("dag")
    PASSPHRASES["dag"] = "fire trøtte elger ved vannet"
    host.follow("runuser exin -c 'exin user add dag --vault /srv/exin --user kari --name \"Dag Li\"'")
    host.follow("exin host key add --vault /srv/exin dag dag.pub")
    host.speak_english("dag")
    dag = host.open("dag")
    host.follow("runuser exin -c 'exin user revoke dag --vault /srv/exin --user kari'")
    dag.wait("has been withdrawn")
    assert dag.ended() == 3
    again = host.log_in("dag")
    again.send(PASSPHRASES["dag"] + ENTER)
    again.wait("open")
    again.send(CTRL_C)
    assert again.ended() == 130


# ---------------------------------------------------------------------- what the host is told

BROKEN: Final = (
    ("usermod -s /bin/bash exin", "reads files of the home", "usermod -s /bin/dash exin"),
    ("useradd -g exin eve", "shares its group with eve", "userdel --force eve"),
    ("useradd -o -u $(id -u exin) eva", "the same Unix user", "userdel --force eva"),
    ("chown exin /var/lib/exin", "can be written to", "chown root /var/lib/exin"),
    ("chmod 750 /srv/exin", "/srv/exin must be exin's alone", "chmod 700 /srv/exin"),
    ("chmod 640 /srv/exin/slots.json", "slots.json must be exin's alone", "chmod 600 /srv/exin/slots.json"),
    ("chmod 777 /srv", "in the place of /srv.", "chmod 755 /srv"),
    ("chmod 777 /srv/exin-out/kari", "in the place of /srv/exin-out/kari.", "chmod 755 /srv/exin-out/kari"),
    ("chown exin {keys}", "must be root's", "chown root {keys}"),
    ("chgrp root {keys}; chmod 600 {keys}", "who may not", "chmod 644 {keys}"),
    ("cp {keys} keys; cat kari.pub >> {keys}", "not of this program", "cat keys > {keys}"),
    ("sed -i 's/DisableForwarding yes/DisableForwarding no/' {sshd}", "“DisableForwarding no”",
     "exin host config > {sshd}"),
    ("echo PermitUserEnvironment yes > {sshd}-a.conf", "“PermitUserEnvironment yes”", "rm {sshd}-a.conf"),
    ("chmod o+w /opt/exin/.venv/bin/exin", "change the program: /opt", "chmod o-w /opt/exin/.venv/bin/exin"),
    ("usermod -d /srv exin-get-kari", "a home that is called kari", "usermod -d /srv/exin-out/kari exin-get-kari"),
)  # fmt: skip
PLACES: Final = {"keys": "/etc/ssh/exin-keys/exin", "sshd": "/etc/ssh/sshd_config.d/exin.conf"}


def test_the_host_says_what_would_break_the_promise(host: ServedHost) -> None:
    """Each thing wrong is told, and nothing once it is mended."""
    host.follow("mkdir -p .config/exin && echo 'language = \"en\"' > .config/exin/settings.toml")
    host.end_sessions()
    check = "exin host check --vault /srv/exin --out /srv/exin-out"
    host.follow("set -e\n" + "\n".join(wrong for wrong, _told, _mended in BROKEN).format(**PLACES))
    found = host.run(check)
    assert found.returncode == 1
    bad = [line for line in found.stdout.splitlines() if line.startswith("bad: ")]
    assert [told for _wrong, told, _mended in BROKEN if not any(told in line for line in bad)] == []
    host.follow("set -e\n" + "\n".join(mended for _wrong, _told, mended in BROKEN).format(**PLACES))
    done = host.run(check)
    assert done.returncode == 0, done.stdout
