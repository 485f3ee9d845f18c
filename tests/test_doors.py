"""What may touch files and the terminal, and where: every other module goes through the door for it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
FLOORS: Final = ("config", "models", "screens", "exin_tui")

WRITERS: Final = {
    "config/outside.py": "the door itself",
    "config/own_folder.py": "folders of the person's own",
    "config/settings.py": "the person's settings",
    "config/startup_settings.py": "the person's state",
    "config/locale/compile.py": "the catalogs, in a checkout",
    "models/vault/files.py": "the vault's files",
    "models/vault/place.py": "the vault's folder",
    "models/vault/rotation.py": "the vault's files",
    "models/vault/sealed.py": "the vault's files",
    "models/vault/copies.py": "the copies in the vault's folder",
    "models/vault/health.py": "a copy that failed is removed",
    "exin_tui/demo/vault.py": "the folder of the demo's vault",
    "exin_tui/demo/pictures.py": "a vault for the pictures, gone afterwards",
    "models/users.py": "the sign that nobody has seen the recovery key is removed",
    "models/storage/last_seen.py": "what an account remembers of a vault",
    "exin_tui/host/keys_file.py": "the keys of the SSH server",
    "exin_tui/serve.py": "the folder of a person who is served",
    "exin_tui/leaving.py": "standard output is led nowhere",
    "exin_tui/textual_inside/driver.py": "a lost terminal is led nowhere",
    "exin_tui/terminal_prompt.py": "the terminal itself",
}
READERS: Final = {
    "config/plain_file.py": "the door itself",
    "config/words.py": "the catalogs that are shipped",
    "config/locale/compile.py": "the catalogs, in a checkout",
    "models/vault/place.py": "the system's list of mounts",
    "models/vault/passphrase.py": "the words that are shipped",
    "models/vault/files.py": "the lock",
    "models/storage/last_seen.py": "what an account remembers of a vault, and nobody else could have written",
    "exin_tui/host/keys_file.py": "the keys of the SSH server",
    "exin_tui/host/system.py": "what the system says of itself",
}
PRINTERS: Final = {
    "exin_tui/printing.py": "the door itself",
    "exin_tui/textual_inside/driver.py": "the screens",
    "exin_tui/terminal_prompt.py": "what steers the terminal goes before the door's words",
    "config/keymap.py": "the page of keys, in a checkout",
    "config/locale/compile.py": "what is wrong with the catalogs, in a checkout",
}

_MAKING: Final = {
    "write_text", "write_bytes", "touch", "mkdir", "makedirs", "symlink_to", "hardlink_to", "symlink", "link", "rename",
    "replace", "unlink", "remove", "rmdir", "rmtree", "copy", "copy2", "copyfile", "copytree", "move", "truncate",
    "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory", "chmod", "fchmod", "chown",
    "fchown",
}  # fmt: skip
_OF_OTHERS_TOO: Final = {"replace", "copy", "remove", "move"}
"""Of texts, lists and marks as well: only those of `os` and `shutil` are meant."""
_WRITING_FLAGS: Final = {"O_WRONLY", "O_RDWR", "O_CREAT", "O_APPEND", "O_TRUNC", "_NEW"}


def calls(source: str) -> Iterator[tuple[ast.Call, str, str]]:
    """Every call: the node, what it is called on (empty for a plain name), and its name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, ast.unparse(node.func.value), node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, "", node.func.id


def _mode(node: ast.Call, place: int) -> str:
    given = [*node.args[place : place + 1], *(word.value for word in node.keywords if word.arg == "mode")]
    return str(given[0].value) if given and isinstance(given[0], ast.Constant) else ""


def writes(source: str) -> bool:
    """Whether the module makes, changes or removes a file by itself."""
    for node, of, name in calls(source):
        if name in ("open", "fdopen"):
            if (of, name) in (("os", "open"),):
                flags = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
                if flags & _WRITING_FLAGS:
                    return True
            elif set(_mode(node, 0 if of and of != "os" else 1)) & set("wax+"):
                return True
        elif name in _MAKING and (of in ("os", "shutil", "tempfile") or name not in _OF_OTHERS_TOO):
            return True
    return False


def reads(source: str) -> bool:
    """Whether the module opens a file to read it by itself."""
    for node, of, name in calls(source):
        if name in ("read_text", "read_bytes"):
            return True
        if name != "open":
            continue
        if of == "os" or (of == "" and "w" not in _mode(node, 1)):
            if not any(flag in ast.unparse(node) for flag in ("O_WRONLY", "O_DIRECTORY", "_NEW")):
                return True
        elif _mode(node, 0).startswith("r"):
            return True
    return False


def prints(source: str) -> bool:
    """Whether the module writes to standard output, the error output or the terminal by itself."""
    for _node, of, name in calls(source):
        if (of, name) == ("", "print") or (of, name) == ("os", "write"):
            return True
        if name in ("write", "writelines") and (
            "std" in of or of in ("self._out", "self._stream") or (of == "stream" and "sys.__std" in source)
        ):
            return True
    return False


def found(touches: Callable[[str], bool]) -> set[str]:
    return {
        str(file.relative_to(ROOT).as_posix())
        for floor in FLOORS
        for file in (ROOT / floor).rglob("*.py")
        if touches(file.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize(
    ("touches", "allowed"),
    [(writes, WRITERS), (reads, READERS), (prints, PRINTERS)],
    ids=["writing", "reading", "printing"],
)
def test_only_these_modules_do_it_themselves(touches: Callable[[str], bool], allowed: dict[str, str]) -> None:
    there = found(touches)
    assert there - set(allowed) == set(), "let it go through config.outside, config.plain_file or exin_tui.printing"
    assert set(allowed) - there == set(), "no longer needed in the list"


@pytest.mark.parametrize(
    ("touches", "line"),
    [
        (writes, "open(name, 'w')"), (writes, "open(name, mode='ab')"), (writes, "path.open('x')"),
        (writes, "path.write_text(text)"), (writes, "os.open(p, os.O_WRONLY | os.O_CREAT)"),
        (writes, "tempfile.mkstemp()"), (writes, "os.replace(a, b)"), (writes, "path.rename(b)"),
        (writes, "shutil.copy(a, b)"), (reads, "open(name)"), (reads, "path.open('rb')"), (reads, "path.read_text()"),
        (reads, "os.open(name, os.O_RDONLY)"), (prints, "print(1)"), (prints, "sys.stderr.write(text)"),
        (prints, "os.write(1, data)"),
    ],
    ids=range(16),
)  # fmt: skip
def test_each_way_of_doing_it_is_seen(touches: Callable[[str], bool], line: str) -> None:
    assert touches(line)
    assert not touches("text.replace(a, b); names.copy(); store.open(); self.open(ROUTE)")
