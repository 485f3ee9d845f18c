"""Both languages are complete: the Norwegian catalog holds every word, and the code's own words are English."""

from __future__ import annotations

import ast
import gettext
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from config.locale import compile as catalogs

# English sentences that name something Norwegian.
NORWEGIAN_IN_ENGLISH: frozenset[str] = frozenset()


def test_the_norwegian_catalog_is_complete_and_compiled() -> None:
    faults = [str(fault) for fault in catalogs.faults()]
    assert faults == [], f"{len(faults)} faults; run python -m config.locale.compile and translate"


def test_every_msgid_is_english() -> None:
    msgids = [catalogs._name(message) for message in catalogs._messages(catalogs.collect())]
    assert len(msgids) > 150
    assert [msgid for msgid in msgids if set(msgid) & set("æøåÆØÅ") and msgid not in NORWEGIAN_IN_ENGLISH] == []


VERBS = {"is", "was", "has", "lacks", "shows", "takes"}
NEVER_ONE = {
    # Bounds of the program's own, far more than one.
    "A name that is served has 1 to {count} letters, digits, spaces, dots or hyphens.",
    "User name: 1 to {count} letters that can be typed again.",
    "a user name has 1 to {count} letters",
    "at most {most} characters",
    "has {count} characters; at most {limit} fit",
    "{file}: the settings would be larger than {count} bytes; remove a template.",
    "At most {limit} characters fit here; what came last was not put in.",
    "{count} of at most {limit} characters.",
    "Until: at most a day and a night ({limit} minutes).",
    "it is larger than {count} bytes",
    "{field}: {count} characters, at most {limit} fit. Nothing was saved; shorten it or split it.",
    "{count} characters were pasted into one line; nothing was put in.",
    "{count} characters were pasted, far more than fit; nothing was put in.",
    # One digit is too few, and more than fifteen are too many.
    "{count} digits are too many.",
    "no number there has {count} digits.",
    # The most that a team lets wait is a few weeks.
    "Until: at most {days} days, so to {date}; then it can be snoozed anew.",
    # A key, not a number.
    "Attended, which counts as contact. {key} records what happened; u to undo.",
    # There are always several.
    "← → or the first letter: {count} agencies.",
}
"""What counts in the plural alone, since it is never one."""


def test_what_is_counted_has_a_singular() -> None:
    messages = list(catalogs._messages(catalogs.collect()))
    counted = re.compile(r"\{\w+\} ([a-z]+s)\b")
    plurals = [message.id[1] for message in messages if isinstance(message.id, tuple)]
    nouns = {noun for told in plurals for noun in counted.findall(told)} - {
        "is",
        "was",
        "has",
        "lacks",
        "shows",
        "are",
        "takes",
    }
    nouns |= {"days", "weeks", "months", "years", "hours", "minutes", "letters", "digits", "characters", "bytes"}
    assert len(nouns) > 30
    bare = [
        message.id
        for message in messages
        if not isinstance(message.id, tuple) and nouns & set(counted.findall(message.id))
    ]
    assert [told for told in bare if told not in NEVER_ONE] == [], "1 days: write it with n_, or say it with days_told"
    norwegian = re.compile(r"\{\w+\} (dager|uker|måneder|timer|minutter)\b")
    with catalogs.CATALOG.open("rb") as stream:
        catalog = read_po(stream, locale="nb")
    assert [
        message.id for message in catalog
        if isinstance(message.string, str) and norwegian.search(message.string) and message.id not in NEVER_ONE
    ] == []  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> tuple[Path, Path]:
    """A root with one module of two words, and its complete catalog."""
    root, file = tmp_path / "house", tmp_path / "nb" / "LC_MESSAGES" / "exin.po"
    for floor in catalogs.FLOORS:
        (root / floor).mkdir(parents=True)
    (root / "config" / "one.py").write_text('A = _("Open {file}")\nB = n_("{n} day", "{n} days", 2)\n')
    catalogs.update(root, file)
    translate(file, '"Open {file}"\nmsgstr ""', '"Open {file}"\nmsgstr "Åpne {file}"')
    translate(file, 'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "{n} dag"\nmsgstr[1] "{n} dager"')
    catalogs.update(root, file)
    return root, file


