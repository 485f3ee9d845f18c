"""Phase reviews and first weeks as data: what the guide holds, a team's own laid over it, and every fault named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from config import words
from config.programme import ProgrammeError, load
from config.programme.method import Method

# Written from the guide's description of the transitions, not from the shipped file: what each review must speak of.
TRANSITIONS = {
    "1_2": (1, 2, ["agree", "never a condition for parole", "correctional service, nav and lawyer"]),
    "2_3": (2, 3, ["date", "1–2 months", "2–3 months", "ready", "housing", "frequent"]),
    "3_4": (3, 4, ["the kind of release", "offices closed", "unverified", "day 28", "once more"]),
    "4_5": (4, 5, ["housing", "alone by now", "frequency"]),
    "5_6": (5, 6, ["independence or withdrawal?", "contact lately", "consents that no longer hold"]),
    "any_6": (0, 6, ["silence", "tried"]),
    "back": (0, 0, ["new sentence", "kept"]),
    "stay": (0, 0, ["since last time", "next phase"]),
}
HEADINGS = ["Room for action", "Limits", "Matters specific to this follow-up"]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


def team(tmp_path: Path, text: str) -> Method:
    """The programme with a team's own file laid over it."""
    file = tmp_path / "programme.toml"
    file.write_text(text, encoding="utf-8")
    return load(file).method


def fault(tmp_path: Path, text: str) -> str:
    with pytest.raises(ProgrammeError) as caught:
        team(tmp_path, text)
    return caught.value.text


def test_every_transition_asks_what_the_guide_asks() -> None:
    method = load().method.reviews
    assert [one.id for one in method.transitions] == list(TRANSITIONS)
    for id, (from_phase, to_phase, parts) in TRANSITIONS.items():
        one = method.transition(id)
        assert one is not None
        assert (one.from_phase, one.to_phase) == (from_phase, to_phase)
        asked = [prompt for prompt in method.steps(id) if not prompt.heading]
        told = " / ".join(f"{prompt.name.en} {prompt.hint.en}" for prompt in asked).casefold()
        for part in parts:
            assert part in told, (id, part)


def test_every_review_has_the_three_headings_and_the_participant_s_own_view() -> None:
    method = load().method.reviews
    for one in method.transitions:
        steps = method.steps(one.id)
        assert [prompt.name.en for prompt in steps[:3]] == HEADINGS
        assert steps[-1].name.en == "The participant's own view"
        assert [prompt.heading for prompt in steps] == [True] * 3 + [False] * (len(steps) - 4) + [True]
    assert method.first == ("room", "limits", "specific")


def test_the_way_to_preparation_is_the_most_thorough() -> None:
    asked = {one.id: len(one.prompts) for one in load().method.reviews.transitions}
    assert all(asked["2_3"] > count for id, count in asked.items() if id != "2_3")


def test_what_each_is_warned_of() -> None:
    found = {one.id: (one.sets, one.checklists, one.criteria) for one in load().method.reviews.transitions}
    assert found["1_2"] == (("intake",), (), True)
    assert found["2_3"] == (("intake", "release"), ("start",), False)
    assert found["3_4"] == (("intake", "release"), ("release",), False)
    assert found["stay"] == ((), (), False)


def test_every_move_is_some_transition() -> None:
    method = load().method.reviews

    def between(from_phase: int, to_phase: int) -> str:
        found = method.between(from_phase, to_phase)
        return found.id if found else ""

    assert [between(number, number + 1) for number in range(1, 6)] == ["1_2", "2_3", "3_4", "4_5", "5_6"]
    assert [between(number, 6) for number in range(1, 5)] == ["any_6"] * 4
    assert (between(4, 2), between(6, 2), between(3, 2)) == ("back", "back", "back")
    assert (between(2, 4), between(1, 3), between(2, 5)) == ("3_4", "2_3", "4_5")


def test_the_first_weeks_are_dense_and_denser_where_substance_use_is_recorded() -> None:
    plan = load().method.first_weeks
    plain = [one.day for one in plan if not one.substance]
    extra = [one.day for one in plan if one.substance]
    assert [one.day for one in plan] == sorted(plain + extra)
    assert (plain[0], plain[-1]) == (0, 28)
    assert len([day for day in plain if day <= 7]) >= 5
    assert max(after - before for before, after in pairwise(plain)) <= 4
    assert extra
    assert any("naloxone" in one.text.en and one.day == 0 for one in plan if one.substance)
    assert not any("naloxone" in one.text.en for one in plan if not one.substance)


