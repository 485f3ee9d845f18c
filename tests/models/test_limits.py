"""A leader changes a limit of the programme: checked first, in the team's own file, from the next opening on."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from config.programme import ProgrammeError
from models import limits
from models.roles.rights import NotAllowed
from models.store import Store


def test_it_is_written_and_witnessed(store: Store) -> None:
    place = store.unlocked.place
    limits.change_now(store, "participants", 9)
    assert limits.load(place).limits.participants == 9
    assert store.programme.limits.participants != 9
    acts = store.ask_now(lambda reading: reading.sql("SELECT action FROM audit ORDER BY seq DESC LIMIT 1"))
    assert acts == [("programme.limit participants 9",)]
    limits.change_now(store, "participants", 11)
    limits.change_now(store, "weekly_days", 8)
    assert (place.folder / limits.TEAM_FILE).read_text() == "[limits]\nweekly_days = 8\nparticipants = 11\n"


def test_one_of_two_is_turned(store: Store) -> None:
    place = store.unlocked.place
    for value in (True, False):
        limits.change_now(store, "candidates_count", value)
        assert limits.load(place).limits.candidates_count is value


@pytest.mark.parametrize(("key", "number"), [("participants", 1), ("demanding", 99), ("weekly_days", 10**7)])
def test_what_does_not_go_together_is_not_written(store: Store, key: str, number: int) -> None:
    with pytest.raises(ProgrammeError):
        limits.change_now(store, key, number)
    assert not (store.unlocked.place.folder / limits.TEAM_FILE).exists()


def test_a_broken_file_stays_as_it_is(store: Store) -> None:
    file = store.unlocked.place.folder / limits.TEAM_FILE
    file.write_text("[limits\n")
    with pytest.raises(ProgrammeError):
        limits.change_now(store, "participants", 9)
    assert file.read_text() == "[limits\n"


@pytest.mark.parametrize("role", ["caseworker", "reader"])
def test_only_a_leader_may(store: Store, role: str) -> None:
    store.actor = replace(store.actor, role=role)
    with pytest.raises(NotAllowed):
        limits.change_now(store, "participants", 9)
    assert not (store.unlocked.place.folder / limits.TEAM_FILE).exists()
