"""A file outside the vault: where it may lie, whose it is, over what it goes, and what an error says."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from config import outside, words
from config.errors import ExinError
from config.outside import AlreadyThere, NotWritten, OutFile, OutPlace, OutsideError

ROOT = Path(__file__).parents[2]
BOTH = ["by a descriptor of the folder", "by its name"]


@pytest.fixture(params=BOTH)
def here(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, written to in either of the two ways: a system without descriptors of folders knows one alone."""
    if request.param == BOTH[1]:
        monkeypatch.setattr(outside, "_BY_HANDLE", False)
    (tmp_path / "vault" / "copies").mkdir(parents=True)
    (tmp_path / "vault" / "slots.json").write_text("keys")
    return tmp_path


@pytest.fixture
def place(here: Path) -> OutPlace:
    return OutPlace(here / "vault")


def listed(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*"))


# ---------------------------------------------------------------------- what is written


def test_a_file_is_its_owner_s_alone_and_whole(here: Path, place: OutPlace) -> None:
    before = os.umask(0)
    try:
        place.file(f"{here}/ark.pdf", ".pdf").write(b"en")
    finally:
        os.umask(before)
    assert (here / "ark.pdf").read_bytes() == b"en"
    assert stat.S_IMODE((here / "ark.pdf").stat().st_mode) == 0o600


def test_the_ending_is_that_of_the_kind(here: Path, place: OutPlace) -> None:
    for text, kind, name in (
        ("ark", ".pdf", "ark.pdf"), ("ark.PDF", ".pdf", "ark.PDF"), ("v1.2", ".pdf", "v1.2.pdf"),
        ("slots.json", ".ics", "slots.json.ics"), ("bash.rc", ".json", "bash.rc.json"), ("æ ø ", ".csv", "æ ø.csv"),
    ):  # fmt: skip
        assert place.file(f"{here}/{text}", kind).name == name  # type: ignore[arg-type]  # one of the kinds
    assert replace(place.file("~/x", ".pdf"), place=place) == OutFile(Path.home().resolve(), "x.pdf", place)


def test_nothing_is_written_over_unasked(here: Path, place: OutPlace) -> None:
    (here / "ark.pdf").write_bytes(b"annet")
    (here / "ark.pdf").chmod(0o644)
    out = place.file(f"{here}/ark.pdf", ".pdf")
    assert out.is_there()
    with pytest.raises(AlreadyThere, match=r"ark\.pdf is there already"):
        out.write(b"en")
    assert (here / "ark.pdf").read_bytes() == b"annet"
    replace(out, replace=True).write(b"en")
    assert (here / "ark.pdf").read_bytes() == b"en"
    assert stat.S_IMODE((here / "ark.pdf").stat().st_mode) == 0o600
    assert listed(here) == ["ark.pdf", "vault", "vault/copies", "vault/slots.json"]


def test_links_are_neither_written_to_nor_over(here: Path, place: OutPlace) -> None:
    (here / "victim").write_bytes(b"hers")
    (here / "link.pdf").symlink_to(here / "victim")
    (here / "loose.pdf").symlink_to(here / "nowhere")
    os.link(here / "victim", here / "second.pdf")
    for name in ("link.pdf", "loose.pdf"):
        out = place.file(f"{here}/{name}", ".pdf")
        assert out.is_there()
        with pytest.raises(AlreadyThere):
            out.write(b"mine")
        with pytest.raises(OutsideError, match="not written over"):
            replace(out, replace=True).write(b"mine")
    replace(place.file(f"{here}/second.pdf", ".pdf"), replace=True).write(b"mine")
    assert (here / "victim").read_bytes() == b"hers"
    assert not (here / "nowhere").exists()


def test_a_folder_or_a_pipe_of_that_name_is_not_written_over(here: Path, place: OutPlace) -> None:
    (here / "a.pdf").mkdir()
    os.mkfifo(here / "b.pdf")
    for name in ("a.pdf", "b.pdf"):
        with pytest.raises(OutsideError, match="not written over"):
            OutFile(here, name, place, replace=True).write(b"x")
    assert stat.S_ISFIFO((here / "b.pdf").stat().st_mode)


@pytest.mark.parametrize("over", [False, True], ids=["new", "over another"])
def test_after_an_error_nothing_of_it_is_left(here: Path, place: OutPlace, over: bool) -> None:
    if over:
        (here / "ark.pdf").write_bytes(b"annet")
    before = listed(here)
    out = replace(place.file(f"{here}/ark.pdf", ".pdf"), replace=over)

    def break_off(error: BaseException) -> None:
        with out.writing() as file:
            file.write(b"half of it")
            raise error

    for error in (KeyboardInterrupt(), ExinError("no")):
        with pytest.raises(type(error)):
            break_off(error)
    assert listed(here) == before


# ---------------------------------------------------------------------- where it may lie


REFUSED = [
    ("", "Write where the file is to go."),
    ("  ", "Write where the file is to go."),
    ("{here}", "is a folder"),
    ("{here}/", "is a folder"),
    ("/", "is a folder"),
    ("{here}/..", "is a folder"),
    ("{here}/gone/a", "gone is not there"),
    ("{here}/slots/a", "slots is not there"),
    ("{here}/.bashrc", "hidden file"),
    ("{here}/.pdf", "hidden file"),
    ("{here}/.ssh/a", "hidden folder"),
    ("{here}/shell/a", "hidden folder"),
    ("{here}/.config/exin/a", "hidden folder"),
    ("{here}/a\x1b]0;x\x07", "control characters"),
    ("{here}/a\nb", "control characters"),
    ("{here}/a\0b", "control characters"),
    ("{here}/vault/a", "inside the vault"),
    ("{here}/vault/slots.json", "inside the vault"),
    ("{here}/vault/copies/a", "inside the vault"),
    ("{here}/way/a", "inside the vault"),
    ("{here}/way/copies/a", "inside the vault"),
    ("{here}/copies/a", "inside the vault"),
    ("{here}/gone/../vault/a", "is not there"),
    ("~nobody-has-this-name/a", "no such home folder"),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED, ids=[f"{number}" for number in range(len(REFUSED))])
def test_a_place_that_will_not_do_is_said(
    here: Path, place: OutPlace, text: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(here))
    (here / ".ssh").mkdir()
    (here / ".config" / "exin").mkdir(parents=True)
    (here / "slots").write_text("a file")
    (here / "shell").symlink_to(here / ".ssh")
    (here / "way").symlink_to(here / "vault")
    (here / "copies").symlink_to(here / "vault" / "copies")
    before = listed(here)
    with pytest.raises(OutsideError) as error:
        place.file(text.format(here=here), ".json").write(b"x")
    assert sentence in error.value.text
    assert listed(here) == before
    assert (here / "vault" / "slots.json").read_text() == "keys"


def test_a_home_in_a_hidden_folder_is_no_hidden_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = here / ".homes" / "kari"
    (home / "Documents").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    OutPlace(here / "vault").file("~/Documents/ark", ".pdf").write(b"x")
    assert listed(home) == ["Documents", "Documents/ark.pdf"]


def test_another_folder_put_in_its_place_meanwhile_is_not_followed(here: Path, place: OutPlace) -> None:
    """Between the asking and the writing a person reads a question, and somebody has time."""
    (here / "out").mkdir()
    out = place.file(f"{here}/out/a", ".json")
    (here / "out").rmdir()
    (here / "out").symlink_to(here / "vault")
    for over in (False, True):
        with pytest.raises(OutsideError):
            replace(out, name="slots.json", replace=over).write(b"x")
    assert (here / "vault" / "slots.json").read_text() == "keys"
    assert not (here / "vault" / "a.json").exists()


def test_one_folder_and_no_other(here: Path) -> None:
    (here / ".kari").mkdir()
    place = OutPlace(here / "vault", here / ".kari")
    assert place.suggested("a.pdf") == "a.pdf"
    for text in ("../a", "/tmp/a", "~/a", "..", "x/../../a", "c:a", "\\a"):
        with pytest.raises(OutsideError, match=r"a name alone|hidden"):
            place.file(text, ".pdf")
    with pytest.raises(OutsideError, match="hidden"):
        place.file(".a", ".pdf")
    out = place.file("brev", ".pdf")
    out.write(b"x")
    assert (out.shown, listed(here / ".kari")) == ("brev.pdf", ["brev.pdf"])
    with pytest.raises(AlreadyThere) as error:
        out.write(b"y")
    assert str(here) not in error.value.text


def test_one_folder_that_has_become_a_link_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "hers").mkdir()
    (tmp_path / "kari").symlink_to(tmp_path / "hers")
    with pytest.raises(NotWritten) as error:
        OutPlace(None, tmp_path / "kari").file("brev", ".pdf").write(b"x")
    assert listed(tmp_path / "hers") == []
    assert str(tmp_path) not in error.value.text


