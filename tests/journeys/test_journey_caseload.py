"""From an empty machine to an exported caseload, by the keyboard alone, at 80x24."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta

import pytest

from models import board
from models.board import BoardQuery
from models.participants import participants
from tests.journeys.terminal import (
    DOWN,
    ENTER,
    ESC,
    EXIN,
    F2,
    KARI,
    OLA,
    PAGE_DOWN,
    PASTE,
    RIGHT,
    Desk,
    Terminal,
    keep_mine,
    leave,
    opened,
    today,
    unlock,
)

pytestmark = pytest.mark.terminal

WORDS = {
    "en": {
        "note": "without --vault",
        "again": "The same once more:", "written": "Press Enter when it is written down", "name": "Given name",
        "saved": "Saved.", "lives": "Lives", "sentence": "Kind of sentence", "parole": "Parole applied for",
        "visit": "Mapping visit", "search": "Write part of a name", "once": "Once more leaves",
        "text": "Tab leaves the text", "timeline": "Timeline", "nav": "Nav office, state", "prison": "Prison",
    },
    "nb": {
        "note": "uten --vault",
        "again": "Det samme en gang til:", "written": "Trykk Enter når", "name": "Fornavn",
        "saved": "Lagret.", "lives": "Bor", "sentence": "Type dom", "parole": "Søkt prøveløslatelse",
        "visit": "Kartleggingsbesøk", "search": "Skriv en del", "once": "Trykk en gang til",
        "text": "Tab går ut av teksten", "timeline": "Tidslinje", "nav": "Nav-kontor, statlig", "prison": "Fengsel",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "nb"])
def test_from_an_empty_machine_to_an_export(bare_desk: Desk, language: str) -> None:
    desk, words = bare_desk, WORDS[language]
    desk.settings(language=language)
    release = today() + timedelta(days=60)
    make_vault(desk, words)
    terminal = desk.run("--vault", str(desk.vault))
    unlock(terminal)

    terminal.send("n")
    terminal.wait("▌" + words["name"])
    terminal.send("Arne Prøve", F2)
    terminal.wait(words["saved"], "Arne Prøve")

    terminal.send(ENTER)
    terminal.wait(words["timeline"], "EX-001")
    terminal.send("e")
    terminal.wait("▌" + words["name"])
    terminal.send(PAGE_DOWN, DOWN, DOWN)
    terminal.wait("▌" + words["prison"])
    terminal.send("Halden fengsel", PAGE_DOWN)
    terminal.wait("▌" + words["sentence"])
    terminal.send(RIGHT, DOWN, "1.3.2025", DOWN, "1.3.2028", PAGE_DOWN)
    terminal.wait("▌" + words["parole"])
    terminal.send(DOWN, DOWN, DOWN, "+60d", F2)
    terminal.wait(words["saved"], "Halden fengsel", f"{release:%d.%m.%Y}")

    terminal.send("r")
    terminal.wait(words["visit"])
    terminal.send("k")
    terminal.wait(words["text"])
    terminal.send("Snakket om særskilt ønske: fisketur.", ENTER, "Ny avtale på torsdag.", F2)
    terminal.wait(words["saved"], "fisketur")

    terminal.send("/")
    terminal.wait(words["search"])
    terminal.send("fisket")
    terminal.wait("1 ", words["visit"])
    terminal.send(ENTER)
    terminal.wait(words["timeline"], "Ny avtale på torsdag.")
    terminal.send("q")
    terminal.wait("▌ Arne Prøve", words["visit"])
    terminal.send(ESC)
    terminal.wait(words["timeline"])
    terminal.send("q")
    terminal.wait("▌Arne Prøve")
    terminal.send("q")
    terminal.wait(words["once"])
    terminal.send("q")
    assert terminal.ended() == 0, terminal.text
    terminal.assert_restored()

    exported = export(desk)
    assert [(each["code"], each["sentence_kind"]) for each in exported["participants"]] == [("EX-001", "sentence")]
    everything = json.dumps(exported, ensure_ascii=False)
    for wanted in ("Arne Prøve", "Halden fengsel", "2025-03-01", "2028-03-01", f"{release}", "visit_mapping"):
        assert wanted in everything, wanted
    assert "Snakket om særskilt ønske: fisketur.\\nNy avtale på torsdag." in everything
    verified = desk.run("verify", "--vault", str(desk.vault))
    verified.wait(f"for {KARI[0]}")
    verified.send(KARI[3] + ENTER)
    assert verified.ended() == 0, verified.text


def make_vault(desk: Desk, words: dict[str, str]) -> None:
    """`exin init`, answered as a person would; nothing of the key stays on the screen."""
    terminal = desk.run("init", "--vault", str(desk.vault), "--user", KARI[0], "--name", KARI[1])
    terminal.wait(KARI[0] + ":")
    terminal.send(KARI[3] + ENTER)
    terminal.wait(words["again"])
    terminal.send(KARI[3] + ENTER)
    terminal.wait(words["written"])
    assert KARI[3] not in terminal.text
    key = next(line.strip() for line in terminal.text.split("\n") if line.count("-") >= 7)
    terminal.send(ENTER)
    terminal.wait(words["note"])
    terminal.send("n" + ENTER)
    assert terminal.ended() == 0, terminal.text
    assert key not in terminal.text


def export(desk: Desk) -> dict[str, list[dict[str, object]]]:
    """What a clean pipe brings, with the passphrase from a private file."""
    secret = desk.folder / "secret"
    secret.write_text(KARI[3] + "\n")
    secret.chmod(0o600)
    done = subprocess.run(
        [*EXIN, "export", "--vault", str(desk.vault), "--format", "json", "--passphrase-file", str(secret)],
        env=desk.environ, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    return found


def test_without_a_vault_one_is_offered(bare_desk: Desk) -> None:
    terminal = bare_desk.run("--vault", str(bare_desk.vault))
    terminal.wait("There is no vault in", "Make a new vault here?")
    terminal.send(ENTER)
    assert terminal.ended() == 5, terminal.text
    assert not bare_desk.vault.exists()


def add(desk: Desk, *names: str) -> list[int]:
    """Candidates of kari's."""
    store = opened(desk.vault)
    added = [store.change_now(participants.add, {"given_name": name}) for name in names]
    store.close()
    return added


