"""The keys: the registry is whole and free of clashes, a person's own keys are laid over it or refused in words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from config import keymap, words
from config.actions.shapes import FIRST
from config.keymap import ACTIONS, SCOPES, Keymap, KeymapError, build


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


def test_the_shipped_keys_have_no_clash_and_every_action_can_be_reached() -> None:
    keys = build({})
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert {action.scope for action in ACTIONS} == {scope.id for scope in SCOPES}
    for action in ACTIONS:
        assert keys.action(action.id).keys == action.keys
        assert action.label
        assert action.explain.endswith(".")
        plain = [key for key in action.keys if "+" not in key and key != "escape"]
        assert plain or action.keys == ("shift+tab",), f"{action.id} needs a key without Ctrl that is not Esc"


def test_signs_are_called_what_textual_calls_them() -> None:
    for name, sign in keymap._SIGNS.items():
        assert _character_to_key(sign) == name
    for letter in ("a", "G", "ø", "7"):
        assert _character_to_key(letter) == letter


def test_a_scope_lists_its_own_first_and_replaces_what_it_takes_over() -> None:
    ids = [action.id for action in build({}).actions("list")]
    assert ids[0] == "list.open"
    assert "app.help" in ids
    assert "app.quit_or_back" not in ids
    board = [action.id for action in build({}).actions("board")]
    assert "board.quit" in board
    assert "app.quit_or_back" in [action.id for action in build({}).actions("everywhere")]
    assert not any(id.startswith("participant.") for id in board)


def test_where_text_is_typed_nothing_hangs_on_a_letter() -> None:
    keys = build({})
    form = [action.id for action in keys.actions("form")]
    assert "app.help" in form
    assert "app.undo" not in form
    assert keys.shown("app.help", "form") == "F1"
    assert keys.shown("app.help", "board") == "?"


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("scope", [scope.id for scope in SCOPES])
def test_the_footer_fits_eighty_columns(scope: str, language: str) -> None:
    words.use(language)
    keys = build({})
    shown = [
        f"{keys.shown(action.id, scope)} {words._(action.label)}"
        for action in keys.actions(scope)
        if action.footer == FIRST
    ]
    assert len("  ".join(shown)) <= 80


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("up", "↑"),
        ("enter", "Enter"),
        ("question_mark", "?"),
        ("f2", "F2"),
        ("ctrl+s", "Ctrl+S"),
        ("slash", "/"),
        ("escape", "Esc"),
        ("g", "g"),
        ("G", "G"),
        ("shift+tab", "Shift+Tab"),
        ("pageup", "PgUp"),
        ("ctrl+up", "Ctrl+↑"),
    ],
)
def test_keys_are_written_as_people_write_them(key: str, shown: str) -> None:
    assert keymap.written(key) == shown


def test_a_person_s_own_keys_replace_the_shipped_ones() -> None:
    keys = build({"board.add": "y, insert", "app.search": "?", "app.help": "F1"})
    assert keys.action("board.add").keys == ("y", "insert")
    assert keys.action("app.search").keys == ("question_mark",)
    assert keys.shown("app.search") == "?"
    assert keys.action("app.help").keys == ("f1",)


@pytest.mark.parametrize(
    ("overrides", "parts"),
    [
        ({"board.ad": "n"}, ["board.ad", "board.add"]),
        ({"zzz": "n"}, ["zzz", "exin keys"]),
        ({"board.add": "entr"}, ["board.add", "entr", "enter"]),
        ({"board.add": "alt+n"}, ["board.add", "alt+n"]),
        ({"board.add": ""}, ["board.add", "at least one"]),
        ({"board.add": "ctrl+i"}, ["Ctrl+I", "Tab"]),
        ({"board.add": "m"}, ["m", "board.add", "board.scope"]),
        ({"board.add": "slash"}, ["/", "app.search", "board.add"]),
        ({"app.undo": "r"}, ["r", "app.undo", "board.record"]),
        ({"form.save": "s"}, ["form.save", "typed"]),
        ({"form.save": "f1"}, ["F1", "app.help", "form.save"]),
        ({"form.save": "f4"}, ["F4", "form.save", "form.close"]),
        ({"list.open": "\x1b[31m"}, ["list.open"]),
    ],
)
def test_a_fault_is_told_in_words(overrides: dict[str, str], parts: list[str]) -> None:
    with pytest.raises(KeymapError) as caught:
        build(overrides)
    assert all(part in caught.value.text for part in parts), caught.value.text
    assert caught.value.text.isprintable()


def test_scopes_that_never_meet_may_share_a_key() -> None:
    assert build({"participant.edit": "x"}).action("participant.edit").keys == ("x",)


def built(overrides: dict[str, str]) -> tuple[Keymap | None, str]:
    """The key map, or why there is none."""
    try:
        return build(overrides), ""
    except KeymapError as fault:
        return None, fault.text


@given(st.dictionaries(st.sampled_from([action.id for action in ACTIONS]), st.text(max_size=12), max_size=3))
def test_any_text_is_taken_or_refused_in_words(overrides: dict[str, str]) -> None:
    keys, said = built(overrides)
    assert said.isprintable()
    if keys is None:
        assert said
        return
    for scope in SCOPES:
        held = [key for action in keys.actions(scope.id) for key in action.keys]
        typed = [key for key in held if not (scope.typing and keymap.is_typed(key))]
        assert len(set(typed)) == len(typed)


@given(st.sampled_from(ACTIONS), st.sampled_from(["r", "f6", "enter", "/", "G", "ctrl+t", "tab", "q", "ø"]))
def test_one_changed_key_never_leaves_a_clash(action: keymap.Action, key: str) -> None:
    try:
        keys = build({action.id: key})
    except KeymapError:
        return
    for scope in SCOPES:
        held = [key for found in keys.actions(scope.id) for key in found.keys]
        typed = [key for key in held if not (scope.typing and keymap.is_typed(key))]
        assert len(set(typed)) == len(typed)


def test_the_table_of_keys_and_the_data_hold_every_action() -> None:
    table = keymap.table()
    data = {str(row["id"]): row for row in keymap.as_data()}
    for action in ACTIONS:
        assert f"| {action.label} | {action.explain} |" in table
        assert data[action.id]["keys"] == list(action.keys)


def test_the_table_is_printed_in_norwegian_and_without_a_terminal_toolkit() -> None:
    run = subprocess.run([sys.executable, "-m", "config.keymap", "nb"], capture_output=True, check=True)
    assert "| `?` `F1` | Hjelp |" in run.stdout.decode()
    code = "import sys, config.keymap; sys.exit(any(name.split('.')[0] in ('textual', 'rich') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
