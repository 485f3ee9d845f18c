"""Who works in the demo's team, and which participants are whose."""

from __future__ import annotations

from random import Random
from typing import Final

from msgspec import Struct

from config.programme.shapes import Programme
from exin_tui.demo import names
from exin_tui.demo.access import MEMBERS
from exin_tui.demo.lives import Life
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.team import staff
from models.team.workload import Weight, weigh

_USUAL_LOAD: Final = 10.5
_LEADER_HELPS_WITH: Final = 6

Hands = tuple[int | None, int | None]
"""The worker and the co-worker of a participant."""


class Team(Struct, frozen=True):
    """The ids of the staff: the leader, the caseworkers (the second carries more than the limit), and names by id."""

    leader: int
    caseworkers: tuple[int, ...]
    names: dict[int, str]


def gather(store: Store, lives: list[Life], seed: int) -> Team:
    """Bring the team up to strength for so many participants and answer who is in it.

    Colleagues who are there already stay who they are; `MEMBERS` that are lacking join without a way in.
    """
    present = {colleague.user: colleague.id for colleague in store.ask_now(staff.team)}
    many = len(_counted(lives, store.programme))
    # Beside the busy one, who carries the leader's as well while the leader is away.
    needed = 1 + max(1, round((many - store.programme.limits.participants - 1) / _USUAL_LOAD))
    wanted = [(member.user, member.name, member.role) for member in MEMBERS if member.user not in present]
    chance = Random(f"{seed}/team")
    for number in range(3, needed + 1):
        # A short given name and a family name: what stands in the workload line.
        who = names.person(chance, store.clock.today())
        wanted.append((f"kollega{number}", f"{who.given_name.split()[0]} {who.family_name.split()[-1]}", "caseworker"))
    if wanted:
        store.change_now(join, [one for one in wanted if one[0] not in present])
    team = store.ask_now(staff.team)
    leader = next(colleague.id for colleague in team if colleague.role == "team_leader")
    caseworkers = sorted(colleague.id for colleague in team if colleague.role == "caseworker")
    return Team(leader, tuple(caseworkers), {colleague.id: colleague.name for colleague in team})


@action("staffing.join")
def join(work: Work, members: list[tuple[str, str, str]]) -> None:
    """Take several colleagues into the team who have no way in, each as user, name and role."""
    for user, name, role in members:
        staff.join(work, user, name, role, "")


def assign(lives: list[Life], team: Team, store: Store, seed: int) -> dict[int, tuple[int | None, int | None]]:
    """The responsible worker and co-worker of each life by its number.

    The leader has as many as a leader may and helps with a few more; the caseworker who covers for the leader has one
    more than the limit with these; the others share what is left. The last of them is away alone in the days of a
    release (`rhythm`). Whoever is phased out keeps the worker they had.
    """
    chance = Random(f"{seed}/assign")
    limits = store.programme.limits
    followed = _counted(lives, store.programme)
    chance.shuffle(followed)
    # The leader takes none of the demanding ones, as far as that goes.
    demanding = {life.number for life in followed if _weight(life, store.programme).demanding}
    followed.sort(key=lambda life: life.number in demanding)
    leading, rest = followed[: limits.leader_participants], followed[limits.leader_participants :]
    chance.shuffle(rest)
    busy = team.caseworkers[min(1, len(team.caseworkers) - 1)]
    others = [one for one in team.caseworkers if one != busy] or [busy]
    chosen = {life.number: team.leader for life in leading}
    most = limits.participants + 1 - len(leading)
    many = most if len(rest) > 2 * most else len(rest) // 2
    chosen |= {life.number: busy for life in rest[:many]}
    # Dealt out in this order, everybody has about as many of the demanding ones, and of those who do not count.
    shared = sorted(rest[many:], key=lambda life: life.number in demanding)
    shared += [life for life in lives if _has_worker(life) and not _weight(life, store.programme).participants]
    chosen |= {life.number: others[place % len(others)] for place, life in enumerate(shared)}
    left = _left_alone(lives, chosen, demanding, team.caseworkers[-1])
    helped = {life.number for life in rest[-_LEADER_HELPS_WITH:]}
    found: dict[int, tuple[int | None, int | None]] = {}
    for life in lives:
        worker = chosen.get(life.number)
        if life.closed:
            worker = chance.choice(team.caseworkers)
        coworker = None
        # Nobody stands in for whoever is left alone.
        if life.number in helped - {left}:
            coworker = team.leader
        elif life.number != left and worker is not None and not life.closed and chance.random() < 0.25:
            coworker = chance.choice([one for one in team.caseworkers if one != worker] or [team.leader])
        found[life.number] = (worker, coworker)
    return found


def _has_worker(life: Life) -> bool:
    return life.story.worker and not life.closed


def _weight(life: Life, programme: Programme) -> Weight:
    return weigh(programme, {period.phase for period in life.periods if period.ended is None})


def _counted(lives: list[Life], programme: Programme) -> list[Life]:
    """Who is somebody's and counts in their load: no candidate, and nobody in phase-out."""
    return [life for life in lives if _has_worker(life) and _weight(life, programme).participants]


def _left_alone(lives: list[Life], chosen: dict[int, int], demanding: set[int], alone: int) -> int | None:
    """See that somebody who is released within the week is `alone`'s, in exchange for another of theirs; who it is."""
    found = next((life.number for life in lives if life.story.release == "week" and life.number in chosen), None)
    if found is None:
        return None
    theirs = [number for number, worker in chosen.items() if worker == alone]
    if found not in theirs and theirs:
        other = max(theirs, key=lambda number: (number in demanding, number))
        chosen[found], chosen[other] = alone, chosen[found]
    return found
