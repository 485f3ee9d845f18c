"""Telling of somebody who is there already while a form is filled in, and asking before it is saved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from textual.timer import Timer

from config.errors import ExinError
from config.words import _
from screens.frame.chooser import Option, choose

if TYPE_CHECKING:
    from screens.forms.form import FormScreen

QUIET_SECONDS: Final = 0.15
"""How long nobody types before the vault is asked."""
_SAVE: Final = "save"


class Known(Struct, frozen=True):
    """Somebody who may be the same: the sentence that says so, and the number to go to, 0 where nobody can.

    One who is not `likely` is only told of: an office has one phone for many.
    """

    number: int
    called: str
    told: str
    likely: bool = True


class Doubles:
    """What a form knows of those who may be the same; `find` asks the vault about what stands in it now."""

    def __init__(self, form: FormScreen, find: Callable[[], Awaitable[Sequence[Known]]]) -> None:
        self.found: Sequence[Known] = ()
        self._form, self._find = form, find
        self._timer: Timer | None = None

    def told(self) -> list[str]:
        """The sentences, to stand among the form's warnings."""
        return [known.told for known in self.found]

    def ask_soon(self) -> None:
        """Look once nobody types."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._form.set_timer(QUIET_SECONDS, self._look)

    async def _look(self) -> None:
        if not self._form.is_current:
            return
        try:
            self.found = await self._find()
        except ExinError as error:
            self._form.say(error.text, warn=True)
            return
        self._form.draw_warnings()

    async def chosen(self) -> int | None:
        """Look, and ask where there is somebody: 0 to save all the same, the number to go to instead, None to go back.

        Part of an action of the form.
        """
        self.found = await self._find()
        likely = [known for known in self.found if known.likely]
        if not likely:
            return 0
        self._form.draw_warnings()
        options = [
            Option(str(known.number), _("Go to {who}").format(who=known.called), hint=_("what you wrote is kept"))
            for known in likely
            if known.number
        ]
        options.append(Option(_SAVE, _("It is somebody else: save")))
        answer = await choose(self._form, likely[0].told, options)
        return None if answer is None else 0 if answer == _SAVE else int(answer)
