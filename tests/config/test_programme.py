"""The programme as data: what ships is whole, and a team's file is laid over it or refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from config import words
from config.programme import Programme, ProgrammeError, Words, load


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


@pytest.fixture(scope="module")
def shipped() -> Programme:
    return load()


def team(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "team.toml"
    file.write_text(text, encoding="utf-8")
    return file


def every_label(value: object) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from every_label(getattr(value, name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from every_label(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from every_label(inner)


def test_six_phases_in_order_with_three_and_four_demanding(shipped: Programme) -> None:
    assert [phase.number for phase in shipped.phases] == [1, 2, 3, 4, 5, 6]
    assert [phase.id for phase in shipped.phases] == [
        "intake",
        "in_prison",
        "before_release",
        "after_release",
        "reintegration",
        "phase_out",
    ]
    assert [phase.number for phase in shipped.phases if phase.demanding] == [3, 4]
    contact = {phase.number: phase.contact_days for phase in shipped.phases}
    assert max(contact[3], contact[4]) < min(contact[1], contact[2], contact[5], contact[6])


def test_every_label_is_in_both_languages_and_fits(shipped: Programme) -> None:
    labels = list(every_label(shipped))
    assert len(labels) > 80
    assert all(label.nb.strip() and label.en.strip() for label in labels)
    assert all(len(text) <= 12 for phase in shipped.phases for text in (phase.short.nb, phase.short.en))


def test_english_labels_are_english(shipped: Programme) -> None:
    proper = {id(label) for name in ("prison", "district") for label in every_label(shipped.choices[name])}
    norwegian = [
        label.en for label in every_label(shipped) if id(label) not in proper and set(label.en) & set("æøåÆØÅ")
    ]
    assert norwegian == []


def test_a_label_follows_the_language(shipped: Programme) -> None:
    label = shipped.phase(3).name
    assert str(label) == "Before release"
    words.use("nb")
    assert str(label) == "Før løslatelse"


def test_letters_choose_one_kind_each(shipped: Programme) -> None:
    letters = [kind.key for kind in shipped.kinds if not kind.system]
    assert len(set(letters)) == len(letters)
    assert all(len(letter) == 1 and letter.islower() for letter in letters)
    assert shipped.kind("phone").key == "t"
    assert all(kind.template and not kind.key for kind in shipped.kinds if kind.system)


def test_what_is_recorded_most_has_a_key_of_its_own(shipped: Programme) -> None:
    keys = [quick.key for quick in shipped.quick]
    assert len(set(keys)) == len(keys)
    assert not {key for key in keys if key.islower()}
    call = next(quick for quick in shipped.quick if quick.key == "T")
    assert (call.kind, call.outcome, call.minutes, call.saves) == ("phone", "attempted", 0, True)


def test_a_team_adds_and_changes_what_it_records_most(tmp_path: Path) -> None:
    own = tmp_path / "programme.toml"
    own.write_text(f"[[quick]]\n{QUICK}\n[[quick]]\nid = 'no_answer'\nkey = '1'\n", "utf-8")
    programme = load(own)
    assert programme.quick[-1].kind == "talk"
    assert [quick.key for quick in programme.quick if quick.id == "no_answer"] == ["1"]


def test_a_template_fills(shipped: Programme) -> None:
    template = shipped.kind("phase_began").template
    assert template is not None
    assert template.nb.format(phase=3, name="Før løslatelse") == "Fase 3 Før løslatelse begynte"


def test_the_lists_hold_what_the_case_needs(shipped: Programme) -> None:
    assert {choice.id for choice in shipped.choices["role"]} == {"team_leader", "caseworker", "reader"}
    assert len(shipped.choices["district"]) == 15
    assert {"security_level", "release_kind", "parole_decision", "stays", "outcome", "prison"} < set(shipped.choices)


def test_limits_are_the_guide_s(shipped: Programme) -> None:
    limits = shipped.limits
    assert (limits.participants, limits.demanding, limits.intake_months) == (12, 6, 6)
    assert (limits.before_release_days_high, limits.before_release_days_lower) == (60, 90)
    assert (limits.two_thirds_min_days, limits.two_thirds_from_days) == (60, 74)


def test_what_is_unknown_still_shows(shipped: Programme) -> None:
    assert str(shipped.kind("house_warming").name) == "house warming"
    assert not shipped.kind("house_warming").contact
    assert str(shipped.choice("prison", "Et annet sted").name) == "Et annet sted"
    assert str(shipped.phase(9).name) == "9"


def test_a_team_s_file_replaces_field_by_field_and_appends(tmp_path: Path, shipped: Programme) -> None:
    file = team(
        tmp_path,
        """
        [limits]
        participants = 10

        [[kinds]]
        id = "phone"
        minutes = 5

        [[kinds]]
        id = "training"
        key = "g"
        name = { nb = "Trening", en = "Training" }
        group = "outing"
        contact = true

        [[phases]]
        id = "after_release"
        contact_days = 4

        [[choices.prison]]
        id = "new_one"
        name = "Nye fengsel"
        """,
    )
    programme = load(file)
    assert programme.limits.participants == 10
    assert programme.limits.demanding == shipped.limits.demanding
    assert (programme.kind("phone").minutes, programme.kind("phone").key) == (5, "t")
    assert programme.kinds[-1].id == "training"
    assert programme.phase(4).contact_days == 4
    assert programme.phase(4).name == shipped.phase(4).name
    assert programme.choices["prison"][-1].name == Words("Nye fengsel", "Nye fengsel")
    assert programme.choices["stays"] == shipped.choices["stays"]


def test_all_of_a_worker_s_participants_may_be_demanding_ones(tmp_path: Path, shipped: Programme) -> None:
    most = shipped.limits.demanding
    assert load(team(tmp_path, f"[limits]\nparticipants = {most}\n")).limits.participants == most


QUICK = 'id = "coffee"\nkey = "K"\nname = { nb = "Kaffe", en = "Coffee" }\nkind = "talk"\nminutes = 20\n'
KIND = 'id = "training"\nkey = "g"\nname = { nb = "Trening", en = "Training" }\ngroup = "outing"\n'


@pytest.mark.parametrize(
    ("text", "line", "parts"),
    [
        ("[[kinds]]\nid = 'vist'\nminutes = 3\n", 1, ["kinds.vist.key", "missing"]),
        (f"[[kinds]]\n{KIND}grup = 'x'\n", 6, ["kinds.training.grup", "did you mean group"]),
        (f"[[kinds]]\n{KIND.replace('outing', 'trip')}", 5, ["kinds.training.group", "trip", "outing"]),
        ("[[kinds]]\n" + KIND.replace('"g"', '"t"'), 3, ["kinds.training.key", "phone"]),
        ("[[kinds]]\n" + KIND.replace('"g"', '"G"'), 3, ["kinds.training.key", "lower-case letter", "G"]),
        ("[[kinds]]\n" + KIND.replace(', en = "Training"', ""), 4, ["kinds.training.name", "at least"]),
        ("[[kinds]]\n" + KIND.replace('"Training"', '" "'), 4, ["kinds.training.name", "at least"]),
        (f"[[kinds]]\n{KIND}minutes = true\n", 6, ["minutes", "whole number", "true"]),
        (f"[[kinds]]\n{KIND}minutes = -1\n", 6, ["minutes", "whole number", "-1"]),
        (f"[[kinds]]\n{KIND}contact = 1\n", 6, ["contact", "true or false", "1"]),
        (f"[[kinds]]\n{KIND}system = true\n", 6, ["system", "program's own"]),
        (f"[[kinds]]\n{KIND}form = 'intake'\n", 6, ["kinds.training.form", "intake_talk"]),
        (f"[[kinds]]\n{KIND}\n[[kinds]]\n{KIND}", 8, ["id", "twice"]),
        ("[[kinds]]\nid = 'phone'\nminutes = 1\nminutes = 2\n", 4, ["TOML"]),
        ("[[kinds]]\nkey = 'x'\n", 1, ["kinds.id", "needs an id"]),
        ("kinds = 3\n", 1, ["kinds", "list of tables"]),
        ("[[kind]]\nid = 'x'\n", 1, ["kind", "did you mean kinds"]),
        ("[[quick]]\n" + QUICK.replace('"K"', '"k"'), 3, ["quick.coffee.key", "capital letter or digit", "k"]),
        ("[[quick]]\n" + QUICK.replace('"K"', '"T"'), 3, ["quick.coffee.key", "no_answer"]),
        ("[[quick]]\n" + QUICK.replace('"talk"', '"walk"'), 5, ["quick.coffee.kind", "did you mean talk"]),
        ("[[quick]]\n" + QUICK.replace('"talk"', '"enrolled"'), 5, ["quick.coffee.kind", "enrolled"]),
        ("[[quick]]\n" + QUICK.replace('"talk"', '"intake_talk"'), 5, ["quick.coffee.kind", "intake_talk"]),
        (f"[[quick]]\n{QUICK}outcome = 'gone'\n", 7, ["quick.coffee.outcome", "gone"]),
        ("[[quick]]\n" + QUICK.replace('"talk"', '"note"') + "outcome = 'reached'\n", 7, ["outcome", "note"]),
        ("[[kinds]]\nid='phase_began'\ntemplate = { nb = '{phase}', en = '{name}' }\n", 3, ["template", "same"]),
        ("[[kinds]]\nid='phase_began'\ntemplate = { nb = '{where}', en = '{where}' }\n", 3, ["template", "where"]),
        ("[[kinds]]\nid='phase_began'\ntemplate = { nb = '{', en = '{' }\n", 3, ["template", "braces"]),
        ("[[kinds]]\nid='phase_began'\ntemplate = { nb = '{phase!r}', en = '{phase!r}' }\n", 3, ["template", "braces"]),
        ("[limits]\nparticipants = 'many'\n", 2, ["limits.participants", "whole number", "many"]),
        ("\n[limits]\nparticipant = 3\n", 3, ["limits.participant", "did you mean participants"]),
        ("[limits]\nparticipants = 3\n", 2, ["limits.participants", "demanding, 6,"]),
        ("[limits]\nparticipants = 3\ndemanding = 5\n", 3, ["limits.demanding", "demanding, 5,"]),
        ("# ours\nlimits = { participants = 'many' }\n", 2, ["limits.participants", "whole number"]),
        ("# ours\nkinds = [\n  { id = 'phone', minutes = 1 },\n  { id = 'talk', minutes = -1 },\n]\n", 4,
         ["kinds.talk.minutes", "whole number"]),
        ("# ours\n\nkinds = [{ 'id' = 'phone', minutes = -1 }]\n", 3, ["kinds.phone.minutes"]),
        ("# ours\nagencies = [\n  { id = 'sauna', name = { nb = 'B', en = 'S' }, phases = [1], roles = [\n"
         "    { id = 'host', name = { nb = 'V', en = 'H' } } ] },\n"
         "  { id = 'boats', name = { nb = 'B', en = 'B' }, phases = [1], roles = [\n"
         "    { id = 'host', name = { nb = 'V', en = 'H' } } ] },\n]\n", 6, ["host", "sauna has"]),
        ("[limits]\ndemanding = 13\n", 2, ["limits.demanding", "participants, 12"]),
        ("[[kinds]]\nid = 'phone'\nkey = 's'\n", 3, ["kinds.phone.key", "talk"]),
        ("[[phases]]\nid = 'in_prison'\nnumber = 3\n", 3, ["phases.in_prison.number", "keeps its number"]),
        ("[[phases]]\nid = 'in_prison'\nshort = { nb = 'Mens man soner', en = 'In prison' }\n", 3, ["short", "12"]),
        ("[[choices.prisons]]\nid = 'x'\nname = 'X'\n", 1, ["choices.prisons", "did you mean choices.prison"]),
        ("[[choices.stays]]\nid = 'hotel'\nname = 'Hotell'\n", 3, ["choices.stays.hotel.name", "at least"]),
        ("\nversion = 99\n", 2, ["version", "99"]),
        ("[[kinds]]\nid = 'x\n", 0, ["TOML"]),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_and_key(tmp_path: Path, text: str, line: int, parts: list[str]) -> None:
    with pytest.raises(ProgrammeError) as caught:
        load(team(tmp_path, text))
    said = caught.value.text
    assert "team.toml" in said
    assert not line or f"team.toml:{line}:" in said or f"line {line}," in said, said
    assert all(part in said for part in parts), said


def test_a_missing_and_an_unreadable_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match=r"nowhere\.toml cannot be read"):
        load(tmp_path / "nowhere.toml")
    (tmp_path / "latin.toml").write_bytes("[limits]\n# løslatelse".encode("latin-1"))
    with pytest.raises(ProgrammeError, match=r"latin\.toml is not written in UTF-8"):
        load(tmp_path / "latin.toml")


def test_control_characters_in_a_fault_do_not_reach_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError) as caught:
        load(team(tmp_path, '[limits]\nparticipants = "\\u001b[31m"\n'))
    assert "\x1b" not in caught.value.text
