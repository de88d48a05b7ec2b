"""Occurrences: which events, which of them, and when."""

from __future__ import annotations

from leadline_compiler.conditions import Ago, Before, Condition, Occurrence, Since, Window, Within
from leadline_compiler.resolve.scope import Key, Scope, describe_type, property_key, write_name
from leadline_compiler.schema import EventType, Kind, Property, ValueType
from leadline_compiler.zones import Duration, Unit
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Edit


def read_duration(node: s.Duration) -> Duration:
    return Duration(int(node.count.text), Unit(node.unit))


def resolve_occurrence(node: s.Occurrence, scope: Scope) -> Occurrence | None:
    """The occurrence, or None where the scope was told why there is none."""
    events = _events(node, scope)
    windows = [_window(window, scope) for window in node.windows]
    where = _where(node.where, events, scope) if node.where is not None and events is not None else None
    if events is None or None in windows or (node.where is not None and where is None):
        return None
    return Occurrence(
        tuple(event.name for event in events),
        where,
        tuple(window for window in windows if window is not None),
        node.form == "any event",
        text=scope.written(node.span),
    )


def _events(node: s.Occurrence, scope: Scope) -> tuple[EventType, ...] | None:
    declared = scope.names.events
    if node.form == "any event":
        scope.uses.update(Key("event", name) for name in declared)
        return tuple(declared.values())
    found: dict[str, EventType] = {}
    for name in node.events:
        if name.text in declared:
            scope.uses.add(Key("event", name.text))
            found[name.text] = declared[name.text]
        else:
            _report_no_event(name, scope)
    return tuple(found.values()) if len(found) == len({name.text for name in node.events}) else None


_ANY = frozenset({"event", "events", "activity", "activities", "anything", "something"})


def _report_no_event(name: s.Name, scope: Scope) -> None:
    if name.text.casefold() in _ANY and not name.quoted:
        is_negated = scope.text[: name.span.start].split()[-1:] == ["no"]
        right = "event" if is_negated else "any event"
        help = f"write `{'no ' if is_negated else ''}{right}`"
        edits = (Edit(name.span, right),)
        scope.report("unknown-name", f"there is no event `{name.text}`", name.span, help, edits)
    elif name.text in scope.names.fields:
        scope.report(
            "wrong-type",
            f"`{name.text}` is a field of the contact, where an event belongs",
            name.span,
            f"for a field write `{write_name(name.text)} is known`, `{write_name(name.text)} is …`",
            also=[("it is declared here", Key("field", name.text))],
        )
    else:
        scope.report_unknown(name, f"there is no event `{name.text}`", scope.names.events, "declare it under `events`")


def shared_property(name: s.Name, events: tuple[EventType, ...], scope: Scope) -> Property | None:
    """The property that all the events have, with one type; texts of different lists count as texts."""
    scope.uses.update(property_key(event.name, name.text) for event in events)
    found = [(event, event.property_named(name.text)) for event in events]
    lacking = [event for event, prop in found if prop is None]
    if lacking or not found:
        _report_no_property(name, events, lacking, scope)
        return None
    types = {prop.type for _, prop in found if prop is not None}
    if len(types) == 1:
        return Property(name.text, types.pop())
    if all(type_.is_text for type_ in types):
        return Property(name.text, ValueType(Kind.TEXT))
    first, *others = [(event, prop) for event, prop in found if prop is not None]
    other = next((event, prop) for event, prop in others if prop.type != first[1].type)
    scope.report(
        "wrong-type",
        f"`{name.text}` is {describe_type(first[1].type)} for `{first[0].name}`, "
        f"but {describe_type(other[1].type)} for `{other[0].name}`",
        name.span,
        "test events of one kind at a time, or declare the property alike for all",
        also=[(f"`{event.name}` is declared here", Key("event", event.name)) for event in (first[0], other[0])],
    )
    return None


def _report_no_property(name: s.Name, events: tuple[EventType, ...], lacking: list[EventType], scope: Scope) -> None:
    owner = lacking[0].name if lacking else "any event"
    hint = ""
    if scope.where is not None and (name.text in scope.names.fields or name.text in scope.names.defines):
        hint = (
            "inside of `where` only the event's properties are seen: put the test of the contact outside, after `and`"
        )
    elif lacking and not lacking[0].properties:
        hint = f"`{owner}` has no properties; declare them: `{write_name(owner)} with {write_name(name.text)}: text`"
    elif lacking:
        known = ", ".join(f"`{prop.name}`" for prop in lacking[0].properties)
        hint = f"`{owner}` has {known}"
    also = [(f"`{event.name}` is declared here", Key("event", event.name)) for event in lacking[:1]]
    known_names = [prop.name for event in events for prop in event.properties]
    scope.report_unknown(name, f"`{owner}` has no property `{name.text}`", known_names, hint, also)


def _where(node: s.Expression, events: tuple[EventType, ...], scope: Scope) -> Condition | None:
    from leadline_compiler.resolve.tests import resolve_condition

    return resolve_condition(node, scope.inside(events))


def _window(node: s.Window, scope: Scope) -> Window | None:
    from leadline_compiler.resolve.amounts import named_amount, read_days

    match node.bound:
        case s.Duration():
            duration = read_duration(node.bound)
            return Within(duration) if node.kind == "within" else Ago(duration)
        case s.DateText():
            moment = read_days(node.bound.text, scope.names.zone).first
            return Since(moment) if node.kind == "since" else Before(moment)
        case s.Name():
            outside = scope.outside()
            amount = named_amount(node.bound, (Kind.DATE,), f"`{node.kind}` needs a date", outside)
            scope.depth = max(scope.depth, outside.depth)
            if amount is None:
                return None
            return Since(amount) if node.kind == "since" else Before(amount)
