"""The keys in force: the registry with a person's own keys laid over it, checked for clashes.

`python -m config.keymap [nb|en]` prints them as a page: `docs/keys.md`.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from config import words
from config.actions import ACTIONS, EVERYWHERE, SCOPES, Action, Scope
from config.errors import ExinError
from config.quoted import nearest, quoted
from config.words import N_, _

__all__ = ["ACTIONS", "SCOPES", "Action", "Keymap", "KeymapError", "Scope", "as_data", "build", "page", "table"]

# Textual's names for signs, with how a person writes them.
_SIGNS: Final = {
    "question_mark": "?", "slash": "/", "comma": ",", "full_stop": ".", "colon": ":", "semicolon": ";", "plus": "+",
    "minus": "-", "underscore": "_", "asterisk": "*", "equals_sign": "=", "exclamation_mark": "!",
    "quotation_mark": '"', "apostrophe": "'", "number_sign": "#", "dollar_sign": "$", "percent_sign": "%",
    "ampersand": "&", "at": "@", "left_parenthesis": "(", "right_parenthesis": ")", "left_square_bracket": "[",
    "right_square_bracket": "]", "left_curly_bracket": "{", "right_curly_bracket": "}", "less_than_sign": "<",
    "greater_than_sign": ">", "backslash": "\\", "vertical_line": "|", "tilde": "~", "circumflex_accent": "^",
    "grave_accent": "`",
}  # fmt: skip
_NAMED: Final = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "Enter", "escape": "Esc", "tab": "Tab",
    "space": N_("Space"), "backspace": N_("Backspace"), "delete": "Del", "insert": "Ins", "home": "Home", "end": "End",
    "pageup": "PgUp", "pagedown": "PgDn",
}  # fmt: skip
_FUNCTION: Final = tuple(f"f{number}" for number in range(1, 25))
# What a terminal cannot tell from another key: the right-hand key is what arrives.
_SAME: Final = {
    "ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter", "ctrl+left_square_bracket": "escape",
}  # fmt: skip
_TYPING: Final = {scope.id for scope in SCOPES if scope.typing}


class KeymapError(ExinError):
    """A person's own keys cannot be used; the text names the action, the key and the fault."""


class Keymap:
    """The keys in force; made by `build`, never changed."""

    def __init__(self, actions: tuple[Action, ...]) -> None:
        self._actions = {action.id: action for action in actions}
        self._of_scope: dict[str, tuple[Action, ...]] = {}

    def action(self, action_id: str) -> Action:
        """One action with the keys in force; raises KeyError for an id that is not in the registry."""
        return self._actions[action_id]

    def actions(self, scope: str) -> tuple[Action, ...]:
        """The actions of the scope, then those from everywhere that hold there.

        Left out of those from everywhere: one whose place is taken, and where text is typed one that has only letters.
        """
        if scope not in self._of_scope:
            self._of_scope[scope] = self._found(scope)
        return self._of_scope[scope]

    def _found(self, scope: str) -> tuple[Action, ...]:
        own = [action for action in self._actions.values() if action.scope == scope]
        if scope == EVERYWHERE:
            return tuple(own)
        taken = {action.instead_of for action in own}
        general = (action for action in self._actions.values() if action.scope == EVERYWHERE and action.id not in taken)
        return (*own, *(one for one in general if scope not in _TYPING or not all(map(is_typed, one.keys))))

    def holding(self, action_id: str, scope: str = "") -> tuple[str, ...]:
        """The keys that start the action in the scope: where text is typed, only those that type nothing."""
        keys = self._actions[action_id].keys
        if scope in _TYPING:
            keys = tuple(key for key in keys if not is_typed(key)) or keys
        return keys

    def shown(self, action_id: str, scope: str = "") -> str:
        """How the first key that starts the action in the scope is written for a person."""
        return written(self.holding(action_id, scope)[0])

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())


def is_typed(key: str) -> bool:
    """Whether the key puts a character into a text field."""
    return len(key) == 1 or key in _SIGNS or key == "space"


def written(key: str) -> str:
    """A Textual key name as a person writes it: "Ctrl+S", "?", "↑"."""
    *modifiers, base = key.split("+")
    if base in _NAMED:
        shown = _(_NAMED[base])
    elif base in _SIGNS:
        shown = _SIGNS[base]
    else:
        shown = base.upper() if modifiers or base in _FUNCTION else base
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])


def build(overrides: Mapping[str, str]) -> Keymap:
    """The registry with `overrides` (action id -> keys with commas or spaces between); raises `KeymapError`."""
    known = {action.id: action for action in ACTIONS}
    for action_id, keys in overrides.items():
        if action_id not in known:
            raise KeymapError(_unknown_action(action_id))
        known[action_id] = replace(known[action_id], keys=_parse(known[action_id], keys))
    actions = tuple(known.values())
    _check_clashes(actions)
    return Keymap(actions)


