"""The words of the signals: every rule has them in both languages, and a fault names file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.programme import ProgrammeError, load

RULES = {
    # The guide's list of what the program must notice by itself, and what was there before.
    "release_unprepared", "preparation_due", "release_list", "consents", "silent", "overdue", "application_waiting",
    "discussion_missed", "review_due", "long_in_phase", "review_owed", "capacity", "no_worker", "unverified",
    "agency_missing", "independence", "worker_away", "candidate_waiting", "phase_out_open", "first_weeks",
    "released_unmoved", "release_awkward", "topics", "risk_areas", "release_unknown", "parole_unasked",
    "withdrawal_unwritten",
    # The report's pilot of support teams.
    "team_consent", "team_unrepresented", "team_uncoordinated", "team_not_in_on_it", "team_ends",
    "team_unevaluated", "team_outside",
    # What the agreement between agencies in the report owes.
    "agreement_ends", "agreement_revision", "agreement_report", "steering_owed", "steering_unconvened",
}  # fmt: skip


def test_every_signal_has_a_name_an_explanation_and_a_source_in_both_languages() -> None:
    found = load().method.signals
    assert {one.id for one in found} == RULES
    for one in found:
        for words in (one.name, one.explain, one.source):
            assert words.nb.strip()
            assert words.en.strip()
        assert one.name.nb != one.name.en
        # Five lines of eighty cells are what the screen has for it.
        assert max(len(one.explain.nb), len(one.explain.en)) <= 300
    assert sum("Trondheim" in one.source.en for one in found) >= 2


def test_a_team_may_say_it_in_its_own_words(tmp_path: Path) -> None:
    file = tmp_path / "programme.toml"
    file.write_text('[[signals]]\nid = "silent"\nname = { nb = "Stille", en = "Quiet" }\n', encoding="utf-8")
    found = {one.id: one for one in load(file).method.signals}
    assert found["silent"].name.nb == "Stille"
    assert found["silent"].explain == next(one for one in load().method.signals if one.id == "silent").explain


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[[signals]]\nid = "silnt"\n', 2, "silent"),
        ('[[signals]]\nid = "silent"\nexplane = { nb = "a", en = "b" }\n', 3, "explain"),
        ('[[signals]]\nid = "silent"\nname = "Stille"\n', 3, "at least"),
        ('[[signals]]\nid = "silent"\n[[signals]]\nid = "silent"\n', 4, "twice"),
        ('[signals]\nid = "silent"\n', 0, "list of tables"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, line: int, said: str) -> None:
    file = tmp_path / "programme.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProgrammeError) as caught:
        load(file)
    assert said in caught.value.text
    assert "programme.toml" in caught.value.text
    assert not line or f"programme.toml:{line}:" in caught.value.text


@pytest.mark.parametrize(
    "name", ["release_list_days", "weekly_days", "talk_days", "phase_out_days", "first_weeks_days"]
)
def test_the_thresholds_are_a_team_s_to_set(tmp_path: Path, name: str) -> None:
    file = tmp_path / "programme.toml"
    file.write_text(f"[limits]\n{name} = 3\n", encoding="utf-8")
    assert getattr(load(file).limits, name) == 3
    assert getattr(load().limits, name) > 3
