"""A participant's own name in what was written about them."""

from __future__ import annotations

import pytest

from models.values.own_name import masked


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        ("Ringte Æsop. Han lurer.", "Æsop Øverås", "Ringte EX-4. Han lurer."),
        ("ÆSOP ØVERÅS, æsop øverås", "Æsop Øverås", "EX-4, EX-4"),
        ("Aesop Overaas kom", "Æsop Øverås", "EX-4 kom"),
        ("Lukasz Zolc ringte", "Łukasz Żółć Čáhppe", "EX-4 ringte"),
        ("Saras mor og Sara's far", "Sara Ødegård", "EX-4s mor og EX-4's far"),
        ("Lars og Larsen", "Lars Vik", "EX-4 og Larsen"),
        ("Anne-Marie og Anne", "Anne-Marie Lie", "EX-4 og EX-4"),
        ("Sara\nØdegård", "Sara Ødegård", "EX-4\nEX-4"),
        ("de og van", "Jan van de Berg", "de og van"),
        ("jan", "jan van de berg", "EX-4"),
        ("Moen og Aksel i Moensgate", "Aksel Moen", "EX-4 og EX-4 i Moensgate"),
        ("e\u0301va", "Éva", "EX-4"),
        ("Ringte.", "", "Ringte."),
        ("", "Æsop", ""),
        ("A var her", "A B", "A var her"),
    ],
)
def test_the_name_is_replaced_wherever_it_is_a_word_of_its_own(text: str, name: str, shown: str) -> None:
    assert masked(text, name, "EX-4") == shown
