"""The shipped programme against the guide's own forms: every cell, every role, every partner."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.programme import Programme, ProgrammeError, load
from config.programme.shapes import ChecklistTemplate, ItemTemplate
from models.checklists.content import content_of, template_of
from tests.config import guide_forms as guide


@pytest.fixture(scope="module")
def shipped() -> Programme:
    return load()


def template(programme: Programme, id: str) -> ChecklistTemplate:
    found = programme.checklist(id)
    assert found is not None
    return found


@pytest.mark.parametrize(("id", "form"), [("start", guide.START), ("release", guide.RELEASE)], ids=["start", "release"])
def test_every_item_of_the_two_checklists(
    shipped: Programme, id: str, form: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    groups = template(shipped, id).groups
    assert [[item.name.nb.casefold() for item in group.items] for group in groups] == [
        [guide.today(cell) for cell in cells] for _heading, cells in form
    ]
    # The first heading of the release form is that of the form itself.
    headings = ["Informasjon" if heading == "Sjekkliste ved løslatelse" else heading for heading, _cells in form]
    assert [group.name.nb for group in groups] == headings


def test_every_cell_of_the_procedure_with_nav_in_its_row_and_column(shipped: Programme) -> None:
    groups = template(shipped, "nav").groups
    assert [group.name.nb for group in groups] == [step for step, _rows in guide.NAV]
    for group, (_step, rows) in zip(groups, guide.NAV, strict=True):
        for column, who in enumerate(guide.WHO):
            found = [item.name.nb.casefold() for item in group.items if item.who == who]
            assert found == [guide.today(row[column]) for row in rows]
    cells = [cell for _step, rows in guide.NAV for row in rows for cell in row]
    items = template(shipped, "nav").items
    assert (len(cells), sum("ved behov" in cell for cell in cells)) == (30, 10)
    assert sum("ved behov" in item.name.nb for item in items) == 10
    assert sum("where needed" in item.name.en for item in items) == 10


def test_every_role_of_the_consent_form_in_its_order(shipped: Programme) -> None:
    found = [role.name.nb.casefold() for agency in shipped.agencies for role in agency.roles if role.consent]
    wanted = [role.casefold() for _agency, roles in guide.CONSENT for role in roles]
    assert len(found) == len(wanted) == 25
    # "Andre" says of what.
    assert [name for name, role in zip(found, wanted, strict=True) if not name.startswith(role)] == []
    names = [agency.name.nb.casefold() for agency in shipped.agencies]
    apart = {"andre tjenester"}
    assert [name for name, _roles in guide.CONSENT if name.casefold() not in {*names, *apart}] == []


def test_the_partners_of_each_phase(shipped: Programme) -> None:
    found: dict[int, set[str]] = {}
    for agency in shipped.agencies:
        for role in agency.roles:
            for phase in role.typical:
                found.setdefault(phase, set()).add(role.id)
    assert found == guide.PARTNERS


def test_everybody_of_the_network_figure_and_the_contact_table_has_a_role(shipped: Programme) -> None:
    names = [role.name.nb.casefold() for agency in shipped.agencies for role in agency.roles]
    missing = [who for who in guide.AROUND if not any(who.casefold() in name for name in names)]
    assert missing == []


# ---------------------------------------------------------------------- whom a contact item accepts


def item_of(programme: Programme, checklist: str, id: str) -> ItemTemplate:
    return next(item for item in template(programme, checklist).items if item.id == id)


def test_a_contact_item_accepts_a_role_several_or_a_whole_agency(shipped: Programme) -> None:
    def accepts(checklist: str, id: str) -> set[str]:
        return set(shipped.contact_roles(checklist, item_of(shipped, checklist, id)))

    for checklist in ("start", "release"):
        assert {"mother", "father", "sibling", "family"} < accepts(checklist, "family")
    assert {"nav_municipal", "nav_state"} < accepts("release", "nav_contact")
    # Who is at Nav in the prison, or gives advice on debt, is not the person's contact at the office outside.
    assert not {"nav_prison_adviser", "nav_debt"} & accepts("release", "nav_contact")
    assert {"contact_officer", "reintegration_coordinator", "prison_other"} < accepts("release", "prison_contact")
    assert accepts("start", "substance_adviser") == {"prison_substance_adviser"}
    assert accepts("start", "contact_officer") == {"contact_officer"}


def test_a_list_in_use_keeps_its_words_and_accepts_whom_the_programme_accepts_now(shipped: Programme) -> None:
    """As older programs kept them: an item with one role."""
    kept = (
        '{"id": "start", "version": 1, "name": {"nb": "S", "en": "S"}, "verify": false, "groups": [{"id": "o", '
        '"name": {"nb": "O", "en": "O"}, "items": [{"id": "family", "kind": "contact", "name": {"nb": "Familie", '
        '"en": "Family"}, "role": "family"}, {"id": "substance_adviser", "kind": "contact", "name": {"nb": "R", '
        '"en": "R"}, "role": "substance_adviser"}, {"id": "gone", "kind": "contact", "name": {"nb": "G", "en": "G"}, '
        '"role": "fortune_teller"}]}]}'
    )
    family, adviser, gone = template_of(kept).items
    assert {"mother", "family"} < set(shipped.contact_roles("start", family))
    assert shipped.contact_roles("start", adviser) == ("prison_substance_adviser", "substance_adviser")
    assert shipped.contact_roles("start", gone) == ("fortune_teller",)
    assert shipped.contact_roles("no_such_list", family) == ("family",)


def test_what_is_kept_of_a_list_says_whom_its_items_accept(shipped: Programme) -> None:
    for known in shipped.checklists:
        assert template_of(content_of(known)).groups == known.groups


OURS = """id = "ours"
version = 1
name = {{ nb = "Vår", en = "Ours" }}
[[groups]]
id = "one"
name = {{ nb = "En", en = "One" }}
items = [
    {{ id = "somebody", kind = "{kind}", {whom}, name = {{ nb = "Noen", en = "Somebody" }} }},
]
"""


def ours(folder: Path, whom: str, kind: str = "contact") -> Programme:
    (folder / "ours.toml").write_text(OURS.format(whom=whom, kind=kind), encoding="utf-8")
    return load(None, folder)


@pytest.mark.parametrize(
    ("whom", "roles"),
    [
        ('role = "gp"', ("gp",)),
        ('roles = ["gp", "dps"]', ("gp", "dps")),
        ('role = "dps", roles = ["gp", "dps"]', ("dps", "gp")),
        ('agency = "probation"', ("probation_contact", "halfway_house")),
    ],
)
def test_a_team_s_list_names_whom_it_accepts_in_the_former_way_or_in_the_new(
    tmp_path: Path, whom: str, roles: tuple[str, ...]
) -> None:
    programme = ours(tmp_path, whom)
    assert programme.contact_roles("ours", item_of(programme, "ours", "somebody")) == roles


@pytest.mark.parametrize(
    ("whom", "kind", "key", "said"),
    [
        ('roles = ["gp", "dpss"]', "contact", "roles", "did you mean dps"),
        ('roles = "gp"', "contact", "roles", "list of texts"),
        ('agency = "probatoin"', "contact", "agency", "did you mean probation"),
        ("roles = []", "contact", "role", "missing"),
        ('agency = "nav"', "tick", "agency", "contact"),
    ],
)
def test_a_role_or_an_agency_that_is_not_there_is_named_with_file_line_and_key(
    tmp_path: Path, whom: str, kind: str, key: str, said: str
) -> None:
    with pytest.raises(ProgrammeError) as caught:
        ours(tmp_path, whom, kind)
    assert f"ours.toml:8: groups.items.somebody.{key}: " in caught.value.text
    assert said in caught.value.text
