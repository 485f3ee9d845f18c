"""Which passphrases are refused, and the words for it."""

from __future__ import annotations

import ast
import inspect

import pytest

from models.vault.passphrase import FEEDBACK, judge


@pytest.mark.parametrize(
    "strong", ["hamster vekker sju bananer", "Tv9#kLq0-zzPw", "rundstykke-kvikklunsj-ferge", "ø" + "k7Qx" * 30]
)
def test_a_strong_passphrase_will_do(strong: str) -> None:
    assert judge(strong) is None


@pytest.mark.parametrize(
    "weak",
    ["password123", "aaaaaaaaaaaaaaa", "qwertyuiop", "abcdefghijkl", "1234567890", "kari nordby", "exin exin exin"],
)
def test_a_weak_passphrase_is_refused_with_a_reason(weak: str) -> None:
    weakness = judge(weak, ["kari", "nordby"])
    assert weakness is not None
    assert weakness.reason in weakness.text
    assert weakness.reason.endswith(".")


@pytest.mark.parametrize(("short", "words"), [("k7Q#x9!zP", "1 character too short"), ("", "10 characters too short")])
def test_a_short_passphrase_is_told_by_how_much(short: str, words: str) -> None:
    weakness = judge(short)
    assert weakness is not None
    assert words in weakness.reason


def test_a_very_long_passphrase_is_judged_by_its_beginning() -> None:
    assert judge("a" * 72 + "hamster vekker sju bananer") is not None
    assert judge("hamster vekker sju bananer " * 2000) is None


def test_every_sentence_of_the_estimator_has_words() -> None:
    from zxcvbn import feedback

    calls = [node for node in ast.walk(ast.parse(inspect.getsource(feedback))) if isinstance(node, ast.Call)]
    said = {ast.literal_eval(call.args[0]) for call in calls if getattr(call.func, "id", "") == "_"}
    assert len(said) > 20
    assert said == set(FEEDBACK)
