"""A leader looks at a year's figures and lets them out; a city adds up those of three teams."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exin_tui.demo import caseload
from tests.journeys.terminal import ENTER, ESC, KARI, OLA, Desk, found_vault, leave, opened, today

pytestmark = pytest.mark.terminal


def fill(folder: Path, seed: int, many: int = 40) -> None:
    store = opened(folder)
    caseload.fill(store, participants=many, years=2, seed=seed, entries=many * 30)
    store.close()


def test_a_years_figures(desk: Desk) -> None:
    fill(desk.vault, 1)
    year = today().year - 1
    terminal = desk.log_in()
    terminal.send("E")
    terminal.wait("Figures", "the whole team", "not over yet", "Participants and candidates by phase")
    # The running month, then quarter, half year and year, then the year before.
    for told in ("Quarter", "Half year", f"Figures  {today().year}"):
        terminal.send("v")
        terminal.wait(told)
    terminal.send("z")
    terminal.wait("is not over. Figures leave the team when the period is.")
    terminal.send("b")
    terminal.wait(f"Figures  {year}", "In, out and released")
    terminal.send("j", ENTER)
    terminal.wait("Who became a participant or is one again", "Jan", "Dec", "Sum", "It leaves the team rounded.")
    terminal.send(" ")
    terminal.wait("█")
    terminal.send(ESC)
    terminal.wait("the whole team", "Transitions")
    terminal.send("z")
    terminal.wait("Rounded, as they leave the team")
    terminal.send("p")
    terminal.wait("Every number is rounded to 5")
    terminal.send("s")
    terminal.wait("Write to which file?")
    terminal.send(ENTER)
    terminal.wait("Written, ")
    assert (desk.home / f"figures-{year}.pdf").read_bytes().startswith(b"%PDF")
    terminal.send(ESC)
    terminal.wait("the whole team")
    terminal.send(ESC)
    terminal.wait("Caseload board")
    leave(terminal)


def test_three_teams_make_a_city(desk: Desk) -> None:
    year = str(today().year - 1)
    names = ("north", "south", "west")
    for seed, name in enumerate(names, 1):
        vault = desk.folder / name
        found_vault(vault, KARI, OLA)
        fill(vault, seed, 30 + 5 * seed)
        terminal = desk.run(
            "--vault", str(vault), "--user", KARI[0], "figures", "--period", year, "--out", f"{name}.json"
        )
        terminal.wait("for kari")
        terminal.send(KARI[3] + ENTER)
        terminal.wait("Written: ")
        assert terminal.ended() == 0, terminal.text
    files = [f"{name}.json" for name in names]
    terminal = desk.run("figures", "merge", *files, "--out", "city.json")
    terminal.wait("Written: ")
    assert terminal.ended() == 0
    city, *teams = (json.loads((desk.home / file).read_text()) for file in ("city.json", *files))
    told = {row["key"][0]: sum(row["months"]) for row in city["rows"]["phases"]}
    for phase, number in told.items():
        assert number == sum(
            sum(row["months"]) for team in teams for row in team["rows"]["phases"] if row["key"] == [phase]
        )
    assert sum(told.values()) > 20

    terminal = desk.run("figures", "merge", *files, size=(110, 50))
    assert terminal.ended() == 0
    assert "3 teams together." in terminal.text or b"3 teams together." in terminal.raw
    terminal = desk.run("figures", "merge", *files, "--out", "city.pdf")
    assert terminal.ended() == 0
    assert (desk.home / "city.pdf").read_bytes().startswith(b"%PDF")

    # What is wrong is said, with the file named, and nothing is written.
    changed = json.loads((desk.home / "south.json").read_text())
    changed["rows"]["phases"][0]["months"][0] += 5
    (desk.home / "changed.json").write_text(json.dumps(changed))
    for given, said in (
        (["north.json", "north.json"], "north.json is named twice."),
        (["north.json", "changed.json"], "changed.json was changed after it was written."),
        (["north.json", "city.json"], "are of the same vault and the same period."),
        (["north.json", "nowhere.json"], "nowhere.json cannot be read"),
    ):
        terminal = desk.run("figures", "merge", *given, "--out", "wrong.json", size=(120, 24))
        terminal.wait(said)
        assert terminal.ended() != 0
        assert not (desk.home / "wrong.json").exists()
    for period, said in ((str(today().year + 1), "has not begun yet."), ("last year", "is no period.")):
        terminal = desk.run("--vault", str(desk.vault), "figures", "--period", period, size=(120, 24))
        terminal.wait(said)
        assert terminal.ended() != 0
    # A caseworker lets no figures out.
    terminal = desk.run("--vault", str(desk.vault), "--user", OLA[0], "figures", "--period", year, size=(120, 24))
    terminal.wait("for ola")
    terminal.send(OLA[3] + ENTER)
    terminal.wait("Only a team leader")
    assert terminal.ended() != 0
