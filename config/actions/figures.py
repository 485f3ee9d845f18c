"""Figures without persons: a period in numbers, what each is, and what leaves the team."""

from __future__ import annotations

from typing import Final

from config.actions.shapes import Scope
from config.words import N_

figures = Scope("figures", N_("Figures"))
figure = Scope("figure", N_("One figure"))

NO_FIGURE: Final = N_("No figure is selected.")

ACTIONS: Final = (
    figures.key("open", "enter", N_("Read"), N_("Read what the figure is, where it comes from, and its table."),
                needs_row=NO_FIGURE),
    figures.more("bars", "space s", N_("Bars"), N_("Show the figure as bars."), needs_row=NO_FIGURE),
    figures.key("earlier", "b left h", N_("Before"), N_("Show the period before.")),
    figures.key("later", "a right l", N_("After"), N_("Show the period after.")),
    figures.more("length", "v", N_("Length"), N_("Go on to a month, a quarter, a half year or a year.")),
    figures.more("worker", "w", N_("Colleague"), N_("Choose whose participants are counted, or the whole team."),
                 right="figures"),
    figures.key("write", "z", N_("Write"),
                N_("Read the figures rounded, as they leave the team, and write them as PDF, CSV or JSON."),
                right="figures"),
    *figures.list_keys(N_("Go back to where you were.")),

    figure.key("bars", "space s", N_("Bars"), N_("Show bars, or the table again.")),
    figure.more("former", "left h", N_("Former"), N_("Go to the figure before.")),
    figure.more("next", "right l", N_("Next"), N_("Go to the next figure.")),
    *figure.list_keys(N_("Go back to the figures.")),
)  # fmt: skip
