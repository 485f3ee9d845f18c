"""The team's list to print: read first, by name or by code, and written only where the person says."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.outside import OutFile
from screens.contacts.team_list import TeamListScreen, TeamPaperScreen
from screens.frame.case import Case
from tests.models.case_sample import rows
from tests.screens.contacts.test_network import around, person

__all__ = ["around", "person"]

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


def witnessed(case: Case) -> list[str]:
    return [row[0] for row in rows(case.store, "SELECT action FROM audit WHERE action LIKE 'paper.%' ORDER BY seq")]


def written(path: Path) -> bool:
    return path.exists()


async def write_to(pilot: Any, path: Path) -> None:
    await pilot.press("s", "ctrl+u", *str(path), "enter")
    for _turn in range(200):
        await pilot.pause(0.05)
        if written(path):
            break
    await pilot.pause()


@pytest.mark.usefixtures("around")
async def test_a_key_on_the_list_opens_it_and_it_is_written_with_names(
    case: Case, stage: Staged, tmp_path: Path
) -> None:
    app = stage(TeamListScreen(case))
    path = tmp_path / "liste.pdf"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("z")
        await pilot.pause()
        assert isinstance(app.screen, TeamPaperScreen)
        text = app.text()
        for shown in ("The team's list  with names", "A file is not encrypted", "Åse Sæthre", "Ole Moe", "22 99 00 11"):
            assert shown in text
        await pilot.press("s")
        await pilot.pause()
        assert "It is NOT encrypted" in app.text()
        assert "~/team-list.pdf" in app.text()
        await pilot.press("escape")
        assert witnessed(case) == []
        await write_to(pilot, path)
        assert "Written, 1 page" in app.text()
        await pilot.press("q")
        assert isinstance(app.screen, TeamListScreen)
    assert path.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert witnessed(case) == ["paper.write team_list names"]


@pytest.mark.usefixtures("around")
async def test_hidden_names_are_hidden_on_the_paper_too(
    case: Case, stage: Staged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.private = True
    written: list[str] = []
    write = OutFile.write

    def note(out: OutFile, data: bytes) -> None:
        written.append(out.name)
        write(out, data)

    monkeypatch.setattr(OutFile, "write", note)
    app = stage(TeamPaperScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "The team's list  with codes" in text
        assert "EX-001" in text
        for hidden in ("Sæthre", "Moe", "22 99"):
            assert hidden not in text
        assert all("Sæthre" not in part for part in (await app.screen.to_print()).texts())
        await write_to(pilot, tmp_path / "koder.pdf")
        await pilot.press("p")
        await pilot.pause()
        assert "Åse Sæthre" in app.text()
        assert any("Sæthre" in part for part in (await app.screen.to_print()).texts())
    assert (written, witnessed(case)) == (["koder.pdf"], ["paper.write team_list codes"])


@pytest.mark.usefixtures("around")
async def test_as_many_agencies_as_there_is_room_for_stand_beside_one_another(case: Case, stage: Staged) -> None:
    app = stage(TeamPaperScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Correctional service – Probation" in app.text()
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "Correctional service – Probation" not in app.text()
        assert "Lawyer" in app.text()


@pytest.mark.usefixtures("around")
@pytest.mark.parametrize("size", SIZES)
def test_how_it_looks(snap_compare: Any, case: Case, stage: Staged, size: tuple[int, int]) -> None:
    assert snap_compare(stage(TeamPaperScreen(case)), terminal_size=size)


def test_how_a_list_of_nobody_looks(snap_compare: Any, case: Case, stage: Staged) -> None:
    assert snap_compare(stage(TeamPaperScreen(case)), terminal_size=(80, 24))
