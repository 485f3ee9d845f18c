"""A choice takes letters that choose, and no sentence that was meant for another field."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import ComposeResult

from config import words
from screens.forms import choice_field
from screens.forms.body import HINT_LINES
from screens.forms.choice_field import ChoiceField, TicksField
from screens.forms.line_fields import About
from screens.frame.case import Case
from screens.frame.chooser import Option, named
from screens.frame.screen import CaseScreen
from screens.participant.form import StaffField
from screens.widgets.line import wrapped

OPTIONS = [Option("yes", "ja"), Option("no", "nei"), Option("later", "neste uke")]


class Asking(CaseScreen[None]):
    def __init__(self, case: Case, field: Any) -> None:
        super().__init__(case)
        self.field = field

    def body(self) -> ComposeResult:
        yield self.field

    async def on_mount(self) -> None:
        self.field.focus()


async def typed(case: Case, stage: Any, field: Any, *keys: str) -> str:
    """What stands on the screen after the keys."""
    app = stage(Asking(case, field))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        return str(app.text())


@pytest.mark.parametrize("before", ["", "yes"])
@pytest.mark.parametrize("words", ["Godt motivert", "neon lys", "jul", "kaffe og kake"])
async def test_a_word_is_refused_aloud_and_changes_nothing(case: Case, stage: Any, before: str, words: str) -> None:
    field = ChoiceField(About("ours", "We say"), OPTIONS)
    field.put(before)
    told = await typed(case, stage, field, *words)
    assert field.written == before
    assert "We say: here one chooses" in told


@pytest.mark.parametrize(
    ("keys", "chosen"), [("n", "no"), ("nn", "later"), ("nei", "no"), ("nes", "later"), ("j", "yes")]
)
async def test_a_letter_and_the_beginning_of_a_name_choose(case: Case, stage: Any, keys: str, chosen: str) -> None:
    field = ChoiceField(About("ours", "We say"), OPTIONS)
    told = await typed(case, stage, field, *keys)
    assert field.written == chosen
    assert "here one chooses" not in told


async def test_a_letter_after_a_pause_chooses_anew(case: Case, stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice_field, "PAUSE_SECONDS", -1.0)
    field = ChoiceField(About("ours", "We say"), OPTIONS)
    await typed(case, stage, field, "j", "n", "space")
    assert field.written == "later"


@pytest.mark.parametrize(("keys", "ticked"), [(["space"], "yes"), ([*"Ole og Per"], ""), ([*"a b"], "")])
async def test_a_sentence_ticks_nothing(case: Case, stage: Any, keys: list[str], ticked: str) -> None:
    field = TicksField(About("there", "Present"), OPTIONS)
    await typed(case, stage, field, *keys)
    assert field.written == ticked


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_value_is_told_at_eighty_columns(case: Case, language: str) -> None:
    """Whatever stands in the field, or while going through it, each value is seen."""
    words.use(language)
    for name, choices in case.programme.choices.items():
        field = ChoiceField(About("ours", "We say"), named(choices))
        seen = ""
        for _step in range(1 + len(choices)):
            seen += " " + " ".join(wrapped(field.hint, 80 - 2, HINT_LINES))
            field.step(1)
        assert not [str(one.name) for one in choices if str(one.name) not in seen], name


@pytest.mark.parametrize(
    ("keys", "chosen"), [("b", "2"), ("berg", "2"), ("ola", "2"), ("m", "3"), ("mo", "3"), ("on", ""), ("kari n", "1")]
)
async def test_a_colleague_is_found_by_each_of_their_names(
    case: Case, stage: Any, keys: str, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slowly the letters come here, they are one word.
    monkeypatch.setattr(choice_field, "PAUSE_SECONDS", 60)
    field = StaffField(About("cover", "Cover"))
    field.offer([Option("1", "Kari Nordmann"), Option("2", "Ola Berg"), Option("3", "Per Moe")])
    await typed(case, stage, field, *["space" if key == " " else key for key in keys])
    assert field.written == chosen
