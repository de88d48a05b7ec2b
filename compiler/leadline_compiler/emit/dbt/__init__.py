"""A plan as a dbt project: two models, what is true of their columns, and unit tests from sample contacts."""

from __future__ import annotations

import re

from leadline_compiler.emit.dbt.schema import schema_text, sources_text
from leadline_compiler.emit.dbt.template import Relation, escaped, templated
from leadline_compiler.emit.dbt.unit_tests import UnitTest, unit_tests_text
from leadline_compiler.emit.sql import DIALECTS, Refused
from leadline_compiler.plan import Plan

__all__ = ["Refused", "UnitTest", "emit_dbt"]

SCORES, RULES = "lead_scores", "lead_scores_rules"


def emit_dbt(
    plan: Plan,
    dialect: str,
    *,
    contacts_table: str = "contacts",
    events_table: str = "events",
    event_id: str | None = None,
    tests: tuple[UnitTest, ...] = (),
) -> dict[str, str] | tuple[Refused, ...]:
    """The files of the project by their paths; or the rules that the dialect cannot express.

    A table is the name of a dbt model or seed, or `source.table`. The models are as of the variable `as_of`, else of
    the moment at which dbt began to run.
    """
    contacts, events = Relation.of(contacts_table), Relation.of(events_table)
    files: dict[str, str] = {}
    for name, explain in ((SCORES, False), (RULES, True)):
        text = templated(plan, dialect, contacts, events, event_id=event_id, explain=explain)
        if isinstance(text, tuple):
            return text
        files[f"models/{name}.sql"] = text
    files["models/schema.yml"] = schema_text(plan, SCORES, RULES)
    sources = sources_text([contacts, events])
    if sources:
        files["models/sources.yml"] = sources
    if tests:
        scores, rules = ((name, files[f"models/{name}.sql"]) for name in (SCORES, RULES))
        files["models/unit_tests.yml"] = unit_tests_text(plan, tests, scores, rules, (contacts, events))
    files["dbt_project.yml"] = _project(plan)
    files["README.md"] = _readme(plan, dialect, contacts, events, has_tests=bool(tests))
    return files


def project_name(plan: Plan) -> str:
    """A name as dbt allows it, from that of the model."""
    words = "_".join(re.findall("[a-z0-9]+", plan.name.lower())).strip("_")
    return f"leadline_{words}" if words else "leadline_scores"


def _project(plan: Plan) -> str:
    name = project_name(plan)
    return "\n".join(
        [
            f"name: {name}",
            'version: "1.0.0"',
            "config-version: 2",
            "profile: leadline",
            "models:",
            f"  {name}:",
            f"    {SCORES}:",
            "      +materialized: table",
            f"    {RULES}:",
            "      +materialized: view",
            "",
        ]
    )


def _readme(plan: Plan, dialect: str, contacts: Relation, events: Relation, *, has_tests: bool) -> str:
    lines = [
        f"# {escaped(plan.name)}: lead scores",
        "",
        f"A dbt project for {dialect}, written by Leadline. Change the rules and compile again, not these files.",
        *([] if DIALECTS[dialect].is_run else ["", "Not run on a real engine: generated and re-read only."]),
        "",
        "| file | holds |",
        "| --- | --- |",
        f"| `models/{SCORES}.sql` | one row a contact: scores, grades, stage, status |",
        f"| `models/{RULES}.sql` | one row a contact and rule: its points, and how often it counted |",
        "| `models/schema.yml` | what is true of the columns, tested by `dbt build` |",
    ]
    if has_tests:
        lines.append("| `models/unit_tests.yml` | the expectations of the sample contacts, as unit tests |")
    return "\n".join(
        [
            *lines,
            "",
            f"It reads `{contacts.shown}` and `{events.shown}`; the top of each model says which columns. Scores are",
            "as of the moment at which dbt began to run, or as of a variable, in UTC:",
            "`dbt build --vars '{as_of: \"2026-11-21 23:59:59.999999\"}'`.",
            "",
        ]
    )
