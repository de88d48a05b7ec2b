"""From the points of the rules to scores, total, grades, status and stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from leadline_compiler.emit.sql.amounts import grade_column, score_column
from leadline_compiler.emit.sql.build import Build
from leadline_compiler.emit.sql.conditions import truth_of
from leadline_compiler.emit.sql.decays import sum_after
from leadline_compiler.emit.sql.expressions import (
    Sql,
    add,
    aliased,
    all_of,
    at_least,
    choose,
    column,
    equal,
    flag,
    is_known,
    multiply,
    subtract,
    text,
    whole,
)
from leadline_compiler.emit.sql.occurrences import newest
from leadline_compiler.emit.sql.refusals import Refused, RefusedError
from leadline_compiler.emit.sql.rules import Worth, clamped, worth_of
from leadline_compiler.emit.sql.sizes import most_of_sum, most_of_total
from leadline_compiler.numbers import THOUSAND
from leadline_compiler.plan.plan import PlanGrade

POINTS, TIMES = "points_of_rule_", "times_of_rule_"


def store_results(build: Build, *, explain: bool) -> tuple[Refused, ...]:
    """Stores all that the query tells of a contact as columns of its facts, and says what cannot be had."""
    refused: list[Refused] = []

    def attempt(name: str, store: Callable[[], None]) -> None:
        try:
            store()
        except RefusedError as error:
            refused.append(Refused(name, error.reason))

    for index, rule in enumerate(build.plan.rules):
        attempt(rule.name, lambda index=index, rule=rule: _store_rule(index, worth_of(rule, build), build, explain))
    if refused:
        return tuple(refused)
    for index, score in enumerate(build.plan.scores):
        attempt(score.name, lambda index=index: _store_score(index, build))
    if refused or explain:
        return tuple(refused)
    attempt("total", lambda: _store_total(build))
    if refused:
        return tuple(refused)
    for grade in build.plan.grades:
        _store_grade(grade, build)
    for name, store in _outcomes(build):
        attempt(name, store)
    return tuple(refused)


def _store_rule(index: int, worth: Worth, build: Build, explain: bool) -> None:
    build.facts.store_as(worth.points, f"{POINTS}{index}")
    if explain:
        build.facts.store_as(worth.times, f"{TIMES}{index}")


def _store_score(index: int, build: Build) -> None:
    plan, facts = build.plan, build.facts
    score = plan.scores[index]
    groups = [_group(at, build) for at, group in enumerate(plan.groups) if group.score == index]
    points: Sql = add(*groups) if groups else whole(0)
    if score.decay is not None and score.without is not None:
        points = facts.settled(points, "sum")
        last = newest(score.without, build)
        age = subtract(build.as_of(facts), last)
        steps = facts.store(build.dialect.quotient(age, whole(score.decay.step)), "age")
        left = sum_after(points, most_of_sum(plan, index), score.decay, steps, build.dialect)
        points = choose([(is_known(last), left)], points)
    if score.low is not None or score.high is not None:
        points = clamped(facts.settled(points, "sum"), score.low, score.high)
    build.dialect.check_size(most_of_sum(plan, index))
    facts.store_as(points, score_column(index))


def _group(index: int, build: Build) -> Sql:
    """The points of a group within its bounds."""
    group = build.plan.groups[index]
    rules = [column(f"{POINTS}{at}") for at, rule in enumerate(build.plan.rules) if rule.group == index]
    if not rules:
        return clamped(whole(0), group.low, group.high)
    points = add(*rules)
    if group.low is None and group.high is None:
        return points
    return clamped(build.facts.settled(points, "sum"), group.low, group.high)


def _store_total(build: Build) -> None:
    plan, facts, dialect = build.plan, build.facts, build.dialect
    terms: list[Sql] = []
    for term in plan.terms:
        points = column(score_column(term.score))
        if term.weight % THOUSAND:
            terms.append(dialect.rounded(multiply(points, whole(term.weight)), whole(THOUSAND), is_wide=False))
        else:
            terms.append(multiply(points, whole(term.weight // THOUSAND)))
    dialect.check_size(most_of_total(plan) * THOUSAND)
    points = add(*terms) if terms else whole(0)
    if plan.total_low is not None or plan.total_high is not None:
        points = clamped(facts.settled(points, "sum"), plan.total_low, plan.total_high)
    facts.store_as(points, score_column(None))


def _store_grade(grade: PlanGrade, build: Build) -> None:
    points = column(score_column(grade.score))
    rows = [(at_least(points, whole(start)), text(letter)) for letter, start in grade.rows]
    rest = None if grade.otherwise is None else text(grade.otherwise)
    build.facts.store_as(build.dialect.as_text(choose(rows, rest)), grade_column(grade.score))


def _outcomes(build: Build) -> Iterator[tuple[str, Callable[[], None]]]:
    plan, facts = build.plan, build.facts

    def store(name: str, condition: int) -> Callable[[], None]:
        return lambda: _store_flag(name, condition, build)

    for index, exit_ in enumerate(plan.exits):
        yield exit_.name, store(f"exit_{index}", exit_.condition)
    for index, stage in enumerate(plan.stages):
        yield stage.name, store(f"reaches_{index}", stage.condition)

    def finish() -> None:
        rows = []
        for kind, status in (("exclude", "excluded"), ("disqualify", "disqualified")):
            held = [index for index, exit_ in enumerate(plan.exits) if exit_.kind == kind]
            rows += [(equal(column(f"exit_{index}"), whole(1)), text(status)) for index in held]
        facts.store_as(choose(rows, text("scored")), "status")
        scored = equal(column("status"), text("scored"))
        reached = [
            (all_of([scored, equal(column(f"reaches_{index}"), whole(1))]), text(stage.name))
            for index, stage in reversed(list(enumerate(plan.stages)))
        ]
        facts.store_as(build.dialect.as_text(choose(reached)), "stage")

    yield "stage", finish


def _store_flag(name: str, condition: int, build: Build) -> None:
    build.facts.store_as(flag(truth_of(condition, build, build.facts)), name)


def result_columns(build: Build) -> list[Sql]:
    """The columns of the result."""
    plan, points = build.plan, build.dialect.points
    columns = [column("id"), aliased(text(plan.name), "model"), column("status")]
    columns.append(aliased(points(column(score_column(None))), "total"))
    for index, score in enumerate(plan.scores):
        columns.append(aliased(points(column(score_column(index))), score.name))
    for grade in plan.grades:
        name = "total" if grade.score is None else plan.scores[grade.score].name
        columns.append(aliased(column(grade_column(grade.score)), f"grade_{name}"))
    return [*columns, column("stage")]


def result_names(build: Build) -> list[str]:
    """What the columns of the result are called."""
    return [tree.alias_or_name for tree in result_columns(build)]


