"""How far what fails is from holding: 0 is there, 1 is as far as can be. It only serves to sort."""

from __future__ import annotations

from fractions import Fraction

from leadline_compiler import model as m
from leadline_compiler.conditions import Amount, Between, Comparison, Condition, Has, Occurrence
from leadline_compiler.contacts import Value
from leadline_compiler.interpreter.amounts import value_of
from leadline_compiler.interpreter.occurrences import matching
from leadline_compiler.interpreter.view import View
from leadline_compiler.numbers import MILLION
from leadline_compiler.schema import Kind
from leadline_compiler.typing import type_of
from leadline_compiler.zones import DAY
from leadline_dsl.nodes import changed

FAR = Fraction(1)
_NEAREST = Fraction(1, 10**9)
"""What only just fails, as 35 does of `above 35`."""
_SEEN_ONCE = Fraction(3, 4)
"""It happened, but not in the window."""
_MONTH = 30 * DAY


def distance_of(test: Condition, view: View) -> Fraction:
    """The distance of a single test that fails."""
    match test:
        case Comparison():
            return _gap(test.left, test.right, view)
        case Between():
            return min(_gap(test.amount, test.low, view), _gap(test.amount, test.high, view))
        case Has() if not test.negated:
            return distance_to_event(test.occurrence, view)
        case _:
            return FAR


def distance_to_event(occurrence: Occurrence, view: View) -> Fraction:
    """The distance to an event, where there is none that the occurrence means."""
    return _SEEN_ONCE if occurrence.windows and matching(changed(occurrence, windows=()), view) else FAR


def _gap(left: Amount, right: Amount, view: View) -> Fraction:
    unit = _MONTH if type_of(left).kind is Kind.DATE else None
    return _apart(value_of(left, view), value_of(right, view), unit)


def _apart(left: Value, right: Value, unit: int | None = None) -> Fraction:
    """Near 0 for numbers close to each other in proportion; dates a `unit` apart are half way."""
    if not isinstance(left, int) or not isinstance(right, int):
        return FAR
    gap = abs(left - right)
    return max(_NEAREST, Fraction(gap, gap + (unit or max(abs(left), abs(right), MILLION))))


def distance_to_step(value: Value, step: int) -> Fraction:
    """The distance of an amount to the first full step of `for every`."""
    return _apart(value, step)


def nearest_row(table: m.Table, value: Value) -> tuple[m.Row | None, Fraction]:
    """The row with a range nearest to a number that no row takes; None for anything else, which is far."""
    far: tuple[m.Row | None, Fraction] = (None, FAR)
    apart = [
        (row, _apart(value, end))
        for row in table.rows
        for item in row.values
        if isinstance(item, m.NumberRange)
        for end in (item.low, item.high)
        if end is not None and value is not None
    ]
    return min(apart, key=lambda pair: pair[1], default=far)
