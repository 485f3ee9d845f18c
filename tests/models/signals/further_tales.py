"""Two further lives, with the signals that are expected on each of their days, and why.

The tables are reasoned from the guide, the report and the team's limits as shipped, and not from the rules.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from models.phases.release import Release
from tests.models.signals.signals_tale import ROLES, Contacts, Expected, Story, Tale, span

# ---------------------------------------------------------------------- to the full term, and back on remand


def _enter(tale: Tale) -> None:
    """One of the caseload the team brought along: nothing is known of the sentence but its last day."""
    tale.enter(
        given_name="Rune", family_name="Rud", prison="Bjørgvin fengsel", security_level="lower", stays="in_prison",
        full_term_date=date(2025, 6, 19), substance_use="earlier",
    )  # fmt: skip


def _out_again(tale: Tale) -> None:
    tale.begin(4, ending=(3,))
    tale.hold_owed()


RUNE_CONTACTS: Final[Contacts] = (
    (date(2025, 1, 6), date(2025, 6, 16), 14),
    (date(2025, 5, 6), date(2025, 6, 17), 7),
    (date(2025, 6, 20), date(2025, 10, 3), 5),
    (date(2025, 10, 8), date(2026, 4, 18), 14),
    (date(2026, 4, 20), date(2026, 6, 8), 7),
    (date(2026, 6, 9), date(2026, 6, 29), 4),
)
RUNE: Final = Story(
    "remanded, and back after a full term",
    date(2025, 1, 6),
    date(2026, 9, 30),
    RUNE_CONTACTS,
    {
        date(2025, 1, 6): (
            _enter,
            lambda tale: tale.consent(date(2026, 1, 5), "prison", "nav", "lawyer", "probation"),
            lambda tale: [tale.link(agency) for agency in ("prison", "nav", "probation")],
        ),
        date(2025, 4, 30): (lambda tale: tale.begin(3, ending=(2,)), Tale.hold_owed),
        date(2025, 5, 26): (Tale.prepare,),
        date(2025, 6, 10): (Tale.verify,),
        # Nobody had noted a day of release; the team hears the day after that the full term was it.
        date(2025, 6, 20): (
            lambda tale: tale.begin(4, date(2025, 6, 19), (3,)),
            lambda tale: tale.hold_owed(date(2025, 11, 3)),
            lambda tale: tale.link("health"),
        ),
        date(2025, 9, 29): (lambda tale: tale.begin(5, ending=(4,)),),
        # Arrested and remanded: the release of June is history, and so are the owed review and the day in November.
        date(2025, 10, 6): (
            lambda tale: tale.begin(2, ending=(5,)),
            Tale.hold_owed,
            lambda tale: tale.change(sentence_kind="remand"),
        ),
        date(2025, 12, 1): (
            lambda tale: tale.change(sentence_kind="sentence"),
            lambda tale: tale.consent(date(2026, 11, 30), "prison", "nav", "lawyer", "probation"),
        ),
        # The remand counts: the start that is credited is the day of the arrest.
        date(2026, 1, 12): (
            lambda tale: tale.change(sentence_start=date(2025, 10, 6), full_term_date=date(2026, 10, 5)),
        ),
        date(2026, 3, 16): (lambda tale: tale.change(parole_applied=date(2026, 3, 16), parole_decision="pending"),),
        date(2026, 4, 13): (
            lambda tale: tale.change(
                two_thirds_date=date(2026, 6, 8), parole_decision="granted", parole_decided=date(2026, 4, 13)
            ),
        ),
        date(2026, 4, 20): (lambda tale: tale.begin(3, ending=(2,)), Tale.hold_owed),
        date(2026, 5, 18): (Tale.prepare,),
        date(2026, 6, 1): (Tale.verify,),
        date(2026, 6, 8): (_out_again,),
        date(2026, 7, 8): (Tale.attempt,),
        date(2026, 7, 13): (Tale.attempt,),
        date(2026, 7, 17): (Tale.attempt,),
        date(2026, 7, 20): (lambda tale: tale.phase_out_begins("drop_out"),),
        date(2026, 8, 10): (Tale.phase_out_closes,),
    },
)
RUNE_EXPECTED: Final[Expected] = {
    # Closed with partners who were told by word of mouth, which nobody noted.
    "phase_out_open": (span("2026-08-10", "2026-09-30", 2),),
    # Lower security: three months before 19 June, and two before it presses; phase 3 begins on 30 April.
    "preparation_due": (span("2025-03-21", "2025-04-19", 2),),
    "release_unprepared": (
        span("2025-04-20", "2025-04-29", 3),
        # Parole is granted eight weeks before its day, and a week goes by.
        span("2026-04-13", "2026-04-19", 3),
    ),
    "release_list": (
        # In effect three months before the full term, pressing thirty days before, done on 26 May.
        span("2025-03-21", "2025-05-19", 1),
        span("2025-05-20", "2025-05-25", 2),
        # The list of the first release is closed with it: the parole opens another, which is done on 18 May.
        span("2026-04-13", "2026-05-08", 1),
        span("2026-05-09", "2026-05-17", 2),
    ),
    # Out on the last day, heard of on the next.
    "released_unmoved": (span("2025-06-19", "2025-06-19", 3),),
    # Substance use earlier counts: four weeks, to day 28, each time.
    "first_weeks": (span("2025-06-20", "2025-07-17", 2), span("2026-06-08", "2026-07-06", 2)),
    # Moved to phase 5 without a review; the return settles it.
    "review_owed": (span("2025-09-29", "2025-10-05", 2),),
    # On remand no day can be known. Sentenced on 1 December, and the full term comes on 12 January.
    "release_unknown": (span("2025-12-01", "2026-01-11", 1),),
    # 364 days from 6 October: two thirds on 6 June (computed), ninety days before it on 8 March; applied on the 16th.
    "parole_unasked": (span("2026-03-08", "2026-03-15", 2),),
    # After release seven days: contact on 29 June, then none. The attempts are none.
    "silent": (span("2026-07-07", "2026-07-19", 3),),
}

# ---------------------------------------------------------------------- preventive detention


def _enter_ivar(tale: Tale) -> None:
    tale.enter(
        given_name="Ivar", family_name="Iversen", prison="Ila fengsel og forvaringsanstalt", security_level="high",
        stays="in_prison", sentence_kind="preventive_detention", sentence_start=date(2019, 1, 7),
        full_term_date=date(2025, 12, 1),
    )  # fmt: skip


def _home(tale: Tale) -> None:
    """Serving at home counts as out: phase 4 begins, with the days of the first weeks as tasks."""
    tale.begin(4, ending=(3,), release=Release("home_detention", "home_detention"))
    tale.hold_owed()
    tale.link("health")


IVAR: Final = Story(
    "preventive detention, and home detention",
    date(2025, 1, 6),
    date(2025, 12, 31),
    ((date(2025, 1, 6), date(2025, 10, 31), 14), (date(2025, 11, 3), date(2025, 12, 31), 4)),
    {
        date(2025, 1, 6): (
            _enter_ivar,
            lambda tale: tale.consent(date(2026, 1, 5), "prison", "nav", "lawyer", "probation"),
            lambda tale: [tale.link(agency) for agency in ("prison", "nav")],
        ),
        date(2025, 2, 3): (lambda tale: tale.leave(date(2025, 2, 8)),),
        date(2025, 2, 10): (Tale.left_on_leave,),
        # The father dies: to be taken up when there is room for it.
        date(2025, 3, 10): (lambda tale: tale.topic("Farens død", "Begravelsen"),),
        date(2025, 3, 24): (Tale.topic_taken,),
        # Three months of a support team, with nobody as coordinator yet, and a doctor whom no consent covers.
        date(2025, 6, 2): (
            Tale.support_team,
            lambda tale: tale.seat("", "Kari"),
            lambda tale: tale.seat("nav", "Ida", ROLES["nav"]),
            lambda tale: tale.seat("health", "Dr. Moe", ROLES["health"]),
        ),
        date(2025, 6, 9): (lambda tale: tale.support_team_is(coordinator="Kari", in_on_it="yes"),),
        date(2025, 6, 16): (lambda tale: tale.leaves("Dr. Moe", agency_left=False),),
        date(2025, 6, 23): (lambda tale: tale.leaves("Dr. Moe", agency_left=True),),
        date(2025, 6, 30): (lambda tale: tale.seat("prison", "Per", ROLES["prison"]),),
        # Begun on the 19th, which silences nothing until somebody has answered.
        date(2025, 7, 19): (Tale.support_team_asked,),
        date(2025, 7, 21): (Tale.support_team_evaluated,),
        date(2025, 9, 5): (lambda tale: tale.support_team_longer(date(2025, 10, 1)),),
        date(2025, 9, 29): (Tale.support_team_ends,),
        # Kari leaves the case, and Ola takes it two days later.
        date(2025, 5, 5): (lambda tale: tale.change(worker=None),),
        date(2025, 5, 7): (lambda tale: tale.change(worker=tale.staff("ola")),),
        # The time frame is 1 December, and nobody prepares before 4 November.
        date(2025, 11, 4): (
            lambda tale: tale.begin(3, ending=(2,)),
            Tale.hold_owed,
            lambda tale: tale.link("probation"),
        ),
        date(2025, 11, 10): (Tale.prepare,),
        date(2025, 11, 12): (lambda tale: tale.change(release_date=date(2025, 11, 27), release_kind="home_detention"),),
        date(2025, 11, 24): (Tale.verify,),
        date(2025, 11, 27): (_home,),
        date(2025, 12, 1): (lambda tale: tale.consent(date(2026, 11, 30), "prison", "nav", "lawyer", "probation"),),
    },
)
IVAR_EXPECTED: Final[Expected] = {
    # The leave was on Saturday the 8th, and nobody noted how it went before the 10th.
    "overdue": (span("2025-02-09", "2025-02-09", 2),),
    "topics": (span("2025-03-10", "2025-03-23", 1),),
    "no_worker": (span("2025-05-05", "2025-05-06", 3),),
    # Nobody coordinated for the first week, and nobody had asked Ivar.
    "team_uncoordinated": (span("2025-06-02", "2025-06-08", 2),),
    "team_not_in_on_it": (span("2025-06-02", "2025-06-08", 2),),
    # The doctor left on the 16th, and the health service stayed without anybody until the 23rd.
    "team_consent": (span("2025-06-02", "2025-06-15", 3),),
    "team_unrepresented": (span("2025-06-16", "2025-06-22", 2),),
    # The prison helps since January and came in on the 30th.
    "team_outside": (span("2025-06-02", "2025-06-29", 1),),
    # Three months end on 2 September; fourteen days before, the day itself, and past it until it was made longer.
    "team_ends": (
        span("2025-08-19", "2025-09-02", 2),
        span("2025-09-03", "2025-09-04", 3),
        span("2025-09-17", "2025-09-28", 2),
    ),
    # Half of the time had passed on 18 July. Made longer, half of it is 1 August, and near its end that was long ago.
    "team_unevaluated": (span("2025-07-18", "2025-07-20", 1), span("2025-09-17", "2025-09-28", 2)),
    # High security: two months before 1 December, and from the last of them it presses.
    "preparation_due": (span("2025-10-02", "2025-10-31", 2),),
    "release_unprepared": (span("2025-11-01", "2025-11-03", 3),),
    # In effect three months before the time frame ends, pressing thirty days before, done on the 10th.
    "release_list": (span("2025-09-02", "2025-10-31", 1), span("2025-11-01", "2025-11-09", 2)),
    # Ticked on the 10th; the last week before the 27th begins on the 20th, and Ola verifies on the 24th.
    "unverified": (span("2025-11-20", "2025-11-23", 3),),
}
"""Two thirds of the time frame passed long ago: there is no such day for preventive detention, and nothing is said."""

TALES: Final = ((RUNE, RUNE_EXPECTED), (IVAR, IVAR_EXPECTED))
