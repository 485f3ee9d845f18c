"""The monthly figures: counted by hand for a small caseload, the same in bars, in numbers, in minutes and on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from models import board, timeline
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.consents import consents
from models.intake import intake_talks, intakes
from models.meetings import monthly
from models.meetings.month import Person, first_of
from models.meetings.month_contact import PhaseContact
from models.meetings.month_moves import Move
from models.meetings.month_services import ConsentCount, WaitingTime
from models.meetings.monthly import Figures
from models.paper import monthly as paper
from models.paper import monthly_sheets, plain
from models.paper.monthly_sheets import Sheet
from models.participants import participants
from models.phases import phases
from models.plans import applications
from models.restrictions import restrictions
from models.store import Store
from tests.models.case_sample import Hands, rows

TODAY = date(2026, 11, 22)


def add(store: Store, name: str, began: date, phase: int = 1, **values: object) -> int:
    return store.change_now(participants.add, {"given_name": name, **values}, began, phase)


def figures(store: Store, month: date | None = None) -> Figures:
    return store.ask_now(monthly.figures, month)


def sheets(store: Store, found: Figures) -> dict[str, Sheet]:
    return {one.id: one for one in monthly_sheets.sheets(store.programme, found, lambda code, name: code)}


def reach(store: Store, person: int, day: date, outcome: str = "reached") -> None:
    at = store.clock.stored(datetime.combine(day, time(9)))
    store.change_now(timeline.record, person, {"kind": "phone", "at": at, "outcome": outcome})


def behind_rows(sheet: Sheet) -> list[tuple[tuple[str, ...], tuple[Person, ...]]]:
    return list(zip(sheet.rows, sheet.behind, strict=True))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-30, 30))
def test_months_step_back_and_forth(day: date, step: int) -> None:
    first = first_of(day, step)
    assert first.day == 1
    assert first_of(first, -step) == day.replace(day=1)
    assert (first.year - day.year) * 12 + first.month - day.month == step


def test_releases_and_preparations_of_the_next_months(store: Store) -> None:
    add(store, "Ada", date(2026, 1, 5), 2, release_date=date(2026, 12, 20), security_level="high")
    add(store, "Bo", date(2026, 1, 5), 3, release_date=date(2026, 11, 30))
    add(store, "Cato", date(2026, 1, 5), 2, release_date=date(2027, 3, 20), security_level="high")
    add(store, "Dag", date(2026, 11, 1))
    found = figures(store)
    assert [(len(one.releases), len(one.preparations)) for one in found.ahead] == [(0, 1), (2, 0), (0, 1), (0, 0)]
    assert found.candidates == 1
    coming = sheets(store, found)["coming"]
    assert coming.labels == ("overdue", "until 22.12.2026", "until 22.01.2027", "until 22.02.2027")
    assert [one.values for one in coming.series] == [(0, 2, 0, 0), (1, 0, 1, 0)]
    assert coming.note.endswith("1 candidate is in intake now.")


def test_a_release_that_has_passed_is_overdue_and_today_s_still_comes(store: Store) -> None:
    add(store, "Ada", date(2026, 1, 5), 3, release_date=TODAY - timedelta(days=1))
    add(store, "Bo", date(2026, 1, 5), 3, release_date=TODAY)
    add(store, "Cato", date(2026, 1, 5), 2, release_date=TODAY + timedelta(days=60), security_level="high")
    add(store, "Dag", date(2026, 1, 5), 1, release_date=TODAY + timedelta(days=45), stays="in_prison")
    add(store, "Eva", date(2026, 1, 5), 2, full_term_date=TODAY + timedelta(days=91), security_level="high")
    coming = sheets(store, figures(store))["coming"]
    told = [[(one.name, one.day, one.word) for one in people] for people in coming.behind]
    assert told[0] == [("Ada", TODAY - timedelta(days=1), "release")]
    assert told[1] == [("Bo", TODAY, "release"), ("Cato", TODAY, "preparation")]
    assert told[2][0] == ("Dag", TODAY + timedelta(days=45), "release, candidate")
    assert [one[0] for one in told[2][1:]] == ["Cato", "Eva"], "out on day 60, and to be prepared from day 31"
    assert told[3] == [("Eva", TODAY + timedelta(days=91), "full term")]
    assert coming.as_of == ""
    assert sheets(store, figures(store, date(2026, 9, 1)))["coming"].as_of == "as of today, 22.11.2026"


def test_transitions_of_the_month_with_where_they_came_from(store: Store) -> None:
    moved = add(store, "Ada", date(2026, 9, 1))
    store.change_now(phases.begin, moved, 2, date(2026, 11, 3), ending=(1,))
    beside = add(store, "Bo", date(2026, 9, 1), 2)
    store.change_now(phases.begin, beside, 3, date(2026, 11, 10))
    back = add(store, "Cato", date(2026, 9, 1), 5)
    store.change_now(phases.end, store.ask_now(phases.of, back)[0].id, 1, date(2026, 10, 1))
    store.change_now(phases.begin, back, 4, date(2026, 11, 12))
    store.change_now(phases.begin, add(store, "Dag", date(2026, 9, 1)), 2, date(2026, 10, 31), ending=(1,))
    found = figures(store)
    assert found.moved == ((0, 4, 1), (1, 2, 1), (2, 3, 1))
    assert found.moves[0] == Move(moved, "EX-001", "Ada", 1, 2, date(2026, 11, 3))
    assert figures(store, date(2026, 10, 14)).moved == ((1, 2, 1),)
    moves = sheets(store, found)["moves"]
    assert (moves.labels, moves.series[0].values) == (("→ 4", "1 → 2", "2 → 3"), (1.0, 1.0, 1.0))
    assert moves.rows[0] == ("EX-001", "03.11.2026", "1 Intake", f"2 {store.programme.phase(2).name}")


def test_phase_outs_by_reason_and_those_without_one(store: Store) -> None:
    for name, reason, began in (
        ("Ada", "independence", "2026-11-02"), ("Bo", "drop_out", "2026-11-20"), ("Cato", "drop_out", "2026-10-31"),
    ):  # fmt: skip
        person = add(store, name, date(2026, 5, 1), 5)
        rows(
            store,
            "INSERT INTO phase_out (version, participant_id, reason, began, state, words, consents, message_how, "
            "summary, closed_reason, return_note, returned) VALUES (1, ?, ?, ?, 'open', '', '', '', '', '', '', ?)",
            person, reason, began, "2026-11-21" if name == "Cato" else None,
        )  # fmt: skip
    store.change_now(phases.begin, add(store, "Dag", date(2026, 5, 1), 5), 6, date(2026, 11, 5), ending=(5,))
    found = figures(store)
    counted = {one.reason: one.count for one in found.endings}
    assert (counted["independence"], counted["drop_out"], counted[""]) == (1, 1, 1)
    assert [one.name for one in found.returned] == ["Cato"]
    endings = sheets(store, found)["endings"]
    assert endings.rows[-2:] == (("no reason noted", "1"), ("came back", "1"))
    assert [[one.name for one in people] for people in endings.behind[-2:]] == [["Dag"], ["Cato"]]
    assert {one.reason: one.count for one in figures(store, date(2026, 10, 1)).endings}["drop_out"] == 1


def test_waiting_now_and_what_was_decided_in_the_month(store: Store, person: int) -> None:
    def apply(sent: date, decided: date | None = None, agency: str = "nav") -> None:
        values = {"agency": agency, "about": "Bolig", "sent": sent, "decided": decided}
        if decided:
            values["outcome"] = store.programme.choices["application_outcome"][0].id
        store.change_now(applications.add, person, values)

    for days in (2, 10, 40):
        apply(TODAY - timedelta(days=days))
    apply(date(2026, 10, 1), date(2026, 11, 10))
    apply(date(2026, 10, 31), date(2026, 11, 20))
    apply(date(2026, 9, 1), date(2026, 10, 1))
    apply(date(2026, 11, 1), date(2026, 11, 8), agency="police")
    assert [replace(one, people=()) for one in figures(store).waiting] == [
        WaitingTime("nav", 3, 10, 40, 2, 30),
        WaitingTime("police", 0, 0, 0, 1, 7),
    ]


def test_a_month_gone_by_tells_who_waited_then_and_half_days_of_a_median(store: Store, person: int) -> None:
    for sent, decided in (
        (date(2026, 9, 24), None), (date(2026, 10, 21), date(2026, 11, 3)), (date(2026, 11, 2), None),
        (date(2026, 8, 1), date(2026, 10, 31)), (date(2026, 9, 1), date(2026, 10, 2)),
    ):  # fmt: skip
        values = {"agency": "nav", "about": "Bolig", "sent": sent, "decided": decided}
        store.change_now(applications.add, person, values)
    waiting = sheets(store, figures(store, date(2026, 10, 5)))["waiting"]
    name = str(store.programme.agency("nav").name)
    assert waiting.rows == ((name, "2", "23,5", "37", "2", "61"),)
    assert [one.word for one in waiting.behind[0]] == [
        "waits 37 days", "waits 10 days", "decided after 31 days", "decided after 91 days",
    ]  # fmt: skip
    assert waiting.as_of == ""


def test_contact_by_the_phase_that_led_at_the_end_of_the_month(store: Store) -> None:
    ada = add(store, "Ada", date(2026, 9, 1), 2)
    bo = add(store, "Bo", date(2026, 9, 1), 2)
    for day in (date(2026, 11, 1), date(2026, 11, 22), date(2026, 10, 31)):
        reach(store, ada, day)
    reach(store, ada, date(2026, 11, 5), "attempted")
    reach(store, bo, date(2026, 9, 3))
    store.change_now(phases.begin, ada, 3, date(2026, 11, 15), ending=(2,))
    limit = {phase.number: phase.contact_days for phase in store.programme.phases}
    assert limit[2]
    found = {one.phase: replace(one, people=()) for one in figures(store).contact}
    assert found[3] == PhaseContact(3, 1, 2, 1, round(22 / limit[3], 1), 0)
    assert found[2] == PhaseContact(2, 1, 0, 0, round(22 / limit[2], 1), 1)
    before = {one.phase: one for one in figures(store, date(2026, 10, 1)).contact}
    assert (before[2].participants, before[2].contacts, before[3].participants) == (2, 1, 0)
    assert before[2].expected == round(31 / limit[2], 1)


def test_a_month_gone_by_is_judged_as_it_stood_then(store: Store) -> None:
    """One was silent then and is not now; one's phase ended on the last day, with none after it."""
    bo, cato = add(store, "Bo", date(2026, 9, 1), 2), add(store, "Cato", date(2026, 9, 1), 2)
    reach(store, bo, date(2026, 9, 3))
    reach(store, bo, date(2026, 11, 20))
    store.change_now(phases.end, store.ask_now(phases.of, cato)[0].id, 1, date(2026, 10, 31))
    then = {one.phase: one for one in figures(store, date(2026, 10, 1)).contact}
    assert (then[2].participants, then[2].silent) == (1, 1)
    assert {one.phase: one.silent for one in figures(store).contact}[2] == 0


