"""When a contact leaves its stage, though each step of a decay alone would take long to look at.

While nothing but decay happens, what each rule gives lies between what it gives at the beginning and at the end of the
time. Where that leaves no comparison of points another outcome, the stage is the same all the time; otherwise either
half of the time is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from leadline_compiler.contacts import Contact
from leadline_compiler.due.course import Course, Courses, Fading
from leadline_compiler.execute import Scored, add_up, clamp
from leadline_compiler.numbers import LARGEST, MILLION, THOUSAND, round_half_away
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.references import needed_by

_Range: TypeAlias = tuple[int, int]
_Edges: TypeAlias = dict[int | None, set[int] | None]
"""The points, in millionths, that a score is compared with, by its index (None: the total); None: who knows."""


class Leaving:
    """Tells when contacts leave the stage, or the status, that they have at an instant."""

    def __init__(self, courses: Courses) -> None:
        self._courses = courses
        self._edges = _edges(courses.plan)

    def __call__(
        self, contact: Contact, start: int, end: int, is_wanted: Callable[[], bool] | None = None
    ) -> Scored | None:
        """What the contact is worth once it has left, up to an instant at most; None where it does not."""
        course = Course(self._courses, contact, start, end)
        place = _place(course.now)
        while course.next_instant is not None and (is_wanted is None or is_wanted()):
            until = course.fades_until
            if until is not None:
                self._fade(course, until - 1)
            else:
                course.step()
            if _place(course.now) != place:
                return course.now
        return None

    def _fade(self, course: Course, last: int) -> None:
        """Goes on to where the stage may change by decay, or to the last instant before something else happens."""
        begin, settled = course.fading(course.now.as_of), course.settled
        while True:
            following = course.next_instant
            if following is None or following >= last or self._stays(settled, begin, course.fading(last)):
                course.go(last)
                return
            last = (course.now.as_of + last) // 2
            if following > last:
                course.step()
                return

    def _stays(self, settled: Sequence[int], begin: Fading, end: Fading) -> bool:
        """Whether all that is asked of points is answered alike from one instant to the other."""
        return all(
            low == high
            or ((edges := self._edges[index]) is not None and not any(_parts(edge, low, high) for edge in edges))
            for index, (low, high) in self._ranges(settled, begin, end)
        )

    def _ranges(self, settled: Sequence[int], begin: Fading, end: Fading) -> Iterator[tuple[int | None, _Range]]:
        plan = self._courses.plan
        lows, highs = list(settled), list(settled)
        for rule, before in begin.points.items():
            place, after = plan.rules[rule].group, end.points[rule]
            lows[place] += min(before, after)
            highs[place] += max(before, after)
        # Bounds and decays never turn more points into fewer, and a decay goes one way as long as nothing else happens:
        # a score is never beyond what it is at the corners.
        corners = [
            add_up(plan, groups, self._courses.decays, run, self._courses.nodes)
            for groups in (lows, highs)
            for run in (begin.run, end.run)
        ]
        sums = [(min(found), max(found)) for found in zip(*corners, strict=True)]
        yield from enumerate(sums)
        worths = [[round_half_away(ends * term.weight, THOUSAND) for ends in sums[term.score]] for term in plan.terms]
        low, high = sum(map(min, worths)), sum(map(max, worths))
        yield None, (clamp(low, plan.total_low, plan.total_high), clamp(high, plan.total_low, plan.total_high))


def _place(scored: Scored) -> tuple[str, str | None]:
    return scored.status, scored.stage


def _parts(edge: int, low: int, high: int) -> bool:
    """Whether points (in thousandths) from low to high lie on more than one side of an edge, or on it and beside."""
    scale = MILLION // THOUSAND
    return low * scale <= edge <= high * scale


def _edges(plan: p.Plan) -> _Edges:
    # What is larger than the largest amount counts as missing.
    found: _Edges = {index: {-LARGEST, LARGEST} for index in (None, *range(len(plan.scores)))}

    def need(score: int | None, edges: Sequence[int] | None) -> None:
        known = found[score]
        found[score] = None if known is None or edges is None else known | {*edges}

    asked = {index: node[1] for index, node in enumerate(plan.nodes) if node[0] == "score"}
    for node in plan.nodes:
        for index in needed_by(node):
            if index in asked:
                need(asked[index], _edges_of(plan, node, index))
    for grade in plan.grades:
        need(grade.score, [start * (MILLION // THOUSAND) for _, start in grade.rows])
    return found


def _edges_of(plan: p.Plan, node: p.Node, score: int) -> Sequence[int] | None:
    """What a node compares a score with."""
    match node[0]:
        case "within":
            return [node[2], node[3]]
        case "one_of":
            return list(node[2])
        case "known":
            return []
        case "above" | "least":
            other = plan.nodes[node[2] if node[1] == score else node[1]]
            return [other[1]] if other[0] == "number" else None
    return None
