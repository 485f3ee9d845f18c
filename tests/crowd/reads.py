"""What the screens ask, the exports and papers write and the tables hold, asked by a session of the crowd."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models import board, timeline
from models.checklists import open_items
from models.checklists import reading as checklists
from models.consents import disclosures, matrix
from models.contacts import network, register, team_list
from models.contacts.register import PeopleQuery
from models.export import whole as export
from models.goals import reading as goals
from models.hand_overs import brief, hand_overs
from models.intake import reading as intake
from models.intake import waiting
from models.meetings import monthly
from models.meetings import reading as meetings
from models.paper import documents
from models.participants import participants, spending
from models.phase_outs import file as phase_outs
from models.plans import agenda, applications, appointments, calendar, tasks
from models.restrictions import restrictions
from models.reviews import of_team
from models.reviews import reading as reviews
from models.reviews.of_team import ReviewQuery
from models.roles.hidden import shadowed
from models.search import queries as search
from models.signals import listing
from models.signals import team as team_signals
from models.storage import audit, drafts, undo
from models.team import forecast, workload
from tests.crowd.hand import Hand


def read_board(hand: Hand) -> Any:
    """The board of the team, closed ones too."""
    own = hand.chance.choice((None, hand.me.staff))
    query = board.BoardQuery(worker=own, closed=hand.chance.random() < 0.2)
    return [hand.ask(board.counts, query), hand.ask(board.page, query, 0, 100)]


def read_search(hand: Hand) -> Any:
    """A search for a canary, their code, or what stands in everybody's."""
    one = hand.canary()
    return hand.ask(search.find, hand.chance.choice((one.word, one.code, "rettet", "kanari", f"{one.word} entry")), 200)


def read_agenda(hand: Hand) -> Any:
    """The agenda of the team or one's own, and the calendar's file."""
    query = agenda.AgendaQuery(worker=hand.chance.choice((None, hand.me.staff)))
    groups = hand.ask(agenda.groups, query)
    return [groups, hand.ask(agenda.page, query, groups, 0, 200), hand.ask(calendar.calendar, query)]


def read_signals(hand: Hand) -> Any:
    """All signals."""
    return [hand.ask(listing.severities), hand.ask(listing.survey), hand.ask(team_signals.staff_signs)]


def read_figures(hand: Hand) -> Any:
    """The month's figures and the load."""
    return [hand.ask(monthly.figures), hand.ask(workload.workload), hand.ask(forecast.workload, None)]


def read_export(hand: Hand) -> Any:
    """The export of everybody, or of one."""
    if hand.chance.random() < 0.3:
        hand.witness("export.json")
        codes = hand.ask(export.codes)
        parts = [hand.ask(export.heading), hand.ask(export.team_wide)]
        return parts + [hand.ask(export.participant, number) for number, _code in codes]
    number = hand.anybody()
    found = hand.ask(export.participant, number)
    hand.witness(f"export.json {dict(hand.ask(export.codes)).get(number, '')}")
    return found


def read_lists(hand: Hand) -> Any:
    """What lists of the whole team there are."""
    people = PeopleQuery(left=hand.chance.random() < 0.3)
    contacts = hand.ask(register.counts, people)
    return [
        hand.ask(register.find, people, contacts, 0, 200), hand.ask(team_list.team_list, 0, 200),
        hand.ask(hand_overs.latest), hand.ask(hand_overs.unread), hand.ask(restrictions.everybody),
        hand.ask(restrictions.unnoted), hand.ask(drafts.kept), hand.ask(waiting.waiting),
        hand.ask(open_items.page, open_items.OpenQuery(), 0, 200), hand.ask(applications.by_agency),
        hand.ask(meetings.open_now), hand.ask(meetings.parked, "weekly"), hand.ask(of_team.counts),
        [hand.ask(of_team.lines, numbers) for numbers in hand.ask(of_team.survey, ReviewQuery()).values()],
    ]  # fmt: skip


OF_ONE: tuple[Callable[..., Any], ...] = (
    participants.file_of, matrix.matrix, matrix.partners, disclosures.of, network.network, goals.of, goals.shares,
    checklists.of, reviews.of, intake.file_of, phase_outs.file_of, brief.brief, appointments.of, applications.of,
    tasks.of, tasks.suggested, timeline.topics, listing.of, board.card, restrictions.of, hand_overs.last,
)  # fmt: skip


def read_one(hand: Hand) -> Any:
    """All that screens ask about one participant, who may be hidden: told as far as it comes."""
    whom, query = hand.anybody(), hand.chance.choice(OF_ONE)
    year = hand.store.clock.today().year
    first = hand.ask(query, whom)
    return [
        first, hand.ask(timeline.page, timeline.TimelineQuery(whom), 0, 200), hand.ask(spending.account, whom, year)
    ]  # fmt: skip


def read_number(hand: Hand) -> Any:
    """Something by its number, as from a screen that was opened before."""
    query = hand.chance.choice(
        (timeline.one, timeline.former, tasks.one, appointments.one, checklists.one, goals.one, reviews.file_of,
         meetings.one, meetings.items, register.one, spending.one, applications.one)
    )  # fmt: skip
    return hand.ask(query, hand.chance.choice(hand.plan.numbers))


def read_paper(hand: Hand) -> Any:
    """A document about one."""
    kind = hand.chance.choice(documents.kinds(hand.store.programme)).id
    return hand.ask(documents.make, kind, hand.anybody())


def read_table(hand: Hand) -> Any:
    """A whole table."""
    table = hand.chance.choice(shadowed())
    return hand.ask(lambda reading: reading.sql(f'SELECT * FROM "{table}"'))


def read_history(hand: Hand) -> Any:
    """What a row was before, and what could be undone."""
    table = hand.chance.choice(("entry", "task", "participant", "consent", "goal", "restriction", "meeting_item"))
    told = hand.ask(audit.history, table, hand.chance.choice(hand.plan.numbers))
    return [told, hand.ask(undo.undoable, 0)]


def read_counts(hand: Hand) -> Any:
    """Numbers of which it is known what they must be: how many participants there are for this person."""
    hand.line["counts"] = {
        "participants": hand.ask(lambda reading: reading.value("SELECT count(*) FROM participant")),
        "board": sum(
            sum(hand.ask(board.counts, board.BoardQuery(closed=closed)).values()) for closed in (False, True)
        ),
        "export": len(hand.ask(export.codes)),
    }  # fmt: skip
    return ""


READS: dict[str, tuple[Callable[[Hand], Any], int]] = {
    "board": (read_board, 8), "search": (read_search, 8), "agenda": (read_agenda, 4), "signals": (read_signals, 3),
    "figures": (read_figures, 3), "export": (read_export, 2), "lists": (read_lists, 4), "one": (read_one, 14),
    "number": (read_number, 6), "paper": (read_paper, 3), "table": (read_table, 5), "history": (read_history, 4),
    "counts": (read_counts, 10),
}  # fmt: skip
