"""Raw values as they stand in data: good ones in every spelling, missing ones, bad ones."""

import unicodedata
from collections.abc import Callable
from typing import Final

from .draw import Draw, Field
from .literals import WIDE, respell_with_edges
from .moments import FINE_TIMES, TIMES, write_moment
from .words import HUGE_NUMBERS

EMPTY: Final = (None, "", " ", "\u3000", "\u00a0\t")
YES: Final = (True, "yes", "true", "Y", "1", "Ｙｅｓ", " TRUE ", 1)
NO: Final = (False, "no", "false", "N", "0", "Ｎｏ", " False", 0)
ODD_NUMBERS: Final = ("1e3", "25e-1", "+5", "-0", "0.0000005", "-0.0000005", "2.4999995", "007", "1e+2", "9.9999994")
BAD: Final = {
    "number": ("many", "1,000", "12a", "--5", "nan", "inf", "1_000", "0x10", "٣", ".5", "5.", "1e", "1e400", "1e13"),
    "yes/no": ("maybe", "2", "ja", "on", "yess"),
    "date": ("yesterday", "2026-02-30", "2026-13-01", "2026-03-29T25:00", "soon T", "0000-00-00"),
    "choice": ("Boss", "CE O", "CEO;CMO", "?"),
}


def raw_value(draw: Draw, one: Field, harm: float) -> object:
    """A value for a field or property; `harm` is how likely it is missing, and half of that how likely it is bad."""
    value = any_value(draw, one, harm)
    if draw.pools.is_plain and isinstance(value, str) and not value.isascii():
        return unicodedata.normalize("NFKC", value).encode("ascii", "ignore").decode()
    return value


def any_value(draw: Draw, one: Field, harm: float) -> object:
    """The value before anything is made plain."""
    chance = draw.random.random()
    if chance < harm:
        return draw.pick(EMPTY) if one.kind != "list" else draw.pick((*EMPTY, [], ";", " ; "))
    if chance < harm * 1.5 and one.kind in BAD:
        return draw.pick(BAD[one.kind])
    return GOOD[one.kind](draw, one)


def text(draw: Draw, one: Field) -> object:
    """A text of the pool, spelled in some way."""
    value = draw.pick(one.values)
    return respell_with_edges(draw.random, value, is_plain=draw.pools.is_plain) if draw.chance(0.45) else value


def number(draw: Draw, one: Field) -> object:
    """A number of the pool or one close to it, as a number or as a text."""
    value = draw.pick(one.values)
    form = draw.random.random()
    if form < 0.04:
        value = draw.pick(HUGE_NUMBERS)
    elif form < 0.1:
        return draw.pick(ODD_NUMBERS)
    elif form < 0.25 and "." not in value:
        value = str(int(value) + draw.pick((1, -1)))
    return write_number(draw, value)


def write_number(draw: Draw, value: str) -> object:
    """A number as JSON's own, as a text, with full-width digits, with blanks around it."""
    form = draw.random.random()
    if form < 0.55:
        return float(value) if "." in value else int(value)
    if form < 0.7:
        return value.translate(WIDE)
    return f" {value}\u00a0" if form < 0.8 else value


def yes_no(draw: Draw, one: Field) -> object:
    """Yes or no in one of their words."""
    return draw.pick(draw.pick((YES, NO))) if draw.chance(0.5) else draw.chance(0.5)


def choice(draw: Draw, one: Field) -> object:
    """One of the listed values, in some spelling."""
    return text(draw, one)


def items(draw: Draw, one: Field) -> object:
    """Some texts, as an array or with semicolons between them."""
    values = [str(text(draw, one)) for _ in range(draw.random.randint(1, 4))]
    if draw.chance(0.5):
        return values + ["", " "] * draw.chance(0.2)
    return draw.pick((";", "; ", " ;; ")).join(values) + draw.pick(("", ";", " ; "))


def date(draw: Draw, one: Field) -> object:
    """A bare day, a wall time (skipped or doubled ones among them), an edge of a window."""
    form = draw.random.random()
    if form < 0.3:
        return draw.pick(draw.pools.days)
    if form < 0.4 and draw.pools.changes:
        return draw.pick(draw.pools.changes)
    if form < 0.65:
        return f"{draw.pick(draw.pools.days)}T{draw.pick(TIMES if draw.chance(0.6) else FINE_TIMES)}"
    return write_moment(draw.random, draw.pick(draw.pools.edges), draw.pools.zone)


GOOD: Final[dict[str, Callable[[Draw, Field], object]]] = {
    "text": text,
    "number": number,
    "yes/no": yes_no,
    "choice": choice,
    "list": items,
    "date": date,
}
