"""The list of attacks names tests that are there; `python -m tests.attack` tries them all."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from tests.attack.__main__ import came_of
from tests.attack.listed import ATTACKS, Attack

TESTS = Path(__file__).parents[1]


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_way_of_every_attack_is_a_test_that_is_there() -> None:
    for attack in ATTACKS:
        for way in attack.ways:
            file, _colons, name = way.partition("::")
            assert (TESTS / file).is_file(), way
            assert not name or (name.startswith("test_") and name in functions(TESTS / file)), way


def test_each_attack_is_named_once_and_described() -> None:
    assert [name for name, count in Counter(attack.name for attack in ATTACKS).items() if count > 1] == []
    assert all(attack.name and attack.line and attack.ways for attack in ATTACKS)


def test_every_test_of_this_folder_is_in_the_list() -> None:
    listed = {way for attack in ATTACKS for way in attack.ways}
    for file in sorted((TESTS / "attack").glob("test_*.py")):
        if file.name != Path(__file__).name:
            tests = {name for name in functions(file) if name.startswith("test_")}
            assert {f"attack/{file.name}::{name}" for name in tests} <= listed


def test_what_came_of_an_attack_is_counted() -> None:
    attack = Attack("one", "what is done", "found", ("a/test_a.py::test_one", "a/test_b.py"))
    outcomes = {
        "a/test_a.py::test_one": Counter({"": 2, "NOT HELD": 1}),
        "a/test_a.py::test_one_more": Counter({"": 9}),
        "a/test_b.py::test_two": Counter({"refused": 4, "not possible here": 1}),
    }
    assert came_of(attack, outcomes) == {"found": 2, "NOT HELD": 1, "refused": 4, "not possible here": 1}
