"""Changes of what follows from the scores: grades, exits and stages."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.changes.change import Change, Detail
from leadline_compiler.changes.conditions import compare_conditions
from leadline_compiler.changes.pairs import pair_by_name
from leadline_compiler.changes.rules import compare_care
from leadline_compiler.changes.wording import one_line
from leadline_compiler.model import Exit, Grade, GradeRow, Model, Stage
from leadline_compiler.numbers import write_points
from leadline_dsl.tokens import quote_text


def compare_results(old: Model, new: Model) -> Iterator[Change]:
    """Grades, exits, stages, and the order of the stages both have."""
    for name, grade, now in pair_by_name(old.grades, new.grades, lambda grade: grade.score or "total"):
        yield from _compare_grades(name, grade, now)
    for name, exit_, after in pair_by_name(old.exits, new.exits, lambda exit_: f"{exit_.kind} {exit_.name}"):
        yield from _compare_conditions(name.partition(" ")[0], name.partition(" ")[2], exit_, after)
    for name, stage, later in pair_by_name(old.stages, new.stages, lambda stage: stage.name):
        yield from _compare_conditions("stage", name, stage, later)
    yield from _compare_order(old, new)


def _compare_grades(name: str, old: Grade | None, new: Grade | None) -> Iterator[Change]:
    if old is None:
        yield Change("added", "grade", name, ())
    elif new is None:
        yield Change("removed", "grade", name, ())
    elif details := tuple(_grade_details(old, new)):
        yield Change("changed", "grade", name, details)


def _grade_details(old: Grade, new: Grade) -> Iterator[Detail]:
    for letter, was, now in pair_by_name(old.rows, new.rows, lambda row: row.letter):
        before, after = (None if row is None else _say_start(row) for row in (was, now))
        if before != after:
            yield Detail(quote_text(letter), before, after)


def _say_start(row: GradeRow) -> str:
    return "otherwise" if row.start is None else f"from {write_points(row.start)}"


def _compare_conditions(noun: str, name: str, old: Exit | Stage | None, new: Exit | Stage | None) -> Iterator[Change]:
    if old is None and new is not None:
        said = Detail("when", None, one_line(new.condition.text))
        yield Change("added", noun, name, (said,), after=new.line)
    elif new is None and old is not None:
        said = Detail("when", one_line(old.condition.text), None)
        yield Change("removed", noun, name, (said,), before=old.line)
    elif old is not None and new is not None:
        if details := tuple(compare_conditions(old.condition, new.condition)):
            yield Change("changed", noun, name, details, before=old.line, after=new.line)
        elif quiet := tuple(compare_care(old.care, new.care)):
            yield Change("changed", noun, name, quiet, before=old.line, after=new.line, matters=False)


def _compare_order(old: Model, new: Model) -> Iterator[Change]:
    before = [stage.name for stage in old.stages]
    after = [stage.name for stage in new.stages]
    both = [name for name in before if name in after], [name for name in after if name in before]
    if both[0] != both[1]:
        yield Change("changed", "stages", "", (Detail("order", ", ".join(both[0]), ", ".join(both[1])),))
