"""Whether a passphrase is strong enough, and if not, why, in the person's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from config.words import N_, _, n_

MINIMUM_LENGTH: Final = 10
MINIMUM_SCORE: Final = 3
# The estimate grows with the square of the length and worse, and 72 characters tell enough.
_JUDGED_LENGTH: Final = 72
_OWN_WORDS: Final = ("exin", "ex/in", "caseload", "saksoversikt", "passphrase", "passord", "passfrase", "vault")

# What zxcvbn may say, listed for the catalogs; a test holds the list against the installed library.
FEEDBACK: Final = (
    N_("Use a few words, avoid common phrases."),
    N_("No need for symbols, digits, or uppercase letters."),
    N_("Add another word or two. Uncommon words are better."),
    N_("Straight rows of keys are easy to guess."),
    N_("Short keyboard patterns are easy to guess."),
    N_("Use a longer keyboard pattern with more turns."),
    N_('Repeats like "aaa" are easy to guess.'),
    N_('Repeats like "abcabcabc" are only slightly harder to guess than "abc".'),
    N_("Avoid repeated words and characters."),
    N_('Sequences like "abc" or "6543" are easy to guess.'),
    N_("Avoid sequences."),
    N_("Recent years are easy to guess."),
    N_("Avoid recent years."),
    N_("Avoid years that are associated with you."),
    N_("Dates are often easy to guess."),
    N_("Avoid dates and years that are associated with you."),
    N_("This is a top-10 common password."),
    N_("This is a top-100 common password."),
    N_("This is a very common password."),
    N_("This is similar to a commonly used password."),
    N_("A word by itself is easy to guess."),
    N_("Names and surnames by themselves are easy to guess."),
    N_("Common names and surnames are easy to guess."),
    N_("Capitalization doesn't help very much."),
    N_("All-uppercase is almost as easy to guess as all-lowercase."),
    N_("Reversed words aren't much harder to guess."),
    N_("Predictable substitutions like '@' instead of 'a' don't help very much."),
)


class Weakness(Struct, frozen=True):
    """Why a passphrase is refused and what would make it better, both translated."""

    reason: str
    suggestions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it as one line."""
        return " ".join((self.reason, *self.suggestions))


def judge(passphrase: str, user_inputs: Sequence[str] = ()) -> Weakness | None:
    """What is weak about a passphrase, or None when it will do; `user_inputs` are words an attacker would try first."""
    length = len(passphrase)
    if length < MINIMUM_LENGTH:
        lacking = MINIMUM_LENGTH - length
        reason = n_("It is {count} character too short.", "It is {count} characters too short.", lacking)
        return Weakness(reason.format(count=lacking), (_("Use a few words, avoid common phrases."),))
    # A quarter of a second of word lists, which only whoever chooses a passphrase needs.
    from zxcvbn import zxcvbn

    known = [word for word in (*user_inputs, *_OWN_WORDS) if word]
    verdict = zxcvbn(passphrase[:_JUDGED_LENGTH], user_inputs=known)
    if verdict["score"] >= MINIMUM_SCORE:
        return None
    feedback = verdict["feedback"]
    reason = _(feedback["warning"]) or _("It is too easy to guess.")
    return Weakness(reason, tuple(_(suggestion) for suggestion in feedback["suggestions"]))
