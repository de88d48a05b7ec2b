"""`points … by`: a table of rows over a text, a yes/no or a number; rows never overlap."""

from collections.abc import Sequence
from itertools import pairwise

from .amounts import draw_amount
from .draw import Amount, Draw
from .literals import quote, respell
from .rules import tails, title
from .words import POINTS


def points_by(draw: Draw) -> list[str]:
    """The head and its rows."""
    kind = draw.pick(("number", "number", "number", "text", "choice", "yes/no"))
    draw.use(f"points by {kind}")
    amount = draw_amount(draw, kind)
    head = f"points {title(draw)}\x1fby {amount.text}{tails(draw)}"
    values = VALUES[kind](draw, amount)
    rows = [f"{draw.pick(POINTS)} for {', '.join(group)}" for group in grouped(draw, values)]
    if draw.chance(0.4):
        draw.use("row for missing")
        rows.append(f"{draw.pick(POINTS)} for missing")
    draw.random.shuffle(rows)
    if draw.chance(0.5):
        draw.use("row otherwise")
        rows.append(f"{draw.pick(POINTS)} otherwise")
    return [head, *rows]


def grouped(draw: Draw, values: Sequence[str]) -> list[list[str]]:
    """The values dealt to rows, at times several to one."""
    groups: list[list[str]] = []
    for value in values:
        if groups and draw.chance(0.25):
            draw.use("row with several values")
            draw.pick(groups).append(value)
        else:
            groups.append([value])
    return groups


def text_values(draw: Draw, amount: Amount) -> list[str]:
    """Different texts."""
    draw.use("row for texts")
    is_plain = draw.pools.is_plain
    chosen = draw.some(amount.values, 1, 4)
    return [quote(draw, respell(draw.random, one, is_plain=is_plain) if draw.chance(0.2) else one) for one in chosen]


def yes_no_values(draw: Draw, amount: Amount) -> list[str]:
    """`yes`, `no` or both."""
    draw.use("row for yes or no")
    return draw.some(("yes", "no"), 1, 2)


def number_values(draw: Draw, amount: Amount) -> list[str]:
    """Numbers and ranges that do not touch, from low to high."""
    cuts = sorted(set(draw.some(amount.values, 2, 7)), key=float)
    values = []
    if draw.chance(0.4):
        draw.use("row below")
        values.append(f"below {cuts[0]}")
    is_taken = False  # whether the range before ends in the lowest cut that is left
    for low, high in pairwise(cuts):
        if is_taken:
            is_taken = False
        elif draw.chance(0.5):
            draw.use("row for a number")
            values.append(low)
        else:
            draw.use("row for a range")
            values.append(f"{low} to {high}")
            is_taken = True
    if draw.chance(0.7) or not values:
        draw.use("row above" if is_taken else "row or more")
        values.append(f"above {cuts[-1]}" if is_taken else f"{cuts[-1]} or more")
    return values


VALUES = {"text": text_values, "choice": text_values, "yes/no": yes_no_values, "number": number_values}
