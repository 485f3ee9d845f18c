"""The method: intake, phase reviews, the phase-out, and what the program notices by itself."""

from __future__ import annotations

from typing import Final

from config.actions.everywhere import TEMPLATE, TEMPLATE_KEYS
from config.actions.participant import participant
from config.actions.shapes import Scope
from config.words import N_

intake = Scope("intake", N_("Intake"))
candidates = Scope("candidates", N_("In intake"))
reviews = Scope("reviews", N_("Phase reviews"))
review = Scope("review", N_("A phase review"), typing=True)
team_reviews = Scope("team_reviews", N_("The team's phase reviews"))
review_read = Scope("review_read", N_("A sealed review"))
phase_out = Scope("phase_out", N_("Phase-out"))
signals = Scope("signals", N_("Signals"))

TEAM_REVIEWS: Final = N_("Show the phase reviews of the whole team: missing, open and held, with the next day agreed.")
NO_REVIEW: Final = N_("There is no phase review here.")
NO_SIGNAL: Final = N_("No signal is selected.")

ACTIONS: Final = (
    intake.key("judge", "space", N_("Assess"),
               N_("Assess the selected criterion: met, not met, to be assessed; first what the dates propose."),
               writes=True),
    intake.key("note", "n", N_("Note"), N_("Write why the criterion is assessed as it is."), writes=True),
    intake.key("talk", "t", N_("Next talk"), N_("Record the talk that comes next."), writes=True),
    intake.key("decide", "d", N_("Decide"), N_("Decide, both sides: enrolled, or no basis."), writes=True),
    intake.more("open", "enter", N_("Open"), N_("Open what is selected: the note, the talk, the decision."),
                palette=False),
    intake.more("referral", "e", N_("Referral"), N_("Correct who referred the candidate and what they said."),
                writes=True),
    intake.more("consents", "s", N_("Consents"), N_("Show the participant's consents.")),
    *intake.list_keys(N_("Go back; everything is saved already.")),

    candidates.key("open", "enter", N_("Intake"), N_("Open the intake of the candidate."),
                   needs_row=N_("Nobody is in intake.")),
    candidates.key("refer", "n", N_("Referral"), N_("Enter a candidate who is referred."), writes=True),
    candidates.key("participant", "o", N_("Participant"), N_("Open the participant."),
                   needs_row=N_("Nobody is in intake.")),
    candidates.more("assign", "H", N_("Responsible"),
                    N_("Make a colleague responsible for the candidate, each with the places left."),
                    writes=True, needs_row=N_("Nobody is in intake.")),
    candidates.key("scope", "m", N_("Whose"), N_("Switch between my caseload and the whole team.")),
    *candidates.list_keys(N_("Go back to the board.")),

    reviews.key("add", "n", N_("New review"), N_("Begin a phase review; the transition that comes next is proposed."),
                writes=True),
    reviews.key("open", "enter", N_("Open"),
                N_("Hold the review that is missing, go on with an open one, or read a sealed one.")),
    reviews.key("discard", "d delete", N_("Discard"),
                N_("Discard a review that was opened by mistake, after a question."), writes=True),
    *reviews.list_keys(N_("Go back to where you were.")),

    review.key("forward", "f2 pagedown enter ctrl+s", N_("Next step"),
               N_("Save what is written and go to the next step; in the last step or the short form, seal it.")),
    review.key("backward", "pageup ctrl+t", N_("Step before"), N_("Save what is written and go to the step before.")),
    review.key("steps", "f12 ctrl+g", N_("Steps"),
               N_("Show all steps and go to one of them; from the short form, go on in the long one.")),
    review.more("template", TEMPLATE_KEYS, N_("Template"), TEMPLATE, writes=True),
    review.more("empty", "f6", N_("Put aside"), N_("Put aside what you left unsaved in this review, or bring it back."),
                instead_of="app.drafts"),
    review.close(N_("Save what is written and leave the review; anybody can take it up.")),
    review.move("next", "tab", N_("Next field"), N_("Go to the next field.")),
    review.move("prev", "shift+tab", N_("Previous field"), N_("Go to the previous field.")),
    review.move("up", "up", N_("Up"), N_("Scroll up, or go to the field above.")),
    review.move("down", "down", N_("Down"), N_("Scroll down, or go to the field below.")),

    team_reviews.key("open", "enter", N_("Open"),
                     N_("Hold the review that is missing, go on with an open one, or read a sealed one."),
                     needs_row=NO_REVIEW),
    team_reviews.more("participant", "o", N_("Participant"), N_("Open the participant."), needs_row=NO_REVIEW),
    team_reviews.more("reviews", "R", N_("Phase reviews"),
                      N_("Show the phase reviews of the participant, begin one or go on with one."),
                      needs_row=NO_REVIEW),
    team_reviews.key("filter", "f", N_("Filter"), N_("Show the reviews in one state only, or the next days agreed.")),
    team_reviews.more("sort", "s", N_("Sort"), N_("Sort by day or by name.")),
    team_reviews.key("scope", "m", N_("Whose"), N_("Switch between my caseload and the whole team.")),
    team_reviews.more("worker", "w", N_("Colleague"), N_("Choose the colleague whose caseload is shown.")),
    team_reviews.key("paper", "z", N_("Print"),
                     N_("Read the list as it is printed, with names or codes, and write it as a PDF.")),
    *team_reviews.list_keys(N_("Go back to where you were.")),

    review_read.key("note", "n", N_("Note"), N_("Add a note to the sealed review, with today's date and your name."),
                    writes=True),
    review_read.key("write", "z", N_("Print"),
                    N_("Write the review as a PDF file where you say; the file is not encrypted."), right="print"),
    *review_read.list_keys(N_("Go back to where you were.")),

    phase_out.key("do", "enter space", N_("Do it"), N_("Do the selected step, or begin for the reason."),
                  writes=True),
    phase_out.key("tell", "t", N_("Told"), N_("Note that a partner was told."), writes=True),
    phase_out.more("leave_out", "x", N_("Not told"),
                   N_("Say that the partner is not to be told, and why; once more takes it back."), writes=True),
    phase_out.more("add", "n", N_("Add partner"), N_("Add somebody from the register who is to be told."), writes=True),
    phase_out.more("consents", "s", N_("End consents"), N_("End all consents; who is to be told is shown first."),
                   writes=True),
    phase_out.more("talk", "c", N_("Closing talk"), N_("Note that the closing talk was held."), writes=True),
    phase_out.more("record", "r", N_("Record"), N_("Record an attempt, or what else happened."), writes=True),
    phase_out.more("message", "m", N_("Last message"), N_("Note that the last message was sent."), writes=True),
    phase_out.more("note", "o", N_("Hand-over note"),
                   N_("Show the hand-over note, and note when the new place got it.")),
    phase_out.key("finish", "f", N_("Finish"), N_("Close the phase-out with a summary."), writes=True),
    phase_out.key("back", "b", N_("Came back"), N_("Note that the participant has come back."), writes=True),
    *phase_out.list_keys(N_("Go back to where you were.")),

    participant.more("signals", "S", N_("Signals"), N_("Show what the program notices about the participant.")),
    signals.key("open", "enter", N_("Open"), N_("Go to where something can be done about it."), needs_row=NO_SIGNAL),
    signals.more("participant", "o", N_("Participant"), N_("Open the participant it is about."), needs_row=NO_SIGNAL),
    signals.key("explain", "h", N_("Why"), N_("Show what the rule is and where it comes from, or the reason."),
                needs_row=NO_SIGNAL),
    signals.key("snooze", "z", N_("Snooze"), N_("Snooze the signal until a day, with a reason."),
                writes=True, needs_row=NO_SIGNAL),
    signals.more("aside", "v", N_("Snoozed"), N_("Show what is snoozed, or what is showing again.")),
    signals.more("wake", "a", N_("Unsnooze"), N_("Unsnooze the signal, so that it shows again."),
                 writes=True, needs_row=NO_SIGNAL),
    signals.more("assign", "H", N_("Responsible"),
                 N_("Make a colleague responsible for the participant, each with the places left."),
                 writes=True, needs_row=NO_SIGNAL),
    signals.key("filter", "f", N_("Filter"), N_("Show the signals about one thing, or one kind of signal, only.")),
    signals.more("scope", "m", N_("Whose"), N_("Switch between my caseload and the whole team.")),
    signals.more("worker", "w", N_("Colleague"), N_("Choose the colleague whose caseload is shown.")),
    signals.more("team_reviews", "F", N_("The team's reviews"), TEAM_REVIEWS),
    *signals.list_keys(N_("Go back to where you were.")),
)  # fmt: skip
