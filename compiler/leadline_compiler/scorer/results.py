"""From sums of points to scores, total, grades, exits and stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from leadline_compiler.execute.rules import build_decay
from leadline_compiler.execute.run import Run
from leadline_compiler.numbers import LARGEST, MILLION, THOUSAND, round_half_away
from leadline_compiler.outcome import Status
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.assign import Gate
from leadline_compiler.scorer.frame import Frame
from leadline_compiler.scorer.gathered import Gathered, microseconds
from leadline_compiler.scorer.literals import Literal
from leadline_compiler.texts import fold

_SCALE = MILLION // THOUSAND
_FAR = 10**60
"""Beyond every sum of points."""

Runs: TypeAlias = Callable[[], Run]
"""Makes the run of the contact, for what must be worked out node by node."""

Results: TypeAlias = tuple[Status, tuple[str, ...], int, list[int], list[str | None], str | None]
"""Status, its reasons, total, scores and grades in the order of the plan, stage. Points are thousandths."""


class _Span(NamedTuple):
    """A test that a score, or the total where the place is -1, lies between two points, or does not."""

    place: int
    first: int
    last: int
    wanted: bool


class _Door(NamedTuple):
    """An exit or a stage: the gate that must be open, tests of the scores, and what must be worked out."""

    name: str
    kind: str
    gate: int | None
    spans: tuple[_Span, ...]
    rest: tuple[Literal, ...]


class Finish:
    """What follows from the sums of a contact's points. `lists` are those of the scores that decay."""

    def __init__(self, frame: Frame, gates: tuple[Sequence[Gate], Sequence[Gate]], lists: Sequence[int | None]) -> None:
        plan = frame.plan
        self._frame = frame
        bounds = [(index, score.low, score.high) for index, score in enumerate(plan.scores)]
        self._bounds = [(i, *_bounds(low, high)) for i, low, high in bounds if low is not None or high is not None]
        decays = [(index, build_decay(score.decay)) for index, score in enumerate(plan.scores) if score.decay]
        self._decays = list(zip(decays, lists, strict=True))
        self._terms = [(term.score, term.weight) for term in plan.terms]
        self._low, self._high = _bounds(plan.total_low, plan.total_high)
        self._grades = [(-1 if item.score is None else item.score, item.rows, item.otherwise) for item in plan.grades]
        exits, stages = gates
        opening = zip(exits, plan.exits, strict=True)
        self._exits = [_door(plan, item.name, item.kind, n, gate) for n, (gate, item) in enumerate(opening)]
        self._has_free_exits = any(door.gate is None for door in self._exits)
        rising = zip(stages, plan.stages, strict=True)
        self._stages = [_door(plan, item.name, "", n, gate) for n, (gate, item) in enumerate(rising, len(exits))]
        self._stages = self._stages[::-1]
        self.late_nodes = [node for door in (*self._exits, *self._stages) for node, _ in door.rest]
        """The nodes that are worked out for a contact as they stand."""

    def settle(self, scores: list[int], gathered: Gathered | None, gates: Sequence[int], runs: Runs) -> Results:
        """The results of a contact: from the points of its scores, the events gathered, and the open gates.

        Changes `scores`, which become those of the results.
        """
        for (index, decay), number in self._decays:
            age = None if gathered is None or number is None else gathered.newest(number)
            if age is not None:
                scores[index] = decay(scores[index], microseconds(age))
        for index, low, high in self._bounds:
            points = scores[index]
            scores[index] = low if points < low else high if points > high else points
        total = 0
        for score, weight in self._terms:
            total += scores[score] if weight == THOUSAND else round_half_away(scores[score] * weight, THOUSAND)
        if not self._low <= total <= self._high:
            total = self._low if total < self._low else self._high
        scores.append(total)
        letters: list[str | None] = []
        for place, rows, otherwise in self._grades:
            points = scores[place]
            for letter, start in rows:
                if points >= start:
                    letters.append(letter)
                    break
            else:
                letters.append(otherwise)
        if gates or self._has_free_exits:
            ajar = [door for door in self._exits if door[2] is None or door[2] in gates]
            held = [door for door in ajar if self._is_open(door, scores, letters, runs)]
            if held:
                excluded = [door for door in held if door.kind == "exclude"]
                reasons = tuple([door.name for door in excluded or held])
                return "excluded" if excluded else "disqualified", reasons, scores.pop(), scores, letters, None
        stage = None
        for door in self._stages:
            if (door[2] is None or door[2] in gates) and self._is_open(door, scores, letters, runs):
                stage = door[0]
                break
        return "scored", (), scores.pop(), scores, letters, stage

    def _is_open(self, door: _Door, scores: Sequence[int], letters: Sequence[str | None], runs: Runs) -> bool:
        """Whether the condition of an exit or a stage holds beyond its gate. The total is the last of the scores."""
        _, _, _, spans, rest = door
        for place, first, last, wanted in spans:
            if (first <= scores[place] <= last) is not wanted:
                return False
        if not rest:
            return True
        run = runs()
        run.scores, run.total = scores[:-1], scores[-1]
        run.grades = {item.score: letter for item, letter in zip(self._frame.plan.grades, letters, strict=True)}
        return self._frame.hold(rest, run)


