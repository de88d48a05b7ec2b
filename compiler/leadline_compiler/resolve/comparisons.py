"""`>`, `>=`, `<`, `<=` and `between`: numbers with numbers, dates with dates."""

from __future__ import annotations

from leadline_compiler.conditions import Amount, Between, Comparison, DateAmount, NumberAmount
from leadline_compiler.numbers import parse_number
from leadline_compiler.resolve.amounts import declared, resolve_amount
from leadline_compiler.resolve.hints import how_to_test
from leadline_compiler.resolve.literals import meant_date
from leadline_compiler.resolve.loose import tell_compared_count, tell_loose_value
from leadline_compiler.resolve.scope import Scope, describe_type
from leadline_compiler.resolve.today import tell_today
from leadline_compiler.schema import Kind
from leadline_compiler.typing import type_of
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Edit
from leadline_dsl.source import Span


def resolve_comparison(node: s.Comparison, scope: Scope) -> Comparison | None:
    """The comparison, or None where the scope was told why there is none."""
    if tell_today(node, scope):
        return None
    sides = _comparable([node.left, node.right], node.relation, scope)
    if sides is None:
        return None
    left, right = sides
    return Comparison(node.relation, left, right, text=scope.written(node.span))


def resolve_between(node: s.Between, scope: Scope) -> Between | None:
    """The range, or None where the scope was told why there is none: ends of two kinds, or written in reverse."""
    amounts = _comparable([node.amount, node.low, node.high], "between", scope)
    if amounts is None:
        return None
    amount, low, high = amounts
    if _is_reversed(low, high):
        _report_reversed(node, scope)
        return None
    return Between(amount, low, high, text=scope.written(node.span))


def _is_reversed(low: Amount, high: Amount) -> bool:
    """Whether two written ends leave nothing between them; a bare day reaches from its first moment to its last."""
    match low, high:
        case NumberAmount(), NumberAmount():
            return low.value > high.value
        case DateAmount(), DateAmount():
            return low.days.first > high.days.last
        case _:
            return False


def _report_reversed(node: s.Between, scope: Scope) -> None:
    low, high = scope.written(node.low.span), scope.written(node.high.span)
    scope.report(
        "wrong-type",
        f"nothing lies between {low} and {high}: the smaller comes first",
        Span(node.low.span.start, node.high.span.end),
        f"write `between {high} and {low}`",
        (Edit(node.low.span, high), Edit(node.high.span, low)),
    )


def _comparable(nodes: list[s.Expression], operator: str, scope: Scope) -> list[Amount] | None:
    """The amounts, where all are numbers or all are dates."""
    if _tell_dates(nodes, operator, scope):
        return None
    amounts = [_side(node, nodes, operator, scope) for node in nodes]
    if any(amount is None for amount in amounts):
        return None
    known = [amount for amount in amounts if amount is not None]
    kinds = [type_of(amount).kind for amount in known]
    for node, amount, kind in zip(nodes, known, kinds, strict=True):
        if kind not in (Kind.NUMBER, Kind.DATE):
            _report_incomparable(node, amount, operator, scope)
            return None
    for node, kind in zip(nodes[1:], kinds[1:], strict=True):
        if kind is not kinds[0]:
            _report_mixture(nodes[0], kinds[0], node, kind, known, scope)
            return None
    return known


def _tell_dates(nodes: list[s.Expression], operator: str, scope: Scope) -> bool:
    """Tells of all the dates in quotes at once."""
    meant = [(node, meant_date(node.value)) for node in nodes if isinstance(node, s.Text)]
    edits = tuple(Edit(node.span, date) for node, date in meant if date is not None)
    if not edits:
        return False
    written = scope.written(edits[0].span)
    message = f"`{operator}` compares numbers and dates: {written} is a text"
    right = " and ".join(f"`{edit.text}`" for edit in edits)
    scope.report("wrong-type", message, edits[0].span, f"a date stands without quotes: {right}", edits)
    return True


def _side(node: s.Expression, nodes: list[s.Expression], operator: str, scope: Scope) -> Amount | None:
    if not isinstance(node, s.Text):
        return resolve_amount(node, scope)
    if tell_loose_value(node.span, scope):
        return None
    meant = node.value.strip() if parse_number(node.value) is not None else None
    scope.report(
        "wrong-type",
        f"`{operator}` compares numbers and dates: {scope.written(node.span)} is a text",
        node.span,
        f"a number stands without quotes: `{meant}`"
        if meant
        else "a text is tested by `is`, `is one of`, `contains` …",
        (Edit(node.span, meant),) if meant else (),
    )
    return None


def _report_incomparable(node: s.Expression, amount: Amount, operator: str, scope: Scope) -> None:
    if scope.where is not None and type_of(amount).kind is Kind.YES_NO and tell_compared_count(node, operator, scope):
        return
    scope.report(
        "wrong-type",
        f"`{operator}` compares numbers and dates: `{scope.written(node.span)}` is {describe_type(type_of(amount))}",
        node.span,
        how_to_test(scope.written(node.span), type_of(amount)),
        also=declared(amount),
    )


def _report_mixture(
    first: s.Expression, kind: Kind, other: s.Expression, other_kind: Kind, amounts: list[Amount], scope: Scope
) -> None:
    number, date = (first, other) if kind is Kind.NUMBER else (other, first)
    written = scope.written(number.span)
    span = Span(min(first.span.start, other.span.start), max(first.span.end, other.span.end))
    also = [label for amount in amounts for label in declared(amount)]
    meant = None if isinstance(number, s.Number) else meant_date(written)
    if meant is not None:
        message = f"a date is written `{meant}`: year, month, day"
        scope.report("wrong-type", message, number.span, f"write `{meant}`", (Edit(number.span, meant),), also)
        return
    age = f"days since {scope.written(date.span)}" if isinstance(date, s.Name) else "days since …"
    scope.report(
        "wrong-type",
        f"`{written}` is a number and `{scope.written(date.span)}` a date: they cannot be compared",
        span,
        f"for the age of a date write `{age}`, for a day `2026-03-31`",
        also=also,
    )
