"""The team: who is away, what is handed over, and meetings with their minutes."""

from __future__ import annotations

from typing import Final

from config.actions.method import TEAM_REVIEWS
from config.actions.shapes import FIRST, WHERE_ROOM, Action, Scope
from config.words import N_

absences = Scope("absences", N_("Absences"))
hand_overs = Scope("hand_overs", N_("Hand-overs"))
hand_over_brief = Scope("hand_over_brief", N_("Brief on taking over"))
monthly = Scope("monthly", N_("Monthly meeting"))
behind = Scope("behind", N_("Who is counted"))
meetings = Scope("meetings", N_("Meetings"))
meeting = Scope("meeting", N_("A meeting"))
standup = Scope("standup", N_("The stand-up"))
minutes = Scope("minutes", N_("Minutes so far"))
users = Scope("users", N_("Users"))
recovery = Scope("recovery", N_("A new recovery key"))
visits = Scope("visits", N_("Access log"))
reading = Scope("reading", N_("Reading of files"))
agreed = Scope("agreed", N_("What was agreed"))

NO_ABSENCE: Final = N_("No absence is selected.")
NO_HAND_OVER: Final = N_("No hand-over is selected.")
NO_READING: Final = N_("Nothing is selected.")
NO_USER: Final = N_("Nobody is selected.")
NO_MEETING: Final = N_("No meeting is selected.")
REOPEN: Final = N_("Open a meeting again that was closed by mistake today, after a question; its minutes say so.")
NOBODY_BEHIND: Final = N_("Nobody is counted here any more.")


def _minutes_of(scope: Scope, shown: str) -> tuple[Action, ...]:
    """What goes through the participants and writes minutes; of decision and topic, `shown` comes first in the foot."""
    decide, park = (FIRST, WHERE_ROOM) if shown == "decide" else (WHERE_ROOM, FIRST)
    return (
        scope.key("note", "n", N_("Note"), N_("Write a note in the minutes, of whom you are talking about."),
                  writes=True),
        scope.key("decide", "d", N_("Decision"), N_("Write a decision in the minutes."), footer=decide,
                  writes=True),
        scope.key("task", "t", N_("Task"), N_("Set a task, for whoever is responsible to see to."), writes=True),
        scope.more("need", "b", N_("Need"), N_("Write a practical need: a car, somebody who covers."), writes=True),
        scope.key("park", "w", N_("Park"), N_("Park a topic for the next weekly meeting."), footer=park,
                  writes=True),
        scope.more("present", "i", N_("Present"), N_("Mark which colleagues are present."), writes=True),
        scope.more("guests", "I", N_("Guests"),
                   N_("Mark who takes part from outside the team, with whether sharing is covered."), writes=True),
        scope.more("lines", "v", N_("Minutes so far"), N_("Read the minutes as they stand.")),
        scope.key("finish", "f", N_("Finish"),
                  N_("Go through what was agreed and who was left, and close the meeting."), writes=True),
        scope.more("open", "enter", N_("Participant"), N_("Open the participant who is spoken of.")),
        scope.more("close", "escape q", N_("Leave"), N_("Leave the meeting open, to come back to it."),
                   palette=False, instead_of="app.quit_or_back"),
    )  # fmt: skip


