"""Writes the function that makes of a contact's sum of points its results.

Every contact goes through the same few steps. Written out for a model they need no loops and no tables to go through:
half the time. The length of the function follows the scores, grades and stages of the model, and not its rules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from leadline_compiler.numbers import THOUSAND, round_half_away
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.doors import FAR, Door, Span
from leadline_compiler.scorer.finish import Finish, Results
from leadline_compiler.scorer.frame import Runs
from leadline_compiler.scorer.gathered import Gathered
from leadline_compiler.scorer.lanes import Lanes

Settle: TypeAlias = Callable[[int, Gathered | None, Sequence[int], Runs], Results]
"""The results of a contact: from its sum of points, its events gathered, and the gates that are open."""


def build_settle(plan: p.Plan, lanes: Lanes, finish: Finish) -> Settle:
    """The function for a plan."""
    writer = _Writer(plan, lanes, finish)
    body = "\n".join(f"    {line}" for line in writer.lines())
    scope = writer.constants
    exec(compile(f"def settle(packed, gathered, gates, runs):\n{body}\n", "<settle>", "exec"), scope)
    settle: Settle = scope["settle"]
    return settle


_FEW = 16
"""So many lanes are taken apart and added one by one, which is quicker than their sum."""


class _Writer:
    """The lines of the function. Whatever is no number stands in the constants that they name."""

    def __init__(self, plan: p.Plan, lanes: Lanes, finish: Finish) -> None:
        self._plan = plan
        self._lanes = lanes
        self._finish = finish
        self.constants: dict[str, Any] = {
            "mask": lanes.mask,
            "above": lanes.above,
            "below": lanes.below,
            "top": lanes.top,
            "clamp": lanes.clamp,
            "unpack": lanes.unpack,
            "decay": finish.decay,
            "out_of": finish.out_of,
            "holds": finish.holds,
            "find": bisect_right,
            "rounded": round_half_away,
        }
        self._scores = [f"score_{index}" for index in range(len(plan.scores))]
        self._told = f"[{', '.join(self._scores)}]"
        self._letters = f"[{', '.join(f'letter_{number}' for number in range(len(plan.grades)))}]"

    def lines(self) -> Iterator[str]:
        """All lines."""
        yield from self._split()
        for index, (name, score) in enumerate(zip(self._scores, self._plan.scores, strict=True)):
            if score.decay is not None:
                yield f"{name} = decay({index}, {name}, gathered)"
            yield from _bound(name, score.low, score.high)
        terms = [_weighed(self._scores[term.score], term.weight) for term in self._plan.terms]
        yield f"total = {' + '.join(terms) or 0}"
        yield from _bound("total", self._plan.total_low, self._plan.total_high)
        for number, grade in enumerate(self._plan.grades):
            rows = grade.rows[::-1]
            starts = self._constant(f"starts_{number}", [start for _, start in rows])
            letters = self._constant(f"letters_{number}", [grade.otherwise, *(letter for letter, _ in rows)])
            yield f"letter_{number} = {letters}[find({starts}, {self._score(grade.score)})]"
        yield from self._exits()
        for number, door in enumerate(reversed(self._finish.stages)):
            name = self._constant(f"stage_{number}", door.name)
            yield f"if {self._condition(number, door)}:"
            yield f"    return 'scored', (), total, {self._told}, {self._letters}, {name}"
        yield f"return 'scored', (), total, {self._told}, {self._letters}, None"

    def _split(self) -> Iterator[str]:
        """Points by score, every group within its bounds. What stands above the lanes is passed over."""
        lanes = self._lanes
        yield "packed &= mask"
        if lanes.is_bounded:
            # A lane beyond its limits carries into its top bit, or does not reach it.
            yield "over = packed + above & top"
            yield "reached = packed + below & top"
            yield "if over or reached != top:"
            yield "    packed = clamp(packed, over, reached ^ top)"
        many = max([end for _, end in lanes.spans], default=0)
        names = [f"lane_{lane}" for lane in range(many)] if many <= _FEW else []
        yield f"{''.join([f'{name}, ' for name in names]) or 'lanes'} = unpack(packed.to_bytes({lanes.size}, 'little'))"
        for name, (start, end) in zip(self._scores, lanes.spans, strict=True):
            added = " + ".join(names[start:end] or ["0"]) if names else f"sum(lanes[{start}:{end}])"
            yield f"{name} = {added} - {lanes.rest * (end - start)}"

    def _exits(self) -> Iterator[str]:
        if not self._finish.exits:
            return
        has_free = any(door.gate is None for door in self._finish.exits)
        asked = f"out_of({self._told}, total, {self._letters}, gates, runs)"
        yield f"out = {asked if has_free else f'{asked} if gates else None'}"
        yield "if out is not None:"
        yield f"    return *out, total, {self._told}, {self._letters}, None"

    def _condition(self, number: int, door: Door) -> str:
        """A stage's condition as an expression."""
        parts = [f"{door.gate} in gates"] if door.gate is not None else []
        parts += map(self._test, door.spans)
        if door.rest:
            rest = self._constant(f"rest_{number}", door.rest)
            parts.append(f"holds({rest}, {self._told}, total, {self._letters}, runs)")
        return " and ".join(parts) or "True"

    def _test(self, span: Span) -> str:
        least = f"{span.first} <= " if span.first > -FAR else ""
        most = f" <= {span.last}" if span.last < FAR else ""
        test = f"{least}{self._score(span.score)}{most}" if least or most else "True"
        return test if span.wanted else f"not {test}"

    def _score(self, index: int | None) -> str:
        return "total" if index is None else self._scores[index]

    def _constant(self, name: str, value: Any) -> str:
        self.constants[name] = value
        return name


def _bound(name: str, low: int | None, high: int | None) -> Iterator[str]:
    if low is not None:
        yield f"if {name} < {low}:"
        yield f"    {name} = {low}"
    if high is not None:
        yield f"if {name} > {high}:"
        yield f"    {name} = {high}"


def _weighed(score: str, weight: int) -> str:
    return score if weight == THOUSAND else f"rounded({score} * {weight}, {THOUSAND})"
