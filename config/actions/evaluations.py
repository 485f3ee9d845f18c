"""Evaluations: the list, typing sheets, what they come to, and the open answers."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

evaluations = Scope("evaluations", N_("Evaluations"))
sheets = Scope("evaluation_sheets", N_("Typing sheets"), typing=True)
result = Scope("evaluation_result", N_("What an evaluation comes to"))
answers = Scope("evaluation_answers", N_("Open answers"))

NO_EVALUATION: Final = N_("No evaluation is selected.")
NO_ANSWER: Final = N_("No answer is selected.")
PRINT: Final = N_("Read the result as it is printed, and write it as a PDF.")
COMPARE: Final = N_("Show the result beside those of other evaluations with the same form.")
ANSWERS: Final = N_("Show the open answers, and give them themes.")

ACTIONS: Final = (
    evaluations.key("add", "n", N_("New"), N_("Begin an evaluation with one of the programme's forms."), writes=True),
    evaluations.key("read", "enter", N_("Result"), N_("Show what the sheets come to, question by question."),
                    needs_row=NO_EVALUATION),
    evaluations.key("sheets", "s", N_("Sheets"), N_("Type sheets one by one: a digit a question."),
                    writes=True, needs_row=NO_EVALUATION),
    evaluations.key("counts", "c", N_("Counts"), N_("Enter how many chose what, or correct it."),
                    writes=True, needs_row=NO_EVALUATION),
    evaluations.more("csv", "i", N_("From a file"), N_("Take in sheets from a CSV file, a row a sheet."),
                     writes=True, needs_row=NO_EVALUATION),
    evaluations.more("answers", "t", N_("Open answers"), ANSWERS, needs_row=NO_EVALUATION),
    evaluations.more("paper", "z", N_("Print"), PRINT, needs_row=NO_EVALUATION),
    evaluations.more("compare", "m", N_("Compare"), COMPARE, needs_row=NO_EVALUATION),
    evaluations.more("edit", "e", N_("Change"), N_("Change the days or how many were invited."),
                     writes=True, needs_row=NO_EVALUATION),
    evaluations.more("close_or_open", "f", N_("Close or open"),
                     N_("Take in no more sheets, or take them in again."), writes=True, needs_row=NO_EVALUATION),
    evaluations.more("remove", "x delete", N_("Take away"),
                     N_("Take away an evaluation without sheets that was begun by mistake."),
                     writes=True, needs_row=NO_EVALUATION),
    *evaluations.list_keys(N_("Go back to where you were.")),

    sheets.key("next", "enter", N_("Next"), N_("Leave the question unanswered, or go on from what is written."),
               palette=False),
    sheets.key("enter", "f2 ctrl+s", N_("Enter them"), N_("Add the sheets that were typed to the evaluation."),
               writes=True),
    sheets.move("back", "up", N_("Question before"), N_("Go back to the question before, on the same sheet.")),
    sheets.close(N_("Leave; the sheets typed so far are kept and offered again.")),

    result.key("paper", "z", N_("Print"), PRINT),
    result.key("answers", "t", N_("Open answers"), ANSWERS),
    result.key("compare", "m", N_("Compare"), COMPARE),
    *result.list_keys(N_("Go back to the evaluations.")),

    answers.key("read", "enter", N_("Read"), N_("Read all of the selected answer."), needs_row=NO_ANSWER),
    answers.key("themes", "t", N_("Themes"), N_("Give the selected answer themes."), writes=True, needs_row=NO_ANSWER),
    answers.key("edit", "e", N_("Change"), N_("Take out of the answer what tells who wrote it."),
                writes=True, needs_row=NO_ANSWER),
    *answers.list_keys(N_("Go back to the evaluation.")),
)  # fmt: skip