ACTIONS: Final = (
    absences.key("add", "n", N_("New"), N_("Note that a colleague is or will be away."), writes=True),
    absences.more("read", "enter", N_("Read"), N_("Read all of the selected absence."), needs_row=NO_ABSENCE),
    absences.key("edit", "e", N_("Change"), N_("Change the days, the cover or the note."),
                 writes=True, needs_row=NO_ABSENCE),
    absences.key("back", "b", N_("Is back"), N_("Note from which day the colleague is back."),
                 writes=True, needs_row=NO_ABSENCE),
    absences.more("remove", "d delete", N_("Take away"),
                  N_("Take away an absence that did not come about, after a question."),
                  writes=True, needs_row=NO_ABSENCE),
    absences.key("hand_over", "H", N_("Hand over"), N_("Hand the whole caseload of the colleague over to another."),
                 writes=True, needs_row=NO_ABSENCE),
    *absences.list_keys(N_("Go back to where you were.")),

    hand_overs.key("open", "enter", N_("Brief"), N_("Read what is to be known on taking over."),
                   needs_row=NO_HAND_OVER),
    hand_overs.key("participant", "o", N_("Participant"), N_("Open the participant."), needs_row=NO_HAND_OVER),
    hand_overs.key("caseload", "n", N_("A whole caseload"), N_("Hand a whole caseload over to another colleague."),
                   writes=True),
    *hand_overs.list_keys(N_("Go back to where you were.")),

    hand_over_brief.key("read", "r enter", N_("Noted as read"), N_("Note that you have read it, and close."),
                        writes=True),
    hand_over_brief.key("participant", "o", N_("Participant"), N_("Open the participant.")),
    hand_over_brief.more("hand_over", "H", N_("Hand over"), N_("Hand the participant over to another colleague."),
                         writes=True),
    hand_over_brief.key("write", "z", N_("Print"), N_("Write it as a PDF file where you say; the file is not "
                                                      "encrypted."),
                        right="print"),
    *hand_over_brief.list_keys(N_("Go back to where you were; it stays unread.")),

    monthly.move("left", "left h", N_("Page before"), N_("Go to the page before.")),
    monthly.key("right", "right l", N_("Next page"), N_("Go to the next page."), palette=False),
    monthly.more("open", "enter", N_("Names"),
                 N_("Show the numbers of the page; in the numbers, the participants who are counted in the row.")),
    monthly.key("numbers", "space s", N_("Numbers"), N_("Show the numbers in a table, or the bars again.")),
    monthly.more("earlier", "b", N_("Month before"), N_("Show the month before.")),
    monthly.more("later", "a", N_("Month after"), N_("Show the month after.")),
    monthly.key("note", "n", N_("Note"), N_("Write a note in the minutes."), writes=True),
    monthly.key("decide", "d", N_("Decision"), N_("Write a decision in the minutes."), writes=True),
    monthly.more("task", "t", N_("Task"), N_("Set a task; it stands in the minutes and among the tasks."), writes=True),
    monthly.more("keep", "c", N_("Keep numbers"), N_("Put the numbers of this page in the minutes."), writes=True),
    monthly.more("present", "i", N_("Present"), N_("Mark which colleagues are present."), writes=True),
    monthly.more("guests", "I", N_("Guests"), N_("Note who takes part from outside the team."), writes=True),
    monthly.more("points", "m", N_("Points"), N_("Show the topics parked for this meeting, and take them up.")),
    monthly.more("lines", "v", N_("Minutes so far"), N_("Read the minutes as they stand.")),
    monthly.more("finish", "f", N_("Finish"), N_("Go through what was agreed, and close the meeting."), writes=True),
    monthly.more("team_reviews", "F", N_("The team's reviews"), TEAM_REVIEWS),
    monthly.more("paper", "z", N_("Print"), N_("Read all figures as they are printed, and write them as a PDF.")),
    *monthly.list_keys(N_("Go back; the minutes stay open.")),

    behind.key("open", "enter", N_("Participant"), N_("Open the participant."), needs_row=NOBODY_BEHIND),
    *behind.list_keys(N_("Go back to the numbers.")),

    meetings.key("add", "n", N_("Hold"), N_("Open a meeting, or join the one that is open today."), writes=True),
    meetings.key("open", "enter", N_("Open"), N_("Go into an open meeting, or read the minutes of a closed one."),
                 needs_row=NO_MEETING),
    meetings.key("read", "v", N_("Minutes so far"), N_("Read the minutes as they stand."), needs_row=NO_MEETING),
    meetings.key("kind", "f", N_("Kind"), N_("Show meetings of one kind only, or of all kinds.")),
    meetings.more("discard", "x delete", N_("Take away"),
                  N_("Take away a meeting that was opened by mistake and in which nothing was written."),
                  writes=True, needs_row=NO_MEETING),
    meetings.more("reopen", "a", N_("Open again"), REOPEN, right="reopen", needs_row=NO_MEETING),
    *meetings.list_keys(N_("Go back to where you were.")),

    meeting.key("heard", "space", N_("Done"), N_("Take up what was parked for the point, or note it as gone through."),
                writes=True),
    *_minutes_of(meeting, "decide"),
    meeting.more("review", "R", N_("Phase reviews"),
                 N_("Show the phase reviews of the participant, begin one or go on with one.")),
    meeting.more("assign", "H", N_("Responsible"),
                 N_("Make a colleague responsible for the participant, each with the places left."), writes=True),
    meeting.more("on", "right l", N_("Read on"), N_("Read on about the one selected."), palette=False),
    meeting.more("back", "left h", N_("Read back"), N_("Read back about the one selected."), palette=False),
    *meeting.moves(),

    standup.key("heard", "space", N_("Next"), N_("Note the participant as gone through, and go on to the next."),
                writes=True),
    standup.more("next", "right l", N_("Skip"), N_("Go on to the next participant."), palette=False),
    standup.more("prev", "left h", N_("Before"), N_("Go back to the participant before."), palette=False),
    standup.more("next_load", "pagedown", N_("Next colleague"), N_("Go to the participants of the next colleague.")),
    standup.more("prev_load", "pageup", N_("Colleague before"), N_("Go to the participants of the colleague before.")),
    *_minutes_of(standup, "park"),
    standup.more("assign", "H", N_("Responsible"),
                 N_("Make a colleague responsible for the participant, each with the places left."), writes=True),
    standup.more("cover", "A", N_("Cover"), N_("Name who covers for a colleague who is away."), writes=True),
    *standup.moves()[:2],

    minutes.key("add", "n", N_("Add"), N_("Add to closed minutes, with today's date and your name."), writes=True),
    minutes.key("write", "z", N_("Print"),
                N_("Write the minutes as a PDF file where you say; the file is not encrypted."), right="print"),
    minutes.more("reopen", "a", N_("Open again"), REOPEN, right="reopen"),
    *minutes.list_keys(N_("Go back to where you were.")),

    visits.key("paper", "z", N_("Print"),
               N_("Read the log as it is printed for the participant, and write it as a PDF.")),
    *visits.list_keys(N_("Go back to the participant.")),

    reading.key("answer", "enter e", N_("Answer"), N_("Say why you looked at the file."), needs_row=NO_READING),
    reading.key("ask", "n", N_("Ask why"), N_("Ask the colleague why they looked at the file."),
                right="ask", needs_row=NO_READING),
    reading.key("finish", "f", N_("Settled"), N_("Close what was answered."), right="ask", needs_row=NO_READING),
    reading.key("visits", "V", N_("Access log"), N_("Show who else has looked at the participant's file."),
                needs_row=NO_READING),
    *reading.list_keys(N_("Go back to where you were.")),

    users.key("add", "n", N_("New"), N_("Let a colleague in, with a first passphrase."), right="team"),
    users.key("rename", "e", N_("Name"), N_("Give the colleague another name."), needs_row=NO_USER, right="team"),
    users.key("role", "r", N_("Role"), N_("Give the colleague another role."), needs_row=NO_USER, right="team"),
    users.more("passphrase", "w", N_("First passphrase"),
               N_("Give the colleague, who has lost theirs, a first passphrase again."),
               needs_row=NO_USER, right="team"),
    users.key("revoke", "d delete", N_("Take away"),
              N_("Take the colleague's access away, after a question, and offer a new recovery key."),
              needs_row=NO_USER, right="team"),
    users.more("recovery", "N", N_("Recovery key"),
               N_("Make a new recovery key, after a question; it is shown once."), right="team"),
    users.more("unowned", "x", N_("Keys of nobody"),
               N_("Take away the keys that belong to nobody, after a question."), right="team"),
    *users.list_keys(N_("Go back to where you were.")),

    recovery.key("written", "enter", N_("Written down"), N_("The key is written down: hide it and go back."),
                 palette=False),
    recovery.close(N_("Go back without having written it down.")),

    agreed.key("accept", "enter", N_("Close the meeting"),
               N_("Close the meeting; its minutes say who was not gone through, and can only be added to.")),
    *agreed.list_keys(N_("Go back to the meeting, which stays open."), label=N_("Not yet")),
)  # fmt: skip
