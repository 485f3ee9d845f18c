"""What is made of a machine's own words about swap, crashes, umask and mounts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a host that serves is a Unix host", allow_module_level=True)

from exin_tui.host import system

SWAPS = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
MOUNTS = """\
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 21 8:2 / /srv rw,nosuid,nodev,noexec shared:2 - ext4 /dev/sda2 rw
31 30 8:3 / /srv/a\\040b rw,nosuid shared:3 - ext4 /dev/sda3 rw
"""


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        ("", ["ok"]),
        ("/swapfile file 1 0 -2\n", ["bad"]),
        ("/dev/zram0 partition 1 0 100\n/dev/sda3 partition 1 0 -2\n", ["ok", "bad"]),
    ],
    ids=["none", "file", "memory and disk"],
)
def test_swap(lines: str, levels: list[str]) -> None:
    assert [level for level, _text in system.swap(SWAPS + lines)] == levels


@pytest.mark.parametrize(("pattern", "level"), [("core", "ok"), ("|/usr/lib/systemd/systemd-coredump %P", "warn")])
def test_core_files(pattern: str, level: str) -> None:
    ((found, text),) = system.core_pattern(pattern)
    assert found == level
    assert "%P" not in text


@pytest.mark.parametrize(
    ("text", "level"),
    [("UMASK\t\t022\n", "warn"), ("# UMASK 077\n", "warn"), ("UMASK 027\n", "ok"), ("UMASK 077", "ok")],
)
def test_umask(text: str, level: str) -> None:
    assert [found for found, _text in system.umask(text)] == [level]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [("/srv/exin", {"nosuid", "nodev", "noexec"}), ("/srv/a b/exin", {"nosuid"}), ("/srvx", set())],
    ids=["of its own", "with a space", "of the root"],
)
def test_the_nearest_mount_counts(path: str, wanted: set[str]) -> None:
    found = system.mount_options(Path(path), MOUNTS)
    assert found is not None
    assert found & {"nosuid", "nodev", "noexec"} == wanted


def test_a_program_that_others_can_change_or_that_is_not_there(tmp_path: Path) -> None:
    program = tmp_path / "exin"
    ((level, text),) = system.program(program)
    assert (level, str(program) in text) == ("bad", True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o777)
    ((level, _text),) = system.program(program)
    assert level == "bad"
