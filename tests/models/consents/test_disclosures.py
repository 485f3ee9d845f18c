"""What was shared: found consent, flagged lack of it, the timeline and the export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from models import timeline
from models.consents import consents, disclosures
from models.consents.disclosures import DisclosureError
from models.export import whole as export
from models.roles.rights import NotAllowed
from models.storage import undo
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from models.tables import Disclosure
from tests.models.case_sample import examined, rows

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def consent(store: Store, person: int) -> int:
    """NAV's municipal caseworker may know, since ten days."""
    values = {"agency": "nav", "role": "nav_municipal", "given": TODAY - 10 * DAY}
    return store.change_now(consents.give, person, values)


def share(store: Store, participant: int, **more: Any) -> int:
    values = {"agency": "nav", "role": "nav_municipal", "what": "Løslatelsesdato", **more}
    return store.change_now(disclosures.record, participant, values)


def test_the_consent_is_found_by_itself(store: Store, person: int, consent: int) -> None:
    share(store, person, person="Per Moe", ground="trengs ikke")
    (one,) = store.ask_now(disclosures.of, person)
    assert (one.consent, one.flagged, one.ground, one.day) == (consent, False, "", TODAY)
    assert (one.what, one.person, one.author) == ("Løslatelsesdato", "Per Moe", "Kari Nordmann")
    assert store.ask_now(disclosures.flagged, person) == 0


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"role": "nav_state"}, "Consent was never given."),
        ({"day": TODAY - 11 * DAY}, "Consent was never given."),
        ({"agency": "lawyer", "role": "lawyer", "person": "Ada"}, "Consent was never given."),
        ({"role": ""}, "Consent was never given."),
    ],
)
def test_without_cover_a_ground_is_asked_for_and_it_is_flagged(
    store: Store, person: int, consent: int, values: dict[str, Any], reason: str
) -> None:
    with pytest.raises(DisclosureError) as caught:
        share(store, person, ground="  ", **values)
    assert caught.value.text.startswith("Ground: no consent covers this")
    assert reason in caught.value.text
    assert store.ask_now(disclosures.of, person) == ()
    share(store, person, ground="danger_to_life", **values)
    (one,) = store.ask_now(disclosures.of, person)
    assert (one.consent, one.flagged, one.ground) == (None, True, "danger_to_life")
    assert store.ask_now(disclosures.flagged, person) == 1


@pytest.mark.parametrize(
    ("values", "stored", "told"),
    [
        ({"ground": "fvl_13f"}, "fvl_13f", "Public Administration Act § 13 f (duty or right in another act)"),
        ({"ground": "Fare for liv  eller helse"}, "danger_to_life", "Danger to life or health"),
        ({"ground": "danger to life or health"}, "danger_to_life", "Danger to life or health"),
        ({"ground": "Rettens beslutning"}, "Rettens beslutning", "Rettens beslutning"),
        ({"ground": "other", "own_words": "Rettens  beslutning"}, "Rettens beslutning", "Rettens beslutning"),
        ({"ground": "other", "own_words": "Fare for liv eller helse"}, "danger_to_life", "Danger to life or health"),
        ({"ground": "fvl_13f", "own_words": "ikke spurt om"}, "fvl_13f",
         "Public Administration Act § 13 f (duty or right in another act)"),
    ],
)  # fmt: skip
def test_a_ground_is_kept_by_its_id_and_ones_own_words_as_they_are(
    store: Store, person: int, values: dict[str, Any], stored: str, told: str
) -> None:
    share(store, person, **values)
    assert rows(store, "SELECT ground FROM disclosure") == [(stored,)]
    (one,) = store.ask_now(disclosures.of, person)
    assert one.ground == stored
    assert disclosures.ground_name(store.programme, one.ground) == told
    assert store.ask_now(export.participant, person)["disclosures"][0]["ground"] == stored


@pytest.mark.parametrize("words", ["", "  ", "other", "Annen hjemmel (skriv hvilken)"])
def test_another_ground_needs_its_words(store: Store, person: int, words: str) -> None:
    with pytest.raises(DisclosureError) as caught:
        share(store, person, ground="other", own_words=words)
    assert caught.value.text == "Which ground: another ground needs your own words; write which."