def test_silence_is_judged_as_on_the_board_where_phases_overlap(store: Store) -> None:
    """Whoever is in 4 and 5 for ten days without contact is silent: the strictest of the phases says so."""
    person = add(store, "Ada", TODAY - timedelta(days=300), 4)
    store.change_now(phases.begin, person, 5, TODAY - timedelta(days=10))
    reach(store, person, TODAY - timedelta(days=10))
    (leading,) = (one for one in figures(store).contact if one.participants)
    assert (leading.phase, leading.silent, leading.people[0].word) == (5, 1, "silent 10d")
    signs = [sign.rule for sign in store.ask_now(board.page, board.BoardQuery(), 0, 9)[0].signs]
    assert "silent" in signs


def test_the_load_of_a_month_gone_by_is_that_of_who_was_responsible_then(
    store: Store, hands: Hands, session: Callable[[str], Store]
) -> None:
    session("ola")
    person = add(store, "Ada", date(2026, 9, 1), 2)
    hands.move(days=20)
    version = store.ask_now(participants.file_of, person).version
    store.change_now(participants.change, person, version, {"worker": 2})
    store.change_now(phases.begin, person, 3, TODAY + timedelta(days=15), ending=(2,))
    load = {one.initials: one for one in figures(store, TODAY).workers}
    assert (load["KN"].months[0].participants, load["KN"].months[0].demanding) == (1, 0)
    assert [one.word for one in load["KN"].people] == ["phase 2"]
    assert load["OS"].months[0].participants == 0
    now = {one.initials: one.months[0] for one in figures(store).workers}
    assert (now["OS"].participants, now["OS"].demanding, now["KN"].participants) == (1, 1, 0)
    sheet = sheets(store, figures(store, TODAY))["load"]
    assert (sheet.columns, sheet.as_of) == (("Colleague", "30.11.2026"), "")


