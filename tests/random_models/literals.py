"""Literals: quoted texts, numbers, dates, durations, and the spellings that fold to the same text."""

import re
import unicodedata
from collections.abc import Sequence
from random import Random
from typing import Final

from .draw import Draw
from .moments import TIMES
from .words import FIXED_UNITS, NUMBERS

KANA: Final = {
    unicodedata.normalize("NFKC", narrow): narrow
    for mark in ("ﾞ", "ﾟ", "")
    for narrow in (chr(code) + mark for code in range(0xFF66, 0xFF9E))
    if len(unicodedata.normalize("NFKC", narrow)) == 1
}
WIDE: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
LOOKS: Final = (("ss", "ß"), ("ß", "ẞ"), ("s", "ſ"), ("fi", "ﬁ"), ("k", "\u212a"), ("ς", "Σ"), ("e\u0301", "é"))
EDGES: Final = (" ", "  ", "\u00a0", "\u3000", "\t", "\n")
ESCAPES: Final = {"\\": ("\\\\", "escaped backslash"), '"': ('\\"', "escaped quote"), "\n": ("\\n", "escaped line end"),
                  "\t": ("\\t", "escaped tab")}  # fmt: skip


def respell(random: Random, text: str, *, is_plain: bool = False) -> str:
    """Another spelling of a text that is equal to it once folded, without a change at its edges."""
    form = int(random.random() * (4 if is_plain else 9))
    if is_plain or form < 4:
        return (text, text.upper(), text.title(), text.swapcase())[form]
    if form < 6:
        return text.translate(WIDE)
    if form == 6:
        return unicodedata.normalize("NFD", text)
    if form == 7:
        return "".join(KANA.get(letter, letter) for letter in text)
    for plain, odd in LOOKS:
        text = text.replace(plain, odd)
    return text


def respell_with_edges(random: Random, text: str, *, is_plain: bool = False) -> str:
    """Another spelling, perhaps with blanks around it."""
    text = respell(random, text, is_plain=is_plain)
    edges = EDGES[:2] if is_plain else EDGES
    return random.choice(edges) + text + random.choice(edges) if random.random() < 0.4 else text


def quote(draw: Draw, text: str) -> str:
    """A text between double quotes, with the escapes it needs and some that it does not."""
    draw.use("text")
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    has_codes = draw.chance(0.15)
    return '"' + "".join(escape(draw, letter, has_codes=has_codes) for letter in text) + '"'


def escape(draw: Draw, letter: str, *, has_codes: bool) -> str:
    """A letter as it stands inside quotes."""
    if letter in ESCAPES:
        escaped, construct = ESCAPES[letter]
        draw.use(construct)
        return escaped
    if has_codes and not letter.isascii():
        draw.use("escaped code point")
        return f"\\u{{{ord(letter):x}}}"
    return letter


def texts(draw: Draw, values: Sequence[str], least: int = 1, most: int = 3) -> str:
    """Different texts with commas between them, a line's end allowed after each comma."""
    return separated(draw, [text_literal(draw, value) for value in draw.some(values, least, most)])


def separated(draw: Draw, parts: Sequence[str]) -> str:
    """Parts with commas between them."""
    if len(parts) > 1:
        draw.use("several values")
    # A wrapped line must not begin with a sign: it would be taken for a rule.
    return parts[0] + "".join(("," + (" " if one[0] in "+-" else "\x1f") + one) for one in parts[1:])


def text_literal(draw: Draw, value: str) -> str:
    """A text of the pool, mostly as it is, else spelled otherwise."""
    return quote(draw, respell(draw.random, value, is_plain=draw.pools.is_plain) if draw.chance(0.25) else value)


def piece(draw: Draw, word: str, place: str) -> str:
    """A part of a word that is not blank: its start, its end or somewhere inside; spaces at its edges are kept."""
    length = draw.random.randint(1, min(4, len(word)))
    first = {"start": 0, "end": len(word) - length}.get(place, draw.random.randint(0, len(word) - length))
    cut = word[first : first + length]
    # A cut that begins with a combining mark would join the letter before it in the data.
    return cut if cut.strip() and not unicodedata.combining(cut[0]) else word


def number(draw: Draw, values: Sequence[str]) -> str:
    """A number literal: optional sign, decimals."""
    value = draw.pick(values if draw.chance(0.85) else NUMBERS)
    if value.startswith("-"):
        draw.use("negative number")
    elif draw.chance(0.04):
        draw.use("number with plus sign")
        return f"+{value}"
    if "." in value:
        draw.use("decimal number")
    return value


def numbers(draw: Draw, values: Sequence[str], least: int, most: int) -> str:
    """Different numbers with commas between them."""
    return separated(draw, draw.some(values, least, most))


def day(draw: Draw) -> str:
    """A bare day near the as-of."""
    draw.use("day")
    return draw.pick(draw.pools.days)


def moment(draw: Draw) -> str:
    """A day, or a wall time with minutes or seconds (skipped or doubled ones among them)."""
    if draw.chance(0.6):
        return day(draw)
    draw.use("moment")
    if draw.pools.changes and draw.chance(0.3):
        return draw.pick(draw.pools.changes)
    return f"{draw.pick(draw.pools.days)}T{draw.pick(TIMES)}"


def duration(draw: Draw) -> str:
    """A whole number of minutes to years."""
    text = draw.pick(draw.pools.durations)
    draw.use(f"duration in {unit_of(text)}s")
    return text


def fixed_duration(draw: Draw, *units: str) -> str:
    """A duration of a fixed length, in one of the units (any, if none is named)."""
    fitting = [text for text in draw.pools.durations if unit_of(text) in (units or FIXED_UNITS)]
    if fitting and draw.chance(0.8):
        return draw.pick(fitting)
    unit = draw.pick(units or FIXED_UNITS)
    count = draw.pick((1, 2, 7, 10)) if unit != "minute" else draw.pick((90, 1440, 10080))
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def unit_of(text: str) -> str:
    """The unit of a duration, in the singular."""
    return text.split(" ")[1].removesuffix("s")


def written(name: str) -> str:
    """A name as it stands in rules: bare if it is one word, else between backquotes."""
    is_bare = re.fullmatch(r"[^\W\d]\w*", name) and name not in ("and", "not", "or")
    return name if is_bare else f"`{name}`"
