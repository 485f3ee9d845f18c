"""A served session: the person whose SSH key it was, and nothing else of what the client sends.

One account owns the vault, and each key comes with its forced command, `exin --vault DIR serve NAME`. Imported before
the first prompt, so it imports next to nothing.
"""

from __future__ import annotations

import os
import stat
import sys

from config import words
from config.errors import ExinError, ExitCode
from config.served_name import served_name
from config.words import N_, _, glimpse
from exin_tui import guard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

PEOPLE: Final = "people"
"""In the account's home: a folder a person, with their settings and what is remembered between sessions."""

FILES: Final = "files"
"""In a person's folder: what they write out of the vault."""

_LONGEST: Final = 64
_IN_TERM: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+.")
_PATH: Final = "/usr/bin:/bin"
_ASKED: Final = N_("Only EX/IN runs here; what was asked for instead is not carried out.")


class CannotServe(ExinError):
    """The session cannot be opened as the key's command has it."""

    exit_code = ExitCode.UNSUITABLE


class Command:
    """What a forced command says; `people` and `out` are empty where they are not named."""

    def __init__(self, vault: str, name: str, people: str = "", out: str = "") -> None:
        self.vault, self.name, self.people, self.out = vault, name, people, out


def plain(arguments: Sequence[str]) -> Command | None:
    """What the arguments say when they are `--vault DIR [--people DIR] [--out DIR] serve NAME` in any order."""
    named: dict[str, str] = {}
    words_left: list[str] = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-"):
            words_left.append(word)
        elif word in ("--vault", "--people", "--out") and word not in named and rest and rest[0]:
            named[word] = rest.pop(0)
        else:
            return None
    if "--vault" not in named or len(words_left) != 2 or words_left[0] != "serve":
        return None
    return Command(named["--vault"], words_left[1], named.get("--people", ""), named.get("--out", ""))


def run(command: Command) -> int:
    """Open the vault for the one the command names; answers the exit code, or raises the sentence why not.

    `people` holds a folder a person, `out` one a person for files; both lie in the account's home where not named.
    """
    asked, term = take_environment()
    words.use("nb")
    if os.name != "posix":
        raise CannotServe(_("Only a Unix host serves a vault to people who come with SSH keys."))
    person = served_name(command.name)
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        raise CannotServe(_("The account has no home folder."))
    os.umask(0o077)
    own = _own_folder(command.people or os.path.join(home, PEOPLE), person)
    os.environ.update({f"XDG_{kind}_HOME": os.path.join(own, kind.lower()) for kind in ("CONFIG", "STATE", "DATA")})
    files = os.path.join(command.out, person, FILES) if command.out else os.path.join(own, FILES)
    if not command.out:
        _make(files)
    # Whatever is written with `~` lies there, and nothing may lie elsewhere.
    os.environ["HOME"] = files
    _stand_in(files)
    _speak()
    if asked:
        from exin_tui import printing

        printing.write_line(glimpse(_ASKED))
    if not all(map(guard.is_terminal, (sys.stdin, sys.stdout, sys.stderr))):
        raise guard.NotATerminal(_("A served session needs a terminal: ssh -t"))
    if not term:
        raise guard.NotATerminal(_("The terminal's name (TERM) is not one. Set it to what it is, such as xterm."))
    from exin_tui import start

    code = start.from_prompt(command.vault, person, os.path.abspath(files))
    if code is None:
        from pathlib import Path

        from models.vault.place import VaultPlace

        VaultPlace(Path(command.vault)).require()
        raise guard.NotATerminal(_("A served session needs a terminal: ssh -t"))
    return code


def take_environment() -> tuple[bool, str]:
    """Drop everything of the environment but the terminal's name and the language, each only where it is a plain one.

    Answers whether the client asked for a command of its own, and the terminal's name, empty where it is none.
    """
    asked = bool(os.environ.get("SSH_ORIGINAL_COMMAND"))
    given = {name: os.environ.get(name, "") for name in ("TERM", "LANG")}
    os.environ.clear()
    kept = {name: value for name, value in given.items() if 0 < len(value) <= _LONGEST and _IN_TERM.issuperset(value)}
    os.environ.update({"LANG": "C.UTF-8", "PATH": _PATH} | kept)
    guard.scrub_environment()
    return asked, kept.get("TERM", "")


def _own_folder(people: str, person: str) -> str:
    """The person's folder, for the account alone; made where it is not there."""
    own = os.path.join(people, person)
    _make(people)
    _make(own)
    return own


def _make(folder: str) -> None:
    """Make a folder of the account's alone; one that is there must be that, and no link."""
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        found = os.lstat(folder)
    except OSError as error:
        text = _("The folder {folder} cannot be made: {reason}.").format(folder=folder, reason=error.strerror)
        raise CannotServe(text) from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        text = _("The folder {folder} must be this account's own, mode 700, and no link.")
        raise CannotServe(text.format(folder=folder))


def _stand_in(folder: str) -> None:
    """Take names alone to be in the folder, where it is there."""
    try:
        os.chdir(folder)
    except OSError:
        return


def _speak() -> None:
    """In the person's own language, where their settings can be read; what is wrong with them is told later."""
    from config import startup_settings

    try:
        words.use(startup_settings.language_and_vault(startup_settings.settings_file())[0])
    except ExinError:
        return
