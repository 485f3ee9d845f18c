"""Instruments of mapping as data: what is asked of each part of life, the steps, and the services that may be wanted.

Source: the Trondheim report on its mapping interviews, whose form it does not hold; the questions are ours.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from config.programme.fields import FromOne, check_named, read
from config.programme.labels import Choice, WithId, Words, with_id
from config.programme.overlay import Record, Source, gather, nested
from config.words import _

STEPS: Final = ("1", "2", "3", "4", "5")


class Asked(WithId, frozen=True):
    """A part of life that an instrument goes into, by the id of `choices.domain`, and what it asks there."""

    ask: Words


class Service(Choice, frozen=True):
    """A service that somebody may have or want in one part of life."""

    domain: str


class Instrument(WithId, frozen=True):
    """One instrument; `scale` are the five steps in words."""

    version: FromOne
    name: Words
    scale: tuple[Choice, ...]
    domains: tuple[Asked, ...]
    services: tuple[Service, ...]

    def step(self, id: str) -> Choice | None:
        """A step in words, None for what is none."""
        return with_id(self.scale, id)

    def services_of(self, domain: str) -> tuple[Service, ...]:
        """What is offered in one part of life."""
        return tuple(one for one in self.services if one.domain == domain)


def instruments(sources: Sequence[Source], domains: Collection[str]) -> tuple[Instrument, ...]:
    """From the table `instruments`; `domains` are the parts of life there are. Raises `ProgrammeError`."""
    return tuple(_instrument(record, domains) for record in gather(sources, "instruments"))


def _instrument(record: Record, domains: Collection[str]) -> Instrument:
    for key in ("scale", "domains", "services"):
        if key not in record.values:
            raise record.missing(key)
    scale, asked, offered = (nested(record, key) for key in ("scale", "domains", "services"))
    for inner in asked:
        check_named(inner, "id", domains)
    ids = [inner.id for inner in asked]
    record.values |= {
        "scale": [read(inner, Choice) for inner in scale],
        "domains": [read(inner, Asked) for inner in asked],
        "services": [read(inner, Service, {"domain": ids}) for inner in offered],
    }
    found = read(record, Instrument)
    if tuple(step.id for step in found.scale) != STEPS:
        raise record.error("scale", _("expected the steps {known}, in this order").format(known=", ".join(STEPS)))
    if not found.domains:
        raise record.error("domains", _("an instrument asks about at least one part of life"))
    return found
