"""What the journals say held against the vault at its end, and against what each person might see at that moment."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from config import programme
from exin_tui.demo.access import DEMO_PASSPHRASE, DEMO_USER
from models.examination.whole import examine
from models.storage.reading import Reading
from models.store import Store
from models.values.clock import oslo
from models.vault import sealed
from models.vault.errors import CannotUnlock
from tests.crowd.oracle import Oracle
from tests.crowd.plan import Plan, passphrases

Lines = list[tuple[str, dict[str, Any]]]


class Verdict(Struct):
    """What was done, how often, and what is wrong."""

    acts: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def fault(self, text: str) -> None:
        """Note something that is wrong."""
        self.wrong.append(text)


def journals(plan: Plan) -> Lines:
    """Every line of every session, with whose it is."""
    return [
        (one.user, json.loads(line))
        for one in plan.people
        if (file := plan.home / f"{one.user}.journal").exists()
        for line in file.read_text().splitlines()
    ]


def judge(plan: Plan) -> Verdict:
    """Everything; opens the vault as the demo's leader, who has done nothing meanwhile."""
    verdict, lines = Verdict(), journals(plan)
    _sessions(plan, lines, verdict)
    _seen(plan, lines, verdict)
    _vault(plan, lines, verdict)
    return verdict


def _sessions(plan: Plan, lines: Lines, verdict: Verdict) -> None:
    ended = {user for user, line in lines if line["name"] == "end"}
    for one in plan.people:
        if one.user not in ended:
            verdict.fault(f"{one.user}: the session did not come to its end")
    for user, line in lines:
        verdict.acts[line["name"]] += 1
        verdict.told["acts"] += 1
        verdict.told["rotations"] += line.get("rotated", 0)
        verdict.told["changes of a restriction"] += len(line.get("states", ()))
        verdict.told["openings with a reason"] += "opened" in line
        if "raw" in line:
            verdict.told["raw errors"] += 1
            verdict.fault(f"{user}: {line['name']}: raw error\n{line['raw']}")
        if "refused" in line:
            verdict.refused[line["name"], line["refused"]] += 1
            sentence = line["sentence"].rstrip()
            if len(sentence) < 12 or sentence[-1] not in ".!?…":
                verdict.fault(f"{user}: {line['name']}: {line['refused']} is no sentence: {sentence!r}")


def _seen(plan: Plan, lines: Lines, verdict: Verdict) -> None:
    oracle, staff = Oracle(plan, lines), {one.user: one.staff for one in plan.people}
    words = {one.participant: one.word for one in plan.canaries}
    for user, line in lines:
        when = line["t0"], line["t1"], line["day"]
        for participant in line.get("seen", ()):
            hidden = oracle.hidden(staff[user], participant, *when)
            verdict.told["canaries seen by who may"] += hidden is False
            verdict.told["canaries seen around a change"] += hidden is None
            if hidden:
                verdict.told["canaries leaked"] += 1
                verdict.fault(f"{user}: {line['name']} at {when[0]:.3f} tells of {words[participant]}, who was hidden")
        if "counts" in line:
            expected = oracle.count(staff[user], *when)
            verdict.told["counts around a change"] += expected is None
            for name, found in line["counts"].items() if expected is not None else ():
                verdict.told["counts compared"] += 1
                if found != expected:
                    verdict.fault(f"{user}: {name} counts {found} at {when[0]:.3f}, and there are {expected} to see")


def _vault(plan: Plan, lines: Lines, verdict: Verdict) -> None:
    store = Store(sealed.unlock(Path(plan.folder), DEMO_USER, DEMO_PASSPHRASE), oslo(), programme.load())
    store.open()
    try:
        store.ask_now(_typed, lines, verdict)
        store.ask_now(_writes, lines, verdict)
        store.ask_now(_acts, plan, lines, verdict)
        found = store.examine_now(examine, store._audit_key)
        verdict.told["rows of the audit"] = found.count
        for flaw in (*found.flaws, *found.warnings):
            verdict.fault(f"verify: {flaw.where}: {flaw.text}")
        owned = {slot for (slot,) in store.ask_now(lambda reading: reading.sql("SELECT slot FROM staff"))}
        for slot in set(store.unlocked.slot_ids) - owned:
            verdict.fault(f"the way in {slot} belongs to nobody")
    finally:
        store.close()
        store.unlocked.forget()
    _keys(plan, verdict)
    for name in sorted({path.name for path in Path(plan.folder).iterdir()} ^ set(plan.files)):
        verdict.fault(f"the file {name} was not in the folder before, or is gone")


