"""What changes are called in the audit: declared beside them, never another name, and found also where not imported."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from models import timeline
from models.storage import actions, undo
from models.storage.actions import action, declared, find, id_of
from models.storage.work import Work
from models.store import Store
from tests.models.case_sample import rows

ROOT = Path(__file__).resolve().parents[3]

# As the audits of the first vaults have them, by the part of the case and what was done there. A new action adds its
# name; none is ever changed or taken away, for it stands in audits whose chain it is part of.
FIRST = {
    "absences": "add change end remove",
    "applications": "add change",
    "appointments": "add attend cancel change go_through miss move move_to prepare",
    "attendance": "add_guest all_came change invite invite_all mark take_off",
    "caseload": "enter_entries enter_people",
    "checklists": "close not_relevant note open_by_hand open_due reopen set_due set_value tick untick verify wait",
    "consents": "confirm_withdrawal correct end_all give give_sheet renew withdraw",
    "consultations": "add change remove",
    "contacts": "enter",
    "cooperation": "add add_part change change_part convene decide remove remove_part",
    "coordination": "enter_team",
    "demo_mappings": "enter",
    "demo_support_teams": "enter",
    "demo_together": "enter",
    "disclosures": "record record_with_entry",
    "evaluations": "begin change change_answer close enter remove reopen set_counts",
    "first_weeks": "plan",
    "gathering_tasks": "add change finish remove",
    "gathering_topics": "add change end move remove",
    "gatherings": "add change remove set_state",
    "goals": "add add_step change change_step do end hand leave reopen take_up",
    "groups": "draw",
    "hand_overs": "hand_over hand_over_all mark_read",
    "individual_plan": "add change",
    "intake_talks": "correct_talk hold_talk judge",
    "intakes": "change_referral decide refer",
    "mappings": "answer begin change finish follow_application follow_goal follow_task restore strike",
    "known": "change note",
    "meetings": "add attend close correct discard drop gone_through open_ park receive reopen supplement take_up",
    "method_writing": "put_aside",
    "misplaced": "move strike",
    "network": "change involve uninvolve",
    "network_members": "add change end remove",
    "participants": "add change",
    "people": "add change come_back leave merge remove",
    "phase_outs": "add_partner begin close come_back end_consents hand_over leave_out message take_up talk tell",
    "phases": "begin end",
    "restrictions": "change lift note open restrict",
    "reviews": "add_note answer begin decide discard",
    "snoozes": "put_aside wake",
    "spending": "add change remove",
    "staff": "join leave move_slot rename set_role",
    "staffing": "join",
    "support_teams": "add_member add_routine begin change change_member change_routine end extend leave remove_routine "
    "watch",
    "task_answers": "remove write",
    "tasks": "add change decline finish move move_to take turn_down",
    "timeline": "correct record record_each take_up_topic",
    "undo": "redo undo",
    "visits": "answer ask close",
}


def the_first() -> set[str]:
    return {f"{part}.{act}" for part, acts in FIRST.items() for act in acts.split()}


def of_the_program() -> dict[str, str]:
    """Every action id that the program declares, the demo's also, with its function."""
    importlib.import_module("exin_tui.demo.caseload")
    importlib.import_module("exin_tui.demo.mappings")
    importlib.import_module("exin_tui.demo.support_teams")
    importlib.import_module("exin_tui.demo.together")
    return {id: kind.function for id, kind in declared().items() if kind.function.startswith(("models.", "exin_tui."))}


def test_no_action_has_another_name_than_in_the_first_audits() -> None:
    assert the_first() == of_the_program().keys()


def test_an_action_stays_what_its_function_is() -> None:
    for id, function in of_the_program().items():
        module, _, name = function.rpartition(".")
        change = getattr(importlib.import_module(module), name)
        assert id_of(change) == id
        assert first_parameter(change) == "Work"


# ---------------------------------------------------------------------- whatever is run as a change


def first_parameter(function: Callable[..., Any]) -> Any:
    parameters = list(inspect.signature(function).parameters.values())
    return parameters[0].annotation if parameters else None


def names_in(tree: ast.Module) -> dict[str, Any]:
    """What the imports of a module, those inside functions also, give names to, of this program only."""
    found: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(("models", "exin_tui")):
            origin = importlib.import_module(node.module)
            for one in node.names:
                if not hasattr(origin, one.name):
                    importlib.import_module(f"{node.module}.{one.name}")
                found[one.asname or one.name] = getattr(origin, one.name)
    return found


def handed_on(tree: ast.Module, *, everything: bool) -> Iterator[ast.expr]:
    """The expressions that may be a change on its way to the store: whatever is named without being called.

    Without `everything`, only what is written as the first argument of the store's own two.
    """
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    if everything:
        called = {id(call.func) for call in calls}
        yield from (
            node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute) and id(node) not in called
        )
        return
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("change", "change_now") and call.args:
            yield call.args[0]


def meant(expression: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(expression, ast.Name):
        return names.get(expression.id)
    if isinstance(expression, ast.Attribute):
        return getattr(meant(expression.value, names), expression.attr, None)
    return None


def run_as_changes() -> dict[str, Callable[..., Any]]:
    """Every function of a `Work` that the program hands to the store, by its dotted name."""
    found: dict[str, Callable[..., Any]] = {}
    for floor in ("models", "screens", "exin_tui", "bench"):
        for file in sorted((ROOT / floor).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            names = names_in(tree)
            if floor == "exin_tui":
                module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
                names |= {node.name: getattr(module, node.name) for node in tree.body
                          if isinstance(node, ast.FunctionDef)}  # fmt: skip
            for expression in handed_on(tree, everything=floor != "models"):
                change = meant(expression, names)
                if inspect.isfunction(change) and first_parameter(change) == "Work":
                    found[f"{change.__module__}.{change.__qualname__}"] = change
    return found


def test_whatever_is_run_as_a_change_declares_an_action_of_its_own() -> None:
    changes = run_as_changes()
    assert len(changes) > 100
    ids = {name: id_of(change) for name, change in changes.items()}
    assert len(set(ids.values())) == len(ids)


def test_a_function_without_an_action_is_refused_before_it_does_anything(store: Store, person: int) -> None:
    def nameless(work: Work) -> None:
        timeline.record(work, person, {"kind": "note", "text": "x"})

    before = rows(store, "SELECT count(*) FROM entry"), rows(store, "SELECT count(*) FROM audit")
    with pytest.raises(TypeError, match=r"nameless.*@action"):
        store.change_now(nameless)
    assert (rows(store, "SELECT count(*) FROM entry"), rows(store, "SELECT count(*) FROM audit")) == before


def test_an_action_belongs_to_one_function() -> None:
    with pytest.raises(ValueError, match=r"that is models\.(\w+\.)*timeline\.record$"):

        @action("timeline.record")
        def another(work: Work) -> None: ...

    known = find("timeline.record")
    assert known is not None
    assert known.function == f"{timeline.record.__module__}.record"


# ---------------------------------------------------------------------- what was not imported


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("described('spending.add')", "the new expense"),
        ("described('snoozes.wake')", "the signal unsnoozed"),
        ("find('meetings.close').final", "True"),
        ("described('cake.bake')", "cake.bake"),
    ],
)
def test_an_action_is_known_whose_part_of_the_case_was_not_needed_yet(asked: str, answer: str) -> None:
    code = (
        f"import sys; from {undo.__name__} import described; from {actions.__name__} import find\n"
        "assert not any(name.endswith(('.spending', '.snoozes', '.meetings')) for name in sys.modules)\n"
        f"print({asked})"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == answer
