"""Groups, scores, the total, letters, exits and stages of one model in a constraint model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from leadline_compiler import model as m
from leadline_compiler.analysis.amounts import ANYTHING
from leadline_compiler.analysis.reach import grade_spans
from leadline_compiler.analysis.sets import Ranges
from leadline_compiler.analysis.solve.building import ZERO, Builder, Linear, Literal, negation, total_of
from leadline_compiler.analysis.solve.limits import Clamps, Limit
from leadline_compiler.analysis.space import EventSet
from leadline_compiler.analysis.spans import FAR
from leadline_compiler.decays import left_after, steps_of
from leadline_compiler.zones import DAY

MOST_STEPS = 200
_FINE_STEPS = 24
_COARSE_STEPS = 6
"""Steps of a score's decay that are told apart."""
_LARGEST_SCORE = 10**9
"""Thousandths; what is left of a larger score where nothing is left of this one is taken to be anything."""
_LARGEST_FRACTION = 10**9
"""Denominators that are reckoned with."""


@dataclass(slots=True)
class ScoreSums:
    """Of a score: what its groups add up to before their bounds and after, what the decay leaves, the points."""

    group_sums: tuple[Linear, ...]
    groups: tuple[Linear, ...]
    sum: Linear
    after_decay: Linear
    points: Linear


@dataclass(slots=True)
class SideSums:
    """Of one model: the points of its rules by identity, its scores and their decays by name, and the total before
    its bounds."""

    rules: dict[int, Linear] = field(default_factory=dict)
    scores: dict[str, ScoreSums] = field(default_factory=dict)
    decays: Mapping[str, Decaying] = field(default_factory=dict)
    sum: Linear = ZERO
    total: Linear = ZERO

    def of(self, score: str | None) -> Linear:
        """The points of a score, or the total."""
        return self.total if not score else self.scores[score].points


@dataclass(frozen=True, slots=True)
class DecayStep:
    """Steps of a score's decay from `first` to `last`, and the events since which it is no more than the last."""

    first: int
    last: int
    events: EventSet


def decay_steps(decay: m.ScoreDecay, events: EventSet, as_of: int, fine: bool) -> tuple[DecayStep, ...]:
    """The steps of a score's decay, up to where nothing is left of any score.

    Where they are not to be told apart finely, the later ones are taken together, more and more of them.
    """
    unit = DAY if decay.decay.kind == "fading" else decay.decay.every.length
    first = steps_of(decay.decay, max(0, as_of - events.last))
    oldest = steps_of(decay.decay, as_of - events.first)
    steps: list[DecayStep] = []
    width = 1
    while first <= oldest and len(steps) < MOST_STEPS:
        last = min(oldest, first + width - 1)
        begins = max(events.first, as_of - (last + 1) * unit + 1)
        steps.append(DecayStep(first, last, events._replace(first=begins)))
        first = last + 1
        if left_after(_LARGEST_SCORE, decay.decay, last) == 0:
            break
        if len(steps) >= (_FINE_STEPS if fine else _COARSE_STEPS):
            width *= 2
    return tuple(steps)


def add_scores(model: m.Model, rules: Mapping[int, Linear], decays: Mapping[str, Decaying], clamps: Clamps) -> SideSums:
    """The sums of a model out of the points of its rules."""
    sums, builder = SideSums(dict(rules), decays=decays), clamps.builder
    for score in model.scores:
        sums.scores[score.name] = _score(score, rules, decays.get(score.name), clamps)
    terms = [builder.weighted(sums.scores[term.score].points, term.weight) for term in model.total.terms]
    sums.sum = builder.named(total_of(terms))
    sums.total = clamps.clamped(sums.sum, model.total.bounds, Limit(None, None))
    return sums


def _score(score: m.Score, rules: Mapping[int, Linear], decaying: Decaying | None, clamps: Clamps) -> ScoreSums:
    group_sums, groups, builder = [], [], clamps.builder
    for number, group in enumerate(score.groups):
        summed = total_of(rules[id(rule)] for rule in group.rules)
        if group.bounds != m.OPEN:
            summed = builder.named(summed)
        group_sums.append(summed)
        groups.append(clamps.clamped(summed, group.bounds, Limit(score.name, number)))
    summed = builder.named(total_of(groups))
    after = summed if decaying is None else decaying.left_of(summed, builder)
    points = clamps.clamped(after, score.bounds, Limit(score.name, None))
    return ScoreSums(tuple(group_sums), tuple(groups), summed, after, points)


