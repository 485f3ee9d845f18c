"""What was shared in what is recorded: with whom, what, and on which ground where no consent covers it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from config.errors import ExinError
from config.words import _
from models.consents import answer as consent_answer
from models.consents import matrix
from models.consents.answer import Answer, GivenConsent, judge
from models.consents.disclosures import GROUND_LIMIT, LABELS, OTHER, WHAT_LIMIT
from models.consents.matrix import Linked
from models.storage.reading import Reading
from screens.forms.choice_field import ChoiceField, grounds
from screens.forms.form import FormScreen
from screens.forms.line_fields import HIDDEN, About, FormField, LineField
from screens.forms.text_field import TextBox
from screens.frame.chooser import Option
from screens.widgets.line import GOOD, WARN, Piece

WITH: Final = "shared_with"
_WHAT: Final = "shared_what"
_GROUND: Final = "shared_ground"
_OWN_WORDS: Final = "shared_own_words"


class SharedWith:
    """The part of a `form` about a new entry, with an `at`, that notes what was shared as well.

    It asks whom where the participant has anybody around, and for the rest once one of them is chosen.
    """

    def __init__(self, form: FormScreen) -> None:
        self._form = form
        self._linked: tuple[Linked, ...] = ()
        self._held: tuple[GivenConsent, ...] = ()
        self._whom = ChoiceField(About(WITH, _("Shared with"), _("← →: whom you told; it is noted as shared, too.")))

    def fields(self) -> list[FormField]:
        """The fields, of which the first asks for the rest."""
        ground = _("← → or the first letter; the last one asks for words of your own.")
        own = _("Which ground it rests on, in a few words.")
        return [
            self._whom,
            TextBox(_about(_WHAT, _("What was shared, in a few words.")), limit=WHAT_LIMIT),
            ChoiceField(_about(_GROUND, ground), grounds(self._form.case.programme, self._form.case.today)),
            LineField(_about(_OWN_WORDS, own), limit=GROUND_LIMIT),
        ]

    async def load(self, participant: int) -> None:
        """Read who is around the participant, and what they have consented to."""
        self._linked, self._held = await self._form.case.store.ask(_around, participant)
        self.follow_privacy()

    def follow_privacy(self) -> None:
        """Offer the contact persons by their names, or without while names are hidden."""
        case, options = self._form.case, list[Option]()
        for one in self._linked:
            agency, role = str(case.programme.agency(one.agency).name), str(case.programme.role(one.role).name)
            name = HIDDEN if case.private else one.name
            options.append(Option(str(one.contact), f"{name} ({', '.join(dict.fromkeys((agency, role)))})"))
        self._whom.offer(options)

    def settle(self) -> None:
        """Show what is asked for, and nothing else."""
        answer, field = self.answer(), self._form.field
        uncovered = answer is not None and not answer.covered
        shown = {
            WITH: bool(self._linked),
            _WHAT: answer is not None,
            _GROUND: uncovered,
            _OWN_WORDS: uncovered and field(_GROUND).written == OTHER,
        }
        for key, wanted in shown.items():
            field(key).display = wanted

    def concerns(self, key: str) -> bool:
        """Whether something here follows from a field."""
        return key in (WITH, _GROUND, "at")

    @property
    def chosen(self) -> Linked | None:
        """With whom it was shared, None where nothing was."""
        return next((one for one in self._linked if str(one.contact) == self._whom.written), None)

    def answer(self) -> Answer | None:
        """Whether a consent covers it on the entry's day; None where nothing was shared."""
        whom, case, day = self.chosen, self._form.case, self._form.case.today
        if whom is None:
            return None
        with suppress(ExinError):
            day = case.clock.local(self._form.field("at").read()).date()
        near = case.programme.limits.consent_warning_days
        return judge(self._held, whom.agency, whom.role, whom.name, on=day, warning_days=near, contact=whom.contact)

    def heading(self) -> list[Piece]:
        """Whether it is covered, above the form."""
        answer = self.answer()
        if answer is None:
            return []
        if answer.covered:
            return [(_("Covered: {reason}").format(reason=answer.reason), GOOD)]
        return [(_("NOT covered: {reason}").format(reason=answer.reason), WARN)]

    def taken_from(self, values: dict[str, Any]) -> dict[str, Any] | None:
        """What is to be recorded as shared, taken out of the values of the form; None where nothing was."""
        what, ground, own = (values.pop(key, None) or "" for key in (_WHAT, _GROUND, _OWN_WORDS))
        values.pop(WITH, None)
        if (whom := self.chosen) is None:
            return None
        told = {"agency": whom.agency, "role": whom.role, "person": whom.name, "contact": whom.contact}
        return {**told, "what": what, "ground": ground, "own_words": own}


def _about(key: str, hint: str) -> About:
    return About(key, _(LABELS[key.removeprefix("shared_")]), hint)


def _around(reading: Reading, participant: int) -> tuple[tuple[Linked, ...], tuple[GivenConsent, ...]]:
    return matrix.linked(reading, participant), consent_answer.held(reading, participant)
