"""A vault that an earlier program made, whose actions were named after its files, is read on by this one.

The vault is kept in `vault_before_rooms/`; its README says how it was made.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from config.programme.shapes import Programme
from models import timeline
from models.goals import reading as goal_reading
from models.reviews import reading as review_reading
from models.storage import drafts, undo
from models.storage.undo import NothingToUndo
from models.store import Store
from models.team import staff
from models.timeline import TimelineQuery
from models.values.clock import Clock
from models.vault import sealed
from models.vault.place import VaultPlace
from tests.models.case_sample import Hands, chain, examined, rows

OLD = Path(__file__).parent / "vault_before_rooms" / "vault"
HAKON, IDA = 2, 3
DONE = [
    "the correction",
    "the phase that began",
    "the new entry",
    "the new expense",
    "the new absence",
    "the new appointment",
    "the task moved",
    "the new task",
    "the new step",
    "the new goal",
    "the contact person linked",
    "the new contact person",
    "what was written in the phase review",
    "the phase review that was begun",
]
"""What kari did there, the newest first, as far back as the review that was sealed; what she took back aside."""

Opener = Callable[[str], Store]


@pytest.fixture
def opener(tmp_path: Path, hands: Hands, clock: Clock, programme: Programme, passphrase: str) -> Iterator[Opener]:
    """Open a copy of the old vault for one of its team, on the day after."""
    folder = tmp_path / "old"
    VaultPlace(folder).create_folder()
    for file in OLD.iterdir():
        shutil.copyfile(file, folder / file.name)
    hands.move(days=1)
    with ExitStack() as stack:

        def opened(user: str) -> Store:
            store = stack.enter_context(closing(Store(sealed.unlock(folder, user, passphrase), clock, programme)))
            store.open()
            return store

        yield opened


@pytest.fixture
def old(opener: Opener) -> Store:
    """The old vault open for kari."""
    return opener("kari")


def test_its_audit_and_all_that_is_in_it_are_clean(old: Store) -> None:
    count = rows(old, "SELECT count(*) FROM audit")[0][0]
    assert (chain(old).count, chain(old).broken_at) == (count, None)
    assert examined(old).flaws == ()


def test_the_draft_and_both_reviews_are_found(old: Store) -> None:
    assert [(one.user, one.role) for one in old.ask_now(staff.team)] == [
        ("kari", "team_leader"),
        ("ola", "caseworker"),
    ]
    (draft,) = old.ask_now(drafts.kept)
    assert (draft.form, draft.subject, draft.fields["text"]) == ("entry", IDA, "Halvskrevet på besøk")
    found = {one.transition: one for one in old.ask_now(review_reading.of, HAKON)}
    assert {transition: one.state for transition, one in found.items()} == {"2_3": "sealed", "stay": "open"}
    assert old.ask_now(review_reading.file_of, found["2_3"].id).answers["room"].text == "Bor hos broren"


def test_the_last_thing_done_there_is_taken_back_by_its_name(old: Store) -> None:
    found = old.ask_now(undo.undoable, 0)
    assert (undo.described(found.action), [one.participant for one in found.about]) == ("the correction", [HAKON])
    assert undo.described(old.change_now(undo.undo, 0, found.seq)) == "the correction"
    texts = [entry.text for entry in old.ask_now(timeline.page, TimelineQuery(HAKON), 0, 50)]
    assert "Ringte om bolig" in texts
    assert "Ringte om bolig og gjeld" not in texts
    assert examined(old).flaws == ()


def test_all_that_was_done_there_is_taken_back_in_turn(old: Store) -> None:
    assert [undo.described(old.change_now(undo.undo, 0)) for _act in DONE] == DONE
    assert old.ask_now(goal_reading.of, HAKON) == ()
    assert [one.transition for one in old.ask_now(review_reading.of, HAKON)] == ["2_3"]
    assert examined(old).flaws == ()


def test_what_was_done_there_by_another_is_theirs(opener: Opener) -> None:
    ola = opener("ola")
    assert [one.name for one in ola.ask_now(undo.undoable, 0).about] == ["Nils Ante"]
    assert undo.described(ola.change_now(undo.undo, 0)) == "the new participant"
    with pytest.raises(NothingToUndo):
        ola.change_now(undo.undo, 0)


def test_work_goes_on_in_it_with_the_same_names(old: Store) -> None:
    before = chain(old).count
    old.change_now(timeline.record, IDA, {"kind": "note", "text": "Nytt"})
    assert rows(old, "SELECT seq, action FROM audit ORDER BY seq DESC LIMIT 1") == [(before + 1, "timeline.record")]
    assert chain(old).broken_at is None
    assert undo.described(old.change_now(undo.undo, old.opened_at_audit)) == "the new entry"
    with pytest.raises(NothingToUndo):
        old.change_now(undo.undo, old.opened_at_audit)
