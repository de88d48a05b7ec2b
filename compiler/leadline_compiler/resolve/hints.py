"""What to write instead, for values of a kind that an operator does not take."""

from __future__ import annotations

from leadline_compiler.conditions import Amount, FieldAmount
from leadline_compiler.resolve.scope import Scope, write_name
from leadline_compiler.schema import EventType, Kind, ValueType
from leadline_compiler.typing import type_of
from leadline_dsl.tokens import quote_text


def how_to_test(written: str, type_: ValueType) -> str:
    """The tests that make sense for an amount of a type, as they are written."""
    match type_.kind:
        case Kind.NUMBER:
            return f"a number is compared: `{written} >= 25`, `{written} between 10 and 50`, `{written} is 25`"
        case Kind.DATE:
            return f"a date is tested as `{written} >= 2026-03-31` or, for its age, `days since {written} < 30`"
        case Kind.YES_NO:
            return f"yes or no stands alone: `{written}`, `not {written}`"
        case Kind.LIST:
            return f'a list is tested as `{written} includes "…"` or `{written} includes any of "…", "…"`'
        case _:
            sample = quote_text(type_.choices[0]) if type_.choices else '"…"'
            return f"a text is tested as `{written} is {sample}` or `{written} contains {sample}`"


def how_to_get(kind: Kind, amount: Amount, written: str, scope: Scope) -> str:
    """How an amount becomes one of a kind that is needed, or what to name in its place."""
    type_ = type_of(amount)
    if kind is Kind.NUMBER and type_.kind is Kind.DATE:
        return f"for the age of a date write `days since {written}`"
    if kind in (Kind.TEXT, Kind.CHOICE):
        return how_to_test(written, type_)
    fields = scope.names.fields.values() if scope.where is None else ()
    known = [write_name(item.name) for item in fields if item.type.kind is kind]
    declared = f"declare it so: `{written}: {kind.value}`" if isinstance(amount, FieldAmount) and type_.is_text else ""
    noun = "dates" if kind is Kind.DATE else "numbers"
    named = f"name a {kind.value}, such as " + some_names(known) if known else ""
    if kind is Kind.DATE and not known:
        named = "name a field that is declared as `date`"
    if declared:
        return f"if it holds {noun}, {declared}" + (f"; else {named}" if named else "")
    return named or how_to_test(written, type_)


def some_names(names: list[str]) -> str:
    """A few of several names, as a user would write them."""
    return ", ".join(f"`{name}`" for name in names[:3])


def text_for_domain(scope: Scope) -> str:
    """Which field `domain of` may have meant."""
    texts = [item.name for item in scope.names.fields.values() if item.type.kind is Kind.TEXT]
    addresses = [name for name in texts if "mail" in name.casefold()] or texts
    named = f", such as `domain of {write_name(addresses[0])}`" if addresses else ""
    return f"it takes what stands behind the @ of an address: name a text field{named}"


def measurable(word: str, kinds: tuple[Kind, ...], name: str, events: tuple[EventType, ...]) -> str:
    """What else can be measured of events, where a property is of the wrong kind."""
    fitting = [
        write_name(prop.name)
        for prop in events[0].properties
        if prop.type.kind in kinds and all(event.property_named(prop.name) for event in events)
    ]
    event = write_name(events[0].name)
    if fitting:
        return f"write `{word} {fitting[0]} of {event}`"
    if word == "number of different":
        return f"to count the events write `count of {event}`"
    return f"for how many values there are write `number of different {write_name(name)} of {event}`"


def how_to_table(written: str, type_: ValueType) -> str:
    """How points are given by an amount that no row takes."""
    if type_.kind is Kind.DATE:
        return f"for its age write `by days since {written}`, with rows such as `+5 for 0 to 30`"
    return f'a contact may have several of them: write a rule for each, `+5 "NAME" when {written} includes "…"`'
