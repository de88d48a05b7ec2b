"""Whether a condition holds. Every test of a missing amount is false; negations are plain negations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leadline_compiler.conditions import (
    All,
    Amount,
    Between,
    Comparison,
    Condition,
    DateAmount,
    Days,
    Defined,
    DefinedAmount,
    Either,
    Has,
    Includes,
    Is,
    IsIn,
    IsKnown,
    Matches,
    Not,
    TextTest,
    Truth,
)
from leadline_compiler.contacts import Value
from leadline_compiler.interpreter.amounts import value_of
from leadline_compiler.interpreter.occurrences import matching
from leadline_compiler.interpreter.view import View
from leadline_compiler.texts import fold, normalise_for_pattern


def holds(condition: Condition, view: View) -> bool:
    """Whether a condition holds for a contact, or for an event inside of a `where`."""
    return _TESTS[type(condition)](condition, view)


def _all(condition: All, view: View) -> bool:
    return all(holds(part, view) for part in condition.parts)


def _either(condition: Either, view: View) -> bool:
    return any(holds(part, view) for part in condition.parts)


def _not(condition: Not, view: View) -> bool:
    return not holds(condition.part, view)


def _truth(condition: Truth, view: View) -> bool:
    return value_of(condition.amount, view) is True


def _ends(amount: Amount, view: View) -> Days | None:
    """An amount as the span that it covers: a bare day in a rule is a whole day, anything else is one point."""
    inner = amount
    while isinstance(inner, DefinedAmount):
        inner = inner.amount
    if isinstance(inner, DateAmount):
        return inner.days
    value = value_of(amount, view)
    return Days(value, value) if isinstance(value, int) else None


_RELATIONS: dict[str, Callable[[Days, Days], bool]] = {
    ">": lambda left, right: left.first > right.last,
    ">=": lambda left, right: left.last >= right.first,
    "<": lambda left, right: left.last < right.first,
    "<=": lambda left, right: left.first <= right.last,
}


def _comparison(condition: Comparison, view: View) -> bool:
    left, right = _ends(condition.left, view), _ends(condition.right, view)
    return left is not None and right is not None and _RELATIONS[condition.relation](left, right)


def _between(condition: Between, view: View) -> bool:
    amount, low, high = (_ends(part, view) for part in (condition.amount, condition.low, condition.high))
    if amount is None or low is None or high is None or low.first > high.last:
        return False
    return amount.last >= low.first and amount.first <= high.last


def _is(condition: Is, view: View) -> bool:
    value = value_of(condition.amount, view)
    return (value is not None and any(_is_value(value, wanted) for wanted in condition.values)) != condition.negated


def _is_value(value: Value, wanted: str | int | bool | Days) -> bool:
    match wanted:
        case str():
            return isinstance(value, str) and fold(value) == wanted
        case Days():
            return isinstance(value, int) and wanted.first <= value <= wanted.last
        case _:
            return value == wanted


def _is_in(condition: IsIn, view: View) -> bool:
    value = value_of(condition.amount, view)
    return (isinstance(value, str) and fold(value) in condition.entries) != condition.negated


def _is_known(condition: IsKnown, view: View) -> bool:
    return (value_of(condition.amount, view) is not None) == condition.known


_TEXT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, wanted: wanted in text,
    "starts with": lambda text, wanted: text.startswith(wanted),
    "ends with": lambda text, wanted: text.endswith(wanted),
}


def _text_test(condition: TextTest, view: View) -> bool:
    value = value_of(condition.amount, view)
    test = _TEXT_TESTS[condition.kind]
    found = isinstance(value, str) and any(test(fold(value), wanted) for wanted in condition.texts)
    return found != condition.negated


def _matches(condition: Matches, view: View) -> bool:
    value = value_of(condition.amount, view)
    return isinstance(value, str) and condition.matcher.found_in(normalise_for_pattern(value))


def _includes(condition: Includes, view: View) -> bool:
    value = value_of(condition.amount, view)
    if not isinstance(value, tuple):
        return condition.negated
    items = {fold(item) for item in value}
    found = (all if condition.every else any)(wanted in items for wanted in condition.texts)
    return found != condition.negated


def _has(condition: Has, view: View) -> bool:
    return bool(matching(condition.occurrence, view)) != condition.negated


def _defined(condition: Defined, view: View) -> bool:
    key = ("define", condition.name)
    if key not in view.memo:
        view.memo[key] = holds(condition.condition, view)
    return bool(view.memo[key])


_TESTS: dict[type, Callable[[Any, View], bool]] = {
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
