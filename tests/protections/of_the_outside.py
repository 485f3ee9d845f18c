"""What keeps the case inside, one protection a line: files, terminals, memory, signals, served sessions."""

from __future__ import annotations

from typing import Final

from tests.protections.taken import Taken

_OUTSIDE: Final = ("config/test_outside.py",)
_PLAIN_FILE: Final = ("config/test_plain_file.py",)
_PLAIN: Final = ("config/test_plain.py", "exin_tui/test_cli_outside.py")
_MEMORY: Final = ("exin_tui/test_reading_memory.py", "exin_tui/test_guard.py")
_INPUT: Final = ("exin_tui/test_terminal_input.py", "exin_tui/test_safe_app_terminal.py")
_SIGNALS: Final = ("exin_tui/test_ending_signals.py",)
_SERVE: Final = ("exin_tui/test_serve.py",)
_HOST: Final = ("exin_tui/test_host_keys.py",)

DOOR: Final = (
    Taken("into the vault", "config/outside.py", "if os.path.samestat(found, vault):", "if False:", _OUTSIDE),
    Taken("into a folder below the vault", "config/outside.py",
          'above, seen = os.path.join(above, ".."), (found.st_dev, found.st_ino)', "return", _OUTSIDE),
    Taken("into a hidden folder", "config/outside.py",
          'if self._path.name.startswith(".") and self._place.only is None:', "if False:", _OUTSIDE),
    Taken("a hidden file", "config/outside.py", '    if name.startswith("."):\n', "    if False:\n", _OUTSIDE),
    Taken("any ending", "config/outside.py",
          "return name if Path(name).suffix.lower() == kind else name + kind", "return name", _OUTSIDE),
    Taken("over a file unasked", "config/outside.py", "os.O_WRONLY | os.O_CREAT | os.O_EXCL", "os.O_WRONLY | os.O_CREAT | os.O_TRUNC", _OUTSIDE),
    Taken("through a link when over", "config/outside.py", "                folder.check_plain(self.name)\n",
          "                pass\n", _OUTSIDE),
    Taken("for all to read", "config/outside.py", "_MODE: Final = 0o600", "_MODE: Final = 0o644", _OUTSIDE),
    Taken("half of it stays", "config/outside.py",
          "                with suppress(OSError):\n                    folder.remove(fresh)\n", "", _OUTSIDE),
    Taken("another folder than the one", "config/outside.py", "        if self.only is not None:\n            if set(plain)",
          "        if False:\n            if set(plain)", _OUTSIDE),
    Taken("out of the one folder", "config/outside.py", 'if set(plain) & {"/", "\\\\", ":"} or plain == "..":', "if False:", _OUTSIDE),
    Taken("a folder that has become a link", "config/outside.py", "os.O_RDONLY | os.O_DIRECTORY | _FLAGS)",
          "os.O_RDONLY | os.O_DIRECTORY)", _OUTSIDE),
    Taken("another folder meanwhile", "config/outside.py", "return OutFile(path.parent.resolve(), ", "return OutFile(path.parent, ", _OUTSIDE),
    Taken("a name that steers", "config/outside.py", "        if not plain.isprintable():\n", "        if False:\n", _OUTSIDE),
)  # fmt: skip

FILES: Final = (
    Taken("a pipe is waited at", "config/plain_file.py", "if not stat.S_ISREG(os.stat(name).st_mode):", "if False:", _PLAIN_FILE),
    Taken("what has become another meanwhile", "config/plain_file.py", "if not stat.S_ISREG(os.fstat(handle).st_mode):", "if False:", _PLAIN_FILE),
    Taken("a file without an end", "config/plain_file.py", "    if len(data) > most:\n", "    if False:\n", _PLAIN_FILE),
    Taken("more is read than asked for", "config/plain_file.py", "        count -= len(piece)\n", "", _PLAIN_FILE),
    Taken("numbers of thousands of digits", "config/toml_file.py",
          "except (ValueError, RecursionError) as fault:", "except RecursionError as fault:", _PLAIN_FILE),
    Taken("braces without an end", "config/toml_file.py",
          "except (ValueError, RecursionError) as fault:", "except ValueError as fault:", _PLAIN_FILE),
    Taken("folders for the group", "config/own_folder.py", "os.mkdir(folder, 0o700)", "os.mkdir(folder, 0o770)", _PLAIN_FILE),
    Taken("the umask is the person's", "exin_tui/guard.py", "    os.umask(0o077)\n", "",
          ("exin_tui/test_guard.py", "exin_tui/test_cli_outside.py", "config/test_plain_file.py", "exin_tui/test_unlock_start.py")),
)  # fmt: skip

