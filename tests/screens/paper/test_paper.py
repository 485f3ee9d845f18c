"""Printing: the text is on the screen first, a file goes only where the person says, and the audit keeps a trace."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screens.frame.case import Case
from screens.paper.screen import PaperScreen
from tests.models.case_sample import rows
from tests.models.paper import paper_sample

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def person(case: Case) -> int:
    return paper_sample.filled(case.store)


def witnessed(case: Case) -> list[str]:
    return [row[0] for row in rows(case.store, "SELECT action FROM audit WHERE action LIKE 'paper.%' ORDER BY seq")]


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
        assert "A file is not sealed" in text
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
        assert "It is NOT sealed" in app.text()
        assert "~/consent-EX-001.pdf" in app.text()
        await pilot.press("escape")
        assert witnessed(case) == []
        await write_to(pilot, path)
        assert "Written, 1 page" in app.text()
    assert path.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert witnessed(case) == ["paper.write consent EX-001"]


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
