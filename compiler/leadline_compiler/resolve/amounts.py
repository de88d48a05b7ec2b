"""Amounts: names are bound to fields, properties, defines and scores, and types are checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from leadline_compiler.conditions import (
    Amount,
    Condition,
    CountAmount,
    DateAmount,
    Days,
    DaysSinceAmount,
    DaysSinceEventAmount,
    Defined,
    DefinedAmount,
    DomainAmount,
    FieldAmount,
    GradeAmount,
    MeasureAmount,
    NumberAmount,
    ProductAmount,
    PropertyAmount,
    ScoreAmount,
    SumAmount,
)
from leadline_compiler.numbers import parse_number
from leadline_compiler.resolve.hints import how_to_get, measurable, some_names, text_for_domain
from leadline_compiler.resolve.loose import tell_loose_value
from leadline_compiler.resolve.occurrences import resolve_occurrence, shared_property
from leadline_compiler.resolve.scope import TOTAL, Key, Scope, describe_type, is_amount, write_name
from leadline_compiler.resolve.unknown import report_unknown
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.typing import type_of
from leadline_compiler.zones import Zone, parse_day, parse_moment
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Edit
from leadline_dsl.source import Span


def read_days(text: str, zone: Zone) -> Days:
    """The microseconds of a date in a rule: a bare day is the whole day."""
    day = parse_day(text)
    if day is not None:
        return Days(zone.midnight(day), zone.last_microsecond(day))
    moment = parse_moment(text, zone)
    assert moment is not None, "the parser lets only real dates through"
    return Days(moment, moment)


def read_millionths(text: str) -> int:
    """The number as it was written in rules."""
    value = parse_number(text)
    assert value is not None, "the parser lets only numbers within bounds through"
    return value


def resolve_amount(node: s.Expression, scope: Scope) -> Amount | None:
    """The amount, or None where the scope was told why there is none."""
    value = resolve_value(node, scope)
    if value is None or is_amount(value):
        return value  # type: ignore[return-value]
    scope.report(
        "wrong-type",
        f"`{scope.written(node.span)}` is a condition, where an amount belongs",
        node.span,
        "an amount is a number, a field, `count of …`, `days since …`",
    )
    return None


def resolve_value(node: s.Expression, scope: Scope) -> Amount | Condition | None:
    """An amount, or else a condition that a name stands for or that is written out."""
    resolve = _AMOUNTS.get(type(node))
    if resolve is not None:
        return resolve(node, scope)
    from leadline_compiler.resolve.tests import resolve_test

    return resolve_test(node, scope)


def _parentheses(node: s.Parentheses, scope: Scope) -> Amount | Condition | None:
    return resolve_value(node.inner, scope)


def _number(node: s.Number, scope: Scope) -> Amount:
    return NumberAmount(read_millionths(node.text), text=node.text)


def _date(node: s.DateText, scope: Scope) -> Amount:
    return DateAmount(read_days(node.text, scope.names.zone), text=node.text)


def _bare_text(node: s.Text, scope: Scope) -> None:
    if tell_loose_value(node.span, scope):
        return
    written = scope.written(node.span)
    edits = (Edit(node.span, node.value),) if parse_number(node.value) is not None else ()
    scope.report(
        "wrong-type",
        f"the text {written} stands where a field or a number belongs",
        node.span,
        'for several values write `is one of "a", "b"`; numbers stand without quotes',
        edits,
    )


def _name(node: s.Name, scope: Scope) -> Amount | Condition | None:
    return _property(node, scope) if scope.where is not None else _outer_name(node, scope)


def _property(node: s.Name, scope: Scope) -> Amount | None:
    assert scope.where is not None
    prop = shared_property(node, scope.where, scope)
    if prop is None:
        return None
    return PropertyAmount(node.text, prop.type, text=write_name(node.text))


def _outer_name(node: s.Name, scope: Scope) -> Amount | Condition | None:
    names, text = scope.names, write_name(node.text)
    is_total = node.text == TOTAL and not node.quoted and (scope.allows_scores or TOTAL not in names.fields)
    if is_total or node.text in names.scores:
        return _score(node, is_total, scope)
    if node.text in names.fields:
        scope.uses.add(Key("field", node.text))
        return FieldAmount(node.text, names.fields[node.text].type, text=text)
    if node.text in names.defines:
        return _defined(node, scope)
    report_unknown(node, scope)
    return None


def _score(node: s.Name, is_total: bool, scope: Scope) -> Amount | None:
    scope.uses.add(Key("score", TOTAL if is_total else node.text))
    if not scope.allows_scores:
        scope.report(
            "wrong-type",
            f"`{node.text}` is not known yet while its points are counted",
            node.span,
            "scores, the total and grades may stand in `stage`, `disqualify` and `exclude`",
        )
        return None
    return ScoreAmount(None if is_total else node.text, text=write_name(node.text))


def _defined(node: s.Name, scope: Scope) -> Amount | Condition | None:
    define = scope.names.defines[node.text]
    key = Key("define", node.text)
    scope.uses.add(key)
    if define.value is None:
        return None
    if define.needs_scores and not scope.allows_scores:
        scope.report(
            "wrong-type",
            f"`{node.text}` needs a score, which is not known yet while its points are counted",
            node.span,
            "use it in `stage`, `disqualify` or `exclude`",
            also=[("it is defined here", key)],
        )
        return None
    scope.depth = max(scope.depth, define.depth + 1)
    if is_amount(define.value):
        return DefinedAmount(node.text, define.value, text=write_name(node.text))  # type: ignore[arg-type]
    return Defined(node.text, define.value, text=write_name(node.text))  # type: ignore[arg-type]


def _sum(node: s.Sum, scope: Scope) -> Amount | None:
    terms = [(sign, _need_number(term, scope)) for sign, term in node.terms]
    if any(term is None for _, term in terms):
        return None
    return SumAmount(tuple(terms), text=scope.written(node.span))  # type: ignore[arg-type]


def _product(node: s.Product, scope: Scope) -> Amount | None:
    factors = [(sign, _need_number(factor, scope)) for sign, factor in node.factors]
    if any(factor is None for _, factor in factors):
        return None
    return ProductAmount(tuple(factors), text=scope.written(node.span))  # type: ignore[arg-type]


def _need_number(node: s.Expression, scope: Scope) -> Amount | None:
    amount = resolve_amount(node, scope)
    return (
        amount
        if amount is None
        else need(amount, (Kind.NUMBER,), "only numbers can be reckoned with", node.span, scope)
    )


def need(amount: Amount, kinds: tuple[Kind, ...], rule: str, span: Span, scope: Scope, hint: str = "") -> Amount | None:
    """The amount itself where it is of one of the kinds; else the scope is told, with the hint or what fits."""
    type_ = type_of(amount)
    if type_.kind in kinds:
        return amount
    scope.report(
        "wrong-type",
        f"{rule}: `{scope.written(span)}` is {describe_type(type_)}",
        span,
        hint or how_to_get(kinds[0], amount, scope.written(span), scope),
        also=declared(amount),
    )
    return None


def declared(amount: Amount) -> list[tuple[str, Key]]:
    """Where the type of an amount comes from, for a second label."""
    match amount:
        case FieldAmount():
            return [(f"`{amount.name}` is declared as {describe_type(amount.type)}", Key("field", amount.name))]
        case DefinedAmount():
            return [(f"`{amount.name}` is defined here", Key("define", amount.name))]
        case _:
            return []


def _refuse_inside_where(node: s.Expression, scope: Scope) -> bool:
    if scope.where is None:
        return False
    scope.report(
        "wrong-type",
        f"`{scope.written(node.span)}` cannot stand inside of `where`, which sees one event at a time",
        node.span,
        "`where` takes one test, or one condition in parentheses; put a comparison of the count outside of them",
    )
    return True


def _count(node: s.Count, scope: Scope) -> Amount | None:
    if _refuse_inside_where(node, scope):
        return None
    occurrence = resolve_occurrence(node.occurrence, scope)
    return None if occurrence is None else CountAmount(occurrence, text=scope.written(node.span))


_MEASURED: dict[str, tuple[Kind, ...]] = {
    "sum": (Kind.NUMBER,),
    "average": (Kind.NUMBER,),
    "lowest": (Kind.NUMBER, Kind.DATE),
    "highest": (Kind.NUMBER, Kind.DATE),
    "different": (Kind.TEXT, Kind.CHOICE, Kind.NUMBER, Kind.YES_NO, Kind.DATE),
    "latest": tuple(Kind),
    "earliest": tuple(Kind),
}


def _measure(node: s.Measure, scope: Scope) -> Amount | None:
    if _refuse_inside_where(node, scope):
        return None
    occurrence = resolve_occurrence(node.occurrence, scope)
    if occurrence is None:
        return None
    events = tuple(scope.names.events[name] for name in occurrence.events)
    prop = shared_property(node.property, events, scope)
    if prop is None:
        return None
    if prop.type.kind not in _MEASURED[node.kind]:
        word = "number of different" if node.kind == "different" else node.kind
        kinds = " or ".join(describe_type(ValueType(kind)) for kind in _MEASURED[node.kind])
        if node.kind == "different":
            kinds = "a single value"
        scope.report(
            "wrong-type",
            f"`{word}` needs {kinds}: `{node.property.text}` is {describe_type(prop.type)}",
            node.property.span,
            measurable("sum of" if word == "sum" else word, _MEASURED[node.kind], node.property.text, events),
            also=[("it is declared here", Key("event", events[0].name))],
        )
        return None
    return MeasureAmount(node.kind, node.property.text, prop.type, occurrence, text=scope.written(node.span))


def named_amount(name: s.Name, kinds: tuple[Kind, ...], rule: str, scope: Scope, hint: str = "") -> Amount | None:
    """The amount that a name stands for where the grammar takes only a name, such as after `days since`."""
    value = _name(name, scope)
    if value is None:
        return None
    if not is_amount(value):
        known = [write_name(item.name) for item in scope.names.fields.values() if item.type.kind in kinds]
        hint = hint or (f"name a field, such as {some_names(known)}" if known else "name a field of the contact")
        scope.report("wrong-type", f"{rule}: `{name.text}` is a condition", name.span, hint)
        return None
    return need(value, kinds, rule, name.span, scope, hint)  # type: ignore[arg-type]


def _days_since(node: s.DaysSince, scope: Scope) -> Amount | None:
    rule = f"`days {'until' if node.until else 'since'}` needs a date"
    name, names = node.name.text, scope.names
    if scope.where is None and name in names.events and not names.tells_of_contact(name):
        _suggest_last(node.name, scope)
        return None
    date = named_amount(node.name, (Kind.DATE,), rule, scope)
    return None if date is None else DaysSinceAmount(date, node.until, text=scope.written(node.span))


def _suggest_last(name: s.Name, scope: Scope) -> None:
    scope.report(
        "wrong-type",
        f"`{name.text}` is an event, which may have happened often",
        name.span,
        f"write `days since last {write_name(name.text)}`",
        (Edit(Span(name.span.start, name.span.start), "last "),),
        also=[("it is declared here", Key("event", name.text))],
    )


def _days_since_event(node: s.DaysSinceEvent, scope: Scope) -> Amount | None:
    if _refuse_inside_where(node, scope):
        return None
    occurrence = resolve_occurrence(node.occurrence, scope)
    return None if occurrence is None else DaysSinceEventAmount(node.which, occurrence, text=scope.written(node.span))


def _domain(node: s.Domain, scope: Scope) -> Amount | None:
    hint = text_for_domain(scope)
    of = named_amount(node.name, (Kind.TEXT, Kind.CHOICE), "`domain of` needs a text", scope, hint)
    return None if of is None else DomainAmount(of, text=scope.written(node.span))


def _grade_of(node: s.GradeOf, scope: Scope) -> Amount | None:
    names, score = scope.names, node.score
    is_total = score.text == TOTAL
    if not is_total and score.text not in names.scores:
        known = [*names.scores, TOTAL]
        scope.report_unknown(score, f"there is no score `{score.text}`", known, f"scores are {some_names(known)}")
        return None
    scope.uses.add(Key("grade", score.text))
    if not scope.allows_scores:
        scope.report(
            "wrong-type",
            "a grade is not known yet while points are counted",
            node.span,
            "grades may stand in `stage`, `disqualify` and `exclude`",
        )
        return None
    letters = names.grades.get(score.text)
    if letters is None:
        scope.report(
            "unknown-name",
            f"`{score.text}` has no grades",
            score.span,
            f'add `grade {write_name(score.text)}` with rows such as `"A" from 40`',
        )
        return None
    type_ = ValueType(Kind.CHOICE, letters)
    return GradeAmount(None if is_total else score.text, type_, text=scope.written(node.span))


Relation = Literal[">", ">=", "<", "<="]

_AMOUNTS: dict[type, Callable[[Any, Scope], Amount | Condition | None]] = {
    s.Parentheses: _parentheses,
    s.Number: _number,
    s.DateText: _date,
    s.Text: _bare_text,
    s.Name: _name,
    s.Sum: _sum,
    s.Product: _product,
    s.Count: _count,
    s.Measure: _measure,
    s.DaysSince: _days_since,
    s.DaysSinceEvent: _days_since_event,
    s.Domain: _domain,
    s.GradeOf: _grade_of,
}
