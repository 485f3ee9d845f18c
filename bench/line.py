"""The program behind a real SSH server on this machine and a slow line: 64 kbit/s and 40 ms each way."""

from __future__ import annotations

import os
import pwd
import tempfile
from pathlib import Path
from typing import Final

from bench.figures import Samples
from bench.programs import BOARD, TYPING, exin
from bench.relay import Relay
from bench.ssh_server import Server
from bench.terminal import Terminal
from bench.vaults import PASSPHRASE, USER, BenchVault, environment

_SILENCE: Final = 0.6
"""Longer than a round trip and a page on the wire."""


def measure(samples: Samples, vault: BenchVault) -> None:
    """Start to settled board, keys and pages, at 120x36 through the line. Raises BenchError when SSH does not work."""
    me = pwd.getpwuid(os.getuid()).pw_name
    with tempfile.TemporaryDirectory() as folder, Server(Path(folder), [me]) as server, Relay(server.port) as relay:
        remote = ["env", *(f"{name}={value}" for name, value in environment().items()), "COLORTERM=truecolor"]
        command = server.client(0, [*remote, *exin(vault)], relay.port)
        with Terminal(command) as terminal:
            terminal.wait(USER)
            terminal.type(PASSPHRASE, TYPING)
            terminal.idle(0.5)
            entered = terminal.press("enter")
            terminal.wait(BOARD)
            terminal.idle(3 * _SILENCE)
            samples.add("line/settled", (terminal.last - entered) * 1e3)
            for key in ("j", "j", "k", "k") * 3:
                samples.add("line/key", terminal.measure(key, _SILENCE).last)
            for key in ("pagedown", "pageup") * 3:
                samples.add("line/page", terminal.measure(key, _SILENCE).last)
