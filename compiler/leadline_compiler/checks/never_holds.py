"""A rule, row, stage, disqualifier or assumption whose condition no contact can meet.

It looks like a part of the model and is none: no contact ever gets its points. Mostly a limit is on the wrong side,
`and` stands where `or` is meant, or a text is compared with something that it cannot be.

Example:

    +5 "Middle" when employees > 100 and employees < 50

The way out: the message names parts that exclude each other; change one of them, or leave the rule out.

What is proved holds for every contact, whatever its fields and events: each `assume` counts as a fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import joined, listed, quoted, reasons, reasons_of_points
from leadline_compiler.model import Each
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Diagnostic
from leadline_dsl.source import Place

if TYPE_CHECKING:
    from leadline_compiler.analysis.questions import Asking
    from leadline_compiler.analysis.units import Unit


def check(facts: Facts) -> Iterator[Diagnostic]:
    analysis = facts.analysis
    if analysis.contradictory:
        yield from _assumptions(facts)
    reported = _reported_places(facts)
    for unit in analysis.units:
        if not analysis.asking.never(analysis.question(unit)) or _is_harmless(unit) or unit.place in reported:
            continue
        hints = reasons(facts, [unit], partial(_is_never, unit))
        yield find("never-holds", say_never(analysis.asking, unit), unit.place, joined(_WAY_OUT, hints))
    yield from _searched(facts)


def _searched(facts: Facts) -> Iterator[Diagnostic]:
    """What only a search over all rules tells."""
    from leadline_compiler.analysis.reach import Impossible
    from leadline_compiler.analysis.verdicts import searched_units

    for unit, verdict in searched_units(facts.analysis):
        if isinstance(verdict, Impossible):
            what = f"{_WHAT[unit.kind]}, however its numbers and scores come out"
            yield find("never-holds", what, unit.place, joined(_WAY_OUT, reasons_of_points(facts.analysis, unit)))


def _is_never(unit: Unit, asking: Asking) -> bool:
    return asking.never(asking.about(unit.formula))


def _assumptions(facts: Facts) -> Iterator[Diagnostic]:
    """Facts that exclude each other prove anything, so nothing is proved with them."""
    places = [entry.place() for entry in facts.resolution.entries if isinstance(entry.node, s.Assume)]
    message = "no contact can be as is assumed" if len(places) == 1 else "no contact can be as the `assume` lines say"
    for place in places[:1]:
        yield find("never-holds", message, place, "correct it: until then all proofs do without")


def say_never(asking: Asking, unit: Unit) -> str:
    """That no contact can meet a unit, and the parts of it that exclude each other."""
    return f"{_WHAT[unit.kind]}{_because(_why(asking, unit))}"


def _why(asking: Asking, unit: Unit) -> tuple[str, ...]:
    from leadline_compiler.analysis.cores import clashing_parts, clashing_where

    if unit.condition is not None:
        return tuple(part.text for part in clashing_parts(asking, unit.condition))
    if unit.rule is not None and isinstance(unit.rule.body, Each):
        return tuple(part.text for part in clashing_where(asking, unit.rule.body.occurrence))
    return ()


_WAY_OUT = "change the condition, or leave the line out"
_WHAT = {
    "when": "no contact can meet this",
    "each": "no event can count here",
    "every": "no contact can reach a first step here",
    "row": "no contact can fall into this row",
    "disqualify": "this can take nobody out",
    "exclude": "this can take nobody out",
    "stage": "no contact can meet the condition of this stage",
}


def _because(parts: tuple[str, ...]) -> str:
    """The parts that exclude each other; nothing where all of the condition is to blame."""
    said = [quoted(part) for part in parts]
    match len(said):
        case 0:
            return ""
        case 1:
            return f": {said[0]} never holds"
        case 2:
            return f": {listed(said)} exclude each other"
        case _:
            return f": {listed(said, most=6)} cannot all hold"


def _is_harmless(unit: Unit) -> bool:
    """An `otherwise` that is worth nothing and that nothing falls into says that nothing was forgotten."""
    return unit.row is not None and unit.row.otherwise and unit.row.points == 0


def _reported_places(facts: Facts) -> set[Place]:
    """The statements of which it is said already that a value is not among the listed ones."""
    unlisted = [item for item in facts.resolution.diagnostics if item.name == "unlisted-value"]
    return {
        unit.place
        for unit in facts.analysis.units
        for item in unlisted
        if item.file == unit.place.file and unit.place.span.start <= item.span.start < unit.place.span.end
    }
