"""Time zones and calendar steps in whole numbers, so that no engine's own reading of them is asked."""

from __future__ import annotations

from leadline_compiler.emit.sql.bands import number_in_bands
from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.expressions import Sql, add, choose, less, multiply, subtract, whole
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.zone_changes import changes_of, offset_before
from leadline_compiler.zones import DAY, LATEST, Zone

_DAYS_BEFORE = 4_000_000
"""Days that are added before a division, so that it never meets a number below 0."""
_ERA = 146_097
"""Days of 400 years."""


def doubled_midnights(zone: Zone) -> tuple[tuple[int, int], ...]:
    """The midnights that came twice, as wall times, each with the earlier of its two moments."""
    found = []
    for change in changes_of(zone.name):
        if change.after < change.before:
            wall = -(-(change.moment + change.after) // DAY) * DAY
            if wall < change.moment + change.before:
                found.append((wall, wall - change.before))
    return tuple(found)


def days_between(dialect: Dialect, early: Sql, late: Sql) -> Sql:
    """The whole number of 24-hour days from one moment to another, rounded down."""
    span = subtract(late, early)
    return subtract(dialect.quotient(add(span, whole(_DAYS_BEFORE * DAY)), whole(DAY)), whole(_DAYS_BEFORE))


def offset_at(dialect: Dialect, zone: Zone, moment: Sql, until: int = LATEST) -> Sql:
    """The offset of the zone at a moment that is not after `until`, in microseconds."""
    changes = [change for change in changes_of(zone.name) if change.moment <= until]
    if not changes:
        return whole(_first_offset(zone))
    return _steps(dialect, moment, [(change.moment, change.after) for change in changes], changes[0].before)


def local_day(dialect: Dialect, zone: Zone, moment: Sql, until: int = LATEST) -> Sql:
    """A number for the calendar day of a moment in the zone."""
    return days_between(dialect, whole(0), add(moment, offset_at(dialect, zone, moment, until)))


def moment_of_wall(dialect: Dialect, zone: Zone, wall: Sql) -> Sql:
    """The moment of a wall time: the earlier of two, and moved forward by a gap."""
    changes = changes_of(zone.name)
    if not changes:
        return subtract(wall, whole(_first_offset(zone)))
    rows = [(change.moment + max(change.before, change.after), change.after) for change in changes]
    return subtract(wall, _steps(dialect, wall, rows, changes[0].before))


def _first_offset(zone: Zone) -> int:
    return offset_before(zone.name)


def _steps(dialect: Dialect, place: Sql, rows: list[tuple[int, int]], before: int) -> Sql:
    kept, last = [], before
    for start, value in rows:
        if value != last:
            kept.append((start, value))
            last = value
    return number_in_bands(place, kept, before, dialect)


def months_back(dialect: Dialect, zone: Zone, moment: Sql, months: int, frame: Frame) -> Sql:
    """The moment so many calendar months earlier in the zone, on the month's last day where the day is missing."""
    wall = frame.store(add(moment, offset_at(dialect, zone, moment)), "wall")
    day = frame.store(days_between(dialect, whole(0), wall), "day")
    # Years begin in March here, so that a leap day is the last of its year.
    era_day = frame.store(add(day, whole(719_468)), "era_day")
    era = frame.store(dialect.quotient(era_day, whole(_ERA)), "era")
    day_of_era = frame.store(subtract(era_day, multiply(era, whole(_ERA))), "day_of_era")
    leaps = [(whole(1460), -1), (whole(36_524), 1), (whole(_ERA - 1), -1)]
    corrected: Sql = day_of_era
    for length, sign in leaps:
        corrected = add(corrected, multiply(whole(sign), dialect.quotient(day_of_era, length)))
    year = frame.store(dialect.quotient(corrected, whole(365)), "year_of_era")
    day_of_year = frame.store(subtract(day_of_era, _days_of_years(dialect, year)), "day_of_year")
    month = frame.store(dialect.quotient(add(multiply(day_of_year, whole(5)), whole(2)), whole(153)), "month")
    of_month = frame.store(subtract(day_of_year, _days_of_months(dialect, month)), "of_month")
    all_months = multiply(add(multiply(era, whole(400)), year), whole(12))
    index = frame.store(subtract(add(all_months, month), whole(months)), "months")
    start = frame.store(_first_day(dialect, index, frame), "start")
    after = frame.store(_first_day(dialect, add(index, whole(1)), frame), "start")
    length_of = frame.store(subtract(after, start), "length")
    kept = choose([(less(of_month, length_of), of_month)], subtract(length_of, whole(1)))
    time = subtract(wall, multiply(day, whole(DAY)))
    earlier = frame.store(add(multiply(add(start, kept), whole(DAY)), time), "wall")
    return moment_of_wall(dialect, zone, earlier)


def _days_of_years(dialect: Dialect, year: Sql) -> Sql:
    leaps = subtract(dialect.quotient(year, whole(4)), dialect.quotient(year, whole(100)))
    return add(multiply(year, whole(365)), leaps)


def _days_of_months(dialect: Dialect, month: Sql) -> Sql:
    return dialect.quotient(add(multiply(month, whole(153)), whole(2)), whole(5))


def _first_day(dialect: Dialect, index: Sql, frame: Frame) -> Sql:
    """The number of the first day of a month, counted from March of the year 0."""
    counted = frame.settled(index, "months")
    years = frame.store(dialect.quotient(counted, whole(12)), "years")
    month = subtract(counted, multiply(years, whole(12)))
    eras = dialect.quotient(years, whole(400))
    days = add(multiply(years, whole(365)), dialect.quotient(years, whole(4)))
    days = add(subtract(days, dialect.quotient(years, whole(100))), eras)
    return subtract(add(days, _days_of_months(dialect, month)), whole(719_468))
