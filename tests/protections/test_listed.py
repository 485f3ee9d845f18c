"""The tables of protections speak of what is there; `python -m tests.protections` takes them away one by one."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.protections.__main__ import FOUND, ROOT, SURVIVED, outcome
from tests.protections.listed import TABLES, Taken


@pytest.mark.parametrize("table", TABLES)
def test_what_is_taken_away_is_there_once_and_what_is_left_is_python(table: str) -> None:
    for taken in TABLES[table]:
        whole = (ROOT / taken.file).read_text(encoding="utf-8")
        assert whole.count(taken.text) == 1, (taken.name, taken.text)
        assert taken.instead != taken.text
        ast.parse(whole.replace(taken.text, taken.instead), taken.name)
        assert all((ROOT / "tests" / test).is_file() for test in taken.tests), taken.tests
        assert taken.tests, taken.name


@pytest.mark.parametrize("table", TABLES)
def test_each_has_a_name_of_its_own(table: str) -> None:
    assert [name for name, count in Counter(taken.name for taken in TABLES[table]).items() if count > 1] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("instead", "says"),
    [("return 2", FOUND), ("return 1 + 0", SURVIVED), ("return no", FOUND), ("return (", "cannot be run")],
)
def test_what_is_found_and_what_survives(tmp_path: Path, instead: str, says: str) -> None:
    """A protection that a test holds, one that no test holds, and one without which nothing runs."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "door.py").write_text("def one() -> int:\n    return 1\n")
    (tmp_path / "tests" / "test_door.py").write_text(
        "from door import one\n\n\ndef test_one():\n    assert one() == 1\n"
    )
    taken = Taken("one", "door.py", "return 1", instead, ("test_door.py",))
    assert outcome(taken, tmp_path).startswith(says)
    assert (tmp_path / "door.py").read_text() == "def one() -> int:\n    return 1\n"
    assert outcome(replace(taken, text="return 3"), tmp_path) == "stands 0 times in the file"
