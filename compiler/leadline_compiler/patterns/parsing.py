"""From a pattern's text to its syntax tree, in one pass and without recursion."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from leadline_compiler.patterns.brackets import read_brackets
from leadline_compiler.patterns.casing import close_under_case
from leadline_compiler.patterns.classes import NO_NEWLINE
from leadline_compiler.patterns.cursor import Cursor
from leadline_compiler.patterns.errors import PatternError, RejectedError, quoted, reject
from leadline_compiler.patterns.escapes import read_character_escape, read_set_escape
from leadline_compiler.patterns.groups import Flags, read_group_opening
from leadline_compiler.patterns.pieces import MAX_REPEAT, MAX_SIZE, Piece, either, in_sequence, repeated, single
from leadline_compiler.patterns.ranges import EVERYTHING, Ranges
from leadline_compiler.patterns.tree import Anchor, Chars, Pattern, Place

MAX_DEPTH = 1000
MAX_LENGTH = 5000
# All letters are some 650 ranges. Written out for another language, a range takes up to twenty characters.
MAX_RANGES = 50_000
# With a leading zero it is no repeat, and the brace stands for itself.
COUNTS = re.compile(r"\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}")
BOUNDS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
PLACES = {"A": Place.TEXT_START, "z": Place.TEXT_END, "b": Place.WORD_EDGE, "B": Place.NO_WORD_EDGE}


@dataclass(slots=True)
class Level:
    """A group that is still open: where it began, the flags to return to after it, and what has been read in it."""

    opened_at: int
    flags_outside: Flags
    branches: list[Piece] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """All that the parser knows while it moves through the text. The first level is the pattern itself."""

    cursor: Cursor
    flags: Flags
    levels: list[Level]
    names: set[str] = field(default_factory=set)
    ranges: int = 0
    last_repeat: tuple[int, int] | None = None


def parse_pattern(text: str) -> Pattern | PatternError:
    """Read a pattern. Never raises: what cannot be read, or would grow too large, comes back as the first error."""
    try:
        return Pattern(text, _parse(text).node)
    except RejectedError as rejected:
        return rejected.error


def _parse(text: str) -> Piece:
    if len(text) > MAX_LENGTH:
        reject(MAX_LENGTH, len(text), f"the pattern is longer than {MAX_LENGTH} characters")
    reading = Reading(Cursor(text), Flags(), [Level(0, Flags())])
    while not reading.cursor.at_end():
        handle = HANDLERS.get(reading.cursor.peek(), _read_literal)
        handle(reading)
    if len(reading.levels) > 1:
        opened_at = reading.levels[-1].opened_at
        reject(opened_at, opened_at + 1, "`(` without its `)`", r"for the bracket itself write `\(`")
    whole = _finished(reading.levels[-1])
    _check_size(whole, 0, len(text))
    return whole


def _finished(level: Level) -> Piece:
    return either([*level.branches, in_sequence(level.pieces)])


def _check_size(piece: Piece, start: int, end: int) -> None:
    if piece.size > MAX_SIZE:
        message = f"the pattern is too large: spelled out it has {piece.size} steps, above {MAX_SIZE}"
        reject(start, end, message, "lower the repeats, or split the pattern into several tests")


def _add(reading: Reading, piece: Piece) -> None:
    reading.levels[-1].pieces.append(piece)


def _add_chars(reading: Reading, ranges: Ranges) -> None:
    reading.ranges += len(ranges)
    if reading.ranges > MAX_RANGES:
        message = "the pattern has too many sets of characters like `\\pL`"
        reject(0, reading.cursor.at, message, "split the pattern into several tests")
    _add(reading, single(Chars(ranges)))


def _add_character(reading: Reading, code_point: int) -> None:
    ranges = ((code_point, code_point),)
    _add_chars(reading, close_under_case(ranges) if reading.flags.ignore_case else ranges)


def _read_literal(reading: Reading) -> None:
    _add_character(reading, ord(reading.cursor.take()))


def _read_dot(reading: Reading) -> None:
    reading.cursor.take()
    _add_chars(reading, EVERYTHING if reading.flags.dot_takes_newline else NO_NEWLINE)


def _read_set(reading: Reading) -> None:
    _add_chars(reading, read_brackets(reading.cursor, reading.flags.ignore_case))


def _read_caret(reading: Reading) -> None:
    reading.cursor.take()
    _add(reading, single(Anchor(Place.LINE_START if reading.flags.by_line else Place.TEXT_START)))


def _read_dollar(reading: Reading) -> None:
    reading.cursor.take()
    _add(reading, single(Anchor(Place.LINE_END if reading.flags.by_line else Place.TEXT_END)))


def _read_backslash(reading: Reading) -> None:
    cursor = reading.cursor
    if cursor.take_if(r"\Q"):
        _read_quotation(reading)
        return
    place = PLACES.get(cursor.text[cursor.at + 1 : cursor.at + 2])
    if place is not None:
        cursor.take(2)
        _add(reading, single(Anchor(place)))
        return
    ranges = read_set_escape(cursor, reading.flags.ignore_case)
    if ranges is not None:
        _add_chars(reading, ranges)
    else:
        _add_character(reading, read_character_escape(cursor))


def _read_quotation(reading: Reading) -> None:
    cursor = reading.cursor
    while not cursor.at_end() and not cursor.take_if(r"\E"):
        _read_literal(reading)


def _next_branch(reading: Reading) -> None:
    reading.cursor.take()
    level = reading.levels[-1]
    level.branches.append(in_sequence(level.pieces))
    level.pieces = []


def _open_group(reading: Reading) -> None:
    start = reading.cursor.at
    flags_outside = reading.flags
    reading.flags, opened = read_group_opening(reading.cursor, reading.flags, reading.names)
    if not opened:
        return
    if len(reading.levels) > MAX_DEPTH:
        reject(start, start + 1, f"more than {MAX_DEPTH} groups inside each other")
    reading.levels.append(Level(start, flags_outside))


def _close_group(reading: Reading) -> None:
    cursor = reading.cursor
    if len(reading.levels) == 1:
        reject(cursor.at, cursor.at + 1, "`)` without its `(`", r"for the bracket itself write `\)`")
    cursor.take()
    level = reading.levels.pop()
    reading.flags = level.flags_outside
    group = _finished(level)
    _check_size(group, level.opened_at, cursor.at)
    _add(reading, group)


def _read_repeat(reading: Reading) -> None:
    cursor = reading.cursor
    start = cursor.at
    bounds = _read_bounds(cursor)
    if bounds is None:
        _read_literal(reading)
        return
    # The lazy form finds its text in the same places: only the length of the find would differ.
    cursor.take_if("?")
    shape = cursor.since(start)
    _check_repeatable(reading, start, shape)
    least, most = bounds
    piece = repeated(reading.levels[-1].pieces.pop(), least, most)
    if piece.copies > MAX_REPEAT:
        message = f"the repeats inside each other come to {piece.copies}, above {MAX_REPEAT}"
        reject(start, cursor.at, message, "lower one of them")
    _check_size(piece, start, cursor.at)
    _add(reading, piece)
    reading.last_repeat = (start, cursor.at)


def _check_repeatable(reading: Reading, start: int, shape: str) -> None:
    cursor = reading.cursor
    if reading.last_repeat and reading.last_repeat[1] == start:
        both = cursor.since(reading.last_repeat[0])
        advice = "put what comes before into `(?:…)` first"
        if shape.startswith("+"):
            advice = "the possessive `+` is not needed: leave it out"
        reject(reading.last_repeat[0], cursor.at, f"{quoted(both)} repeats a repeat", advice)
    if not reading.levels[-1].pieces:
        advice = f"to mean the character itself write `\\{shape[0]}`"
        reject(start, cursor.at, f"{quoted(shape)} has nothing to repeat", advice)


def _read_bounds(cursor: Cursor) -> tuple[int, int | None] | None:
    """Read `*`, `+`, `?` or `{2,5}`; None, with nothing read, for a brace that stands for itself."""
    if cursor.peek() in BOUNDS:
        return BOUNDS[cursor.take()]
    start = cursor.at
    found = cursor.take_match(COUNTS)
    if found is None:
        return None
    least = _count(found[1])
    most = least if not found[2] else _count(found[3]) if found[3] else None
    shape = quoted(found[0])
    if max(least, most or 0) > MAX_REPEAT:
        reject(start, cursor.at, f"the repeat {shape} is above {MAX_REPEAT}", "lower it, or write `*` or `+`")
    if most is not None and most < least:
        reject(start, cursor.at, f"the repeat {shape} runs backwards", f"write `{{{most},{least}}}`")
    return least, most


def _count(digits: str) -> int:
    """The number, or one that is above every bound when it is too long to be worth working out."""
    return int(digits) if len(digits) <= len(str(MAX_REPEAT)) else MAX_REPEAT + 1


HANDLERS: dict[str, Callable[[Reading], None]] = {
    "\\": _read_backslash,
    "(": _open_group,
    ")": _close_group,
    "[": _read_set,
    "|": _next_branch,
    ".": _read_dot,
    "^": _read_caret,
    "$": _read_dollar,
    "*": _read_repeat,
    "+": _read_repeat,
    "?": _read_repeat,
    "{": _read_repeat,
}
