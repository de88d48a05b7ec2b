"""CONDITION outside of `where`, and the statements that are little more than one: define, ignore, assume."""

from .amounts import FORMS, draw_amount
from .draw import Amount, Draw
from .literals import written
from .logic import combine
from .occurrences import has, has_no, source, where, windows
from .operators import Scope, draw_test
from .schema import tally_name
from .words import DEFINE_NAMES


def peer(draw: Draw, kind: str) -> Amount | None:
    """Another amount of the kind to compare with."""
    return draw_amount(draw, kind, depth=1) if kind in ("number", "date") else None


CONTACT = Scope("rules", peer)


def condition(draw: Draw, depth: int = 2) -> str:
    """A condition of the contact."""
    return combine(draw, leaf, depth)


def leaf(draw: Draw) -> str:
    """One test, one `has` or `no`, or the name of a defined condition."""
    form = draw.random.random()
    if form < 0.2:
        return has(draw) if draw.chance(0.6) else has_no(draw)
    if form < 0.3 and draw.conditions:
        draw.use("defined condition")
        return draw.pick(draw.conditions)
    if draw.scores and draw.chance(0.6):
        return score_test(draw)
    kind = draw.pick(("number", *FORMS))
    return draw_test(draw, draw_amount(draw, kind), CONTACT)


def score_test(draw: Draw) -> str:
    """A test of a score, of `total` or of a grade."""
    if draw.grades and draw.chance(0.4):
        draw.use("grade of")
        return draw_test(draw, draw.pick(draw.grades), CONTACT)
    return draw_test(draw, draw_amount(draw, "number"), CONTACT)


def define_lines(draw: Draw) -> list[str]:
    """Some names for conditions and amounts; each may use those before it, so there is no circle."""
    return [define_line(draw, written(name), name) for name in draw.some(DEFINE_NAMES, 1, 4)]


def define_line(draw: Draw, name: str, bare: str) -> str:
    """`define NAME = CONDITION or AMOUNT`."""
    tally_name(draw, bare)
    if draw.chance(0.5):
        draw.use("define a condition")
        text = condition(draw)
        draw.conditions.append(name)
        return f"define {name} = {text}"
    draw.use("define an amount")
    amount = draw_amount(draw, draw.pick(("number", "number", "text", "date")))
    draw.amounts.append(Amount(name, amount.kind, amount.values))
    return f"define {name} = {amount.text}"


def ignore_line(draw: Draw) -> str:
    """`ignore OCCURRENCE`; mostly little enough to leave something."""
    if draw.chance(0.25):
        draw.use("ignore any event")
        return f"ignore any event\x1f{draw.pick(('more than 2 months ago', 'in the last 1 hour'))}"
    name, form, properties = source(draw, ("text", "number", "yes/no"))
    draw.use(f"ignore {form}")
    test = where(draw, properties, is_followed=False, is_closed=False) if draw.chance(0.7) else ""
    return f"ignore {name}{test}{windows(draw) if not test or draw.chance(0.3) else ''}"


def assume_line(draw: Draw) -> str:
    """`assume CONDITION`."""
    draw.use("assume")
    return f"assume {condition(draw)}"
