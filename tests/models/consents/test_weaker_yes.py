"""The guide's weaker yes, that they may know and no more; and a withdrawal that was said aloud."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models import board
from models.checklists import checklists
from models.checklists import reading as checklist_reading
from models.consents import answer as consent_answer
from models.consents import consents, disclosures
from models.consents import matrix as consent_matrix
from models.consents.answer import KNOWN, Answer
from models.consents.disclosures import DisclosureError
from models.consents.matrix import ConsentError
from models.phases import phases
from models.storage import undo
from models.store import Store
from tests.models.case_sample import Hands, examined, rows

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
NAV: dict[str, Any] = {"agency": "nav", "role": "nav_municipal"}


def give(store: Store, participant: int, **more: Any) -> int:
    return store.change_now(consents.give, participant, {**NAV, "given": TODAY, **more})


def asked(store: Store, person: int, name: str = "", on: date | None = None) -> Answer:
    return store.ask_now(consent_answer.answer, person, "nav", "nav_municipal", name, on)


def signs(store: Store, person: int) -> dict[str, str]:
    card = store.ask_now(board.card, person)
    assert card is not None
    return {sign.rule: sign.reason for sign in card.signs}


# ---------------------------------------------------------------------- they may know, and no more


def test_they_may_know_and_nothing_may_be_shared(store: Store, person: int) -> None:
    number = give(store, person, only_known=True)
    found = asked(store, person)
    assert (found.state, found.covered, found.knows) == (KNOWN, False, True)
    assert found.reason == "They may know that the participant works with EX/IN, and no more, until 22.11.2027."
    assert asked(store, person, "Kari Moe").state == KNOWN
    assert not asked(store, person, on=TODAY + 366 * DAY).knows
    # It satisfies none of the sets, nor the item of a checklist that is one.
    assert [one.agency for one in store.ask_now(consent_matrix.missing, person, "intake")] == [
        "prison",
        "nav",
        "lawyer",
    ]
    assert "Nav never given" in signs(store, person)["consents"]
    # A whole yes beside it answers, and renewing the weaker one keeps it weak.
    store.change_now(consents.renew, number, {"given": TODAY})
    assert asked(store, person).state == KNOWN
    give(store, person)
    assert asked(store, person).state == "yes"


def test_a_whole_yes_that_ended_leaves_the_weaker_one(store: Store, person: int, hands: Hands) -> None:
    give(store, person, valid_until=TODAY + 3 * DAY)
    give(store, person, only_known=True)
    hands.move(days=4)
    assert asked(store, person).state == KNOWN
    for number in (2, 1):
        (version,) = rows(store, "SELECT version FROM consent WHERE id = ?", number)[0]
        if number == 2:
            store.change_now(consents.withdraw, number, version, store.clock.today(), "Brev")
    assert (asked(store, person).state, asked(store, person).knows) == ("withdrawn", False)


def test_a_no_to_one_person_outdoes_an_older_weaker_yes_to_the_role(store: Store, person: int) -> None:
    give(store, person, only_known=True, given=TODAY - 9 * DAY)
    named = give(store, person, only_known=True, given=TODAY - 5 * DAY, person="Kari Moe")
    assert asked(store, person, "Kari Moe").state == KNOWN
    store.change_now(consents.withdraw, named, 1, TODAY - DAY, "")
    assert asked(store, person, "kari  moe").state == "withdrawn"
    assert asked(store, person, "Per").state == KNOWN


def test_an_item_that_is_a_set_of_consents_wants_the_whole_yes(store: Store, person: int) -> None:
    store.change_now(checklists.open_by_hand, person, "release")

    def state() -> str:
        (line,) = [one for one in store.ask_now(checklist_reading.of, person) if one.template == "release" and one.id]
        items = store.ask_now(checklist_reading.one, line.id).items
        return next(one.state for one in items if one.template.id == "consent_form")

    for agency, role in (("prison", "contact_officer"), ("nav", "nav_state"), ("probation", "probation_contact")):
        weak = {"agency": agency, "role": role, "given": TODAY, "only_known": agency == "probation"}
        store.change_now(consents.give, person, weak)
    assert state() == "open"
    store.change_now(consents.give, person, {"agency": "probation", "role": "halfway_house", "given": TODAY})
    assert state() == "done"
    assert examined(store).flaws == ()


def test_to_say_no_more_than_that_they_take_part_is_covered_and_anything_else_wants_its_ground(
    store: Store, person: int
) -> None:
    weak = give(store, person, only_known=True)
    shared = {**NAV, "what": "Er med i EX/IN"}
    with pytest.raises(DisclosureError, match=r"^Ground: "):
        store.change_now(disclosures.record, person, shared)
    store.change_now(disclosures.record, person, {**shared, "only_known": True})
    (one,) = store.ask_now(disclosures.of, person)
    assert (one.consent, one.flagged, one.ground) == (weak, False, "")
    # To somebody who gave no yes at all it is covered by nothing.
    with pytest.raises(DisclosureError, match=r"^Ground: "):
        store.change_now(disclosures.record, person, {**shared, "role": "nav_state", "only_known": True})


# ---------------------------------------------------------------------- said aloud


def test_what_is_said_aloud_ends_the_sharing_at_once_and_leaves_the_writing_missing(
    store: Store, person: int, hands: Hands
) -> None:
    store.change_now(phases.begin, person, 2, TODAY, ending=(1,))
    first = give(store, person, given=TODAY - 30 * DAY)
    second = store.change_now(consents.renew, first, {"given": TODAY - 10 * DAY})
    assert "withdrawal_unwritten" not in signs(store, person)
    store.change_now(consents.withdraw, second, 1, TODAY, "  ")
    assert (asked(store, person).state, asked(store, person).covered) == ("withdrawn", False)
    assert asked(store, person, on=TODAY - DAY).covered
    told = "A consent was withdrawn orally 22.11.2026: the written confirmation is missing."
    assert signs(store, person)["withdrawal_unwritten"] == told
    assert all(one.oral for one in store.ask_now(consent_answer.held, person))
    hands.move(days=3)
    (version,) = rows(store, "SELECT version FROM consent WHERE id = ?", second)[0]
    with pytest.raises(ConsentError, match=r"^Where it is kept: say where the written confirmation is"):
        store.change_now(consents.confirm_withdrawal, second, version, " ")
    store.change_now(consents.confirm_withdrawal, second, version, "Brev, perm 3")
    held = store.ask_now(consent_answer.held, person)
    # The day it was said stands, and both that ended with it are confirmed.
    assert {(one.withdrawn, one.withdrawal_kept) for one in held} == {(TODAY, "Brev, perm 3")}
    assert "withdrawal_unwritten" not in signs(store, person)
    kinds = [kind for (kind,) in rows(store, "SELECT kind FROM entry ORDER BY id DESC LIMIT 2")]
    assert kinds == ["withdrawal_confirmed", "consent_withdrawn_orally"]
    assert undo.described(store.change_now(undo.undo)) == "the written confirmation of the withdrawal"
    assert "withdrawal_unwritten" in signs(store, person)
    assert examined(store).flaws == ()


def test_what_is_given_anew_asks_for_no_confirmation_of_the_no_before(store: Store, person: int) -> None:
    number = give(store, person, given=TODAY - 10 * DAY)
    store.change_now(consents.withdraw, number, 1, TODAY - 2 * DAY, "")
    assert "withdrawal_unwritten" in signs(store, person)
    store.change_now(consents.renew, number, {"given": TODAY})
    assert "withdrawal_unwritten" not in signs(store, person)


def test_what_was_not_withdrawn_or_is_confirmed_has_its_own_sentence(store: Store, person: int) -> None:
    number = give(store, person)
    with pytest.raises(ConsentError, match=r"^Withdrawn: it was not withdrawn yet"):
        store.change_now(consents.confirm_withdrawal, number, 1, "Perm")
    store.change_now(consents.withdraw, number, 1, TODAY, "Perm")
    with pytest.raises(ConsentError, match=r"^Where it is kept: the writing is recorded already"):
        store.change_now(consents.confirm_withdrawal, number, 2, "Skap")


def test_who_obtained_it_elsewhere_stands_with_the_consent(store: Store, person: int) -> None:
    give(store, person, obtained_by=None, obtained_agency="Oslo fengsel, Ola Vakt")
    (one,) = store.ask_now(consent_answer.held, person)
    assert (one.obtained_by, one.obtained_agency) == (None, "Oslo fengsel, Ola Vakt")
