"""What the program notices by itself: small named rules over the cards of the whole caseload, in one pass.

`card` is what a rule looks at, `day` the thresholds, `rules` the rules, `spoken` their words, `asleep` and `snoozes`
what was put aside, `listing` the pass over the caseload.
"""

from models.signals.listing import (
    SignalLine,
    Snoozing,
    StaffSign,
    Survey,
    counts,
    lines,
    listing,
    of,
    pressing,
    staff_signs,
    survey,
)
from models.signs import Sign

__all__ = [
    "Sign",
    "SignalLine",
    "Snoozing",
    "StaffSign",
    "Survey",
    "counts",
    "lines",
    "listing",
    "of",
    "pressing",
    "staff_signs",
    "survey",
]
