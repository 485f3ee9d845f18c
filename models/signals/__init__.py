"""What the program notices by itself: small named rules over the cards of the whole caseload, in one pass.

`card` is what a rule looks at, `thresholds` the day, `rules` the rules, `wording` their words, `snoozes` what is put
aside, `watch` what a session keeps of them, `listing` what is asked of it.
"""

from models.signals.listing import (
    SignalLine,
    Snoozing,
    StaffSign,
    lines,
    listing,
    of,
    pressing,
    read_on,
    severities,
    staff_signs,
    survey,
)
from models.signals.sign import Sign
from models.signals.watch import Survey

__all__ = [
    "Sign",
    "SignalLine",
    "Snoozing",
    "StaffSign",
    "Survey",
    "lines",
    "listing",
    "of",
    "pressing",
    "read_on",
    "severities",
    "staff_signs",
    "survey",
]
