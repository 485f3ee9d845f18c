"""Printing: the text is on the screen first, a file goes only where the person says, and the audit keeps a trace."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config import words
from screens.frame.case import Case
from screens.paper.screen import PaperScreen
from tests.models.case_sample import rows
from tests.models.paper import paper_sample
from tests.screens.conftest import PRINTER

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def person(case: Case) -> int:
    return paper_sample.filled(case.store)


def witnessed(case: Case) -> list[str]:
    return [row[0] for row in rows(case.store, "SELECT action FROM audit WHERE action LIKE 'paper.%' ORDER BY seq")]


def make(folder: Path) -> None:
    folder.mkdir(mode=0o700)


def written(path: Path) -> bool:
    return path.exists()


async def write_to(pilot: Any, path: Path) -> None:
    await pilot.press("s", "ctrl+u", *str(path), "enter")
    for _turn in range(100):
        await pilot.pause(0.05)
        if written(path):
            break
    await pilot.pause()


async def test_the_text_is_shown_filled_and_blank(case: Case, stage: Staged, person: int) -> None:
    app = stage(PaperScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Consent form of EX/IN  filled in · Håkon Sæthre-Åsnes" in text
        assert "A file is not encrypted" in text
        assert "Håkon Sæthre-Åsnes" in text.split("National identity number")[0].split("Name:")[1]
        await pilot.press("f")
        await pilot.pause()
        assert "Consent form of EX/IN  blank" in app.text()
        assert "Sæthre" not in app.text()
    assert witnessed(case) == []


async def test_another_document_is_chosen_by_its_number_and_scrolled(case: Case, stage: Staged, person: int) -> None:
    app = stage(PaperScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", "4")
        await pilot.pause()
        assert "Release checklist  filled in" in app.text()
        assert "[x] Bank account and ID in order" in app.text()
        await pilot.press("G")
        await pilot.pause()
        assert "EX/IN · made 22.11.2026 · EX-001" in app.text()
        await pilot.press("q")
        await pilot.pause()
        assert app.answers == [None]


async def test_it_is_written_where_the_person_says(case: Case, stage: Staged, person: int, tmp_path: Path) -> None:
    app = stage(PaperScreen(case, person))
    path = tmp_path / "ark.pdf"
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert "It is NOT encrypted" in app.text()
        assert "~/consent-EX-001.pdf" in app.text()
        await pilot.press("escape")
        assert witnessed(case) == []
        await write_to(pilot, path)
        assert "Written, 1 page" in app.text()
    assert path.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert witnessed(case) == ["paper.write consent EX-001"]


def install_printer(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / PRINTER
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


async def test_what_was_written_is_printed_where_there_is_a_printer_and_one_says_so(
    case: Case, stage: Staged, person: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_printer(tmp_path, monkeypatch, f"cat > {tmp_path}/printed")
    app = stage(PaperScreen(case, person))
    path = tmp_path / "ark.pdf"
    async with app.run_test(size=(120, 36)) as pilot:
        await write_to(pilot, path)
        assert "Print it as well, on the printer of this machine?" in app.text()
        await pilot.press("enter")
        assert "Written, 1 page" in app.text()
        assert not written(tmp_path / "printed")
        await write_to(pilot, tmp_path / "to.pdf")
        await pilot.press("down", "enter")
        for _turn in range(100):
            await pilot.pause(0.05)
            if "Sent to the printer." in app.text():
                break
        assert "Sent to the printer. Written, 1 page" in app.text()
    assert (tmp_path / "printed").read_bytes() == (tmp_path / "to.pdf").read_bytes()
    assert witnessed(case) == ["paper.write consent EX-001"] * 2 + ["paper.print consent EX-001"]


async def test_what_the_printer_refuses_is_said_beside_the_file(
    case: Case, stage: Staged, person: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_printer(tmp_path, monkeypatch, "echo 'no default destination' >&2; exit 1")
    app = stage(PaperScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await write_to(pilot, tmp_path / "ark.pdf")
        await pilot.press("down", "enter")
        for _turn in range(100):
            await pilot.pause(0.05)
            if "Not printed" in app.text():
                break
        assert "Not printed: no default destination. Written, 1 page" in app.text()


async def test_whoever_is_served_is_not_asked_about_a_printer_elsewhere(
    case: Case, stage: Staged, person: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_printer(tmp_path, monkeypatch, f"cat > {tmp_path}/printed")
    case.outputs = tmp_path / "kari"
    make(case.outputs)
    app = stage(PaperScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("s", "enter")
        for _turn in range(100):
            await pilot.pause(0.05)
            if "Written" in app.text():
                break
        assert "Written, 1 page" in app.text()
        assert "printer" not in app.text()
    assert not written(tmp_path / "printed")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("nb", ["samtykke-EX-001", "sjekkliste-ved-oppstart-EX-001", "sjekkliste-ved-loslatelse-EX-001"]),
        ("en", ["consent-EX-001", "start-checklist-EX-001", "release-checklist-EX-001"]),
    ],
)
async def test_a_file_is_called_what_it_is_in_the_persons_language_and_plain_letters(
    case: Case, stage: Staged, person: int, language: str, names: list[str]
) -> None:
    words.use(language)
    app = stage(PaperScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        for number, name in zip("134", names, strict=True):
            await pilot.press("d", number, "s")
            assert f"~/{name}.pdf" in app.text()
            await pilot.press("escape")


async def test_another_file_is_written_over_only_when_told(
    case: Case, stage: Staged, person: int, tmp_path: Path
) -> None:
    app = stage(PaperScreen(case, person))
    path = tmp_path / "ark.pdf"
    path.write_text("annet")
    async with app.run_test(size=(120, 36)) as pilot:
        await write_to(pilot, path)
        assert "ark.pdf is there already." in app.text()
        await pilot.press("enter")
        await pilot.pause()
        assert path.read_text() == "annet"
        assert witnessed(case) == []
        await write_to(pilot, path)
        await pilot.press("down", "enter")
        for _turn in range(100):
            await pilot.pause(0.05)
            if path.read_bytes().startswith(b"%PDF-"):
                break
    assert path.read_bytes().startswith(b"%PDF-")


async def test_a_place_in_the_vault_is_refused(case: Case, stage: Staged, person: int, vault_folder: Path) -> None:
    app = stage(PaperScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("s", "ctrl+u", *str(vault_folder / "ark.pdf"), "enter")
        await pilot.pause()
        assert "inside the vault's folder" in app.text()
    assert not (vault_folder / "ark.pdf").exists()
    assert witnessed(case) == []


async def test_letters_that_cannot_be_shown_are_warned_of(
    case: Case, stage: Staged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.paper.letters.installed", list)
    person = paper_sample.filled(case.store, "Łukasz", "Ŋamdo")
    app = stage(PaperScreen(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await write_to(pilot, tmp_path / "ark.pdf")
        assert "cannot be shown in this print; correct by hand: Lukasz, Namdo" in app.text()


async def test_hidden_names_stay_hidden_on_the_screen(case: Case, stage: Staged, person: int) -> None:
    case.private = True
    app = stage(PaperScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Sæthre" not in app.text()
        assert "Names are hidden; the paper shows them." in app.text()
        await pilot.press("p")
        await pilot.pause()
        assert "Sæthre" in app.text()


@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(snap_compare: Any, case: Case, stage: Staged, person: int, size: tuple[int, int]) -> None:
    assert snap_compare(stage(PaperScreen(case, person)), terminal_size=size)


def test_how_a_checklist_looks(snap_compare: Any, case: Case, stage: Staged, person: int) -> None:
    assert snap_compare(stage(PaperScreen(case, person)), terminal_size=(120, 36), press=["d", "4"])
