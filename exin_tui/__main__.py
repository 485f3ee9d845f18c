"""`exin`: the passphrase prompt at once where that is what is wanted, the command line for everything else."""

from __future__ import annotations

import os
import sys

from exin_tui import guard

_SERVE = "serve"


def main() -> int:
    """Run what the arguments ask for; answers the exit code, documented in `exin --help`."""
    guard.scrub_environment()
    guard.speak_utf8()
    guard.harden_process()
    try:
        wanted, demo = _plain_start(sys.argv[1:]), _kept_demo(sys.argv[1:])
        started = _served(sys.argv[1:])
        if started is None and (demo or wanted is not None):
            from exin_tui import start

            started = start.kept_demo(demo) if wanted is None else start.from_prompt(*wanted)
        if started is None:
            from exin_tui import cli

            started = cli.run(sys.argv[1:])
        code = started
    except BaseException as error:  # noqa: BLE001 - the one place where every error becomes an exit code
        from exin_tui import leaving

        code = leaving.report(error)
    from exin_tui import leaving

    code = leaving.flush_output(code)
    if _SERVE in sys.argv[1:]:
        # An interpreter that was told to (PYTHONINSPECT) would ask for more Python at its end.
        os._exit(code)
    return code


def _served(arguments: list[str]) -> int | None:
    """The exit code of a session for the one whose SSH key it was, when that is what is plainly asked for."""
    if _SERVE not in arguments:
        return None
    from exin_tui import serve

    command = serve.plain(arguments)
    return None if command is None else serve.run(command)


def _plain_start(arguments: list[str]) -> tuple[str, str] | None:
    """Vault and user name (empty: not named) when nothing but the screens is asked for, else None."""
    named = {"--vault": "", "--user": ""}
    rest = list(arguments)
    while rest:
        option = rest.pop(0)
        if option not in named or not rest or not rest[0] or rest[0].startswith("-"):
            return None
        named[option] = rest.pop(0)
    return named["--vault"], named["--user"]


def _kept_demo(arguments: list[str]) -> str:
    """The folder, when nothing but a demo that is there already is asked for, else empty."""
    if len(arguments) == 3 and arguments[:2] == ["demo", "--keep"]:
        folder = os.path.abspath(os.path.expanduser(arguments[2]))
        if os.path.isfile(os.path.join(folder, "DEMO.txt")):
            return folder
    return ""


if __name__ == "__main__":
    sys.exit(main())
