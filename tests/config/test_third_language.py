"""A third language is one more catalog, and one more key in the programme; what it lacks is said in bokmål."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from config import dates, programme, words
from config.locale import compile as catalogs
from config.programme import ProgrammeError
from config.programme.labels import Words
from config.settings import Settings
from exin_tui.app import ExinApp
from models import timeline
from models.checklists.content import content_of, template_of
from models.participants import participants
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from screens.participant.timeline_list import words_of
from tests.screens.board.test_board import words_on

HEAD = 'msgid ""\nmsgstr ""\n"Language-Team: Norsk nynorsk\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
NYNORSK = {
    "Monday": "Måndag", "January": "Januarmånad", "tomorrow": "i morgon", "Passphrase": "Passfrase!",
    "User name": "Brukarnamn", "Sun": "sundag",
}  # fmt: skip
BOARD = "Board"
ROOT = Path(__file__).parents[2]
OVERLAY = """
[[agencies]]
id = "nav"
name = { nb = "Nav", en = "Nav", nn = "Nav (nynorsk)" }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The catalogs as shipped, and one with a few words of nynorsk."""
    shutil.copytree(catalogs.CATALOG.parents[2], tmp_path / "locale", ignore=shutil.ignore_patterns("*.py*"))
    file = tmp_path / "locale" / "nn" / "LC_MESSAGES" / "exin.po"
    file.parent.mkdir(parents=True)
    told = "\n".join(f'msgid "{said}"\nmsgstr "{also}"\n' for said, also in NYNORSK.items())
    file.write_text(HEAD + "\n" + told, encoding="utf-8")
    catalogs.update(file=file)
    monkeypatch.setattr(words, "_LOCALE", str(tmp_path / "locale"))
    yield tmp_path / "locale"
    words.use("en")


def test_a_catalog_is_a_language(folder: Path) -> None:
    assert words.languages() == {"nb": "Norsk bokmål", "en": "English", "nn": "Norsk nynorsk"}
    words.use("nn")
    assert words.language() == "nn"
    words.use("se")
    assert words.language() == "en"


def test_what_it_lacks_is_said_in_bokmal_and_else_in_english(folder: Path) -> None:
    words.use("nb")
    bokmal, days = words._(BOARD), words.n_("{count} day", "{count} days", 2)
    assert bokmal != BOARD
    words.use("nn")
    assert words._("Monday") == "Måndag"
    assert words._(BOARD) == bokmal
    assert words.n_("{count} day", "{count} days", 2) == days
    assert words._("No such sentence.") == "No such sentence."


def test_the_first_words_are_found_without_gettext_too(folder: Path) -> None:
    words.use("nn")
    assert words.glimpse("User name") == "Brukarnamn"
    assert words.glimpse(BOARD) == words._(BOARD)
    assert words.glimpse("No such sentence.") == "No such sentence."


def test_it_may_lack_words_but_not_have_wrong_ones(folder: Path) -> None:
    file = folder / "nn" / "LC_MESSAGES" / "exin.po"
    known = read_po(file.open("rb"), locale="nn")
    gone = {message.id for message in known if message.id and not message.string} & set(NYNORSK)
    assert gone == set()
    assert [fault.kind for fault in catalogs.faults(file=file)] == []
    text = file.read_text(encoding="utf-8")
    assert "Language-Team: Norsk nynorsk" in text
    file.write_text(text.replace('msgid "Monday"\nmsgstr "Måndag"', 'msgid "Monday"\nmsgstr "{dag}"'), "utf-8")
    assert "placeholders" in [fault.kind for fault in catalogs.faults(file=file)]
    assert catalogs.files(folder) == [folder / tag / "LC_MESSAGES" / "exin.po" for tag in ("nb", "nn")]


def test_a_label_may_be_in_more_languages(folder: Path, tmp_path: Path) -> None:
    team = tmp_path / "programme.toml"
    team.write_text(OVERLAY, encoding="utf-8")
    found = programme.load(team)
    name = found.agency("nav").name
    told = {}
    for language in ("nb", "en", "nn"):
        words.use(language)
        told[language] = str(name), str(found.agency("housing").name)
    assert told["nn"] == ("Nav (nynorsk)", told["nb"][1])
    assert told["en"][0] == told["nb"][0] == "Nav"


@pytest.mark.parametrize(
    ("written", "told"), [('se = "Nav"', "se"), ('nn = ""', "nn"), ("nn = 3", "3"), ('nn = "{x}"', "")]
)
def test_a_key_of_a_language_unknown_is_told(folder: Path, tmp_path: Path, written: str, told: str) -> None:
    team = tmp_path / "programme.toml"
    team.write_text(OVERLAY.replace('nn = "Nav (nynorsk)"', written), encoding="utf-8")
    if not told:
        assert programme.load(team)
        return
    with pytest.raises(ProgrammeError) as caught:
        programme.load(team)
    assert "programme.toml" in caught.value.text
    assert "name" in caught.value.text


def test_a_teams_own_file_in_two_languages_stays_valid(folder: Path, tmp_path: Path) -> None:
    team = tmp_path / "programme.toml"
    team.write_text(OVERLAY.replace(', nn = "Nav (nynorsk)"', ""), encoding="utf-8")
    assert str(programme.load(team).agency("nav").name) == "Nav"


@action("test_third_language.tell")
def tell(work: Work, person: int, detail: dict[str, object]) -> int:
    return timeline.tell(work, person, "checklist_opened", work.clock.seconds(), detail)


def test_what_was_kept_before_is_read_and_what_is_kept_now_too(folder: Path, store: Store) -> None:
    person = store.change_now(participants.add, {"given_name": "Ada"})
    old = {"checklist": {"nb": "Oppstart", "en": "Start"}}
    new = {"checklist": Words("Oppstart", "Start", (("nn", "Oppstart på nynorsk"),)).by_language()}
    later = {"checklist": {"nb": "Oppstart", "en": "Start", "se": "Álgu"}}
    numbers = [store.change_now(tell, person, detail) for detail in (old, new, later)]
    entries = {number: store.ask_now(timeline.one, number) for number in numbers}
    words.use("nn")
    told = [words_of(entries[number], store.programme, hidden=False) for number in numbers]
    assert "Oppstart på nynorsk" in told[1]
    for line in (told[0], told[2]):
        assert "Oppstart" in line
        assert "nynorsk" not in line


def test_a_checklist_kept_in_two_languages_is_read(folder: Path) -> None:
    whole = programme.load().checklists[0]
    kept = json.loads(content_of(whole))
    assert template_of(json.dumps(kept)).name == whole.name
    kept["name"]["nn"] = "Oppstartsliste"
    kept["groups"][0]["items"][0]["name"]["se"] = "Álgu"
    found = template_of(json.dumps(kept))
    words.use("nn")
    assert str(found.name) == "Oppstartsliste"
    assert str(found.groups[0].items[0].name) == whole.groups[0].items[0].name.nb


@pytest.mark.parametrize(
    ("written", "day"),
    [("i morgon", 23), ("måndag", 23), ("tysdag", 24), ("sundag", 22), ("om ei veke", 29), ("om 3 dagar", 25)],
)
def test_days_are_understood_as_they_are_written(written: str, day: int) -> None:
    today = date(2026, 11, 22)
    assert dates.parse_date(written, today, "future" if written != "sundag" else "nearest").day == day


def test_what_the_program_prints_in_a_further_language_is_understood(folder: Path) -> None:
    words.use("nn")
    assert dates.parse_date("2. januarmånad 2027", date(2026, 11, 22)) == date(2027, 1, 2)


STARTING = """
import sys
from config import words
words._LOCALE = sys.argv[1]
from config.startup_settings import language_and_vault
language, _vault = language_and_vault(sys.argv[2])
words.use(language)
print(language, words.glimpse("User name"), "msgspec" in sys.modules)
"""


def started(folder: Path, file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", STARTING, str(folder), str(file)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"}, cwd=ROOT
    )


def test_the_settings_may_name_it_and_cost_nothing_where_they_do_not(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    for written, told in (("nn", "nn Brukarnamn True"), ("nb", "nb Brukernavn False"), ("en", "en User name False")):
        file.write_text(f'language = "{written}"\n', encoding="utf-8")
        assert started(folder, file).stdout.strip() == told
    file.write_text('language = "se"\n', encoding="utf-8")
    assert "SettingsError" in started(folder, file).stderr


async def test_the_screens_speak_it(folder: Path, store: Store) -> None:
    app = ExinApp(Settings(language="nn"), store, store.clock)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert words.language() == "nn"
        shown = words_on(app)
        assert "sundag 22.11" in shown
        assert "Hjelp" in shown
