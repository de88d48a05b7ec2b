"""A model as a module: constants, functions of conditions, and the body of `score`, in any language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from leadline_compiler.emit.block import Block, Shared
from leadline_compiler.emit.language import Language
from leadline_compiler.emit.naming import Namer
from leadline_compiler.emit.needs import fields_read, properties_read, roots_of, uses_of
from leadline_compiler.emit.zone_table import zone_table
from leadline_compiler.plan.plan import (
    DecayTable,
    EachBody,
    EveryBody,
    Plan,
    PlanRow,
    PlanRule,
    PlanScore,
    TableBody,
    WhenBody,
)
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold

_READERS = {
    Kind.TEXT: "read_text",
    Kind.CHOICE: "read_choice",
    Kind.NUMBER: "read_number",
    Kind.YES_NO: "read_yes_no",
    Kind.DATE: "read_date",
    Kind.LIST: "read_list",
}
_WHOLE_WEIGHT = 1000


@dataclass(frozen=True, slots=True)
class ModelCode:
    """Top-level definitions in their order, the lines of the body of `score`, the value that it returns.

    `zone` is the definition of the time zone, which nothing asks for before `score` is called.
    """

    definitions: tuple[str, ...]
    lines: tuple[str, ...]
    result: str
    zone: str


@dataclass(slots=True)
class _Writer:
    """What the steps below share."""

    plan: Plan
    shared: Shared
    block: Block

    @property
    def language(self) -> Language:
        return self.shared.language

    def comment(self, text: str) -> None:
        self.block.lines.append(self.language.comment(text))


def write_model(plan: Plan, language: Language) -> ModelCode:
    """The code of a model. It calls for the runtime, which is not in it."""
    namer = Namer(language)
    shared = Shared(plan, language, namer)
    names = {index: namer.name("field", plan.schema.fields[index].name) for index in fields_read(plan)}
    writer = _Writer(plan, shared, Block(shared, uses_of(plan, roots_of(plan)), names))
    now = language.name("now")
    writer.block.define(now, shared.call("read_as_of", language.name("as_of"), "ZONE"))
    _read_fields(writer, names)
    _read_events(writer)
    _ignore(writer)
    writer.block.define(language.name("fired"), language.growing())
    for index, score in enumerate(plan.scores):
        _write_score(writer, index, score)
    _write_total(writer)
    _write_grades(writer)
    result = _finish(writer, names)
    return ModelCode(tuple(shared.definitions), tuple(writer.block.lines), result, _zone(plan, language))


def _zone(plan: Plan, language: Language) -> str:
    zone = zone_table(plan.schema.zone.name)
    changes, offsets = (language.sequence(map(language.whole, numbers)) for numbers in (zone.changes, zone.offsets))
    arguments = language.whole(zone.first), changes, offsets, str(zone.regular)
    return language.constant("ZONE", language.make("Zone", *arguments))


# ---- data


def _read_fields(writer: _Writer, names: dict[int, str]) -> None:
    if names:
        writer.comment("the contact")
    for index, name in names.items():
        field = writer.plan.schema.fields[index]
        raw = writer.shared.call("take", "contact", *_keys(writer, field.name, field.heading))
        writer.block.define(name, writer.shared.call(_READERS[field.type.kind], raw, *_more(writer, field.type)))


def _keys(writer: _Writer, name: str, heading: str | None) -> list[str]:
    """Under what a field may stand: its heading, else its name unless another field claims that."""
    own = {field.heading or field.name for field in writer.plan.schema.fields if field.name != name}
    keys = [heading] if heading else []
    if not heading or (name not in own and name != heading):
        keys.append(name)
    return [writer.language.text(key) for key in keys]


def _more(writer: _Writer, type_: ValueType) -> list[str]:
    """What a reader needs beside the raw value."""
    if type_.kind is Kind.DATE:
        return ["ZONE"]
    if type_.kind is Kind.CHOICE:
        return [writer.shared.constant("texts", writer.language.text_set(map(fold, type_.choices)))]
    return []


def _read_events(writer: _Writer) -> None:
    language, schema = writer.language, writer.plan.schema
    read = properties_read(writer.plan)
    by_data_name = {event.name: event.name for event in schema.events}
    by_data_name |= {event.source_name: event.name for event in schema.events if event.source_name}
    kinds = language.table((name, language.text(kind)) for name, kind in by_data_name.items())
    properties = language.table(
        (
            event.name,
            language.table(
                (prop.name, language.closure(_READERS[prop.type.kind], *_more(writer, prop.type)))
                for prop in event.properties
                if prop.name in read[event.name]
            ),
        )
        for event in schema.events
    )
    arguments = [
        writer.shared.call("take", "contact", *([] if _claims_events(schema.fields) else [language.text("events")])),
        writer.shared.constant("kinds", kinds),
        writer.shared.constant("properties", properties),
        language.name("now"),
        "ZONE",
    ]
    writer.block.define("events", writer.shared.call("read_events", *arguments))


def _claims_events(fields: Iterable[Any]) -> bool:
    return any((field.heading or field.name) == "events" for field in fields)


def _ignore(writer: _Writer) -> None:
    if not writer.plan.ignored:
        return
    block = writer.block
    # Each `ignore` looks at all events, so what it finds is no use to the rest.
    whole = Block(writer.shared, block.uses, block.names, "events", lines=block.lines)
    found = [whole.value(index) for index in writer.plan.ignored]
    name = writer.language.name("seen_events")
    block.define(name, writer.shared.call("without", "events", writer.language.sequence(found)))
    block.events = name


# ---- scores


def _write_score(writer: _Writer, index: int, score: PlanScore) -> None:
    shared, block = writer.shared, writer.block
    writer.comment(f"score {score.name}")
    groups = []
    for number, group in enumerate(writer.plan.groups):
        rules = [rule for rule in writer.plan.rules if rule.group == number]
        if group.score == index and rules:
            name = shared.namer.name("group", score.name, group.name)
            points = writer.language.total([_write_rule(writer, rule) for rule in rules])
            groups.append(block.define(name, _clamped(writer, points, group.low, group.high)))
    points = writer.language.total(groups) if len(groups) != 1 else groups[0]
    if score.decay is not None and score.without is not None:
        found = block.value(score.without)
        points = shared.call("decayed_score", points, _decay(writer, score.decay), found, writer.language.name("now"))
    name = shared.namer.name("score", score.name)
    block.scores[index] = block.define(name, _clamped(writer, points, score.low, score.high))


def _clamped(writer: _Writer, points: str, low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return points
    return writer.shared.call("clamp", points, _open(writer, low), _open(writer, high))


def _open(writer: _Writer, bound: int | None) -> str:
    return writer.language.none if bound is None else writer.language.whole(bound)


def _decay(writer: _Writer, decay: DecayTable) -> str:
    whole = writer.language.whole
    numbers = whole(decay.step), whole(decay.percent), whole(decay.days)
    return writer.shared.constant("decay", writer.language.make("Decay", writer.language.text(decay.kind), *numbers))


def _write_rule(writer: _Writer, rule: PlanRule) -> str:
    language, plan = writer.language, writer.plan
    group = plan.groups[rule.group].name
    names = [language.text(rule.name), language.text(plan.scores[rule.score].name)]
    named = language.sequence(
        [*names, language.none if group is None else language.text(group), language.whole(rule.line)]
    )
    function, arguments = _BODIES[type(rule.body)](writer, rule.body)
    points = [] if isinstance(rule.body, TableBody) else [language.whole(rule.points)]
    return writer.shared.call(function, language.name("fired"), named, *points, *arguments)


def _when(writer: _Writer, body: WhenBody) -> tuple[str, list[str]]:
    return "when", [writer.block.value(body.condition)]


def _each(writer: _Writer, body: EachBody) -> tuple[str, list[str]]:
    shared, language = writer.shared, writer.language
    events = writer.block.value(body.occurrence)
    many = language.whole(body.after_first)
    if body.times:
        limits = language.sequence(
            language.sequence(
                [
                    language.whole(limit.times),
                    language.text(limit.per),
                    language.none if limit.property is None else language.text(limit.property),
                ]
            )
            for limit in body.times
        )
        if body.after_first:
            events = shared.call("limited_but_the_first", events, limits, many, "ZONE")
        else:
            events = shared.call("limited", events, limits, "ZONE")
    elif body.after_first:
        events = shared.call("but_the_first", events, many)
    if body.decay is not None:
        return "for_each_decayed", [
            events,
            _decay(writer, body.decay),
            language.name("now"),
            _open(writer, body.up_to),
        ]
    return "for_each", [events] if body.up_to is None else [events, language.whole(body.up_to)]


def _every(writer: _Writer, body: EveryBody) -> tuple[str, list[str]]:
    arguments = [writer.language.whole(body.step), writer.block.value(body.amount)]
    return "for_every", arguments if body.up_to is None else [*arguments, writer.language.whole(body.up_to)]


def _table(writer: _Writer, body: TableBody) -> tuple[str, list[str]]:
    language = writer.language
    rows = [_row(writer, row) for row in body.rows if not row.otherwise]
    otherwise = next((row.points for row in body.rows if row.otherwise), None)
    name = writer.shared.constant("rows", language.sequence(rows))
    return "by_row", [writer.block.value(body.amount), name, _open(writer, otherwise)]


def _row(writer: _Writer, row: PlanRow) -> str:
    language = writer.language
    ranges = (language.sequence([_open(writer, low), _open(writer, high)]) for low, high in row.ranges)
    parts = [writer.shared.values(row.values), language.sequence(ranges), language.truth(row.missing)]
    return language.sequence([language.whole(row.points), *parts])


_BODIES: dict[type, Callable[[_Writer, Any], tuple[str, list[str]]]] = {
    WhenBody: _when,
    EachBody: _each,
    EveryBody: _every,
    TableBody: _table,
}


# ---- the result


def _write_total(writer: _Writer) -> None:
    language, block = writer.language, writer.block
    writer.comment("the total, grades and what follows from them")
    terms = [
        block.scores[term.score]
        if term.weight == _WHOLE_WEIGHT
        else writer.shared.call("weighted", block.scores[term.score], language.whole(term.weight))
        for term in writer.plan.terms
    ]
    points = _clamped(writer, language.total(terms), writer.plan.total_low, writer.plan.total_high)
    block.scores[None] = block.define(language.name("total"), points)


def _write_grades(writer: _Writer) -> None:
    language, block = writer.language, writer.block
    for grade in writer.plan.grades:
        name = "total" if grade.score is None else writer.plan.scores[grade.score].name
        rows = language.sequence(
            language.sequence([language.text(letter), language.whole(start)]) for letter, start in grade.rows
        )
        otherwise = language.none if grade.otherwise is None else language.text(grade.otherwise)
        letter = writer.shared.call("letter_of", block.scores[grade.score], rows, otherwise)
        block.grades[grade.score] = block.define(writer.shared.namer.name("grade", name), letter)


def _named(writer: _Writer, conditions: Iterable[tuple[str, int]]) -> str:
    language = writer.language
    pairs = [language.sequence([language.text(name), writer.block.value(index)]) for name, index in conditions]
    return language.sequence(pairs)


def _finish(writer: _Writer, names: dict[int, str]) -> str:
    plan, language, shared, block = writer.plan, writer.language, writer.shared, writer.block
    schema = plan.schema
    exits = {kind: [(one.name, one.condition) for one in plan.exits if one.kind == kind] for kind in _EXITS}
    excluded, disqualified = (block.define(name, _named(writer, exits[kind])) for kind, name in _EXITS.items())
    stages = _named(writer, ((stage.name, stage.condition) for stage in plan.stages))
    block.define("stage", shared.call("last_that_holds", stages))
    heading = next((field.heading for field in schema.fields if field.name == schema.identifier), None)
    own_id = shared.call("take", "contact", *_keys(writer, schema.identifier, heading))
    head = [
        ("id", shared.call("read_id", own_id)),
        ("model", language.text(plan.name)),
        ("as_of", shared.call("write_moment", language.name("now"), "ZONE")),
    ]
    scores = [(score.name, block.scores[index]) for index, score in enumerate(plan.scores)]
    grades = [
        ("total" if grade.score is None else plan.scores[grade.score].name, block.grades[grade.score])
        for grade in plan.grades
    ]
    arguments = [
        block.define("head", language.record(head)),
        block.define("known", language.sequence(names[index] for index in plan.read_fields)),
        block.define("scores", language.record(scores)),
        language.name("total"),
        block.define("grades", language.record(grades)),
        excluded,
        disqualified,
        "stage",
        language.name("fired"),
    ]
    return shared.call("result", *arguments)


_EXITS = {"exclude": "excluded", "disqualify": "disqualified"}
