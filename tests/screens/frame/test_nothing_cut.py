"""Nothing ends in dots beside free room, on the narrowest screen, and what a field expects is said whole."""

from __future__ import annotations

import re
from typing import Any

import pytest

from config import words
from config.settings import Settings
from exin_tui.app import ExinApp
from models.store import Store
from models.values.clock import Clock
from screens.forms.choice_field import ChoiceField
from screens.forms.form import FormScreen
from screens.forms.line_fields import FormField
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from tests.screens.board.test_board import counted, words_on
from tests.screens.hiding.test_hidden_names import IDS, ROUTES, person

__all__ = ["person"]
ENOUGH = 12
"""So many free cells beside a text that is cut could have held more of it."""


def cut_beside_room(text: str) -> list[str]:
    """The lines in which a text is cut although there are free cells beside it."""
    found = []
    for line in text.split("\n"):
        free = sum(len(run) - 2 for run in re.findall(r" {3,}", line))
        if re.search(r"\w…", line) and free >= ENOUGH:
            found.append(line.rstrip())
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(("route", "given"), ROUTES, ids=IDS)
async def test_nothing_is_cut_beside_free_room(
    store: Store, clock: Clock, person: int, route: Route[...], given: tuple[Any, ...], language: str
) -> None:
    app = ExinApp(Settings(language=language, board_scope="team"), store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await counted(pilot)
        await app.open(route, *given)
        await counted(pilot)
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        assert cut_beside_room(words_on(app)) == []
        if isinstance(screen, FormScreen):
            for field in screen.form.fields:
                if field.display and field.focusable and field.hint:
                    screen.go(field)
                    await counted(pilot)
                    says_its_hint(app, field)
                    assert cut_beside_room(words_on(app)) == []


def says_its_hint(app: ExinApp, field: FormField) -> None:
    """All of the hint is there, or of the names one can choose all that fit, and how many more."""
    shown = " ".join(words_on(app).split())
    if " ".join(field.hint.split()) in shown:
        return
    assert isinstance(field, ChoiceField), f"{field.about.key}: {field.hint}"
    labels = [option.label for option in field.options if option.value]
    told = sum(label in shown for label in labels)
    more = re.search(r"(?:and|og) (\d+) (?:more|til): →", shown)
    assert more is not None, f"{field.about.key}: {field.hint}"
    assert told + int(more[1]) >= len(labels)
