"""The tests of an amount, by the type of the amount: one function an operator."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .draw import Amount, Draw
from .literals import day, moment, number, numbers, piece, quote, separated, text_literal, texts

PATTERNS: Final = (
    *(r"^.+@.+\.com$", r"\d+", r"\bdemo\b", r"pric(e|ing)", r"[a-c]{2,}", r"^\w+$", r"\s", r"^[^@]*$", r"caf.$"),
    *(r"o{1,2}", r"^$|x", r"(?:gmail|yahoo)\.", r"[^\x00-\x7F]", r"東京|москва", r"\W", r"STRA(SS|ß)E", r"k\b"),
    *(r"\S \S", r"^/\w+(/\w+)*"),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a test stands: `peer` draws another amount of a kind that may be seen there, or None."""

    name: str
    peer: Callable[[Draw, str], Amount | None]


def draw_test(draw: Draw, amount: Amount, scope: Scope) -> str:
    """One test of the amount."""
    return draw.pick(TESTS[amount.kind])(draw, amount, scope)


def use(draw: Draw, amount: Amount, operator: str) -> None:
    """Tallies an operator with the type it is applied to."""
    draw.use(f"{amount.kind} {operator}")


def known(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`A is known`."""
    use(draw, amount, "is known")
    return f"{amount.text} is known"


def missing(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`A is missing`."""
    use(draw, amount, "is missing")
    return f"{amount.text} is missing"


def literal(draw: Draw, amount: Amount) -> str:
    """A value of the amount's type."""
    if amount.kind in ("text", "choice", "list", "grade"):
        return text_literal(draw, draw.pick(amount.values))
    if amount.kind == "yes/no":
        return draw.pick(("yes", "no"))
    return number(draw, amount.values) if amount.kind == "number" else moment(draw)


def literals(draw: Draw, amount: Amount) -> str:
    """One to three values of the amount's type."""
    if amount.kind in ("text", "choice", "list", "grade"):
        return texts(draw, amount.values, 1, 4)
    if amount.kind == "number":
        return numbers(draw, amount.values, 1, 4)
    if amount.kind == "yes/no":
        return separated(draw, draw.some(("yes", "no"), 1, 2))
    return separated(draw, [moment(draw) for _ in range(draw.random.randint(1, 3))])


def equal(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`A is V`, `A is not V`."""
    word = draw.pick(("is", "is", "is not"))
    use(draw, amount, word)
    return f"{amount.text} {word} {literal(draw, amount)}"


def one_of(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`A is one of V, V`, `A is none of V, V`."""
    word = draw.pick(("is one of", "is one of", "is none of"))
    use(draw, amount, word)
    return f"{amount.text} {word} {literals(draw, amount)}"


def in_list(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`A is in LIST`, `A is not in LIST`."""
    word = draw.pick(("is in", "is in", "is not in"))
    use(draw, amount, word)
    return f"{amount.text} {word} {draw.pick(draw.lists)}"


def compared(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`A > V` and the other three."""
    sign = draw.pick((">", ">=", ">=", "<", "<="))
    use(draw, amount, sign)
    return f"{amount.text} {sign} {literal(draw, amount)}"


def compared_with_peer(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`A > A` with an amount on both sides, or with the number on the left."""
    peer = scope.peer(draw, amount.kind)
    sign = draw.pick((">", ">=", "<", "<="))
    if peer is not None and peer.text != amount.text:
        draw.use(f"{amount.kind} against {amount.kind} in {scope.name}")
        return f"{amount.text} {sign} {peer.text}"
    if amount.kind == "date":
        return compared(draw, amount, scope)
    draw.use("number on the left")
    return f"{draw.pick(amount.values)} {sign} {amount.text}"


def between(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`A between A and A`, the smaller first where both are written."""
    use(draw, amount, "between")
    peer = scope.peer(draw, amount.kind) if draw.chance(0.25) else None
    if peer is not None and not peer.is_open:
        draw.use(f"{amount.kind} between amounts")
        return f"{amount.text} between {literal(draw, amount)} and {peer.text}"
    if amount.kind == "date":
        low, high = sorted((day(draw), day(draw)))
        # The high day with a time is later than the low day, whatever the time.
        return f"{amount.text} between {low} and {high}{'T09:00' if low < high and draw.chance(0.3) else ''}"
    low, high = sorted(draw.some(amount.values, 2, 2) or ["0", "1"], key=float)
    return f"{amount.text} between {low} and {high}"


def alone(draw: Draw, amount: Amount, scope: Scope) -> str:
    """A yes/no field by itself; what is reckoned from events is compared."""
    if amount.text.startswith(("latest ", "earliest ")):
        return equal(draw, amount, scope)
    use(draw, amount, "alone")
    return amount.text


def piece_of(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`contains`, `starts with`, `ends with`, their negations and their `any of`."""
    verb, negated, place = draw.pick(
        (("contains", "contain", "any"), ("starts with", "start with", "start"), ("ends with", "end with", "end"))
    )
    form = draw.random.random()
    pieces = [quote(draw, piece(draw, word, place)) for word in draw.some(amount.values, 1, 3)]
    if form < 0.4:
        use(draw, amount, verb)
        return f"{amount.text} {verb} {pieces[0]}"
    if form < 0.7:
        use(draw, amount, f"{verb} any of")
        return f"{amount.text} {verb} any of {separated(draw, pieces)}"
    use(draw, amount, f"does not {negated}")
    return f"{amount.text} does not {negated} {pieces[0]}"


def matches(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`matches "REGEX"`; a backslash stands for itself."""
    use(draw, amount, "matches")
    pattern = draw.pick(PATTERNS)
    if draw.chance(0.5):
        words = [re.sub(r"([.#/+*?()])", r"\\\1", word[:4].lower()) for word in draw.some(amount.values, 1, 2)]
        pattern = draw.pick(("^", "", "^.?")) + "|".join(word.replace("\n", r"\n").replace("\t", ".") for word in words)
    return f'{amount.text} matches "{pattern}"' if '"' not in pattern else known(draw, amount, scope)


def includes(draw: Draw, amount: Amount, scope: Scope) -> str:
    """`includes V`, `includes any of`, `includes all of`, `does not include V`."""
    word = draw.pick(("includes", "includes any of", "includes all of", "does not include"))
    use(draw, amount, word)
    values = texts(draw, amount.values, 1, 3) if word.endswith("of") else literal(draw, amount)
    return f"{amount.text} {word} {values}"


Test = Callable[[Draw, Amount, Scope], str]
TESTS: Final[dict[str, tuple[Test, ...]]] = {
    "text": (equal, *[one_of, in_list, matches] * 2, *[piece_of] * 4, known, missing),
    "choice": (equal, equal, one_of, one_of, in_list, known, missing),
    "grade": (equal, equal, one_of, one_of, known, missing),
    "number": (equal, one_of, known, missing, *[compared] * 3, *[compared_with_peer, between] * 2),
    "date": (equal, one_of, known, missing, *[compared] * 3, *[compared_with_peer] * 2, between),
    "yes/no": (alone, alone, alone, equal, one_of, known, missing),
    "list": (includes, includes, includes, known, missing),
}
