"""From the points of the rules to scores, total, grades, status and stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sqlglot import exp

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
    call,
    choose,
    column,
    equal,
    flag,
    is_known,
    less,
    multiply,
    subtract,
    text,
    whole,
)
from leadline_compiler.emit.sql.refusals import Refused, RefusedError
from leadline_compiler.emit.sql.rules import clamped
from leadline_compiler.emit.sql.sizes import most_of_sum, most_of_total
from leadline_compiler.numbers import THOUSAND
from leadline_compiler.plan.plan import PlanGrade

Job = Callable[[], None]
Jobs = Iterator[tuple[str, Job]]


def store_results(build: Build, *, explain: bool) -> tuple[Refused, ...]:
    """Stores all that the query tells of a contact as columns of its facts, and says what cannot be had.

    Each round reads columns of the rounds before it, so the first that is refused something is the last.
    """
    for jobs in (_rules, _scores, _total, _outcomes, _stage)[: 1 if explain else None]:
        refused = tuple(filter(None, (_attempt(name, job) for name, job in jobs(build, explain))))
        if refused:
            return refused
        if jobs is _rules:
            build.form.end_rules()
    return ()


def _attempt(name: str, job: Job) -> Refused | None:
    try:
        job()
    except RefusedError as error:
        return Refused(name, error.reason)
    return None


def _rules(build: Build, explain: bool) -> Jobs:
    for index, rule in enumerate(build.plan.rules):
        yield rule.name, partial(build.form.take_rule, index)


def _scores(build: Build, explain: bool) -> Jobs:
    for index, score in enumerate(build.plan.scores):
        yield score.name, partial(_store_score, index, build)


def _total(build: Build, explain: bool) -> Jobs:
    yield "total", partial(_store_total, build)


def _store_score(index: int, build: Build) -> None:
    plan, facts = build.plan, build.facts
    score = plan.scores[index]
    groups = [_group(at, build) for at, group in enumerate(plan.groups) if group.score == index]
    points: Sql = add(*groups) if groups else whole(0)
    if score.decay is not None and score.without is not None:
        points = facts.settled(points, "sum")
        last = build.form.newest(score.without)
        age = subtract(build.as_of(facts), last)
        steps = facts.store(build.dialect.quotient(age, whole(score.decay.step)), "age")
        left = sum_after(points, most_of_sum(plan, index), score.decay, steps, build.dialect, facts)
        points = choose([(is_known(last), left)], points)
    if score.low is not None or score.high is not None:
        points = clamped(facts.settled(points, "sum"), score.low, score.high)
    build.dialect.check_size(most_of_sum(plan, index))
    facts.store_as(points, score_column(index))


def _group(index: int, build: Build) -> Sql:
    """The points of a group within its bounds."""
    group = build.plan.groups[index]
    terms = build.form.points_of_group(index)
    if not terms:
        return clamped(whole(0), group.low, group.high)
    points = add(*terms)
    if group.low is None and group.high is None:
        return points
    return clamped(build.facts.settled(points, "sum"), group.low, group.high)


def _store_total(build: Build) -> None:
    plan, facts, dialect = build.plan, build.facts, build.dialect
    terms = [_weighed(column(score_column(term.score)), term.weight, build) for term in plan.terms]
    dialect.check_size(most_of_total(plan))
    points: Sql = add(*terms) if terms else whole(0)
    if plan.total_low is not None or plan.total_high is not None:
        points = clamped(facts.settled(points, "sum"), plan.total_low, plan.total_high)
    facts.store_as(points, score_column(None))


def _weighed(points: Sql, weight: int, build: Build) -> Sql:
    """Points times a weight in thousandths, rounded; nothing on the way is larger than the result."""
    if weight % THOUSAND == 0:
        return multiply(points, whole(weight // THOUSAND))
    size, factor = call("ABS", points), abs(weight)
    thousands = build.facts.store(build.dialect.quotient(size, whole(THOUSAND)), "thousands")
    rest = subtract(size, multiply(thousands, whole(THOUSAND)))
    rounded = build.dialect.quotient(add(multiply(rest, whole(2 * factor)), whole(THOUSAND)), whole(2 * THOUSAND))
    weighed: Sql = build.facts.store(add(multiply(thousands, whole(factor)), rounded), "weighed")
    is_below = less(points, whole(0)) if weight > 0 else at_least(points, whole(0))
    return choose([(is_below, exp.Neg(this=weighed))], weighed)


def _store_grade(grade: PlanGrade, build: Build) -> None:
    points = column(score_column(grade.score))
    rows = [(at_least(points, whole(start)), text(letter)) for letter, start in grade.rows]
    rest = None if grade.otherwise is None else text(grade.otherwise)
    build.facts.store_as(build.dialect.as_text(choose(rows, rest)), grade_column(grade.score))


def _outcomes(build: Build, explain: bool) -> Jobs:
    """Grades, and which exits and stages hold."""
    plan = build.plan
    for grade in plan.grades:
        yield "grade", partial(_store_grade, grade, build)
    for index, exit_ in enumerate(plan.exits):
        yield exit_.name, partial(_store_flag, f"exit_{index}", exit_.condition, build)
    for index, stage in enumerate(plan.stages):
        yield stage.name, partial(_store_flag, f"reaches_{index}", stage.condition, build)


def _stage(build: Build, explain: bool) -> Jobs:
    yield "stage", partial(_store_stage, build)


def _store_stage(build: Build) -> None:
    """The status, and the highest stage of whom nothing takes out."""
    plan, facts = build.plan, build.facts
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


def _store_flag(name: str, condition: int, build: Build) -> None:
    build.facts.store_as(flag(truth_of(condition, build, build.facts)), name)


def result_columns(build: Build) -> list[Sql]:
    """The columns of the result."""
    plan, points = build.plan, build.dialect.points
    columns = [build.dialect.id_of_result(), aliased(text(plan.name), "model"), column("status")]
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