def _typed(reading: Reading, lines: Lines, verdict: Verdict) -> None:
    """What was typed in a form: what it said was saved is made, and so is what the audit knows of for all that."""
    inserted = 'SELECT id FROM entry WHERE text LIKE ? UNION SELECT "row" FROM change WHERE before LIKE ? LIMIT 1'
    rows = set()
    for user, line in lines:
        if "typed" not in line:
            continue
        text, said = line["typed"]
        row = reading.value(inserted, [f"%{text}%", f"%{text}%"])
        if row is not None:
            # What was left unfinished in the same form before stands there, too.
            whole = reading.value("SELECT text FROM entry WHERE id = ?", [row]) or ""
            line.setdefault("made", []).append(["entry", row, "text", whole if text in whole else text])
            if int(row) not in rows:
                line.setdefault("acts", []).append("timeline.record")
            rows.add(int(row))
        elif said:
            verdict.fault(f"{user}: {line['name']}: it was said to be saved and is not there: {text}")
        verdict.told["entries by keys said to be saved"] += bool(said)


def _writes(reading: Reading, lines: Lines, verdict: Verdict) -> None:
    """Each acknowledged text is there, or in the history of its row; none that was undone is."""
    undone = {tuple(one) for _user, line in lines for one in line.get("undone", ())}
    history: dict[tuple[str, int], str] = {}
    for table, row, before in reading.sql('SELECT "table", "row", before FROM change WHERE before != \'\''):
        history[table, row] = history.get((table, row), "") + before
    for user, line in lines:
        for table, row, column, text in line.get("made", ()):
            verdict.told["acknowledged texts"] += 1
            present = reading.value(f'SELECT "{column}" FROM "{table}" WHERE id = ?', [row])
            if (table, row, column, text) in undone:
                verdict.told["undone"] += 1
                if present == text:
                    verdict.fault(f"{user}: {table} {row} was undone and is there: {text}")
            elif present == text:
                verdict.told["there as acknowledged"] += 1
            elif json.dumps(text, ensure_ascii=False)[1:-1] in history.get((table, row), ""):
                verdict.told["changed by somebody since"] += 1
            else:
                verdict.fault(f"{user}: {table} {row} is lost: {text}")


def _acts(reading: Reading, plan: Plan, lines: Lines, verdict: Verdict) -> None:
    """The audit tells of exactly what was acknowledged, person by person."""
    staff = {one.user: one.staff for one in plan.people}
    said = Counter((staff[user], act) for user, line in lines for act in line.get("acts", ()))
    kept = Counter(
        {(actor, act): count for actor, act, count in reading.sql(
            "SELECT actor, action, count(*) FROM audit GROUP BY actor, action"
        ) if actor in staff.values()}
    )  # fmt: skip
    verdict.told["acknowledged acts"] = sum(said.values())
    for key in sorted(said.keys() | kept.keys()):
        if said[key] != kept[key]:
            verdict.fault(f"{key[1]} of colleague {key[0]}: {said[key]} acknowledged, {kept[key]} in the audit")


def _keys(plan: Plan, verdict: Verdict) -> None:
    """At the end one passphrase of each person opens the vault, and none that was before it."""
    for one in plan.people:
        opening = 0
        for passphrase in passphrases(plan, one.user):
            try:
                sealed.unlock(Path(plan.folder), one.user, passphrase).forget()
                opening += 1
            except CannotUnlock:
                verdict.told["former passphrases refused"] += 1
        if opening != 1:
            verdict.fault(f"{one.user}: {opening} passphrases open the vault")
