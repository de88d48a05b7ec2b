"""Instants as people write them."""

from __future__ import annotations

from leadline_compiler.zones import UTC_ZONE, Zone, parse_as_of


def parse_instant(text: str, zone: Zone = UTC_ZONE) -> int | None:
    """The instant of a run in microseconds: a day is its last microsecond in the zone; None for what is no date."""
    return parse_as_of(text.strip(), zone)


def say_instant(instant: int, zone: Zone) -> str:
    """The instant of a run in words: `21 Nov 2026, end of the day`."""
    # Reading a date waits for no report.
    from leadline.reports.moments import Now, say_as_of

    return say_as_of(Now(zone, instant))