# ---------------------------------------------------------------------- what the system refuses


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_name_that_is_too_long_is_said(here: Path, place: OutPlace, language: str) -> None:
    words.use(language)
    for text in (f"{here}/{'æ' * 150}", f"{here}/{'x' * 300}/a", f"{here}/{'x/' * 3000}a"):
        with pytest.raises(NotWritten, match={"en": "too long", "nb": "for langt"}[language]):
            place.file(text, ".pdf").write(b"x")


AS_SOMEBODY = """
import os, sys
sys.path.insert(0, sys.argv[1])
from config.errors import ExinError
from config.outside import OutPlace
from config.words import _
_("what words need is imported while everything can be read")
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for text in sys.argv[2:]:
    try:
        out = OutPlace(None).file(text, ".pdf"); out.is_there(); out.write(b"x"); print("written")
    except ExinError as error:
        print(int(error.exit_code), error.text)
"""


def test_where_nobody_lets_us_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    closed = tmp_path_factory.mktemp("closed")
    (closed / "inner").mkdir()
    (closed / "readable").mkdir(mode=0o755)
    wanted = [str(closed / "x"), str(closed / "inner" / "x"), "~root/x" if os.geteuid() == 0 else str(closed / "y")]
    closed.chmod(0o000)
    try:
        run = subprocess.run(
            [sys.executable, "-c", AS_SOMEBODY, str(ROOT), *wanted],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        closed.chmod(0o700)
    lines = run.stdout.splitlines()
    assert len(lines) == len(wanted), run.stderr
    for line in lines:
        assert line.startswith("5 "), line
        assert line.endswith("cannot be written: you are not allowed to."), line
    assert listed(closed) == ["inner", "readable"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB, where this user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("over", [False, True], ids=["new", "over another"])
def test_a_full_disk_is_said_and_holds_what_it_held(small_disk: Path, over: bool) -> None:
    if over:
        (small_disk / "ark.pdf").write_bytes(b"annet")
    out = replace(OutPlace(None).file(f"{small_disk}/ark", ".pdf"), replace=over)
    with pytest.raises(NotWritten, match=r"ark\.pdf cannot be written: the disk is full\."):
        out.write(b"x" * 200_000)
    assert [(one.name, one.read_bytes()) for one in small_disk.iterdir()] == [("ark.pdf", b"annet")] * over


def test_a_read_only_disk_is_said(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(NotWritten, match="the disk is read-only"):
        OutPlace(None).file(f"{small_disk}/ark", ".pdf").write(b"x")


@pytest.fixture
def limit() -> Iterator[Callable[[int], None]]:
    """Let no file grow beyond so many bytes, in the one way that needs no disk of its own."""
    resource = pytest.importorskip("resource")
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_what_cannot_be_written_to_its_end_leaves_nothing(
    here: Path, place: OutPlace, limit: Callable[[int], None]
) -> None:
    out = place.file(f"{here}/ark", ".pdf")
    limit(50_000)
    with pytest.raises(NotWritten, match="too large"):
        out.write(b"x" * 200_000)
    assert not (here / "ark.pdf").exists()


def test_each_error_of_the_system_is_a_sentence_in_both_languages(here: Path, place: OutPlace) -> None:
    for language in ("en", "nb"):
        words.use(language)
        for number in errno.errorcode:
            with pytest.raises(ExinError) as error, place.file(f"{here}/ark", ".pdf").writing():
                raise OSError(number, os.strerror(number))
            assert "ark.pdf" in error.value.text
            assert error.value.text.endswith(".")