@dataclass(frozen=True, slots=True)
class Decaying:
    """The decay of a score: a literal for each stretch of steps (first, last) since the last event, for later than
    all of them, and for no event at all."""

    decay: m.Decay
    steps: tuple[tuple[int, int, Literal], ...]
    later: Literal
    never: Literal

    def left_of(self, summed: Linear, builder: Builder) -> Linear:
        """What the decay leaves of a sum."""
        left = builder.variable(min(0, summed.low), max(0, summed.high))
        _equal(left, summed, self.never, builder)
        _shrinks(summed, left, builder)
        for first, last, literal in self.steps:
            if literal is not False:
                self._leave(summed, left, (first, last), literal, builder)
        step = self.steps[-1][1] + 1 if self.steps else 0
        low, high = (left_after(end, self.decay, step) for end in (min(0, summed.low), max(0, summed.high)))
        builder.not_above(Linear((), low, low, low), left, self.later)
        builder.not_above(left, Linear((), high, high, high), self.later)
        return left

    @property
    def is_exact(self) -> bool:
        told = all(first == last and _is_small(self.decay, first) for first, last, _ in self.steps)
        return told and (self.later is False or left_after(_LARGEST_SCORE, self.decay, self.steps[-1][1]) == 0)

    def _leave(self, summed: Linear, left: Linear, steps: tuple[int, int], literal: Literal, builder: Builder) -> None:
        numerator, denominator = fraction_left(self.decay, steps[0])
        if steps[0] == steps[1] and _is_small(self.decay, steps[0]):
            _equal(left, builder.rounded(summed, numerator, denominator, literal), literal, builder)
        else:
            self._leave_about(summed, left, steps, literal, builder)

    def _leave_about(
        self, summed: Linear, left: Linear, steps: tuple[int, int], literal: Literal, builder: Builder
    ) -> None:
        """The same with the fraction taken to the millionth, and half a thousandth of a point for what is rounded."""
        (more, most), (less, least) = (fraction_left(self.decay, step) for step in steps)
        shares = (less * 10**6 // least, -(-more * 10**6 // most))
        scaled = left.times(10**6)
        rest = Linear((), 10**6 // 2, 10**6 // 2, 10**6 // 2)
        for sign in (1, -1):
            positive = builder.at_least(summed.times(sign), 0)
            low, high = (summed.times(sign * share) for share in shares)
            mine = scaled.times(sign)
            builder.not_above(low, mine.plus(rest), literal, positive)
            builder.not_above(mine, high.plus(rest), literal, positive)


def _equal(one: Linear, other: Linear, literal: Literal, builder: Builder) -> None:
    builder.not_above(one, other, literal)
    builder.not_above(other, one, literal)


def _shrinks(summed: Linear, left: Linear, builder: Builder) -> None:
    """What is left lies between the sum and nothing."""
    for sign in (1, -1):
        positive = builder.at_least(summed.times(sign), 0)
        builder.not_above(ZERO, left.times(sign), positive)
        builder.not_above(left.times(sign), summed.times(sign), positive)


def _is_small(decay: m.Decay, step: int) -> bool:
    """Whether a fraction is small enough to be reckoned with exactly."""
    return fraction_left(decay, step)[1] <= _LARGEST_FRACTION


def fraction_left(decay: m.Decay, step: int) -> tuple[int, int]:
    """What a decay leaves after so many steps, as a fraction."""
    match decay.kind:
        case "halving":
            left = Fraction(1, 2) ** step
        case "losing of rest":
            left = (1 - decay.percent / 100) ** step
        case "losing of original":
            left = max(Fraction(0), 1 - step * decay.percent / 100)
        case _:
            over = decay.every.length // DAY
            left = Fraction(max(0, over - step), over)
    return left.numerator, left.denominator


@dataclass(frozen=True, slots=True)
class Given:
    """Who is given what: literals for each exit, for the conditions of the stages and for the stages as given."""

    exits: tuple[Literal, ...]
    met: tuple[Literal, ...]
    stages: tuple[Literal, ...]
    excluded: Literal
    disqualified: Literal


def give(model: m.Model, exits: list[Literal], met: list[Literal], builder: Builder) -> Given:
    """Status and stages out of the conditions that hold."""
    excluded = builder.either(one for exit_, one in zip(model.exits, exits, strict=True) if exit_.kind == "exclude")
    out = builder.either(exits)
    disqualified = builder.both((out, negation(excluded)))
    stages: list[Literal] = []
    for index, one in enumerate(met):
        stages.append(builder.both((negation(out), one, *(negation(later) for later in met[index + 1 :]))))
    return Given(tuple(exits), tuple(met), tuple(stages), excluded, disqualified)


def letters(model: m.Model, sums: SideSums, builder: Builder) -> dict[tuple[str | None, str | None], Literal]:
    """For each grade and letter whether it is given; the letter None where none is."""
    given: dict[tuple[str | None, str | None], Literal] = {}
    for grade in model.grades:
        starts = [row.start for row in grade.rows if row.start is not None]
        mine = []
        for row in grade.rows:
            literal = builder.lies_in(sums.of(grade.score), _inside(grade_spans(starts, row.start)))
            mine.append(literal)
            given[grade.score, row.letter] = builder.either((literal, given.get((grade.score, row.letter), False)))
        given[grade.score, None] = negation(builder.either(mine))
    return given


def _inside(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    return tuple((max(low, -FAR), min(high, FAR)) for low, high in spans)


def score_literal(constraint: Ranges, points: Linear, builder: Builder) -> Literal:
    """Whether a score lies where a condition wants it; scores are never missing here."""
    return builder.lies_in(points, [(max(low, ANYTHING[0]), min(high, ANYTHING[1])) for low, high in constraint.spans])