def test_every_label_is_there_in_both_languages() -> None:
    method = load().method
    labels = [label for prompt in method.reviews.prompts for label in (prompt.name, prompt.hint)]
    labels += [one.name for one in method.reviews.transitions] + [one.text for one in method.first_weeks]
    assert all(label.nb and label.en and label.nb != label.en for label in labels)


def test_a_team_words_its_own_and_asks_more(tmp_path: Path) -> None:
    text = """
[[review_prompts]]
id = "room"
name = { nb = "Handlingsrom", en = "Room" }
[[review_prompts]]
id = "dog"
name = { nb = "Hunden", en = "The dog" }
hint = { nb = "Hvem passer den?", en = "Who minds it?" }
[[transitions]]
id = "stay"
prompts = ["since_last", "dog"]
[[first_weeks]]
id = "day_1"
day = 3
"""
    method = team(tmp_path, text)
    assert [prompt.name.en for prompt in method.reviews.steps("stay")] == [
        "Room", "Limits", "Matters specific to this follow-up", "Since last time", "The dog",
        "The participant's own view",
    ]  # fmt: skip
    assert next(one.day for one in method.first_weeks if one.id == "day_1") == 3


NEW = 'name = { nb = "Ny", en = "New" }\nprompts = []\nsets = []\nchecklists = []\n'


@pytest.mark.parametrize(
    ("text", "line", "parts"),
    [
        ('[[transitions]]\nid = "2_9"\nto_phase = 9\n' + NEW, 3, ["transitions.2_9.to_phase", "no phase 9"]),
        ('[[transitions]]\nid = "2_33"\nprompts = []\n', 1, ["transitions.2_33.name", "missing"]),
        ('[[transitions]]\nid = "2_3"\nto_phase = 4\n', 3, ["transitions.2_3.to_phase", "keeps its phases"]),
        ('[[transitions]]\nid = "again"\nfrom_phase = 2\nto_phase = 3\n' + NEW, 3, ["between these phases already"]),
        ('[[transitions]]\nid = "2_3"\nprompts = ["redines"]\n', 3, ["transitions.2_3.prompts", "did you mean readi"]),
        ('[[transitions]]\nid = "2_3"\nprompts = ["room"]\n', 3, ["transitions.2_3.prompts", "room"]),
        ('[[transitions]]\nid = "2_3"\nprompts = ["security", "security"]\n', 3, ["security stands twice"]),
        ('[[transitions]]\nid = "2_3"\nsets = ["relase"]\n', 3, ["transitions.2_3.sets", "did you mean release"]),
        ('[[transitions]]\nid = "2_3"\nchecklists = ["x"]\n', 3, ["transitions.2_3.checklists", "start"]),
        ('[[transitions]]\nid = "2_3"\ncriterias = true\n', 3, ["no such key", "did you mean criteria"]),
        ('[[transitions]]\nid = "2_3"\n[[transitions]]\nid = "2_3"\n', 4, ["this id stands twice"]),
        ('[[review_prompts]]\nid = "dog"\nname = { nb = "Hund", en = "Dog" }\n', 1, ["review_prompts.dog.hint"]),
        ('[[review_prompts]]\nid = "room"\n[[review_prompts]]\nid = "room"\n', 4, ["this id stands twice"]),
        ('[[review_prompts]]\nid = "Rom"\n', 2, ["needs an id"]),
        ('[reviews]\nfirst = ["room", "limits", "specifics"]\n', 2, ["reviews.first", "did you mean specific"]),
        ('[reviews]\nlast = ["own_view", "own_view"]\n', 2, ["own_view stands twice"]),
        ("[reviews]\nlasts = []\n", 2, ["reviews.lasts", "did you mean last"]),
        ('[[first_weeks]]\nid = "day_1"\nday = -1\n', 3, ["first_weeks.day_1.day", "whole number"]),
        ('[[first_weeks]]\nid = "day_1"\nsubstances = true\n', 3, ["did you mean substance"]),
        ('[[first_week]]\nid = "day_1"\n', 1, ["first_week", "did you mean first_weeks"]),
        ('[[first_weeks]]\nid = "x"\nday = 2\n', 1, ["first_weeks.x.text", "missing"]),
    ],
)
def test_each_fault_names_file_line_and_key(tmp_path: Path, text: str, line: int, parts: list[str]) -> None:
    said = fault(tmp_path, text)
    assert f"programme.toml:{line}:" in said, said
    for part in parts:
        assert part in said, said