def test_consents_of_a_month_gone_by_as_they_held_then(store: Store) -> None:
    ada = add(store, "Ada", date(2026, 8, 1), 2)
    wanted = {"agency": "prison", "role": "contact_officer", "given": date(2026, 6, 2), "place": "Oslo"}
    given = store.change_now(consents.give, ada, {**wanted, "valid_until": date(2027, 6, 1)})
    store.change_now(consents.withdraw, given, 1, date(2026, 10, 5), "Arkivet")
    told = [
        sheets(store, figures(store, month))["consents"].rows[0][1:]
        for month in (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1))
    ]
    assert told == [("1", "0", "0"), ("0", "0", "1"), ("0", "0", "1")]
    behind = sheets(store, figures(store, date(2026, 10, 1)))["consents"].behind[0]
    assert [(one.name, one.day, one.word) for one in behind] == [("Ada", date(2026, 10, 5), "withdrawn")]


def test_consents_as_the_cards_have_them(store: Store) -> None:
    ada, _bo = add(store, "Ada", date(2026, 9, 1), 2), add(store, "Bo", date(2026, 9, 1), 2)
    add(store, "Ute", date(2026, 9, 1), 6)
    for agency, role, until in (
        ("prison", "contact_officer", date(2027, 6, 1)),
        ("nav", "nav_state", date(2026, 12, 1)),
    ):
        store.change_now(
            consents.give, ada,
            {"agency": agency, "role": role, "given": date(2026, 6, 2), "valid_until": until, "place": "Oslo"},
        )  # fmt: skip
    found = {one.agency: replace(one, people=()) for one in figures(store).consents}
    assert found == {
        "prison": ConsentCount("prison", 1, 0, 1),
        "nav": ConsentCount("nav", 0, 1, 1),
        "lawyer": ConsentCount("lawyer", 0, 0, 2),
    }


