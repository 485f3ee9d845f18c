"""The ways out of the programme as data: the guide's reasons with their different steps, a team's own laid over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config import words
from config.programme import Programme, ProgrammeError, load
from config.programme.method.endings import Ending


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


def endings(programme: Programme) -> dict[str, Ending]:
    return {ending.id: ending for ending in programme.method.endings}


def own(folder: Path, text: str) -> Programme:
    path = folder / "programme.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_the_guide_s_reasons_have_its_steps_and_ours_come_after() -> None:
    found = endings(load())
    assert list(found) == ["independence", "drop_out", "no_basis", "moved", "own_wish", "our_decision", "death"]
    steps = {
        id: {name for name in ("consents_end", "talk", "message", "hand_over") if getattr(ending, name)}
        for id, ending in found.items()
    }
    # At independence consents end and there is a closing talk; at drop-out attempts and a message, and nothing ends.
    assert steps["independence"] == {"consents_end", "talk"}
    assert steps["drop_out"] == {"message"}
    assert steps["no_basis"] == {"talk"}
    assert found["no_basis"].phases == (1,)
    assert steps["moved"] == {"talk", "hand_over"}
    # Nobody calls on the dead.
    assert steps["death"] == {"consents_end"}


@pytest.mark.parametrize(
    ("id", "partners", "participant"),
    [
        (
            "independence",
            ("No longer a participant", "consents no longer apply"),
            ("closing talk", "always make contact"),
        ),
        ("drop_out", ("no longer in contact", "check whether the person wants"), ("attempts", "message", "come back")),
        ("no_basis", ("does not become a participant",), ("reasons are explained",)),
    ],
)
def test_what_is_told_says_what_the_guide_has(id: str, partners: tuple[str, ...], participant: tuple[str, ...]) -> None:
    ending = endings(load())[id]
    assert all(part in ending.tell.en for part in partners)
    assert all(part in ending.participant.en for part in participant)
    assert ending.tell.nb != ending.tell.en


def test_the_number_of_attempts_is_a_limit_a_team_may_set(tmp_path: Path) -> None:
    assert load().limits.phase_out_attempts == 3
    assert own(tmp_path, "[limits]\nphase_out_attempts = 5\n").limits.phase_out_attempts == 5


def test_a_team_s_own_reason_is_appended_and_a_known_one_changed(tmp_path: Path) -> None:
    programme = own(
        tmp_path,
        """
[[endings]]
id = "drop_out"
talk = true
[[endings]]
id = "new_sentence"
name = { nb = "Ny dom", en = "New sentence" }
tell = { nb = "Ny dom", en = "A new sentence" }
participant = { nb = "Besøk", en = "A visit" }
""",
    )
    found = endings(programme)
    assert (found["drop_out"].talk, found["drop_out"].message) == (True, True)
    assert list(found)[-1] == "new_sentence"
    assert not any((found["new_sentence"].talk, found["new_sentence"].consents_end, found["new_sentence"].phases))


def test_a_phase_of_the_team_s_own_may_be_named(tmp_path: Path) -> None:
    text = """
[[phases]]
id = "after"
number = 7
name = { nb = "Etterpå", en = "Afterwards" }
short = { nb = "Etterpå", en = "After" }
aim = { nb = "Mål", en = "Aim" }
demanding = false
contact_days = 0
long_days = 0
[[endings]]
id = "moved"
phases = [5, 7]
"""
    assert endings(own(tmp_path, text))["moved"].phases == (5, 7)


WORDS = """name = { nb = "Ny", en = "New" }
tell = { nb = "Ny", en = "New" }
participant = { nb = "Ny", en = "New" }
"""


@pytest.mark.parametrize(
    ("text", "line", "parts"),
    [
        ('[[endings]]\nid = "moved"\nphases = [9]\n', 3, ["endings.moved.phases", "there is no phase 9"]),
        ('[[endings]]\nid = "moved"\ntalks = true\n', 3, ["endings.moved.talks", "no such key", "talk"]),
        ('[[endings]]\nid = "moved"\ntalk = "yes"\n', 3, ["endings.moved.talk", "true or false"]),
        ('[[endings]]\nid = "moved"\nphases = "5"\n', 3, ["endings.moved.phases", "list of whole numbers"]),
        ('[[endings]]\nid = "moved"\nname = "Flyttet"\n', 3, ["endings.moved.name", "at least"]),
        ('[[endings]]\nid = "fresh"\n', 1, ["endings.fresh.name", "is missing"]),
        (f'[[endings]]\nid = "a"\n{WORDS}[[endings]]\nid = "a"\n{WORDS}', 7, ["endings.a.id", "twice"]),
        (f'[[endings]]\nid = "A b"\n{WORDS}', 2, ["endings.id", "lower-case"]),
        ('endings = "x"\n', 1, ["endings", "list of tables"]),
    ],
)
def test_each_fault_is_told_with_file_line_and_key(tmp_path: Path, text: str, line: int, parts: list[str]) -> None:
    with pytest.raises(ProgrammeError) as caught:
        own(tmp_path, text)
    assert caught.value.text.startswith(f"{tmp_path / 'programme.toml'}:{line}: ")
    assert all(part in caught.value.text for part in parts), caught.value.text


def test_partners_are_told_that_it_ended_and_never_why() -> None:
    """Whose wish it was, who decided, and what there was no basis for, stay between the participant and the team."""
    told = {id: str(one.tell) for id, one in endings(load()).items()}
    ended = {told[id] for id in ("independence", "own_wish", "our_decision")}
    assert len(ended) == 1
    for one in endings(load()).values():
        for text in (one.tell.nb, one.tell.en):
            assert not any(word in text.casefold() for word in ("ønske;", "eget ønske", "own wish", "grunnlag", "basis",
                                                                "besl", "decided", "fordi", "because"))  # fmt: skip
    (tell,) = [task for task in load().phase_tasks if task.id == "p6_tell_partners"]
    assert (tell.text.nb.endswith("ikke om hvorfor"), tell.text.en.endswith("never why")) == (True, True)
