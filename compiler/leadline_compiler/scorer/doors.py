"""Exits and stages as what can be asked of a contact's scores at once, and what must be worked out."""

from __future__ import annotations

from typing import NamedTuple

from leadline_compiler.numbers import LARGEST, MILLION, THOUSAND
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.assign import Gate
from leadline_compiler.scorer.literals import Literal
from leadline_compiler.texts import fold

_SCALE = MILLION // THOUSAND
FAR = 10**60
"""Beyond every sum of points."""


class Span(NamedTuple):
    """A test that a score, or the total where that is None, lies between two points, or does not."""

    score: int | None
    first: int
    last: int
    wanted: bool


class Door(NamedTuple):
    """An exit or a stage: the gate that must be open, tests of the scores, and what must be worked out."""

    name: str
    kind: str
    gate: int | None
    spans: tuple[Span, ...]
    rest: tuple[Literal, ...]


def build_door(plan: p.Plan, name: str, kind: str, number: int, gate: Gate) -> Door:
    """An exit or a stage; its number is that of its gate, if it has one."""
    if not gate.is_open:
        return Door(name, kind, None, (_NEVER,), ())
    found = [(_span(plan, literal), literal) for literal in gate.after]
    spans = tuple(span for span, _ in found if span is not None)
    rest = tuple(literal for span, literal in found if span is None)
    return Door(name, kind, None if gate.joint is None else number, spans, rest)


_NEVER = Span(None, 1, 0, True)


def _span(plan: p.Plan, literal: Literal) -> Span | None:
    """A part that compares a score with a number, or looks at a grade, as a span; None for any other."""
    index, wanted = literal
    node = plan.nodes[index]
    if node[0] == "one_of" and plan.nodes[node[1]][0] == "grade":
        return _span_of_grade(plan, plan.nodes[node[1]][1], frozenset(node[2]), wanted)
    found = _limits(plan, node)
    if found is None:
        return None
    score, low, high = found
    # Scores are thousandths, the numbers of conditions millionths; beyond 10^12 a score is missing.
    return Span(score, -(-max(low, -LARGEST) // _SCALE), min(high, LARGEST) // _SCALE, wanted)


def _limits(plan: p.Plan, node: p.Node) -> tuple[int | None, int, int] | None:
    """A score, and the millionths between which a test lets it be."""
    if node[0] == "within" and plan.nodes[node[1]][0] == "score":
        return plan.nodes[node[1]][1], node[2], node[3]
    if node[0] in ("above", "least"):
        left, right = plan.nodes[node[1]], plan.nodes[node[2]]
        open_ = 1 if node[0] == "above" else 0
        if left[0] == "score" and right[0] == "number":
            return left[1], right[1] + open_, LARGEST
        if left[0] == "number" and right[0] == "score":
            return right[1], -LARGEST, left[1] - open_
    return None


def _span_of_grade(plan: p.Plan, score: int | None, letters: frozenset[str], wanted: bool) -> Span | None:
    """Letters that stand next to each other as a span of the score; None for letters that do not."""
    grade = next(item for item in plan.grades if item.score == score)
    rows = [*grade.rows, (grade.otherwise, -FAR)]
    ends = [FAR, *(start - 1 for _, start in rows)]
    meant = [n for n, (letter, _) in enumerate(rows) if letter is not None and fold(letter) in letters]
    if not meant:
        return Span(None, 1, 0, wanted)
    if meant[-1] - meant[0] >= len(meant):
        return None
    return Span(score, rows[meant[-1]][1], ends[meant[0]], wanted)
