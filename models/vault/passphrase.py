"""Whether a passphrase is strong enough, and if not, why, in the person's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from config.words import N_, _, n_

MINIMUM_LENGTH: Final = 10
MINIMUM_SCORE: Final = 3
MINIMUM_GUESSES: Final = 10**9
"""How many orders of the known words in a passphrase there must be; as many as nine random characters have."""
# The estimate grows with the square of the length and worse, and 72 characters tell enough.
_JUDGED_LENGTH: Final = 72
_LISTS: Final = Path(__file__).with_name("norwegian_words.toml")
# What stands between words adds nothing that would have to be guessed.
_BETWEEN: Final = re.compile(r"[\s.,;:/_-]+")
_SPELLINGS: Final = tuple(
    str.maketrans({"æ": ae, "ø": oe, "å": aa})
    for ae, oe, aa in (("ae", "oe", "aa"), ("ae", "o", "a"), ("e", "o", "aa"))
)

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
    judged = unicodedata.normalize("NFC", passphrase)[:_JUDGED_LENGTH]
    # A quarter of a second of word lists, which only whoever chooses a passphrase needs.
    from zxcvbn import zxcvbn

    _teach_norwegian()
    verdict = zxcvbn(judged, user_inputs=[spelling for word in user_inputs for spelling in _spellings(word)])
    known = _guesses(_BETWEEN.sub("", judged)) < MINIMUM_GUESSES
    if verdict["score"] >= MINIMUM_SCORE and not known:
        return None
    feedback = verdict["feedback"]
    reason = _(feedback["warning"]) if feedback["warning"] else _("It is made of what is tried first.") if known else ""
    suggestions = feedback["suggestions"] or (FEEDBACK[0], FEEDBACK[2])
    return Weakness(reason or _("It is too easy to guess."), tuple(_(suggestion) for suggestion in suggestions))


def _guesses(joined: str) -> int:
    """How many tries find these words and numbers, by somebody who knows how many of them there are.

    The estimator's own answer counts a passphrase of three parts as enough, whatever the parts are.
    """
    from zxcvbn import matching, scoring

    matches = matching.omnimatch(joined, matching.RANKED_DICTIONARIES)
    return int(scoring.most_guessable_match_sequence(joined, matches, _exclude_additive=True)["guesses"])


@cache
def _teach_norwegian() -> None:
    """Put the Norwegian lists beside the estimator's own, once in a process."""
    import tomllib

    from zxcvbn import matching

    lists = tomllib.loads(_LISTS.read_text(encoding="utf-8"))
    matching.add_frequency_lists({f"norwegian_{name}": _ranked(text) for name, text in lists.items()})


def _ranked(text: str) -> list[str]:
    """The words of a list, or its phrases where a line has several parted by `|`, each with its spellings once."""
    phrases = "|" in text
    words = (word for line in text.splitlines() for word in (line.split("|") if phrases else line.split()))
    return list(dict.fromkeys(spelling for word in words for spelling in _spellings(word)))


def _spellings(word: str) -> Iterator[str]:
    """A word as zxcvbn compares it: small, with and without what stands between its parts, with and without æ, ø, å."""
    small = unicodedata.normalize("NFC", word).lower()
    for form in (small, _BETWEEN.sub("", small)):
        if form:
            yield form
            yield from (form.translate(spelling) for spelling in _SPELLINGS)
