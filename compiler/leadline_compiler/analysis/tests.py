"""Conditions as formulas over the attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadline_compiler.analysis.amounts import (
    answers_in,
    asks,
    is_known,
    is_not,
    known_number,
    letter_in,
    lies_in,
    list_key,
    some,
)
from leadline_compiler.analysis.constants import constant_value, is_constant, plain
from leadline_compiler.analysis.formulas import FALSE, Formula, Lit, conj, disj, negate, truth
from leadline_compiler.analysis.orders import gap_in
from leadline_compiler.analysis.sets import Choices, Items
from leadline_compiler.analysis.size import is_too_large
from leadline_compiler.analysis.space import Scope
from leadline_compiler.analysis.spans import FAR, Spans, from_to
from leadline_compiler.analysis.texts import TextAtom
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.conditions import (
    All,
    Amount,
    Between,
    Comparison,
    Condition,
    DateAmount,
    Days,
    Defined,
    DomainAmount,
    Either,
    FieldAmount,
    GradeAmount,
    Has,
    Includes,
    Is,
    IsIn,
    IsKnown,
    Matches,
    Not,
    PropertyAmount,
    TextTest,
    Truth,
)
from leadline_compiler.contacts import Value
from leadline_compiler.interpreter.tests import holds
from leadline_compiler.interpreter.view import View
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold
from leadline_compiler.typing import type_of


def formula_of(condition: Condition, scope: Scope) -> Formula:
    """Holds exactly where the condition does."""
    # The resolver keeps the conditions of statements that did not change, so that most are known by themselves.
    near = ("formula", scope.event.name if scope.event else None, id(condition))
    kept: tuple[Condition, Formula] | None = scope.space.memo.get(near)
    if kept is None and is_too_large(condition, scope.space.memo):
        kept = scope.space.memo[near] = condition, free_truth(condition, scope)
    if kept is None:
        key = ("formula", scope.event.name if scope.event else None, condition)
        known: Formula | None = scope.space.memo.get(key)
        if known is None:
            known = scope.space.memo[key] = _TESTS[type(condition)](condition, scope)
        kept = scope.space.memo[near] = condition, known
    return kept[1]


def free_truth(what: Any, scope: Scope) -> Formula:
    """Something that is not looked into: it holds or it does not. By identity, since it is too large to compare."""
    scope.space.memo["large", id(what)] = what
    return Lit(scope.space.key_of("free", ("large", id(what))), Choices(0b10, 0b11))


def _all(condition: All, scope: Scope) -> Formula:
    return conj(formula_of(part, scope) for part in condition.parts)


def _either(condition: Either, scope: Scope) -> Formula:
    return disj(formula_of(part, scope) for part in condition.parts)


def _not(condition: Not, scope: Scope) -> Formula:
    return negate(formula_of(condition.part, scope))


def _defined(condition: Defined, scope: Scope) -> Formula:
    return formula_of(condition.condition, scope)


def _has(condition: Has, scope: Scope) -> Formula:
    return is_not(some(events_of(condition.occurrence, scope), scope), condition.negated)


# ---- values out of a short list


def values_of(type_: ValueType) -> tuple[Value, ...]:
    """The values of a type that has few, as written; none for the others. Spellings of one choice are one."""
    if type_.kind is Kind.YES_NO:
        return (False, True)
    return tuple({fold(choice): choice for choice in reversed(type_.choices)}.values())[::-1]


def _listed(condition: Any, amount: Amount, scope: Scope) -> Formula | None:
    """A test of a field or a property with few values, tried with each; None for any other."""
    inner = plain(amount)
    if isinstance(inner, DomainAmount):
        inner = plain(inner.of)
    if not isinstance(inner, FieldAmount | PropertyAmount):
        return None
    type_ = scope.type_of(inner.name, inner.type)
    if type_.kind not in (Kind.YES_NO, Kind.CHOICE):
        return None
    if isinstance(condition, Matches):
        # A pattern may look at upper case, and a listed value may be spelt either way in the data.
        return _free(condition, scope)
    mask = 0
    for bit, value in enumerate((None, *values_of(type_))):
        view = View({inner.name: value}, (), scope.space.as_of, scope.space.schema.zone)
        mask |= holds(condition, view) << bit
    return Lit(scope.key(inner.name), Choices(mask, (1 << (len(values_of(type_)) + 1)) - 1))


def _free(condition: Condition, scope: Scope) -> Formula:
    """Something of which nothing is known but that it holds or does not."""
    return Lit(scope.space.key_of("free", condition), Choices(0b10, 0b11))


def _truth(condition: Truth, scope: Scope) -> Formula:
    return _listed(condition, condition.amount, scope) or _yes_no(condition.amount, 0b100, scope)


def _yes_no(amount: Amount, mask: int, scope: Scope) -> Formula:
    return answers_in(amount, mask, scope)


# ---- numbers and dates


def _ends(amount: Amount, scope: Scope) -> Days | None:
    """The first and last point of a constant, None where it is missing."""
    inner = plain(amount)
    if isinstance(inner, DateAmount):
        return inner.days
    value = constant_value(inner, scope)
    return Days(value, value) if isinstance(value, int) else None


_MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


def _comparison(condition: Comparison, scope: Scope) -> Formula:
    amount, other, relation = condition.left, condition.right, str(condition.relation)
    if is_constant(amount):
        amount, other, relation = other, amount, _MIRRORED[relation]
    if not is_constant(other):
        gap = gap_in(amount, other, _related(relation, Days(0, 0)), scope)
        return conj((gap, known_number(amount, scope), known_number(other, scope)))
    if is_constant(amount):
        return truth(holds(condition, View({}, (), scope.space.as_of, scope.space.schema.zone)))
    ends = _ends(other, scope)
    return FALSE if ends is None else lies_in(amount, _related(relation, ends), scope)


def _related(relation: str, ends: Days) -> Spans:
    match relation:
        case ">":
            return ((ends.last + 1, FAR),)
        case ">=":
            return ((ends.first, FAR),)
        case "<":
            return ((-FAR, ends.first - 1),)
        case _:
            return ((-FAR, ends.last),)


def _between(condition: Between, scope: Scope) -> Formula:
    if not is_constant(condition.low) or not is_constant(condition.high):
        parts = [Comparison(">=", condition.amount, condition.low), Comparison("<=", condition.amount, condition.high)]
        if is_constant(condition.amount):
            # A day may lie on both sides of ends that are the wrong way round.
            parts.append(Comparison("<=", condition.low, condition.high))
        return conj(_comparison(part, scope) for part in parts)
    if is_constant(condition.amount):
        return truth(holds(condition, View({}, (), scope.space.as_of, scope.space.schema.zone)))
    low, high = _ends(condition.low, scope), _ends(condition.high, scope)
    if low is None or high is None:
        return FALSE
    return lies_in(condition.amount, from_to(low.first, high.last), scope)


# ---- all kinds of values


def _is(condition: Is, scope: Scope) -> Formula:
    listed = _listed(condition, condition.amount, scope)
    if listed is not None:
        return listed
    amount = plain(condition.amount)
    return is_not(_is_one_of(amount, condition.values, scope), condition.negated)


def _is_one_of(amount: Amount, values: tuple[Any, ...], scope: Scope) -> Formula:
    if isinstance(amount, GradeAmount):
        folded = frozenset(values)
        letters = frozenset(
            row.letter for grade in scope.space.grades for row in grade.rows if fold(row.letter) in folded
        )
        return letter_in(amount, letters, scope)
    match type_of(amount).kind:
        case Kind.NUMBER:
            return disj(lies_in(amount, ((value, value),), scope) for value in values)
        case Kind.DATE:
            return disj(lies_in(amount, ((value.first, value.last),), scope) for value in values)
        case Kind.YES_NO:
            return _yes_no(amount, sum(1 << (1 + int(value)) for value in values), scope)
        case _:
            return asks(amount, TextAtom("is", frozenset(values)), scope)


def _is_in(condition: IsIn, scope: Scope) -> Formula:
    listed = _listed(condition, condition.amount, scope)
    if listed is not None:
        return listed
    amount = plain(condition.amount)
    if isinstance(amount, GradeAmount):
        return is_not(_is_one_of(amount, tuple(condition.entries), scope), condition.negated)
    return is_not(asks(amount, TextAtom("is", condition.entries), scope), condition.negated)


def _is_known(condition: IsKnown, scope: Scope) -> Formula:
    listed = _listed(condition, condition.amount, scope)
    return listed or is_not(is_known(condition.amount, scope), not condition.known)


_KINDS: dict[str, Any] = {"contains": "contains", "starts with": "starts", "ends with": "ends"}


def _text_test(condition: TextTest, scope: Scope) -> Formula:
    listed = _listed(condition, condition.amount, scope)
    if listed is not None:
        return listed
    amount = plain(condition.amount)
    if isinstance(amount, GradeAmount):
        return _free(condition, scope)
    kind = _KINDS[condition.kind]
    found = disj(asks(amount, TextAtom(kind, text), scope) for text in condition.texts)
    return is_not(found, condition.negated)


def _matches(condition: Matches, scope: Scope) -> Formula:
    listed = _listed(condition, condition.amount, scope)
    if listed is not None:
        return listed
    amount = plain(condition.amount)
    if isinstance(amount, GradeAmount | DomainAmount):
        return _free(condition, scope)
    return asks(amount, TextAtom("matches", condition.pattern.text), scope)


def _includes(condition: Includes, scope: Scope) -> Formula:
    key = list_key(condition.amount, scope)
    each = (Lit(key, Items(frozenset({text}), frozenset(), None)) if text else FALSE for text in condition.texts)
    return is_not(conj(each) if condition.every else disj(each), condition.negated)


_TESTS: dict[type, Callable[[Any, Scope], Formula]] = {
    All: _all,
    Either: _either,
    Not: _not,
    Truth: _truth,
    Comparison: _comparison,
    Between: _between,
    Is: _is,
    IsIn: _is_in,
    IsKnown: _is_known,
    TextTest: _text_test,
    Matches: _matches,
    Includes: _includes,
    Has: _has,
    Defined: _defined,
}
