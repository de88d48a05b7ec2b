"""The rules: points when, for each, for every; and what may stand at the end of any statement that decides."""

from .amounts import draw_amount
from .conditions import condition
from .draw import Draw
from .limits import limits, up_to
from .literals import quote
from .occurrences import occurrence
from .words import POINTS, REASONS, TITLES


def title(draw: Draw) -> str:
    """A name that no other rule has."""
    draw.named += 1
    return quote(draw, f"{draw.pick(TITLES)} {draw.named}")


def tails(draw: Draw) -> str:
    """`because`, `owner`, `review by`, in any order, after a comma or on a line of their own."""
    if draw.chance(0.75):
        return ""
    parts = [f"because {quote(draw, draw.pick(REASONS))}", 'owner "Ops"', f"review by {draw.pick(draw.pools.days)}"]
    chosen = draw.some(parts, 1, 3)
    for part in chosen:
        draw.use(part.split(" ")[0])
    return "".join(draw.pick((",\x1f", ", ", "\n    ")) + part for part in chosen)


def rule_when(draw: Draw) -> str:
    """`±N "NAME" when CONDITION`."""
    draw.use("points when")
    return f"{draw.pick(POINTS)} {title(draw)}\x1fwhen {condition(draw)}{tails(draw)}"


def rule_for_each(draw: Draw) -> str:
    """`±N "NAME" for each OCCURRENCE[, LIMIT]…`."""
    what = occurrence(draw)
    draw.use(f"points for each {what.form}")
    return f"{draw.pick(POINTS)} {title(draw)}\x1ffor each {what.text}{limits(draw, what.properties)}{tails(draw)}"


def rule_for_every(draw: Draw) -> str:
    """`±N "NAME" for every M of AMOUNT[, up to N points]`."""
    draw.use("points for every")
    amount = draw_amount(draw, "number")
    cap = f",\x1f{up_to(draw)}" if draw.chance(0.5) else ""
    size = draw.pick(("1", "2", "3", "5", "10", "0.5", "2.5", "100"))
    return f"{draw.pick(POINTS)} {title(draw)}\x1ffor every {size} of {amount.text}{cap}{tails(draw)}"
