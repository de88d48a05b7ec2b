"""Amounts that hang on nothing but the rules and the as-of."""

from __future__ import annotations

from leadline_compiler.analysis.space import Scope
from leadline_compiler.conditions import (
    Amount,
    DateAmount,
    DaysSinceAmount,
    DefinedAmount,
    NumberAmount,
    ProductAmount,
    SumAmount,
)
from leadline_compiler.contacts import Value
from leadline_compiler.interpreter.amounts import value_of
from leadline_compiler.interpreter.view import View


def plain(amount: Amount) -> Amount:
    """The amount behind the names of defines."""
    while isinstance(amount, DefinedAmount):
        amount = amount.amount
    return amount


def is_constant(amount: Amount) -> bool:
    """Whether an amount hangs on nothing but the rules and the as-of."""
    match amount:
        case NumberAmount() | DateAmount():
            return True
        case SumAmount():
            return all(is_constant(term) for _, term in amount.terms)
        case ProductAmount():
            return all(is_constant(factor) for _, factor in amount.factors)
        case DaysSinceAmount():
            return is_constant(amount.date)
        case DefinedAmount():
            return is_constant(amount.amount)
        case _:
            return False


def constant_value(amount: Amount, scope: Scope) -> Value:
    """The value of a constant amount."""
    return value_of(amount, View({}, (), scope.space.as_of, scope.space.schema.zone))
