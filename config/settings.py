"""A person's settings: read from TOML before anything else happens, written back by the settings screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Literal

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from config import own_folder, plain_file, templates, toml_file
from config.errors import ExinError
from config.quoted import nearest, quoted
from config.reasons import reason
from config.templates import Template, TemplateError
from config.words import N_, _, languages

LONGEST_IDLE: Final = 240
"""The most minutes without a key before the screen locks."""


class SettingsError(ExinError):
    """The settings cannot be read or written; the text names file, key, what was expected and what stood there."""


class Settings(Struct, frozen=True):
    """What a person may set; `vault` empty means the default place, `keys` maps an action's id to its keys.

    `templates` are the person's own text templates, and never hold anything about anybody.
    """

    language: str = "nb"
    vault: str = ""
    private: bool = False
    idle_minutes: int = 10
    delta_display: bool = True
    colour: str = "auto"
    board_scope: str = "mine"
    board_sort: str = "release"
    board_view: str = "auto"
    timeline: str = "all"
    keys: Mapping[str, str] = field(default_factory=dict)
    templates: tuple[Template, ...] = ()


class Choice(Struct, frozen=True):
    """One value of a setting and what it is called."""

    value: str
    label: str


class Field(Struct, frozen=True):
    """One setting as the settings screen shows it; `low` and `high` bound a whole number."""

    key: str
    label: str
    explain: str
    kind: Literal["bool", "choice", "int", "text", "keys", "templates"]
    choices: tuple[Choice, ...] = ()
    low: int = 0
    high: int = 0


FIELDS: Final[tuple[Field, ...]] = (
    Field("language", N_("Language"), N_("The language of the program."), "choice",
          tuple(Choice(tag, name) for tag, name in languages().items())),
    Field("private", N_("Start with names hidden"), N_("Show codes only until names are asked for."), "bool"),
    Field("idle_minutes", N_("Lock after minutes"),
          N_("Minutes without a key before the screen locks, from 1 to 240."), "int", low=1, high=LONGEST_IDLE),
    Field("board_scope", N_("The board starts with"), N_("Whose participants the board shows first."), "choice",
          (Choice("mine", N_("My caseload")), Choice("team", N_("The whole team")))),
    Field("board_sort", N_("The board is sorted by"), N_("What comes first on the board."), "choice",
          (Choice("release", N_("Release")), Choice("name", N_("Name")), Choice("phase_days", N_("Days in phase")),
           Choice("contact", N_("Last contact")))),
    Field("board_view", N_("The board is shown as"), N_("Columns need a wide screen; automatic chooses by its width."),
          "choice", (Choice("auto", N_("Automatic")), Choice("columns", N_("Columns")), Choice("list", N_("List")))),
    Field("timeline", N_("The timeline shows"), N_("Every line, or only what people did and wrote themselves."),
          "choice", (Choice("all", N_("Everything")), Choice("people", N_("Only what people did")))),
    Field("colour", N_("Colours"), N_("How many colours are used; automatic asks the terminal."), "choice",
          (Choice("auto", N_("Automatic")), Choice("none", N_("None")), Choice("ansi", N_("The terminal's sixteen")),
           Choice("full", N_("All")))),
    Field("delta_display", N_("Slow line: send less"),
          N_("Quick on slow lines; turn off if the screen is garbled."), "bool"),
    Field("vault", N_("Vault"), N_("The folder of the vault; empty is the default place."), "text"),
    Field("keys", N_("Keys"), N_("Your own keys, written in the settings file under [keys]."), "keys"),
    Field("templates", N_("Text templates"),
          N_("Your own texts for the fields of forms: rename and remove them here, keep new ones from a field."),
          "templates"),
)  # fmt: skip


def load(path: Path) -> Settings:
    """The settings in `path`, defaults for what it leaves out or if there is no file; raises `SettingsError`."""
    found = toml_file.read(path, SettingsError, missing_ok=True)[1]
    if isinstance(keys := found.get("keys"), dict):
        found["keys"] = _flat(keys)
    return check(found, path)


def _flat(keys: Mapping[str, Any]) -> dict[str, Any]:
    """`board.add = "n"` without quotes is a table in a table to TOML, and what a person writes."""
    flat: dict[str, Any] = {}
    for name, value in keys.items():
        inner = value.items() if isinstance(value, dict) else ()
        flat.update({f"{name}.{action}": key for action, key in inner} or {name: value})
    return flat


def check(found: Mapping[str, Any], path: Path) -> Settings:
    """Settings from values by key; `path` is named in the `SettingsError` raised for one that does not fit."""
    known = {setting.key: setting for setting in FIELDS}
    values = dict(found)
    for key, value in found.items():
        if key not in known:
            fault = _no_such(key, known)
        elif expected := _expected(known[key], value):
            fault = _("expected {expected}, found {found}").format(expected=expected, found=quoted(value))
        else:
            continue
        raise SettingsError(f"{path}: {quoted(key)}: {fault}")
    if "templates" in values:
        try:
            values["templates"] = templates.read(values["templates"])
        except TemplateError as error:
            raise SettingsError(f"{path}: templates: {error.text}") from error
    return Settings(**values)


def change(path: Path, before: Settings, after: Settings) -> Settings:
    """Write to `path` what is another in `after`, and nothing else: another session may have changed the rest.

    Answers what stands there now. Raises `SettingsError`, also where what stands there has a fault: it is the person's
    to mend.
    """
    with _alone(path.parent):
        there = load(path)
        values = {key: value for key, value in asdict(after).items() if value != getattr(before, key)}
        if "keys" in values:
            mine = {one for one in {*before.keys, *after.keys} if before.keys.get(one) != after.keys.get(one)}
            theirs = {one: keys for one, keys in there.keys.items() if one not in mine}
            values["keys"] = theirs | {one: keys for one, keys in after.keys.items() if one in mine}
        changed = replace(there, **values)
        if changed != there:
            save(path, changed)
    return changed


def change_templates(path: Path, alter: Callable[[tuple[Template, ...]], tuple[Template, ...]]) -> Settings:
    """Change the person's own templates as they stand in `path` now; answers what stands there then.

    Raises as `change`, and whatever `alter` raises; the file is then as it was.
    """
    with _alone(path.parent):
        there = load(path)
        changed = replace(there, templates=alter(there.templates))
        save(path, changed)
    return changed


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Have other sessions of the same person wait, where the system can."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    import os

    handle = -1
    with suppress(OSError):
        # Where the folder cannot be held, saving says whether it can be written.
        own_folder.make(str(folder))
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle >= 0:
            os.close(handle)


def save(path: Path, settings: Settings) -> None:
    """Write every setting to `path`, whole or not at all, for its owner alone; raises `SettingsError`."""
    import os
    import tempfile

    import tomli_w

    values = asdict(settings)
    values["keys"] = dict(settings.keys)
    own = [asdict(one) for one in settings.templates]
    check({**values, "templates": own}, path)
    del values["templates"]
    text = tomli_w.dumps(values) + "".join(
        f"\n[[templates]]\n{tomli_w.dumps(one, multiline_strings=True)}" for one in own
    )
    data = text.encode()
    if len(data) > plain_file.MOST_TEXT:
        told = _("{file}: the settings would be larger than {count} bytes; remove a template.")
        raise SettingsError(told.format(file=path, count=plain_file.MOST_TEXT))
    name = ""
    try:
        own_folder.make(str(path.parent))
        # A settings file that is a link (kept under version control elsewhere) stays a link.
        target = path.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, target)
    except OSError as fault:
        if name:
            Path(name).unlink(missing_ok=True)
        raise _not_written(path, fault) from fault


def _not_written(path: Path, fault: OSError) -> SettingsError:
    return SettingsError(_("{file} cannot be written: {reason}.").format(file=path, reason=reason(fault)))


def _expected(setting: Field, value: object) -> str:
    """What was expected, in words, when `value` does not fit; else an empty string."""
    match setting.kind:
        case "bool":
            return "" if isinstance(value, bool) else _("true or false")
        case "int":
            if type(value) is int and setting.low <= value <= setting.high:
                return ""
            wanted = _("a whole number from {low} to {high}").format(low=setting.low, high=setting.high)
            if setting.key == "idle_minutes" and type(value) is int and value <= 0:
                wanted += " " + _("(a vault that never locks is open to whoever passes by)")
            return wanted
        case "choice":
            values = [choice.value for choice in setting.choices]
            return "" if value in values else _("one of {known}").format(known=", ".join(values))
        case "text":
            return "" if isinstance(value, str) and value.isprintable() else _("text in quotes")
        case "keys":
            whole = isinstance(value, Mapping) and all(isinstance(keys, str) for keys in value.values())
            return "" if whole else _('a table of keys by action, such as "board.add" = "n"')
        case "templates":
            # `config.templates` reads them, and says more than what was expected.
            return ""


def _no_such(key: str, known: Mapping[str, Field]) -> str:
    if guess := nearest(key, known):
        return _("there is no such setting; did you mean {guess}?").format(guess=guess)
    return _("there is no such setting; known are {known}").format(known=", ".join(known))
