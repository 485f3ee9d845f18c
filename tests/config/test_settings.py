"""A person's settings: defaults, round trips, and faults that name file, key and what was expected."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from config import words
from config.settings import FIELDS, Settings, SettingsError, change, change_templates, load, save
from config.templates import MOST, TEXT_LIMIT, Template, same, text_fault


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


NAMES = st.from_regex(r"[A-Za-zÆØÅæøå\"'=\[#]{1,12}", fullmatch=True)


def fits(text: str) -> bool:
    return not text_fault(text)


def value_of(key: str) -> st.SearchStrategy[Any]:
    field = next(field for field in FIELDS if field.key == key)
    match field.kind:
        case "bool":
            return st.booleans()
        case "int":
            return st.integers(field.low, field.high)
        case "choice":
            return st.sampled_from([choice.value for choice in field.choices])
        case "text":
            return st.text(st.characters(categories=("L", "N", "P")), max_size=40)
        case "templates":
            signs = st.characters(categories=("L", "N", "P", "S"), include_characters=" \n\t")
            texts = st.builds(Template, NAMES, st.text(signs, min_size=1, max_size=80).filter(fits))
            return st.lists(texts, max_size=4, unique_by=lambda one: same(one.name)).map(tuple)
    return st.dictionaries(st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}", fullmatch=True), st.text("abc,f1 ", max_size=9))


whole = st.fixed_dictionaries({field.key: value_of(field.key) for field in FIELDS}).map(lambda found: Settings(**found))


def test_without_a_file_and_with_an_empty_one_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.toml") == Settings()
    (tmp_path / "settings.toml").write_text("\n")
    assert load(tmp_path / "settings.toml") == Settings()


def test_every_setting_is_described_once_for_the_settings_screen() -> None:
    assert sorted(field.key for field in FIELDS) == sorted(Settings.__struct_fields__)
    for field in FIELDS:
        assert (field.kind == "choice") == bool(field.choices)
        if field.choices:
            assert getattr(Settings(), field.key) in [choice.value for choice in field.choices]


def test_the_languages_offered_are_those_there_are() -> None:
    assert tuple(choice.value for choice in FIELDS[0].choices) == tuple(words.languages())


@given(whole)
def test_what_is_saved_is_what_is_loaded(settings: Settings) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new" / "settings.toml"
        save(path, settings)
        assert load(path) == settings


def test_a_saved_file_is_for_its_owner_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        save(tmp_path / "settings.toml", Settings())
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "settings.toml").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["settings.toml"]


def test_a_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "settings.toml").symlink_to(tmp_path / "kept" / "mine.toml")
    save(tmp_path / "settings.toml", Settings(private=True))
    assert (tmp_path / "settings.toml").is_symlink()
    assert load(tmp_path / "kept" / "mine.toml").private


def test_keys_may_be_written_without_quotes(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[keys]\nboard.add = "i"\n"app.help" = "f1"\n')
    assert load(tmp_path / "settings.toml").keys == {"board.add": "i", "app.help": "f1"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("langage = 'nb'", ["langage", "did you mean language"]),
        ("zzzz = 1", ["zzzz", "known are"]),
        ("language = 'sv'", ["language", "nb, en", "sv"]),
        ("private = 'yes'", ["private", "true or false", "yes"]),
        ("idle_minutes = 241", ["idle_minutes", "1 to 240", "241"]),
        ("idle_minutes = 0", ["idle_minutes", "1 to 240", "never locks", "0"]),
        ("idle_minutes = true", ["idle_minutes", "1 to 240", "true"]),
        ("idle_minutes = 2.5", ["idle_minutes", "2.5"]),
        ("colour = ['auto']", ["colour", "auto, none, ansi, full"]),
        ("vault = 3", ["vault", "text in quotes", "3"]),
        ("keys = 'n'", ["keys", "table of keys"]),
        ("[keys]\n'board.add' = 3", ["keys", "table of keys"]),
        ("[keys]\nboard.add = 3", ["keys", "table of keys"]),
        ("language = nb", ["TOML", "line 1"]),
        ("[language", ["TOML"]),
        ('colour = "\\u001b[31m"', ["colour", "·[31m"]),
        ("templates = 'x'", ["templates", "[[templates]]"]),
        ("templates = ['x']", ["templates", "[[templates]]"]),
        ("[[templates]]\nname = 'Ring'\n", ["templates: Ring", "needs a name and a text"]),
        ("[[templates]]\nname = 'Ring'\ntext = 3\n", ["templates: Ring", "needs a name and a text"]),
        ("[[templates]]\ntext = 'x'\n", ["templates: no. 1", "needs a name and a text"]),
        ("[[templates]]\nname = 'Ring'\ntext = 'x'\nkey = 'r'\n", ["templates: Ring: key", "no such key"]),
        ("[[templates]]\nname = 'Ring'\ntext = ' '\n", ["templates: Ring", "the text is empty"]),
        ("[[templates]]\nname = ' '\ntext = 'x'\n", ["templates: no. 1", "the name is empty"]),
        (f"[[templates]]\nname = '{'n' * 61}'\ntext = 'x'\n", ["templates: nnn", "the name has 61 characters", "60"]),
        (f"[[templates]]\nname = 'Ring'\ntext = '{'x' * 20_000}'\n", ["templates: Ring", "20000", "4000"]),
        ('[[templates]]\nname = "Ring"\ntext = "a\\nb\\u001b[2J"\n', ["templates: Ring", "line 2", "U+001B"]),
        ('[[templates]]\nname = "Ring"\ntext = "a\\u202eb"\n', ["templates: Ring", "line 1", "U+202E"]),
        ('[[templates]]\nname = "Ring"\ntext = "a\\u200bb"\n', ["templates: Ring", "U+200B"]),
        ('[[templates]]\nname = "Ri\\nng"\ntext = "a"\n', ["the name has a sign", "U+000A"]),
        (
            "[[templates]]\nname = 'Ring'\ntext = 'a'\n[[templates]]\nname = ' ring'\ntext = 'b'\n",
            ["templates:  ring", "two templates of this name"],
        ),
        ("".join(f"[[templates]]\nname = '{n}'\ntext = 'x'\n" for n in range(MOST + 1)), [f"{MOST + 1} templates"]),
    ],
)
def test_a_fault_names_file_key_expected_and_found(tmp_path: Path, text: str, parts: list[str]) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load(file)
    said = caught.value.text
    assert str(file) in said
    assert all(part in said for part in parts), said
    assert said.isprintable()


def refusal(path: Path) -> str:
    """What a SettingsError said."""
    try:
        load(path)
    except SettingsError as fault:
        return fault.text
    return "nothing"


@given(st.binary(max_size=60))
def test_any_bytes_are_settings_or_a_settings_error(raw: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_bytes(raw)
        assert refusal(path).startswith((str(path), "nothing"))


def test_what_would_not_load_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save(path, Settings())
    before = path.read_bytes()
    with pytest.raises(SettingsError, match="idle_minutes"):
        save(path, replace(Settings(), idle_minutes=0))
    assert path.read_bytes() == before


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path / "settings.toml")
    with pytest.raises(SettingsError, match="cannot be written"):
        save(tmp_path / "settings.toml", Settings())
    assert os.listdir(tmp_path) == ["settings.toml"]


def one_more(name: str) -> Callable[[tuple[Template, ...]], tuple[Template, ...]]:
    return lambda now: (*now, Template(name, "Gjaldt:\n"))


def test_sessions_that_keep_templates_at_once_lose_none(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: change_templates(path, one_more(f"Mal {number}")), range(24)))
    assert sorted(one.name for one in load(path).templates) == sorted(f"Mal {number}" for number in range(24))


def test_templates_and_other_settings_are_changed_beside_each_other(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save(path, Settings(idle_minutes=3))
    change_templates(path, one_more("Ring"))
    change(path, Settings(idle_minutes=3), Settings(idle_minutes=3, private=True))
    assert load(path) == Settings(idle_minutes=3, private=True, templates=(Template("Ring", "Gjaldt:\n"),))


def test_a_file_that_was_broken_by_hand_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[[templates]\nname =")
    with pytest.raises(SettingsError, match="TOML"):
        change_templates(path, one_more("Ring"))
    assert path.read_text() == "[[templates]\nname ="


def test_more_than_can_be_read_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    many = tuple(Template(str(number), "🏠" * TEXT_LIMIT) for number in range(MOST))
    with pytest.raises(SettingsError, match="larger than"):
        save(path, Settings(templates=many))
    assert not path.exists()


def test_templates_are_written_as_a_person_would(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save(path, Settings(keys={"board.add": "i"}, templates=(Template("Ring", "Gjaldt:\nEnige om:"),)))
    assert '[[templates]]\nname = "Ring"\ntext = """\nGjaldt:\nEnige om:"""\n' in path.read_text()
    assert path.read_text().index("[keys]") < path.read_text().index("[[templates]]")


def test_two_sessions_that_change_settings_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "exin" / "settings.toml"
    first = Settings(keys={"board.add": "f12"})
    save(path, first)
    # Each has read the file once; then each changes things of its own, all at once.
    changes: list[Settings] = [
        replace(first, timeline="people"), replace(first, private=True), replace(first, idle_minutes=25),
        replace(first, keys={"board.add": "f12", "board.record": "f11"}), replace(first, keys={}),
        replace(first, board_view="list"), replace(first, colour="none"),
    ]  # fmt: skip
    with ThreadPoolExecutor(len(changes)) as pool:
        list(pool.map(lambda after: change(path, first, after), changes))
    assert load(path) == Settings(
        private=True, timeline="people", idle_minutes=25, board_view="list", colour="none",
        keys={"board.record": "f11"},
    )  # fmt: skip
    assert os.listdir(path.parent) == ["settings.toml"]


def test_a_file_with_a_fault_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("idle_minutes = -1\n", encoding="utf-8")
    with pytest.raises(SettingsError):
        change(path, Settings(), Settings(private=True))
    assert path.read_text(encoding="utf-8") == "idle_minutes = -1\n"
