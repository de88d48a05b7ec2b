"""Columns as warehouses have them: days, moments with and without a zone, whole numbers, floats."""

from __future__ import annotations

import duckdb

import leadline
from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.sql import emit_sql
from leadline_compiler.plan import lower
from leadline_compiler.zones import parse_as_of

RULES = """model "M", time zone "{zone}"
contact
  id: text
  due: date
  size: number
events
  call
score s
  +1  "Due"   for every 1 of days since due
  +10 "Large" when size >= 2.5
  +100 "Day"  for each call, at most 1 time per day
"""


def total(zone: str, due: str, size: str = "NULL", calls: str = "", as_of: str = "2026-11-21T12:00") -> int:
    """The total in whole points, with SQL literals as the data."""
    model = leadline.check(RULES.format(zone=zone)).model
    assert model is not None
    emitted = emit_sql(lower(model), "duckdb", as_of=parse_as_of(as_of, model.zone))
    assert isinstance(emitted, Emitted)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'Pacific/Auckland'")
        connection.execute(f"CREATE TABLE contacts AS SELECT 'a' AS id, {due} AS due, {size} AS size")
        connection.execute('CREATE TABLE events (contact TEXT, event TEXT, "at" TIMESTAMPTZ)')
        if calls:
            connection.execute(f"INSERT INTO events SELECT 'a', 'call', unnest([{calls}])")
        row = connection.execute(f"SELECT total FROM ({emitted.files[0][1]})").fetchone()
    assert row is not None
    return int(row[0])


def test_a_bare_day_is_its_midnight_in_the_models_zone() -> None:
    assert total("Europe/Berlin", "DATE '2026-11-20'") == 1
    assert total("America/New_York", "DATE '2026-11-20'", as_of="2026-11-20T23:59") == 0
    assert total("America/New_York", "DATE '2026-11-20'", as_of="2026-11-21T00:00") == 1


def test_a_midnight_that_comes_twice_is_the_earlier() -> None:
    # In Havana the clock went from 1:00 back to 0:00 on 2026-11-01.
    assert total("America/Havana", "DATE '2026-11-01'", as_of="2026-11-01T23:30") == 1
    assert total("America/Havana", "DATE '2026-11-01'", as_of="2026-11-01T22:59") == 0


def test_a_moment_without_a_zone_is_in_utc_and_one_with_a_zone_is_what_it_says() -> None:
    assert total("Asia/Tokyo", "TIMESTAMP '2026-11-20 03:00'") == 1
    assert total("Asia/Tokyo", "TIMESTAMP '2026-11-20 03:00:00.000001'") == 0
    assert total("Asia/Tokyo", "TIMESTAMPTZ '2026-11-20 12:00+09'") == 1


def test_numbers_may_be_whole_or_floats_or_too_large() -> None:
    due = "NULL::DATE"
    assert total("UTC", due, "3") == 10
    assert total("UTC", due, "2.5::DOUBLE") == 10
    assert total("UTC", due, "2.4999994::DECIMAL(20, 7)") == 0
    assert total("UTC", due, "2.4999995::DECIMAL(20, 7)") == 10
    assert total("UTC", due, "1e300") == 0
    assert total("UTC", due, "9223372036854775807") == 0


def test_the_session_of_the_engine_has_no_say_in_what_a_day_is() -> None:
    calls = "TIMESTAMPTZ '2026-11-20 22:30+00', TIMESTAMPTZ '2026-11-20 23:30+00'"
    assert total("Europe/London", "NULL::DATE", calls=calls) == 100
    assert total("Europe/Berlin", "NULL::DATE", calls=calls) == 200
