"""The consents of a participant: the matrix, giving, renewing, withdrawing, sharing, and what is said in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from config import words
from config.settings import Settings
from exin_tui.app import ExinApp
from models.consents import answer as consent_answer
from models.consents import consents, disclosures
from models.consents import matrix as consent_matrix
from models.participants import participants
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Contact, Involvement
from models.values.clock import Clock
from screens.consents.disclosure_form import DisclosureForm
from screens.consents.forms import GiveConsentForm, WithdrawConsentForm
from screens.consents.matrix import ConsentsScreen, MatrixList
from screens.forms.conflict import ConflictScreen
from screens.frame.case import Case
from screens.frame.destinations import PARTICIPANT
from screens.widgets.columns import Columns
from tests.screens.board.test_board import press, words_on

Staged = Callable[[Any], Any]
SIZES = [(80, 24), (120, 36)]
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Åse", "family_name": "Sæthre"})


def give(case: Case, participant: int, agency: str, role: str, **more: Any) -> int:
    return case.store.change_now(consents.give, participant, {"agency": agency, "role": role, **more})


@pytest.fixture
def some(case: Case, person: int) -> dict[str, int]:
    """One consent in each state."""
    found = {
        "yes": give(case, person, "prison", "contact_officer", given=TODAY - 20 * DAY, place="Ila",
                    original_at="Perm 3", scope="Soning og løslatelse", limits="Ikke helse"),
        "soon": give(case, person, "nav", "nav_municipal", given=TODAY - 350 * DAY, person="Per Moe"),
        "expired": give(case, person, "nav", "nav_state", given=TODAY - 400 * DAY),
        "withdrawn": give(case, person, "lawyer", "lawyer", given=TODAY - 100 * DAY, person="Ada Lie"),
    }  # fmt: skip
    case.store.change_now(consents.withdraw, found["withdrawn"], 1, TODAY - 3 * DAY, "Brev, perm 3")
    return found


def states(case: Case, person: int) -> dict[tuple[str, str], str]:
    rows = case.store.ask_now(consent_matrix.matrix, person)
    return {(row.role, row.person): row.answer.state for row in rows if row.answer.state != "never"}


def flat(app: Any) -> str:
    return " ".join(app.text().split())


async def to_row(app: Any, pilot: Any, role: str, name: str = "") -> None:
    """Put the mark on a role."""
    rows = app.screen.case.store.ask_now(consent_matrix.matrix, app.screen.participant)
    wanted = next(place for place, row in enumerate(rows) if (row.role, row.person) == (role, name))
    app.screen.moving.go(wanted)
    await pilot.pause()


async def test_every_state_is_said_in_words(case: Case, stage: Staged, person: int, some: dict[str, int]) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = app.text()
        assert "Consents · Åse Sæthre" in text
        assert "Mandatory at intake: ✓ Correctional service" in text
        assert "lacks 1" in text
        await to_row(app, pilot, "contact_officer")
        assert "yes, until 02.11.2027" in app.text()
        assert "original: Perm 3" in app.text()
        assert "limits: Ikke helse" in app.text()
        await to_row(app, pilot, "nav_state")
        assert "yes, only until 07.12.2026" in app.text()
        assert "no: expired 18.10.2026" in app.text()
        await to_row(app, pilot, "lawyer", "Ada Lie")
        assert "no: withdrawn 19.11.2026" in app.text()
        assert "withdrawal: Brev, perm 3" in app.text()
        await pilot.press("p")
        await pilot.pause()
        assert "Ada Lie" not in app.text()
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [None]


async def test_giving_begins_where_the_mark_is_and_ends_within_a_year(case: Case, stage: Staged, person: int) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_row(app, pilot, "nav_state")
        await pilot.press("n")
        await pilot.pause()
        assert "New consent · Åse Sæthre" in app.text()
        app.screen.field("given").focus()
        await pilot.press(*"1.11.2026", "tab")
        await pilot.pause()
        assert app.screen.field("valid_until").written == "01.11.2027"
        await pilot.press("f2")
        await pilot.pause()
        assert "Saved." in app.text()
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [person]
    assert states(case, person) == {("nav_state", ""): "yes"}


async def test_an_end_that_was_chosen_stays(case: Case, stage: Staged, person: int) -> None:
    app = stage(GiveConsentForm(case, person, ("nav", "nav_state", "")))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.field("valid_until").focus()
        await pilot.press(*"1.2.2027", "up")
        await pilot.press(*"1.11.2026", "f2")
        await pilot.pause()
    (one,) = case.store.ask_now(consent_answer.held, person)
    assert (one.given, one.valid_until, one.obtained_name) == (date(2026, 11, 1), date(2027, 2, 1), "Kari Nordmann")


async def test_the_roles_follow_the_agency(case: Case, stage: Staged, person: int) -> None:
    app = stage(GiveConsentForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert app.screen.field("agency").written == "lawyer"
        assert app.screen.field("role").written == "lawyer"
        assert "A consent for Lawyer names a person." in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert app.screen.focused is app.screen.field("person")
        assert "Person: a consent for Lawyer names a person; write who it is." in " ".join(app.text().split())
        await pilot.press(*"Ada Lie", "f2")
        await pilot.pause()
    assert states(case, person) == {("lawyer", "Ada Lie"): "yes"}


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("given", "i morgen", "Given: the date is in the future"),
        ("valid_until", "1.11.2026", "Valid until: 01.11.2026 is before the consent was given, 22.11.2026."),
        ("valid_until", "23.11.2027", "must be renewed within 12 months, so by 22.11.2027."),
        ("valid_until", "tull", "is not a date"),
    ],
)
async def test_impossible_days_are_said_at_their_field(
    case: Case, stage: Staged, person: int, key: str, typed: str, sentence: str
) -> None:
    app = stage(GiveConsentForm(case, person, ("nav", "nav_state", "")))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.field("valid_until").put("22.11.2027")
        await pilot.pause()
        app.screen.field(key).focus()
        await pilot.press(*typed)
        app.screen._followed = ""
        await pilot.press("f2")
        await pilot.pause()
        assert app.answers == []
        assert sentence in " ".join(app.text().split())
        assert app.screen.focused is app.screen.field(key)
    assert case.store.ask_now(consent_answer.held, person) == ()


async def test_renewing_takes_the_sheet_over(case: Case, stage: Staged, person: int, some: dict[str, int]) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_row(app, pilot, "nav_municipal", "Per Moe")
        await pilot.press("f")
        await pilot.pause()
        assert "Nav, Municipal caseworker, Per Moe" in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert "yes, until 22.11.2027" in app.text()
    assert states(case, person)["nav_municipal", "Per Moe"] == "yes"


async def test_withdrawing_asks_where_the_writing_is_kept(
    case: Case, stage: Staged, person: int, some: dict[str, int]
) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_row(app, pilot, "contact_officer")
        await pilot.press("w")
        await pilot.pause()
        assert "Without a place it counts as said aloud" in flat(app)
        await pilot.press("down", *"Perm 4")
        await pilot.pause()
        assert "counts as said aloud" not in flat(app)
        await pilot.press("up", *"1.11.2026", "f2")
        await pilot.pause()
        assert "Withdrawn: 01.11.2026 is before the consent was given, 02.11.2026." in app.text()
        await pilot.press("ctrl+u", *"20.11", "f2")
        await pilot.pause()
        assert "no: withdrawn 20.11.2026" in app.text()
        await pilot.press("w")
        await pilot.pause()
        assert "It was withdrawn 20.11.2026." in app.text()
        await pilot.press("u")
        await pilot.pause()
        assert "Undone: the withdrawal of the consent · " in app.text()
    assert states(case, person)["contact_officer", ""] == "yes"


async def test_what_was_said_aloud_stops_the_sharing_and_the_writing_is_noted_with_the_same_key(
    case: Case, stage: Staged, person: int, some: dict[str, int]
) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_row(app, pilot, "contact_officer")
        await pilot.press("w", "f2")
        await pilot.pause()
        assert "no: withdrawn orally 22.11.2026" in flat(app)
        assert "the written confirmation is missing" in flat(app)
        assert states(case, person)["contact_officer", ""] == "withdrawn"
        await pilot.press("w")
        await pilot.pause()
        assert "Withdrawn orally 22.11.2026." in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert "Where it is kept: say where the written confirmation is." in app.text()
        await pilot.press(*"Perm 4", "f2")
        await pilot.pause()
        assert "no: withdrawn 22.11.2026" in app.text()
        assert "withdrawal: Perm 4" in flat(app)
        await pilot.press("w")
        await pilot.pause()
        assert "It was withdrawn 22.11.2026." in app.text()


async def test_the_weaker_yes_is_a_choice_of_the_sheet_and_of_what_was_said(
    case: Case, stage: Staged, person: int, some: dict[str, int]
) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 30)) as pilot:
        await to_row(app, pilot, "nav_state")
        await pilot.press("n")
        await pilot.pause()
        app.screen.query_one("#field-only_known").focus()
        await pilot.press("right", "f2")
        await pilot.pause()
        assert "may only know, until 22.11.2027" in flat(app)
        assert "They may know that the participant works with EX/IN, and no more" in flat(app)
        assert states(case, person)["nav_state", ""] == "known"
        await pilot.press("d")
        await pilot.pause()
        assert app.screen.query_one("#field-only_known").display
        assert "NOT covered: They may know" in flat(app)
        app.screen.query_one("#field-what").focus()
        await pilot.press(*"Er med", "tab", "right")
        await pilot.pause()
        assert not app.screen.query_one("#field-ground").display
        await pilot.press("f2")
        await pilot.pause()
    shared = case.store.ask_now(disclosures.of, person)
    assert [(one.what, one.flagged) for one in shared if one.role == "nav_state"] == [("Er med", False)]


async def test_a_withdrawal_noted_by_a_colleague_meanwhile_is_a_conflict(
    case: Case, colleague: Store, stage: Staged, person: int, some: dict[str, int]
) -> None:
    app = stage(WithdrawConsentForm(case, person, some["yes"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", *"Perm 4")
        colleague.change_now(consents.withdraw, some["yes"], 1, TODAY - DAY, "Skap 1")
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, ConflictScreen)
        assert "Skap 1" in app.text()
        assert "Perm 4" in app.text()
        assert "21.11.2026" in app.text()
        await pilot.press("enter", "m")
        await pilot.pause()
        assert "withdrawn already, 21.11.2026" in app.text()


async def test_a_consent_is_opened_and_ended_earlier(
    case: Case, stage: Staged, person: int, some: dict[str, int]
) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_row(app, pilot, "contact_officer")
        await pilot.press("enter", "e")
        await pilot.pause()
        app.screen.field("valid_until").focus()
        await pilot.press(*"21.11.2026", "f2")
        await pilot.pause()
        assert "no: expired 21.11.2026" in app.text()
    one = case.store.ask_now(consent_matrix.one, person, some["yes"])
    assert (one.limits, one.version) == ("Ikke helse", 2)


async def test_keys_that_have_nothing_to_do_say_so(case: Case, stage: Staged, person: int) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("f", "e", "w", "enter"):
            await pilot.press(key)
            await pilot.pause()
            assert "No consent was given here yet: n gives one." in app.text()
        case.store.actor = replace(case.store.actor, role="reader")
        for key in ("n", "d", "x"):
            await pilot.press("up", key)
            await pilot.pause()
            assert "read access only" in app.text()


async def test_history_shows_every_sheet_and_what_was_shared(
    case: Case, stage: Staged, person: int, some: dict[str, int]
) -> None:
    case.store.change_now(consents.renew, some["soon"], {"given": TODAY - DAY})
    case.store.change_now(
        disclosures.record, person, {"agency": "nav", "role": "nav_municipal", "person": "Per Moe", "what": "Dato"}
    )
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_row(app, pilot, "nav_municipal", "Per Moe")
        await pilot.press("h")
        await pilot.pause()
        text = app.text()
        assert "21.11.2026 – 21.11.2027" in text
        assert "07.12.2025 – 07.12.2026" in text
        assert "Dato" in text
        await pilot.press("q", "s")
        await pilot.pause()
        assert "Shared · Åse Sæthre" in app.text()
        assert "Dato" in app.text()


async def test_ending_all_shows_first_whom_to_tell(
    case: Case, stage: Staged, person: int, some: dict[str, int]
) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert "Per Moe" in app.text()
        assert "Correctional service" in app.text()
        assert "Ada Lie" not in app.text(), "a consent that was withdrawn is told of already"
        await pilot.press("escape")
        await pilot.pause()
        assert states(case, person)["contact_officer", ""] == "yes"
        await pilot.press("x", "f2")
        await pilot.pause()
        assert "The consents end today." in app.text()
    assert case.store.ask_now(consent_answer.answer, person, "prison", "contact_officer", "", TODAY).covered
    assert not case.store.ask_now(consent_answer.answer, person, "prison", "contact_officer", "", TODAY + DAY).covered


# ---------------------------------------------------------------------- sharing


async def test_whether_it_is_covered_is_said_while_filling_in(
    case: Case, stage: Staged, person: int, some: dict[str, int]
) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_row(app, pilot, "contact_officer")
        await pilot.press("d")
        await pilot.pause()
        assert "Covered: Consent until 02.11.2027." in app.text()
        assert "limits: Ikke helse" in app.text()
        assert "Ground" not in app.text()
        app.screen.field("day").focus()
        await pilot.press(*"1.11.2026")
        await pilot.pause()
        assert "NOT covered: Consent was never given." in app.text()
        assert "Ground" in app.text()
        await pilot.press("ctrl+u", *"22.11")
        await pilot.press("tab", *"Dato for løslatelse", "f2")
        await pilot.pause()
        assert "Saved." in app.text()
    (one,) = case.store.ask_now(disclosures.of, person)
    assert (one.flagged, one.consent, one.what) == (False, some["yes"], "Dato for løslatelse")


async def test_without_cover_the_ground_is_asked_for_and_it_stands_out(
    case: Case, stage: Staged, person: int, some: dict[str, int]
) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_row(app, pilot, "lawyer", "Ada Lie")
        await pilot.press("d")
        await pilot.pause()
        assert "NOT covered: Consent was withdrawn 19.11.2026." in app.text()
        assert "No consent covers this." in app.text()
        app.screen.field("what").focus()
        await pilot.press(*"Ny adresse", "f2")
        await pilot.pause()
        assert app.screen.focused is app.screen.field("ground")
        assert "Say the legal ground it rests on." in " ".join(app.text().split())
        await pilot.press("c", "f2")
        await pilot.pause()
        assert "1 shared without consent" in app.text()
        await pilot.press("s")
        await pilot.pause()
        assert "Without consent. Ground: Child Welfare Act § 13-2 (duty to report" in flat(app)
    (one,) = case.store.ask_now(disclosures.of, person)
    assert (one.flagged, one.consent, one.ground) == (True, None, "bvl_13_2")


async def test_where_no_ground_fits_ones_own_words_are_asked_for(
    case: Case, stage: Staged, person: int, some: dict[str, int]
) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_row(app, pilot, "lawyer", "Ada Lie")
        await pilot.press("d")
        await pilot.pause()
        assert "Which ground" not in app.text()
        app.screen.field("what").focus()
        await pilot.press(*"Ny adresse", "tab", "a")
        await pilot.pause()
        assert "Which ground" in app.text()
        await pilot.press("f2")
        await pilot.pause()
        assert app.screen.focused is app.screen.field("own_words")
        assert "another ground needs your own words" in " ".join(app.text().split())
        await pilot.press(*"Rettens beslutning", "f2")
        await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        assert "Without consent. Ground: Rettens beslutning" in app.text()
    (one,) = case.store.ask_now(disclosures.of, person)
    assert (one.flagged, one.ground) == (True, "Rettens beslutning")


@pytest.fixture
def linked(case: Case, person: int) -> int:
    """Per Moe of NAV is linked to the participant."""

    @action("test_consents_screen.link")
    def link(work: Work) -> int:
        contact = work.insert(Contact, name="Per Moe", agency="nav", role="nav_municipal", created_at=0)
        work.insert(Involvement, participant=person, contact=contact, agency="nav", role="nav_municipal", since=TODAY)
        return contact

    return case.store.change_now(link)


async def test_a_contact_person_fills_the_form_in(
    case: Case, stage: Staged, person: int, some: dict[str, int], linked: int
) -> None:
    app = stage(DisclosureForm(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Per Moe (Nav, Municipal caseworker)" in app.text()
        assert "Covered: Consent until 07.12.2026, 15 days left: renew it." in app.text()
        app.screen.field("what").focus()
        await pilot.press(*"Dato")
        app.screen.field("role").focus()
        await pilot.press("right")
        await pilot.pause()
        assert app.screen.field("contact").written == "", "another role is not that contact person"
        assert "NOT covered" in app.text()
        app.screen.field("contact").focus()
        await pilot.press("right", "f2")
        await pilot.pause()
    (one,) = case.store.ask_now(disclosures.of, person)
    assert (one.contact, one.person, one.role, one.consent) == (linked, "Per Moe", "nav_municipal", some["soon"])


# ---------------------------------------------------------------------- unfinished forms


async def test_an_unfinished_form_keeps_whom_it_is_for(case: Case, stage: Staged, person: int) -> None:
    app = stage(ConsentsScreen(case, person))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_row(app, pilot, "lawyer")
        await pilot.press("n")
        app.screen.field("person").focus()
        await pilot.press(*"Ada", "escape")
        await to_row(app, pilot, "nav_state")
        await pilot.press("n")
        await pilot.pause()
        assert "You left this unfinished" in app.text()
        assert [app.screen.field(key).written for key in ("agency", "role", "person")] == ["lawyer", "lawyer", "Ada"]


# ---------------------------------------------------------------------- in the whole program


async def test_from_the_participant_and_back_to_the_timeline(store: Store, clock: Clock) -> None:
    number = store.change_now(participants.add, {"given_name": "Åse", "family_name": "Sæthre"})
    app = ExinApp(Settings(language="en", board_scope="team"), store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await app.open(PARTICIPANT, number)
        await press(pilot, "s")
        assert isinstance(app.screen, ConsentsScreen)
        await press(pilot, "n", "f2", "escape")
        assert "Consent given until 22.11.2027: Correctional service" in words_on(app)
        await press(pilot, "s", "n")
        await press(pilot, "right", "escape", "escape", "D", "enter")
        assert isinstance(app.screen, GiveConsentForm)
        await press(pilot, "escape", "escape", "s", "x", "f2", "escape")
        assert "No consent holds after 22.11.2026. To be told:" in words_on(app)


# ---------------------------------------------------------------------- looks


@pytest.mark.parametrize("size", SIZES)
def test_it_looks_right(
    case: Case, stage: Staged, person: int, some: dict[str, int], snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(ConsentsScreen(case, person)), terminal_size=size, press=["down"])


@pytest.mark.parametrize("size", SIZES)
def test_giving_looks_right(case: Case, stage: Staged, person: int, snap_compare: Any, size: tuple[int, int]) -> None:
    assert snap_compare(stage(GiveConsentForm(case, person, ("lawyer", "lawyer", ""))), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_sharing_without_cover_looks_right(
    case: Case, stage: Staged, person: int, some: dict[str, int], snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(DisclosureForm(case, person, ("nav", "nav_state", "Kim"))), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_ending_looks_right(
    case: Case, stage: Staged, person: int, some: dict[str, int], snap_compare: Any, size: tuple[int, int]
) -> None:
    assert snap_compare(stage(ConsentsScreen(case, person)), terminal_size=size, press=["x"])


@pytest.mark.parametrize("size", SIZES)
def test_history_looks_right(
    case: Case, stage: Staged, person: int, some: dict[str, int], snap_compare: Any, size: tuple[int, int]
) -> None:
    case.store.change_now(consents.renew, some["yes"], {"given": TODAY - DAY})
    values = {"agency": "prison", "role": "contact_officer", "what": "Dato for løslatelse", "person": "Kim"}
    case.store.change_now(disclosures.record, person, values)
    assert snap_compare(stage(ConsentsScreen(case, person)), terminal_size=size, press=["down", "h"])


@pytest.mark.parametrize("language", ["nb", "en"])
def test_at_eighty_columns_no_role_is_cut_beside_free_room(case: Case, some: dict[str, int], language: str) -> None:
    (person,) = {row for (row,) in case.store.ask_now(lambda reading: reading.sql("SELECT id FROM participant"))}
    for _once in range(2):
        give(case, person, "nav", "nav_municipal", given=TODAY - 350 * DAY, person="Per Moe")
    rows = case.store.ask_now(consent_matrix.matrix, person)
    words.use(language)
    matrix, columns = MatrixList(case), Columns()
    for row in rows:
        columns.read(matrix.cells(row, 0))
    drawn = ["".join(text for text, _style in columns.line(matrix.cells(row, 0), 79)) for row in rows]
    assert not any("…" in line for line in drawn)
    assert max(map(len, drawn)) <= 79
    assert any("3 " in line for line in drawn)
