"""What runs beside the keys."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[3]
DOOR = Path("screens/textual_inside/workers.py")


def test_what_runs_beside_is_begun_by_its_worker() -> None:
    """A coroutine that was made before its worker began is never awaited where the program ends in between."""
    files = [file for floor in ("exin_tui", "screens") for file in (ROOT / floor).rglob("*.py")]
    using = {file.relative_to(ROOT) for file in files if "run_worker(" in file.read_text(encoding="utf-8")}
    assert using == {DOOR}
