"""Every way into a participant's file is in the access log, every paper and every export too, and none of the text.

The ways are found and not listed: a new route, screen or paper is in the log, or here it fails.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from config.programme.shapes import Programme
from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.access import visits
from models.access.visits import EXPORTED, FOUND, OPENED, PRINTED, Visit
from models.consents import consents
from models.contacts import network, people
from models.evaluations import evaluations
from models.goals import reading as goal_reading
from models.intake import intakes
from models.meetings import meetings
from models.participants import participants
from models.phase_outs import phase_outs
from models.phases import phases
from models.plans import appointments
from models.reviews import reading as review_reading
from models.reviews import reviews
from models.signals import listing as signals
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.support_teams import teams as support_teams
from models.team import staff
from models.values.clock import Clock
from models.vault import sealed
from screens.access.log import VisitsPaperScreen, VisitsScreen
from screens.board.screen import BoardScreen
from screens.checklists.checklist import ChecklistScreen
from screens.contacts.agency_paper import AgencyPaperScreen
from screens.contacts.team_list import TeamPaperScreen
from screens.cooperation.paper import SteeringAgendaScreen
from screens.evaluations.result import ReportScreen
from screens.figures.writing import FiguresPaperScreen
from screens.frame.case import Case
from screens.frame.destinations import MEETING, PARTICIPANT, REVIEW
from screens.frame.route import Route
from screens.frame.screen import CaseScreen
from screens.gatherings.paper import GatheringPaperScreen
from screens.meetings.minutes import MinutesScreen
from screens.meetings.monthly import MonthlyPaperScreen
from screens.paper.document import DocumentScreen
from screens.paper.screen import PaperScreen
from screens.participant.goal_form import StepForm
from screens.plans.agenda import AgendaScreen
from screens.reviews.sealed import ReviewNoteForm, SealedReviewScreen
from screens.reviews.team_list import TeamReviewsPaperScreen
from screens.signals.snooze_form import SnoozeForm
from screens.team.hand_overs import HandOverBriefScreen
from tests.conftest import PASSPHRASE
from tests.models.case_sample import COLLEAGUES, WEAK, rows
from tests.screens.frame.test_routes import CALLS, screens_of_the_case, values
from tests.screens.reviews.review_case import answered, enter

Staged = Callable[[Any], Any]
Session = Callable[[str], Store]
CANARY = "kanarifugl"
TEAM = Settings(language="en", board_scope="team")

NOT_OF_ONE = {
    "AnswersScreen", "CountsForm", "EvaluationForm", "EvaluationsScreen", "ResultScreen", "SheetsScreen",
    "AbsenceForm", "AbsencesScreen", "AgreedScreen", "BehindScreen", "BoardScreen", "CandidatesScreen", "CaseloadForm",
    "ChooserScreen", "ConflictScreen", "ContactChooser", "ContactForm", "DayPrompt", "DraftsScreen", "HandOversScreen",
    "HelpScreen", "KeptPrompt", "LockScreen", "MeetingLine", "MonthlyPaperScreen", "MonthlyScreen", "OpenItemsScreen",
    "OwnTemplatesScreen", "TemplateChooser",
    "PaletteScreen", "PeopleScreen", "ProgrammeScreen", "PromptScreen", "RecordEachForm", "ReferralForm",
    "FigureScreen", "FiguresPaperScreen", "FiguresScreen", "SearchScreen", "SettingsScreen",
    "StandupScreen", "TeamListScreen", "ToldScreen", "TeamPaperScreen", "TeamReviewsPaperScreen",
    "TeamReviewsScreen", "ReadingScreen", "AnswerForm", "OpeningForm",
    "AgreementForm", "AgreementPaperScreen", "AgreementScreen", "AgreementsScreen", "PartForm", "SteeringAgendaScreen",
    "SteeringScreen",
    "AgencyPaperScreen", "AttendanceScreen", "ConsultationForm", "GatheringForm", "GatheringPaperScreen",
    "GatheringScreen", "GatheringsScreen", "InvitationForm", "MemberForm", "MembersScreen", "ReportScreen",
    "SideBySideScreen", "StabilityScreen", "TaskForm", "TopicForm",
    "RestrictedScreen", "UsersScreen", "NewUserForm", "FirstPassphraseForm", "OwnPassphraseForm", "RecoveryKeyScreen",
}  # fmt: skip
"""Screens of many participants or of none, and what is asked over another screen: looking at them is no visit."""
ABOUT_NOBODY: set[type[DocumentScreen]] = {FiguresPaperScreen, GatheringPaperScreen, SteeringAgendaScreen}
"""Papers in which no participant is named."""
ABOUT_THE_LOG = {VisitsScreen, VisitsPaperScreen}
"""They tell who has looked, and nothing of the file."""
OF_SOMETHING_ELSE = {
    "ChecklistScreen", "MeetingScreen", "MinutesScreen", "ParticipantScreen", "ReviewNoteForm", "ReviewScreen",
    "SealedReviewScreen", "SnoozeForm", "StepForm",
}  # fmt: skip
"""Screens of one participant that are made of something else: each has a test below."""


@pytest.fixture
def person(case: Case) -> int:
    """Somebody of whom there is one of everything, with a way out and a new intake going on."""
    store = case.store
    number = enter(store)
    store.change_now(timeline.record, number, {"kind": "phone", "text": f"{CANARY} ringte", "topic": CANARY})
    store.change_now(appointments.add, number, {"title": CANARY, "at": store.clock.seconds() + 90_000})
    store.change_now(phase_outs.begin, number, "own_wish")
    return number


@pytest.fixture
def session(store: Store, vault_folder: Path, clock: Clock, programme: Programme) -> Iterator[Session]:
    """Open the vault for a colleague who is taken into the team."""
    with ExitStack() as stack:

        def opened(user: str) -> Store:
            slot = store.unlocked.add_slot(user, PASSPHRASE, kdf=WEAK)
            store.change_now(staff.join, user, *COLLEAGUES[user], slot)
            other = Store(sealed.unlock(vault_folder, user, PASSPHRASE), clock, programme)
            stack.enter_context(closing(other))
            other.open()
            return other

        yield opened


@pytest.fixture
def candidate(case: Case) -> int:
    return case.store.change_now(intakes.refer, {"given_name": "Nils"}, "Friomsorgen", "kjent fra før")


def log(store: Store, participant: int) -> list[Visit]:
    return store.ask_now(visits.of, participant)


def first(store: Store, table: str, participant: int) -> int:
    return int(rows(store, f"SELECT min(id) FROM {table} WHERE participant_id = ?", participant)[0][0])


# ---------------------------------------------------------------------- every route


def ways_in() -> list[tuple[str, Route[...], tuple[str, ...]]]:
    """Every route whose screen is made of a participant, with the names of what it is called with."""
    found = {}
    for module, node in CALLS:
        route, given = values(module, node)
        taker = route.load()
        if route.kept:
            taker = taker.turn_to
        names = [name for name in inspect.signature(taker).parameters if name not in ("self", "case")][: len(given)]
        if "participant" in names:
            found[f"{route.module}.{route.name}-{len(names)}"] = (route, tuple(names))
    return [(id, *found[id]) for id in sorted(found)]


WAYS = ways_in()
AT_THE_INTAKE = {"screens.intake.forms.TalkForm"}
"""What only a candidate has."""
WITH_THE_MARK_ON = {"screens.contacts.team_list.TeamListScreen", "screens.plans.agenda.near"}
"""Lists of many, opened with the mark on somebody's line: no look at their file."""


