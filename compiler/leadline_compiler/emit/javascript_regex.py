"""Patterns for JavaScript's regular expressions with the `u` flag: code points, and no flag for case."""

from __future__ import annotations

from leadline_compiler.patterns import Anchor, Chars, Either, Node, Pattern, Place, Ranges, Repeat, Sequence, fold

# Without the flags `i` and `m`, `\b` knows ASCII alone, and `^` and `$` hold at the ends of the text.
_ANCHORS = {
    Place.TEXT_START: "^",
    Place.TEXT_END: "$",
    Place.LINE_START: r"(?<![^\n])",
    Place.LINE_END: r"(?![^\n])",
    Place.WORD_EDGE: r"\b",
    Place.NO_WORD_EDGE: r"\B",
}
_BETWEEN = frozenset({Place.LINE_START, Place.LINE_END, Place.NO_WORD_EDGE})
"""Anchors that engines also find inside of a character that takes two units."""
_SPECIAL = frozenset(r"\^$.*+?()[]{}|/")
_NOTHING = "(?!)"
_SHORT_REPEATS = {(0, None): "*", (1, None): "+", (0, 1): "?"}


def to_javascript_regex(pattern: Pattern) -> str:
    """A literal, slashes and flag included, that is found in the same texts. Plain ASCII.

    JavaScript backtracks, so a hostile pattern may take long there.
    """
    text = fold(pattern.root, _render) or "(?:)"
    # From the start on, an engine goes character by character.
    return f"/^[^]*?(?:{text})/u" if fold(pattern.root, _has_anchor_between) else f"/{text}/u"


def _has_anchor_between(node: Node, below: tuple[bool, ...]) -> bool:
    return any(below) or (isinstance(node, Anchor) and node.place in _BETWEEN)


def _render(node: Node, below: tuple[str, ...]) -> str:
    match node:
        case Chars(ranges):
            return _set(ranges)
        case Anchor(place):
            return _ANCHORS[place]
        case Sequence(parts):
            return "".join(
                f"(?:{text})" if isinstance(part, Either) else text for part, text in zip(parts, below, strict=True)
            )
        case Either():
            return "|".join(below)
        case Repeat(part, least, most):
            one = below[0] if isinstance(part, Chars) and part.ranges else f"(?:{below[0]})"
            return one + _bounds(least, most)


def _bounds(least: int, most: int | None) -> str:
    if (least, most) in _SHORT_REPEATS:
        return _SHORT_REPEATS[least, most]
    return f"{{{least}}}" if least == most else f"{{{least},{'' if most is None else most}}}"


def _set(ranges: Ranges) -> str:
    if not ranges:
        return _NOTHING
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _character(ranges[0][0], "")
    return f"[{''.join(_member(low, high) for low, high in ranges)}]"


def _member(low: int, high: int) -> str:
    first, last = _character(low, "-"), _character(high, "-")
    return first if low == high else f"{first}{'-' if high > low + 1 else ''}{last}"


def _character(code_point: int, also_special: str) -> str:
    character = chr(code_point)
    if character in _SPECIAL or character == also_special:
        return "\\" + character
    if character.isascii() and character.isprintable():
        return character
    return rf"\x{code_point:02x}" if code_point <= 0xFF else rf"\u{{{code_point:x}}}"
