"""`and`, `or`, `not` and parentheses over any kind of test; where `and` and `or` meet, parentheses always stand."""

from collections.abc import Callable

from .draw import Draw
from .words import STATEMENT_WORDS

Leaf = Callable[[Draw], str]


def combine(draw: Draw, leaf: Leaf, depth: int = 2) -> str:
    """A condition made of tests."""
    if depth <= 0 or draw.chance(0.5):
        return leaf(draw)
    return draw.pick((negated, conjunction, disjunction, conjunction, disjunction, bracketed))(draw, leaf, depth)


def negated(draw: Draw, leaf: Leaf, depth: int) -> str:
    """`not TEST` or `not (CONDITION)`."""
    draw.use("not")
    return f"not {leaf(draw)}" if draw.chance(0.5) else f"not {bracketed(draw, leaf, depth)}"


def conjunction(draw: Draw, leaf: Leaf, depth: int) -> str:
    """`A and B …`."""
    draw.use("and")
    return chain(draw, "and", leaf, depth)


def disjunction(draw: Draw, leaf: Leaf, depth: int) -> str:
    """`A or B …`."""
    draw.use("or")
    return chain(draw, "or", leaf, depth)


def bracketed(draw: Draw, leaf: Leaf, depth: int) -> str:
    """`(CONDITION)`."""
    draw.use("parentheses")
    return f"({combine(draw, leaf, depth - 1)})"


def chain(draw: Draw, word: str, leaf: Leaf, depth: int) -> str:
    """Two or three parts with the same word between them."""
    parts = [part(draw, word, leaf, depth) for _ in range(draw.pick((2, 2, 3)))]
    text = parts[0]
    for one in parts[1:]:
        wraps_after = may_begin_line(one) and draw.chance(0.5)
        text += f" {word}\x1f{one}" if wraps_after else f"\x1f{word} {one}"
    return text


def part(draw: Draw, word: str, leaf: Leaf, depth: int) -> str:
    """A part of a chain: a test, its negation, or a chain of the other word in parentheses."""
    shape = draw.random.random()
    if shape < 0.65 or depth < 1:
        return leaf(draw)
    if shape < 0.8:
        return negated(draw, leaf, depth - 1)
    other = "or" if word == "and" else "and"
    draw.use(f"{other} within {word}")
    return f"({chain(draw, other, leaf, depth - 1)})"


def may_begin_line(text: str) -> bool:
    """Whether a wrapped line may begin so: not with a sign, and not with a statement word that could start one."""
    first = text.split(" ", 1)[0].split("\x1f", 1)[0]
    if first in STATEMENT_WORDS:
        return text.startswith(("total ", "grade of "))
    return not first.startswith(("+", "-"))