def _bounds(low: int | None, high: int | None) -> tuple[int, int]:
    return -_FAR if low is None else low, _FAR if high is None else high


def _door(plan: p.Plan, name: str, kind: str, number: int, gate: Gate) -> _Door:
    if not gate.is_open:
        return _Door(name, kind, None, (_NEVER,), ())
    found = [(_span(plan, literal), literal) for literal in gate.after]
    spans = tuple(span for span, _ in found if span is not None)
    rest = tuple(literal for span, literal in found if span is None)
    return _Door(name, kind, None if gate.joint is None else number, spans, rest)


_NEVER = _Span(-1, 1, 0, True)


def _span(plan: p.Plan, literal: Literal) -> _Span | None:
    """A part that compares a score with a number, or looks at a grade, as a span; None for any other."""
    index, wanted = literal
    node = plan.nodes[index]
    if node[0] == "one_of" and plan.nodes[node[1]][0] == "grade":
        return _span_of_grade(plan, plan.nodes[node[1]][1], frozenset(node[2]), wanted)
    found = _limits(plan, node)
    if found is None:
        return None
    place, low, high = found
    # Scores are thousandths, the numbers of conditions millionths; beyond 10^12 a score is missing.
    return _Span(place, -(-max(low, -LARGEST) // _SCALE), min(high, LARGEST) // _SCALE, wanted)


def _limits(plan: p.Plan, node: p.Node) -> tuple[int, int, int] | None:
    """The place of a score, and the millionths between which a test lets it be."""
    if node[0] == "within" and plan.nodes[node[1]][0] == "score":
        return _place(plan.nodes[node[1]][1]), node[2], node[3]
    if node[0] in ("above", "least"):
        left, right = plan.nodes[node[1]], plan.nodes[node[2]]
        open_ = 1 if node[0] == "above" else 0
        if left[0] == "score" and right[0] == "number":
            return _place(left[1]), right[1] + open_, LARGEST
        if left[0] == "number" and right[0] == "score":
            return _place(right[1]), -LARGEST, left[1] - open_
    return None


def _place(score: int | None) -> int:
    return -1 if score is None else score


def _span_of_grade(plan: p.Plan, score: int | None, letters: frozenset[str], wanted: bool) -> _Span | None:
    """Letters that stand next to each other as a span of the score; None for letters that do not."""
    grade = next(item for item in plan.grades if item.score == score)
    rows = [*grade.rows, (grade.otherwise, -_FAR)]
    ends = [_FAR, *(start - 1 for _, start in rows)]
    meant = [n for n, (letter, _) in enumerate(rows) if letter is not None and fold(letter) in letters]
    if not meant:
        return _Span(-1, 1, 0, wanted)
    if meant[-1] - meant[0] >= len(meant):
        return None
    return _Span(_place(score), rows[meant[-1]][1], ends[meant[0]], wanted)
