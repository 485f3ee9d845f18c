"""The rules by which something is shared without a consent: act, paragraph, the days they hold, and a team's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config.programme import Programme, ProgrammeError, load
from config.programme.labels import Ground
from models.consents import disclosures


def grounds(programme: Programme) -> dict[str, Ground]:
    found = {one.id: one for one in programme.choices["legal_ground"]}
    assert all(isinstance(one, Ground) for one in found.values())
    return {id: one for id, one in found.items() if isinstance(one, Ground)}


def offered(programme: Programme, on: date) -> list[str]:
    return [id for id, one in grounds(programme).items() if one.holds(on)]


def test_every_rule_that_is_offered_names_its_act_and_paragraph_and_none_is_a_consent() -> None:
    for id, one in grounds(load()).items():
        if not one.offered or id == "other":
            continue
        assert one.law is not None, id
        assert one.paragraph.startswith("§ "), id
        assert one.name.nb.startswith(f"{one.law.nb} {one.paragraph} ("), id
        for text in (one.name.nb, one.name.en):
            assert not any(word in text.casefold() for word in ("samtykke", "consent", "til stede", "present")), text


def test_the_duties_that_go_before_secrecy_stand_first() -> None:
    assert offered(load(), date(2026, 11, 22))[:3] == ["strl_196", "strl_287", "bvl_13_2"]
    assert grounds(load())["bvl_13_2"].name.nb == "Barnevernsloven § 13-2 (meldeplikt til barnevernet)"


def test_a_rule_is_offered_for_the_days_on_which_it_holds() -> None:
    assert "bvl_13_2" not in offered(load(), date(2022, 12, 31))
    assert "bvl_13_2" in offered(load(), date(2023, 1, 1))
    for day in (date(2014, 1, 1), date(2030, 1, 1)):
        assert not {"participant_present", "danger_to_life"} & set(offered(load(), day))
        assert "other" in offered(load(), day)


def test_what_was_recorded_on_what_is_offered_no_more_is_told_as_it_was() -> None:
    programme = load()
    assert disclosures.ground_name(programme, "participant_present") == str(
        grounds(programme)["participant_present"].name
    )
    assert grounds(programme)["danger_to_life"].name.nb == "Fare for liv eller helse"


def team(folder: Path, text: str) -> Programme:
    file = folder / "team.toml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_a_team_ends_a_rule_and_adds_its_own(tmp_path: Path) -> None:
    programme = team(
        tmp_path,
        """
        [[choices.legal_ground]]
        id = "fvl_13b"
        valid_until = 2027-06-30
        [[choices.legal_ground]]
        id = "fvl_33"
        law = { nb = "Ny forvaltningslov", en = "New Administration Act" }
        paragraph = "§ 33"
        valid_from = 2027-07-01
        name = { nb = "mellom organer", en = "between bodies" }
        """,
    )
    before, after = offered(programme, date(2027, 6, 30)), offered(programme, date(2027, 7, 1))
    assert ("fvl_13b" in before, "fvl_33" in before, "fvl_13b" in after, "fvl_33" in after) == (
        True,
        False,
        False,
        True,
    )
    assert grounds(programme)["fvl_33"].name.nb == "Ny forvaltningslov § 33 (mellom organer)"


def test_a_team_s_file_of_the_former_shape_reads_and_says_itself_what_the_rule_is(tmp_path: Path) -> None:
    programme = team(
        tmp_path,
        'choices.legal_ground = [ { id = "fvl_13b", name = { nb = "Fvl. § 13 b", en = "Act § 13 b" } }, '
        '{ id = "ours", name = { nb = "Vår hjemmel", en = "Our ground" } } ]',
    )
    assert grounds(programme)["fvl_13b"].name.nb == "Fvl. § 13 b"
    assert "ours" in offered(programme, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('valid_from = "soon"', "expected a date such as 2015-10-01, found 'soon'"),
        ("valid_from = 2026-01-02\nvalid_until = 2026-01-01", "before"),
        ("paragraphs = 3", "did you mean paragraph"),
        ('offered = "no"', "true or false"),
    ],
)
def test_a_fault_names_file_line_and_key(tmp_path: Path, line: str, said: str) -> None:
    head = '[[choices.legal_ground]]\nid = "x"\nname = { nb = "X", en = "X" }\n'
    with pytest.raises(ProgrammeError) as caught:
        team(tmp_path, head + line + "\n")
    assert "team.toml:" in caught.value.text
    assert ".x." in caught.value.text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('own_districts = "Alna"', "own_districts"),
        ("own_districts = [3]", "own_districts"),
        ("journal = 3", "journal"),
        ('journal = " "', "journal"),
    ],
)
def test_the_team_s_own_lines_are_checked(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(ProgrammeError, match=rf"team\.toml:1: {key}: "):
        team(tmp_path, text + "\n")


def test_the_team_names_its_journal_and_its_districts(tmp_path: Path) -> None:
    programme = team(tmp_path, 'journal = "Gerica"\nown_districts = ["alna", "Lillestrøm"]\n')
    assert (programme.journal, programme.own_districts) == ("Gerica", ("alna", "Lillestrøm"))
    assert (load().journal, load().own_districts) == ("SOMA", ())


def test_an_agency_that_is_expected_in_some_forms_names_forms_there_are(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match="did you mean parole"):
        team(tmp_path, '[[agencies]]\nid = "probation"\nforms = ["parol"]\n')
    probation = load().agency("probation")
    assert not probation.expected((3,), ("full_term", "own_home"))
    assert not probation.expected((2,), ("parole",))
    assert all(probation.expected((4,), (way,)) for way in ("parole", "home_detention", "halfway_house"))
    assert load().agency("nav").expected((3,), ())
