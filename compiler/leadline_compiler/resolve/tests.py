"""Conditions: tests, and how they are joined; operators apply to the types that make sense for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from leadline_compiler.conditions import (
    All,
    Amount,
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
from leadline_compiler.resolve.amounts import declared, need, resolve_amount, resolve_value
from leadline_compiler.resolve.comparisons import resolve_between, resolve_comparison
from leadline_compiler.resolve.fields import tell_has_field
from leadline_compiler.resolve.hints import how_to_test
from leadline_compiler.resolve.literals import read_literals
from leadline_compiler.resolve.loose import (
    is_cut_short,
    is_followed_by_value,
    tell_event,
    tell_grouped_digits,
    tell_loose_value,
)
from leadline_compiler.resolve.occurrences import resolve_occurrence
from leadline_compiler.resolve.scope import Key, Scope, describe_type, is_amount, write_name
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold, fold_inside
from leadline_compiler.typing import type_of
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Edit
from leadline_dsl.source import Span
from leadline_dsl.tokens import quote_text

_TEXTS = (Kind.TEXT, Kind.CHOICE)


def resolve_condition(node: s.Expression, scope: Scope) -> Condition | None:
    """The condition, or None where the scope was told why there is none. A yes/no amount may stand alone."""
    if isinstance(node, s.Name) and scope.where is None and _is_only_event(node, scope):
        tell_event(node, scope, is_condition=True)
        return None
    value = resolve_value(node, scope)
    if value is None or not is_amount(value):
        return value  # type: ignore[return-value]
    amount: Amount = value  # type: ignore[assignment]
    if type_of(amount).kind is Kind.YES_NO:
        return Truth(amount, text=scope.written(node.span))
    if (isinstance(node, s.Number | s.DateText) and tell_loose_value(node.span, scope)) or is_cut_short(node, scope):
        return None
    type_ = type_of(amount)
    scope.report(
        "wrong-type",
        f"`{scope.written(node.span)}` is {describe_type(type_)}, where a condition belongs",
        node.span,
        _suggest_test(node, type_, scope),
        also=declared(amount),
    )
    return None


def _is_only_event(name: s.Name, scope: Scope) -> bool:
    return name.text in scope.names.events and not scope.names.tells_of_contact(name.text)


def _suggest_test(node: s.Expression, type_: ValueType, scope: Scope) -> str:
    written = scope.written(node.span)
    if isinstance(node, s.Count):
        occurrence = node.occurrence
        counted = scope.written(occurrence.span)
        help = f"write `has {counted}`"
        if occurrence.where is None or occurrence.windows:
            return f"{help}, or say how many: `{written} >= 2`"
        tested = scope.written(occurrence.where.span)
        if not isinstance(occurrence.where, s.Comparison | s.Between):
            return f"{help}, or say how many: `{written} >= 2`"
        return f"{help}, or say how many: `{written.removesuffix(tested)}({tested}) >= 2`"
    if isinstance(node, s.Number):
        return "write a condition, such as `employees >= 25`, on both sides of `and` and `or`"
    samples = {
        Kind.NUMBER: f"`{written} >= 1`",
        Kind.DATE: f"`{written} is known`, `days since {written} < 30`",
        Kind.LIST: f'`{written} includes "…"`',
    }
    return "say what about it: " + samples.get(type_.kind, f'`{written} is "…"`, `{written} is known`')


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


def _is(node: s.Is, scope: Scope) -> Condition | None:
    amount = resolve_amount(node.amount, scope)
    if amount is None:
        return None
    if type_of(amount).kind is Kind.LIST:
        if not is_followed_by_value(node.span, scope):
            _report_list_test(node, amount, scope)
        return None
    if len(node.values) > 1 and type_of(amount).kind is Kind.NUMBER and tell_grouped_digits(scope):
        return None
    values = read_literals(node.values, amount, scope)
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


def _is_in(node: s.IsIn, scope: Scope) -> Condition | None:
    amount = resolve_amount(node.amount, scope)
    entries = scope.names.lists.get(node.list_name.text)
    scope.uses.add(Key("list", node.list_name.text))
    if entries is None:
        name = node.list_name
        hint = f'declare it: `list {write_name(name.text)} = "…"`; a single text is tested as `is "…"`'
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
        if not is_followed_by_value(node.span, scope):
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
    hint = how_to_test(scope.written(node.amount.span), type_)
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
    if tell_has_field(node, scope):
        return None
    occurrence = resolve_occurrence(node.occurrence, scope)
    return None if occurrence is None else Has(occurrence, node.negated, text=scope.written(node.span))


_TESTS: dict[type, Callable[[Any, Scope], Condition | None]] = {
    s.All: _joined,
    s.Either: _joined,
    s.Not: _not,
    s.Comparison: resolve_comparison,
    s.Between: resolve_between,
    s.Is: _is,
    s.IsIn: _is_in,
    s.IsKnown: _is_known,
    s.TextTest: _text_test,
    s.Matches: _matches,
    s.Includes: _includes,
    s.Has: _has,
}
