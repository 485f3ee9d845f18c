"""Every limit and list with where it comes from, and a number changed in a file that somebody else wrote."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from config import programme
from config.programme import ProgrammeError, editing, in_force, method, shipped
from config.programme.shapes import Limits

TEAM = """# Ours
[limits]   # as agreed
# fewer here
participants = 10  # not 12

[[choices.prison]]
id = "ours"
name = "Vårt fengsel"

[[phases]]
id = "before_release"
contact_days = 20

[[talks]]
id = "ours_too"
name = { nb = "Uformell samtale", en = "Informal talk" }
aim = { nb = "Bli kjent", en = "Get to know" }
topics = []

[[signals]]
id = "silent"
name = { nb = "Stille", en = "Quiet" }
"""


def test_every_limit_has_a_name() -> None:
    assert set(in_force.LIMIT_NAMES) == set(Limits.__struct_fields__)


def test_every_list_of_the_shipped_files_is_shown() -> None:
    files = (*shipped()[0], *method.shipped())
    named = {name for source in files for name, value in source.data.items() if isinstance(value, list)}
    named |= {f"choices.{name}" for source in files for name in source.data.get("choices", {})}
    shown = dict(in_force.lists(programme.load()))
    # What is recorded by one key is made of a kind and stands in the list of kinds.
    assert named - {"quick"} <= set(shown)
    assert all(entries for entries in shown.values())
    assert not any(held.place for entries in shown.values() for held in entries)


def test_the_teams_own_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "programme.toml"
    file.write_text(TEAM, encoding="utf-8")
    found = programme.load(file)
    own = {held.id: (held.value, held.place) for held in in_force.limits(found) if held.place}
    assert own == {"participants": (10, "programme.toml:4")}
    lists = {held.id: held.place for _name, entries in in_force.lists(found) for held in entries if held.place}
    assert lists == {
        "ours": "programme.toml:6",
        "before_release": "programme.toml:10",
        "ours_too": "programme.toml:14",
        "silent": "programme.toml:20",
    }
    assert [
        entry.name for name, entries in in_force.lists(found) if name == "signals" for entry in entries if entry.place
    ] == ["Quiet"]


WRITTEN = {
    "with comments": TEAM,
    "nothing": "",
    "no limits": "[[choices.prison]]\nid = 'x'\nname = 'X'",
    "only the table": "[limits]",
    "another limit": "[limits]\nweekly_days = 7\n[[choices.prison]]\nid = 'x'\nname = 'X'\n",
    "Notepad": TEAM.replace("\n", "\r\n"),
    "the number in hexadecimal": "[limits]\nparticipants = 0xA\n",
    "in quotes": '[limits]\n"participants" = 9\n',
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN.keys())
def test_one_number_is_changed_and_nothing_else(text: str) -> None:
    source = editing.with_limit(Path("programme.toml"), text, "participants", 8)
    before, after = tomllib.loads(text), tomllib.loads(source.text)
    assert after.pop("limits") == {**before.pop("limits", {}), "participants": 8}
    assert after == before
    # Whole lines, in their order, but for the one that is changed and what a new table takes.
    ours = ("[limits]", "")
    kept = [line for line in text.splitlines() if "participants" not in line and line not in ours]
    assert [line for line in source.text.splitlines() if "participants" not in line and line not in ours] == kept
    assert text.count("#") == source.text.count("#")


@pytest.mark.parametrize(
    "text",
    ["limits = { participants = 9 }\n", "limits.participants = 9\n", "[limits\n"],
    ids=["in one line", "dotted", "no TOML"],
)
def test_what_is_not_followed_is_refused(text: str) -> None:
    with pytest.raises(ProgrammeError, match=r"programme\.toml: the limits are written"):
        editing.with_limit(Path("programme.toml"), text, "participants", 8)
