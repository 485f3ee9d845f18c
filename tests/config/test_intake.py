"""Intake as data: what the guide holds, a team's own laid over it, and every fault with file, line and key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config import words
from config.programme import ProgrammeError, load
from config.programme.method.intake import IntakeMethod

# Written from the guide's description of the intake, not from the shipped file: each talk with what it covers.
TALKS = {
    "Information talk": ["what ex/in is", "voluntary"],
    "Talk 1": ["plans for the future", "school", "work", "housing", "will to change"],
    "Talk 2": ["network", "family", "substances", "introduced"],
    "Clarifying talk": ["knows what it means", "both"],
}
CRITERIA = ["sentence left", "substance", "mental", "motivated"]
PREMISES = ["never a condition for parole", "neither job nor housing", "to sell ex/in"]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


def team(tmp_path: Path, text: str) -> IntakeMethod:
    """The programme with a team's own file laid over it."""
    file = tmp_path / "programme.toml"
    file.write_text(text, encoding="utf-8")
    return load(file).method.intake


def fault(tmp_path: Path, text: str) -> str:
    with pytest.raises(ProgrammeError) as caught:
        team(tmp_path, text)
    return caught.value.text


def test_the_shipped_intake_is_the_guide_s() -> None:
    intake = load().method.intake
    assert [talk.name.en for talk in intake.talks] == list(TALKS)
    for talk, topics in zip(intake.talks, TALKS.values(), strict=True):
        names = " / ".join(topic.name.en for topic in talk.topics).casefold()
        assert all(topic in names for topic in topics), names
    assert [talk.premises for talk in intake.talks] == [True, False, False, False]
    assert [talk.decides for talk in intake.talks] == [False, False, False, True]
    assert [part in one.name.en.casefold() for part, one in zip(CRITERIA, intake.criteria, strict=True)] == [True] * 4
    assert [criterion.computed for criterion in intake.criteria] == ["months_left", "", "", ""]
    assert [part in one.name.en.casefold() for part, one in zip(PREMISES, intake.premises, strict=True)] == [True] * 3


def test_every_label_is_there_in_both_languages() -> None:
    intake = load().method.intake
    labels = [
        *(label for one in intake.criteria for label in (one.name, one.hint)),
        *(label for one in intake.talks for label in (one.name, one.aim, *(topic.name for topic in one.topics))),
        *(one.name for one in intake.premises),
    ]
    assert all(label.nb.strip() and label.en.strip() for label in labels)
    assert str(intake.talks[0].name) == "Information talk"
    words.use("nb")
    assert [str(one.name) for one in intake.talks] == [
        "Informasjonssamtale", "Samtale 1", "Samtale 2", "Avklaringssamtale"
    ]  # fmt: skip


def test_a_team_lays_its_own_over_and_its_talks_come_before_the_decision(tmp_path: Path) -> None:
    intake = team(
        tmp_path,
        """
[[talks]]
id = "first"
name = { nb = "Første samtale", en = "First talk" }
topics = [ { id = "debt", name = { nb = "Gjeld", en = "Debt" } } ]
[[talks]]
id = "visit"
name = { nb = "Omvisning", en = "A look around" }
aim = { nb = "Se stedet.", en = "See the place." }
topics = []
[[premises]]
id = "confidential"
name = { nb = "Vi har taushetsplikt", en = "We keep what you say to ourselves" }
[[criteria]]
id = "motivated"
hint = { nb = "Spør.", en = "Ask." }
""",
    )
    assert [talk.id for talk in intake.talks] == ["information", "first", "second", "visit", "clarifying"]
    first = intake.talk("first")
    assert first is not None
    assert (first.name.en, first.topics[-1].id) == ("First talk", "debt")
    assert first.topics[0].id == "plans"
    assert len(intake.premises) == 4
    motivated = intake.criterion("motivated")
    assert motivated is not None
    assert (motivated.hint.en, motivated.name.en) == ("Ask.", "Motivated for a change of life")
    assert intake.talk("tea") is None
    assert intake.criterion("luck") is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            '[[talks]]\nid = "tea"\nname = { nb = "Te", en = "Tea" }\naim = { nb = "Te", en = "Tea" }\ntopics = []\n'
            "decides = true\n",
            ["programme.toml:6", "talks.tea.decides", "clarifying ends in the decision already"],
        ),
        ('[[talks]]\nid = "clarifying"\ndecides = false\n',
         ["programme.toml:3", "talks.clarifying.decides", "one talk must end"]),
        ('[[talks]]\nid = "information"\npremises = false\n',
         ["programme.toml:3", "talks.information.premises", "said in one of the talks"]),
        ('[[talks]]\nid = "first"\ntopic = []\n', ["programme.toml:3", "talks.first.topic", "no such key", "topics"]),
        ('[[talks]]\nid = "first"\n[[talks]]\nid = "first"\n', ["programme.toml:4", "talks.first.id", "twice"]),
        ('[[talks]]\nid = "tea"\nname = { nb = "Te", en = "Tea" }\n', ["talks.tea.aim"]),
        ('[[talks]]\nid = "first"\ntopics = [\n  { id = "work", name = { nb = "Jobb", en = "Job" } },\n'
         '  { id = "work", name = { nb = "Jobb", en = "Job" } },\n]\n', ["programme.toml:5", "work", "twice"]),
        ('[[talks]]\nid = "first"\ntopics = [\n{ id = "x", name = { nb = "a", en = "b" }, hint = 1 } ]\n',
         ["programme.toml:4", "talks.topics.x.hint", "no such key"]),
        ('[[criteria]]\nid = "luck"\nname = { nb = "Hell", en = "Luck" }\nhint = { nb = "Hell", en = "Luck" }\n'
         'computed = "month_left"\n', ["programme.toml:5", "criteria.luck.computed", "months_left"]),
        ('[[criteria]]\nid = "motivated"\nweight = 3\n',
         ["programme.toml:3", "criteria.motivated.weight", "no such key"]),
        ('[[criteria]]\nid = "luck"\nname = { nb = "Hell", en = "Luck" }\n', ["criteria.luck.hint", "missing"]),
        ('[[premises]]\nid = "parole"\nname = "Nei"\n', ["programme.toml:3", "premises.parole.name", "at least"]),
        ('[[premises]]\nname = { nb = "a", en = "b" }\n', ["premises", "id"]),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_place(tmp_path: Path, text: str, parts: list[str]) -> None:
    said = fault(tmp_path, text)
    assert all(part in said for part in parts), said