def test_release_checklists_left_and_not_verified(store: Store) -> None:
    add(store, "Ada", date(2026, 1, 5), 3, release_date=date(2026, 12, 1))
    store.change_now(checklists.open_due)
    (found,) = figures(store).verification
    assert (found.name, found.lists, found.unverified) == ("Kari Nordmann", 1, 0)
    (left,) = rows(
        store,
        "SELECT t.remaining FROM checklist_tally t JOIN checklist k ON k.id = t.checklist_id "
        "WHERE k.template = 'release'",
    )[0]
    assert found.remaining == left > 0
    assert f"items left: {left};" in sheets(store, figures(store))["verification"].note


def test_a_release_checklist_as_it_was_left_at_the_end_of_a_month(store: Store, hands: Hands) -> None:
    add(store, "Ada", date(2026, 1, 5), 3, release_date=date(2027, 1, 10))
    store.change_now(checklists.open_due)
    number = rows(store, "SELECT id FROM checklist WHERE template = 'release'")[0][0]
    items = store.ask_now(checklist_reading.one, number).items
    ticks = [item for item in items if item.state == "open" and item.template.kind == "tick"][:3]
    store.change_now(checklists.tick, ticks[0].id, ticks[0].version)
    hands.move(days=12)
    for item in ticks[1:]:
        store.change_now(checklists.tick, item.id, item.version)
    open_ = sum(item.state in ("open", "waiting") for item in items)
    (then,), (now,) = figures(store, TODAY).verification, figures(store).verification
    assert (then.remaining, then.unverified) == (open_ - 1, 1)
    assert (now.remaining, now.unverified) == (open_ - 3, 3)


