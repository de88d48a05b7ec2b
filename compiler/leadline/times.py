"""Instants as people write them."""

from __future__ import annotations

from leadline_compiler.zones import UTC_ZONE, Zone, parse_as_of


def parse_instant(text: str, zone: Zone = UTC_ZONE) -> int | None:
    """The instant of a run in microseconds: a day is its last microsecond in the zone; None for what is no date."""
    return parse_as_of(text.strip(), zone)
