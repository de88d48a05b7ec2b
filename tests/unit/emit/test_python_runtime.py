"""The Python runtime reads and reckons as the language does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from leadline.readers.columns import Place, column_reader
from leadline.readers.headings import normalise_heading
from leadline_compiler import decays as language_decays
from leadline_compiler import numbers as language_numbers
from leadline_compiler.emit.runtime.python import dates, decays, keys, moments, numbers, texts, values
from leadline_compiler.emit.runtime.python.events import read_id
from leadline_compiler.model import Decay
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import domain_of
from leadline_compiler.values import BAD
from leadline_compiler.zones import UTC_ZONE, Duration, Unit
from unit.emit.raw_values import HEADINGS, RAW

UTC_TABLE = moments.Zone(0, (), (), 1901)
READERS: dict[Kind, Any] = {
    Kind.TEXT: values.read_text,
    Kind.CHOICE: lambda raw: values.read_choice(raw, {"ceo", "strasse"}),
    Kind.NUMBER: values.read_number,
    Kind.YES_NO: values.read_yes_no,
    Kind.DATE: lambda raw: dates.read_date(raw, UTC_TABLE),
    Kind.LIST: values.read_list,
}


@pytest.mark.parametrize("kind", Kind)
def test_raw_values_are_read_as_in_the_language(kind: Kind) -> None:
    for raw in RAW:
        expected = column_reader(ValueType(kind, ("CEO", "Straße")), UTC_ZONE, Place("x"))(raw)
        found = READERS[kind](raw)
        written = getattr(found, "written", found)
        assert written == (None if expected is BAD else expected), repr(raw)
        assert type(written) is not int or type(expected) is int


def test_keys_are_alike_where_headings_are() -> None:
    assert [heading for heading in HEADINGS if keys.alike(heading) != normalise_heading(heading)] == []


def test_numbers_are_read_and_reckoned_as_in_the_language() -> None:
    random = Random(1)
    known = [parsed for _ in range(3000) if (parsed := same_number(random)) is not None]
    for _ in range(3000):
        left, right = random.choice(known), random.choice(known)
        assert numbers.multiply(left, right) == language_numbers.multiply(left, right)
        assert numbers.divide(left, right) == language_numbers.divide(left, right)
        assert numbers.write_points(left) == language_numbers.json_number(left, 1000)


def same_number(random: Random) -> int | None:
    whole, decimals = random.randrange(10 ** random.randint(1, 14)), random.randrange(10 ** random.randint(1, 9))
    text = (
        f"{random.choice('+- ')}{whole}{random.choice(('', f'.{decimals}'))}{random.choice(('', 'e3', 'E-7', 'e+12'))}"
    )
    parsed = numbers.parse_number(text)
    assert parsed == language_numbers.parse_number(text), text
    return parsed


@pytest.mark.parametrize("kind", ["halving", "losing of rest", "losing of original", "fading"])
def test_decays_leave_what_they_leave_in_the_language(kind: Any) -> None:
    random = Random(kind)
    for _ in range(200):
        percent = Fraction(random.choice((1, 25, 100, Fraction(1, 1000), Fraction(99_999_999, 10**6))))
        every = Duration(random.choice((1, 30)), Unit.DAYS)
        table = decays.Decay(kind, every.length, int(percent * 10**6), every.count)
        points, steps = random.randint(-(10**7), 10**7), random.choice((0, 1, 7, 29, 4096, 5000, 10**6))
        expected = language_decays.left_after(points, Decay(kind, every, percent), steps)
        assert decays.left_after(points, table, steps) == expected


def test_what_follows_the_last_at_sign_is_the_domain() -> None:
    for text in ("a@b@C.com", "a@", "@", "a", "a@ x ", "Ａ＠Ｂ"):
        folded = texts.make_text(text)
        expected = None if folded is None else domain_of(folded.folded)
        found = texts.domain_of(folded)
        assert (None if found is None else found.folded) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (" 7 ", "7"),
        ("7.00", "7"),
        (7.0, "7"),
        ("7.10", "7.10"),
        (True, ""),
        (None, ""),
        ([], ""),
        (Decimal("7.50"), "7.5"),
    ],
)
def test_ids_are_trimmed_and_whole_numbers_have_no_decimals(raw: Any, expected: str) -> None:
    assert read_id(raw) == expected


def test_an_as_of_comes_as_day_moment_microseconds_or_datetime() -> None:
    nine = datetime(2026, 11, 21, 9, tzinfo=UTC)
    moment = int(nine.timestamp()) * 10**6
    for as_of in ("2026-11-21T09:00", " 2026-11-21T10:00+01:00", moment, nine, nine.replace(tzinfo=None)):
        assert moments.read_as_of(as_of, UTC_TABLE) == moment
    for day in ("2026-11-21", date(2026, 11, 21)):
        assert moments.read_as_of(day, UTC_TABLE) == moment + 15 * 3600 * 10**6 - 1
