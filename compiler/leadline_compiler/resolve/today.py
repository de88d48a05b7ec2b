"""`today` and `now`, which a rules file says as the age of a date."""

from __future__ import annotations

from leadline_compiler.resolve.scope import Scope, write_name
from leadline_compiler.schema import Kind
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Edit

_TODAY = frozenset({"today", "now", "yesterday", "tomorrow"})
HELP = "the age of a date is `days since FIELD`, its distance `days until FIELD`: `days since signed_up < 30`"
_MIRRORED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


def means_today(name: str) -> bool:
    """Whether a name that is declared nowhere stands for the day of the run."""
    return name.casefold() in _TODAY


def tell_today(node: s.Comparison, scope: Scope) -> bool:
    """Tells of a date that is compared with `today - 30`; False where none is."""
    for field, other, relation in (
        (node.left, node.right, node.relation),
        (node.right, node.left, _MIRRORED[node.relation]),
    ):
        offset = _offset(other, scope)
        if offset is None or not isinstance(field, s.Name) or not _is_date(field, scope):
            continue
        written = write_name(field.text)
        sign, days = offset
        message = f"there is no `{_name_of(other)}` in a rules file: the age of a date is `days since {written}`"
        if not days:
            since, until = f"`days since {written} >= 0`", f"`days until {written} >= 0`"
            scope.report("unknown-name", message, node.span, f"write {since} for the past, {until} for the future")
            return True
        right = (
            f"days until {written} {relation} {days}"
            if sign == "+"
            else (f"days since {written} {_MIRRORED[relation]} {days}")
        )
        scope.report("unknown-name", message, node.span, f"write `{right}`", (Edit(node.span, right),))
        return True
    return False


def _is_date(name: s.Name, scope: Scope) -> bool:
    declared = scope.names.fields.get(name.text)
    return scope.where is None and declared is not None and declared.type.kind is Kind.DATE


def _name_of(node: s.Expression) -> str:
    return node.text if isinstance(node, s.Name) else _name_of(node.terms[0][1]) if isinstance(node, s.Sum) else ""


def _offset(node: s.Expression, scope: Scope) -> tuple[str, str] | None:
    """The sign and the days that are added to today; no days for today itself, None for anything else."""
    match node:
        case s.Name(text=text) if means_today(text) and not scope.names.tells_of_contact(text):
            return {"yesterday": ("-", "1"), "tomorrow": ("+", "1")}.get(text.casefold(), ("+", ""))
        case s.Sum(terms=((_, s.Name() as name), (sign, s.Number(text=days)))) if days.isdigit():
            start = _offset(name, scope)
            return (sign, days) if start is not None and not start[1] else None
        case _:
            return None
