"""Written values, read as the type of what they are tested against has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from leadline_compiler.conditions import Amount, ScoreAmount
from leadline_compiler.numbers import parse_number
from leadline_compiler.resolve.amounts import declared, read_days, read_millionths
from leadline_compiler.resolve.hints import how_to_test
from leadline_compiler.resolve.scope import TOTAL, Key, Scope, describe_type, write_name
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold
from leadline_compiler.typing import type_of
from leadline_compiler.values import folded_choices
from leadline_compiler.zones import parse_day
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Edit
from leadline_dsl.tokens import quote_text


def read_literals(values: Iterable[s.Value], amount: Amount, scope: Scope) -> Any:
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
            return read_millionths(value.text)
        case s.YesNo(), Kind.YES_NO:
            return value.value
        case s.DateText(), Kind.DATE:
            return read_days(value.text, scope.names.zone)
        case _:
            message = f"{scope.written(value.span)} is not {describe_type(type_)}, as `{amount.text}` is"
            report_literal(value, type_, message, scope, amount)
            return None


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


def report_literal(
    value: s.Value | s.RowValue, type_: ValueType, message: str, scope: Scope, amount: Amount | None
) -> None:
    """Reports a value of another type, with the value that it was meant to be where that is sure."""
    meant = _meant(value, type_.kind, scope)
    if meant is not None:
        hint = f"a text stands in quotes: {meant}" if type_.is_text else f"write `{meant}`, without quotes"
        if not isinstance(value, s.Text) and not type_.is_text:
            hint = f"write `{meant}`"
    elif amount is None:
        hint = f"the rows below take {_VALUES.get(type_.kind, 'texts in quotes')}"
    else:
        hint = _of_grade(value, amount, scope) or how_to_test(amount.text, type_)
    edits = () if meant is None else (Edit(value.span, meant),)
    scope.report("wrong-type", message, value.span, hint, edits, declared(amount) if amount is not None else [])


def _of_grade(value: s.Value | s.RowValue, amount: Amount, scope: Scope) -> str:
    """What to write where a score is compared with one of its letters; "" elsewhere."""
    if not isinstance(amount, ScoreAmount) or not isinstance(value, s.Text):
        return ""
    name = amount.score or TOTAL
    if fold(value.value) not in map(fold, scope.names.grades.get(name, ())):
        return ""
    letter = f"grade of {write_name(name)}"
    return f"the letter of a score is `{letter}`: `{letter} is {quote_text(value.value)}`"


_VALUES = {Kind.NUMBER: "numbers without quotes, such as `25` or `2 to 5`", Kind.YES_NO: "`yes` or `no`"}
_YES = frozenset(
    ["yes", "true", "y", "1", "on", "ja", "wahr", "oui", "vrai", "si", "sí", "sim", "vero", "tak", "да", "はい"]
)
_NO = frozenset(
    ["no", "false", "n", "0", "off", "nein", "falsch", "non", "faux", "falso", "não", "nee", "nie", "нет", "いいえ"]
)
"""What is written for yes and no, in other languages too."""


def meant_yes_no(written: str) -> str | None:
    """`yes` or `no`, where a word means one of them in some language."""
    folded = fold(written)
    return "yes" if folded in _YES else "no" if folded in _NO else None


def _meant(value: s.Value | s.RowValue, kind: Kind, scope: Scope) -> str | None:
    """The value as the type has it: `"yes"` is `yes`, `"25"` is `25`, `"2026-1-5"` is `2026-01-05`."""
    written = value.value if isinstance(value, s.Text) else scope.written(value.span)
    match kind:
        case Kind.YES_NO:
            return meant_yes_no(written)
        case Kind.NUMBER:
            is_number = isinstance(value, s.Text) and parse_number(written) is not None
            return written.strip() if is_number else None
        case Kind.DATE:
            return meant_date(written) if isinstance(value, s.Text) else None
        case _ if isinstance(value, s.Number | s.DateText | s.YesNo | s.NumberRange):
            return quote_text(written)
        case _:
            return None


def meant_date(written: str) -> str | None:
    """The day that was meant by a date in quotes or in another notation, where it can only be one."""
    from leadline_dsl.mistakes.numbers import meant_dates

    found = [date for date in meant_dates(written) if parse_day(date[:10]) is not None]
    return found[0] if len(found) == 1 else None
