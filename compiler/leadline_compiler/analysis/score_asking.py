"""Questions of conditions that ask for scores: the total is made of the scores, and each of these ends somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from leadline_compiler import model as m
from leadline_compiler.analysis.analysis import Analysis
from leadline_compiler.analysis.bounds import ModelRange, Range, total_of
from leadline_compiler.analysis.formulas import Cube, merge
from leadline_compiler.analysis.questions import Asking, Ways
from leadline_compiler.analysis.reach import score_limits
from leadline_compiler.analysis.sets import Constraint, Key, Ranges, meet
from leadline_compiler.analysis.spans import FAR

_TOTAL = Key("score", "")


@lru_cache(maxsize=2)
def asking_of_scores(analysis: Analysis) -> Asking:
    """Questions about the exits and stages of a model, by all that is known of its scores without a search."""
    return ScoreAsking(analysis.asking, analysis.model.total, analysis.ranges, score_limits(analysis.ranges))


class ScoreAsking(Asking):
    """Questions about exits and stages of a model whose scores and total lie within `limits`, as `ranges` says."""

    def __init__(self, asking: Asking, total: m.Total, ranges: ModelRange, limits: Cube) -> None:
        self._total = total
        self._ranges = ranges
        self._limits = limits
        super().__init__(asking.space, asking.assumptions)

    def is_possible(self, cube: Cube) -> bool:
        return super().is_possible(cube) and (not _asks_for_scores(cube) or self._adds_up(cube))

    def clash(self, one: Ways, other: Ways) -> bool:
        if super().clash(one, other):
            return True
        if not (_asks_for_scores(one.cube) and _asks_for_scores(other.cube)):
            return False
        merged = merge(one.cube, other.cube)
        return merged is None or not self._adds_up(merged)

    def _sides(self, key: Key, constraint: Constraint) -> Iterator[tuple[Key, int]]:
        # Each score hangs together with the total, and so with all others.
        yield from super()._sides(_TOTAL if key.kind == "score" else key, constraint)

    def _adds_up(self, cube: Cube) -> bool:
        """Whether the total may lie where it has to while the scores lie where they have to."""
        ranges = {}
        for name in [one.score.name for one in self._ranges.scores]:
            within = self._within(cube, Key("score", name))
            if within is not None and not within.spans:
                return False
            ranges[name] = Range(None, None) if within is None else _hull(within)
        total = self._within(cube, _TOTAL)
        if total is None:
            return True
        low, high = total_of(self._total, ranges)[1]
        reached = Ranges(((-FAR if low is None else low, FAR if high is None else high),), False, (-FAR, FAR))
        met = meet(total, reached)
        return isinstance(met, Ranges) and bool(met.spans)

    def _within(self, cube: Cube, key: Key) -> Ranges | None:
        """Where a score has to lie; None where it may be beyond all amounts, and so missing."""
        limit = self._limits[key]
        met = meet(limit, cube[key]) if key in cube else limit
        return met if isinstance(met, Ranges) and not met.missing else None


def _asks_for_scores(cube: Cube) -> bool:
    return any(key.kind == "score" for key in cube)


def _hull(ranges: Ranges) -> Range:
    low, high = ranges.spans[0][0], ranges.spans[-1][1]
    return Range(None if low <= -FAR else low, None if high >= FAR else high)
