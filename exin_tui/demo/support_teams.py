"""The demo's support teams: one whose time is nearly up, one begun in haste that lacks a good deal; all made up."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from models.plans import tasks
from models.storage.actions import action
from models.storage.work import Work
from models.support_teams import members, teams
from models.support_teams.reading import source_of

_TEAMS: Final = (
    # Weeks since the kick-off, in their own words, what is kept stable, what may be shared, how it is assessed.
    (
        12, "Jeg vil bo for meg selv, og slippe å fortelle alt på nytt hver gang.",
        "Bolig og økonomi. Kontakten med hjelperne holdes også når det butter.",
        "Det som gjelder bolig og økonomi, med dem som har samtykke.", "Har hen bodd tre måneder samme sted?",
    ),
    (2, "Vil ha noe å gjøre om dagen.", "Dagtilbudet som allerede er i gang.", "", ""),
)  # fmt: skip
_HELPERS: Final = (
    "SELECT i.agency, i.role, c.name, c.id FROM involvement i JOIN contact c ON c.id = i.contact_id "
    "WHERE i.participant_id = ? AND i.until IS NULL GROUP BY i.agency ORDER BY i.agency LIMIT 3"
)


_AROUND: Final = """SELECT c.participant_id FROM card c WHERE c.phase IN (3, 4) ORDER BY (
    SELECT count(DISTINCT i.agency) FROM involvement i WHERE i.participant_id = c.participant_id AND i.until IS NULL
    ) DESC, c.participant_id LIMIT 2"""
_UNASKED: Final = "SELECT 1 FROM consent WHERE participant_id = ? AND agency = ?"


@action("demo_support_teams.enter")
def enter(work: Work) -> None:
    """Two support teams, around those near their release or just after it with the most agencies around them."""
    for (participant,), (weeks, own_words, stabilise, rule, judged) in zip(work.sql(_AROUND), _TEAMS, strict=False):
        began, settled = work.today - timedelta(weeks=weeks), bool(judged)
        helpers = work.sql(_HELPERS, [participant])
        missing = [] if settled else helpers[1:]
        team = teams.begin(work, participant, {
            "kick_off": began, "agency": missing[0][0] if missing else "", "own_words": own_words,
            "coordinator": helpers[0][2] if helpers and settled else "", "in_on_it": "yes" if settled else "",
            "stabilise": stabilise, "consent_rule": rule, "judged": judged,
        })  # fmt: skip
        worker = work.value("SELECT s.name FROM participant p JOIN staff s ON s.id = p.worker_id WHERE p.id = ?",
                            [participant])  # fmt: skip
        members.add_member(work, team, {"name": worker or "", "since": began})
        if not settled:
            agencies = [one.id for one in work.programme.agencies if not one.named]
            unasked = next((one for one in agencies if not work.sql(_UNASKED, [participant, one])), agencies[-1])
            members.add_member(work, team, {"agency": unasked, "name": "Siv Dahl", "since": began})
        for agency, role, name, contact in helpers[: len(helpers) - len(missing)]:
            members.add_member(
                work, team, {"agency": agency, "role": role, "name": name, "contact": contact, "since": began}
            )
        what = {"what": "Felles møte med deltakeren", "how_often": "annenhver tirsdag", "who": worker or ""}
        members.add_routine(work, team, what)
        due = work.today + timedelta(days=9)
        to_do = {"text": "Dele planen for de neste ukene med alle i ansvarsgruppen", "turn": "ours", "due": due}
        tasks.add(work, participant, to_do, source_of(team))
        if settled:
            members.watch(work, team, began + timedelta(weeks=5), {
                "fragmented": ("fine", ""), "flow": ("seen", "Boligkontoret fikk vite om flyttingen en uke for sent."),
                "new_helpers": ("fine", ""), "goals": ("fine", ""), "responsibility": ("fine", ""),
            })  # fmt: skip