def translate(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def kinds(house: tuple[Path, Path]) -> list[str]:
    return [fault.kind for fault in catalogs.faults(*house)]


def test_a_complete_catalog_has_no_faults_and_works(house: tuple[Path, Path]) -> None:
    assert catalogs.faults(*house) == []
    with house[1].with_suffix(".mo").open("rb") as compiled:
        found = gettext.GNUTranslations(compiled)
    assert found.gettext("Open {file}") == "Åpne {file}"
    assert [found.ngettext("{n} day", "{n} days", count) for count in (1, 2)] == ["{n} dag", "{n} dager"]


def test_one_english_word_has_a_translation_for_each_of_its_meanings(house: tuple[Path, Path]) -> None:
    (house[0] / "config" / "two.py").write_text('A = _("Left")\nB = p_("of a sum", "Left")\n')
    assert kinds(house) == ["missing", "missing"]
    catalogs.update(*house)
    entry = 'msgctxt "of a sum"\nmsgid "Left"\nmsgstr "'
    translate(house[1], entry, entry + "Igjen")
    assert [str(fault) for fault in catalogs.faults(*house)][:1] == ["missing: Left"]
    translate(house[1], '\n\nmsgid "Left"\nmsgstr "', '\n\nmsgid "Left"\nmsgstr "Venstre')
    catalogs.update(*house)
    assert catalogs.faults(*house) == []
    with house[1].with_suffix(".mo").open("rb") as compiled:
        found = gettext.GNUTranslations(compiled)
    assert [found.gettext("Left"), found.pgettext("of a sum", "Left")] == ["Venstre", "Igjen"]


def test_an_update_changes_nothing_when_no_word_changed(house: tuple[Path, Path]) -> None:
    before = {file: file.read_bytes() for file in house[1].parent.iterdir()}
    catalogs.update(*house)
    assert {file: file.read_bytes() for file in house[1].parent.iterdir()} == before
    text = house[1].read_text(encoding="utf-8")
    assert "Date" not in text
    assert str(house[0]) not in text
    assert "#:" not in text


def test_a_new_word_is_missing_and_an_old_one_obsolete(house: tuple[Path, Path]) -> None:
    (house[0] / "config" / "one.py").write_text('A = _("Open {file}")\nB = N_("Close")\n')
    assert kinds(house) == ["missing", "obsolete"]
    catalogs.update(*house)
    assert kinds(house) == ["missing"]


def test_a_lost_plural_is_missing(house: tuple[Path, Path]) -> None:
    translate(house[1], '"{n} dager"', '""')
    assert kinds(house) == ["missing", "stale"]


def test_other_placeholders_are_a_fault(house: tuple[Path, Path]) -> None:
    translate(house[1], "Åpne {file}", "Åpne {fil}")
    assert kinds(house) == ["placeholders", "stale"]


def test_a_fuzzy_word_is_a_fault(house: tuple[Path, Path]) -> None:
    translate(house[1], 'msgid "Open', '#, fuzzy\nmsgid "Open')
    assert kinds(house) == ["fuzzy", "stale"]


def test_a_changed_catalog_is_stale_until_compiled(house: tuple[Path, Path]) -> None:
    translate(house[1], "Åpne {file}", "Opne {file}")
    assert kinds(house) == ["stale"]
    house[1].with_suffix(".mo").unlink()
    assert kinds(house) == ["stale"]
    catalogs.update(*house)
    assert kinds(house) == []


def test_without_a_catalog_everything_is_missing(house: tuple[Path, Path]) -> None:
    shutil.rmtree(house[1].parent)
    assert kinds(house) == ["missing", "missing", "stale"]


def test_no_word_hides_in_an_f_string() -> None:
    """The tools that collect the words do not look inside f-strings on Python 3.11."""
    root = Path(__file__).parents[2]
    hidden = [
        f"{path.relative_to(root)}:{node.lineno}"
        for folder in ("config", "models", "screens", "exin_tui")
        for path in (root / folder).rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for node in ast.walk(string)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "n_", "N_", "p_")
        and any(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert hidden == []


BANNED: dict[str, dict[str, str]] = {
    "nb": {
        r"\b[Ee]tat(er|en|ene|s)?\b": "the guide's form says instans: a mother or a lawyer is no public agency",
        r"[Ff]orsegl": "a file is kryptert, a review ferdigstilt",
        r"[Ii]nnføring": "an introduction; an entry is an oppføring",
        r"[Dd]ublett": "duplikat",
        r"\b[Aa]genda": "a list of points for a meeting; what is to come stands in the kalender",
        r"[Uu]tlegg": "also a legal distraint, in a life with debt: småutgift",
        r"[Mm]edarbeider": "any employee; medansvarlig, or kollega",
        r"\b[Nn]oter(e|er|es|t|te)?\b": "what is kept of somebody is registered: registrere",
        r"[Oo]verfør(?!ingsnotat)": "overlevering to a colleague, overflytting between prisons; only Nav's note is one",
        r"kandidat, beregnet|2/3-kandidat|\(kandidat\)": "a candidate is a person; a date is beregnet",
        r"(gå|går) ut av programmet": "avslutte; whoever leaves EX/IN avslutter i EX/IN",
        r"[Pp]assordfrase": "passfrase",
        r"\bNAV\b": "Nav writes itself Nav",
        r"\bom 1 (dager|uker|måneder|timer)\b": "one of something is singular",
        r"\b(uka|lista|klokka)\b": "uken, listen, klokken, as everywhere else",
        r"under merket": "markøren; what is merket is chosen with Space",
        r"[“”]": "quotes are « »",
    },
    "en": {
        r"under the mark\b": "selected",
        r"\bu takes (it|them) back": "u to undo",
        r"^As in |, as in ": "e.g.",
        r"\bpress(es|ing)\b": "urgent",
        r"\b[Oo]wed\b": "a review is missing",
        r"[Cc]omplement": "more documents",
        r"[Ss]mall spending": "small expenses",
        r"\b[Jj]udg(e|ed|ement)\b": "assess",
        r"\b(file|which) is not sealed": "a file is not encrypted; a review is sealed",
        r"lies? in the future|still to come|This lies behind": "the date is in the future; that time has passed",
        r"impossible (date|place)": "check the year",
        r"[Dd]ense contact": "frequent contact",
        r"(leaves?|leaving|[Bb]ack in) the programme": "EX/IN; the program is left too",
        r"\bis not a moment\b|without a moment": "a time",
        r"\bNAV\b": "Nav writes itself Nav",
        r"[«»]": "quotes are “ ”",
    },
}
"""By language, words that are not said to people any more, and what is said instead or why."""
SAID_ALL_THE_SAME = {
    # Noted on paper, outside the vault.
    "et antall og et hode fra revisjonen notert tidligere: kontroller også at ingenting fram til dit er kuttet eller "
    "skrevet om",
    "Rad {count} er ikke den som ble notert: slutten er kuttet eller skrevet om.",
}


def labels(found: Any, language: str) -> Iterator[str]:
    """What the programme's data says in a language."""
    if isinstance(found, dict):
        if set(found) == {"nb", "en"}:
            yield found[language]
        else:
            for value in found.values():
                yield from labels(value, language)
    elif isinstance(found, list):
        for value in found:
            yield from labels(value, language)


def everything_said(language: str) -> Iterator[str]:
    for file in (catalogs.ROOT / "config" / "programme").rglob("*.toml"):
        yield from labels(tomllib.loads(file.read_text(encoding="utf-8")), language)
    for message in catalogs._messages(catalogs._read(catalogs.CATALOG)):
        ids = (message.id,) if isinstance(message.id, str) else message.id
        yield from ids if language == "en" else catalogs._strings(message)


@pytest.mark.parametrize("language", BANNED)
def test_one_word_for_one_thing(language: str) -> None:
    said = [re.sub(r"\{\w+\}", "…", text) for text in everything_said(language) if text not in SAID_ALL_THE_SAME]
    assert len(said) > 3500
    assert [
        f"{text!r}: {instead}" for text in said for word, instead in BANNED[language].items() if re.search(word, text)
    ] == []
