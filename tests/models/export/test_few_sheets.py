"""Of fewer sheets than a result needs, no count and no open answer leaves the vault either."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from config.programme import load
from models.evaluations import evaluations
from models.evaluations.sheets import Tally
from models.export import whole as export
from models.store import Store
from models.support_teams import teams

FORMS = {form.id: form for form in load().method.evaluations}


def pile(form: str, count: int) -> Tally:
    asked = FORMS[form]
    found = Tally.empty(asked)
    for _sheet in range(count):
        found = found.with_sheet({one.id: 1 for one in asked.questions}, {one.id: "Hemmelig" for one in asked.open})
    return found


@pytest.mark.parametrize(("sheets", "told"), [(4, False), (5, True)])
@pytest.mark.parametrize("about", ["support_team", "period"])
def test_few_sheets_stay_in_the_vault(store: Store, person: int, about: str, sheets: int, told: bool) -> None:
    if about == "support_team":
        subject = store.change_now(teams.begin, person, {"agency": "", "kick_off": date(2026, 11, 2)})
        values: dict[str, Any] = {"form": "support_team"}
    else:
        subject, values = None, {"form": "network", "first": date(2026, 1, 1), "last": date(2026, 6, 30)}
    number = store.change_now(evaluations.begin, about, subject, values)
    store.change_now(evaluations.enter, number, pile(values["form"], sheets), last=True)
    whole = store.ask_now(export.participant, person) if subject else store.ask_now(export.team_wide)
    (found,) = whole["evaluations"]
    assert found["returned"] == sheets
    assert bool(found["counts"]) is told
    assert ("Hemmelig" in export.as_json(whole)) is told
