"""Random work on a small caseload: whatever is done and undone, the vault stays whole and the cards say what is so."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from config import programme as programmes
from models import board, timeline
from models.participants import participants
from models.phases import phases
from models.search import queries as search
from models.signals import listing as signals
from models.signals.watch import of_cards
from models.storage import undo
from models.storage.undo import NothingToUndo
from models.store import Store
from models.team.staff import join
from models.values.clock import Clock, oslo
from models.vault import sealed
from tests.models.case_sample import Hands, everything, examined, rows

from tests.models.case_sample import WEAK  # isort: skip

PASSPHRASE = "korrekt hest batteri stift"
TEXTS = ["Ringte om bolig", "møtte Håkon på NAV", "", "gjeld og skole", "  "]
_pattern: list[Path] = []


def pattern() -> Path:
    """A founded vault to copy, made once."""
    if not _pattern:
        folder = Path(tempfile.mkdtemp(prefix="exin-pattern-")) / "vault"
        unlocked, _recovery = sealed.create(folder, "kari", PASSPHRASE, kdf=WEAK)
        store = Store(unlocked, oslo(), programmes.load())
        store.open()
        store.change_now(join, "kari", "Kari Nordmann", "team_leader", unlocked.slot_id or "")
        store.close()
        _pattern.append(folder)
    return _pattern[0]


class Caseload(RuleBasedStateMachine):
    """Kari works; after every step the whole vault is examined."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="exin-caseload-"))
        shutil.copytree(pattern(), self.home / "vault")
        self.hands = Hands()
        unlocked = sealed.unlock(self.home / "vault", "kari", PASSPHRASE)
        self.store = Store(unlocked, Clock(oslo().zone, self.hands), programmes.load())
        self.store.open()
        self.done: list[dict[str, list[Any]]] = []

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.home)

    def state(self) -> dict[str, list[Any]]:
        found = everything(self.store)
        versioned = ("participant", "phase_period", "entry")
        return {
            table: [(row[0], *row[2:]) if table in versioned else row for row in found[table]]
            for table in (*versioned, "card", "people_search", "entry_search")
        }

    def change(self, change: Any, *arguments: Any) -> Any:
        before, audited = self.state(), rows(self.store, "SELECT max(seq) FROM audit")
        self.hands.move(minutes=7)
        answer = self.store.change_now(change, *arguments)
        if rows(self.store, "SELECT max(seq) FROM audit") != audited:
            self.done.append(before)
        return answer

    def numbers(self, table: str, condition: str = "1") -> list[int]:
        return [number for (number,) in rows(self.store, f"SELECT id FROM {table} WHERE {condition} ORDER BY id")]

    @rule(name=st.sampled_from(["Åse", "Håkon", ""]), phase=st.integers(1, 6), ago=st.integers(0, 400))
    def add(self, name: str, phase: int, ago: int) -> None:
        if len(self.numbers("participant")) < 4:
            self.change(participants.add, {"given_name": name}, self.store.clock.today() - timedelta(days=ago), phase)

    @precondition(lambda self: self.numbers("participant"))
    @rule(draw=st.data())
    def change_participant(self, draw: st.DataObject) -> None:
        number = draw.draw(st.sampled_from(self.numbers("participant")))
        version = self.store.ask_now(participants.file_of, number).version
        day = self.store.clock.today() + timedelta(days=draw.draw(st.integers(-50, 200)))
        changes = {
            "given_name": draw.draw(st.sampled_from(["Åse", "Nils"])), "worker": draw.draw(st.sampled_from([None, 1])),
            "release_date": draw.draw(st.sampled_from([None, day])),
            "risk_areas": draw.draw(st.sampled_from(["", "x"])),
        }  # fmt: skip
        self.change(participants.change, number, version, changes)

    @precondition(lambda self: self.numbers("participant"))
    @rule(draw=st.data(), phase=st.integers(1, 6), ends=st.booleans(), ago=st.integers(0, 9))
    def begin_phase(self, draw: st.DataObject, phase: int, ends: bool, ago: int) -> None:
        number = draw.draw(st.sampled_from(self.numbers("participant")))
        lasting = self.store.ask_now(participants.open_periods, number)
        day = self.store.clock.today() - timedelta(days=ago)
        before = everything(self.store)
        try:
            self.change(phases.begin, number, phase, day) if not ends else self.store.change_now(
                phases.begin, number, phase, day, ending=tuple(lasting)
            )
            if ends:
                self.done.append({})
        except phases.PhaseError:
            assert everything(self.store) == before

    @precondition(lambda self: self.numbers("phase_period", "ended IS NULL"))
    @rule(draw=st.data())
    def end_phase(self, draw: st.DataObject) -> None:
        number = draw.draw(st.sampled_from(self.numbers("phase_period", "ended IS NULL")))
        version = rows(self.store, "SELECT version FROM phase_period WHERE id = ?", number)[0][0]
        self.change(phases.end, number, version, self.store.clock.today())

    @precondition(lambda self: self.numbers("participant"))
    @rule(draw=st.data(), ago=st.integers(0, 90))
    def record(self, draw: st.DataObject, ago: int) -> None:
        values = {
            "kind": draw.draw(st.sampled_from(["phone", "note", "visit_mapping"])),
            "outcome": draw.draw(st.sampled_from(["", "reached", "attempted"])),
            "text": draw.draw(st.sampled_from(TEXTS)), "topic": draw.draw(st.sampled_from(["", "familie"])),
            "at": self.store.clock.seconds() - ago * 86_400,
        }  # fmt: skip
        self.change(timeline.record, draw.draw(st.sampled_from(self.numbers("participant"))), values)

    @precondition(lambda self: self.numbers("entry", "kind IN ('phone', 'note', 'visit_mapping')"))
    @rule(draw=st.data())
    def correct(self, draw: st.DataObject) -> None:
        number = draw.draw(st.sampled_from(self.numbers("entry", "kind IN ('phone', 'note', 'visit_mapping')")))
        version = self.store.ask_now(timeline.one, number).version
        changes = {
            "outcome": draw.draw(st.sampled_from(["", "reached", "attempted"])),
            "text": draw.draw(st.sampled_from(TEXTS)), "topic": draw.draw(st.sampled_from(["", "gjeld"])),
        }  # fmt: skip
        self.change(timeline.correct, number, version, changes)

    @precondition(lambda self: self.numbers("entry", "topic != ''"))
    @rule(draw=st.data())
    def take_up(self, draw: st.DataObject) -> None:
        self.change(timeline.take_up_topic, draw.draw(st.sampled_from(self.numbers("entry", "topic != ''"))))

    @rule()
    def undo(self) -> None:
        if not self.done:
            before = everything(self.store)
            try:
                self.store.change_now(undo.undo, self.store.opened_at_audit)
            except NothingToUndo:
                assert everything(self.store) == before
                return
            raise AssertionError("something was undone that nobody did")
        expected = self.done.pop()
        self.store.change_now(undo.undo, self.store.opened_at_audit)
        if expected:
            assert self.state() == expected

    @invariant()
    def the_vault_is_whole(self) -> None:
        assert examined(self.store).flaws == ()

    @invariant()
    def signals_that_are_kept_are_those_of_a_first_look(self) -> None:
        kept, fresh = self.store.ask_now(signals.survey), self.store.ask_now(of_cards, "1", []).survey()
        assert (kept.found, kept.severities, kept.rules) == (fresh.found, fresh.severities, fresh.rules)

    @invariant()
    def cards_say_what_is_so(self) -> None:
        reading = self.store
        for number in self.numbers("participant"):
            card, file = reading.ask_now(board.card, number), reading.ask_now(participants.file_of, number)
            assert card is not None
            lasting = [span for span in file.phases if span.ended is None]
            assert card.phase == (max(lasting, key=lambda span: (span.began, span.phase)).phase if lasting else 0)
            whole = reading.ask_now(timeline.page, timeline.TimelineQuery(number), 0, 500)
            reached = [entry.day for entry in whole if entry.outcome == "reached"]
            assert card.last_contact == max(reached, default=None)
            tried = [entry.at for entry in whole if entry.outcome == "attempted"]
            assert rows(reading, "SELECT attempt_key FROM card WHERE participant_id = ?", number) == [
                (max(tried, default=0),)
            ]
            assert card.topics == len([e for e in whole if e.topic and e.topic_taken_at is None])
            assert (card.name or card.code, card.release) == (file.name, file.values["release_date"])
            for entry in whole:
                if entry.text.strip():
                    assert entry.id in {hit.entry for hit in reading.ask_now(search.find, entry.text, 500)}


TestCaseload = Caseload.TestCase
TestCaseload.settings = settings(max_examples=12, stateful_step_count=18, suppress_health_check=list(HealthCheck))
