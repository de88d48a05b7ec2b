"""From sums of points to scores, total, grades, exits and stage."""

from __future__ import annotations

from bisect import bisect_right
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
        self._is_sum = sorted(self._terms) == [(index, THOUSAND) for index in range(len(plan.scores))]
        self._total_bounds = None
        if plan.total_low is not None or plan.total_high is not None:
            self._total_bounds = _bounds(plan.total_low, plan.total_high)
        self._grades = list(map(_grade, plan.grades))
        exits, stages = gates
        opening = zip(exits, plan.exits, strict=True)
        self._exits = [_door(plan, item.name, item.kind, n, gate) for n, (gate, item) in enumerate(opening)]
        self._free_exits = [number for number, door in enumerate(self._exits) if door.gate is None]
        rising = zip(stages, plan.stages, strict=True)
        stairs = [_door(plan, item.name, "", n, gate) for n, (gate, item) in enumerate(rising, len(exits))]
        self._stages = [(_least(door), door) for door in reversed(stairs)]
        """The stages, the highest first, each after the lowest total that it needs."""
        self.late_nodes = [node for door in (*self._exits, *stairs) for node, _ in door.rest]
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
            if points < low:
                scores[index] = low
            elif points > high:
                scores[index] = high
        total = sum(scores) if self._is_sum else self._weigh(scores)
        if self._total_bounds is not None:
            low, high = self._total_bounds
            total = max(low, min(high, total))
        scores.append(total)
        letters = []
        for place, starts, names in self._grades:
            letters.append(names[bisect_right(starts, scores[place])])
        if gates or self._free_exits:
            out = self._out(scores, letters, gates, runs)
            if out is not None:
                return *out, scores.pop(), scores, letters, None
        for least, door in self._stages:
            if total >= least and self._is_open(door, scores, letters, gates, runs):
                return "scored", (), scores.pop(), scores, letters, door[0]
        return "scored", (), scores.pop(), scores, letters, None

    def _is_open(
        self,
        door: _Door,
        scores: Sequence[int],
        letters: Sequence[str | None],
        gates: Sequence[int],
        runs: Runs,
    ) -> bool:
        """Whether the condition of an exit or a stage holds. The total is the last of the scores."""
        _, _, gate, spans, rest = door
        if gate is not None and gate not in gates:
            return False
        for place, first, last, wanted in spans:
            if (first <= scores[place] <= last) is not wanted:
                return False
        return not rest or self._holds(rest, scores, letters, runs)

    def _weigh(self, scores: Sequence[int]) -> int:
        """The total before its bounds."""
        return sum([round_half_away(scores[score] * weight, THOUSAND) for score, weight in self._terms])

    def _out(
        self, scores: Sequence[int], letters: Sequence[str | None], gates: Sequence[int], runs: Runs
    ) -> tuple[Status, tuple[str, ...]] | None:
        """The status and its reasons where an exit holds. The gates of stages are beyond those of exits."""
        exits = self._exits
        ajar = [exits[number] for number in sorted({*self._free_exits, *gates}) if number < len(exits)]
        held = [door for door in ajar if self._is_open(door, scores, letters, gates, runs)]
        if not held:
            return None
        excluded = [door for door in held if door.kind == "exclude"]
        reasons = tuple([door.name for door in excluded or held])
        return "excluded" if excluded else "disqualified", reasons

    def _holds(self, rest: Sequence[Literal], scores: Sequence[int], letters: Sequence[str | None], runs: Runs) -> bool:
        """Whether parts of a condition hold that no span tells of. The total is the last of the scores."""
        run = runs()
        run.scores, run.total = scores[:-1], scores[-1]
        run.grades = {item.score: letter for item, letter in zip(self._frame.plan.grades, letters, strict=True)}
        return self._frame.hold(rest, run)


def _bounds(low: int | None, high: int | None) -> tuple[int, int]:
    return -_FAR if low is None else low, _FAR if high is None else high


def _grade(grade: p.PlanGrade) -> tuple[int, list[int], list[str | None]]:
    """The place of a score, the points at which its letters begin, from the lowest on, and the letters."""
    rows = grade.rows[::-1]
    place = -1 if grade.score is None else grade.score
    return place, [start for _, start in rows], [grade.otherwise, *(letter for letter, _ in rows)]


def _door(plan: p.Plan, name: str, kind: str, number: int, gate: Gate) -> _Door:
    if not gate.is_open:
        return _Door(name, kind, None, (_NEVER,), ())
    found = [(_span(plan, literal), literal) for literal in gate.after]
    spans = tuple(span for span, _ in found if span is not None)
    rest = tuple(literal for span, literal in found if span is None)
    return _Door(name, kind, None if gate.joint is None else number, spans, rest)


def _least(door: _Door) -> int:
    """A total below which a stage cannot be reached."""
    return max([span.first for span in door.spans if span.place == -1 and span.wanted], default=-_FAR)


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
