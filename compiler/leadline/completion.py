"""What may be written at a place in rules: words of the language, declared names, and values that the data has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from leadline.rules import Report
from leadline_compiler.resolve import Resolution
from leadline_compiler.schema import Kind, ValueType
from leadline_dsl.completion import Context, NameRole, Opening, find_context
from leadline_dsl.source import Source
from leadline_dsl.tokens import is_plain_word, quote_text
from leadline_dsl.words import needs_backquotes

ItemKind: TypeAlias = Literal[
    "word", "statement", "field", "event", "property", "list", "define", "score", "group", "value"
]
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Item:
    """One proposal: the text to put in, what it is, and a few words about it."""

    text: str
    kind: ItemKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in the place of the text from `start` to the offset asked for, the likeliest first."""

    start: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ValuesSeen:
    """Texts that the data has, the most frequent first: of fields by name, of properties by event and name."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    properties: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


def complete(text: str, offset: int, report: Report | None = None, seen: ValuesSeen | None = None) -> Completion:
    """Proposals for a place in a rules file.

    `report` is what a check of the file found, of a slightly older text if need be: it has the declared names.
    """
    context = find_context(Source("", text), offset)
    resolution = None if report is None else report.resolution
    items = [item for item in _items(context, resolution, seen or ValuesSeen()) if _fits(item.text, context)]
    unique = {item.text: item for item in reversed(items)}
    ordered = [item for item in items if unique.get(item.text) is item]
    return Completion(context.start, tuple(sorted(ordered, key=lambda item: _rank(item, context))))


def _fits(text: str, context: Context) -> bool:
    """Whether what has been typed are letters of the proposal, in their order."""
    if text.strip('"`').casefold() == context.word.strip("`").casefold():
        return False
    left = iter(text.casefold())
    return all(letter in left for letter in context.word.casefold().lstrip("`"))


def _rank(item: Item, context: Context) -> int:
    """Proposals that begin as typed come first, then those with a word that does; otherwise the order stands."""
    typed, text = context.word.casefold().lstrip("`"), item.text.casefold().lstrip('"`')
    if text.startswith(typed):
        return 0
    return 1 if any(word.startswith(typed) for word in text.replace("_", " ").split()) else 2


def _items(context: Context, resolution: Resolution | None, seen: ValuesSeen) -> Iterator[Item]:
    if context.opening is not None:
        yield from _statements(context.opening)
    if context.in_text or context.takes_text:
        yield from _values(context, resolution, seen)
    if context.in_text:
        return
    if context.names is not None and resolution is not None:
        yield from _NAMES[context.names](resolution, context)
    for phrase in context.phrases:
        yield Item(phrase, "word")


# ---- statements

_STATEMENTS = {
    Opening.ROW: ("+", "-"),
    Opening.GRADE: ('"A" from ', '"D" otherwise'),
    Opening.FIELD: (),
    Opening.EVENT: (),
    Opening.ANY: ("+", "-"),
}
_HEADS = {
    "score": "opens a score",
    "group": "opens a group of the score",
    "points": "points by an amount, a row each",
    "stage": "a stage of the funnel",
    "grade": "letters for a score",
    "total": "how the scores add up",
    "disqualify": "takes contacts out: a dead end",
    "exclude": "takes contacts out: not to be scored",
    "define": "a name for a condition or an amount",
    "list": "a named list of texts",
    "ignore": "events that nobody sees",
    "assume": "a fact about the world, for proofs",
    "contact": "the fields of contacts",
    "events": "the events and their properties",
    "include": "statements of another file",
    "model": "the model's name and time zone",
}


def _statements(opening: Opening) -> Iterator[Item]:
    for text in _STATEMENTS[opening]:
        yield Item(text, "statement")
    for word, detail in _HEADS.items():
        end = " = " if word == "total" else "" if word in ("contact", "events") else " "
        yield Item(f"{word}{end}", "statement", detail)


# ---- names


def write_name(name: str) -> str:
    """A name as it is written in rules: in backquotes where it must be."""
    return name if is_plain_word(name) and not needs_backquotes(name) else f"`{name}`"


def _say_type(type_: ValueType) -> str:
    return type_.kind.value


def _fields(resolution: Resolution, kinds: Iterable[Kind] | None = None) -> Iterator[Item]:
    wanted = None if kinds is None else frozenset(kinds)
    for item in resolution.model.schema.fields:
        if wanted is None or item.type.kind in wanted:
            yield Item(write_name(item.name), "field", _say_type(item.type))


def _events(resolution: Resolution, context: Context) -> Iterator[Item]:
    for event in resolution.model.schema.events:
        yield Item(write_name(event.name), "event", ", ".join(prop.name for prop in event.properties))


def _properties(resolution: Resolution, context: Context) -> Iterator[Item]:
    events = [event for event in resolution.model.schema.events if not context.events or event.name in context.events]
    for event in events:
        for prop in event.properties:
            yield Item(write_name(prop.name), "property", f"{_say_type(prop.type)} of {event.name}")


def _declared(resolution: Resolution, kind: Literal["list", "define"]) -> Iterator[Item]:
    for key in resolution.places:
        if key.kind == kind:
            yield Item(write_name(key.name), kind)


def _scores(resolution: Resolution, context: Context) -> Iterator[Item]:
    for score in resolution.model.scores:
        yield Item(write_name(score.name), "score")
    yield Item("total", "score")


def _amounts(resolution: Resolution, context: Context) -> Iterator[Item]:
    yield from _fields(resolution)
    yield from _declared(resolution, "define")


def _conditions(resolution: Resolution, context: Context) -> Iterator[Item]:
    yield from _scores(resolution, context)
    yield from _amounts(resolution, context)


_NAMES: Mapping[NameRole, Callable[[Resolution, Context], Iterator[Item]]] = {
    NameRole.EVENT: _events,
    NameRole.PROPERTY: _properties,
    NameRole.LIST: lambda resolution, context: _declared(resolution, "list"),
    NameRole.DATE: lambda resolution, context: _fields(resolution, (Kind.DATE,)),
    NameRole.TEXT: lambda resolution, context: _fields(resolution, (Kind.TEXT, Kind.CHOICE)),
    NameRole.SCORE: _scores,
    NameRole.FIELD: lambda resolution, context: _fields(resolution),
    NameRole.AMOUNT: _amounts,
    NameRole.CONDITION: _conditions,
    NameRole.NEW: lambda resolution, context: iter(()),
}


# ---- values


def _values(context: Context, resolution: Resolution | None, seen: ValuesSeen) -> Iterator[Item]:
    """Texts that the field or property may have or has, in quotes; without them where the quote is open."""
    for text, detail in _texts(context, resolution, seen):
        written = quote_text(text)
        yield Item(written[1:] if context.in_text else written, "value", detail)


def _texts(context: Context, resolution: Resolution | None, seen: ValuesSeen) -> Iterator[tuple[str, str]]:
    subject = context.value_of
    if subject is None:
        return
    if resolution is not None and not subject.events:
        declared = next((item for item in resolution.model.schema.fields if item.name == subject.name), None)
        if declared is not None:
            yield from ((choice, "listed") for choice in declared.type.choices)
    if subject.events:
        found = (text for event in subject.events for text in seen.properties.get((event, subject.name), ()))
    else:
        found = (text for text in seen.fields.get(subject.name, ()))
    texts = dict.fromkeys(text.rpartition("@")[2].lower() if subject.is_domain else text for text in found)
    yield from ((text, "in the data") for text in list(texts)[:_MOST_VALUES])
