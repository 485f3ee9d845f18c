"""Agencies, consent sets, checklists and suggested tasks: the the forms' exact items, a team's own laid over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config import words
from config.programme import Programme, ProgrammeError, load
from config.programme.shapes import ChecklistTemplate

# Written from the descriptions of the EX/IN guide's forms, not from the shipped files: groups and items in order.
START = {
    "Sentence": "full-term date · parole application · two-thirds release date · application or plans for transfer · "
    "special sentence terms · special leave terms · school, work or similar",
    "People in prison": "contact officer · reintegration coordinator · social worker · NAV adviser · "
    "contact person TOG · substance adviser",
    "People outside": "lawyer · GP · family",
}
RELEASE = {
    "Information": "participant's contact details · new address · release terms · bank account and ID in order · "
    "code device/BankID in order · consent form (minimum: correctional service, NAV, probation) · authority at NAV",
    "Measures": "social benefits settled · housing settled · occupation settled · leisure settled · "
    "debt advice requested · DPS settled · service notice sent to the local NAV office",
    "Contacts": "contact person at the prison · contact person at probation · contact person at NAV · GP · "
    "family (if relevant)",
}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


@pytest.fixture(scope="module")
def shipped() -> Programme:
    return load()


def template(programme: Programme, id: str) -> ChecklistTemplate:
    found = programme.checklist(id)
    assert found is not None
    return found


@pytest.mark.parametrize(("id", "form"), [("start", START), ("release", RELEASE)])
def test_the_forms_have_exactly_their_items(shipped: Programme, id: str, form: dict[str, str]) -> None:
    groups = template(shipped, id).groups
    assert [group.name.en for group in groups] == list(form)
    for group in groups:
        assert [item.name.en.casefold() for item in group.items] == form[group.name.en].casefold().split(" · ")


def test_what_opens_a_checklist_and_which_wants_a_second_person(shipped: Programme) -> None:
    assert {known.id: (known.opens, known.verify) for known in shipped.checklists} == {
        "start": ("enrolment", False),
        "release": ("release", True),
        "nav": ("nav", False),
    }
    assert (template(shipped, "nav").age_from, template(shipped, "nav").age_to) == (18, 25)


def test_the_same_fact_is_entered_once(shipped: Programme) -> None:
    facts = {item.name.en: item.fact for known in shipped.checklists for item in known.items if item.fact}
    assert facts["Full-term date"] == "full_term_date"
    assert facts["Two-thirds release date"] == "two_thirds_date"
    assert facts["Parole application"] == "parole_applied"
    assert facts["New address"] == "address"
    consent = next(item for item in template(shipped, "release").items if item.kind == "consent")
    assert consent.set == "release"
    people = [item for known in shipped.checklists for item in known.items if item.kind == "contact"]
    assert len(people) == 14
    for known in shipped.checklists:
        for item in known.items:
            assert item.kind != "contact" or all(
                shipped.role(role).agency for role in shipped.contact_roles(known.id, item)
            )
    assert all(item.role or item.roles or item.agency for item in people)


def test_the_sets_of_consents(shipped: Programme) -> None:
    assert {known.id: set(known.agencies) for known in shipped.consent_sets} == {
        "intake": {"prison", "nav", "lawyer"},
        "release": {"prison", "nav", "probation"},
    }


def test_agencies_and_their_roles(shipped: Programme) -> None:
    ids = [role.id for agency in shipped.agencies for role in agency.roles]
    assert len(set(ids)) == len(ids)
    assert {agency.id for agency in shipped.agencies if agency.named} == {"lawyer", "workplace", "family"}
    assert shipped.role("nav_state").agency == "nav"
    assert str(shipped.role("fortune_teller").name) == "fortune teller"


def test_every_phase_has_its_tasks_in_both_strands(shipped: Programme) -> None:
    strands = {(task.phase, task.strand) for task in shipped.phase_tasks}
    assert {phase for phase, _strand in strands} == {1, 2, 3, 4, 5, 6}
    assert {(2, "coordination"), (2, "relationship"), (3, "relationship"), (4, "coordination")} < strands
    turns = {task.id: task.turn for task in shipped.phase_tasks}
    assert turns["p4_applications"] == "participant"
    assert turns["p3_applications"] == "ours"


def test_the_lists_coordination_needs(shipped: Programme) -> None:
    def ids(name: str) -> list[str]:
        return [choice.id for choice in shipped.choices[name]]

    assert len(ids("domain")) == 9
    assert ids("turn") == ["participant", "ours", "agency"]
    assert ids("application_outcome") == ["granted", "partly", "refused", "withdrawn", "dismissed"]
    assert ids("spending_purpose") == ["relationship", "necessity"]
    assert ids("item_who") == ["exin", "joint", "nav"]
    assert {"fvl_13a", "fvl_13b", "fvl_13f", "hpl_31", "participant_present", "danger_to_life"} < set(
        ids("legal_ground")
    )
    assert {"participant", "agency_written", "agency_phone", "seen"} < set(ids("verification_source"))


OWN = """id = "{id}"
version = 2
name = {{ nb = "Vår liste", en = "Our list" }}
[[groups]]
id = "one"
name = {{ nb = "En", en = "One" }}
items = [
    {{ id = "keys", kind = "tick", name = {{ nb = "Nøkler", en = "Keys" }} }},
    {{ id = "term", kind = "date", fact = "full_term_date", name = {{ nb = "Endt tid", en = "Full term" }} }},
]
"""


def own(tmp_path: Path, text: str, name: str = "ours.toml") -> Path:
    folder = tmp_path / "checklists"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_team_s_checklist_is_added_or_takes_the_place_of_a_shipped_one(tmp_path: Path, shipped: Programme) -> None:
    own(tmp_path, OWN.format(id="moving_in"))
    own(tmp_path, OWN.format(id="start"), "start.toml")
    own(tmp_path, "this is an editor's rubbish", ".start.toml")
    team_file = tmp_path / "programme.toml"
    team_file.write_text("[limits]\nparticipants = 10\n", encoding="utf-8")
    for programme in (load(team_file), load(None, tmp_path / "checklists")):
        assert [known.id for known in programme.checklists] == ["start", "release", "nav", "moving_in"]
        assert [item.id for item in template(programme, "start").items] == ["keys", "term"]
        assert template(programme, "start").version == 2
        assert template(programme, "start").opens == ""
        assert template(programme, "release") == template(shipped, "release")


def test_no_folder_is_no_fault(tmp_path: Path, shipped: Programme) -> None:
    assert load(None, tmp_path / "checklists").checklists == shipped.checklists


def test_a_team_s_agencies_sets_and_tasks_are_laid_over_by_id(tmp_path: Path, shipped: Programme) -> None:
    file = tmp_path / "programme.toml"
    file.write_text(
        """
        [[agencies]]
        id = "nav"
        phases = [3, 4]
        roles = [
            { id = "nav_desk", name = { nb = "Skranken", en = "Front desk" } },
            { id = "nav_state", name = { nb = "NAV stat", en = "NAV state" } },
        ]
        [[agencies]]
        id = "church"
        name = { nb = "Menighet", en = "Parish" }
        [[agencies.roles]]
        id = "priest"
        name = { nb = "Prest", en = "Priest" }
        [[consent_sets]]
        id = "intake"
        agencies = ["prison", "nav"]
        [[phase_tasks]]
        id = "p6_closing"
        phase = 5
        [[phase_tasks]]
        id = "p2_letter"
        phase = 2
        strand = "relationship"
        text = { nb = "Skrive brev", en = "Write a letter" }
        """,
        encoding="utf-8",
    )
    programme = load(file)
    nav = programme.agency("nav")
    assert nav.phases == (3, 4)
    assert [role.id for role in nav.roles] == [*(role.id for role in shipped.agency("nav").roles), "nav_desk"]
    assert (programme.role("nav_state").name.en, programme.role("nav_state").consent) == ("NAV state", True)
    assert programme.role("priest").agency == "church"
    assert programme.consent_sets[0].agencies == ("prison", "nav")
    assert next(task for task in programme.phase_tasks if task.id == "p6_closing").phase == 5
    assert programme.phase_tasks[-1].turn == "ours"


AGENCY = '[[agencies]]\nid = "church"\nname = { nb = "Menighet", en = "Parish" }\n'
TASK = '[[phase_tasks]]\nid = "x"\nphase = 2\nstrand = "relationship"\ntext = { nb = "X", en = "X" }\n'


@pytest.mark.parametrize(
    ("text", "line", "parts"),
    [
        (AGENCY + "phases = [7]\n", 4, ["agencies.church.phases", "no phase 7"]),
        (AGENCY + 'phases = "2"\n', 4, ["agencies.church.phases", "whole numbers"]),
        (AGENCY + "phase = [2]\n", 4, ["agencies.church.phase", "did you mean phases"]),
        (AGENCY + 'roles = [\n  { id = "priest" },\n]\n', 5, ["agencies.roles.priest.name", "missing"]),
        (AGENCY + 'roles = [ { id = "gp", name = { nb = "X", en = "X" } } ]\n', 4, ["agencies.roles.gp.id", "health"]),
        (
            AGENCY
            + 'roles = [\n { id = "a", name = { nb = "X", en = "X" } },\n'
            + ' { id = "a", name = { nb = "Y", en = "Y" } }\n]',
            6,
            ["agencies.roles.a.id", "twice"],
        ),
        (AGENCY + "roles = 3\n", 4, ["agencies.church.roles", "list of tables"]),
        (AGENCY + "roles = [ 3 ]\n", 1, ["agencies.roles", "a table"]),
        (
            AGENCY + '[[agencies.roles]]\nid = "a"\nname = { nb = "X", en = "X" }\nconsent = 3\n',
            7,
            ["agencies.roles.a.consent", "true or false"],
        ),
        ('[[agencies]]\nid = "church"\n', 1, ["agencies.church.name", "missing"]),
        (AGENCY + AGENCY, 5, ["agencies.church.id", "twice"]),
        ('[[consent_sets]]\nid = "intake"\nagencies = ["nva"]\n', 3, ["consent_sets.intake.agencies", "mean nav"]),
        ('[[consent_sets]]\nid = "intake"\nagencies = "nav"\n', 3, ["consent_sets.intake.agencies", "list of texts"]),
        (TASK.replace("phase = 2", "phase = 9"), 3, ["phase_tasks.x.phase", "no phase 9"]),
        (TASK.replace("relationship", "relation"), 4, ["phase_tasks.x.strand", "did you mean relationship"]),
        (TASK + 'turn = "hers"\n', 6, ["phase_tasks.x.turn", "ours", "hers"]),
    ],
)
def test_a_fault_in_a_team_s_file_names_file_line_and_key(
    tmp_path: Path, text: str, line: int, parts: list[str]
) -> None:
    file = tmp_path / "team.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProgrammeError) as caught:
        load(file)
    said = caught.value.text
    assert f"team.toml:{line}:" in said, said
    assert all(part in said for part in parts), said


LIST = OWN.format(id="ours")


@pytest.mark.parametrize(
    ("before", "after", "line", "parts"),
    [
        ('kind = "tick"', 'kind = "tik"', 8, ["groups.items.keys.kind", "did you mean tick"]),
        (', kind = "tick"', "", 8, ["groups.items.keys.kind", "missing"]),
        ("full_term_date", "full_term", 9, ["groups.items.term.fact", "did you mean full_term_date"]),
        ('kind = "date"', 'kind = "text"', 9, ["groups.items.term.fact", "full_term_date"]),
        ('kind = "tick"', 'kind = "contact"', 8, ["groups.items.keys.role", "missing"]),
        ('kind = "tick"', 'kind = "contact", role = "gb"', 8, ["groups.items.keys.role", "gb"]),
        ('kind = "tick"', 'kind = "consent", set = "realease"', 8, ["groups.items.keys.set", "mean release"]),
        ('kind = "tick"', 'kind = "tick", role = "gp"', 8, ["groups.items.keys.role", "contact"]),
        ('kind = "tick"', 'kind = "tick", who = "police"', 8, ["groups.items.keys.who", "joint", "police"]),
        ('kind = "tick"', 'kind = "tick", due = 3', 8, ["groups.items.keys.due", "no such key"]),
        ('id = "term"', 'id = "keys"', 9, ["groups.items.keys.id", "twice"]),
        (', en = "Full term"', "", 9, ["groups.items.term.name", "at least"]),
        ('name = { nb = "En", en = "One" }\n', "", 4, ["groups.one.name", "missing"]),
        ("version = 2\n", "", 0, ["version", "missing"]),
        ("version = 2", 'version = "2"', 2, ["version", "whole number"]),
        ("version = 2", "version = 2\nopens = 'release_day'", 3, ["opens", "did you mean release"]),
        ("version = 2", "version = 2\nage_from = 25\nage_to = 18", 4, ["age_to", "25"]),
        ("version = 2", "version = 2\nverified = true", 3, ["verified", "did you mean verify"]),
        ('name = { nb = "Vår liste", en = "Our list" }\n', "", 0, ["name", "missing"]),
        ('id = "ours"', 'id = "Our list"', 1, ["id", "lower-case"]),
        ('"Nøkler"', '"Nøkler', 8, ["TOML"]),
    ],
)
def test_a_fault_in_a_checklist_names_file_line_and_key(
    tmp_path: Path, before: str, after: str, line: int, parts: list[str]
) -> None:
    assert before in LIST
    with pytest.raises(ProgrammeError) as caught:
        load(None, own(tmp_path, LIST.replace(before, after, 1)))
    said = caught.value.text
    assert "ours.toml" in said
    assert not line or f"ours.toml:{line}:" in said or f"line {line}," in said, said
    assert all(part in said for part in parts), said


def test_an_item_twice_in_two_groups_and_an_id_in_two_files(tmp_path: Path) -> None:
    second = '[[groups]]\nid = "two"\nname = { nb = "To", en = "Two" }\n'
    again = second + '[[groups.items]]\nid = "keys"\nkind = "tick"\nname = { nb = "N", en = "K" }\n'
    with pytest.raises(ProgrammeError, match=r"ours\.toml:15: groups\.items\.keys\.id: one has"):
        load(None, own(tmp_path, LIST + again))
    own(tmp_path, LIST)
    with pytest.raises(ProgrammeError, match=r"second\.toml:1: id: .*ours\.toml has"):
        load(None, own(tmp_path, LIST, "second.toml"))
    with pytest.raises(ProgrammeError, match="at least one item"):
        load(None, own(tmp_path, LIST[: LIST.index("[[groups]]")]))
