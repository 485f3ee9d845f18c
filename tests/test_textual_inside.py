"""What Textual keeps to itself is used in one room a floor, and `docs/textual_inside.md` says of each name why."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
import textual
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.driver import Driver
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, OptionList, Static, TextArea

import exin_tui
import screens

PAGE: Final = Path(__file__).parent.parent / "docs/textual_inside.md"
ROOM: Final = "textual_inside"
KINDS: Final = (App, Screen, Input, TextArea, OptionList, Static, Driver, Stylesheet, Strip)
"""With what they inherit, the classes of Textual whose objects the program meets."""


def _is_private(name: object) -> bool:
    return isinstance(name, str) and name.startswith("_") and not name.startswith("__") and name != "_"


def _of_textual(kind: type) -> bool:
    # A class that is made while the program runs may be said to be of whoever made it.
    return getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind and kind.__module__.startswith(
        "textual."
    )


def _set_in(tree: ast.AST) -> set[str]:
    """The private names that are defined in `tree`, or set on `self`."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            names.add(node.attr)
    return {name for name in names if _is_private(name)}


@cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    """The classes of a module by name; `inspect.getsource` reads the whole module for each of them."""
    source = Path(str(sys.modules[module].__file__)).read_text(encoding="utf-8")
    found: dict[str, ast.ClassDef] = {}

    def look(node: ast.AST, inside: str) -> None:
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.ClassDef):
                found[inside + part.name] = part
                look(part, f"{inside}{part.name}.")
            elif not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                look(part, inside)

    look(ast.parse(source), "")
    return found


@cache
def _inside(kind: type) -> frozenset[str]:
    """What a class of Textual, and each it inherits from, keeps to itself."""
    names: set[str] = set()
    for base in kind.__mro__:
        if _of_textual(base):
            names |= {name for name in vars(base) if _is_private(name)}
            names |= _set_in(_classes(base.__module__)[base.__qualname__])
    return frozenset(names)


def _inside_of_all(kind: type) -> frozenset[str]:
    """The same for one of our classes and all that are built on it, so that what is mixed in is judged with them."""
    return _inside(kind).union(*(_inside_of_all(built) for built in kind.__subclasses__()))


ANYWHERE: Final = frozenset[str]().union(*(_inside(kind) for kind in KINDS)) - {"_meta"}
"""Private names that are somebody's in Textual; `_meta` is Peewee's to the program."""


class _Uses(ast.NodeVisitor):
    """The private names of Textual that a module uses, each with the line."""

    def __init__(self, module: Any, source: str) -> None:
        self.found: list[tuple[str, int]] = []
        tree = ast.parse(source)
        self._own = _set_in(tree) | {
            target.id
            for node in ast.walk(tree)
            for target in getattr(node, "targets", [getattr(node, "target", None)])
            if isinstance(target, ast.Name)
        }
        self._modules = {name for name, value in vars(module).items() if isinstance(value, ModuleType)}
        self._holders: list[Any] = [module]
        self.visit(tree)

    def _note(self, name: str, node: ast.AST, among: frozenset[str]) -> None:
        if name in among:
            self.found.append((name, getattr(node, "lineno", 0)))

    @property
    def _of_class(self) -> frozenset[str]:
        kind = self._holders[-1]
        return _inside_of_all(kind) if isinstance(kind, type) else frozenset()

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._imported(alias.name.split("."), node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self._imported([*(node.module or "").split("."), alias.name], node)

    def _imported(self, path: list[str], node: ast.AST) -> None:
        if path[0] == "textual":
            self.found += [(name, getattr(node, "lineno", 0)) for name in path if _is_private(name)]

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._holders.append(getattr(self._holders[-1], node.name, None))
        for part in node.body:
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                self._note(part.name, part, self._of_class)
            for target in getattr(part, "targets", [getattr(part, "target", None)]):
                if isinstance(target, ast.Name):
                    self._note(target.id, part, self._of_class)
        self.generic_visit(node)
        self._holders.pop()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        holder = ast.unparse(node.value)
        if holder in ("self", "cls", "super()") and isinstance(self._holders[-1], type):
            mixed_in = holder == "super()" or node.attr not in self._own
            self._note(node.attr, node, self._of_class | (ANYWHERE if mixed_in else frozenset()))
        elif node.attr not in self._own and holder not in self._modules:
            self._note(node.attr, node, ANYWHERE)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in ("getattr", "setattr", "hasattr"):
            for part in node.args[1:2]:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    self._note(part.value, node, ANYWHERE)
        self.generic_visit(node)


def _uses() -> Iterator[tuple[str, str, int]]:
    """Each use of a private name of Textual: the module, the name, the line."""
    for package in (screens, exin_tui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                module = importlib.import_module(found.name)
                for name, line in _Uses(module, inspect.getsource(module)).found:
                    yield found.name, name, line


@pytest.fixture(scope="module")
def uses() -> list[tuple[str, str, int]]:
    return list(_uses())


def _listed() -> set[str]:
    return set(re.findall(r"^\| `(_\w+)`", PAGE.read_text(encoding="utf-8"), flags=re.M))


def test_private_names_of_textual_are_used_in_their_room_alone(uses: list[tuple[str, str, int]]) -> None:
    assert [use for use in uses if ROOM not in use[0].split(".")] == []


def test_the_page_lists_the_private_names_that_are_used_and_no_others(uses: list[tuple[str, str, int]]) -> None:
    assert {name for _module, name, _line in uses} == _listed()


def test_the_private_names_were_looked_at_in_the_textual_that_is_installed() -> None:
    checked = re.search(r"^Checked against Textual ([\d., ]+)\.$", PAGE.read_text(encoding="utf-8"), flags=re.M)
    assert checked
    assert textual.__version__ in checked[1].split(", "), "read the changes of these names, then add the version"


class _Ours(Input):
    """What a module may not do outside the room."""

    _own_name = 0


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("from textual._compositor import Compositor", "_compositor"),
        ("import textual._wait", "_wait"),
        ("def f(app):\n    app._driver = None", "_driver"),
        ("def f(screen):\n    return screen._refresh_layout", "_refresh_layout"),
        ("def f(app):\n    return getattr(app, '_screen_stack')", "_screen_stack"),
        ("class _Ours:\n    def _watch_value(self): ...", "_watch_value"),
        ("class _Ours:\n    def f(self):\n        self._name = 1", "_name"),
        ("class _Ours:\n    _reactives = {}", "_reactives"),
        ("class _Ours:\n    def f(self):\n        return super()._on_paste(1)", "_on_paste"),
    ],
)
def test_a_private_name_is_found_however_it_is_used(source: str, name: str) -> None:
    module = type("module", (), {"_Ours": _Ours})
    assert name in {found for found, _line in _Uses(module, source).found}


def test_names_of_ones_own_are_nobody_else_s() -> None:
    module = type("module", (), {"_Ours": _Ours})
    source = "class _Ours:\n    def f(self, a):\n        self._own_name = a._own_name"
    assert _Uses(module, source).found == []
