"""The slow line: everything arrives, in order, later and not faster than the line allows."""

from __future__ import annotations

import socket
import threading
import time

from bench.relay import Relay


def test_bytes_arrive_whole_and_no_faster_than_the_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answer = bytes(range(256)) * 8

        def serve() -> None:
            near, _address = server.accept()
            with near:
                asked = near.recv(16)
                near.sendall(asked + answer)

        thread = threading.Thread(target=serve)
        thread.start()
        with Relay(server.getsockname()[1], seconds=0.02, bits_a_second=160_000) as relay:
            begun = time.monotonic()
            with socket.create_connection(("127.0.0.1", relay.port)) as client:
                client.sendall(b"ask")
                got = b""
                while piece := client.recv(4096):
                    got += piece
            taken = time.monotonic() - begun
        thread.join()
    assert got == b"ask" + answer
    # A busy machine can make it later, nothing can make it sooner: two delays and 2 kB at 20 kB/s.
    assert taken >= 0.04 + 0.1
