"""Sets between brackets: `[a-z_]`, `[^\\d.]`, `[[:alpha:]-]`."""

import re

from leadline_compiler.patterns.casing import close_under_case
from leadline_compiler.patterns.classes import POSIX_CLASSES
from leadline_compiler.patterns.cursor import Cursor
from leadline_compiler.patterns.errors import quoted, reject
from leadline_compiler.patterns.escapes import read_character_escape, read_set_escape
from leadline_compiler.patterns.ranges import Range, Ranges, complement, join

POSIX = re.compile(r"\[:(\^?)(.*?):\]", re.DOTALL)


def read_brackets(cursor: Cursor, ignore_case: bool) -> Ranges:
    """Read a set from its `[` to its `]`."""
    start = cursor.at
    cursor.take()
    negated = cursor.take_if("^")
    characters: list[Range] = []
    named: list[Range] = []
    first = True
    # A `]` that comes first stands for itself.
    while first or not cursor.sees("]"):
        if cursor.at_end():
            reject(start, start + 1, "`[` without its `]`", r"for the bracket itself write `\[`")
        first = False
        ranges = _read_named(cursor, ignore_case)
        if ranges is None:
            characters.append(_read_range(cursor))
        else:
            named.extend(ranges)
    cursor.take()
    plain = join(characters)
    whole = join([*(close_under_case(plain) if ignore_case else plain), *named])
    return complement(whole) if negated else whole


def _read_named(cursor: Cursor, ignore_case: bool) -> Ranges | None:
    if cursor.sees("\\"):
        return read_set_escape(cursor, ignore_case)
    start = cursor.at
    found = cursor.take_match(POSIX)
    if found is None:
        return None
    if found[2] not in POSIX_CLASSES:
        known = ", ".join(POSIX_CLASSES)
        reject(start, cursor.at, f"{quoted(found[0])} is no known kind of character", f"the known ones are {known}")
    ranges = POSIX_CLASSES[found[2]]
    closed = close_under_case(ranges) if ignore_case else ranges
    return complement(closed) if found[1] else closed


def _read_range(cursor: Cursor) -> Range:
    start = cursor.at
    low = _read_character(cursor)
    # A `-` right before the `]` stands for itself.
    if not cursor.sees("-") or cursor.sees("-]"):
        return (low, low)
    cursor.take()
    if cursor.at_end():
        return (low, low)
    _reject_set_as_end(cursor, start)
    high = _read_character(cursor)
    if high < low:
        shape = cursor.since(start)
        reject(start, cursor.at, f"the range {quoted(shape)} runs backwards", "put the lower character first")
    return (low, high)


def _read_character(cursor: Cursor) -> int:
    return read_character_escape(cursor) if cursor.sees("\\") else ord(cursor.take())


def _reject_set_as_end(cursor: Cursor, start: int) -> None:
    if cursor.sees("\\") and cursor.text[cursor.at + 1 : cursor.at + 2] in tuple("dDsSwWpP"):
        cursor.take(2)
        shape = cursor.since(start)
        advice = r"for the `-` itself write `\-`"
        reject(start, cursor.at, f"the range {quoted(shape)} ends in a whole set of characters", advice)
