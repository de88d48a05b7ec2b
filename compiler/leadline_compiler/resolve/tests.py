"""Conditions: tests, and how they are joined; operators apply to the types that make sense for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from leadline_compiler.conditions import (
    All,
    Amount,
    Between,
    Comparison,
    Condition,
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
from leadline_compiler.numbers import parse_number
from leadline_compiler.resolve.amounts import declared, need, read_days, read_millionths, resolve_amount, resolve_value
from leadline_compiler.resolve.occurrences import resolve_occurrence
from leadline_compiler.resolve.scope import Key, Scope, describe_type, is_amount, write_name
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold, fold_inside
from leadline_compiler.typing import type_of
from leadline_compiler.values import folded_choices
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Edit
from leadline_dsl.source import Span
from leadline_dsl.tokens import quote_text

_TEXTS = (Kind.TEXT, Kind.CHOICE)


def resolve_condition(node: s.Expression, scope: Scope) -> Condition | None:
    """The condition, or None where the scope was told why there is none. A yes/no amount may stand alone."""
    value = resolve_value(node, scope)
    if value is None or not is_amount(value):
        return value  # type: ignore[return-value]
    amount: Amount = value  # type: ignore[assignment]
    if type_of(amount).kind is Kind.YES_NO:
        return Truth(amount, text=scope.written(node.span))
    type_ = type_of(amount)
    scope.report(
        "wrong-type",
        f"`{scope.written(node.span)}` is {describe_type(type_)}, where a condition belongs",
        node.span,
        "say what about it: " + _suggest_test(scope.written(node.span), type_),
        also=declared(amount),
    )
    return None


def _suggest_test(written: str, type_: ValueType) -> str:
    samples = {
        Kind.NUMBER: f"`{written} >= 1`",
        Kind.DATE: f"`{written} is known`, `days since {written} < 30`",
        Kind.LIST: f'`{written} includes "…"`',
    }
    return samples.get(type_.kind, f'`{written} is "…"`, `{written} is known`')


def resolve_test(node: s.Expression, scope: Scope) -> Condition | None:
    """A condition that is written out."""
    return _TESTS[type(node)](node, scope)


def _joined(node: s.All | s.Either, scope: Scope) -> Condition | None:
    parts = [resolve_condition(part, scope) for part in node.parts]
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    joined = All if isinstance(node, s.All) else Either
    return joined(known, text=scope.written(node.span))


def _not(node: s.Not, scope: Scope) -> Condition | None:
    part = resolve_condition(node.part, scope)
    return None if part is None else Not(part, text=scope.written(node.span))


def _comparison(node: s.Comparison, scope: Scope) -> Condition | None:
    sides = _comparable([node.left, node.right], node.relation, scope)
    if sides is None:
        return None
    left, right = sides
    return Comparison(node.relation, left, right, text=scope.written(node.span))


def _between(node: s.Between, scope: Scope) -> Condition | None:
    amounts = _comparable([node.amount, node.low, node.high], "between", scope)
    if amounts is None:
        return None
    if isinstance(node.low, s.Number) and isinstance(node.high, s.Number):
        if read_millionths(node.low) > read_millionths(node.high):
            _report_reversed(node, scope)
            return None
    elif isinstance(node.low, s.DateText) and isinstance(node.high, s.DateText) and node.low.text > node.high.text:
        _report_reversed(node, scope)
        return None
    amount, low, high = amounts
    return Between(amount, low, high, text=scope.written(node.span))


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


def _side(node: s.Expression, nodes: list[s.Expression], operator: str, scope: Scope) -> Amount | None:
    if isinstance(node, s.Text):
        edits = (Edit(node.span, node.value),) if parse_number(node.value) is not None else ()
        scope.report(
            "wrong-type",
            f"`{operator}` compares numbers and dates: {scope.written(node.span)} is a text",
            node.span,
            "numbers and dates stand without quotes; a text is tested by `is`",
            edits,
        )
        return None
    return resolve_amount(node, scope)


def _report_incomparable(node: s.Expression, amount: Amount, operator: str, scope: Scope) -> None:
    scope.report(
        "wrong-type",
        f"`{operator}` compares numbers and dates: `{scope.written(node.span)}` is {describe_type(type_of(amount))}",
        node.span,
        "a text is tested by `is`, `contains` …; yes or no stands alone; a list by `includes`"
        if scope.where is None
        else "if the comparison is meant for the count, put the test after `where` into parentheses",
        also=declared(amount),
    )


def _report_mixture(
    first: s.Expression, kind: Kind, other: s.Expression, other_kind: Kind, amounts: list[Amount], scope: Scope
) -> None:
    number, date = (first, other) if kind is Kind.NUMBER else (other, first)
    scope.report(
        "wrong-type",
        f"`{scope.written(number.span)}` is a number and `{scope.written(date.span)}` a date: they cannot be compared",
        Span(min(first.span.start, other.span.start), max(first.span.end, other.span.end)),
        "for the age of a date write `days since …`",
        also=[label for amount in amounts for label in declared(amount)],
    )


def _is(node: s.Is, scope: Scope) -> Condition | None:
    amount = resolve_amount(node.amount, scope)
    if amount is None:
        return None
    if type_of(amount).kind is Kind.LIST:
        _report_list_test(node, amount, scope)
        return None
    values = _literals(node.values, amount, scope)
    return None if values is None else Is(amount, values, node.negated, text=scope.written(node.span))


def _report_list_test(node: s.Is, amount: Amount, scope: Scope) -> None:
    written = ", ".join(scope.written(value.span) for value in node.values)
    verb = "includes any of" if node.listed else "does not include" if node.negated else "includes"
    prefix = "not " if node.listed and node.negated else ""
    fixed = f"{prefix}{scope.written(node.amount.span)} {verb} {written}"
    scope.report(
        "wrong-type",
        f"`{scope.written(node.amount.span)}` is a list of texts, which is no single value",
        node.span,
        f"write `{fixed}`",
        (Edit(node.span, fixed),),
        also=declared(amount),
    )


def _literals(values: Iterable[s.Value], amount: Amount, scope: Scope) -> Any:
    """The values as the amount's type has them, or None where one is of another type."""
    type_ = type_of(amount)
    read = [_literal(value, type_, amount, scope) for value in values]
    return None if any(item is None for item in read) else tuple(dict.fromkeys(read))


