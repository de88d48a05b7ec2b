"""CONDITION outside of `where`, and the statements that are little more than one: define, ignore, assume."""

from dataclasses import replace
from random import Random

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


def ignore_lines(draw: Draw) -> list[str]:
    """`ignore OCCURRENCE`; mostly little enough to leave something. At times the same events at other times too.

    The second is drawn aside: all else is drawn as it would be without it.
    """
    events, when = _ignored(draw)
    lines = [f"ignore {events}{when}"]
    aside = replace(draw, random=Random(repr(draw.random.getstate()[1][-3:])))
    if aside.chance(0.3):
        lines.append(f"ignore {events}{windows(aside)}")
    return lines


def _ignored(draw: Draw) -> tuple[str, str]:
    """The events that are ignored, and when."""
    if draw.chance(0.25):
        draw.use("ignore any event")
        return "any event", f"\x1f{draw.pick(('more than 2 months ago', 'in the last 1 hour'))}"
    name, form, properties = source(draw, ("text", "number", "yes/no"))
    draw.use(f"ignore {form}")
    test = where(draw, properties, is_followed=False, is_closed=False) if draw.chance(0.7) else ""
    return f"{name}{test}", windows(draw) if not test or draw.chance(0.3) else ""


def assume_lines(draw: Draw) -> list[str]:
    """`assume CONDITION`."""
    draw.use("assume")
    return [f"assume {condition(draw)}"]