@pytest.mark.parametrize("written", ["Danger to life or health", "Fare for liv eller helse"])
def test_a_row_that_holds_the_grounds_name_is_read_as_the_ground(store: Store, person: int, written: str) -> None:
    share(store, person, ground="danger_to_life")

    @action("test_disclosures.write")
    def write(work: Work) -> None:
        work.update(Disclosure, 1, None, ground=written)

    store.change_now(write)
    assert [one.ground for one in store.ask_now(disclosures.of, person)] == ["danger_to_life"]
    assert store.ask_now(export.participant, person)["disclosures"][0]["ground"] == "danger_to_life"
    assert disclosures.ground_name(store.programme, written) == "Danger to life or health"


def test_it_rests_on_the_consent_of_that_day(store: Store, person: int, consent: int) -> None:
    store.change_now(consents.withdraw, consent, 1, TODAY - DAY, "perm")
    share(store, person, day=TODAY - 2 * DAY)
    with pytest.raises(DisclosureError, match=r"Consent was withdrawn 21.11.2026\."):
        share(store, person)
    share(store, person, ground="fvl_13b")
    assert [(one.flagged, one.consent) for one in store.ask_now(disclosures.of, person)] == [
        (True, None), (False, consent),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"agency": ""}, "Agency: say whom it was shared with."),
        ({"what": " \n"}, "What: say what was shared."),
        ({"day": TODAY + DAY}, "When: the date is in the future; record it when it has been shared."),
        ({"nonsense": 1}, "There is no field called nonsense."),
    ],
)
def test_what_cannot_be_recorded_has_its_own_sentence(
    store: Store, person: int, consent: int, values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DisclosureError) as caught:
        share(store, person, **values)
    assert caught.value.text == sentence


def test_the_timeline_tells_and_undo_takes_back(store: Store, person: int, consent: int) -> None:
    share(store, person)
    share(store, person, role="nav_state", ground="fvl_13b")
    kinds = [line.kind for line in store.ask_now(timeline.page, timeline.TimelineQuery(person), 0, 9)]
    assert kinds[:2] == ["disclosed_uncovered", "disclosed"]
    assert undo.described(store.change_now(undo.undo)) == "what was shared"
    assert [one.role for one in store.ask_now(disclosures.of, person)] == ["nav_municipal"]
    kinds = [line.kind for line in store.ask_now(timeline.page, timeline.TimelineQuery(person), 0, 9)]
    assert "disclosed_uncovered" not in kinds
    assert examined(store).flaws == ()


def test_what_was_shared_today_is_told_at_its_moment_and_of_another_day_at_noon(
    store: Store, person: int, consent: int
) -> None:
    share(store, person)
    share(store, person, day=TODAY - DAY)
    lines = store.ask_now(timeline.page, timeline.TimelineQuery(person), 0, 9)
    told = [store.clock.local(one.at) for one in lines if one.kind == "disclosed"]
    assert [f"{moment:%d.%m %H:%M}" for moment in told] == ["22.11 10:00", "21.11 12:00"]


def test_a_consent_something_was_shared_on_is_not_undone(
    store: Store, session: Callable[[str], Store], person: int, consent: int
) -> None:
    share(session("ola"), person)
    with pytest.raises(undo.NothingToUndo, match="worked on from there"):
        store.change_now(undo.undo)


def test_only_one_role_s(store: Store, person: int, consent: int) -> None:
    share(store, person)
    share(store, person, role="nav_state", ground="fvl_13b", day=TODAY - DAY)
    assert [one.role for one in store.ask_now(disclosures.of, person)] == ["nav_municipal", "nav_state"]
    found = store.ask_now(disclosures.of, person, agency="nav", role="nav_state")
    assert [one.role for one in found] == ["nav_state"]


def test_a_reader_records_nothing(store: Store, session: Callable[[str], Store], person: int, consent: int) -> None:
    with pytest.raises(NotAllowed):
        share(session("lise"), person)


def test_the_export_holds_every_column(store: Store, person: int, consent: int) -> None:
    share(store, person, person="Per Moe", day=TODAY - DAY)
    share(store, person, role="nav_state", ground="fvl_13b")
    told = store.ask_now(export.participant, person)["disclosures"]
    assert [(one["day"], one["consent"], one["ground"], one["flagged"]) for one in told] == [
        ("2026-11-21", 1, "", False), ("2026-11-22", None, "fvl_13b", True),
    ]  # fmt: skip
    called = {"by": "author_id", "consent": "consent_id", "entered_at": "created_at"}
    columns = {field.column_name for field in Disclosure._meta.sorted_fields}
    left_out = columns - {called.get(key, key) for key in told[0]}
    assert left_out == {"id", "version", "participant_id", "contact_id"}
    assert rows(store, "SELECT count(*) FROM disclosure") == [(2,)]
