"""Patterns for the regular expressions of an engine, from the pattern's tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leadline_compiler.patterns import (
    LAST_CODE_POINT,
    Anchor,
    Chars,
    Either,
    Node,
    Pattern,
    Place,
    Ranges,
    Repeat,
    Sequence,
    fold,
)
from leadline_compiler.patterns.ranges import complement

_SHORT = {(0, None): "*", (1, None): "+", (0, 1): "?"}
_SPECIAL = frozenset(r"\.^$*+?{}[]|()-&~#/'" + '"')


@dataclass(frozen=True, slots=True)
class Flavour:
    """How an engine writes anchors and characters.

    `least_letter` is the lowest code point that a text can hold; `most_repeats` the largest bound of a repeat;
    `group` opens what belongs together.
    """

    anchors: Mapping[Place, str]
    code_point: str
    nothing: str
    least_letter: int = 0
    most_repeats: int = 1000
    group: str = "(?:"


RE2 = Flavour(
    {
        Place.TEXT_START: r"\A",
        Place.TEXT_END: r"\z",
        Place.LINE_START: r"(?m:^)",
        Place.LINE_END: r"(?m:$)",
        Place.WORD_EDGE: r"\b",
        Place.NO_WORD_EDGE: r"\B",
    },
    r"\x{{{0:X}}}",
    r"[^\x{0}-\x{10FFFF}]",
)

_WORD, _NO_WORD = "[0-9A-Za-z_]", "[^0-9A-Za-z_]"
POSTGRES = Flavour(
    {
        Place.TEXT_START: r"\A",
        Place.TEXT_END: r"\Z",
        Place.LINE_START: r"(?:\A|(?<=\x0a))",
        Place.LINE_END: r"(?:\Z|(?=\x0a))",
        Place.WORD_EDGE: f"(?:(?<!{_WORD})(?={_WORD})|(?<={_WORD})(?!{_WORD}))",
        Place.NO_WORD_EDGE: f"(?:(?<!{_WORD})(?!{_WORD})|(?<={_WORD})(?={_WORD}))",
    },
    r"\U{0:08x}",
    "(?!)",
    least_letter=1,
    most_repeats=255,
)
JAVA = Flavour(
    {
        Place.TEXT_START: r"\A",
        Place.TEXT_END: r"\z",
        Place.LINE_START: r"(?<![^\n])",
        Place.LINE_END: r"(?![^\n])",
        Place.WORD_EDGE: POSTGRES.anchors[Place.WORD_EDGE],
        Place.NO_WORD_EDGE: POSTGRES.anchors[Place.NO_WORD_EDGE],
    },
    r"\x{{{0:X}}}",
    "(?!)",
)
SNOWFLAKE = Flavour(
    {
        Place.TEXT_START: "^",
        Place.TEXT_END: "$",
        Place.WORD_EDGE: r"\b",
        Place.NO_WORD_EDGE: r"\B",
    },
    r"\x{{{0:X}}}",
    r"[^\x{0}-\x{10FFFF}]",
    group="(",
)
_LINES = (Place.LINE_START, Place.LINE_END)


def has_lines(pattern: Pattern) -> bool:
    """Whether the pattern asks for the start or the end of a line."""

    def asks(node: Node, below: tuple[bool, ...]) -> bool:
        return (isinstance(node, Anchor) and node.place in _LINES) or any(below)

    return fold(pattern.root, asks)


def write_pattern(pattern: Pattern, flavour: Flavour) -> str:
    """The pattern as the engine reads it, without any flags."""

    def render(node: Node, below: tuple[str, ...]) -> str:
        return _render(node, below, flavour)

    return fold(pattern.root, render)


def most_repeats(pattern: Pattern) -> int:
    """The largest bound of a repeat."""

    def largest(node: Node, below: tuple[int, ...]) -> int:
        own = max(node.least, node.most or 0) if isinstance(node, Repeat) else 0
        return max(own, *below, 0)

    return fold(pattern.root, largest)


def _render(node: Node, below: tuple[str, ...], flavour: Flavour) -> str:
    match node:
        case Chars(ranges):
            return _set(ranges, flavour)
        case Anchor(place):
            return flavour.anchors[place]
        case Sequence(parts):
            return "".join(
                f"{flavour.group}{text})" if isinstance(part, Either) else text
                for part, text in zip(parts, below, strict=True)
            )
        case Either():
            return "|".join(text or f"{flavour.group})" for text in below)
        case Repeat(part, least, most):
            one = below[0] if isinstance(part, Chars) else f"{flavour.group}{below[0]})"
            return one + _bounds(least, most)


def _bounds(least: int, most: int | None) -> str:
    if (least, most) in _SHORT:
        return _SHORT[least, most]
    if least == most:
        return f"{{{least}}}"
    return f"{{{least},{'' if most is None else most}}}"


def _set(ranges: Ranges, flavour: Flavour) -> str:
    possible = tuple((max(low, flavour.least_letter), high) for low, high in ranges if high >= flavour.least_letter)
    if not possible:
        return flavour.nothing
    if len(possible) == 1 and possible[0][0] == possible[0][1]:
        return _letter(possible[0][0], flavour)
    outside = complement(ranges)
    if outside and ranges[-1][1] == LAST_CODE_POINT:
        shown = tuple((max(low, flavour.least_letter), high) for low, high in outside if high >= flavour.least_letter)
        return "[^" + "".join(_range(each, flavour) for each in shown) + "]" if shown else _set(possible, flavour)
    return "[" + "".join(_range(each, flavour) for each in possible) + "]"


def _range(each: tuple[int, int], flavour: Flavour) -> str:
    low, high = each
    if low == high:
        return _letter(low, flavour)
    return _letter(low, flavour) + "-" + _letter(high, flavour)


def _letter(code_point: int, flavour: Flavour) -> str:
    letter = chr(code_point)
    if letter.isascii() and letter.isprintable():
        return "\\" + letter if letter in _SPECIAL else letter
    return flavour.code_point.format(code_point)
