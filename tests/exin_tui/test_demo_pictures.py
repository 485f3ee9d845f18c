"""The README's pictures: drawn from the demo, the same each time, in Norwegian."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from config import words
from exin_tui.demo.pictures import draw


@pytest.mark.slow
def test_the_pictures_show_the_demo_and_are_the_same_each_time(tmp_path: Path) -> None:
    first = {path.name: path.read_text(encoding="utf-8") for path in draw(tmp_path / "first")}
    again = {path.name: path.read_text(encoding="utf-8") for path in draw(tmp_path / "again")}
    assert sorted(first) == ["board.svg", "timeline.svg"]
    assert first == again
    board, timeline = (html.unescape(first[name]).replace("\u00a0", " ") for name in sorted(first))
    assert "Etter løsl." in board
    assert "22.11.2026" in board
    assert "4 Etter løslatelse" in timeline
    assert "Ansvarsgruppe" in timeline
    assert words.language() == "en"
