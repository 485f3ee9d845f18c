"""What a terminal sends, as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exin_tui.terminal_input import TerminalInput

START, END = b"\x1b[200~", b"\x1b[201~"


def taken(*reads: bytes, gap: float = 0.01) -> str:
    """What these reads, one after the other and then long silence, come to."""
    typed, now, text = TerminalInput(), 0.0, ""
    for data in reads:
        now += gap
        text += typed.overdue(now) + typed.text(data, now)
    for later in (1.0, 10.0):
        text += typed.overdue(now + later)
    return text


@given(st.text(), st.integers(1, 5))
def test_utf_8_comes_whole_however_it_is_cut(text: str, size: int) -> None:
    data = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()
    assert taken(*(data[at : at + size] for at in range(0, len(data), size))).replace(END.decode(), "") == (
        data.decode().replace(END.decode(), "")
    )


@pytest.mark.parametrize(("data", "text"), [(b"\xe5", "å"), (b"bl\xe5b\xe6r", "blåbær"), (b"\xc3", "Ã")])
def test_a_latin_1_terminal_is_understood(data: bytes, text: str) -> None:
    assert taken(data) == text


@given(st.lists(st.binary(max_size=6)))
def test_no_bytes_stop_it_or_become_a_control_code(reads: list[bytes]) -> None:
    text = taken(*reads)
    sent = b"".join(reads)
    assert not any("\x80" <= letter < "\xa0" and letter.encode() not in sent for letter in text)


def test_half_a_letter_is_no_text() -> None:
    typed = TerminalInput()
    assert (typed.text(b"\xc3", 0.0), typed.overdue(0.2), typed.text(b"\xa5", 0.3)) == ("", "", "å")


def test_a_paste_without_an_end_is_left_by_a_key() -> None:
    for leaves in (b"\x1b", b"\x03"):
        typed = TerminalInput()
        typed.text(START + b"halv", 0.0)
        assert typed.text(leaves, 1.0) + typed.overdue(1.2) + typed.overdue(1.4) in (
            "\x1b" + END.decode(),
            END.decode() + "\x03",
        )
        assert typed.text(leaves, 2.0) + typed.overdue(60.0) == leaves.decode()


@pytest.mark.parametrize("size", [1, 3, 100])
def test_a_paste_without_an_end_ends_in_silence_and_one_with_an_end_by_itself(size: int) -> None:
    for paste, added in ((START + b"halv", END.decode()), (START + b"hel" + END, "")):
        typed = TerminalInput()
        text = "".join(typed.text(paste[at : at + size], 0.0) for at in range(0, len(paste), size))
        assert text == paste.decode()
        assert (typed.overdue(4.0), typed.overdue(6.0), typed.overdue(9.0)) == ("", added, "")
