"""What goes out of the network: as data with everything in it, on paper as a PDF, and back by undo."""

from __future__ import annotations

import json
from typing import Any

import pytest

from config import words
from models.export import whole as export
from models.gatherings import attendance, gatherings
from models.paper import gathering as papers
from models.paper import pdf
from models.storage import undo
from models.store import Store
from models.tables import Attendance, Consultation, Gathering, GatheringTask, GatheringTopic, Invitation, TaskAnswer
from tests.models.case_sample import examined
from tests.models.gatherings.network_sample import Network, enter


@pytest.fixture
def network(store: Store) -> Network:
    return enter(store)


def test_the_export_holds_all_of_it(store: Store, network: Network) -> None:
    found: dict[str, Any] = json.loads(export.as_json(store.ask_now(export.team_wide)))
    assert len(found["network_members"]) == 35
    held, coming = found["gatherings"]
    assert (held["title"], coming["title"]) == ("Bolig for målgruppen", "Endringsmotstand")
    assert held["responsible"] == "kari"
    assert held["topics"][0]["title"] == "Nytt fra prosjektgruppa"
    assert len(held["invited"]) == 37
    assert all(len(one["attendance"]) == 4 for one in held["invited"])
    (task,) = held["tasks"]
    assert {one["agency"]: one["answer"] for one in task["answers"] if one["question"] == 1}.keys() == {
        "prison", "police", "district",
    }  # fmt: skip
    assert held["consultations"][0]["recipient"] == "Utvalget for rusreform"
    # Every column goes out but what says where a row is nested or stands.
    left_out = {"id", "version", "gathering", "invitation", "member", "task", "place", "series"}
    for model, row in (
        (Gathering, held), (GatheringTopic, held["topics"][0]), (Invitation, held["invited"][0]),
        (Attendance, held["invited"][0]["attendance"][0]), (GatheringTask, task), (TaskAnswer, task["answers"][0]),
        (Consultation, held["consultations"][0]),
    ):  # fmt: skip
        columns = {field.name for field in model._meta.sorted_fields}
        assert columns - (left_out - ({"place"} if model is Gathering else set())) <= row.keys(), model


@pytest.mark.parametrize("kind", papers.KINDS)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_paper_is_a_pdf(store: Store, network: Network, kind: str, language: str) -> None:
    words.use(language)
    document = store.ask_now(papers.sheet, network.held, kind)
    printed = pdf.as_pdf(document, store.clock.now())
    assert printed.data.startswith(b"%PDF")
    assert not printed.replaced
    assert printed.pages == (1 if kind == papers.ANSWERS else 2)
    # Nothing is owed by a gathering of which nothing is known yet.
    assert pdf.as_pdf(store.ask_now(papers.sheet, network.coming, kind), store.clock.now()).pages == 1


def test_a_whole_network_stands_up_to_examination_and_undo(store: Store, network: Network) -> None:
    assert examined(store).flaws == ()
    store.change_now(attendance.invite_all, network.coming)
    assert store.ask_now(gatherings.one, network.coming).people == 35
    store.change_now(undo.undo)
    assert store.ask_now(gatherings.one, network.coming).people == 0
    assert examined(store).flaws == ()