def _unknown_action(action_id: str) -> str:
    if guess := nearest(action_id, (action.id for action in ACTIONS)):
        return _("keys: there is no action {action}; did you mean {guess}?").format(
            action=quoted(action_id), guess=guess
        )
    return _("keys: there is no action {action}; `exin keys` lists them all.").format(action=quoted(action_id))


def _parse(action: Action, text: str) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(_normal(key) for key in text.replace(",", " ").split()))
    if not keys:
        raise KeymapError(_("keys: {action} needs at least one key.").format(action=action.id))
    for key in keys:
        if key in _SAME:
            raise KeymapError(
                _("keys: {action}: a terminal cannot tell {key} from {same}; choose another key.").format(
                    action=action.id, key=written(key), same=written(_SAME[key])
                )
            )
        if not _is_known(key):
            guess = nearest(key, (*_SIGNS, *_NAMED, *_FUNCTION))
            hint = _("did you mean {guess}?").format(guess=guess) if guess else _("write for example r, f6 or ctrl+r.")
            raise KeymapError(
                _("keys: {action}: no key is called {key}; {hint}").format(action=action.id, key=quoted(key), hint=hint)
            )
        if action.scope in _TYPING and is_typed(key):
            raise KeymapError(
                _("keys: {action}: {key} would be typed into the form; choose a key such as F6 or Ctrl+R.").format(
                    action=action.id, key=written(key)
                )
            )
    return keys


def _normal(key: str) -> str:
    """A sign by its name, and everything but a single letter in lower case."""
    signs = {sign: name for name, sign in _SIGNS.items()}
    *modifiers, base = key.split("+") if key != "+" else [key]
    base = signs.get(base, base if len(base) == 1 and not modifiers else base.lower())
    return "+".join([*(modifier.lower() for modifier in modifiers), base])


def _is_known(key: str) -> bool:
    *modifiers, base = key.split("+")
    if not modifiers:
        return (len(base) == 1 and base.isalnum()) or base in _SIGNS or base in _NAMED or base in _FUNCTION
    if modifiers == ["ctrl"]:
        return base in (*string.ascii_lowercase, "up", "down", "left", "right", "home", "end", "pageup", "pagedown")
    return modifiers == ["shift"] and base in (*_FUNCTION, "tab", "up", "down", "left", "right", "home", "end")


def _check_clashes(actions: tuple[Action, ...]) -> None:
    """Two actions that hold at the same place have no key in common."""
    holders: dict[str, list[Action]] = {}
    for second in actions:
        for key in second.keys:
            for first in holders.setdefault(key, []):
                if _overlap(first, second):
                    raise KeymapError(
                        _("keys: {key} is both {first} and {second}; give one of them another key.").format(
                            key=written(key), first=first.id, second=second.id
                        )
                    )
            holders[key].append(second)


def _overlap(first: Action, second: Action) -> bool:
    if first.instead_of == second.id or second.instead_of == first.id:
        return False
    return first.scope == second.scope or EVERYWHERE in (first.scope, second.scope)


def as_data(keymap: Keymap | None = None) -> list[dict[str, object]]:
    """The keys as plain data for scripts, labels in the language in force."""
    return [
        {
            "id": action.id,
            "scope": action.scope,
            "keys": list(action.keys),
            "shown": [written(key) for key in action.keys],
            "label": _(action.label),
            "explain": _(action.explain),
        }
        for action in keymap or build({})
    ]


def table(keymap: Keymap | None = None) -> str:
    """The keys as Markdown, one table a scope, in the language in force."""
    keymap = keymap or build({})
    parts: list[str] = []
    for scope in SCOPES:
        lines = [f"## {_(scope.label)}\n\n", "| " + _("Key") + " | " + _("Action") + " | |\n", "|---|---|---|\n"]
        for action in keymap:
            if action.scope == scope.id:
                keys = " ".join(f"`{written(key)}`" for key in action.keys)
                lines.append(f"| {keys} | {_(action.label)} | {_(action.explain)} |\n")
        parts.append("".join(lines))
    return "\n".join(parts)


def page(keymap: Keymap | None = None) -> str:
    """The keys as a Markdown page of its own, in the language in force."""
    title = _("Keys")
    return f"# {title}\n\n<!-- `make keys` writes this page from config/actions/. -->\n\n{table(keymap)}"


if __name__ == "__main__":
    words.use(sys.argv[1] if len(sys.argv) > 1 else "nb")
    sys.stdout.write(page())
