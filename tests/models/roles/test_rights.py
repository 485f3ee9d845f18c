"""The table verb × role written by hand is the one the program keeps to, and each row of it holds in the one door."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from config.actions import ACTIONS
from models.roles.rights import ACTS, CASEWORKER, HOLDERS, LEADER, READER, NotAllowed, Right, of_act, refusal
from models.storage.actions import action, declared
from models.storage.reading import Reading
from models.storage.undo import undo
from models.storage.work import Work
from models.store import Store
from models.tables import Staff
from tests.models.case_sample import everything, rows

Session = Callable[[str], Store]
PAGE: Final = (Path(__file__).resolve().parents[3] / "docs/rights.md").read_text(encoding="utf-8")
SOURCES: Final = [
    path
    for floor in ("exin_tui", "models", "screens")
    for path in Path(__file__).resolve().parents[3].glob(f"{floor}/**/*.py")
]


def table(heading: str) -> Iterator[list[str]]:
    """The rows of the table under a heading of the page, without its title."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    yield from ([cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:])


def by_name(heading: str) -> dict[str, str]:
    return {name: right for names, right in table(heading) for name in names.split(", ")}


def test_the_roles_that_have_a_right_are_those_of_the_page() -> None:
    written = {
        name: {role for role, cell in zip((LEADER, CASEWORKER, READER), cells, strict=True) if cell == "yes"}
        for name, *cells, _what in table("Rights")
    }
    assert written == {right.value: set(roles) for right, roles in HOLDERS.items()}


def test_every_change_has_the_right_of_the_page() -> None:
    of_the_case = {id: kind.right.value for id, kind in declared().items() if kind.function.startswith("models.")}
    assert len(of_the_case) > 100
    assert by_name("Changes") == of_the_case


def test_every_witnessed_act_has_the_right_of_the_page() -> None:
    assert by_name("Acts that change nothing") == {act: right.value for act, right in ACTS.items()}


def test_every_act_the_program_witnesses_has_a_right() -> None:
    """What follows `witness_now`, or is the trace of a paper, in the program's own text."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "rights.py")
    acts = {
        re.sub(r"\{[^}]*\}", "x", act)
        for act in re.findall(r'f?"((?:export\.|paper\.|programme\.changed|user\.)[a-z ][^"]*)"', text)
    }
    assert len(acts) > 10
    for act in acts:
        assert of_act(act) in Right
    with pytest.raises(KeyError, match="no right of its own"):
        of_act("export.everything")


def test_every_key_names_a_right_there_is() -> None:
    assert {Right(one.right) for one in ACTIONS} >= {Right.READ, Right.WRITE, Right.PRINT, Right.EXPORT}


@pytest.mark.parametrize("right", sorted(Right))
def test_who_has_no_right_is_told_whom_to_ask(right: Right) -> None:
    for role in (LEADER, CASEWORKER, READER):
        reason = refusal(role, right)
        assert bool(reason) == (role not in HOLDERS[right])
        assert not reason or "ask" in reason.lower()
    assert refusal("of a newer program", right) == refusal(READER, right)


# ---------------------------------------------------------------------- in the one door


def doing(right: Right) -> Callable[[Work], int]:
    """A change that takes a right, and would write a row."""

    @action(f"test_rights.{right}", right=right)
    def change(work: Work) -> int:
        return work.insert(Staff, user=f"x{right}", name="x", initials="X", role="reader")

    return change


@pytest.mark.parametrize("right", sorted(Right))
def test_a_change_is_let_through_by_its_right_alone(store: Store, session: Session, right: Right) -> None:
    for user, role in (("per", LEADER), ("ola", CASEWORKER), ("lise", READER)):
        theirs = session(user)
        before = everything(store)
        if role in HOLDERS[right]:
            number = theirs.change_now(doing(right))
            assert rows(store, "SELECT count(*) FROM staff WHERE id = ?", number) == [(1,)]
            rows(store, "DELETE FROM staff WHERE id = ?", number)
        else:
            with pytest.raises(NotAllowed, match=re.escape(refusal(role, right))):
                theirs.change_now(doing(right))
            assert everything(store) == before


@pytest.mark.parametrize("act", sorted(ACTS))
def test_an_act_is_witnessed_by_its_right_alone(store: Store, session: Session, act: str) -> None:
    named = act.replace("…", "x")
    for user, role in (("per", LEADER), ("ola", CASEWORKER), ("lise", READER)):
        theirs = session(user)
        before = everything(store)
        if role in HOLDERS[ACTS[act]]:
            theirs.witness_now(named)
            assert rows(store, "SELECT action FROM audit ORDER BY seq DESC LIMIT 1") == [(named,)]
        else:
            with pytest.raises(NotAllowed):
                theirs.witness_now(named)
            assert everything(store) == before


def test_to_undo_takes_the_right_to_what_is_undone(store: Store, session: Session) -> None:
    """Somebody who led when they did it and leads no more when they take it back."""
    ola = session("ola")
    ola.actor = session("per").actor
    ola.change_now(doing(Right.TEAM))
    ola.actor = type(ola.actor)(ola.actor.staff_id, ola.actor.user, ola.actor.name, CASEWORKER)
    with pytest.raises(NotAllowed, match="Only a team leader"):
        ola.change_now(undo)


def test_a_reader_reads(session: Session, person: int) -> None:
    def count(reading: Reading) -> int:
        return int(reading.value("SELECT count(*) FROM participant"))

    assert session("lise").ask_now(count) == 1
