"""What is true of the models' columns, as data tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from leadline_compiler.emit.dbt.template import Relation, escaped
from leadline_compiler.emit.dbt.yaml_text import yaml_lines
from leadline_compiler.plan import Plan

_STATUSES = ("scored", "disqualified", "excluded")
_UNSAFE = frozenset("'\\{")
"""Letters that dbt would not put into a query as they are."""
_UNSAFE_IN_NAMES = frozenset('"{')
"""The same for names of columns."""


def schema_text(plan: Plan, scores: str, rules: str) -> str:
    """The properties of both models."""
    models = [
        _model(scores, escaped(f"Scores of the model {plan.name}, one row a contact."), _of_scores(plan)),
        _model(rules, "What each rule gave each contact.", _of_rules()),
    ]
    return "\n".join(["version: 2", *yaml_lines({"models": models})]) + "\n"


def sources_text(relations: Iterable[Relation]) -> str:
    """The sources that are read; empty where there is none."""
    by_source: dict[str, list[str]] = {}
    for relation in relations:
        if relation.source is not None:
            by_source.setdefault(relation.source, []).append(relation.name)
    if not by_source:
        return ""
    sources = [{"name": name, "tables": [{"name": table} for table in tables]} for name, tables in by_source.items()]
    return "\n".join(["version: 2", *yaml_lines({"sources": sources})]) + "\n"


def _model(name: str, description: str, columns: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "description": description, "columns": columns}


def _of_scores(plan: Plan) -> list[dict[str, Any]]:
    columns = [
        _column("id", "The contact.", "not_null", "unique"),
        _column("model", "The model that gave the scores.", "not_null"),
        _column("status", "What the contact counts as.", "not_null", _one_of(_STATUSES)),
        _column("total", "The total, in points.", "not_null"),
    ]
    columns += [_column(score.name, "A score, in points.", "not_null") for score in plan.scores]
    for grade in plan.grades:
        letters = [letter for letter, _ in grade.rows]
        letters += [] if grade.otherwise is None else [grade.otherwise]
        name = "total" if grade.score is None else plan.scores[grade.score].name
        columns.append(_column(f"grade_{name}", "A letter, or null.", *_listed(letters)))
    stages = [stage.name for stage in plan.stages]
    return [*columns, _column("stage", "The highest stage that was reached, or null.", *_listed(stages))]


def _of_rules() -> list[dict[str, Any]]:
    named = {"id": "The contact.", "rule": "The rule.", "points": "What it gave.", "times": "How often it counted."}
    return [_column(name, description, "not_null") for name, description in named.items()]


def _column(name: str, description: str, *tests: Any) -> dict[str, Any]:
    column: dict[str, Any] = {"name": name, "quote": True, "description": description}
    return column | ({"data_tests": list(tests)} if tests and not _UNSAFE_IN_NAMES & set(name) else {})


def _listed(values: list[str]) -> list[Any]:
    """A test of the values, where dbt can make one of them."""
    return [_one_of(values)] if values and not any(_UNSAFE & set(value) for value in values) else []


def _one_of(values: Iterable[str]) -> dict[str, Any]:
    return {"accepted_values": {"arguments": {"values": list(dict.fromkeys(values))}}}