def _literal(value: s.Value, type_: ValueType, amount: Amount, scope: Scope) -> Any:
    match value, type_.kind:
        case s.Text(), Kind.TEXT:
            return fold(value.value)
        case s.Text(), Kind.CHOICE:
            return _listed(value, type_, amount, scope)
        case s.Number(), Kind.NUMBER:
            return read_millionths(value)
        case s.YesNo(), Kind.YES_NO:
            return value.value
        case s.DateText(), Kind.DATE:
            return read_days(value.text, scope.names.zone)
        case _:
            return _report_literal(value, type_, amount, scope)


def _listed(value: s.Text, type_: ValueType, amount: Amount, scope: Scope) -> str:
    folded = fold(value.value)
    if folded not in folded_choices(type_):
        report_unlisted(value, type_, scope, declared(amount))
    return folded


def report_unlisted(value: s.Text, type_: ValueType, scope: Scope, also: list[tuple[str, Key]]) -> None:
    """Warns of a text that is not among the listed ones."""
    close = scope.closest(value.value, type_.choices)
    hint = f"did you mean {quote_text(close)}?" if close else "listed are " + _some(type_.choices)
    edits = (Edit(value.span, quote_text(close)),) if close else ()
    scope.report(
        "unlisted-value", f"{quote_text(value.value)} is not among the listed values", value.span, hint, edits, also
    )


def _some(choices: tuple[str, ...]) -> str:
    shown = ", ".join(map(quote_text, choices[:8]))
    return shown + (f" and {len(choices) - 8} more" if len(choices) > 8 else "")


_SAMPLES = {Kind.NUMBER: "25", Kind.YES_NO: "yes", Kind.DATE: "2026-03-31"}


def _report_literal(value: s.Value, type_: ValueType, amount: Amount, scope: Scope) -> None:
    written = scope.written(value.span)
    edits: tuple[Edit, ...] = ()
    if type_.is_text:
        quoted = quote_text(written)
        hint, edits = f"a text stands in quotes: {quoted}", (Edit(value.span, quoted),)
    else:
        hint = f"write the value without quotes, such as `{_SAMPLES[type_.kind]}`"
        if isinstance(value, s.Text) and type_.kind is Kind.NUMBER and parse_number(value.value) is not None:
            edits = (Edit(value.span, value.value.strip()),)
    message = f"{written} is not {describe_type(type_)}, as `{amount.text}` is"
    scope.report("wrong-type", message, value.span, hint, edits, declared(amount))


def _is_in(node: s.IsIn, scope: Scope) -> Condition | None:
    amount = resolve_amount(node.amount, scope)
    entries = scope.names.lists.get(node.list_name.text)
    scope.uses.add(Key("list", node.list_name.text))
    if entries is None:
        name = node.list_name
        hint = f'declare it: `list {write_name(name.text)} = "…"`'
        scope.report_unknown(name, f"there is no list `{name.text}`", scope.names.lists, hint)
    if amount is None or entries is None:
        return None
    if need(amount, _TEXTS, "only texts can be in a list", node.amount.span, scope) is None:
        return None
    return IsIn(amount, node.list_name.text, entries, node.negated, text=scope.written(node.span))


