"""The rules for reviews, intakes, ways out, meetings and absences that the database does not keep by itself.

Each is a table, the condition of the rows that break it, and a sentence that names one of them.
"""

from __future__ import annotations

from typing import Final

from config.words import N_

_PARENTS: Final = (
    ("review_answer", "review"), ("review_note", "review"), ("criterion_judgement", "intake"),
    ("intake_talk", "intake"), ("phase_out_told", "phase_out"),
    *((f"support_team_{part}", "support_team") for part in ("extension", "member", "routine", "watch")),
)  # fmt: skip
# Steering groups of two agreements may meet on one day.
_MEETING: Final = (
    "m.kind = x.kind AND m.kind != 'steering' AND m.day = x.day AND m.participant_id IS x.participant_id "
    "AND m.closed_at IS NULL"
)

RULES: Final[tuple[tuple[str, str, str], ...]] = (
    *(
        (table, f"JOIN {parent} p ON p.id = x.{parent}_id WHERE p.participant_id != x.participant_id",
         N_("Row {row} of {table} is about somebody else than what it belongs to."))
        for table, parent in _PARENTS
    ),
    ("review", "WHERE x.state NOT IN ('owed', 'open', 'sealed')",
     N_("Phase review {row} is neither missing, nor open, nor sealed.")),
    ("review", "WHERE (x.state = 'sealed') != (x.sealed_at IS NOT NULL) OR (x.state = 'sealed' AND x.decision = '')",
     N_("Phase review {row} is sealed without a time or a decision, or has them and is not sealed.")),
    ("review", "WHERE x.state = 'owed' AND x.moved IS NULL",
     N_("Phase review {row} is missing, but there is no move that calls for it.")),
    ("intake", "WHERE (x.outcome = '') != (x.decided IS NULL)",
     N_("Intake {row} has an outcome without a day, or a day without an outcome.")),
    ("intake", "WHERE x.outcome = '' AND EXISTS (SELECT 1 FROM intake i WHERE i.participant_id = x.participant_id "
               "AND i.outcome = '' AND i.id < x.id)",
     N_("Intake {row} goes on beside another of the same participant.")),
    ("phase_out", "WHERE x.state NOT IN ('open', 'closed', 'returned')",
     N_("Phase-out {row} is neither open, nor closed, nor ended by a return.")),
    ("phase_out", "WHERE (x.state = 'closed' AND x.closed IS NULL) OR (x.state = 'open' AND x.closed IS NOT NULL) "
                  "OR (x.state = 'returned') != (x.returned IS NOT NULL)",
     N_("Phase-out {row} is closed or ended by a return without a day, or has one and is not.")),
    ("phase_out", "WHERE x.state = 'open' AND EXISTS (SELECT 1 FROM phase_out o "
                  "WHERE o.participant_id = x.participant_id AND o.state = 'open' AND o.id < x.id)",
     N_("Phase-out {row} is open beside another of the same participant.")),
    ("past_release", "WHERE x.returned < x.release_date",
     N_("Release {row} of before ended before it began.")),
    ("told_of", "WHERE x.told_id = x.of_id OR EXISTS (SELECT 1 FROM told_of t "
                "WHERE t.participant_id = x.participant_id AND t.told_id = x.told_id AND t.of_id = x.of_id "
                "AND t.id < x.id)",
     N_("Row {row} of who was told of whom tells of the person who was told, or stands twice.")),
    ("told_of", "JOIN consent c ON c.id = x.consent_id WHERE c.participant_id != x.participant_id",
     N_("Row {row} of who was told of whom rests on somebody else's consent.")),
    ("told_of", "WHERE (x.consent_id IS NULL) = (x.ground = '')",
     N_("Row {row} of who was told of whom rests on neither a consent nor a ground, or on both.")),
    ("snooze", "WHERE (x.participant_id IS NULL) = (x.staff_id IS NULL)",
     N_("Snoozed signal {row} is not about one participant or one colleague.")),
    ("meeting", f"WHERE x.closed_at IS NULL AND EXISTS (SELECT 1 FROM meeting m WHERE {_MEETING} AND m.id < x.id)",
     N_("Meeting {row} is open beside another of the same kind and day.")),
    ("meeting", "WHERE (x.kind = 'support') != (x.participant_id IS NOT NULL)",
     N_("Meeting {row} is a support team's without a participant, or has one and is the team's.")),
    ("meeting_item", "WHERE x.meeting_id IS NULL AND (x.kind != 'topic' OR x.for_kind = '')",
     N_("Line {row} of minutes belongs to no meeting and waits for none.")),
    ("meeting_item", "WHERE x.task IS NOT NULL AND x.task NOT IN (SELECT id FROM task)",
     N_("Line {row} of minutes points to a task that is not there.")),
    ("meeting_item", "JOIN meeting m ON m.id = x.meeting_id WHERE x.kind = 'added' AND m.closed_at IS NULL "
                     "AND NOT EXISTS (SELECT 1 FROM meeting_item i WHERE i.meeting_id = m.id AND i.kind = 'reopened' "
                     "AND i.id > x.id)",
     N_("Line {row} was added to minutes that are not closed.")),
    ("absence", "WHERE x.last < x.first OR x.cover_id = x.staff_id",
     N_("Absence {row} ends before it begins, or is covered by whoever is away.")),
    ("absence", "WHERE EXISTS (SELECT 1 FROM absence a WHERE a.staff_id = x.staff_id AND a.id < x.id "
                "AND a.first <= x.last AND a.last >= x.first)",
     N_("Absence {row} overlaps another of the same colleague.")),
    ("support_team", "WHERE x.ends < x.kick_off OR x.ended < x.kick_off",
     N_("Support team {row} ends before its kick-off.")),
    ("support_team", "WHERE x.ended IS NULL AND EXISTS (SELECT 1 FROM support_team t "
                     "WHERE t.participant_id = x.participant_id AND t.ended IS NULL AND t.id < x.id)",
     N_("Support team {row} lasts beside another of the same participant.")),
    ("support_team_extension", "WHERE x.until <= x.was",
     N_("Extension {row} of a support team does not make it longer.")),
    ("support_team_member", "WHERE x.until < x.since OR (x.agency_left AND x.until IS NULL)",
     N_("Member {row} of a support team leaves before they came, or their agency left and they did not.")),
    ("support_team_watch", "WHERE EXISTS (SELECT 1 FROM support_team_watch w WHERE w.support_team_id = "
                           "x.support_team_id AND w.day = x.day AND w.point = x.point AND w.id < x.id)",
     N_("Row {row} of a support team's watch says a second time how a point stood that day.")),
    ("cooperation_agreement", "WHERE x.in_force_to < x.in_force_from OR x.state NOT IN ('draft', 'active', 'ended')",
     N_("Agreement {row} ends before it starts, or is neither a draft, nor in force, nor ended.")),
    ("proposal", "WHERE (x.decision = '') != (x.decided IS NULL)",
     N_("Proposal {row} has a decision without a day, or a day without a decision.")),
    ("evaluation", "WHERE EXISTS (SELECT 1 FROM evaluation_count c WHERE c.evaluation_id = x.id GROUP BY c.question "
                   "HAVING sum(c.count) > x.returned)",
     N_("Evaluation {row} has a question with more answers than sheets.")),
    ("evaluation", "WHERE EXISTS (SELECT 1 FROM evaluation_answer a WHERE a.evaluation_id = x.id GROUP BY a.question "
                   "HAVING count(*) > x.returned)",
     N_("Evaluation {row} has an open question with more texts than sheets.")),
    ("evaluation_count", "WHERE x.count < 0",
     N_("Count {row} of an evaluation is less than none.")),
    ("gathering", "WHERE x.last < x.first", N_("Gathering {row} ends before it begins.")),
    ("invitation", "WHERE EXISTS (SELECT 1 FROM invitation i WHERE i.gathering_id = x.gathering_id "
                   "AND i.member_id = x.member_id AND i.id < x.id)",
     N_("Invitation {row} asks a member a second time.")),
    ("attendance", "JOIN invitation i ON i.id = x.invitation_id JOIN gathering g ON g.id = x.gathering_id "
                   "WHERE i.gathering_id != g.id OR x.day NOT BETWEEN g.first AND coalesce(g.last, g.first)",
     N_("Attendance {row} is of a day or of somebody not of its gathering.")),
    ("mapping_answer", "JOIN life_mapping m ON m.id = x.mapping_id WHERE m.participant_id != x.participant_id",
     N_("Answer {row} of a mapping is about somebody else than the mapping.")),
    ("mapping_follow", "JOIN mapping_answer a ON a.id = x.answer_id WHERE a.participant_id != x.participant_id",
     N_("What follows a mapping in row {row} is about somebody else than the answer.")),
    ("mapping_follow", "JOIN mapping_answer a ON a.id = x.answer_id WHERE a.domain != x.domain",
     N_("What follows a mapping in row {row} is about another part of life than the answer.")),
    ("visit_question", "WHERE (x.answer = '') != (x.answered_at IS NULL)",
     N_("Question {row} about a visit has an answer without a time, or a time without an answer.")),
)  # fmt: skip
