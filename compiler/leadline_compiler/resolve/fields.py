"""Fields where an event belongs: `has email`, `has signed_up in the last 30 days`."""

from __future__ import annotations

from leadline_compiler.resolve.scope import Key, Scope, describe_type, write_name
from leadline_compiler.schema import Kind
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Edit


def tell_has_field(node: s.Has, scope: Scope) -> bool:
    """Tells of a field behind `has` or `no`, with the test that is meant; False where an event stands there."""
    occurrence = node.occurrence
    name = occurrence.events[0] if len(occurrence.events) == 1 else None
    if name is None or occurrence.form != "event" or name.text in scope.names.events:
        return False
    declared = scope.names.fields.get(name.text)
    if declared is None:
        return False
    field, kind = write_name(name.text), declared.type.kind
    right: str | None = None
    if occurrence.where is None and not occurrence.windows:
        right = f"{field} is {'missing' if node.negated else 'known'}"
        if kind is Kind.YES_NO:
            right = f"not {field}" if node.negated else field
    elif kind is Kind.DATE and occurrence.where is None and len(occurrence.windows) == 1:
        age = _age(field, occurrence.windows[0])
        right = f"not ({age})" if age and node.negated else age
    scope.report(
        "wrong-type",
        f"`{name.text}` is a field of the contact, where an event belongs",
        name.span,
        f"`{name.text}` is {describe_type(declared.type)}: write `{right or f'{field} is known'}`",
        (Edit(node.span, right),) if right else (),
        [("it is declared here", Key("field", name.text))],
    )
    return True


def _age(field: str, window: s.Window) -> str | None:
    """A window of events said of a date, where it can be said in days."""
    from leadline_dsl.mistakes.ages import whole_days

    bound = window.bound
    match bound:
        case s.Duration():
            days = whole_days(bound.count.text, bound.unit)
            if days is None:
                return None
            return (
                f"days since {field} between 0 and {days - 1}"
                if window.kind == "within"
                else (f"days since {field} >= {days}")
            )
        case s.DateText():
            return f"{field} {'>=' if window.kind == 'since' else '<'} {bound.text}"
        case _:
            return None
