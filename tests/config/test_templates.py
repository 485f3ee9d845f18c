"""Templates of the programme: what ships is whole, and a team's are laid over it or refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import words
from config.programme import ProgrammeError, load
from config.templates import Template, TemplateError, renamed, text_fault, with_one, without

GOOD = 'id = "x"\nname = "Navn"\ntext = "Tekst:"\n'


def team(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "team.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_those_shipped_can_be_put_in_anywhere_in_both_languages() -> None:
    found = load().method.templates
    assert [one.id for one in found] == ["phone", "nav_meeting", "prison_visit", "support_team"]
    for one in found:
        for text in (one.text.nb, one.text.en):
            assert not text_fault(text)
            assert all(line.endswith(":") for line in text.split("\n"))
        assert one.text.nb.count("\n") == one.text.en.count("\n")


def test_a_team_words_one_anew_and_adds_its_own_in_its_own_language(tmp_path: Path) -> None:
    file = team(
        tmp_path,
        '[[templates]]\nid = "phone"\nname = { nb = "Ring", en = "Call" }\n\n'
        '[[templates]]\nid = "own"\nname = "Hjemmebesøk"\ntext = """\nHvor:\nHva:"""\n',
    )
    found = {one.id: one for one in load(file).method.templates}
    assert (found["phone"].name.nb, found["phone"].name.en) == ("Ring", "Call")
    assert found["phone"].text == load().method.templates[0].text
    assert found["own"].text.nb == found["own"].text.en == "Hvor:\nHva:"
    for language in ("nb", "en"):
        words.use(language)
        assert str(found["own"].name) == "Hjemmebesøk"


@pytest.mark.parametrize(
    ("text", "line", "parts"),
    [
        ('[[templates]]\nid = "x"\ntext = "y"\n', 1, ["templates.x.name", "missing"]),
        ('[[templates]]\nid = "x"\nname = "y"\n', 1, ["templates.x.text", "missing"]),
        ('[[templates]]\nid = "x"\nname = 3\ntext = "y"\n', 3, ["templates.x.name", "at least"]),
        (
            '[[templates]]\nid = "x"\nname = "y"\ntext = { nb = "y" }\n',
            4,
            ["templates.x.text", "at least"],
        ),
        (f"[[templates]]\n{GOOD}key = 'k'\n", 5, ["templates.x.key", "no such key"]),
        ('[[templates]]\nid = "x"\nname = "y"\ntext = " "\n', 4, ["templates.x.text", "is empty"]),
        ('[[templates]]\nid = "x"\nname = ""\ntext = "y"\n', 3, ["templates.x.name", "is empty"]),
        ('[[templates]]\nid = "x"\nname = "y"\ntext = "a\\nb\\u009bc"\n', 4, ["templates.x.text", "line 2", "U+009B"]),
        ('[[templates]]\nid = "x"\nname = "y"\ntext = "a\\u2066b"\n', 4, ["templates.x.text", "U+2066"]),
        ('[[templates]]\nid = "x"\nname = "y\\u200b"\ntext = "a"\n', 3, ["templates.x.name", "U+200B"]),
        (f'[[templates]]\nid = "x"\nname = "y"\ntext = "{"x" * 20_000}"\n', 4, ["templates.x.text", "20000", "4000"]),
        (f'[[templates]]\n{GOOD}[[templates]]\nid = "z"\nname = "NAVN "\ntext = "t"\n', 7, ["templates.z.name", "x"]),
        ('[[templates]]\nid = "z"\nname = "phone call"\ntext = "t"\n', 3, ["templates.z.name", "phone has this name"]),
        (f"[[templates]]\n{GOOD}[[templates]]\n{GOOD}", 6, ["templates.x.id", "stands twice"]),
        ('[[template]]\nid = "x"\n', 1, ["template", "did you mean templates"]),
    ],
)
def test_a_fault_names_file_line_template_and_what(tmp_path: Path, text: str, line: int, parts: list[str]) -> None:
    file = team(tmp_path, text)
    with pytest.raises(ProgrammeError) as caught:
        load(file)
    assert caught.value.text.startswith(f"{file}:{line}: ")
    assert all(part in caught.value.text for part in parts), caught.value.text
    assert caught.value.text.isprintable()


def test_what_another_session_did_meanwhile_is_not_written_over() -> None:
    mine, theirs = Template("Ring", "mitt"), Template("ring", "deres")
    assert with_one([], mine, None) == (mine,)
    assert with_one([theirs], mine, theirs) == (mine,)
    with pytest.raises(TemplateError, match="another session has kept"):
        with_one([theirs], mine, None)
    assert renamed([mine], mine, "Ring!") == (Template("Ring!", "mitt"),)
    assert renamed([mine], mine, "RING") == (Template("RING", "mitt"),)
    with pytest.raises(TemplateError, match="changed or removed"):
        renamed([theirs], mine, "Annet")
    with pytest.raises(TemplateError, match="already"):
        renamed([mine, Template("B", "b")], mine, "b")
    assert without([mine], theirs) == (mine,)
    assert without([mine], mine) == ()
