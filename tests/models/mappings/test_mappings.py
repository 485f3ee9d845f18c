"""Mapping: what is refused with which sentence, what changed since last, what a gap became, what stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from config.programme.labels import Words
from models import timeline
from models.goals import goals
from models.mappings import mappings
from models.mappings import reading as mapping_reading
from models.mappings.reading import NO_STEPS, Answer, MappingError, Part
from models.participants import participants
from models.plans import applications, tasks
from models.roles.rights import NotAllowed
from models.storage.work import Conflict
from models.store import Store
from models.timeline import TimelineEntry

Session = Callable[[str], Store]
DOMAINS = ("housing", "occupation", "economy", "substance_use", "health", "network", "leisure", "practical",
           "crime_terms")  # fmt: skip


@pytest.fixture
def mapping(store: Store, person: int) -> int:
    return store.change_now(mappings.begin, person, {"day": date(2026, 11, 20), "place": "Bredtveit"})


def answer(store: Store, mapping: int, domain: str, **said: object) -> int:
    found = store.ask_now(mapping_reading.one, mapping).of(domain)
    assert found is not None
    store.change_now(mappings.answer, found.id, found.version, said)
    return found.id


def told(store: Store, person: int) -> list[TimelineEntry]:
    entries = store.ask_now(timeline.page, timeline.TimelineQuery(person), 0, 50)
    return [one for one in entries if one.kind == "mapped"]


def test_a_mapping_asks_about_the_nine_parts_of_life(store: Store, mapping: int) -> None:
    line = store.ask_now(mapping_reading.one, mapping)
    assert tuple(one.domain for one in line.answers) == DOMAINS
    assert (line.day, line.place, line.state, line.who) == (date(2026, 11, 20), "Bredtveit", "open", "KN")
    assert (line.answered, len(line.left)) == (0, 9)


def test_with_its_last_part_a_mapping_is_finished_and_told(store: Store, person: int, mapping: int) -> None:
    for domain in DOMAINS[:-1]:
        answer(store, mapping, domain, step="3")
    assert store.ask_now(mapping_reading.one, mapping).state == "open"
    assert told(store, person) == []
    answer(store, mapping, DOMAINS[-1], step="declined")
    assert store.ask_now(mapping_reading.one, mapping).state == "done"
    (line,) = told(store, person)
    assert (line.day, dict(line.detail)) == (date(2026, 11, 20), {"answered": 9, "all": 9})
    answer(store, mapping, "housing", step="4")
    assert len(told(store, person)) == 1


def test_what_is_left_when_it_is_finished_was_not_asked(store: Store, person: int, mapping: int) -> None:
    answer(store, mapping, "economy", step="1")
    store.change_now(mappings.finish, mapping)
    line = store.ask_now(mapping_reading.one, mapping)
    assert [one.step for one in line.answers].count("not_asked") == 8
    assert dict(told(store, person)[0].detail) == {"answered": 1, "all": 9}
    store.change_now(mappings.finish, mapping)
    assert len(told(store, person)) == 1


@pytest.mark.parametrize("step", ["0", "6", "-1", "2.5", "two", "12"])
@pytest.mark.parametrize("field", ["step", "our_step"])
def test_a_step_outside_the_scale_is_refused(store: Store, mapping: int, step: str, field: str) -> None:
    with pytest.raises(MappingError) as refused:
        answer(store, mapping, "housing", **{field: step})
    label = "Step" if field == "step" else "Our step"
    assert refused.value.text == (
        f"{label}: a step from 1 to 5, or one of none, will not answer, not asked; {step} is neither."
    )
    assert store.ask_now(mapping_reading.one, mapping).left != ()


def test_what_stands_in_place_of_a_step_is_kept(store: Store, mapping: int) -> None:
    for domain, step in zip(DOMAINS, NO_STEPS, strict=False):
        answer(store, mapping, domain, step=step)
        found = store.ask_now(mapping_reading.one, mapping).of(domain)
        assert found is not None
        assert (found.step, found.number) == (step, None)


def test_the_future_and_the_time_before_birth_are_refused(store: Store, person: int, mapping: int) -> None:
    version = store.ask_now(participants.file_of, person).version
    store.change_now(participants.change, person, version, {"birth_date": date(1990, 5, 1)})
    with pytest.raises(MappingError) as refused:
        store.change_now(mappings.begin, person, {"day": date(2026, 11, 23)})
    assert refused.value.text == "Asked on: the date is in the future; a mapping tells what was said."
    with pytest.raises(MappingError) as refused:
        store.change_now(mappings.change, mapping, 1, {"day": date(1990, 4, 30)})
    assert refused.value.text == "Asked on: that is before the participant was born."
    assert store.ask_now(mapping_reading.one, mapping).day == date(2026, 11, 20)
    store.change_now(mappings.change, mapping, 1, {"day": date(1990, 5, 1)})


def test_two_mappings_on_one_day_are_said_and_both_stand(store: Store, person: int, mapping: int) -> None:
    known = store.ask_now(mapping_reading.of, person)
    sentence = "There is a mapping of that day already; both stand side by side."
    assert mapping_reading.advice(known, date(2026, 11, 20)) == [sentence]
    assert mapping_reading.advice(known, date(2026, 11, 20), mapping) == []
    assert mapping_reading.advice(known, date(2026, 11, 19)) == []
    second = store.change_now(mappings.begin, person, {"day": date(2026, 11, 20)})
    answer(store, mapping, "housing", step="2")
    answer(store, second, "housing", step="3")
    profile = store.ask_now(mapping_reading.profile, person)
    assert [line.id for line in profile.mappings] == [mapping, second]
    assert profile.parts[0].change == 1
    store.change_now(mappings.strike, mapping, 1, "to ganger")
    assert mapping_reading.advice(store.ask_now(mapping_reading.of, person), date(2026, 11, 20), second) == []


def test_an_instrument_that_changes_leaves_what_was_asked_before(store: Store, person: int, mapping: int) -> None:
    answer(store, mapping, "leisure", step="2", services_wanted=("activity",))
    method = store.programme.method
    life = method.instruments[0]
    newer = replace(
        life,
        version=2,
        scale=(replace(life.scale[0], name=Words("Umulig", "Impossible")), *life.scale[1:]),
        domains=tuple(one for one in life.domains if one.id != "leisure"),
    )
    store.programme.__dict__["method"] = replace(method, instruments=(newer,))
    try:
        later = store.change_now(mappings.begin, person, {})
        answer(store, later, "housing", step="1")
        answer(store, mapping, "housing", step="1")
        profile = store.ask_now(mapping_reading.profile, person)
    finally:
        store.programme.__dict__["method"] = method
    assert profile.asked_otherwise
    first, second = profile.mappings
    assert (first.instrument.version, second.instrument.version) == (1, 2)
    assert mapping_reading.step_name(first.instrument, "1") == "1 Very hard"
    assert mapping_reading.step_name(second.instrument, "1") == "1 Impossible"
    leisure = profile.parts[-1]
    assert (leisure.domain, leisure.answers[1], leisure.change) == ("leisure", None, None)
    assert leisure.last is not None
    assert leisure.last.services_wanted == ("activity",)


def test_a_mapping_keeps_its_instrument_and_knows_its_services(store: Store, mapping: int) -> None:
    with pytest.raises(MappingError, match=r"^Instrument: a mapping keeps the one it was begun with"):
        store.change_now(mappings.change, mapping, 1, {"instrument": "other"})
    with pytest.raises(MappingError, match=r"^Services now: gp is not offered here"):
        answer(store, mapping, "housing", services_now=("gp",))
    with pytest.raises(MappingError, match=r"^Instrument: the programme has none called other"):
        store.change_now(mappings.begin, store.ask_now(mapping_reading.one, mapping).participant,
                         {"instrument": "other"})  # fmt: skip


def test_the_line_in_the_timeline_follows_the_day_and_leaves_with_a_struck_mapping(
    store: Store, person: int, mapping: int
) -> None:
    store.change_now(mappings.finish, mapping)
    version = store.ask_now(mapping_reading.one, mapping).version
    store.change_now(mappings.change, mapping, version, {"day": date(2026, 10, 1)})
    assert [one.day for one in told(store, person)] == [date(2026, 10, 1)]
    with pytest.raises(MappingError, match=r"^Reason: say why"):
        store.change_now(mappings.strike, mapping, version + 1, "  ")
    store.change_now(mappings.strike, mapping, version + 1, "feil person")
    assert told(store, person) == []
    assert store.ask_now(mapping_reading.profile, person).mappings == ()
    (line,) = store.ask_now(mapping_reading.of, person)
    assert (line.state, line.reason) == ("struck", "feil person")
    store.change_now(mappings.restore, mapping, line.version)
    assert [one.day for one in told(store, person)] == [date(2026, 10, 1)]
    assert store.ask_now(mapping_reading.one, mapping).state == "done"


def test_a_gap_becomes_a_goal_a_task_or_an_application_and_shows_how_it_stands(
    store: Store, person: int, mapping: int
) -> None:
    housing = answer(store, mapping, "housing", missing="Et sted å bo", wish="Et sted der ungene kan sove over")
    goal = store.change_now(mappings.follow_goal, housing, {"words": "Et sted å bo", "domain": "housing"})
    task = store.change_now(mappings.follow_task, housing, {"text": "Ringe boligkontoret"})
    application = store.change_now(
        mappings.follow_application, housing, {"agency": "nav", "about": "Kommunal bolig", "domain": "housing"}
    )
    part = store.ask_now(mapping_reading.profile, person).parts[0]
    assert [(one.kind, one.words, one.state, one.open) for one in part.followed] == [
        ("goal", "Et sted å bo", "open", True),
        ("task", "Ringe boligkontoret", "open", True),
        ("application", "Kommunal bolig", "not sent", True),
    ]
    store.change_now(goals.end, goal, 1, "reached")
    store.change_now(tasks.finish, task, 1)
    store.change_now(applications.change, application, 1, {
        "sent": date(2026, 11, 1), "decided": date(2026, 11, 20), "outcome": "granted",
    })  # fmt: skip
    later = store.change_now(mappings.begin, person, {})
    assert store.ask_now(mapping_reading.one, later).state == "open"
    part = store.ask_now(mapping_reading.profile, person).parts[0]
    assert [(one.state, one.open) for one in part.followed] == [
        ("reached", False), ("done", False), ("granted", False),
    ]  # fmt: skip


def test_a_task_that_is_struck_out_is_no_longer_shown(store: Store, person: int, mapping: int) -> None:
    from models.misplaced import misplaced

    housing = answer(store, mapping, "housing", missing="Et sted å bo")
    task = store.change_now(mappings.follow_task, housing, {"text": "Ringe boligkontoret"})
    store.change_now(misplaced.strike, "task", task, 1, "feil")
    assert store.ask_now(mapping_reading.followed, person) == ()


def test_a_colleague_who_was_quicker_is_not_written_over(store: Store, mapping: int) -> None:
    housing = answer(store, mapping, "housing", step="2")
    with pytest.raises(Conflict):
        store.change_now(mappings.answer, housing, 1, {"step": "3"})


def test_readers_write_nothing(store: Store, session: Session, person: int, mapping: int) -> None:
    reader = session("lise")
    housing = store.ask_now(mapping_reading.one, mapping).answers[0]
    for change, args in (
        (mappings.begin, (person, {})),
        (mappings.answer, (housing.id, housing.version, {"step": "1"})),
        (mappings.finish, (mapping,)),
        (mappings.strike, (mapping, 1, "feil")),
        (mappings.follow_goal, (housing.id, {"words": "Noe"})),
    ):
        with pytest.raises(NotAllowed):
            reader.change_now(change, *args)
    assert reader.ask_now(mapping_reading.one, mapping).state == "open"


STEPS = st.sampled_from(["1", "2", "3", "4", "5", *NO_STEPS, ""])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.none() | STEPS, max_size=5))
def test_the_change_is_counted_between_the_last_two_mappings_alone(steps: list[str | None]) -> None:
    """An independent count: from the texts of the last two steps."""
    answers = tuple(
        None if step is None else Answer(1, 1, 1, 1, "housing", step, "", "", "", "", (), (), "", "") for step in steps
    )
    found = Part("housing", answers, ()).change
    if len(steps) >= 2 and steps[-1] in tuple("12345") and steps[-2] in tuple("12345"):
        assert found == ord(str(steps[-1])) - ord(str(steps[-2]))
    else:
        assert found is None
