"""The signals on the screen: the most pressing first, why each is there, put aside with a reason and woken again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from config import words
from models.signals import listing as signals
from models.signals.sign import LEGEND, is_of
from models.signals.team import StaffSign
from models.storage import undo
from models.support_teams import teams
from screens.frame.case import Case
from screens.frame.destinations import (
    ABSENCES,
    AGENDA,
    AGREEMENT,
    APPLICATIONS,
    CONSENTS,
    ENTRY,
    EVALUATIONS_OF,
    HAND_OVERS,
    INTAKE,
    MEETINGS,
    NETWORK,
    PARTICIPANT,
    PERSON,
    PHASE_OUT,
    PHASES,
    REVIEWS,
    SUPPORT_TEAM,
)
from screens.frame.places import MARKED
from screens.signals.screen import SignalsScreen
from screens.widgets.windowed_list import WindowedList
from tests.screens.small_caseload import fill

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]


@pytest.fixture
def people(case: Case) -> dict[str, int]:
    return fill(case.store)


def lines(app: Any) -> list[str]:
    return [" ".join(line.split()) for line in app.text().splitlines()]


async def test_the_most_pressing_come_first(case: Case, stage: Staged, people: dict[str, int]) -> None:
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = lines(app)
        found = case.store.ask_now(signals.survey)
        assert shown[0] == f"Signals · the whole team {len(found.found) + 1}"
        assert shown[2] == "The team 1"
        assert shown[4] == f"Now {found.severities[3]}"
        assert any("Wk Dina Sæther" in line for line in shown)
        await pilot.press("G")
        await pilot.pause()
        row = app.screen.moving.row
        assert row.sign.severity == 1
        assert row.participant in people.values()


async def test_capacity_is_a_kind_like_the_others(case: Case, stage: Staged, people: dict[str, int]) -> None:
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        title = lines(app)[0]
        await pilot.press("f", "home")
        (everything,) = (line for line in lines(app) if "All signals" in line)
        assert title.split()[-1] == everything.split()[-1]
        listed = [line.lstrip("▌") for line in lines(app)]
        assert "Above capacity 1" in listed
        first = next(place for place, line in enumerate(listed) if line.startswith("All signals"))
        await pilot.press(*["down"] * (listed.index("Above capacity 1") - first), "enter")
        assert len([line for line in lines(app) if "Follows" in line]) == 2
        assert lines(app)[0].startswith("Signals · the whole team 1 only: Above capacity")
        await pilot.press("f", "home")
        assert everything in lines(app)


async def test_the_signals_of_one_are_under_their_name(case: Case, stage: Staged, people: dict[str, int]) -> None:
    app = stage(SignalsScreen(case, people["Dina Sæther"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert lines(app)[0].startswith("Signals · Dina Sæther ")
        await pilot.press("p")
        assert lines(app)[0].startswith("Signals · EX-005 ")


async def test_a_key_opens_whom_it_is_about(case: Case, stage: Staged, people: dict[str, int]) -> None:
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("o")
        assert "This is about a colleague." in app.text()
        await pilot.press("j")
        wanted = app.screen.moving.row.participant
        await pilot.press("o")
        assert app.asked == [(PARTICIPANT, wanted)]


REMEDIES = {
    "consents": MARKED, "withdrawal_unwritten": CONSENTS, "capacity": HAND_OVERS, "no_worker": PERSON,
    "released_unmoved": PHASES, "unverified": MARKED,
    "release_unprepared": PHASES, "silent": PARTICIPANT, "independence": PARTICIPANT, "review_owed": REVIEWS,
    "first_weeks": PARTICIPANT, "preparation_due": PHASES, "worker_away": ABSENCES, "release_list": MARKED,
    "overdue": AGENDA, "review_due": REVIEWS, "application_waiting": APPLICATIONS, "candidate_waiting": INTAKE,
    "phase_out_open": PHASE_OUT, "release_awkward": PERSON, "release_unknown": PERSON, "parole_unasked": PERSON,
    "agency_missing": NETWORK, "long_in_phase": PHASES,
    "discussion_missed": MEETINGS, "topics": ENTRY, "risk_areas": PERSON,
    **dict.fromkeys((rule for rule in LEGEND if is_of(rule, "agreement")), AGREEMENT),
    **dict.fromkeys((rule for rule in LEGEND if is_of(rule, "support_team")), SUPPORT_TEAM),
}  # fmt: skip


@pytest.mark.parametrize("rule", sorted(LEGEND))
async def test_enter_goes_to_where_something_is_done_about_it(
    case: Case, stage: Staged, people: dict[str, int], rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each rule has a place, whatever this caseload happens to show.
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        if rule == "capacity":
            await pilot.press("enter")
        else:
            await pilot.press("j")
            row = app.screen.moving.row
            if is_of(rule, "agreement"):
                row = StaffSign(None, "", "", row.sign, "", agreement=1)
            monkeypatch.setattr(WindowedList, "row", replace(row, sign=replace(row.sign, rule=rule)))
            await pilot.press("enter")
        await pilot.pause()
        assert [asked[0] for asked in app.asked] == [REMEDIES[rule]]


async def test_a_missing_evaluation_leads_to_those_of_the_support_team_that_lasts(
    case: Case, stage: Staged, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("j")
        row = app.screen.moving.row
        ended = case.store.change_now(teams.begin, row.participant, {})
        case.store.change_now(teams.end, ended, None, {"conclusion": "Har fått bolig"})
        lasting = case.store.change_now(teams.begin, row.participant, {})
        monkeypatch.setattr(WindowedList, "row", replace(row, sign=replace(row.sign, rule="team_unevaluated")))
        await pilot.press("enter")
        await pilot.pause()
        assert app.asked == [(EVALUATIONS_OF, "support_team", lasting)]


@pytest.mark.parametrize("language", ["en", "nb"])
async def test_why_a_signal_is_there_is_one_key_away(
    case: Case, stage: Staged, people: dict[str, int], language: str
) -> None:
    words.use(language)
    app = stage(SignalsScreen(case, people["Dina Sæther"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("h")
        text = next(one for one in case.programme.method.signals if one.id == "no_worker")
        shown = " ".join(app.text().split())
        assert str(text.explain) in shown
        assert str(text.source) in shown
        await pilot.press("h")
        assert str(text.explain) not in " ".join(app.text().split())


async def test_a_signal_is_put_aside_with_a_reason_and_woken(case: Case, stage: Staged, people: dict[str, int]) -> None:
    dina = people["Dina Sæther"]
    app = stage(SignalsScreen(case, dina))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = len(case.store.ask_now(signals.of, dina))
        await pilot.press("z", *"Ny ansatt begynner", "tab", *"+1w", "f2")
        await pilot.pause()
        assert len(case.store.ask_now(signals.of, dina)) == before - 1
        assert "1 snoozed" in app.text()
        await pilot.press("v")
        await pilot.pause()
        shown = " ".join(app.text().split())
        assert "until 29.11.2026" in shown
        assert "Snoozed by Kari Nordmann 22.11.2026, until 29.11.2026: Ny ansatt begynner" in shown
        await pilot.press("a")
        await pilot.pause()
        assert "Nothing is snoozed." in app.text()
        assert len(case.store.ask_now(signals.of, dina)) == before
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: the signal unsnoozed · Dina Sæther." in app.text()
        assert len(case.store.ask_now(signals.of, dina)) == before - 1


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["tab", *"+1w", "f2"], "say why it can wait"),
        (
            [*"Fordi", "tab", *"31.12.2099", "f2"],
            "at most 30 days, so to 22.12.2026; then",
        ),
        ([*"Fordi", "tab", *"i dag", "f2"], "choose a day to come"),
    ],
)
async def test_a_signal_is_not_put_aside_without_a_reason_and_a_day(
    case: Case, stage: Staged, people: dict[str, int], keys: list[str], said: str
) -> None:
    app = stage(SignalsScreen(case, people["Dina Sæther"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("z", *keys)
        await pilot.pause()
        assert said in " ".join(app.text().split())
        assert case.store.ask_now(lambda reading: reading.value("SELECT count(*) FROM snooze")) == 0


async def test_one_kind_of_one_worker_s(case: Case, stage: Staged, people: dict[str, int]) -> None:
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("m")
        await pilot.pause()
        assert lines(app)[0].startswith("Signals · Kari Nordmann")
        # The first family, then the first kind of it.
        for keys, told in (
            (("down",), {"release_unprepared", "release_awkward"}),
            (("down", "down"), {"release_unprepared"}),
        ):
            await pilot.press("f", "home", *keys, "enter")
            await pilot.pause()
            rows = [app.screen.moving.row_at(index) for index in range(app.screen.moving.count)]
            assert {row.sign.rule for row in rows} == told
            assert {row.worker_initials for row in rows} == {"KN"}


async def test_a_worker_above_capacity_is_of_the_team(case: Case, stage: Staged, people: dict[str, int]) -> None:
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = lines(app)
        # Five in follow-up and two beside them are the team leader's, whose caseload is limited to four.
        assert "The team 1" in shown
        assert any("Kari Nordmann Follows 5 participants, at most 4" in line for line in shown)
        await pilot.press("g", "z", *"Ola er syk", "tab", *"+2w", "f2")
        await pilot.pause()
        assert "The team 1" not in lines(app)
        assert undo.described("snoozes.put_aside") == "the signal snoozed"


async def test_names_are_hidden(case: Case, stage: Staged, people: dict[str, int]) -> None:
    case.private = True
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert not any(name.split()[-1] in app.text() for name in people)
        assert "EX-005" in app.text()


async def test_a_caseload_without_signals_says_so(case: Case, stage: Staged) -> None:
    app = stage(SignalsScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Nothing to notice here." in app.text()
        await pilot.press("enter")
        assert "No signal is selected." in app.text()


@pytest.mark.parametrize("size", SIZES)
def test_picture(case: Case, stage: Staged, people: dict[str, int], snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(SignalsScreen(case)), terminal_size=size)


def test_picture_of_why(case: Case, stage: Staged, people: dict[str, int], snap_compare: Any) -> None:
    assert snap_compare(stage(SignalsScreen(case)), press=["j", "h"], terminal_size=(80, 24))