TERMINAL: Final = (
    Taken("control characters", "config/plain.py", "(not letter.isprintable() or letter in _UNSEEN)", "(letter in _UNSEEN)", _PLAIN),
    Taken("letters that are not seen", "config/plain.py", "(not letter.isprintable() or letter in _UNSEEN)", "(not letter.isprintable())", _PLAIN),
    Taken("a line of output", "exin_tui/printing.py", "\"\\t\".join(map(plain, fields))", "\"\\t\".join(fields)", _PLAIN),
    Taken("output", "exin_tui/printing.py", "stream.write(plain(text, _LINES))", "stream.write(text)", _PLAIN),
    Taken("error output", "exin_tui/printing.py", "_tell(plain(text) + \"\\n\")", "_tell(text + \"\\n\")", _PLAIN),
    Taken("cells", "exin_tui/display/clean.py", "return _UNSAFE.sub(_replace, text) if _UNSAFE.search(text) else text",
          "return text", ("exin_tui/test_safe_app.py", "exin_tui/test_safe_app_terminal.py", "exin_tui/test_display_cells.py")),
    Taken("half a letter is no text", "exin_tui/textual_inside/driver.py", "for event in parser.feed(text) if text else ():",
          "for event in parser.feed(text):", _INPUT),
    Taken("a letter of Latin-1", "exin_tui/terminal_input.py", "if silent >= _HALF_LETTER and self._decoder.getstate()[0]:", "if False:", _INPUT),
    Taken("a control code by Latin-1", "exin_tui/terminal_input.py", "chr(byte) if byte >= 0xA0 else", "chr(byte) if byte >= 0x80 else", _INPUT),
    Taken("a paste without an end", "exin_tui/terminal_input.py",
          'return self._ended() if self._pasting and silent >= patience else ""', 'return ""', _INPUT),
    Taken("a key in a paste without an end", "exin_tui/terminal_input.py", "if self._pasting and text == _INTERRUPT:", "if False:", _INPUT),
    Taken("screens into a file", "exin_tui/guard.py", "        if not is_terminal(stream):\n", "        if False:\n", ("exin_tui/test_guard.py",)),
    Taken("variables that write what is shown", "exin_tui/guard.py", "        del os.environ[name]\n", "        pass\n",
          ("exin_tui/test_guard.py", "exin_tui/test_safe_app_terminal.py")),
    Taken("variables that ask for Python", "exin_tui/guard.py", "        os.environ.pop(name, None)\n    for name in (\"COL",
          "        pass\n    for name in (\"COL", ("exin_tui/test_guard.py", "exin_tui/test_serve.py", "exin_tui/test_loading.py")),
    Taken("a window of a billion columns", "exin_tui/guard.py", "or len(os.environ[name]) > _SIZE_DIGITS:", "or False:",
          ("exin_tui/test_cli_outside.py",)),
)  # fmt: skip

PROCESS: Final = (
    Taken("commands can be read", "exin_tui/cli.py", "    guard.forbid_dumps()\n", "", _MEMORY),
    Taken("the prompt can be read", "exin_tui/loading.py", "        guard.forbid_dumps()\n", "", _MEMORY),
    Taken("dumps are allowed", "exin_tui/guard.py", "prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)", "prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)", _MEMORY),
    Taken("a core file", "exin_tui/guard.py", "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))", "pass", _MEMORY),
    Taken("what is freed stays when locked", "exin_tui/guard.py", "ctypes.CDLL(None).malloc_trim(0)", "pass",
          ("exin_tui/test_locked_memory.py",)),
    Taken("a signal ends it then and there", "exin_tui/ending_signals.py", "signal.signal(number, _raise)", "pass", _SIGNALS),
    Taken("a second signal cuts the end short", "exin_tui/ending_signals.py", "            signal.signal(other, signal.SIG_IGN)\n",
          "            pass\n", _SIGNALS),
    Taken("nohup", "exin_tui/ending_signals.py", "if signal.getsignal(number) is not signal.SIG_IGN:", "if True:", _SIGNALS),
    Taken("commands at a signal", "exin_tui/cli.py", "    ending_signals.end_in_order()\n", "", _SIGNALS),
)  # fmt: skip

SERVED: Final = (
    Taken("the client's environment", "exin_tui/serve.py", "    os.environ.clear()\n", "", _SERVE),
    Taken("a terminal's name of any letters", "exin_tui/serve.py", " and _IN_TERM.issuperset(value)}", "}", _SERVE),
    Taken("a terminal's name of any length", "exin_tui/serve.py", "if 0 < len(value) <= _LONGEST and", "if value and", _SERVE),
    Taken("a person's folder that is another's", "exin_tui/serve.py",
          "if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:", "if False:", _SERVE),
    Taken("a person's folder that is a link", "exin_tui/serve.py", "found = os.lstat(folder)", "found = os.stat(folder)", _SERVE),
    Taken("a person's folder open to others", "exin_tui/serve.py", " or found.st_mode & 0o077:", ":", _SERVE),
    Taken("any command", "exin_tui/serve.py", 'if "--vault" not in named or len(words_left) != 2 or words_left[0] != "serve":',
          'if "--vault" not in named:', _SERVE),
    Taken("the account's settings", "exin_tui/serve.py",
          '    os.environ.update({f"XDG_{kind}_HOME": os.path.join(own, kind.lower()) for kind in ("CONFIG", "STATE", "DATA")})\n', "", _SERVE),
    Taken("files anywhere", "exin_tui/serve.py", "code = start.from_prompt(command.vault, person, os.path.abspath(files))",
          "code = start.from_prompt(command.vault, person)", (*_SERVE, "journeys/test_journey_served.py")),
    Taken("a session without a terminal", "exin_tui/serve.py", "if not all(map(guard.is_terminal, (sys.stdin, sys.stdout, sys.stderr))):",
          "if False:", _SERVE),
    Taken("a name that is a path", "config/served_name.py", "or not plain or not name[0].isalnum()", "or not name[0].isalnum()", _HOST),
    Taken("a name that begins with a dash", "config/served_name.py", " or not name[0].isalnum()", "", _HOST),
)  # fmt: skip
