"""Which passphrases are refused, and the words for it."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest

from models.vault.passphrase import FEEDBACK, judge

ROOT = Path(__file__).parents[3]
NORWEGIAN = (
    "velkommen123", "sommer2024!", "kriminalomsorgen", "jegelskerdeg", "passordet mitt", "trondheim kommune",
    "Bergen2026!", "exin passord 1", "v3lk0mm3n2025", "Vålerenga1913", "vaalerenga2026", "valerenga2026!",
    "Rosenborg 2024", "torsdag 12. mars", "tromsoe kommune", "Tromso2026!!", "sommerferie2025", "kjaerlighet123",
    "kjærlighet1", "qwertyuiopå", "asdfghjkløæ", "Æøå1234567", "mamma og pappa", "kari nordmann 1",
    "tilbakeføring2026", "tilbakefoering1", "samtykke2026", "løslatelse!", "heia brann 2025", "hemmelig passord",
    "ja vi elsker dette landet", "God morgen 123", "frelsesarmeen1", "Leirfjord2026!", "min hund heter bella",
    "P4ssord123!", "jeg elsker norge 2026", "lillestrøm12345", "nordmann1985", "Bodø/Glimt2026",
    "dette er mitt passord 1", "februar 2026!", "ullersmo fengsel", "nav kontor oslo", "negrosmolanimirk",
    "g0d-jul-2026",
)  # fmt: skip


@pytest.mark.parametrize(
    "strong",
    [
        "hamster vekker sju bananer",
        "Tv9#kLq0-zzPw",
        "k7Q#x9!zP0",
        "rundstykke-kvikklunsj-ferge",
        "ø" + "k7Qx" * 30,
        "pendel grevling saltlake tuberose",
        "oase tapet lomvi gneis kobolt",
        "stein saks papir trampoline ugle",
        "kopp stige rev lampe",
        "the walrus paints quiet turbines",
    ],
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


@pytest.mark.parametrize("weak", NORWEGIAN)
def test_what_norwegians_think_of_first_is_refused(weak: str) -> None:
    for written in (weak, unicodedata.normalize("NFD", weak)):
        weakness = judge(written)
        assert weakness is not None
        assert weakness.suggestions


def test_the_own_name_is_known_in_every_spelling() -> None:
    for own in ("bjørnståle flåklypaas", "bjoernstaale-flaaklypaas", "bjornstale.flaklypaas 1"):
        assert judge(own, ["Bjørnståle", "Flåklypaas"]) is not None
    assert judge("bjørnståle flåklypaas") is None


def test_the_lists_are_in_what_is_installed(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    assert "models/vault/norwegian_words.toml" in zipfile.ZipFile(wheel).namelist()


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
