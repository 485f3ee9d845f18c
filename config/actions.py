"""Every action a key can start: its id, its keys, and what it is called in footer, help, palette and README.

A key is written as Textual names it. Every action has a plain key (a letter or F1-F10), since Esc and combinations
can be lost on the way through tmux and ssh.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from config.words import N_

EVERYWHERE: Final = "everywhere"


@dataclass(frozen=True)
class Action:
    """What a key starts; `instead_of` names the action from everywhere whose place it takes in its scope."""

    id: str
    keys: tuple[str, ...]
    label: str
    explain: str
    scope: str
    footer: bool = True
    palette: bool = True
    instead_of: str = ""


@dataclass(frozen=True)
class Scope:
    """Where actions hold; where `typing` is true text is typed, so a letter or a sign starts nothing."""

    id: str
    label: str
    typing: bool = False


SCOPES: Final = (
    Scope(EVERYWHERE, N_("Everywhere")),
    Scope("board", N_("Board")),
    Scope("participant", N_("Participant")),
    Scope("form", N_("Forms"), typing=True),
    Scope("list", N_("Lists")),
    Scope("prompt", N_("A question"), typing=True),
    Scope("search", N_("Search"), typing=True),
    Scope("palette", N_("Commands"), typing=True),
    Scope("settings", N_("Settings")),
    Scope("consents", N_("Consents")),
    Scope("consent_history", N_("Consents so far")),
    Scope("consents_end", N_("Ending the consents")),
    Scope("phases", N_("Phases")),
    Scope("drafts", N_("Unfinished forms")),
    Scope("conflict", N_("Two versions")),
    Scope("lock", N_("Locked"), typing=True),
    Scope("goals", N_("Own goals")),
    Scope("spending", N_("Small spending")),
    Scope("paper", N_("Paper")),
    Scope("agenda", N_("Agenda")),
    Scope("suggested", N_("Suggested tasks")),
    Scope("applications", N_("Applications")),
    Scope("checklists", N_("Checklists")),
    Scope("checklist", N_("Checklist")),
    Scope("open_items", N_("What is left")),
)


def _moves(scope: str, *, typing: bool = False) -> tuple[Action, ...]:
    """Up and down a list, by arrows and by letters; not in the footer, since people try arrows first.

    Where text is typed, letters are text and Home and End move in it.
    """
    rows = (
        ("up", ("up", "k"), N_("Up"), N_("Move one line up.")),
        ("down", ("down", "j"), N_("Down"), N_("Move one line down.")),
        ("page_up", ("pageup",), N_("Page up"), N_("Move one page up.")),
        ("page_down", ("pagedown",), N_("Page down"), N_("Move one page down.")),
        ("first", ("home", "g"), N_("First"), N_("Go to the first line.")),
        ("last", ("end", "G"), N_("Last"), N_("Go to the last line.")),
    )
    return tuple(
        Action(f"{scope}.{name}", keys[:1] if typing else keys, label, explain, scope, footer=False, palette=False)
        for name, keys, label, explain in rows
        if not typing or name not in ("first", "last")
    )


ACTIONS: Final[tuple[Action, ...]] = (
    Action("app.help", ("question_mark", "f1"), N_("Help"), N_("Show the keys and what you can do here."), EVERYWHERE),
    Action("app.palette", ("ctrl+p", "f10"), N_("Commands"), N_("Find any command by typing part of its name."),
           EVERYWHERE, footer=False, palette=False),
    Action("app.search", ("slash", "f3"), N_("Search"), N_("Search names, codes and everything written."), EVERYWHERE),
    Action("app.lock", ("L", "f9"), N_("Lock"), N_("Lock the screen until the passphrase is given again."), EVERYWHERE,
           footer=False),
    Action("app.privacy", ("p", "f8"), N_("Hide names"), N_("Show codes instead of names, or show names again."),
           EVERYWHERE, footer=False),
    Action("app.repaint", ("ctrl+l", "f5"), N_("Redraw"), N_("Draw the whole screen again if it is garbled."),
           EVERYWHERE, footer=False),
    Action("app.settings", ("comma", "f7"), N_("Settings"), N_("Change language, colours, keys and more."), EVERYWHERE,
           footer=False),
    Action("app.drafts", ("D", "f6"), N_("Unfinished"), N_("Show the forms you did not finish, to go on with one."),
           EVERYWHERE, footer=False),
    Action("app.quit_or_back", ("q", "escape"), N_("Back"), N_("Go back one screen, or quit from the board."),
           EVERYWHERE),
    Action("app.undo", ("u",), N_("Undo"), N_("Undo the last change you made."), EVERYWHERE, footer=False),

    Action("board.open", ("enter",), N_("Open"), N_("Open the participant under the mark."), "board", palette=False),
    Action("board.record", ("r",), N_("Record"), N_("Record what happened with the participant."), "board"),
    Action("board.add", ("n",), N_("New"), N_("Add a candidate or a participant."), "board"),
    Action("board.scope", ("m",), N_("Whose"), N_("Switch between my caseload, the whole team and one worker."),
           "board"),
    Action("board.worker", ("w",), N_("Worker"), N_("Choose the worker whose caseload is shown."), "board",
           footer=False),
    Action("board.sort", ("s",), N_("Sort"), N_("Sort by the next of release, name, days in phase and last contact."),
           "board", footer=False),
    Action("board.filter", ("f",), N_("Filter"), N_("Show only the participants that match what you type."), "board"),
    Action("board.view", ("v",), N_("View"), N_("Switch between columns and a list."), "board", footer=False),
    Action("board.closed", ("x",), N_("Phased out"), N_("Show or hide those who are phased out."), "board",
           footer=False),
    Action("board.left", ("left", "h"), N_("Left"), N_("Move one column to the left."), "board", footer=False,
           palette=False),
    Action("board.right", ("right", "l"), N_("Right"), N_("Move one column to the right."), "board", footer=False,
           palette=False),
    Action("board.agenda", ("a",), N_("Agenda"), N_("Show what is to come and what is overdue, mine or the team's."),
           "board", footer=False),
    Action("board.open_items", ("c",), N_("What is left"), N_("Show what is left on the checklists of the caseload."),
           "board", footer=False),
    *_moves("board"),

    Action("participant.record", ("r",), N_("Record"), N_("Record what happened with the participant."), "participant"),
    Action("participant.edit", ("e",), N_("Edit"), N_("Edit who the participant is, the sentence and the dates."),
           "participant"),
    Action("participant.correct", ("enter",), N_("Open entry"),
           N_("Read the entry under the mark in full, or correct it."), "participant", footer=False),
    Action("participant.kinds", ("f",), N_("Kinds"), N_("Show only some kinds of entries."), "participant",
           footer=False),
    Action("participant.date", ("d",), N_("Date"), N_("Jump to a date in the timeline."), "participant",
           footer=False),
    Action("participant.topics", ("t",), N_("Topics"), N_("Show the topics saved for later."), "participant",
           footer=False),
    Action("participant.phases", ("a",), N_("Phases"), N_("Show the phases, begin one or end one."), "participant",
           footer=False),
    Action("participant.consents", ("s",), N_("Consents"),
           N_("Show what may be shared and with whom, and note consents and what was shared."), "participant"),
    Action("participant.next", ("n",), N_("Next"), N_("Go to the next participant on the board."), "participant",
           footer=False),
    Action("participant.prev", ("b",), N_("Previous"), N_("Go to the previous participant on the board."),
           "participant", footer=False),
    Action("participant.goals", ("m",), N_("Own goals"),
           N_("Show the participant's own goals, their steps and whose each is."), "participant", footer=False),
    Action("participant.spending", ("w",), N_("Small spending"),
           N_("Show what was spent on the participant, and note an expense."), "participant", footer=False),
    Action("participant.paper", ("z",), N_("Print"),
           N_("Make a form, a checklist or a sheet, blank or filled in, to read or to print."), "participant",
           footer=False),
    Action("participant.agenda", ("v",), N_("Agreements"), N_("Show the appointments and tasks of the participant."),
           "participant", footer=False),
    Action("participant.applications", ("y",), N_("Applications"), N_("Show the applications and how long they wait."),
           "participant", footer=False),
    Action("participant.checklists", ("c",), N_("Checklists"), N_("Show the checklists, or open one."),
           "participant"),
    *_moves("participant"),

    Action("form.save", ("ctrl+s", "f2"), N_("Save"), N_("Save what is filled in."), "form"),
    Action("form.close", ("escape", "f4"), N_("Close"),
           N_("Close the form; what is not saved is kept and offered again."), "form", palette=False,
           instead_of="app.quit_or_back"),
    Action("form.empty", ("f6",), N_("Put aside"),
           N_("Put the unfinished form aside that was filled in, or bring it back."), "form",
           instead_of="app.drafts"),
    Action("form.next", ("tab",), N_("Next field"), N_("Go to the next field."), "form", palette=False),
    Action("form.prev", ("shift+tab",), N_("Previous field"), N_("Go to the previous field."), "form", footer=False,
           palette=False),
    Action("form.up", ("up",), N_("Field above"), N_("Go to the field above."), "form", footer=False, palette=False),
    Action("form.down", ("down",), N_("Field below"), N_("Go to the field below."), "form", footer=False,
           palette=False),
    Action("form.page_up", ("pageup",), N_("Section before"), N_("Go to the section before."), "form", footer=False,
           palette=False),
    Action("form.page_down", ("pagedown",), N_("Next section"), N_("Go to the next section."), "form", footer=False,
           palette=False),

    Action("list.open", ("enter",), N_("Choose"), N_("Open or choose the line under the mark."), "list", palette=False),
    Action("list.close", ("escape", "q"), N_("Close"), N_("Close the list without choosing."), "list", palette=False,
           instead_of="app.quit_or_back"),
    Action("list.mark", ("space",), N_("Mark"),
           N_("Mark the line or take its mark away, where several can be chosen."), "list", palette=False),
    *_moves("list"),

    Action("prompt.accept", ("enter",), N_("Done"), N_("Use what is written."), "prompt", palette=False),
    Action("prompt.close", ("escape", "f4"), N_("Close"), N_("Close without an answer."), "prompt", palette=False,
           instead_of="app.quit_or_back"),

    Action("search.open", ("enter",), N_("Open"), N_("Open the participant or the entry under the mark."), "search",
           palette=False),
    Action("search.new", ("f3",), N_("New search"), N_("Empty the line and search for something else."), "search",
           instead_of="app.search"),
    Action("search.close", ("escape", "f4"), N_("Close"), N_("Go back; the search is still here the next time."),
           "search", palette=False, instead_of="app.quit_or_back"),
    *_moves("search", typing=True),

    Action("palette.run", ("enter",), N_("Do it"), N_("Do what stands under the mark."), "palette", palette=False),
    Action("palette.close", ("escape", "f4"), N_("Close"), N_("Close without doing anything."), "palette",
           palette=False, instead_of="app.quit_or_back"),
    *_moves("palette", typing=True),

    Action("settings.next", ("right", "l", "space"), N_("Next value"), N_("Choose the next value; saved at once."),
           "settings", palette=False),
    Action("settings.previous", ("left", "h"), N_("Previous value"), N_("Choose the previous value; saved at once."),
           "settings", footer=False, palette=False),
    Action("settings.edit", ("enter",), N_("Change"), N_("Write the value, or choose the next one; saved at once."),
           "settings", palette=False),
    Action("settings.close", ("escape", "q"), N_("Close"), N_("Close the settings; everything is saved already."),
           "settings", palette=False, instead_of="app.quit_or_back"),
    *_moves("settings"),

    Action("phases.begin", ("n",), N_("Begin a phase"), N_("Begin a phase; others may go on beside it."), "phases"),
    Action("phases.end", ("e",), N_("End"), N_("End the phase under the mark."), "phases"),
    Action("phases.suggested", ("s",), N_("Suggested tasks"),
           N_("Show the tasks the programme suggests for the phase."), "phases", footer=False),
    Action("phases.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "phases", palette=False,
           instead_of="app.quit_or_back"),
    *_moves("phases"),

    Action("drafts.open", ("enter",), N_("Go on"), N_("Open the form under the mark, filled in."), "drafts",
           palette=False),
    Action("drafts.discard", ("d", "delete"), N_("Throw away"),
           N_("Mark the unfinished form as one to throw away; a second key does it."), "drafts", palette=False),
    Action("drafts.confirm", ("f2",), N_("Yes, throw it away"),
           N_("Throw the marked form away for good; it cannot be undone."), "drafts", palette=False),
    Action("drafts.close", ("escape", "q"), N_("Close"), N_("Go back and leave the forms as they are."), "drafts",
           palette=False, instead_of="app.quit_or_back"),
    *_moves("drafts"),

    Action("conflict.mine", ("m",), N_("Keep mine"),
           N_("Save my version over the other one; the other is kept in the history."), "conflict"),
    Action("conflict.theirs", ("t",), N_("Keep theirs"), N_("Leave the other version; mine is kept as unfinished."),
           "conflict"),
    Action("conflict.back", ("escape", "q"), N_("Back to the form"), N_("Go back to the form without choosing yet."),
           "conflict", palette=False, instead_of="app.quit_or_back"),
    *_moves("conflict"),

    Action("lock.unlock", ("enter",), N_("Unlock"), N_("Unlock with the passphrase that is written."), "lock",
           palette=False),
    Action("lock.quit", ("f4",), N_("Quit"), N_("Leave the program; you are asked to press the key twice."), "lock",
           palette=False, instead_of="app.quit_or_back"),

    Action("goals.add", ("n",), N_("New goal"), N_("Note a goal in the participant's own words."), "goals"),
    Action("goals.step", ("s",), N_("New step"), N_("Note a step towards the goal under the mark."), "goals"),
    Action("goals.tick", ("space", "x"), N_("Done"),
           N_("The step is done, or the goal reached; once more opens it again."), "goals"),
    Action("goals.turn", ("t",), N_("Whose"), N_("Give the step to the next: the participant, the team, an agency."),
           "goals"),
    Action("goals.edit", ("enter", "e"), N_("Change"), N_("Change the goal or the step under the mark."), "goals",
           footer=False),
    Action("goals.leave", ("d",), N_("Let go"), N_("Let go of the goal or the step; it stays in the list."), "goals",
           footer=False),
    Action("goals.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "goals", palette=False,
           instead_of="app.quit_or_back"),
    *_moves("goals"),

    Action("spending.add", ("n",), N_("New expense"), N_("Note an expense."), "spending"),
    Action("spending.edit", ("enter", "e"), N_("Change"), N_("Change the expense under the mark."), "spending"),
    Action("spending.remove", ("d", "delete"), N_("Take away"),
           N_("Take away an expense noted by mistake, after a question."), "spending"),
    Action("spending.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "spending",
           palette=False, instead_of="app.quit_or_back"),
    *_moves("spending"),

    Action("paper.choose", ("d", "enter"), N_("Document"), N_("Choose the form, the checklist or the sheet."), "paper"),
    Action("paper.fill", ("f",), N_("Blank or filled"), N_("Leave the lines empty, or fill in what is known."),
           "paper"),
    Action("paper.write", ("s",), N_("Write PDF"),
           N_("Write it as a PDF file where you say; the file is not sealed."), "paper"),
    Action("paper.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "paper", palette=False,
           instead_of="app.quit_or_back"),
    *_moves("paper"),

    Action("agenda.done", ("space",), N_("Done"),
           N_("The task is done, the appointment attended or gone through; what repeats is planned anew."), "agenda"),
    Action("agenda.later", ("plus",), N_("Later"), N_("Move it one day on, from today if it is overdue."), "agenda"),
    Action("agenda.week", ("greater_than_sign",), N_("A week later"),
           N_("Move it a week on, from today if it is overdue."), "agenda", footer=False),
    Action("agenda.record", ("r",), N_("Record"),
           N_("Record what happened at the appointment, which is then attended; else with the participant."), "agenda"),
    Action("agenda.add", ("n",), N_("New"), N_("Make an appointment."), "agenda"),
    Action("agenda.task", ("t",), N_("Task"), N_("Set a task."), "agenda"),
    Action("agenda.open", ("enter",), N_("Open"), N_("Open what is under the mark, to read or change it."), "agenda",
           footer=False, palette=False),
    Action("agenda.other", ("x",), N_("Not done"), N_("Say that it was missed, cancelled or declined."), "agenda",
           footer=False),
    Action("agenda.prepared", ("f",), N_("Prepared"), N_("The appointment is prepared, or is not after all."), "agenda",
           footer=False),
    Action("agenda.participant", ("o",), N_("Participant"), N_("Open the participant it concerns."), "agenda",
           footer=False),
    Action("agenda.suggested", ("s",), N_("Suggested"), N_("Show the tasks the programme suggests for the phase."),
           "agenda", footer=False),
    Action("agenda.scope", ("m",), N_("Whose"), N_("Switch between my agenda and the whole team's."), "agenda",
           footer=False),
    Action("agenda.worker", ("w",), N_("Worker"), N_("Choose the worker whose agenda is shown."), "agenda",
           footer=False),
    Action("agenda.export", ("e",), N_("Calendar file"),
           N_("Write what is to come as an iCalendar file; the file is not sealed."), "agenda", footer=False),
    Action("agenda.close", ("escape", "q"), N_("Close"), N_("Go back."), "agenda", palette=False,
           instead_of="app.quit_or_back"),
    *_moves("agenda"),

    Action("suggested.take", ("space", "enter"), N_("Take"), N_("Take the task; it goes to whoever is responsible."),
           "suggested"),
    Action("suggested.decline", ("x",), N_("Decline"), N_("Decline the task; it is not suggested again in this phase."),
           "suggested"),
    Action("suggested.close", ("escape", "q"), N_("Close"), N_("Go back; what is left is offered again."), "suggested",
           palette=False, instead_of="app.quit_or_back"),
    *_moves("suggested"),

    Action("applications.add", ("n",), N_("New"), N_("Enter an application."), "applications"),
    Action("applications.sent", ("s",), N_("Sent"), N_("It was sent today."), "applications"),
    Action("applications.complement", ("c",), N_("Complement"),
           N_("A complement was asked for today; once more, it was sent today."), "applications"),
    Action("applications.decided", ("d",), N_("Decided"), N_("It was decided today; choose the outcome."),
           "applications"),
    Action("applications.edit", ("enter", "e"), N_("Change"), N_("Read or change the application under the mark."),
           "applications", footer=False),
    Action("applications.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "applications",
           palette=False, instead_of="app.quit_or_back"),
    *_moves("applications"),

    Action("consents.give", ("n",), N_("New"), N_("Note a consent the participant has given."), "consents"),
    Action("consents.renew", ("e",), N_("Renew"), N_("Note that the consent under the mark was renewed."), "consents"),
    Action("consents.withdraw", ("w",), N_("Withdraw"),
           N_("Note that the consent under the mark was withdrawn in writing."), "consents"),
    Action("consents.disclose", ("d",), N_("Share"),
           N_("Record what was shared with whoever the mark is at; whether it is covered is said at once."),
           "consents"),
    Action("consents.history", ("h",), N_("History"),
           N_("Show every consent ever given here, and what was shared."), "consents"),
    Action("consents.shared", ("s",), N_("All shared"),
           N_("Show everything that was shared about the participant."), "consents", footer=False),
    Action("consents.correct", ("enter",), N_("Open"),
           N_("Read all of the consent under the mark, correct it, or let it end earlier."), "consents", footer=False,
           palette=False),
    Action("consents.end_all", ("x",), N_("End all"),
           N_("End all consents, as when somebody is independent; shows first who is to be told."), "consents"),
    Action("consents.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "consents",
           palette=False, instead_of="app.quit_or_back"),
    *_moves("consents"),

    Action("consent_history.close", ("escape", "q"), N_("Close"), N_("Go back to the consents."), "consent_history",
           palette=False, instead_of="app.quit_or_back"),
    *_moves("consent_history"),

    Action("consents_end.confirm", ("f2",), N_("End all consents"), N_("End all consents today."), "consents_end",
           palette=False),
    Action("consents_end.close", ("escape", "q"), N_("Leave them"), N_("Go back and leave the consents as they are."),
           "consents_end", palette=False, instead_of="app.quit_or_back"),
    *_moves("consents_end"),

    Action("checklist.tick", ("space",), N_("Tick"), N_("Tick the item, or take its tick away."), "checklist"),
    Action("checklist.value", ("enter",), N_("Write"), N_("Write the date, the text or the address the item holds."),
           "checklist", footer=False),
    Action("checklist.note", ("n",), N_("Note"), N_("Write a note beside the item."), "checklist"),
    Action("checklist.set_aside", ("x",), N_("Not relevant"), N_("Say that the item is not relevant, and why."),
           "checklist"),
    Action("checklist.wait", ("w",), N_("Waits"), N_("Say that the item waits for somebody else."), "checklist",
           footer=False),
    Action("checklist.verify", ("v",), N_("Verify"), N_("Confirm a done item as a second person."), "checklist"),
    Action("checklist.due", ("d",), N_("Due"), N_("Set the day the item is due."), "checklist", footer=False),
    Action("checklist.close", ("escape", "q"), N_("Close"), N_("Go back; everything is saved already."), "checklist",
           palette=False, instead_of="app.quit_or_back"),
    *_moves("checklist"),

    Action("checklists.open", ("enter",), N_("Open"), N_("Open the checklist under the mark."), "checklists"),
    Action("checklists.anew", ("n",), N_("Once more"), N_("Open the checklist anew, as the programme has it now."),
           "checklists"),
    Action("checklists.shut", ("x",), N_("Close it"), N_("Close the checklist with a reason, or open it again."),
           "checklists"),
    Action("checklists.close", ("escape", "q"), N_("Close"), N_("Go back to the participant."), "checklists",
           palette=False, instead_of="app.quit_or_back"),
    *_moves("checklists"),

    Action("open_items.open", ("enter",), N_("Open"), N_("Open the checklist under the mark."), "open_items"),
    Action("open_items.participant", ("o",), N_("Participant"), N_("Open the participant."), "open_items"),
    Action("open_items.what", ("f",), N_("Show"), N_("Show everything open, what is overdue, or what is not verified."),
           "open_items"),
    Action("open_items.scope", ("m",), N_("Whose"), N_("Switch between my caseload and the whole team."),
           "open_items"),
    Action("open_items.worker", ("w",), N_("Worker"), N_("Choose the worker whose caseload is shown."), "open_items",
           footer=False),
    Action("open_items.close", ("escape", "q"), N_("Close"), N_("Go back to the board."), "open_items", palette=False,
           instead_of="app.quit_or_back"),
    *_moves("open_items"),
)  # fmt: skip