def test_an_empty_caseload_and_a_month_to_come_are_no_trouble(store: Store) -> None:
    found = figures(store, date(2030, 1, 1))
    assert (found.month, found.last) == (date(2026, 11, 1), TODAY)
    drawn = sheets(store, found).values()
    assert any(sheet.series for sheet in drawn)
    assert any(sheet.rows for sheet in drawn)
    for sheet in drawn:
        assert all(len(one.values) == len(sheet.labels) for one in sheet.series)
        assert all(len(row) == len(sheet.columns) for row in sheet.rows)
        assert len(sheet.behind) == len(sheet.rows)
    assert figures(store, date(2026, 2, 9)).last == date(2026, 2, 28)


def test_the_minutes_and_the_paper_say_the_same_numbers(store: Store, hands: Hands) -> None:
    ada = add(store, "Ada", date(2026, 9, 1), 2)
    reach(store, ada, date(2026, 11, 5))
    found = figures(store)
    told = monthly_sheets.minutes_text(sheets(store, found)["contact"])
    name = store.programme.phase(2).name
    assert f"– 2 {name}: participants 1, contacts 1, each 1, expected" in told
    store.change_now(phases.begin, ada, 3, date(2026, 11, 15), ending=(2,))
    lines = "\n".join(plain.lines(store.ask_now(paper.sheet), 100))
    assert "Month: November 2026" in lines
    assert "EX-001" in lines
    assert "Ada" not in lines
    assert "Ada" in "\n".join(plain.lines(store.ask_now(paper.sheet, names=True), 100))


def test_minutes_have_no_line_of_one_whom_not_everybody_sees(store: Store) -> None:
    add(store, "Ada", date(2026, 11, 3), 2)
    hidden = add(store, "Bo", date(2026, 11, 4), 2)
    store.change_now(restrictions.restrict, hidden, {"may_see": (), "reason": "Kjenner en i teamet"})
    moves = sheets(store, figures(store))["moves"]
    assert [row[0] for row in moves.rows] == ["EX-001", "EX-002"], "a leader sees both"
    kept = {one.id: one for one in monthly_sheets.for_minutes(store.programme, figures(store))}
    for sheet in kept.values():
        assert "EX-002" not in monthly_sheets.minutes_text(sheet)
    assert "EX-001" in monthly_sheets.minutes_text(kept["moves"])


def test_names_stand_behind_reviews_and_the_intake(store: Store) -> None:
    ada, bo = add(store, "Ada", date(2026, 11, 2)), add(store, "Bo", date(2026, 11, 3))
    store.change_now(intake_talks.hold_talk, ada, "information", date(2026, 11, 5))
    decision = {"ours": "no", "theirs": "yes", "decided": TODAY, "outcome": "ended"}
    store.change_now(intakes.decide, ada, None, **decision, reason="Rus uten behandling\nOg mer.")
    store.change_now(phases.begin, bo, 2, TODAY, ending=(1,))
    pages = sheets(store, figures(store))
    reviews = {row[0].partition(" I")[0]: (row[1:3], people) for row, people in behind_rows(pages["reviews"])}
    (counted, people) = reviews["1 → 2"]
    assert (counted, [(one.name, one.day, one.word) for one in people]) == (("0", "1"), [("Bo", TODAY, "missing")])
    behind = {row[0]: people for row, people in behind_rows(pages["intake"])}
    assert [one.name for one in behind["Referred"]] == ["Ada", "Bo"]
    refused = behind["No basis: the team says no"]
    assert [(one.name, one.day, one.word) for one in refused] == [("Ada", TODAY, "Rus uten behandling")]
