"""The table of a zone and the arithmetic with it say what the time zone database says, in any year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from leadline_compiler.emit.runtime.python import moments
from leadline_compiler.emit.zone_table import zone_table
from leadline_compiler.zones import Duration, Unit, Zone
from unit.emit.zone_walls import MICROSECOND, ZONES, some_walls

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def emitted(name: str) -> moments.Zone:
    table = zone_table(name)
    return moments.Zone(table.first, table.changes, table.offsets, table.regular)


@pytest.mark.parametrize("name", ZONES)
def test_offsets_are_those_of_the_time_zone_database(name: str) -> None:
    zone = emitted(name)
    for wall in some_walls(Random(name), name):
        moment = (wall.replace(tzinfo=UTC) - EPOCH) // MICROSECOND
        offset = wall.replace(tzinfo=UTC).astimezone(ZoneInfo(name)).utcoffset()
        assert timedelta(seconds=zone.offset(moment)) == offset, wall


@pytest.mark.parametrize("name", ZONES)
def test_wall_times_mean_the_moments_of_the_language(name: str) -> None:
    zone = emitted(name)
    for wall in some_walls(Random(f"walls {name}"), name):
        assert zone.moment((wall.replace(tzinfo=UTC) - EPOCH) // MICROSECOND) == Zone(name).moment(wall), wall


@pytest.mark.parametrize("name", ZONES)
def test_months_count_back_as_in_the_language(name: str) -> None:
    random = Random(f"months {name}")
    for wall in some_walls(random, name):
        moment, months = Zone(name).moment(wall), random.choice((1, 2, 6, 12, 13, 120, 100_000))
        assert moments.months_back(moment, months, emitted(name)) == Zone(name).back(
            moment, Duration(months, Unit.MONTHS)
        )


@pytest.mark.parametrize("name", ["Europe/Berlin", "Asia/Kolkata", "America/New_York"])
def test_moments_are_written_with_the_offset_of_their_time(name: str) -> None:
    for wall in some_walls(Random(f"write {name}"), name):
        moment = Zone(name).moment(wall)
        assert moments.write_moment(moment, emitted(name)) == Zone(name).write(moment)


@pytest.mark.parametrize("name", ZONES)
def test_the_table_is_short_where_a_rule_governs_the_clocks(name: str) -> None:
    table = zone_table(name)
    assert list(table.changes) == sorted(set(table.changes))
    assert len(table.changes) == len(table.offsets) < 450
