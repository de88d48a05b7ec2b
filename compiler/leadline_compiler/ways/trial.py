"""Ways that are found by trying what the rules ask for, without a solver: confirmed, and not proved the cheapest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice

from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.formulas import Cube
from leadline_compiler.analysis.units import Unit
from leadline_compiler.analysis.witness import contacts_of
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.ways.confirmed import Shows
from leadline_compiler.ways.way import Cost, Start

_MOST_SCORED = 20_000
"""Rules times contacts that are scored."""
_FEWEST_TRIES = 50
_MOST_COMBINED = 5_000
_MOST_TOGETHER = 3
_MOST_CUBES = 6
_TIMES = (1, 2, 3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Move:
    """Something that a rule or a stage asks for: values and events that are new, and the points for it."""

    points: int
    values: Mapping[str, Value]
    events: tuple[Event, ...]

    @property
    def cost(self) -> Cost:
        return Cost(len(self.events), len(self.values))


def try_ways(analysis: Analysis, start: Start, stages: Sequence[str], shows: Shows) -> Contact | None:
    """The cheapest of the contacts that were tried, None where none of them shows it."""
    moves = sorted(_moves(analysis, start, stages), key=lambda move: -move.points)
    together = [
        several for size in range(_MOST_TOGETHER + 1) for several in islice(combinations(moves, size), _MOST_COMBINED)
    ]
    together.sort(key=_cost)
    tries = max(_FEWEST_TRIES, _MOST_SCORED // (1 + len(analysis.model.rules)))
    piles = (tuple(moves[:size]) for size in range(_MOST_TOGETHER + 1, min(len(moves), _FEWEST_TRIES) + 1))
    contacts = (_together(start, several) for several in chain(together[:tries], piles))
    return next((contact for contact in contacts if shows(contact)), None)


def _cost(moves: tuple[Move, ...]) -> Cost:
    return Cost(sum(move.cost.events for move in moves), sum(move.cost.facts for move in moves))


def _together(start: Start, moves: tuple[Move, ...]) -> Contact:
    values = {name: value for move in moves for name, value in move.values.items()}
    return start.with_more(values, tuple(event for move in moves for event in move.events))


def _moves(analysis: Analysis, start: Start, stages: Sequence[str]) -> Iterator[Move]:
    seen: set[object] = set()
    for unit in analysis.units:
        if unit.exit is not None or (unit.stage is not None and unit.name not in stages):
            continue
        for move in _moves_of(analysis, start, unit):
            key = repr(move)
            if move.cost > (0, 0) and key not in seen:
                seen.add(key)
                yield move


def _moves_of(analysis: Analysis, start: Start, unit: Unit) -> Iterator[Move]:
    for cube in analysis.meets(unit.formula)[:_MOST_CUBES]:
        for contact in islice(contacts_of(analysis.space, _told(cube), newest=True), 1):
            values = {name: value for name, value in contact.values.items() if start.may_change(name)}
            if any(event.at < start.since for event in contact.events):
                continue
            yield Move(unit.points, values, contact.events)
            if unit.kind == "each" and contact.events:
                yield from (Move(unit.points, values, contact.events * times) for times in _TIMES[1:])


def _told(cube: Cube) -> Cube:
    return {key: one for key, one in cube.items() if key.kind != "score"}
