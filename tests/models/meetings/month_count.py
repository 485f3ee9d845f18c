"""The numbers of a month counted from the JSON export alone, slowly and plainly, as one would with a pencil."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, Final
from zoneinfo import ZoneInfo

from config.programme.shapes import Programme

OSLO: Final = ZoneInfo("Europe/Oslo")
Json = dict[str, Any]
Rows = list[tuple[str, ...]]
WANTED: Final = {"prison": {1, 2, 3, 4, 5}, "nav": {1, 2, 3, 4, 5}, "lawyer": {1, 2, 3, 4, 5}, "probation": {3, 4}}
CONTACT: Final = {1: 30, 2: 30, 3: 14, 4: 7, 5: 30, 6: 90}


def shown(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def local(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(OSLO).date()


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def then(row: Json, column: str, last: date) -> Any:
    """What a column said at the end of a day: what the first correction after it replaced."""
    said = row.get(column, row.get(column.removesuffix("_id")))
    for version in row["former"]:
        if local(version["until"]) > last and column in version["values"]:
            said = version["values"][column]
    return said


class Count:
    """Counts for the month of `last`, which is its last day, or today."""

    def __init__(self, programme: Programme, head: Json, people: list[Json], team: Json, today: date, last: date):
        self.programme, self.people, self.today, self.last = programme, people, today, last
        self.first = last.replace(day=1)
        self.staff = {one["user"]: one for one in head["staff"]}
        self.absences = team["absences"]
        self.codes = {one["code"] for one in people}

    # ------------------------------------------------------------------ who is where

    def phases(self, person: Json, last: date) -> list[Json]:
        began = [one for one in person["phases"] if date.fromisoformat(one["began"]) <= last]
        found = [one for one in began if one["ended"] is None or date.fromisoformat(one["ended"]) > last]
        return sorted(found, key=lambda one: (one["began"], one["phase"]))

    def numbers(self, person: Json, last: date) -> set[int]:
        return {one["phase"] for one in self.phases(person, last)}

    def weight(self, phases: set[int]) -> tuple[int, int, int]:
        """Participants, demanding, candidates."""
        followed = phases - {6}
        if not followed or followed == {1}:
            return 0, 0, len(followed)
        return 1, int(bool(followed & {3, 4})), 0

    def sum(self, sets: list[set[int]]) -> tuple[int, int, int]:
        weights = [self.weight(one) for one in sets]
        return sum(w[0] for w in weights), sum(w[1] for w in weights), sum(w[2] for w in weights)

    def limits(self, user: str) -> tuple[int, int]:
        return (4, 4) if self.staff[user]["role"] == "team_leader" else (12, 6)

    def writers(self) -> list[str]:
        return [user for user, one in self.staff.items() if one["role"] != "reader" and one["active"]]

    def covered(self, user: str, day: date) -> list[str]:
        gone = {one["staff"]: one["cover"] for one in self.absences if one["first"] <= day.isoformat() <= one["last"]}
        there = user in self.writers() and user not in gone
        return [away for away, cover in gone.items() if cover == user and there]

    def told(self, load: tuple[int, int, int], limit: tuple[int, int]) -> str:
        many, demanding, candidates = load
        people = f"{many}+{candidates}" if candidates else str(many)
        return f"{people}/{limit[0]} · {demanding}/{limit[1]}" + "!" * (many > limit[0] or demanding > limit[1])

    # ------------------------------------------------------------------ planning, from today

    def way_out(self, person: Json) -> date | None:
        if person["release_date"]:
            return date.fromisoformat(person["release_date"])
        furthest = max(self.numbers(person, self.today), default=0)
        if not (furthest in (2, 3) or (furthest == 1 and person["stays"] in ("", "in_prison"))):
            return None
        full = day_of(person["full_term_date"])
        if person["parole_decision"] == "granted" and person["two_thirds_date"]:
            day = max(one for one in map(day_of, (person["two_thirds_date"], person["parole_decided"])) if one)
            if full is None or day < full:
                return day
        return full

    def prepares(self, person: Json, out: date) -> date:
        return out - timedelta(days=60 if person["security_level"] == "high" else 90)

    def ahead(self) -> list[date]:
        days = [self.today]
        for step in (1, 2, 3):
            year, month = divmod(self.today.year * 12 + self.today.month - 1 + step, 12)
            days.append(date(year, month + 1, min(self.today.day, monthrange(year, month + 1)[1])))
        return days

    def on(self, person: Json, day: date) -> set[int]:
        """The phases expected to last on a day to come."""
        lasting, out = self.numbers(person, self.today), self.way_out(person)
        if day == self.today or out is None or not lasting or not 1 < max(lasting) < 4:
            return lasting
        reached = 4 if out <= day else 3 if self.prepares(person, out) <= day else 0
        return {reached} if reached > max(lasting) else lasting

    def coming(self) -> Rows:
        days, rows = self.ahead(), []
        limit = tuple(map(sum, zip(*map(self.limits, self.writers()), strict=True)))
        for place, day in enumerate(days):
            releases = preparations = 0
            for person in self.people:
                phases, out = self.numbers(person, self.today), self.way_out(person)
                if not phases or max(phases) > 3 or out is None:
                    continue
                early = self.prepares(person, out)
                prepared = max(phases) == 2
                if place == 0:
                    releases += out < day
                    preparations += prepared and early < day <= out
                else:
                    since = days[place - 1] + timedelta(days=place > 1)
                    releases += since <= out <= day
                    preparations += prepared and since <= early <= day
            many, demanding, candidates = self.sum([self.on(person, day) for person in self.people])
            people = f"{many}+{candidates}" if candidates else str(many)
            label = f"until {shown(day)}" if place else "overdue"
            rows.append((label, str(releases), str(preparations), f"{people}/{limit[0]}", f"{demanding}/{limit[1]}"))
        return rows

    def load(self) -> Rows:
        days = self.ahead() if self.last == self.today else [self.last]
        found = []
        for user in self.writers():
            told, first = [], (0, 0, 0)
            for day in days:
                whose = {user, *self.covered(user, day)}
                theirs = [one for one in self.people if then(one, "worker_id", min(day, self.last)) in whose]
                at = [self.on(one, day) if day >= self.today else self.numbers(one, day) for one in theirs]
                load = self.sum(at)
                first = load if day == days[0] else first
                told.append(self.told(load, self.limits(user)))
            name = self.staff[user]["name"]
            found.append((-first[0], -first[1], name, (name, *told)))
        return [one[-1] for one in sorted(found)]

    # ------------------------------------------------------------------ the month

    def moved(self, first: date, last: date) -> Iterator[tuple[date, str, int, int]]:
        for person in self.people:
            for one in person["phases"]:
                began = date.fromisoformat(one["began"])
                if not first <= began <= last:
                    continue
                before = [
                    other for other in person["phases"]
                    if other["began"] < one["began"] and (other["ended"] is None or other["ended"] >= one["began"])
                ]  # fmt: skip
                former = max(before, key=lambda other: other["began"])["phase"] if before else 0
                yield began, person["code"], former, one["phase"]

    def moves(self) -> Rows:
        def name(phase: int) -> str:
            return f"{phase} {self.programme.phase(phase).name}" if phase else ""

        return [
            (code, shown(day), name(old), name(new))
            for day, code, old, new in sorted(self.moved(self.first, self.last))
        ]

    def left(self, first: date, last: date) -> list[tuple[str, date, str]]:
        span = first.isoformat(), last.isoformat()
        noted = [
            (person["code"], date.fromisoformat(one["began"]), one["reason"])
            for person in self.people for one in person["phase_outs"] if span[0] <= one["began"] <= span[1]
        ]  # fmt: skip
        known = {(code, day.year, day.month) for code, day, _reason in noted}
        unsaid = [
            (code, day, "") for day, code, _old, new in self.moved(first, last)
            if new == 6 and (code, day.year, day.month) not in known
        ]  # fmt: skip
        return [*noted, *unsaid]

    def endings(self) -> Rows:
        counted = Counter(reason for _code, _day, reason in self.left(self.first, self.last))
        rows = [(str(one.name), str(counted[one.id])) for one in self.programme.method.endings]
        if counted[""]:
            rows.append(("no reason noted", str(counted[""])))
        back = sum(self.within(one["returned"]) for person in self.people for one in person["phase_outs"])
        return [*rows, ("came back", str(back))] if back else rows

    def within(self, day: str | None) -> bool:
        return day is not None and self.first.isoformat() <= day <= self.last.isoformat()

    def waiting(self) -> Rows:
        waits: dict[str, list[int]] = {}
        took: dict[str, list[int]] = {}
        for one in (one for person in self.people for one in person["applications"]):
            sent, decided = day_of(one["sent"]), day_of(one["decided"])
            if sent and sent <= self.last and (decided is None or decided > self.last):
                waits.setdefault(one["agency"], []).append((self.last - sent).days)
            if sent and decided and self.first <= decided <= self.last:
                took.setdefault(one["agency"], []).append((decided - sent).days)
        order = sorted(waits, key=lambda one: (-len(waits[one]), one))
        rows = []
        for agency in (*order, *sorted(took.keys() - waits.keys())):
            now, done = waits.get(agency, []), took.get(agency, [])
            rows.append((
                str(self.programme.agency(agency).name), str(len(now)), number(median(now)) if now else "0",
                str(max(now, default=0)), str(len(done)), number(median(done)) if done else "",
            ))  # fmt: skip
        return rows

    def contact(self) -> Rows:
        found = {phase: [0, 0, 0, 0] for phase in CONTACT}
        for person in self.people:
            lasting = self.phases(person, self.last)
            if not lasting:
                continue
            entries = [(local(one["at"]), one["outcome"]) for one in person["timeline"] if one["outcome"]]
            reached = [day for day, outcome in entries if outcome == "reached" and day <= self.last]
            tried = [day for day, outcome in entries if outcome == "attempted" and self.first <= day <= self.last]
            silent_since = max(reached, default=date.fromisoformat(lasting[-1]["began"]))
            most = min(CONTACT[one["phase"]] for one in lasting)
            counted = (1, sum(day >= self.first for day in reached), len(tried), (self.last - silent_since).days > most)
            row = found[lasting[-1]["phase"]]
            row[:] = [a + b for a, b in zip(row, counted, strict=True)]
        length = (self.last - self.first).days + 1
        return [
            (f"{phase} {self.programme.phase(phase).name}", str(many), str(met), number(met / many if many else 0),
             number(round(length / CONTACT[phase], 1)), str(tried), str(silent))
            for phase, (many, met, tried, silent) in found.items()
        ]  # fmt: skip

    def covered_until(self, person: Json, agency: str, last: date) -> date | None:
        """The last day of the consents to an agency that had been given and not withdrawn by the end of a day."""
        given = [
            date.fromisoformat(one["valid_until"]) for one in person["consents"]
            if one["agency"] == agency and not one["only_known"] and one["given"] <= last.isoformat()
            and (one["withdrawn"] is None or one["withdrawn"] > last.isoformat())
        ]  # fmt: skip
        return max(given, default=None)

    def consents(self) -> Rows:
        found: dict[str, list[int]] = {}
        for person in self.people:
            phases = self.numbers(person, self.last)
            for agency in (agency for agency, of in WANTED.items() if phases & of):
                until = self.covered_until(person, agency, self.last)
                place = 2 if until is None or until < self.last else int(until <= self.last + timedelta(days=30))
                found.setdefault(agency, [0, 0, 0])[place] += 1
        return [
            (str(self.programme.agency(agency).name), *map(str, found[agency])) for agency in WANTED if agency in found
        ]

    def item_left(self, person: Json, template: Json, one: Json) -> tuple[bool, bool]:
        """Whether an item was left at the end of the month, and whether it was done and not verified."""
        last = self.last
        state, value = then(one, "state", last), then(one, "value", last)
        if state == "open" and one["state"] == "open" and one["done_at"] and then(one, "done_at", last):
            # The export says how an open list stands on its day, on which a consent may have expired.
            state = "done"
        item = next(item for group in template["groups"] for item in group["items"] if item["id"] == one["item"])
        if state == "done" and value and item["kind"] == "consent":
            sets = {"intake": ("prison", "nav", "lawyer"), "release": ("prison", "nav", "probation")}[item["set"]]
            ends = [self.covered_until(person, agency, last) for agency in sets]
            state = "done" if all(until and until >= last for until in ends) else "open"
        if state == "done" and value and item["kind"] == "contact":
            agency = {role.id for role in self.programme.agency(item.get("agency", "")).roles}
            roles = {item.get("role"), *item.get("roles", ()), *agency}
            theirs = [part for part in person["people"] if part["role"] in roles]
            there = any(part["until"] is None or part["until"] > last.isoformat() for part in theirs)
            state = "done" if there else "open"
        return state in ("open", "waiting"), state == "done" and then(one, "verified_at", last) is None

    def verification(self) -> Rows:
        found: dict[str, list[int]] = {}
        for person in self.people:
            if not self.numbers(person, self.last) - {6}:
                continue
            for checklist in person["checklists"]:
                closed = checklist["closed"]
                ended = closed is not None and closed <= self.last.isoformat()
                if checklist["template"] != "release" or checklist["opened"] > self.last.isoformat() or ended:
                    continue
                judged = [self.item_left(person, checklist["content"], one) for one in checklist["items"]]
                left, unverified = (sum(one[place] for one in judged) for place in (0, 1))
                if left or unverified:
                    worker = then(person, "worker_id", self.last)
                    row = found.setdefault(self.staff[worker]["name"] if worker else "nobody", [0, 0, 0])
                    row[:] = [row[0] + 1, row[1] + left, row[2] + unverified]
        order = sorted(found, key=lambda name: (-found[name][1], -found[name][2], name))
        return [(name, *map(str, found[name])) for name in order]

    def every_review(self) -> Iterator[tuple[str, str, date | None, date | None]]:
        for one in (one for person in self.people for one in person["reviews"]):
            held = local(one["sealed_at"]) if one["state"] == "sealed" else None
            yield one["transition"], one["decision"], held, day_of(one["moved"])

    def reviews(self) -> Rows:
        held: dict[str, Counter[str]] = {}
        owed = Counter[str]()
        for transition, decision, day, moved in self.every_review():
            if day and self.first <= day <= self.last:
                held.setdefault(transition, Counter())[decision] += 1
            if moved and moved <= self.last and (day is None or day > self.last):
                owed[transition] += 1
        rows = []
        for one in self.programme.method.reviews.transitions:
            by = held.get(one.id, Counter())
            if by or owed[one.id]:
                order = [choice for choice in self.programme.choices["review_decision"] if by[choice.id]]
                told = "; ".join(f"{choice.name} {by[choice.id]}" for choice in order)
                rows.append((str(one.name), str(by.total()), str(owed[one.id]), told))
        return rows

    def intake(self) -> Rows:
        every = [one for person in self.people for one in person["intakes"]]
        talks = [talk for one in every for talk in one["talks"]]
        periods = [one for person in self.people for one in person["phases"]]
        done = [one for one in every if one["outcome"] and self.within(one["decided"])]
        no = Counter((one["ours"] == "no", one["theirs"] == "no") for one in done if one["outcome"] == "ended")
        inside = sum(self.numbers(person, self.last) == {1} for person in self.people)
        held = Counter(one["talk"] for one in talks if self.within(one["held"]))
        rows = [
            ("Referred", sum(one["phase"] == 1 and self.within(one["began"]) for one in periods)),
            *((f"Talk: {talk.name}", held[talk.id]) for talk in self.programme.method.intake.talks),
            ("Enrolled", sum(one["outcome"] == "enrolled" for one in done)),
            ("No basis: the team says no", no[True, False]), ("No basis: the candidate says no", no[False, True]),
            ("No basis: both say no", no[True, True]), ("No basis: for another reason", no[False, False]),
            ("In intake at the end of the month", inside),
        ]  # fmt: skip
        return [(label, str(count)) for label, count in rows]

    def year(self) -> Rows:
        rows = []
        for back in range(11, -1, -1):
            year, month = divmod(self.first.year * 12 + self.first.month - 1 - back, 12)
            first = date(year, month + 1, 1)
            last = min(date(year, month + 1, monthrange(year, month + 1)[1]), self.last)
            moved = list(self.moved(first, last))
            reviews = list(self.every_review())
            entries = [one for person in self.people for one in person["timeline"] if one["outcome"] == "reached"]
            counted = (
                self.sum([self.numbers(person, last) for person in self.people])[0],
                sum(old in (2, 3) and new == 4 for _day, _code, old, new in moved),
                sum(old in (0, 1, 6) and 1 < new < 6 for _day, _code, old, new in moved),
                len(self.left(first, last)),
                sum(first <= local(one["at"]) <= last for one in entries),
                sum(held is not None and first <= held <= last for _id, _decision, held, _moved in reviews),
                sum(
                    moved is not None and moved <= last and (held is None or held > last)
                    for _id, _decision, held, moved in reviews
                ),
            )
            rows.append((f"{first:%B %Y}", *map(str, counted)))
        return rows
