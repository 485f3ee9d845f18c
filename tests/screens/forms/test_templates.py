"""Templates: put in at the cursor and taken out again, kept as one's own, and never with anything about anybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from config import settings as config_settings
from config import startup_settings
from config.settings import Settings
from config.templates import Template
from models.meetings import meetings
from models.participants import participants
from models.phase_outs import phase_outs
from models.roles.rights import READER
from models.storage import drafts
from screens.everywhere.settings import SettingsScreen
from screens.forms.form import FormScreen
from screens.forms.line_fields import LineField
from screens.forms.own_templates import OwnTemplatesScreen
from screens.forms.templates import TemplateChooser
from screens.forms.text_field import TextBox
from screens.frame.case import Case
from screens.meetings.line import MeetingLine
from screens.participant.record_form import TOPIC_LIMIT, RecordForm, begun
from screens.phase_outs.forms import PhaseOutForm
from tests.screens.forms.test_unfinished_forms import FORMS, TODAY, made, ways, world

__all__ = ["world"]

Staged = Callable[[Any], Any]
IN_A_LINE = "About: Agreed: I will: The participant will: Next time we talk:"
PHONE = "About: \nAgreed: \nI will: \nThe participant will: \nNext time we talk: "


@pytest.fixture
def person(case: Case) -> int:
    return case.store.change_now(participants.add, {"given_name": "Bo", "family_name": "Sæthre"})


@pytest.fixture
def file() -> Path:
    path = Path(startup_settings.settings_file())
    config_settings.save(path, Settings(language="en"))
    return path


def own(file: Path) -> tuple[Template, ...]:
    return config_settings.load(file).templates


def broken(file: Path) -> None:
    file.write_text("[[templates]\n")


def is_broken(file: Path) -> bool:
    return file.read_text() == "[[templates]\n"


def keep_in(file: Path, *templates: Template) -> None:
    config_settings.change_templates(file, lambda now: templates)


def words_on(app: Any) -> str:
    return " ".join(app.text().split())


async def test_one_is_put_in_at_the_cursor_and_taken_out_as_one(case: Case, stage: Staged, person: int) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Ring.", "enter", "ctrl+o")
        assert isinstance(app.screen, TemplateChooser)
        assert "Meeting at Nav" in app.text()
        assert "Next time we talk:" in app.text(), "what it says is shown before it is put in"
        await pilot.press(*"phone", "enter")
        text = app.screen.field("text")
        assert text.written == f"Ring.\n{PHONE}"
        assert "Ctrl+Z takes it out" in words_on(app)
        await pilot.press(*"x")
        assert text.written.startswith("Ring.\nAbout: x\n"), "the cursor is where it is to be filled in"
        await pilot.press("ctrl+z", "ctrl+z")
        assert text.written == "Ring.\n"
        await pilot.press("insert", "enter", "escape")
    [kept] = case.store.ask_now(drafts.kept)
    assert kept.fields["text"] == f"Ring.\n{PHONE}"


async def test_it_takes_the_place_of_what_is_selected(case: Case, stage: Staged, person: int) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"abc", "shift+left", "shift+left", "ctrl+o", "enter")
        assert app.screen.field("text").written == f"a{PHONE}"


async def test_in_one_line_it_is_one_line(case: Case, stage: Staged, person: int) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        topic = app.screen.field("topic")
        app.screen.set_focus(topic)
        await pilot.press(*"A: ", "ctrl+o", "enter")
        assert topic.written == "A: " + IN_A_LINE
        assert len(topic.written) < TOPIC_LIMIT
        await pilot.press("ctrl+z")
        assert topic.written == "A: "
        await pilot.press("ctrl+o", "enter", "x", "ctrl+z")
        assert topic.written.endswith("x"), "what was typed since is not taken out with it"


async def test_it_is_off_where_no_text_is_written_and_says_so(case: Case, stage: Staged, person: int) -> None:
    app = stage(RecordForm(case, person))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("ctrl+o")
        assert "a field in which any text may be written" in words_on(app), "no kind is chosen yet"
        await pilot.press("escape")
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        for key in ("at", "minutes", "kind"):
            app.screen.set_focus(app.screen.field(key))
            await pilot.press("ctrl+o")
            assert isinstance(app.screen, RecordForm), key
            assert "a field in which any text may be written" in words_on(app)


async def test_a_line_of_minutes_takes_one_too(case: Case, stage: Staged, person: int) -> None:
    meeting = case.store.change_now(meetings.open_, "weekly", None)
    app = stage(MeetingLine(case, meeting, "note", person, "Bo"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Bo: ", "ctrl+o", *"phone", "enter")
        assert app.screen._box.text == "Bo: " + PHONE
        await pilot.press("ctrl+z")
        assert app.screen._box.text == "Bo: "
        await pilot.press("ctrl+o", "enter", "escape")
    [kept] = case.store.ask_now(drafts.kept)
    assert kept.fields["text"].startswith("Bo: About: \nAgreed:")


async def test_a_reader_is_told_why_not(case: Case, stage: Staged, person: int) -> None:
    case.store.actor = replace(case.store.actor, role=READER)
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("ctrl+o")
        assert isinstance(app.screen, RecordForm)
        assert "read access only" in words_on(app)
        assert "Ctrl+O" not in app.text()


@pytest.mark.parametrize("cls", FORMS, ids=lambda cls: cls.__name__)
async def test_every_form_takes_one_in_every_field_for_text(
    case: Case, stage: Staged, world: dict[str, Any], cls: type[Any]
) -> None:
    if issubclass(cls, PhaseOutForm) and cls.__name__ != "BeginPhaseOutForm":
        number = case.store.change_now(phase_outs.begin, 3, world["reason"], TODAY)
        world["told"] = number
    form = made(case, cls, world, ways(cls)[0][0])
    app = stage(form)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        if not form.is_attached:
            pytest.skip("There is nothing to fill in here.")
        for field in form.form.fields:
            if not isinstance(field, TextBox) and (type(field) is not LineField or field.about.personal):
                continue
            shown = field.display
            field.display = form.form.display = True
            app.screen.set_focus(field)
            before = field.written
            await pilot.press("end", "ctrl+o")
            assert isinstance(app.screen, TemplateChooser), field.about.key
            await pilot.press(*"phone", "enter")
            assert app.screen is form
            assert field.written != before, field.about.key
            assert field in form.edited, "what is put in is kept with the form"
            await pilot.press("ctrl+z")
            # A form hides again what it does not ask for yet.
            assert not shown or field.written == before, field.about.key


# ---------------------------------------------------------------------- keeping one's own


async def test_what_is_written_is_kept_under_a_name(case: Case, stage: Staged, person: int, file: Path) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Avtalt:", "enter", *"Videre:", "ctrl+o", "f2")
        assert "which is not encrypted: no names" in words_on(app)
        await pilot.press(*"Kort  samtale", "enter")
        assert isinstance(app.screen, RecordForm)
        assert "Kept as a template of your own: Kort samtale." in words_on(app)
        assert app.screen.field("text").written == "Avtalt:\nVidere:", "the field stays as it was"
        assert own(file) == (Template("Kort samtale", "Avtalt:\nVidere:"),)
        await pilot.press("ctrl+o")
        assert app.text().index("Kort samtale") < app.text().index("Phone call"), "one's own come first"
        await pilot.press("f2", *"KORT SAMTALE", "enter")
        assert "There is a template called Kort samtale already" not in words_on(app) or own(file)


async def test_only_what_is_selected_is_kept_where_something_is(
    case: Case, stage: Staged, person: int, file: Path
) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"ab Hei", "shift+left", "shift+left", "shift+left", "ctrl+o", "f2", *"Hei", "enter")
    assert own(file) == (Template("Hei", "Hei"),)


async def test_one_of_the_same_name_is_written_over_only_when_told(
    case: Case, stage: Staged, person: int, file: Path
) -> None:
    keep_in(file, Template("Ring", "gammel"))
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"ny", "ctrl+o", "f2", *"ring", "enter")
        assert "There is a template called Ring already" in words_on(app)
        await pilot.press("enter")
        assert own(file) == (Template("Ring", "gammel"),)
        await pilot.press("f2", *"ring", "enter", "down", "enter")
        assert own(file) == (Template("ring", "ny"),)


async def test_two_sessions_that_keep_at_once_keep_both(case: Case, stage: Staged, person: int, file: Path) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"mitt", "ctrl+o", "f2", *"Mitt")
        keep_in(file, Template("Deres", "deres"))
        await pilot.press("enter")
        assert own(file) == (Template("Deres", "deres"), Template("Mitt", "mitt"))
        app.remembered = replace(case.settings, timeline="people")
        assert [one.name for one in case.settings.templates] == ["Deres", "Mitt"]


async def test_a_participants_name_is_asked_about_before_it_is_kept(
    case: Case, stage: Staged, person: int, file: Path
) -> None:
    other = case.store.change_now(participants.add, {"given_name": "Dag", "family_name": "Åsnes"})
    assert other
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"bos bolig. Dag", "ctrl+o", "f2", *"Ring Bo", "enter")
        assert "may be a participant's name: Bo, bos, Dag" in words_on(app)
        await pilot.press("enter")
        assert own(file) == ()
        await pilot.press("f2", *"Ring Bo", "enter", "down", "enter")
        assert own(file) == (Template("Ring …", "…s bolig. …"),)
        await pilot.press("ctrl+o", "f2", *"Som det er", "enter", "down", "down", "enter")
        assert own(file)[1] == Template("Som det er", "bos bolig. Dag")


async def test_with_names_hidden_the_question_shows_none(case: Case, stage: Staged, person: int, file: Path) -> None:
    case.private = True
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Bo ringte", "ctrl+o", "f2", *"Ring", "enter")
        assert "may be a participant's name: EX-001" in words_on(app)
        assert "Bo" not in app.text()


@pytest.mark.parametrize("number", ["03039812133", "030398 12133", "030398-12133"])
async def test_a_national_identity_number_is_never_kept(
    case: Case, stage: Staged, person: int, file: Path, number: str
) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*f"Nr {number}", "ctrl+o", "f2")
        assert "Not kept: there is a national identity number in it" in words_on(app)
        await pilot.press("escape")
        app.screen.field("text").put("Helt vanlig")
        await pilot.press("ctrl+o", "f2", *number, "enter")
        assert "Not kept: there is a national identity number in it" in words_on(app)
    assert own(file) == ()


async def test_what_shows_nothing_is_left_out_and_what_is_too_long_is_refused(
    case: Case, stage: Staged, person: int, file: Path
) -> None:
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.field("text").put("Ar\u00adbeid\u200b:\x1b[2J\u202e")
        await pilot.press("ctrl+o", "f2", *"Arbeid", "enter")
        assert own(file) == (Template("Arbeid", "Arbeid:[2J"),)
        app.screen.field("text").put("x" * 4_001)
        await pilot.press("ctrl+o", "f2")
        assert "the text has 4001 characters; at most 4000 fit" in words_on(app)
        await pilot.press("escape")
        app.screen.field("text").put(" \n")
        await pilot.press("ctrl+o", "f2")
        assert "Nothing is written in the field" in words_on(app)


async def test_a_settings_file_broken_by_hand_is_told_and_left_alone(
    case: Case, stage: Staged, person: int, file: Path
) -> None:
    broken(file)
    app = stage(begun(case, person, "phone"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Hei", "ctrl+o")
        assert "is not valid TOML" in words_on(app)
        assert "Phone call" in app.text(), "everybody's are there all the same"
        await pilot.press("f2", *"Hei", "enter")
        assert "is not valid TOML" in words_on(app)
        assert is_broken(file)
        await pilot.press("escape")
        assert app.screen.field("text").written == "Hei"


# ---------------------------------------------------------------------- renaming and removing


async def test_ones_own_are_renamed_and_removed(case: Case, stage: Staged, file: Path) -> None:
    keep_in(file, Template("Ring", "hei"), Template("Møte", "tema:"))
    app = stage(OwnTemplatesScreen(case))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "ctrl+u", *"møte", "enter")
        assert "there is one of this name already" in words_on(app)
        assert own(file)[0].name == "Ring"
        await pilot.press("e", "ctrl+u", *"Kort", "enter")
        assert own(file) == (Template("Kort", "hei"), Template("Møte", "tema:"))
        await pilot.press("d", "enter")
        assert len(own(file)) == 2
        await pilot.press("d", "down", "enter")
        assert own(file) == (Template("Møte", "tema:"),)
        assert "Removed: Kort." in words_on(app)
        await pilot.press("d", "down", "enter")
        assert own(file) == ()
        await pilot.press("d")
        assert "You have no template of your own" in words_on(app)


async def test_the_settings_lead_to_them_and_keep_what_was_removed_removed(
    case: Case, stage: Staged, file: Path
) -> None:
    keep_in(file, Template("Ring", "hei"), Template("Møte", "tema:"))
    app = stage(SettingsScreen(case, file))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        assert "2 of your own" in app.text()
        await pilot.press("enter", "d", "down", "enter", "escape")
        assert "1 of your own" in app.text()
        keep_in(file, Template("Ny", "fra en annen økt"))
        await pilot.press("home", "down", "space", "escape")
    assert own(file) == (Template("Ny", "fra en annen økt"),)
    assert config_settings.load(file).private


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_how_it_looks(
    snap_compare: Any, case: Case, stage: Staged, person: int, file: Path, size: tuple[int, int]
) -> None:
    keep_in(file, Template("Etter permisjon", "Hvordan gikk det:\nHva ble vanskelig:"))
    app = stage(begun(case, person, "phone"))
    assert isinstance(app.shown, FormScreen)
    assert snap_compare(app, terminal_size=size, press=["ctrl+o", "down"])
