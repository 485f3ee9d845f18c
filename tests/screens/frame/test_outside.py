"""Asking where a file is to go: what is in the way is said under the line, and nothing is written over unasked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config import words
from config.outside import OutFile
from screens.frame.case import Case
from screens.frame.outside import ask_for_file
from screens.frame.screen import CaseScreen
from screens.paper.screen import PaperScreen
from screens.plans.agenda import AgendaScreen
from tests.models.paper import paper_sample

Staged = Callable[[Any], Any]


class Asking(CaseScreen[None]):
    """A screen whose one key asks."""

    SCOPE = "paper"

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.got: list[OutFile | None] = []

    async def refresh_case(self) -> None:
        """Nothing is read here."""

    async def action_write(self) -> None:
        self.got.append(await ask_for_file(self, "Where?", "brev", ".pdf", "A hint."))


async def test_the_answer_is_a_file_of_the_kind(case: Case, stage: Staged, tmp_path: Path) -> None:
    screen = Asking(case)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        assert "~/brev.pdf" in app.text()
        assert "A hint." in app.text()
        await pilot.press("escape", "s", "ctrl+u", *str(tmp_path / "a"), "enter")
    assert screen.got == [None, OutFile(tmp_path, "a.pdf", case.out_place)]


async def test_only_who_says_so_writes_over(case: Case, stage: Staged, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    screen = Asking(case)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s", "ctrl+u", *str(tmp_path / "a"), "enter")
        assert "a.pdf is there already. Write over it?" in app.text()
        await pilot.press("enter", "s", "ctrl+u", *str(tmp_path / "a"), "enter", "down", "enter")
    assert screen.got == [None, OutFile(tmp_path, "a.pdf", case.out_place, replace=True)]


async def test_where_there_is_one_folder_only_names_are_spoken_of(case: Case, stage: Staged, tmp_path: Path) -> None:
    (tmp_path / "kari").mkdir()
    (tmp_path / "kari" / "b.pdf").touch()
    case.outputs = tmp_path / "kari"
    screen = Asking(case)
    app = stage(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        assert "~/" not in app.text()
        assert "your own folder" in app.text()
        await pilot.press("ctrl+u", *"/tmp/x", "enter")
        assert "write a name alone" in app.text()
        await pilot.press("ctrl+u", "b", "enter")
        assert "b.pdf is there already" in app.text()
        assert "kari" not in app.text()
        await pilot.press("enter", "s", "enter")
    assert screen.got == [None, OutFile(tmp_path / "kari", "brev.pdf", case.out_place)]


PLACES = [
    ("{vault}/slots.json", {"en": "inside the vault", "nb": "i mappen til hvelvet"}),
    ("{here}/way/caseload", {"en": "inside the vault", "nb": "i mappen til hvelvet"}),
    ("{here}/.bashrc", {"en": "hidden file", "nb": "skjult fil"}),
    ("{here}/" + "æ" * 150, {"en": "too long", "nb": "for langt"}),
    ("{here}/gone/x", {"en": "is not there", "nb": "finnes ikke"}),
]


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize(("where", "said"), PLACES, ids=["slots", "link", "hidden", "long", "gone"])
@pytest.mark.parametrize("what", ["paper", "calendar"])
async def test_neither_paper_nor_calendar_goes_where_it_may_not(
    case: Case, stage: Staged, tmp_path: Path, what: str, where: str, said: dict[str, str], language: str
) -> None:
    """A reader, too, may print; the vault must outlive it."""
    words.use(language)
    person = paper_sample.filled(case.store)
    vault = case.store.unlocked.place.folder
    os.symlink(vault, tmp_path / "way")
    before = {file.name: file.read_bytes() for file in vault.iterdir() if not file.name.startswith("caseload")}
    app = stage(PaperScreen(case, person) if what == "paper" else AgendaScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        keys = ["s"] if what == "paper" else ["z", "c"]
        await pilot.press(*keys, "ctrl+u")
        # Beyond what a line holds it is cut; the folder of a test may be long.
        app.screen.query_one("TypedLine").value = where.format(vault=vault, here=tmp_path)
        await pilot.press("enter")
        text = " ".join(app.text().split())
        assert said[language] in text, text
        await pilot.press("escape")
    assert {file.name: file.read_bytes() for file in vault.iterdir() if file.name in before} == before
    assert sorted(os.listdir(tmp_path)) == ["vault", "way"]
