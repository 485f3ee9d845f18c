"""Every route there is, found and not listed, leads to something that takes what its callers give."""

from __future__ import annotations

import ast
import importlib
import inspect
import typing
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any

import pytest

from screens.frame.route import Route

ROOT = Path(__file__).parents[3]
FLOORS = ("screens", "exin_tui")


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Where a route is made, with the module it is made in."""
    for path in sorted(each for floor in FLOORS for each in (ROOT / floor).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "Route" not in text:
            continue
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                made = node.func.value if isinstance(node.func, ast.Subscript) else node.func
                if isinstance(made, ast.Name) and made.id == "Route":
                    yield module, node


CALLS = list(calls())


def parts(kind: Any) -> set[Any]:
    """The types that a type is one of."""
    if isinstance(kind, UnionType) or typing.get_origin(kind) is typing.Union:
        return set(typing.get_args(kind))
    return {type(None) if kind is None else kind}


def takes(wanted: Any, given: Any) -> bool:
    return wanted is Any or parts(given) <= parts(wanted)


def worth(node: ast.expr, names: dict[str, Any]) -> Any:
    """What an expression of our own source is worth; a type in quotes is that type."""
    found = eval(compile(ast.Expression(node), "<route>", "eval"), names)  # noqa: S307
    return worth(ast.parse(found, mode="eval").body, names) if isinstance(found, str) else found


def values(module: str, node: ast.Call) -> tuple[Route[...], list[Any]]:
    """A route, and the types of what it is called with."""
    names = vars(importlib.import_module(module))
    assert isinstance(node.func, ast.Subscript), f"{module}:{node.lineno} does not say what the screen is made of"
    asked = node.func.slice
    given = asked.elts if isinstance(asked, ast.Tuple | ast.List) else [asked]
    route = worth(node, names)
    assert isinstance(route, Route)
    return route, [worth(one, names) for one in given]


def test_there_are_routes() -> None:
    assert len(CALLS) > 2


@pytest.mark.parametrize(("module", "node"), CALLS, ids=[f"{module}:{node.lineno}" for module, node in CALLS])
def test_a_route_leads_to_what_takes_the_arguments_it_is_called_with(module: str, node: ast.Call) -> None:
    route, given = values(module, node)
    made = route.load()
    taker = made.__init__ if inspect.isclass(made) else made
    hints = typing.get_type_hints(taker)
    wanted = list(inspect.signature(made).parameters.values())
    inspect.signature(made).bind(*range(1 + len(given)))
    for parameter, kind in zip(wanted[1:], given, strict=False):
        assert takes(hints[parameter.name], kind), f"{route.name} wants {hints[parameter.name]} as {parameter.name}"
