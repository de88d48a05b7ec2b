"""Zones whose clocks do unusual things, and wall times at which they do."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from leadline_compiler.emit.zone_table import zone_table

ZONES = (
    "UTC",
    "Africa/Casablanca",
    "America/New_York",
    "America/Santiago",
    "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Apia",
)
MICROSECOND = timedelta(microseconds=1)


def some_walls(random: Random, name: str) -> list[datetime]:
    """Wall times of all ages, and many about the hours in which clocks change."""
    years = [random.choice((random.randint(1850, 2160), random.randint(2, 9998))) for _ in range(150)]
    walls = [datetime(year, 1, 1) + timedelta(seconds=random.randrange(365 * 86_400)) for year in years]
    changes = random.sample(zone_table(name).changes, min(60, len(zone_table(name).changes)))
    near = [datetime(1970, 1, 1) + timedelta(seconds=change + random.randint(-90_000, 90_000)) for change in changes]
    return [wall + random.randrange(10**6) * MICROSECOND for wall in walls + near]