def test_quick_entry_takes_three_keys_besides_the_text(desk: Desk) -> None:
    add(desk, "Arne")
    terminal = desk.log_in()
    terminal.wait("▌Arne")
    before = terminal.keys
    terminal.send("r")
    terminal.wait("Phone call")
    terminal.send("t")
    terminal.wait("▌Text", "10", "Reached")
    text = "Ringte om permisjonen.", "Han er klar."
    terminal.send(text[0], ENTER, text[1], F2)
    terminal.wait("Saved.")
    besides = terminal.keys - before - sum(map(len, text)) - 1
    assert besides <= 3, f"{besides} keys, the line end of the text not counted"
    leave(terminal)
    entry = next(each for each in entries(desk) if each["kind"] == "phone")
    assert entry["text"] == "\n".join(text)
    assert (entry["minutes"], entry["outcome"]) == (10, "reached")


def entries(desk: Desk) -> list[dict[str, object]]:
    """Every entry of the export."""
    found: list[dict[str, object]] = []
    for participant in export(desk)["participants"]:
        timeline = participant["timeline"]
        assert isinstance(timeline, list)
        found += timeline
    return found


def test_keys_typed_ahead_go_where_they_belong(desk: Desk) -> None:
    """A slow line brings a whole form in one piece: every letter lands in its field, none is a command."""
    terminal = desk.log_in()
    terminal.wait("Nobody here")
    terminal.send("nArne rune" + F2)
    terminal.wait("Saved.", "▌Arne rune")
    terminal.send("rt" + ENTER + "Ringte, nei." + F2 + ENTER + "eNy " + F2 + "q")
    terminal.wait("▌Arne runeNy")
    leave(terminal)
    assert [entry["text"] for entry in entries(desk) if entry["kind"] == "phone"] == ["Ringte, nei."]


def test_a_hostile_paste_destroys_nothing(desk: Desk) -> None:
    """ESC inside a paste ends the paste early, and the letters behind it arrive as keys."""
    number = add(desk, "Arne", "Berit")[0]
    terminal = desk.log_in()
    terminal.wait("▌Arne")
    hostile = PASTE.format("\x1b\x1b[201~udxmqDdqjkrn\x1b[3~")
    for place in ("", ENTER, "r"):
        terminal.send(place)
        terminal.settle()
        terminal.write(hostile.encode())
        terminal.settle()
        for _ in range(6):
            if terminal.text.startswith(" Caseload board"):
                break
            terminal.send(ESC)
            terminal.settle()
    assert terminal.exit_code() is None
    store = opened(desk.vault)
    assert store.ask_now(participants.file_of, number).name == "Arne"
    assert sum(store.ask_now(board.counts, BoardQuery()).values()) == 2
    store.close()


def test_two_people_change_the_same_participant(desk: Desk) -> None:
    """The second is shown both versions and chooses; nothing is overwritten before."""
    number = add(desk, "Arne")[0]
    kari, ola = desk.log_in(), desk.log_in(OLA)
    ola.send("m")
    ola.wait("Arne")
    for each in (kari, ola):
        each.send("\x1b[H" + ENTER)
        each.wait("Timeline")
        each.send("e")
        each.wait("▌Given name")
    change_unit(kari, "Avdeling A")
    kari.wait("Saved.")
    change_unit(ola, "Avdeling B")
    ola.wait("Avdeling A", "Avdeling B")
    assert unit(desk, number) == "Avdeling A"
    keep_mine(ola)
    assert unit(desk, number) == "Avdeling B"
    kari.wait("Avdeling B")


def change_unit(terminal: Terminal, text: str) -> None:
    terminal.send(PAGE_DOWN, DOWN, DOWN, DOWN)
    terminal.wait("▌Unit")
    terminal.send(text)
    terminal.wait(text)
    terminal.send(F2)


def unit(desk: Desk, number: int) -> str:
    """What the vault says."""
    store = opened(desk.vault)
    try:
        return str(store.ask_now(participants.file_of, number).values["unit"])
    finally:
        store.close()
