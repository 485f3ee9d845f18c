"""Work that runs beside the keys."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast

from textual.dom import DOMNode
from textual.worker import Worker


def run_beside(
    node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], *, group: str = "default", exclusive: bool = False,
    exit_on_error: bool = True,
) -> Worker[None]:  # fmt: skip
    """Run `work` in a worker of `node`, which begins it: a coroutine that was made before would never be awaited where
    the program ends in between, and Python says so on the terminal.
    """
    begun = cast("Callable[[], None]", work)
    return node.run_worker(begun, group=group, exclusive=exclusive, exit_on_error=exit_on_error)
