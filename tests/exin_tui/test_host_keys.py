"""`exin host key`: whose key comes in, and what happens to a file that others write in, too."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from config.served_name import NotServable, served_name
from tests.exin_tui.command_line import House

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a host that serves is a Unix host")

FOREIGN = (
    b"# \xff not UTF-8\n\n  ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAq4sjslNGXOec58g0i7av3P/Xn/9f1olmS+Cl+kcL0z admin\r\n"
    b'restrict,pty,command="/usr/bin/env -i sh serve kari" ssh-ed25519 AAAA kari\nno end of line'
)
SK = (
    "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAICFo/k5LU8863u66YC9eUO2170QduohPURkQnbLa/"
    "dczAAAABHNzaDo= key"
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A home with a folder of keys in it."""
    found = House(tmp_path)
    (tmp_path / "keys").mkdir(mode=0o755)
    return found


def public(key: object) -> str:
    """The line of a fresh key."""
    half = key.public_key()  # type: ignore[attr-defined]  # each kind of private key has one
    return half.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode()


def fresh() -> str:
    return public(ed25519.Ed25519PrivateKey.generate())


def add(
    house: House, name: str, line: str | bytes, *options: str, file: str = "new.pub"
) -> subprocess.CompletedProcess[str]:
    """`exin host key add` for a key in a file of its own."""
    given = house.home / file
    given.write_bytes(line if isinstance(line, bytes) else (line + "\n").encode())
    return key(house, "add", name, str(given), "--program", "/usr/local/bin/exin", *options)


def key(house: House, *arguments: str) -> subprocess.CompletedProcess[str]:
    part, *rest = arguments
    vault = ["--vault", "/srv/exin"] if part == "add" else []
    command = [sys.executable, "-m", "exin_tui", "host", "key", part, "--keys", str(house.home / "keys"), *vault, *rest]
    return subprocess.run(
        command, env=house.environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )


def keys(house: House) -> Path:
    return house.home / "keys" / "exin"


def test_a_line_a_key_and_nothing_else_of_the_file_changes(house: House) -> None:
    keys(house).write_bytes(FOREIGN)
    keys(house).chmod(0o640)
    line = fresh()
    done = add(house, "Kari", line + " kari@laptop")
    assert done.returncode == 0, done.stderr
    written = keys(house).read_bytes()
    assert written == FOREIGN + (
        b'\nrestrict,pty,command="/usr/bin/env -i TERM=\\"$TERM\\" LANG=\\"$LANG\\" '
        b'SSH_ORIGINAL_COMMAND=\\"$SSH_ORIGINAL_COMMAND\\" /usr/local/bin/exin --vault /srv/exin serve kari" '
        + line.encode()
        + b" kari\n"
    )
    assert stat.S_IMODE(keys(house).stat().st_mode) == 0o640
    listed = key(house, "list")
    shown = subprocess.run(["ssh-keygen", "-lf", house.home / "new.pub"], capture_output=True, text=True, check=True)
    assert listed.stdout.split("\t") == ["kari", "serve", "ssh-ed25519", shown.stdout.split()[1] + "\n"]
    assert "3 lines" in listed.stderr
    assert key(house, "remove", "kari").returncode == 0
    assert keys(house).read_bytes() == FOREIGN + b"\n"
    assert os.listdir(keys(house).parent) == ["exin"]


