"""Every route there is, found and not listed, leads to something that takes what its callers give."""

from __future__ import annotations

import ast
import importlib
import inspect
import typing
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from types import UnionType
from typing import Any

import pytest

from config.actions import ACTIONS
from screens.everywhere.drafts import import_all
from screens.frame.route import Route
from screens.frame.screen import CaseScreen

ROOT = Path(__file__).parents[3]
TEXTS = {"at_field": "phone", "PartScreen": "housing", "PaperScreen": "mapping"}
"""What the text of a route is, where it is not the code of a participant."""
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


def is_plain(given: Sequence[Any]) -> bool:
    """Whether a route is called with numbers and texts alone."""
    return all(kind in (int, int | None, str) or typing.get_origin(kind) is typing.Literal for kind in given)


def arguments(route: Route[...], given: Sequence[Any], number: int, code: str) -> list[tuple[Any, ...]]:
    """What a route may be called with: a number, a participant's code or another text, each of a few words."""
    text = TEXTS.get(route.name, code)
    words = {kind: typing.get_args(kind) for kind in given if typing.get_origin(kind) is typing.Literal}
    return list(product(*(words.get(kind, (text if kind is str else number,)) for kind in given)))


def test_there_are_routes() -> None:
    assert len(CALLS) > 40


@pytest.mark.parametrize(("module", "node"), CALLS, ids=[f"{module}:{node.lineno}" for module, node in CALLS])
def test_a_route_leads_to_what_takes_the_arguments_it_is_called_with(module: str, node: ast.Call) -> None:
    route, given = values(module, node)
    made = route.load()
    if route.kept:
        inspect.signature(made).bind("the case")
        taker = made = made.turn_to
    else:
        taker = made.__init__ if inspect.isclass(made) else made
    hints = typing.get_type_hints(taker)
    wanted = list(inspect.signature(made).parameters.values())
    inspect.signature(made).bind(*range(1 + len(given)))
    for parameter, kind in zip(wanted[1:], given, strict=False):
        assert takes(hints[parameter.name], kind), f"{route.name} wants {hints[parameter.name]} as {parameter.name}"


def screens_of_the_case() -> list[type[CaseScreen[Any]]]:
    import_all()
    found, left = [], [CaseScreen]
    while left:
        found += (below := left.pop().__subclasses__())
        left += below
    return [each for each in found if each.__module__.startswith("screens.")]


def test_each_key_that_opens_a_screen_is_an_action_of_its_screen_and_nothing_else() -> None:
    opening = [each for each in screens_of_the_case() if each.OPENS or each.OPENS_OF]
    assert opening
    for screen in opening:
        known = {action.id for action in ACTIONS if action.scope == screen.SCOPE}
        assert not (screen.OPENS.keys() | screen.OPENS_OF.keys()) - known, screen
        assert not screen.OPENS.keys() & screen.OPENS_OF.keys(), screen
        for action in (*screen.OPENS, *screen.OPENS_OF):
            assert not hasattr(screen, "action_" + action.partition(".")[2]), f"{screen} has a method for {action} too"
        if screen.OPENS_OF:
            assert screen.concerned is not CaseScreen.concerned, f"{screen} does not say whom it concerns"
