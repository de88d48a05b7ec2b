"""Model to plan: trees become one flat table of nodes, days become moments, `between` a band or two comparisons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadline_compiler import conditions as c
from leadline_compiler import model as m
from leadline_compiler.plan import plan as p
from leadline_compiler.plan.table import Rewrites, Table
from leadline_compiler.typing import type_of
from leadline_compiler.zones import DAY, Unit


@dataclass(slots=True)
class _Lowering:
    """The table of nodes as it grows, and what else is numbered on the way. `add` adds a node to the table.

    `conditions` and `amounts` have the nodes of the defines.
    """

    fields: dict[str, int]
    scores: dict[str, int]
    add: Callable[..., int]
    lists: dict[frozenset[str], int] = field(default_factory=dict)
    conditions: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)

    def score(self, name: str | None) -> int | None:
        return None if name is None else self.scores[name]

    def list_index(self, entries: frozenset[str]) -> int:
        return self.lists.setdefault(entries, len(self.lists))


def lower(model: m.Model, rewrites: Sequence[Rewrites] = ()) -> p.Plan:
    """The plan of a model without errors, whose nodes go through the rewrites as they are made."""
    table = Table(rewrites)
    fields = {item.name: index for index, item in enumerate(model.schema.fields)}
    scores = {score.name: index for index, score in enumerate(model.scores)}
    low = _Lowering(fields, scores, table.add)
    ignored = tuple(_occurrence(item, low) for item in model.ignored)
    groups, rules = _rules(model, low)
    plan_scores = tuple(_score(score, low) for score in model.scores)
    exits = tuple(p.PlanExit(item.kind, item.name, _condition(item.condition, low)) for item in model.exits)
    stages = tuple(p.PlanStage(item.name, _condition(item.condition, low)) for item in model.stages)
    total = model.total
    return p.Plan(
        name=model.name,
        schema=model.schema,
        nodes=tuple(table.nodes),
        lists=tuple(tuple(sorted(entries)) for entries in low.lists),
        ignored=ignored,
        scores=plan_scores,
        groups=groups,
        rules=rules,
        terms=tuple(p.PlanTerm(scores[term.score], term.weight) for term in total.terms),
        total_low=total.bounds.low,
        total_high=total.bounds.high,
        grades=tuple(_grade(grade, low) for grade in model.grades),
        exits=exits,
        stages=stages,
        read_fields=tuple(sorted(fields[name] for name in model.read_fields)),
    )


def _rules(model: m.Model, low: _Lowering) -> tuple[tuple[p.PlanGroup, ...], tuple[p.PlanRule, ...]]:
    groups: list[p.PlanGroup] = []
    rules: list[p.PlanRule] = []
    for score in model.scores:
        for group in score.groups:
            index = low.scores[score.name]
            for rule in group.rules:
                body = _BODIES[type(rule.body)](rule.body, low)
                rules.append(p.PlanRule(rule.name, rule.points, body, index, len(groups), rule.line))
            groups.append(p.PlanGroup(group.name, index, group.bounds.low, group.bounds.high))
    return tuple(groups), tuple(rules)


def _score(score: m.Score, low: _Lowering) -> p.PlanScore:
    decay, without = None, None
    if score.decay is not None:
        decay, without = _decay(score.decay.decay), _occurrence(score.decay.without, low)
    return p.PlanScore(score.name, score.bounds.low, score.bounds.high, decay, without)


def _grade(grade: m.Grade, low: _Lowering) -> p.PlanGrade:
    rows = sorted(((row.letter, row.start) for row in grade.rows if row.start is not None), key=lambda row: -row[1])
    otherwise = next((row.letter for row in grade.rows if row.start is None), None)
    return p.PlanGrade(low.score(grade.score), tuple(rows), otherwise)


def _decay(decay: m.Decay) -> p.DecayTable:
    percent = decay.percent * 10**6
    is_fading = decay.kind == "fading"
    days = decay.every.length // DAY if is_fading else 0
    return p.DecayTable(decay.kind, DAY if is_fading else decay.every.length, int(percent), days)


# ---- bodies of rules


def _when(body: m.When, low: _Lowering) -> p.Body:
    return p.WhenBody(_condition(body.condition, low))


def _each(body: m.Each, low: _Lowering) -> p.Body:
    times = tuple(p.TimesLimit(limit.times, limit.per, limit.property) for limit in body.times)
    decay = None if body.decay is None else _decay(body.decay)
    return p.EachBody(_occurrence(body.occurrence, low), times, body.after_first, decay, body.up_to)


def _every(body: m.Every, low: _Lowering) -> p.Body:
    return p.EveryBody(body.step, _amount(body.amount, low), body.up_to)


def _table(body: m.Table, low: _Lowering) -> p.Body:
    return p.TableBody(_amount(body.amount, low), tuple(map(_row, body.rows)))


def _row(row: m.Row) -> p.PlanRow:
    ranges = tuple((value.low, value.high) for value in row.values if isinstance(value, m.NumberRange))
    values = tuple(value for value in row.values if not isinstance(value, m.NumberRange))
    return p.PlanRow(row.points, values, ranges, row.missing, row.otherwise)


_BODIES: dict[type, Callable[[Any, _Lowering], p.Body]] = {
    m.When: _when,
    m.Each: _each,
    m.Every: _every,
    m.Table: _table,
}


# ---- occurrences


def _occurrence(node: c.Occurrence, low: _Lowering) -> int:
    where = None if node.where is None else _condition(node.where, low)
    windows = tuple(_window(window, low) for window in node.windows)
    return low.add("events", tuple(sorted(set(node.events))), where, windows)


def _window(window: c.Window, low: _Lowering) -> tuple[str, int]:
    match window:
        case c.Within() | c.Ago():
            name = "within" if isinstance(window, c.Within) else "ago"
            duration = window.duration
            if duration.is_fixed:
                return name, duration.length
            return f"{name}_months", duration.count * (12 if duration.unit is Unit.YEARS else 1)
        case c.Since() | c.Before():
            name = "since" if isinstance(window, c.Since) else "before"
            if isinstance(window.moment, int):
                return name, window.moment
            return f"{name}_date", _amount(window.moment, low)


# ---- conditions


def _condition(node: c.Condition, low: _Lowering) -> int:
    return _CONDITIONS[type(node)](node, low)


def _negated_if(negated: bool, index: int, low: _Lowering) -> int:
    return low.add("not", index) if negated else index


def _all(node: c.All, low: _Lowering) -> int:
    return low.add("and", tuple(_condition(part, low) for part in node.parts))


def _either(node: c.Either, low: _Lowering) -> int:
    return low.add("or", tuple(_condition(part, low) for part in node.parts))


def _negated(node: c.Not, low: _Lowering) -> int:
    return low.add("not", _condition(node.part, low))


def _truth(node: c.Truth, low: _Lowering) -> int:
    return low.add("yes", _amount(node.amount, low))


def _days(amount: c.Amount) -> c.Days | None:
    """The span of a day or a moment that is written in the rules, or given a name there."""
    while isinstance(amount, c.DefinedAmount):
        amount = amount.amount
    return amount.days if isinstance(amount, c.DateAmount) else None


def _first(amount: c.Amount, low: _Lowering) -> int:
    days = _days(amount)
    return _amount(amount, low) if days is None else low.add("moment", days.first)


def _last(amount: c.Amount, low: _Lowering) -> int:
    days = _days(amount)
    return _amount(amount, low) if days is None else low.add("moment", days.last)


def _comparison(node: c.Comparison, low: _Lowering) -> int:
    left, right = node.left, node.right
    match node.relation:
        case ">":
            return low.add("above", _first(left, low), _last(right, low))
        case ">=":
            return low.add("least", _last(left, low), _first(right, low))
        case "<":
            return low.add("above", _first(right, low), _last(left, low))
        case "<=":
            return low.add("least", _last(right, low), _first(left, low))


def _between(node: c.Between, low: _Lowering) -> int:
    if isinstance(node.low, c.NumberAmount) and isinstance(node.high, c.NumberAmount):
        return low.add("within", _amount(node.amount, low), node.low.value, node.high.value)
    above = low.add("least", _last(node.amount, low), _first(node.low, low))
    below = low.add("least", _last(node.high, low), _first(node.amount, low))
    if _days(node.amount) is None:
        return low.add("and", (above, below))
    # A whole day can reach into both ends of a reversed range, which must hold never.
    ordered = low.add("least", _last(node.high, low), _first(node.low, low))
    return low.add("and", (above, below, ordered))


def _is(node: c.Is, low: _Lowering) -> int:
    amount = _amount(node.amount, low)
    if isinstance(node.values[0], c.Days):
        spans = [low.add("within", amount, day.first, day.last) for day in node.values if isinstance(day, c.Days)]
        return _negated_if(node.negated, spans[0] if len(spans) == 1 else low.add("or", tuple(spans)), low)
    return _negated_if(node.negated, low.add("one_of", amount, node.values), low)


def _is_in(node: c.IsIn, low: _Lowering) -> int:
    return _negated_if(node.negated, low.add("in_list", _amount(node.amount, low), low.list_index(node.entries)), low)


def _is_known(node: c.IsKnown, low: _Lowering) -> int:
    return _negated_if(not node.known, low.add("known", _amount(node.amount, low)), low)


_TEXT_TESTS = {"contains": "contains", "starts with": "starts", "ends with": "ends"}


def _text_test(node: c.TextTest, low: _Lowering) -> int:
    return _negated_if(node.negated, low.add(_TEXT_TESTS[node.kind], _amount(node.amount, low), node.texts), low)


def _matches(node: c.Matches, low: _Lowering) -> int:
    return low.add("matches", _amount(node.amount, low), node.pattern.text)


def _includes(node: c.Includes, low: _Lowering) -> int:
    op = "includes_all" if node.every else "includes_any"
    return _negated_if(node.negated, low.add(op, _amount(node.amount, low), node.texts), low)


def _has(node: c.Has, low: _Lowering) -> int:
    return _negated_if(node.negated, low.add("has", _occurrence(node.occurrence, low)), low)


def _defined(node: c.Defined, low: _Lowering) -> int:
    if node.name not in low.conditions:
        low.conditions[node.name] = _condition(node.condition, low)
    return low.conditions[node.name]


_CONDITIONS: dict[type, Callable[[Any, _Lowering], int]] = {
    c.All: _all,
    c.Either: _either,
    c.Not: _negated,
    c.Truth: _truth,
    c.Comparison: _comparison,
    c.Between: _between,
    c.Is: _is,
    c.IsIn: _is_in,
    c.IsKnown: _is_known,
    c.TextTest: _text_test,
    c.Matches: _matches,
    c.Includes: _includes,
    c.Has: _has,
    c.Defined: _defined,
}


# ---- amounts


def _amount(node: c.Amount, low: _Lowering) -> int:
    return _AMOUNTS[type(node)](node, low)


def _measure(node: c.MeasureAmount, low: _Lowering) -> int:
    occurrence = _occurrence(node.occurrence, low)
    if node.kind in ("sum", "average"):
        return low.add(node.kind, occurrence, node.property)
    return low.add(node.kind, occurrence, node.property, node.type.kind.value)


def _reckon(first: int, following: list[tuple[str, int]], low: _Lowering) -> int:
    result = first
    for op, index in following:
        result = low.add(op, result, index)
    return result


def _sum(node: c.SumAmount, low: _Lowering) -> int:
    first, *others = [(sign, _amount(term, low)) for sign, term in node.terms]
    return _reckon(first[1], [("add" if sign == "+" else "subtract", index) for sign, index in others], low)


def _product(node: c.ProductAmount, low: _Lowering) -> int:
    first, *others = [(sign, _amount(factor, low)) for sign, factor in node.factors]
    return _reckon(first[1], [("multiply" if sign == "*" else "divide", index) for sign, index in others], low)


def _days_since(node: c.DaysSinceAmount, low: _Lowering) -> int:
    return low.add("days_until" if node.until else "days_since", _first(node.date, low))


def _days_since_event(node: c.DaysSinceEventAmount, low: _Lowering) -> int:
    return low.add(f"days_since_{node.which}", _occurrence(node.occurrence, low))


def _defined_amount(node: c.DefinedAmount, low: _Lowering) -> int:
    if node.name not in low.amounts:
        low.amounts[node.name] = _amount(node.amount, low)
    return low.amounts[node.name]


_AMOUNTS: dict[type, Callable[[Any, _Lowering], int]] = {
    c.NumberAmount: lambda node, low: low.add("number", node.value),
    c.DateAmount: lambda node, low: low.add("moment", node.days.first),
    c.FieldAmount: lambda node, low: low.add("field", low.fields[node.name]),
    c.PropertyAmount: lambda node, low: low.add("property", node.name, type_of(node).kind.value),
    c.ScoreAmount: lambda node, low: low.add("score", low.score(node.score)),
    c.GradeAmount: lambda node, low: low.add("grade", low.score(node.score)),
    c.CountAmount: lambda node, low: low.add("count", _occurrence(node.occurrence, low)),
    c.MeasureAmount: _measure,
    c.DaysSinceAmount: _days_since,
    c.DaysSinceEventAmount: _days_since_event,
    c.DomainAmount: lambda node, low: low.add("domain", _amount(node.of, low)),
    c.SumAmount: _sum,
    c.ProductAmount: _product,
    c.DefinedAmount: _defined_amount,
}
