"""The start up to the first prompt: what takes the quick way, in which words, and with how little imported."""

from __future__ import annotations

import gettext
import io
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from config import words
from config.errors import ExinError, ExitCode
from exin_tui import unlock
from exin_tui.__main__ import _plain_start
from exin_tui.console import Console
from exin_tui.terminal_prompt import Asker

HEAVY = {
    "argparse",
    "dataclasses",
    "gettext",
    "pathlib",
    "threading",
    "tomllib",
    "typing",
    "peewee",
    "textual",
    "cryptography",
}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("", "")),
        (["--vault", "/v"], ("/v", "")),
        (["--user", "kari", "--vault", "/v"], ("/v", "kari")),
        (["--vault"], None),
        (["--vault", ""], None),
        (["--vault", "--user"], None),
        (["--vault=/v"], None),
        (["verify"], None),
        (["--help"], None),
    ],
)
def test_only_plain_arguments_take_the_quick_way(arguments: list[str], expected: tuple[str, str] | None) -> None:
    assert _plain_start(arguments) == expected


def test_the_prompt_needs_next_to_nothing() -> None:
    code = (
        "import sys; before = set(sys.modules); import exin_tui.__main__, exin_tui.start;"
        "from config import startup_settings as prompt, words; words.use('nb');"
        "prompt.language_and_vault('/none'); words.glimpse('User name: ');"
        "print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, check=True, text=True, cwd=Path(__file__).parents[2]
    )
    loaded = set(run.stdout.split())
    assert "exin_tui.start" in loaded
    assert not loaded & HEAVY


def test_a_glimpse_says_what_the_whole_catalog_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_catalog", None)
    monkeypatch.setattr(words, "_language", "nb")
    with open(words._file("nb"), "rb") as stream:
        catalog = gettext.GNUTranslations(stream)
    known = catalog._catalog  # type: ignore[attr-defined]
    messages = [message for message in known if isinstance(message, str) and message and "\x04" not in message]
    assert len(messages) > 100
    assert [words.glimpse(message) for message in messages] == [catalog.gettext(message) for message in messages]
    assert words.glimpse("no such sentence") == "no such sentence"


class Refused(ExinError):
    """What a vault says to a wrong passphrase."""

    exit_code = ExitCode.CANNOT_UNLOCK


class Guesser(Asker):
    """Somebody who types the same wrong thing at every prompt."""

    def __init__(self) -> None:
        super().__init__(Console(0), io.StringIO())

    def rest_of(self, prompt: str, *, visible: bool = False) -> str:
        return "not this one"


def test_each_wrong_try_costs_more_than_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    def refuse(user: str, passphrase: str) -> NoReturn:
        raise Refused("wrong")

    monkeypatch.setattr(unlock.time, "sleep", waited.append)
    with pytest.raises(unlock.TriesUsedUp):
        unlock.by_asking(Guesser(), "/v", "nemo", refuse)
    assert waited == [1, 2, 4]
