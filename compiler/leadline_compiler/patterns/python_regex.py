"""Patterns for Python's `re`, without flags: the sets are spelled out, the anchors say exactly what they mean."""

from leadline_compiler.patterns.ranges import LAST_CODE_POINT, Range, Ranges, complement
from leadline_compiler.patterns.tree import Anchor, Chars, Either, Node, Pattern, Place, Repeat, Sequence, fold

# `$` would also hold before a last line feed, `\b` know letters beyond ASCII, and `\B` fail in an empty text.
ANCHORS = {
    Place.TEXT_START: r"\A",
    Place.TEXT_END: r"\Z",
    Place.LINE_START: r"(?<![^\n])",
    Place.LINE_END: r"(?![^\n])",
    Place.WORD_EDGE: r"(?a:\b)",
    Place.NO_WORD_EDGE: r"(?!(?a:\b))",
}
# Those that mean something outside of brackets, inside of them, or may do so in a later Python.
SPECIAL = frozenset(r"\.^$*+?{}[]|()-&~")
NOTHING = r"(?!)"
SHORT_REPEATS = {(0, None): "*", (1, None): "+", (0, 1): "?"}


def to_python_regex(pattern: Pattern) -> str:
    """A pattern that `re.search`, without flags, finds in the same texts. Plain ASCII.

    Python's `re` backtracks, so a hostile pattern may take long there; and it compiles by recursion, so groups nested
    hundreds deep may be too much for it.
    """
    return fold(pattern.root, _render)


def _render(node: Node, below: tuple[str, ...]) -> str:
    match node:
        case Chars(ranges):
            return _set(ranges)
        case Anchor(place):
            return ANCHORS[place]
        case Sequence(parts):
            return "".join(
                f"(?:{text})" if isinstance(part, Either) else text for part, text in zip(parts, below, strict=True)
            )
        case Either():
            return "|".join(below)
        case Repeat(part, least, most):
            one = below[0] if isinstance(part, Chars) else f"(?:{below[0]})"
            return one + _bounds(least, most)


def _bounds(least: int, most: int | None) -> str:
    if (least, most) in SHORT_REPEATS:
        return SHORT_REPEATS[least, most]
    if least == most:
        return f"{{{least}}}"
    return f"{{{least},{'' if most is None else most}}}"


def _set(ranges: Ranges) -> str:
    if not ranges:
        return NOTHING
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _character(ranges[0][0])
    outside = complement(ranges)
    reaches_last = ranges[-1][1] == LAST_CODE_POINT
    if outside and reaches_last:
        return f"[^{_members(outside)}]"
    return f"[{_members(ranges)}]"


def _members(ranges: Ranges) -> str:
    return "".join(_member(each) for each in ranges)


def _member(each: Range) -> str:
    low, high = each
    if low == high:
        return _character(low)
    return _character(low) + ("-" if high > low + 1 else "") + _character(high)


def _character(code_point: int) -> str:
    """The character as it can stand both inside and outside of brackets."""
    character = chr(code_point)
    if character in SPECIAL:
        return "\\" + character
    if character.isascii() and character.isprintable():
        return character
    if character == "\n":
        return r"\n"
    if code_point <= 0xFF:
        return f"\\x{code_point:02x}"
    return f"\\u{code_point:04x}" if code_point <= 0xFFFF else f"\\U{code_point:08x}"
