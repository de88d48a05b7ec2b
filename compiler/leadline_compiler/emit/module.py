"""A model as a module: constants, functions of conditions, and the body of `score`, in any language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leadline_compiler.emit.block import Block, Shared
from leadline_compiler.emit.language import Language
from leadline_compiler.emit.naming import Namer
from leadline_compiler.emit.needs import fields_read, roots_of, uses_of
from leadline_compiler.emit.reading_code import write_events, write_fields, write_ignores
from leadline_compiler.emit.scoring_code import write_score
from leadline_compiler.emit.writer import Writer
from leadline_compiler.emit.zone_table import zone_table
from leadline_compiler.plan.plan import Plan, PlanGroup, PlanRule

_WHOLE_WEIGHT = 1000
_EXITS = {"exclude": "excluded", "disqualify": "disqualified"}


@dataclass(frozen=True, slots=True)
class ModelCode:
    """Top-level definitions in their order, the lines of the body of `score`, the value that it returns.

    `zone` is the definition of the time zone, which nothing asks for before `score` is called.
    """

    definitions: tuple[str, ...]
    lines: tuple[str, ...]
    result: str
    zone: str


def write_model(plan: Plan, language: Language) -> ModelCode:
    """The code of a model. It calls for the runtime, which is not in it."""
    namer = Namer(language)
    shared = Shared(plan, language, namer)
    names = {index: namer.name("field", plan.schema.fields[index].name) for index in fields_read(plan)}
    writer = Writer(plan, shared, Block(shared, uses_of(plan, roots_of(plan)), names))
    now = language.name("now")
    writer.block.define(now, shared.call("read_as_of", language.name("as_of"), "ZONE"))
    write_fields(writer, names)
    write_events(writer)
    write_ignores(writer)
    writer.block.define(language.name("fired"), language.growing())
    rules: dict[int, list[PlanRule]] = {}
    for rule in plan.rules:
        rules.setdefault(rule.group, []).append(rule)
    groups: dict[int, list[tuple[PlanGroup, list[PlanRule]]]] = {}
    for number, group in enumerate(plan.groups):
        groups.setdefault(group.score, []).append((group, rules.get(number, [])))
    for index in range(len(plan.scores)):
        write_score(writer, index, groups.get(index, []))
    _write_total(writer)
    _write_grades(writer)
    result = _finish(writer, names)
    return ModelCode(tuple(shared.definitions), tuple(writer.block.lines), result, _zone(plan, language))


def _zone(plan: Plan, language: Language) -> str:
    zone = zone_table(plan.schema.zone.name)
    changes, offsets = (language.sequence(map(language.whole, numbers)) for numbers in (zone.changes, zone.offsets))
    arguments = language.whole(zone.first), changes, offsets, str(zone.regular)
    return language.constant("ZONE", language.make("Zone", *arguments))


def _write_total(writer: Writer) -> None:
    language, block = writer.language, writer.block
    writer.comment("the total, grades and what follows from them")
    terms = [
        block.scores[term.score]
        if term.weight == _WHOLE_WEIGHT
        else writer.shared.call("weighted", block.scores[term.score], language.whole(term.weight))
        for term in writer.plan.terms
    ]
    points = writer.clamped(language.total(terms), writer.plan.total_low, writer.plan.total_high)
    block.scores[None] = block.define(language.name("total"), points)


def _write_grades(writer: Writer) -> None:
    language, block = writer.language, writer.block
    for grade in writer.plan.grades:
        name = "total" if grade.score is None else writer.plan.scores[grade.score].name
        rows = language.sequence(
            language.sequence([language.text(letter), language.whole(start)]) for letter, start in grade.rows
        )
        otherwise = writer.optional_text(grade.otherwise)
        letter = writer.shared.call("letter_of", block.scores[grade.score], rows, otherwise)
        block.grades[grade.score] = block.define(writer.shared.namer.name("grade", name), letter)


def _named(writer: Writer, conditions: Iterable[tuple[str, int]]) -> str:
    language = writer.language
    pairs = [language.sequence([language.text(name), writer.block.value(index)]) for name, index in conditions]
    return language.sequence(pairs)


def _finish(writer: Writer, names: dict[int, str]) -> str:
    plan, language, shared, block = writer.plan, writer.language, writer.shared, writer.block
    exits = {kind: [(one.name, one.condition) for one in plan.exits if one.kind == kind] for kind in _EXITS}
    excluded, disqualified = (block.define(name, _named(writer, exits[kind])) for kind, name in _EXITS.items())
    stages = _named(writer, ((stage.name, stage.condition) for stage in plan.stages))
    block.define("stage", shared.call("last_that_holds", stages))
    own_id = shared.call("take", "raw", language.text(plan.schema.identifier))
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
