"""A random caseload of two years, written at different moments, so that the audit knows what was before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

from models import tables
from models.checklists.content import content_of
from models.storage.actions import action
from models.storage.work import Work
from models.store import Store
from tests.models.case_sample import Hands

STAFF: Final = (
    ("nina", "Nina Vik", "NV", "caseworker"), ("odd", "Odd Ås", "OÅ", "caseworker"),
    ("siri", "Siri Li", "SL", "reader"),
)  # fmt: skip
FIRST: Final = date(2025, 10, 1)
AGENCIES: Final = ("prison", "nav", "lawyer", "probation")
ROLES: Final = {
    "prison": "contact_officer", "nav": "nav_state", "lawyer": "lawyer", "probation": "probation_contact",
}  # fmt: skip


def make(store: Store, hands: Hands, seed: int, many: int) -> None:
    """Fill the vault; the hands of the clock stand some seven months later then."""
    chance = Random(seed)

    @action("random_month.fill")
    def fill(work: Work) -> None:
        for user, name, initials, role in STAFF:
            work.insert(tables.Staff, user=user, name=name, initials=initials, role=role)
        for number in range(many):
            _Life(work, chance, number, date(2027, 6, 20)).write()
        work.insert(tables.Absence, staff=2, first=date(2027, 1, 20), last=date(2027, 2, 10), cover=3)
        work.insert(tables.Absence, staff=3, first=date(2027, 4, 29), last=date(2027, 6, 30), cover=1)
        work.insert(tables.Absence, staff=1, first=date(2027, 3, 30), last=date(2027, 3, 31), cover=4)

    # What is noted of a day lies behind it: the caseload is written when the last day has come.
    end = datetime(2027, 6, 20, 9, 0, tzinfo=UTC)
    hands.moment = end - timedelta(days=200)
    store.change_now(fill)

    @action("random_month.change")
    def change(work: Work) -> None:
        people = [number for (number,) in work.sql("SELECT id FROM participant ORDER BY id")]
        items = work.sql("SELECT id, state FROM checklist_item ORDER BY id")
        for number in chance.sample(people, max(1, len(people) // 4)):
            work.update(tables.Participant, number, None, worker=chance.choice([None, 1, 2, 3]))
        for number, state in chance.sample(items, len(items) // 12):
            work.update(tables.ChecklistItem, number, None, **_item(chance, work, state))

    while hands.moment < end:
        hands.move(days=chance.randint(12, 30), hours=chance.randint(-9, 9))
        hands.moment = min(hands.moment, end)
        store.change_now(change)


def _item(chance: Random, work: Work, former: str = "") -> dict[str, Any]:
    state = chance.choice([one for one in ("open", "done", "done", "waiting", "not_relevant") if one != former])
    if state != "done":
        return {"state": state, "done_at": None, "verified_at": None}
    verified = work.clock.seconds() if chance.random() < 0.4 else None
    return {"state": state, "done_at": work.clock.seconds(), "verified_at": verified}


class _Life:
    """One participant's rows."""

    def __init__(self, work: Work, chance: Random, number: int, today: date) -> None:
        self.work, self.chance, self.today = work, chance, today
        self.began = FIRST + timedelta(days=chance.randint(0, 560))
        self.person = work.insert(tables.Participant, code=f"R-{number:03}", **self._record())

    def write(self) -> None:
        last = self._phases()
        self._entries()
        self._consents()
        self._applications()
        self._reviews()
        self._intake()
        if last == 6 and self.chance.random() < 0.7:
            self._phase_out()
        if self.chance.random() < 0.4:
            self._list()

    def day(self, since: int = 0, until: int = 600) -> date:
        """A day of the participant's time, not after today."""
        most = min(until, (self.today - self.began).days)
        return self.began + timedelta(days=self.chance.randint(min(since, most), most))

    def put(self, model: Any, **values: Any) -> int:
        return self.work.insert(model, participant=self.person, **values)

    def _record(self) -> dict[str, Any]:
        chance, ahead = self.chance, lambda: self.today + timedelta(days=chance.randint(-20, 160))
        record: dict[str, Any] = {
            "given_name": f"Navn {chance.randint(1, 99)}", "worker": chance.choice([None, 1, 1, 2, 2, 3]),
            "created_at": 0, "security_level": chance.choice(["high", "lower", ""]),
            "stays": chance.choice(["", "in_prison", "own_housing"]),
        }  # fmt: skip
        kind = chance.randint(0, 3)
        if kind == 1:
            record["release_date"] = ahead()
        elif kind == 2:
            record["full_term_date"] = ahead()
        elif kind == 3:
            out = ahead()
            full, decided = (out + timedelta(days=chance.randint(*span)) for span in ((-30, 90), (-40, 9)))
            record |= {"two_thirds_date": out, "full_term_date": full, "parole_decision": "granted"}
            record["parole_decided"] = decided
        return record

    def _phases(self) -> int:
        """A walk through the phases, with overlaps, gaps, and now and then a return; the last phase."""
        chance, day, phase, open_ = self.chance, self.began, self.chance.choice([1, 1, 1, 2, 3]), dict[int, int]()
        while True:
            if phase not in open_:
                open_[phase] = self.put(tables.PhasePeriod, phase=phase, began=day)
            day += timedelta(days=chance.randint(4, 150))
            if day >= self.today:
                return phase
            stays = phase < 5 and chance.random() < 0.25
            for one, number in list(open_.items()):
                if one != phase or not stays:
                    self.work.update(tables.PhasePeriod, number, None, ended=day)
                    del open_[one]
            day += timedelta(days=chance.choice([0, 0, 0, 7]))
            if day >= self.today:
                return phase
            phase = chance.choice([2, 4]) if phase == 6 else min(phase + chance.choice([1, 1, 1, 2]), 6)
            if phase == 3 and chance.random() < 0.1:
                phase = 6

    def _entries(self) -> None:
        for _number in range(self.chance.randint(0, 40)):
            day = self.day()
            moment = datetime(day.year, day.month, day.day, self.chance.randint(0, 23), 30, tzinfo=UTC)
            kind = self.chance.choice(["phone", "phone", "message", "note"])
            outcome = "" if kind == "note" else self.chance.choice(["reached", "reached", "attempted"])
            at = min(int(moment.timestamp()), int(datetime(2027, 6, 20, 8, tzinfo=UTC).timestamp()))
            local = self.work.clock.local(at).date()
            self.put(tables.Entry, at=at, day=local, kind=kind, outcome=outcome, contact=outcome == "reached",
                     created_at=at)  # fmt: skip

    def _consents(self) -> None:
        for agency in AGENCIES:
            for _number in range(self.chance.randint(0, 3)):
                given = self.day()
                until = given + timedelta(days=self.chance.randint(20, 400))
                gone = given + timedelta(days=self.chance.randint(0, 300)) if self.chance.random() < 0.25 else None
                self.put(tables.Consent, agency=agency, role=ROLES[agency], given=given, valid_until=until,
                         withdrawn=gone if gone and gone <= self.today else None, created_at=0,
                         only_known=self.chance.random() < 0.1)  # fmt: skip
            if self.chance.random() < 0.5:
                name = self.work.insert(tables.Contact, name=f"{agency} {self.person}", agency=agency, created_at=0)
                until = self.day() if self.chance.random() < 0.5 else None
                self.put(tables.Involvement, contact=name, agency=agency, role=ROLES[agency], since=self.began,
                         until=until)  # fmt: skip

    def _applications(self) -> None:
        for number in range(self.chance.randint(0, 6)):
            sent = self.day() if self.chance.random() < 0.9 else None
            decided = None
            if sent and self.chance.random() < 0.6:
                decided = sent + timedelta(days=self.chance.randint(0, 150))
            self.put(tables.Application, agency=self.chance.choice(AGENCIES[:3]), about=str(number), sent=sent,
                     decided=decided if decided and decided <= self.today else None, created_at=0)  # fmt: skip

    def _reviews(self) -> None:
        transitions = self.work.programme.method.reviews.transitions
        for _number in range(self.chance.randint(0, 5)):
            transition = self.chance.choice(transitions[:4])
            moved = self.day() if self.chance.random() < 0.6 else None
            state = self.chance.choice(["owed", "open", "sealed", "sealed"])
            values: dict[str, Any] = {"state": "open" if state == "owed" and not moved else state}
            if state == "sealed":
                day = (moved or self.began) + timedelta(days=self.chance.randint(0, 90))
                at = datetime(day.year, day.month, day.day, self.chance.randint(0, 23), 10, tzinfo=UTC)
                limit = datetime(2027, 6, 20, 8, tzinfo=UTC)
                values |= {"decision": self.chance.choice(["move", "stay", "overlap", "end"]),
                           "sealed_at": int(min(at, limit).timestamp())}  # fmt: skip
            self.put(tables.Review, transition=transition.id, from_phase=transition.from_phase,
                     to_phase=transition.to_phase, opened=moved or self.began, moved=moved, **values)  # fmt: skip

    def _intake(self) -> None:
        if self.chance.random() < 0.3:
            return
        outcome, ours, theirs = self.chance.choice(
            [("", "", ""), ("enrolled", "yes", "yes"), ("ended", "no", "yes"), ("ended", "yes", "no"),
             ("ended", "no", "no"), ("ended", "", "")]
        )  # fmt: skip
        decided = self.day(10, 90) if outcome else None
        intake = self.put(tables.Intake, opened=self.began, outcome=outcome, ours=ours, theirs=theirs, decided=decided)
        for talk in self.work.programme.method.intake.talks[: self.chance.randint(0, 4)]:
            self.put(tables.IntakeTalk, intake=intake, talk=talk.id, held=self.day(0, 60))

    def _phase_out(self) -> None:
        reason = self.chance.choice(self.work.programme.method.endings).id
        began = self.work.value(
            "SELECT max(began) FROM phase_period WHERE participant_id = ? AND phase = 6", [self.person]
        )
        back = self.day() if self.chance.random() < 0.3 else None
        day = date.fromisoformat(began)
        self.put(tables.PhaseOut, reason=reason, began=day, state="returned" if back else "open", returned=back)

    def _list(self) -> None:
        template = self.work.programme.checklist("release")
        assert template is not None
        opened = self.day()
        closed = opened + timedelta(days=self.chance.randint(5, 200)) if self.chance.random() < 0.4 else None
        number = self.put(
            tables.Checklist, template="release", template_version=1, content=content_of(template), opened=opened,
            closed=closed if closed and closed <= self.today else None,
        )  # fmt: skip
        for place, item in enumerate(template.items):
            if not item.fact and place % 3:
                value = "x" if item.kind in ("contact", "consent") else ""
                self.put(tables.ChecklistItem, checklist=number, item=item.id, place=place, value=value,
                         **_item(self.chance, self.work))  # fmt: skip


def months(last: date) -> Iterator[date]:
    """The month of a day and the six before it, by a day in each."""
    for back in range(7):
        year, month = divmod(last.year * 12 + last.month - 1 - back, 12)
        yield date(year, month + 1, 9)