def test_there_are_ways_in() -> None:
    assert len(WAYS) > 30


@pytest.mark.parametrize(("route", "names"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
async def test_every_way_into_a_file_is_logged(
    store: Store, clock: Clock, person: int, candidate: int, route: Route[...], names: tuple[str, ...], case: Case
) -> None:
    whom = candidate if f"{route.module}.{route.name}" in AT_THE_INTAKE else person
    given = {
        "participant": lambda: whom,
        "entry": lambda: int(rows(store, "SELECT max(id) FROM entry WHERE kind = 'phone'")[0][0]),
        "appointment": lambda: first(store, "appointment", whom),
        "number": lambda: None,
        "field": lambda: "phone",
        "id": lambda: "note",
        "plan": lambda: None,
        "domain": lambda: "housing",
        "until": lambda: None,
        "kind": lambda: "mapping",
    }
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        assert log(store, whom) == []
        await app.open(route, *(given[name]() for name in names))
        await pilot.pause()
        assert not isinstance(app.screen, BoardScreen)
    of_none = route.load() in ABOUT_THE_LOG or f"{route.module}.{route.name}" in WITH_THE_MARK_ON
    expected = [] if of_none else [OPENED]
    assert [one.kind for one in log(store, whom)] == expected
    assert CANARY not in repr(rows(store, "SELECT * FROM visit")).casefold()


# ---------------------------------------------------------------------- every screen


def is_whole(screen: type[CaseScreen[Any]]) -> bool:
    """Whether it is shown itself, and not only what others are built on."""
    return not screen.__subclasses__() or screen.__name__ in (
        "ConflictScreen", "ContactForm", "PromptScreen", "RecordForm", "EndConsentsScreen", "KeptPrompt"
    )  # fmt: skip


def made_of_a_participant() -> list[type[CaseScreen[Any]]]:
    found = [each for each in screens_of_the_case() if "participant" in inspect.signature(each.__init__).parameters]
    those = {each for each in found if is_whole(each) and each.__name__ not in NOT_OF_ONE} - ABOUT_THE_LOG
    return sorted(those, key=lambda each: each.__name__)


@pytest.mark.parametrize("screen", made_of_a_participant(), ids=lambda each: each.__name__)
def test_a_screen_made_of_a_participant_says_whom_it_shows(case: Case, screen: type[CaseScreen[Any]]) -> None:
    wanted = [each for each in inspect.signature(screen).parameters.values() if each.default is each.empty][1:]
    others = {each.name: _like(each.name) for each in wanted if each.name != "participant"}
    assert screen(case, participant=7, **others).looked_at == 7


def _like(name: str) -> Any:
    """Something to make a screen of, as long as nothing of it is shown."""
    return {
        "who": "",
        "appointment": 1,
        "span": None,
        "line": None,
        "told": 1,
        "consent": 1,
        "reason": "",
        "meeting": 1,
        "answer": 1,
        "domain": "housing",
        "team": 1,
        "count": "helpers",
        "months": 6,
        "whom": {},
        "plan": None,
        "wanted": [("nav", "nav_state", "")],
    }[name]


def test_every_other_screen_is_known_to_be_of_many_or_has_a_test_of_its_own() -> None:
    """A new screen is put where it belongs: it is made of a `participant`, or somebody has thought of it."""
    others = {
        each.__name__
        for each in screens_of_the_case()
        if is_whole(each) and "participant" not in inspect.signature(each.__init__).parameters
    }
    assert others - NOT_OF_ONE - OF_SOMETHING_ELSE == set()
    for name in NOT_OF_ONE:
        assert name not in OF_SOMETHING_ELSE


@pytest.fixture
def something_else(case: Case, person: int) -> dict[str, Callable[[], Any]]:
    """By the screen's name, what opens it."""
    store = case.store
    review = store.change_now(reviews.begin, person, "2_3")
    answered(store, review)
    old = store.change_now(reviews.begin, person, "1_2")
    store.change_now(reviews.discard, old, 1)
    meeting = store.change_now(meetings.open_, "support", person)
    goal = store.ask_now(goal_reading.of, person)[0]
    line = store.ask_now(signals.listing)[0]
    file = store.ask_now(review_reading.file_of, review)
    return {
        "ChecklistScreen": lambda: ChecklistScreen(case, first(store, "checklist", person)),
        "MeetingScreen": lambda: MEETING(case, meeting),
        "MinutesScreen": lambda: MinutesScreen(case, meeting),
        "ReviewNoteForm": lambda: ReviewNoteForm(case, review),
        "ReviewScreen": lambda: REVIEW(case, review),
        "SealedReviewScreen": lambda: SealedReviewScreen(case, file),
        "SnoozeForm": lambda: SnoozeForm(case, line),
        "StepForm": lambda: StepForm(case, goal),
    }


@pytest.mark.parametrize("name", sorted(OF_SOMETHING_ELSE - {"ParticipantScreen"}))
async def test_a_screen_made_of_something_of_a_participants_is_logged(
    case: Case, stage: Staged, person: int, something_else: dict[str, Callable[[], Any]], name: str
) -> None:
    made = something_else[name]()
    screen = await made if inspect.isawaitable(made) else made
    assert type(screen).__name__ == name
    app = stage(screen)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
    assert [one.kind for one in log(case.store, person)] == [OPENED]


# ---------------------------------------------------------------------- by keyboard


async def test_a_day_by_keyboard_has_one_row_a_visit(store: Store, clock: Clock) -> None:
    """Back and forth between two files and what lies in them, prints aside."""
    people = [store.change_now(participants.add, {"given_name": name}) for name in ("Ada", "Bo")]
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert rows(store, "SELECT count(*) FROM visit") == [(0,)]
        for _round in range(3):
            await pilot.press("enter")
            for keys in ("s", "m", "v", "c", "o", "y", "w", "a", "z", "i"):
                await pilot.press(keys, "escape")
            await pilot.press("n", "b", "n", "b", "r", "escape", "e", "escape", "V", "escape", "q")
            await pilot.press("slash", *"Ada", "enter", "escape", "escape")
            while not isinstance(app.screen, BoardScreen):
                await pilot.press("escape")
    assert sorted(rows(store, "SELECT participant, count(*) FROM visit GROUP BY 1")) == [(one, 1) for one in people]


async def test_a_hit_that_is_opened_was_found_and_one_that_is_listed_was_not(
    store: Store, clock: Clock, person: int
) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *CANARY)
        await pilot.pause(0.2)
        assert log(store, person) == []
        await pilot.press("enter")
        await pilot.pause()
    assert [one.kind for one in log(store, person)] == [FOUND]
    assert CANARY not in repr(rows(store, "SELECT * FROM visit")).casefold()


async def test_a_readers_visit_is_written(session: Session, person: int, clock: Clock) -> None:
    lise = session("lise")
    app = ExinApp(TEAM, lise, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, person)
        await pilot.pause()
    assert [(one.user, one.relation) for one in log(lise, person)] == [("lise", "other")]


async def test_what_cannot_be_written_is_told_and_kept(store: Store, clock: Clock, person: int) -> None:
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        store._looks.waiting.extend(visits.Look(person, PRINTED, 1) for _one in range(2_000))
        rows(store, f"PRAGMA max_page_count = {rows(store, 'PRAGMA page_count')[0][0]}")
        await app.open(PARTICIPANT, person)
        await pilot.pause()
        shown = "\n".join("".join(one.text for one in line) for line in app.screen._compositor.render_strips())
        assert "full" in shown
        rows(store, "PRAGMA max_page_count = 1000000")
    store.write_looks_now()
    assert len(log(store, person)) == 2_001


async def test_whoever_opens_and_leaves_at_once_is_in_the_log(store: Store, clock: Clock, session: Session) -> None:
    ola = session("ola")
    person = store.change_now(participants.add, {"given_name": "Ada"})
    app = ExinApp(TEAM, ola, clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, person)
        ola.look(person)
        app.exit()
    ola.close()
    assert len(log(store, person)) == 1


# ---------------------------------------------------------------------- every paper


def evaluation_of(store: Store, person: int) -> int:
    """An evaluation of the participant's support team."""
    team = store.change_now(support_teams.begin, person, {"agency": "nav", "own_words": CANARY, "in_on_it": "yes"})
    return store.change_now(evaluations.begin, "support_team", team, {"form": "support_team"})


def papers() -> list[type[DocumentScreen]]:
    """Every paper on which somebody may stand."""
    found = [each for each in screens_of_the_case() if issubclass(each, DocumentScreen) and not each.__subclasses__()]
    return sorted(set(found) - ABOUT_NOBODY, key=lambda each: each.__name__)


@pytest.mark.parametrize("paper", papers(), ids=lambda each: each.__name__)
async def test_every_paper_about_somebody_is_logged_before_it_is_written(
    case: Case, stage: Staged, person: int, tmp_path: Path, paper: type[DocumentScreen]
) -> None:
    store = case.store
    if paper is MonthlyPaperScreen:
        store.change_now(phases.begin, person, 3, store.clock.today(), ending=(2,))
    if paper is AgencyPaperScreen:
        given = {"agency": "nav", "role": "nav_municipal", "given": store.clock.today()}
        store.change_now(consents.give, person, given)
        who = store.change_now(people.add, {"name": "Tor Moe", "agency": "nav", "role": "nav_municipal"})
        store.change_now(network.involve, person, who)
    made: dict[type[DocumentScreen], Callable[[], DocumentScreen]] = {
        AgencyPaperScreen: lambda: AgencyPaperScreen(case, "nav"),
        HandOverBriefScreen: lambda: HandOverBriefScreen(case, person),
        MinutesScreen: lambda: MinutesScreen(case, store.change_now(meetings.open_, "support", person)),
        MonthlyPaperScreen: lambda: MonthlyPaperScreen(case, store.clock.today().replace(day=1)),
        PaperScreen: lambda: PaperScreen(case, person),
        ReportScreen: lambda: ReportScreen(case, (evaluation_of(store, person),)),
        SealedReviewScreen: lambda: SealedReviewScreen(
            case, store.ask_now(review_reading.file_of, store.change_now(reviews.begin, person, "2_3"))
        ),
        TeamPaperScreen: lambda: TeamPaperScreen(case),
        TeamReviewsPaperScreen: lambda: TeamReviewsPaperScreen(case),
        VisitsPaperScreen: lambda: VisitsPaperScreen(case, person),
    }
    screen = made[paper]()
    app = stage(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert PRINTED not in [one.kind for one in log(store, person)]
        # Where it cannot be written the log knows of it already: it goes before the paper.
        await screen._write(case.out_place.file(str(tmp_path / "paper.pdf"), ".pdf"))
        assert (tmp_path / "paper.pdf").is_file()
    assert [one.kind for one in log(store, person)].count(PRINTED) == 1
    assert CANARY not in repr(rows(store, "SELECT * FROM visit")).casefold()


async def test_a_blank_paper_is_about_nobody(case: Case, stage: Staged, person: int, tmp_path: Path) -> None:
    screen = PaperScreen(case, person)
    app = stage(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f")
        await screen._write(case.out_place.file(str(tmp_path / "paper.pdf"), ".pdf"))
    assert [one.kind for one in log(case.store, person)] == [OPENED]


async def test_minutes_are_about_whom_they_speak_of(case: Case, stage: Staged, person: int, tmp_path: Path) -> None:
    store = case.store
    other = store.change_now(participants.add, {"given_name": "Nils"})
    meeting = store.change_now(meetings.open_, "weekly")
    store.change_now(meetings.add, meeting, "note", CANARY, person)
    screen = MinutesScreen(case, meeting)
    app = stage(screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await screen._write(case.out_place.file(str(tmp_path / "minutes.pdf"), ".pdf"))
    assert [one.kind for one in log(store, person)] == [PRINTED]
    assert log(store, other) == []


async def test_a_calendar_file_is_an_export_of_whom_it_holds(
    case: Case, stage: Staged, person: int, candidate: int, tmp_path: Path
) -> None:
    app = stage(AgendaScreen(case))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        # The whole team's, by codes alone.
        await pilot.press("m", "z", "c", "ctrl+u", *str(tmp_path / "plan.ics"), "enter")
        await pilot.pause()
    assert (tmp_path / "plan.ics").is_file()
    assert [one.kind for one in log(case.store, person)] == [EXPORTED]
    assert log(case.store, candidate) == []


# ---------------------------------------------------------------------- many


@action("test_looks.crowd")
def crowd(work: Work, count: int) -> None:
    for number in range(count):
        participants.add(work, {"given_name": f"Nr {number}", "worker": None})


@pytest.mark.slow
async def test_five_thousand_participants_change_nothing(store: Store, clock: Clock) -> None:
    store.change_now(crowd, 5_000)
    everybody = [number for (number,) in rows(store, "SELECT id FROM participant")]
    store.log_now(everybody, PRINTED)
    assert rows(store, "SELECT count(*) FROM visit") == [(5_000,)]
    app = ExinApp(TEAM, store, clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await app.open(PARTICIPANT, everybody[2_500])
        await pilot.pause()
    assert [one.kind for one in log(store, everybody[2_500])] == [OPENED, PRINTED]
