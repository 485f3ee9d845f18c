"""`exin`: the passphrase prompt at once where that is what is wanted, the command line for everything else."""

from __future__ import annotations

import os
import sys

from exin_tui import guard


def main() -> int:
    """Run what the arguments ask for; answers the exit code, documented in `exin --help`."""
    guard.scrub_environment()
    guard.harden_process()
    try:
        wanted, demo = _plain_start(sys.argv[1:]), _kept_demo(sys.argv[1:])
        started: int | None = None
        if demo or wanted is not None:
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

    return leaving.flush_output(code)


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