def _is_known(node: s.IsKnown, scope: Scope) -> Condition | None:
    amount = resolve_amount(node.amount, scope)
    return None if amount is None else IsKnown(amount, node.known, text=scope.written(node.span))


def _text_test(node: s.TextTest, scope: Scope) -> Condition | None:
    amount = resolve_amount(node.amount, scope)
    if amount is None:
        return None
    if type_of(amount).kind is Kind.LIST and node.kind == "contains":
        _report_list_contains(node, amount, scope)
        return None
    if need(amount, _TEXTS, f"`{node.kind}` tests a text", node.amount.span, scope) is None:
        return None
    texts = _texts(node.values, scope)
    if texts is None:
        return None
    return TextTest(amount, node.kind, tuple(map(fold_inside, texts)), node.negated, text=scope.written(node.span))


def _report_list_contains(node: s.TextTest, amount: Amount, scope: Scope) -> None:
    verb = ("does not include" if node.negated else "includes") + (
        " any of" if node.listed and not node.negated else ""
    )
    values = ", ".join(scope.written(value.span) for value in node.values)
    fixed = f"{scope.written(node.amount.span)} {verb} {values}"
    scope.report(
        "wrong-type",
        f"`{scope.written(node.amount.span)}` is a list of texts, which includes",
        node.span,
        f"write `{fixed}`",
        (Edit(node.span, fixed),),
        also=declared(amount),
    )


def _texts(values: Iterable[s.Value], scope: Scope) -> list[str] | None:
    texts: list[str] = []
    for value in values:
        if not isinstance(value, s.Text):
            written = quote_text(scope.written(value.span))
            scope.report(
                "wrong-type",
                f"{scope.written(value.span)} is no text",
                value.span,
                f"write {written}",
                (Edit(value.span, written),),
            )
            return None
        texts.append(value.value)
    return texts


def _matches(node: s.Matches, scope: Scope) -> Condition | None:
    from leadline_compiler.patterns import PatternError, compile_pattern, parse_pattern

    amount = resolve_amount(node.amount, scope)
    pattern = parse_pattern(node.pattern.value)
    if isinstance(pattern, PatternError):
        start = node.pattern.span.start + 1
        scope.report("syntax", pattern.message, Span(start + pattern.start, start + pattern.end), pattern.help or "")
        return None
    if amount is None or need(amount, _TEXTS, "`matches` tests a text", node.amount.span, scope) is None:
        return None
    return Matches(amount, pattern, compile_pattern(pattern), text=scope.written(node.span))


def _includes(node: s.Includes, scope: Scope) -> Condition | None:
    amount = resolve_amount(node.amount, scope)
    if amount is None or _is_no_list(node, amount, scope):
        return None
    texts = _texts(node.values, scope)
    if texts is None:
        return None
    folded = tuple(map(fold, texts))
    return Includes(amount, node.kind == "all of", folded, node.kind == "not", text=scope.written(node.span))


def _is_no_list(node: s.Includes, amount: Amount, scope: Scope) -> bool:
    type_ = type_of(amount)
    if type_.kind is Kind.LIST:
        return False
    message = f"`includes` tests a list of texts: `{scope.written(node.amount.span)}` is {describe_type(type_)}"
    hint = "a text is tested by `contains` or `is one of`" if type_.is_text else ""
    scope.report("wrong-type", message, node.span, hint, also=declared(amount))
    return True


def _has(node: s.Has, scope: Scope) -> Condition | None:
    if scope.where is not None:
        scope.report(
            "wrong-type",
            f"`{scope.written(node.span)}` cannot stand inside of `where`, which sees one event at a time",
            node.span,
            "put it outside, after `and`",
        )
        return None
    occurrence = resolve_occurrence(node.occurrence, scope)
    return None if occurrence is None else Has(occurrence, node.negated, text=scope.written(node.span))


_TESTS: dict[type, Callable[[Any, Scope], Condition | None]] = {
    s.All: _joined,
    s.Either: _joined,
    s.Not: _not,
    s.Comparison: _comparison,
    s.Between: _between,
    s.Is: _is,
    s.IsIn: _is_in,
    s.IsKnown: _is_known,
    s.TextTest: _text_test,
    s.Matches: _matches,
    s.Includes: _includes,
    s.Has: _has,
}
