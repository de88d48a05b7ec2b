"""AMOUNT: everything that stands for a number, a text or a date outside of `where`; one function a form."""

from collections.abc import Callable
from typing import Final

from .draw import Amount, Draw, Field
from .literals import number
from .occurrences import as_amount, fits, occurrence

COUNTS: Final = ("0", "1", "1", "2", "3", "4", "6")
DAYS: Final = ("0", "1", "7", "14", "30", "60", "90", "-1", "365")


def draw_amount(draw: Draw, kind: str, *, is_closed: bool = False, depth: int = 2) -> Amount:
    """An amount of the kind; a closed one may stand before an operator of arithmetic.

    Where scores have been declared to the drawing (`draw.scores`), they are among the numbers.
    """
    forms = FORMS[kind]
    if kind == "number" and draw.scores and draw.chance(0.5):
        forms = (score,)
    for _ in range(4):
        found = draw.pick(forms)(draw, kind, is_closed, depth)
        if found is not None:
            return found
    return field(draw, kind, is_closed, depth)


def field(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount:
    """A field."""
    return as_amount(draw.pick(draw.fields_of(kind)))


def score(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount:
    """A score or `total`."""
    one = draw.pick(draw.scores)
    draw.use("total as amount" if one.text == "total" else "score as amount")
    return one


def defined(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount | None:
    """The name of a defined amount."""
    fitting = [one for one in draw.amounts if one.kind == kind]
    if not fitting:
        return None
    draw.use("defined amount")
    return draw.pick(fitting)


def count(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount:
    """`count of OCCURRENCE`."""
    what = occurrence(draw, is_followed=True, is_closed=is_closed)
    draw.use(f"count of {what.form}")
    return Amount(f"count of {what.text}", kind, COUNTS, what.is_open)


def aggregate(draw: Draw, words: str, kinds: tuple[str, ...], is_closed: bool) -> tuple[Field, str, bool] | None:
    """`WORDS PROP of OCCURRENCE`, with the property and whether it ends openly."""
    if not fits(draw, kinds):
        return None
    what = occurrence(draw, kinds=kinds, is_followed=True, is_closed=is_closed)
    one = draw.pick([one for one in what.properties if one.kind in kinds])
    if what.form == "any of events":
        draw.use("shared property")
    return one, f"{words} {one.written} of {what.text}", what.is_open


def summary(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount | None:
    """`sum of PROP of OCCURRENCE`, and lowest, highest, average."""
    word = draw.pick(("sum of", "lowest", "highest", "average"))
    found = aggregate(draw, word, ("number",), is_closed)
    if found is None:
        return None
    draw.use(word)
    return Amount(found[1], kind, found[0].values, found[2])


def latest(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount | None:
    """`latest PROP of OCCURRENCE`, `earliest PROP of OCCURRENCE`."""
    word = draw.pick(("latest", "earliest"))
    found = aggregate(draw, word, (kind,), is_closed)
    if found is None:
        return None
    draw.use(f"{word} {kind}")
    return Amount(found[1], kind, found[0].values, found[2])


def different(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount | None:
    """`number of different PROP of OCCURRENCE`."""
    found = aggregate(draw, "number of different", ("text", "choice", "number", "date", "yes/no"), is_closed)
    if found is None:
        return None
    draw.use(f"number of different {found[0].kind}")
    return Amount(found[1], kind, COUNTS, found[2])


def days_from_field(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount:
    """`days since FIELD`, `days until FIELD`."""
    word = draw.pick(("days since", "days until"))
    draw.use(f"{word} a field")
    return Amount(f"{word} {draw.pick(draw.fields_of('date')).written}", kind, DAYS)


def days_from_event(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount:
    """`days since first OCCURRENCE`, `days since last OCCURRENCE`."""
    word = draw.pick(("days since first", "days since last"))
    what = occurrence(draw, is_followed=True, is_closed=is_closed)
    draw.use(f"{word} {what.form}")
    return Amount(f"{word} {what.text}", kind, DAYS, what.is_open)


def domain(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount:
    """`domain of FIELD`, mostly of a field that holds addresses."""
    draw.use("domain of")
    fields = draw.fields_of("text")
    addresses = [one for one in fields if one.values == draw.pools.addresses]
    return Amount(f"domain of {draw.pick(addresses or fields).written}", kind, draw.pools.domains)


def arithmetic(draw: Draw, kind: str, is_closed: bool, depth: int) -> Amount | None:
    """`A + A`, `A - A`, `A * A`, `A / A`, with parentheses around a part or precedence instead of them."""
    if depth < 1:
        return None
    left, right = operand(draw, depth), operand(draw, depth)
    sign = draw.pick("+-*/")
    draw.use(f"arithmetic {sign}")
    text = f"{left.text} {sign} {right.text}"
    if draw.chance(0.3):
        draw.use("arithmetic with precedence")
        text += f" {draw.pick('+-*/')} {operand(draw, 0).text}"
    if draw.chance(0.25):
        draw.use("arithmetic in parentheses")
        text = f"({text}) {draw.pick('+-*/')} {operand(draw, 0).text}"
    return Amount(text, kind, (*left.values, *right.values, "0.5"), is_open=True)


def operand(draw: Draw, depth: int) -> Amount:
    """What stands beside an operator: a number, something closed, or anything in parentheses of its own."""
    if draw.chance(0.35):
        return plain_number(draw)
    one = draw_amount(draw, "number", is_closed=draw.chance(0.7), depth=depth - 1)
    if one.is_open:
        draw.use("arithmetic in parentheses")
        return Amount(f"({one.text})", one.kind, one.values)
    return one


def plain_number(draw: Draw) -> Amount:
    """A number by itself; without a sign, as a sign could be taken for an operator."""
    draw.use("number as amount")
    return Amount(number(draw, draw.pools.numbers).lstrip("+-"), "number", draw.pools.numbers)


Form = Callable[[Draw, str, bool, int], Amount | None]
FORMS: Final[dict[str, tuple[Form, ...]]] = {
    "number": (
        *(field, field, field, count, count, count, summary, summary, summary, latest, different),
        *(days_from_field, days_from_event, arithmetic, arithmetic, defined),
    ),
    "text": (field, field, field, domain, domain, latest, defined),
    "choice": (field, field, field, latest, defined),
    "date": (field, field, latest, defined),
    "yes/no": (field, field, field, field, latest),
    "list": (field,),
}
