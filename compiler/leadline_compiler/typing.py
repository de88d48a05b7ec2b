"""The type of an amount, and whether it can only be a whole number."""

from __future__ import annotations

from leadline_compiler.conditions import (
    Amount,
    CountAmount,
    DateAmount,
    DaysSinceAmount,
    DaysSinceEventAmount,
    DefinedAmount,
    DomainAmount,
    FieldAmount,
    GradeAmount,
    MeasureAmount,
    NumberAmount,
    ProductAmount,
    PropertyAmount,
    SumAmount,
)
from leadline_compiler.numbers import MILLION
from leadline_compiler.schema import Kind, ValueType

TEXT = ValueType(Kind.TEXT)
NUMBER = ValueType(Kind.NUMBER)
YES_NO = ValueType(Kind.YES_NO)
DATE = ValueType(Kind.DATE)
LIST = ValueType(Kind.LIST)


def type_of(amount: Amount) -> ValueType:
    """The type of the values that an amount takes."""
    match amount:
        case FieldAmount() | PropertyAmount() | GradeAmount():
            return amount.type
        case MeasureAmount():
            return NUMBER if amount.kind in ("sum", "average", "different") else amount.type
        case DateAmount():
            return DATE
        case DomainAmount():
            return TEXT
        case DefinedAmount():
            return type_of(amount.amount)
        case _:
            return NUMBER


def is_whole(amount: Amount) -> bool:
    """Whether the amount can only be a whole number, as counts and days are."""
    match amount:
        case CountAmount() | DaysSinceAmount() | DaysSinceEventAmount():
            return True
        case NumberAmount():
            return amount.value % MILLION == 0
        case MeasureAmount():
            return amount.kind == "different"
        case SumAmount():
            return all(is_whole(term) for _, term in amount.terms)
        case ProductAmount():
            return all(sign == "*" and is_whole(factor) for sign, factor in amount.factors)
        case DefinedAmount():
            return is_whole(amount.amount)
        case _:
            return False
