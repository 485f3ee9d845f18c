"""Who the fictitious people are: names joined by chance, and numbers and addresses that lead to nobody.

- Telephone numbers begin with 01, which the Norwegian numbering plan keeps for changes to come, so that no subscriber
  has one (Nkom, "Alle nummerserier for norske telefonnumre": 01 is reserved). Norway names no numbers for fiction.
- E-mail addresses end in `.example` (RFC 2606).
- Identity numbers have 80 added to the month: the tax administration's synthetic range, with check digits that fit.
- Streets are made of words that name no street, and addresses stop short of a postcode.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from random import Random
from typing import Final

from msgspec import Struct

PHONE_PREFIX: Final = "+47 01"
SYNTHETIC_MONTH: Final = 80

_GIVEN: Final = (
    "Aisha", "Aksel", "Aleksander", "Amina", "Anders", "Anh", "Anne-Grethe", "Ásllat", "Astrid", "Åse", "Åsmund", "Bao",
    "Benjamin", "Birk", "Bjørn-Erik", "Camilla", "Dariusz", "Elias", "Ella-Sofie", "Emre", "Eskil", "Fadumo", "Faisal",
    "Frøydis", "Gunnar", "Hamza", "Hanne", "Hawa", "Håkon", "Håvard", "Ibrahim", "Inger Johanne", "Issát", "Ivar",
    "Jakub", "Jonas", "Jørgen", "Kacper", "Kevin", "Kjersti", "Kristoffer", "Lars Magnus", "Linh", "Liv", "Łukasz",
    "Máhtte", "Malik", "Maria", "Marte", "Mikkel", "Minh", "Mohamed", "Márjá", "Nhung", "Nikolai", "Nils Ante",
    "Odd-Arne", "Oliver", "Omar", "Paweł", "Per-Øyvind", "Piotr", "Rakel", "Ravdna", "Robin", "Ruben", "Sahra",
    "Sander", "Sára", "Sebastian", "Shabana", "Simen", "Siv", "Stian", "Sunniva", "Synnøve", "Sørine", "Tariq", "Terje",
    "Thi Hoa", "Thomas", "Tobias", "Tomasz", "Torbjørn", "Tuan", "Usman", "Vilde", "Yasmin", "Yusuf", "Zbigniew",
    "Zainab", "Ørjan", "Øystein", "Ådne", "Maximilian-Alexander",
)  # fmt: skip
_FAMILY: Final = (
    "Aamodt", "Abdi", "Ahmed", "Andersen", "Askevold", "Bakke", "Berg", "Bjørnstad", "Bråten", "Buljo", "Chaudhry",
    "Dahl", "Dang", "Egeland", "Eira", "Engebretsen", "Farah", "Finstad", "Fjørtoft", "Gaup", "Gulbrandsen", "Haugen",
    "Hussain", "Håland", "Isaksen", "Iversen", "Jama", "Jørstad", "Kamiński", "Karlsen", "Khan", "Kleppe", "Kowalczyk",
    "Kråkenes", "Lien", "Lindstrøm", "Lund", "Løkken", "Mahmood", "Malik", "Moen", "Myhre", "Mæland", "Nguyen",
    "Nilsen", "Nordbø", "Nygård", "Nykjær", "Olsen", "Osman", "Pedersen", "Pham", "Raja", "Rønning", "Sara", "Sætre",
    "Sand", "Siad",
    "Skjæveland", "Skår", "Solberg", "Somby", "Sørensen", "Tangen", "Tran", "Tveit", "Ugland", "Utsi", "Vo", "Vågen",
    "Warsame", "Wiśniewski", "Wójcik", "Yusuf", "Ødegård", "Østby", "Øvergaard", "Åsheim", "Ås",
)  # fmt: skip
_DOUBLE: Final = (
    "Kristoffersen Bjørklund-Thorvaldsen",
    "Guttormsen Næss",
    "Abdullahi Mohamud",
    "Hætta Sarri",
    "Van Nguyen",
)
_STREETS: Final = (
    "Oppdikterveien", "Liksomgata", "Eksempelfaret", "Påfunnsstien", "Ingenstedsveien", "Dikterspranggata",
    "Luftslottbakken",
    "Tenkemåtefaret", "Skrønesvingen", "Fantasibjørkveien", "Uvirkelighetsgata", "Kladdebokstien", "Månegeitvegen",
    "Trollkattsvingen", "Blekkhusgropa", "Regnbueugleveien",
)  # fmt: skip
_FLAT_LETTERS: Final = {"æ": "ae", "ø": "o", "å": "a", "ł": "l", "đ": "d"}


class Person(Struct, frozen=True):
    """A fictitious person's own columns; `national_id` has eleven digits in the synthetic range."""

    given_name: str
    family_name: str
    birth_date: date
    national_id: str
    phone: str
    email: str


def person(chance: Random, today: date) -> Person:
    """Somebody who does not exist, between 18 and 58 years old `today`."""
    given, family = chance.choice(_GIVEN), family_name(chance)
    born = date.fromordinal(today.toordinal() - chance.randrange(18 * 366, 58 * 365))
    return Person(given, family, born, national_id(chance, born), phone(chance), email(chance, given, family))


def family_name(chance: Random) -> str:
    """A family name, now and then two of them."""
    roll = chance.random()
    if roll < 0.03:
        return chance.choice(_DOUBLE)
    if roll < 0.09:
        return f"{chance.choice(_FAMILY)} {chance.choice(_FAMILY)}"
    return chance.choice(_FAMILY)


def phone(chance: Random) -> str:
    """A telephone number that nobody can have, written as Norwegians write theirs."""
    digits = f"{chance.randrange(1_000_000):06d}"
    return f"{PHONE_PREFIX} {digits[:2]} {digits[2:4]} {digits[4:]}"


def email(chance: Random, given: str, family: str) -> str:
    """An address in a domain that cannot be registered."""
    name = ".".join(_plain(part) for part in (given.split()[0], family.split()[-1]))
    return f"{name}{chance.randrange(10, 99)}@epost.example"


def address(chance: Random) -> str:
    """A house in a street that does not exist."""
    flat = f", H0{chance.randrange(1, 9)}0{chance.randrange(1, 7)}" if chance.random() < 0.6 else ""
    return f"{chance.choice(_STREETS)} {chance.randrange(1, 140)}{chance.choice(('', '', '', 'A', 'B'))}{flat}"


def national_id(chance: Random, born: date) -> str:
    """A synthetic identity number for a birth date from 1940 to 2039, with check digits that fit."""
    from stdnum.no import fodselsnummer

    century = range(500) if born.year < 2000 else range(500, 1000)
    # Not every running number gives check digits of one digit each; some of the first few always do.
    while True:
        start = f"{born.day:02d}{born.month + SYNTHETIC_MONTH:02d}{born.year % 100:02d}{chance.choice(century):03d}"
        first = fodselsnummer.calc_check_digit1(start)
        if len(first) != 1:
            continue
        second = fodselsnummer.calc_check_digit2(start + first)
        if len(second) == 1:
            return start + first + second


def _plain(name: str) -> str:
    low = "".join(_FLAT_LETTERS.get(letter, letter) for letter in name.casefold())
    return "".join(mark for mark in unicodedata.normalize("NFKD", low) if mark.isascii() and mark.isalnum())
