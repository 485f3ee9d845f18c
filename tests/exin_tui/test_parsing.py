"""The command line speaks the language in force, whichever Python's argparse says the sentence."""

from __future__ import annotations

import argparse
import ast
import inspect
from typing import Final

from exin_tui.cli import SENTENCES

LOOKED_UP: Final = ("_", "ngettext")


def _said_by_argparse() -> set[str]:
    """The texts that the running Python's argparse looks up in a catalog."""
    calls = (node for node in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(node, ast.Call))
    return {
        part.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in LOOKED_UP
        for argument in call.args
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def test_argparse_says_each_sentence_of_ours_in_these_words() -> None:
    assert set(SENTENCES) - _said_by_argparse() == set(), "this Python's argparse has other words: put them in beside"


def test_argparse_still_looks_its_sentences_up_where_ours_are_put() -> None:
    assert all(callable(getattr(argparse, name)) for name in LOOKED_UP)
