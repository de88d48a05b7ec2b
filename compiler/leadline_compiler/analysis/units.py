"""What the checks speak of: rules, rows of tables, exits, stages and assumptions, each with when it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from leadline_compiler import model as m
from leadline_compiler.analysis.amounts import count_in, lies_in
from leadline_compiler.analysis.formulas import FALSE, Formula, disj, negate
from leadline_compiler.analysis.size import is_too_large
from leadline_compiler.analysis.space import Scope
from leadline_compiler.analysis.spans import FAR
from leadline_compiler.analysis.tests import formula_of, free_truth
from leadline_compiler.analysis.windows import events_of
from leadline_compiler.conditions import Amount, Condition, Is, IsKnown
from leadline_dsl.source import Place

Kind: TypeAlias = Literal["when", "each", "every", "row", "disqualify", "exclude", "stage"]


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """Something that holds for a contact or not.

    `points` are those of one time, in thousandths, 0 for exits and stages; `score` is None for them. A row's `name`
    is that of its table, and `row` what the row says. `formula` holds exactly where the unit does: where the rule
    fires, the row is taken, the exit's or the stage's condition holds.
    """

    kind: Kind
    name: str
    place: Place
    formula: Formula
    text: str
    points: int = 0
    score: str | None = None
    group: int = 0
    row: m.Row | None = None
    rule: m.Rule | None = None
    exit: m.Exit | None = None
    stage: m.Stage | None = None

    @property
    def condition(self) -> Condition | None:
        """The condition as it is written; None for what is priced by events or amounts."""
        if self.rule is not None:
            return self.rule.body.condition if isinstance(self.rule.body, m.When) else None
        source = self.exit or self.stage
        return source.condition if source is not None else None


def units_of(model: m.Model, scope: Scope) -> Iterator[Unit]:
    """The units of a model in its order: rules and rows, then exits, then stages."""
    for score in model.scores:
        for number, group in enumerate(score.groups):
            for rule in group.rules:
                yield from _of_rule(rule, score.name, number, scope)
    for exit_ in model.exits:
        formula = formula_of(exit_.condition, scope)
        yield Unit(exit_.kind, exit_.name, exit_.place, formula, exit_.text, exit=exit_)
    for stage in model.stages:
        yield Unit("stage", stage.name, stage.place, formula_of(stage.condition, scope), stage.text, stage=stage)


def _of_rule(rule: m.Rule, score: str, group: int, scope: Scope) -> Iterator[Unit]:
    match rule.body:
        case m.Table(amount, rows):
            for row in rows:
                formula = row_formula(amount, row, rows, scope)
                yield Unit("row", rule.name, row.place, formula, row.text, row.points, score, group, row, rule)
        case _:
            kind: Kind = _KINDS[type(rule.body)]
            formula = fires(rule.body, scope)
            yield Unit(kind, rule.name, rule.place, formula, rule.text, rule.points, score, group, None, rule)


_KINDS: dict[type, Kind] = {m.When: "when", m.Each: "each", m.Every: "every"}


def fires(body: m.When | m.Each | m.Every, scope: Scope) -> Formula:
    """The rule fires."""
    if is_too_large(body, scope.space.memo):
        return free_truth(body, scope)
    match body:
        case m.When(condition):
            return formula_of(condition, scope)
        case m.Each():
            # The newest event breaks no limit, and counts unless it is among the first.
            if any(limit.times == 0 for limit in body.times):
                return FALSE
            return count_in(events_of(body.occurrence, scope), ((body.after_first + 1, FAR),), scope)
        case m.Every():
            return lies_in(body.amount, ((body.step, FAR),), scope)


def row_formula(amount: Amount, row: m.Row, rows: tuple[m.Row, ...], scope: Scope) -> Formula:
    """The row is taken."""
    if is_too_large(amount, scope.space.memo):
        return free_truth(row, scope)
    if row.otherwise:
        return negate(disj(row_formula(amount, other, rows, scope) for other in rows if not other.otherwise))
    ways: list[Formula] = []
    if row.missing:
        ways.append(formula_of(IsKnown(amount, False), scope))
    texts = tuple(value for value in row.values if isinstance(value, str))
    answers = tuple(value for value in row.values if isinstance(value, bool))
    for values in (texts, answers):
        if values:
            ways.append(formula_of(Is(amount, values, False), scope))
    for value in row.values:
        if isinstance(value, m.NumberRange):
            low = -FAR if value.low is None else value.low
            high = FAR if value.high is None else value.high
            ways.append(lies_in(amount, ((low, high),) if low <= high else (), scope))
    return disj(ways)
