"""The upper bounds of groups, scores and the total, each of which can be switched off in a constraint model."""

from __future__ import annotations

from dataclasses import dataclass, field

from leadline_compiler import model as m
from leadline_compiler.analysis.solve.building import Builder, Linear, Literal
from leadline_dsl.nodes import changed


@dataclass(frozen=True, slots=True)
class Limit:
    """A cap: of a group by its number in the score, of a score, or of the total where there is no score."""

    score: str | None
    group: int | None


@dataclass(slots=True)
class Clamps:
    """Makes sums keep their bounds. Where `loose`, each cap holds only as its flag says."""

    builder: Builder
    loose: bool = False
    flags: dict[Limit, Literal] = field(default_factory=dict)
    capped: dict[Limit, Linear] = field(default_factory=dict)
    """What each cap leaves, or would leave if it were higher."""

    def clamped(self, one: Linear, bounds: m.Bounds, limit: Limit) -> Linear:
        """A sum within bounds."""
        if not self.loose or bounds.high is None or one.high <= bounds.high:
            return self.builder.clamped(one, bounds.low, bounds.high)
        flag = self.flags[limit] = self.builder.flag()
        whole = self.builder.named(one)
        capped = self.builder.clamped(whole, None, bounds.high)
        result = self.capped[limit] = self.builder.variable(whole.low, whole.high)
        # Without the cap it may lie anywhere up to the sum, as if there were a higher one.
        self.builder.not_above(capped, result)
        self.builder.not_above(result, capped, flag)
        self.builder.not_above(result, whole)
        return self.builder.clamped(result, bounds.low, None)


def with_cap(model: m.Model, limit: Limit, points: int) -> m.Model:
    """The model with another cap."""
    if limit.score is None:
        return changed(model, total=changed(model.total, bounds=changed(model.total.bounds, high=points)))
    return changed(model, scores=tuple(_score_with(score, limit, points) for score in model.scores))


def _score_with(score: m.Score, limit: Limit, points: int) -> m.Score:
    if score.name != limit.score:
        return score
    if limit.group is None:
        return changed(score, bounds=changed(score.bounds, high=points))
    groups = tuple(
        changed(group, bounds=changed(group.bounds, high=points)) if number == limit.group else group
        for number, group in enumerate(score.groups)
    )
    return changed(score, groups=groups)
