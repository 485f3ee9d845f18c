"""Reading a TOML file that a person wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from config import plain_file
from config.errors import ExinError
from config.reasons import reason
from config.words import _


def read(path: Path, error: type[ExinError], *, missing_ok: bool = False) -> tuple[str, dict[str, Any]]:
    """The text of the file and what it says, nothing where it may be missing; raises an `error` that names the file."""
    try:
        text = plain_file.decoded(plain_file.read(path, plain_file.MOST_TEXT))
        if not text.strip():
            return text, {}
        import tomllib

        return text, tomllib.loads(text)
    except UnicodeDecodeError as fault:
        raise error(_("{file} is not written in UTF-8.").format(file=path)) from fault
    except (ValueError, RecursionError) as fault:
        raise error(_("{file} is not valid TOML: {reason}.").format(file=path, reason=fault)) from fault
    except OSError as fault:
        if missing_ok and isinstance(fault, FileNotFoundError):
            return "", {}
        raise error(_("{file} cannot be read: {reason}.").format(file=path, reason=reason(fault))) from fault
