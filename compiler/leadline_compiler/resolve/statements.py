"""Rules, rows, exits and stages: one statement at a time, remembered by its text for the same names."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any, Generic, TypeVar

from leadline_compiler import model as m
from leadline_compiler.conditions import Amount, Condition, Occurrence
from leadline_compiler.numbers import MILLION, THOUSAND, parse_number, write_number
from leadline_compiler.resolve.amounts import need, read_millionths, resolve_amount
from leadline_compiler.resolve.defines import DEEPEST
from leadline_compiler.resolve.hints import how_to_table
from leadline_compiler.resolve.literals import report_literal, report_unlisted
from leadline_compiler.resolve.loose import tell_grouped_digits
from leadline_compiler.resolve.occurrences import read_duration, resolve_occurrence, shared_property
from leadline_compiler.resolve.scope import Finding, Key, Names, Scope, describe_type
from leadline_compiler.resolve.tests import resolve_condition
from leadline_compiler.schema import Kind
from leadline_compiler.texts import fold
from leadline_compiler.typing import type_of
from leadline_compiler.values import folded_choices
from leadline_dsl import syntax as s
from leadline_dsl.source import Place, Span
from leadline_dsl.walk import depth_of

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Resolved(Generic[_T]):
    """`value` is None where the findings say why. `uses` is what the statement mentions itself."""

    value: _T | None
    findings: tuple[Finding, ...]
    uses: frozenset[Key]


@dataclass(slots=True)
class Resolver:
    """Resolves statements against names, and remembers what it resolved.

    `proposes`: whether names that may have been meant are looked for.
    """

    names: Names
    proposes: bool = True
    _memo: dict[Hashable, Any] = field(default_factory=dict)

    def _resolve(
        self, key: Hashable, text: str, node: Any, allows_scores: bool, build: Callable[[Scope], _T | None]
    ) -> Resolved[_T]:
        known = self._memo.get(key)
        if known is None:
            scope = Scope(self.names, text, allows_scores, proposes=self.proposes)
            value = build(scope)
            # A statement alone is never nested too deep: the parser has seen to that.
            if scope.depth and depth_of(node) + scope.depth > DEEPEST:
                scope.report("syntax", "this is nested too deep, through the defines it uses", node.span)
                value = None
            if len(self._memo) > 100_000:
                self._memo.clear()
            known = self._memo[key] = Resolved(value, tuple(scope.findings), frozenset(scope.uses))
        return known

    def rule(self, node: s.WhenRule | s.EachRule | s.EveryRule, text: str) -> Resolved[m.Body]:
        build = _BODIES[type(node)]
        return self._resolve(("rule", text), text, node, False, lambda scope: build(node, scope))

    def table_amount(self, node: s.Points, text: str) -> Resolved[Amount]:
        return self._resolve(("points", text), text, node, False, lambda scope: _table_amount(node, scope))

    def row(self, node: s.Row, text: str, amount: Amount) -> Resolved[m.Row]:
        key = ("row", text, type_of(amount), amount.text)
        return self._resolve(key, text, node, False, lambda scope: _row(node, amount, scope))

    def condition(self, node: s.Exit | s.Stage | s.Assume, text: str) -> Resolved[Condition]:
        key = ("condition", text)
        return self._resolve(key, text, node, True, lambda scope: resolve_condition(node.condition, scope))

    def occurrence(self, node: s.Ignore, text: str) -> Resolved[Occurrence]:
        key = ("ignore", text)
        return self._resolve(key, text, node, False, lambda scope: resolve_occurrence(node.occurrence, scope))

    def score_decay(self, node: s.Score, text: str) -> Resolved[m.ScoreDecay]:
        return self._resolve(("score", text), text, node, False, lambda scope: _score_decay(node, scope))


def read_points(number: s.Number) -> int:
    """Thousandths."""
    return _thousandths(number.text)


@lru_cache(maxsize=1024)
def _thousandths(text: str) -> int:
    # Remembered, since each rule is asked again for its points whenever another one has changed.
    return read_millionths(text) * THOUSAND // MILLION


def read_bounds(node: s.Bounds | None) -> m.Bounds:
    if node is None:
        return m.OPEN
    return m.Bounds(
        None if node.low is None else read_points(node.low), None if node.high is None else read_points(node.high)
    )


def read_decay(node: s.Decay) -> m.Decay:
    percent = Fraction(read_millionths(node.percent.text), MILLION) if node.percent is not None else Fraction(0)
    return m.Decay(node.kind, read_duration(node.every), percent)


def read_care(reasons: tuple[s.Reason, ...]) -> m.Care:
    if not reasons:
        return m.NO_CARE
    found = {reason.kind: reason.value for reason in reasons}
    texts = {kind: value.value if isinstance(value, s.Text) else value.text for kind, value in found.items()}
    return m.Care(texts.get("because"), texts.get("owner"), texts.get("review by"))


def _when(node: s.WhenRule, scope: Scope) -> m.Body | None:
    condition = resolve_condition(node.condition, scope)
    return None if condition is None else m.When(condition)


def _each(node: s.EachRule, scope: Scope) -> m.Body | None:
    occurrence = resolve_occurrence(node.occurrence, scope)
    if occurrence is None:
        return None
    limits = node.limits
    times = [_times(limit, occurrence, scope) for limit in limits if isinstance(limit, s.TimesLimit)]
    after = [int(limit.count.text) for limit in limits if isinstance(limit, s.AfterFirst)]
    decay = next((read_decay(limit) for limit in limits if isinstance(limit, s.Decay)), None)
    if None in times:
        return None
    kept = tuple(limit for limit in times if limit is not None)
    return m.Each(occurrence, kept, max(after, default=0), decay, _up_to(limits))


def _up_to(limits: tuple[s.Limit, ...]) -> int | None:
    return next((read_points(limit.points) for limit in limits if isinstance(limit, s.UpTo)), None)


def _times(node: s.TimesLimit, occurrence: Occurrence, scope: Scope) -> m.TimesLimit | None:
    times = int(node.times.text)
    if node.per is None or node.per == "day":
        return m.TimesLimit(times, "all" if node.per is None else "day")
    events = tuple(scope.names.events[name] for name in occurrence.events)
    prop = shared_property(node.per, events, scope)
    return None if prop is None else m.TimesLimit(times, "property", prop.name)


def _every(node: s.EveryRule, scope: Scope) -> m.Body | None:
    amount = resolve_amount(node.amount, scope)
    if amount is None:
        return None
    if need(amount, (Kind.NUMBER,), "`for every` counts in a number", node.amount.span, scope) is None:
        return None
    step = parse_number(node.step.text) or 0
    if step == 0:
        scope.report("syntax", "`for every` needs a number of at least 0.000001", node.step.span)
        return None
    return m.Every(step, amount, _up_to(node.limits))


_BODIES: dict[type, Callable[[Any, Scope], m.Body | None]] = {
    s.WhenRule: _when,
    s.EachRule: _each,
    s.EveryRule: _every,
}


def _table_amount(node: s.Points, scope: Scope) -> Amount | None:
    amount = resolve_amount(node.amount, scope)
    if amount is None:
        return None
    kinds = (Kind.TEXT, Kind.CHOICE, Kind.NUMBER, Kind.YES_NO)
    hint = how_to_table(scope.written(node.amount.span), type_of(amount))
    return need(amount, kinds, "`points … by` needs texts, numbers, or yes and no", node.amount.span, scope, hint)


def _score_decay(node: s.Score, scope: Scope) -> m.ScoreDecay | None:
    if node.decay is None:
        return None
    without = resolve_occurrence(node.decay.without, scope)
    return (
        None if without is None else m.ScoreDecay(read_decay(node.decay.decay), without, scope.written(node.decay.span))
    )


def _row(node: s.Row, amount: Amount, scope: Scope) -> m.Row | None:
    values: list[m.RowValue] = []
    missing = False
    if len(node.values) > 1 and type_of(amount).kind is Kind.NUMBER and tell_grouped_digits(scope):
        return None
    for value in node.values:
        if isinstance(value, s.MissingValue):
            missing = True
            continue
        read = _row_value(value, amount, scope)
        if read is None:
            return None
        values.append(read)
    text = scope.written(node.span)
    points = read_points(node.points)
    return m.Row(points, tuple(values), missing, not node.values, text, Place("", Span(0, 0)))


def _row_value(value: s.RowValue, amount: Amount, scope: Scope) -> m.RowValue | None:
    type_ = type_of(amount)
    match value, type_.kind:
        case s.Text(), Kind.TEXT | Kind.CHOICE:
            folded = fold(value.value)
            if type_.kind is Kind.CHOICE and folded not in folded_choices(type_):
                report_unlisted(value, type_, scope, [])
            return folded
        case s.YesNo(), Kind.YES_NO:
            return value.value
        case s.NumberRange(), Kind.NUMBER:
            return _range(value)
        case _:
            message = f"{scope.written(value.span)} is not {describe_type(type_)}, as `{amount.text}` is"
            report_literal(value, type_, message, scope, None)
            return None


def _range(node: s.NumberRange) -> m.NumberRange:
    low = None if node.low is None else read_millionths(node.low.text) + node.low_open
    high = None if node.high is None else read_millionths(node.high.text) - node.high_open
    return m.NumberRange(low, high)


def describe_range(values: m.NumberRange) -> str:
    """A range of millionths in words: `2 to 5`, `6 or more`."""
    if values.low is None:
        return f"{write_number(values.high or 0)} or less"
    if values.high is None:
        return f"{write_number(values.low)} or more"
    low, high = write_number(values.low), write_number(values.high)
    return low if low == high else f"{low} to {high}"
