"""Who works in the demo's team, and which participants are whose."""

from __future__ import annotations

from random import Random
from typing import Final

from msgspec import Struct

from exin_tui.demo import names
from exin_tui.demo.access import MEMBERS
from exin_tui.demo.lives import Life
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.team import staff

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
    active = sum(not life.closed for life in lives)
    present = {colleague.user: colleague.id for colleague in store.ask_now(staff.team)}
    needed = max(2, round((active - store.programme.limits.leader_participants) / _USUAL_LOAD))
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

    The leader has as many as a leader may and helps with a few more; one caseworker has one more than the limit; the
    others share what is left. Whoever is phased out keeps the worker they had.
    """
    chance = Random(f"{seed}/assign")
    limits = store.programme.limits
    followed = [life for life in lives if life.story.worker and not life.closed]
    chance.shuffle(followed)
    # The leader takes none of the demanding ones, as far as that goes.
    demanding = {phase.number for phase in store.programme.phases if phase.demanding}
    followed.sort(key=lambda life: life.story.phase in demanding)
    leading, rest = followed[: limits.leader_participants], followed[limits.leader_participants :]
    chance.shuffle(rest)
    busy = team.caseworkers[min(1, len(team.caseworkers) - 1)]
    others = [one for one in team.caseworkers if one != busy] or [busy]
    chosen = {life.number: team.leader for life in leading}
    many = limits.participants + 1 if len(rest) > 2 * limits.participants else len(rest) // 2
    chosen |= {life.number: busy for life in rest[:many]}
    # Dealt out in this order, everybody has about as many of the demanding ones.
    shared = sorted(rest[many:], key=lambda life: life.story.phase in demanding)
    chosen |= {life.number: others[place % len(others)] for place, life in enumerate(shared)}
    helped = {life.number for life in rest[-_LEADER_HELPS_WITH:]}
    found: dict[int, tuple[int | None, int | None]] = {}
    for life in lives:
        worker = chosen.get(life.number)
        if life.closed:
            worker = chance.choice(team.caseworkers)
        coworker = None
        if life.number in helped:
            coworker = team.leader
        elif worker is not None and not life.closed and chance.random() < 0.25:
            coworker = chance.choice([one for one in team.caseworkers if one != worker] or [team.leader])
        found[life.number] = (worker, coworker)
    return found