def test_what_openssh_makes_of_the_file_is_what_was_meant(house: House) -> None:
    """A name that a shell would split comes through as one word."""
    add(house, "Åse B", fresh())
    line = keys(house).read_text(encoding="utf-8")
    command = line.split('command="', 1)[1].rsplit('" ssh-', 1)[0].replace('\\"', '"')
    program = 'import sys; print("\\n".join(sys.argv[1:]))'
    echoed = command.replace("/usr/local/bin/exin", f"{sys.executable} -c '{program}'")
    done = subprocess.run(
        ["sh", "-c", echoed], env={"TERM": "x y$(id)", "SSH_ORIGINAL_COMMAND": '"; id'}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["--vault", "/srv/exin", "serve", "åse b"]


@pytest.mark.parametrize("kind", ["p256", "p384", "p521", "rsa3072", "sk"])
def test_kinds_that_are_let_in(house: House, kind: str) -> None:
    curves = {"p256": ec.SECP256R1, "p384": ec.SECP384R1, "p521": ec.SECP521R1}
    line = SK
    if kind in curves:
        line = public(ec.generate_private_key(curves[kind]()))
    elif kind == "rsa3072":
        line = public(rsa.generate_private_key(65537, 3072))
    done = add(house, "kari", line)
    assert done.returncode == 0, done.stderr


def refused_keys() -> dict[str, tuple[str | bytes, str]]:
    private = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    return {
        "weak": (public(rsa.generate_private_key(65537, 2048)), "3072"),
        "dsa": ("ssh-dss " + fresh().split()[1], "of a kind"),
        "private": (private, "private key"),
        "two": (fresh() + "\n" + fresh(), "more than one line"),
        "options": ('command="sh" ' + fresh(), "of a kind"),
        "cut": (fresh()[:-9], "well-formed"),
        "other body": ("ssh-ed25519 " + public(ec.generate_private_key(ec.SECP256R1())).split()[1], "well-formed"),
        "hidden end": (fresh() + "\r" + fresh(), "more than one line"),
        "empty": ("", "of a kind"),
        "large": (b"x" * 20000, "is larger than"),
        "not text": (b"\xff\xfe\x00", "not written in UTF-8"),
    }


@pytest.mark.parametrize("which", [
    "weak", "dsa", "private", "two", "options", "cut", "other body", "hidden end", "empty", "large", "not text",
])  # fmt: skip
def test_what_is_no_single_strong_public_key_is_refused(house: House, which: str) -> None:
    line, told = refused_keys()[which]
    done = add(house, "kari", line)
    assert done.returncode == 2
    assert told in done.stderr
    assert not keys(house).exists()


def test_a_key_twice_is_refused_whoever_has_it(house: House) -> None:
    line = fresh()
    add(house, "kari", line)
    before = keys(house).read_bytes()
    for name in ("kari", "ola"):
        done = add(house, name, line)
        assert done.returncode == 2
        assert "kari" in done.stderr
    keys(house).write_bytes(b'from="10.0.0.1" ' + line.encode() + b" root\n")
    done = add(house, "ola", line)
    assert "not of this program" in done.stderr
    assert before != keys(house).read_bytes() == b'from="10.0.0.1" ' + line.encode() + b" root\n"


@pytest.mark.parametrize(
    "name",
    ["", " ", "a\x1b[31m", 'a"b', "a'b", "a\\b", "a\nb", "../a", ".a", "-a", "a/b", "a$b", "a`b", "x" * 61, "a  b"],
)
def test_names_that_cannot_stand_in_a_command_are_refused(name: str) -> None:
    with pytest.raises(NotServable):
        served_name(name)


def test_a_refused_name_changes_nothing_and_is_not_repeated(house: House) -> None:
    done = add(house, 'a\x1b[31m"', fresh())
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert not keys(house).exists()


@pytest.mark.parametrize("option", ["--vault=/srv/a b", '--program=/bin/sh"', "--out=relative$x", "--people=/a;id"])
def test_paths_that_a_shell_would_read_otherwise_are_refused(house: House, option: str) -> None:
    done = add(house, "kari", fresh(), option)
    assert done.returncode == 2
    assert "forced command" in done.stderr
    assert not keys(house).exists()


def test_one_key_of_two_is_taken_away_by_its_fingerprint_and_fetching_with_the_rest(house: House) -> None:
    for number in range(2):
        add(house, "kari", fresh(), file=f"{number}.pub")
    assert add(house, "kari", (house.home / "0.pub").read_text(), "--fetch").returncode == 0
    rows = [line.split("\t") for line in key(house, "list").stdout.splitlines()]
    assert [row[1] for row in rows] == ["serve", "serve", "fetch"]
    assert key(house, "remove", "kari", rows[1][3]).returncode == 0
    assert len(key(house, "list").stdout.splitlines()) == 2
    assert key(house, "remove", "ola").returncode == 2
    assert key(house, "remove", "kari", "SHA256:none").returncode == 2
    assert key(house, "remove", "kari").returncode == 0
    assert key(house, "list").stdout == ""


def test_the_folder_and_the_file_are_no_links(house: House) -> None:
    elsewhere = house.home / "elsewhere"
    elsewhere.write_text("as it was")
    keys(house).symlink_to(elsewhere)
    done = add(house, "kari", fresh())
    assert done.returncode == 5
    assert "link" in done.stderr
    assert elsewhere.read_text() == "as it was"
    keys(house).unlink()
    keys(house).parent.rename(house.home / "real")
    keys(house).parent.symlink_to("real")
    assert add(house, "kari", fresh()).returncode == 5
    assert os.listdir(house.home / "real") == []


def test_a_folder_that_others_can_write_to_and_a_fifo_are_refused(house: House) -> None:
    keys(house).parent.chmod(0o777)
    assert "Others can write" in add(house, "kari", fresh()).stderr
    keys(house).parent.chmod(0o755)
    os.mkfifo(keys(house))
    assert "plain file" in add(house, "kari", fresh()).stderr


def test_keys_added_at_once_are_all_there(house: House) -> None:
    lines = [fresh() for _number in range(4)]
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda number: add(house, f"p{number}", lines[number], file=f"{number}.pub"), range(4)))
    assert [each.returncode for each in done] == [0] * 4
    assert sorted(line.split("\t")[0] for line in key(house, "list").stdout.splitlines()) == ["p0", "p1", "p2", "p3"]


def test_what_the_server_is_told_is_what_it_takes(house: House) -> None:
    command = [sys.executable, "-m", "exin_tui", "host", "config"]
    done = subprocess.run(command, env=house.environment, capture_output=True, text=True, check=True)
    assert "Match User exin\n" in done.stdout
    assert done.stdout.endswith("Match all\n")
    assert "ForceCommand internal-sftp" in done.stdout.split("Match User exin-get-*")[1]
