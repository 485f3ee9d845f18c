"""What a change is called: an id in the audit, for good, and words where it is offered to be taken back.

The id is part of the audit's chain. So it stands beside the function, stays as it is wherever the function goes, and
an old vault is still understood.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Concatenate, Final, TypeVar

from msgspec import Struct

from models.roles.rights import Right

if TYPE_CHECKING:
    from models.storage.work import Work

Change = TypeVar("Change", bound="Callable[Concatenate[Work, ...], Any]")

_MARK: Final = "action_id"


class Action(Struct, frozen=True):
    """A kind of change: `words` say what is taken back, empty where nobody is offered it; `final` is never taken back.

    `function` is the dotted name of what does it, `right` what one must be allowed for it.
    """

    id: str
    words: str
    final: bool
    function: str
    right: Right


_declared: Final[dict[str, Action]] = {}


def action(id: str, words: str = "", *, final: bool = False, right: Right = Right.WRITE) -> Callable[[Change], Change]:
    """Declare a function as the change `id`; the function itself stays what it is.

    Raises ValueError for an id that another function has.
    """

    def declare(change: Change) -> Change:
        function = f"{change.__module__}.{change.__qualname__}"
        known = _declared.get(id)
        # A function that is defined anew, as inside another one, keeps its id.
        if known is not None and known.function != function:
            raise ValueError(f"{function} cannot be the action {id}: that is {known.function}")
        _declared[id] = Action(id, words, final, function, right)
        vars(change)[_MARK] = id
        return change

    return declare


def id_of(change: Callable[..., Any]) -> str:
    """The action id of a change; raises TypeError for a function that declares none."""
    id = getattr(change, _MARK, None)
    if not isinstance(id, str):
        raise TypeError(f"{change!r} is no change: it needs @action with an id of its own (models.storage.actions)")
    return id


def right_of(change: Callable[..., Any]) -> Right:
    """The right that a change asks for; raises as `id_of`."""
    return _declared[id_of(change)].right


def find(id: str) -> Action | None:
    """The action with this id, None where this version of the program knows none."""
    if id not in _declared:
        # An older version or another session did it with a part of the case that was not needed here yet.
        _import_the_case()
    return _declared.get(id)


def declared() -> dict[str, Action]:
    """Every action of the case by its id, and those of other floors that are imported."""
    _import_the_case()
    return dict(_declared)


@cache
def _import_the_case() -> None:
    import models

    for module in pkgutil.walk_packages(models.__path__, f"{models.__name__}."):
        importlib.import_module(module.name)
