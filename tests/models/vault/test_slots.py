"""The slots file: one exact form, and everything else refused."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.vault import slots as slots_module
from models.vault.errors import CannotUnlock, DamagedSlots, NewerVersion
from models.vault.keys import KdfParameters
from models.vault.slots import (
    MAXIMUM_BYTES,
    SlotsFile,
    parse,
    pin_data,
    read_slots,
    root_data,
    sealing_data,
    seed_data,
    wrapping_data,
)
from tests.models.vault.vault_sample import Vault

FILE = Path("slots.json")
on_one_vault = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _text(content: Any) -> bytes:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    whole = {"checksum": hashlib.sha256(canonical).hexdigest(), "content": content}
    return (json.dumps(whole, sort_keys=True, indent=1) + "\n").encode()


def test_what_is_written_is_read_again(vault: Vault) -> None:
    data = vault.place.slots.read_bytes()
    slots = parse(data, FILE)
    assert slots.encoded() == data
    assert _text(json.loads(data)["content"]) == data
    assert len(slots.slots) == 2
    assert (slots.epoch, slots.generation) == (1, 2)


def test_no_user_name_and_no_secret_stands_in_it(vault: Vault) -> None:
    text = vault.place.slots.read_text().casefold()
    for word in ("kari", "nordby", "ola", "sørli", "staple", "battery"):
        assert word.casefold() not in text
    assert repr(parse(vault.place.slots.read_bytes(), FILE)).count("\\x") == 0


def test_every_flipped_bit_is_named_before_a_passphrase_is_tried(vault: Vault) -> None:
    data = vault.place.slots.read_bytes()
    for place in range(len(data)):
        flipped = bytearray(data)
        flipped[place] ^= 1 << place % 8
        with pytest.raises(DamagedSlots):
            parse(bytes(flipped), FILE)


def test_every_truncation_is_named(vault: Vault) -> None:
    data = vault.place.slots.read_bytes()
    for length in range(len(data)):
        with pytest.raises(DamagedSlots):
            parse(data[:length], FILE)


@on_one_vault
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_plain_words(data: bytes) -> None:
    with pytest.raises(DamagedSlots) as caught:
        parse(data, FILE)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    "data",
    [b"[" * 100_000, b"1" * 5000, b'{"content": {}, "checksum": NaN}', b"{}", b"[]", b"null", b" " * (1024 * 1024 + 1)],
    ids=lambda data: data[:12].decode(),
)
def test_hostile_json_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedSlots):
        parse(data, FILE)


def _content(vault: Vault) -> dict[str, Any]:
    return json.loads(vault.place.slots.read_bytes())["content"]


def _set(path: str, value: Any) -> Any:
    def change(content: Any) -> None:
        *outer, last = (int(step) if step.isdigit() else step for step in path.split("."))
        for step in outer:
            content = content[step]
        content[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (_set("slots.0.kdf.memory_kib", 1024), "kdf"),
        (_set("slots.0.kdf.passes", 1), "kdf"),
        (_set("slots.0.kdf.memory_kib", 2**40), "kdf"),
        (_set("slots.0.kdf.lanes", True), "lanes"),
        (_set("slots.0.kdf", []), "kdf"),
        (_set("slots.0.tag", "00"), "tag"),
        (_set("slots.0.public", "G" * 64), "public"),
        (_set("slots.0.sealed", "AB" * 80), "sealed"),
        (_set("slots.0.wrapped", None), "wrapped"),
        (_set("slots", {}), "slots"),
        (_set("slots", [1]), "slots"),
        (_set("recovery", None), "recovery"),
        (_set("epoch", 0), "epoch"),
        (_set("generation", 1.0), "generation"),
        (_set("generation", 2**60), "generation"),
        (_set("salt", "00" * 17), "salt"),
        (_set("vault", "٠" * 32), "vault"),
        (_set("format", "1"), "format"),
        (_set("slots.0.root", "00"), "root"),
        (_set("slots.0.seed", None), "seed"),
        (_set("recovery.root", ""), "root"),
        (_set("recovery.pin", "00" * 59), "pin"),
        (_set("roster", []), "roster"),
        (_set("roster.members", []), "members"),
        (_set("roster.members", {"0" * 32: 1}), "members"),
        (_set("roster.members", {"0" * 32: {"role": "king"}}), "role"),
        (_set("roster.root", "00"), "root"),
        (_set("roster.signature", "0" * 127), "signature"),
        (_set("roster.fingerprint", 1), "fingerprint"),
        (_set("roster.epoch", True), "epoch"),
        (_set("renewals", {}), "renewals"),
        (_set("renewals", [1]), "renewals"),
        (_set("renewals", [{"slot": "0"}]), "slot"),
        (_set("renewals", [{}] * 201), "renewals"),
        (_set("roots", None), "roots"),
        (_set("roots", [{"root": "00" * 32}]), "signature"),
        (_set("roots", [{}] * 201), "roots"),
        (_set("format", 0), "format"),
    ],
)
def test_every_field_is_checked_and_named(vault: Vault, change: Any, field: str) -> None:
    content = _content(vault)
    change(content)
    with pytest.raises(DamagedSlots, match=f"“{field}”"):
        parse(_text(content), FILE)


def test_too_many_and_double_slots_are_refused(vault: Vault) -> None:
    content = _content(vault)
    double = {**content, "slots": [content["slots"][0]] * 2}
    many = {**content, "slots": [content["slots"][0]] * 501}
    for changed in (double, many):
        with pytest.raises(DamagedSlots):
            parse(_text(changed), FILE)


def test_an_unknown_field_is_refused(vault: Vault) -> None:
    with pytest.raises(DamagedSlots):
        parse(_text({**_content(vault), "also": 1}), FILE)


def test_a_newer_format_is_no_damage(vault: Vault) -> None:
    vault.place.slots.write_bytes(_text({"format": slots_module.FORMAT + 1, "anything": ["else"]}))
    before = vault.contents()
    with pytest.raises(NewerVersion, match="newer version") as caught:
        vault.kari()
    assert caught.value.exit_code == 5
    assert vault.contents() == before


def test_what_is_changed_on_purpose_is_noticed(vault: Vault) -> None:
    slots = read_slots(vault.place.slots)
    kari, ola = slots.slots
    forged = [
        replace(slots, generation=slots.generation + 1),
        replace(slots, epoch=2),
        replace(slots, slots=(kari,)),
        replace(slots, slots=(ola, kari)),
        replace(slots, slots=(kari, replace(ola, public=bytes(31) + b"\1"))),
        replace(slots, slots=(replace(kari, sealed=ola.sealed), ola)),
        replace(slots, slots=(replace(kari, wrapped=ola.wrapped), ola)),
        replace(slots, slots=(replace(kari, id="0" * 32), ola)),
        replace(slots, vault_id="0" * 32),
    ]
    for changed in forged:
        _refused(vault, changed)


def _refused(vault: Vault, changed: SlotsFile) -> None:
    vault.place.slots.write_bytes(changed.encoded())
    before = vault.contents()
    with pytest.raises(DamagedSlots, match="somebody other"):
        vault.kari()
    assert vault.contents() == before


def test_a_slot_of_another_vault_is_noticed(vault: Vault, other: Vault) -> None:
    mine, theirs = read_slots(vault.place.slots), read_slots(other.place.slots)
    mixed = replace(mine, slots=(mine.slots[0], theirs.slots[1]))
    vault.place.slots.write_bytes(mixed.encoded())
    with pytest.raises(DamagedSlots, match="somebody other"):
        vault.kari()
    with pytest.raises(CannotUnlock):
        vault.ola()


def test_each_secret_is_bound_to_its_vault_its_holder_and_its_time() -> None:
    """What one of them is bound to is no other's: neither put into another's place nor kept for later does it open."""
    cheap, dear = KdfParameters(16384, 2, 1), KdfParameters(16384, 3, 1)
    bound = [
        *(wrapping_data(vault, slot, cost) for vault in "ab" for slot in "cd" for cost in (cheap, dear)),
        *(sealing_data(vault, epoch, slot) for vault in "ab" for epoch in (1, 2) for slot in ("c", "d", None)),
        *(root_data(vault, root, slot) for vault in "ab" for root in (b"1", b"2") for slot in ("c", "d", None)),
        *(seed_data(vault, slot) for vault in "ab" for slot in "cd"),
        *(pin_data(vault) for vault in "ab"),
    ]
    assert len(bound) == 38
    assert len({*bound}) == len(bound)


def test_what_is_wrong_with_the_text_is_said(vault: Vault) -> None:
    whole = vault.place.slots.read_bytes()
    with pytest.raises(DamagedSlots, match="checksum does not fit"):
        parse(whole.replace(b'"epoch": 1', b'"epoch": 2'), vault.place.slots)
    with pytest.raises(DamagedSlots, match="far too large"):
        parse(whole + b" " * MAXIMUM_BYTES, vault.place.slots)
