"""`leadline compile`: rules as something that other services run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from leadline.commands.options import (
    as_of_option,
    color_option,
    make_console,
    open_output,
    read_as_of,
    read_report,
    refuse_overwriting,
    require_model,
)
from leadline.commands.talk import say
from leadline.commands.usage import examples
from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.model import Model
from leadline_compiler.passes import compile_model, trace_passes
from leadline_compiler.plan import Plan, lower
from leadline_compiler.plan.json_form import write_plan

TARGETS = ("json", "python", "javascript", "sql", "dbt")


@dataclass(frozen=True, slots=True)
class _Query:
    """What only SQL and dbt ask for."""

    dialect: str | None
    contacts_table: str
    events_table: str
    as_of: str | None
    as_of_column: str | None
    event_id: str | None
    explain: bool


@click.command(
    epilog=examples(
        "leadline compile rules.lead --to json --output plan.json",
        "leadline compile rules.lead --to python --output score_b2b.py",
        "leadline compile rules.lead --to sql --dialect duckdb --as-of 2026-11-21",
        "leadline compile rules.lead --to dbt --dialect duckdb --output lead_scoring",
    )
)
@click.argument("rules")
@click.option("--to", "target", type=click.Choice(TARGETS), required=True, help="What to compile to.")
@click.option("--output", metavar="FILE", help="Write to a file, in one step at the end; dbt: to a folder.")
@click.option("--explain", is_flag=True, help="json: tell what each pass did. sql: one row a contact and rule.")
@click.option("--dialect", metavar="NAME", help="sql, dbt: the engine that shall run it, such as duckdb.")
@click.option("--contacts-table", default="contacts", show_default=True, help="sql, dbt: the table of contacts.")
@click.option("--events-table", default="events", show_default=True, help="sql, dbt: the table of their events.")
@click.option("--as-of-column", metavar="COLUMN", help="sql: a column with each contact's own instant.")
@click.option("--event-id", metavar="COLUMN", help="sql, dbt: a column that copies of an event share.")
@as_of_option
@color_option
def command(
    rules: str,
    target: str,
    output: str | None,
    explain: bool,
    dialect: str | None,
    contacts_table: str,
    events_table: str,
    as_of_column: str | None,
    event_id: str | None,
    as_of: str | None,
    color: str,
) -> None:
    """Compile RULES for another service. All targets give the same result to the thousandth."""
    query = _Query(dialect, contacts_table, events_table, as_of, as_of_column, event_id, explain)
    _refuse_stray_options(target, query)
    refuse_overwriting({"--output": output}, [rules])
    model = require_model(read_report(rules), color)
    if target == "json" and explain:
        _explain(model, color)
        return
    if target == "dbt":
        _write_project(rules, model, query, output)
        return
    _write(_emit(target, model, query), output)


def _refuse_stray_options(target: str, query: _Query) -> None:
    if target in ("sql", "dbt"):
        if query.dialect is None:
            raise click.UsageError(f"--to {target} needs a --dialect, such as duckdb")
        if query.as_of is not None and query.as_of_column is not None:
            raise click.UsageError("--as-of and --as-of-column exclude each other")
        if target == "dbt" and (query.as_of or query.as_of_column or query.explain):
            raise click.UsageError("--as-of, --as-of-column and --explain do not go with --to dbt")
    elif any((query.dialect, query.as_of, query.as_of_column, query.event_id, query.explain and target != "json")):
        options = "--dialect, --as-of, --as-of-column, --event-id and --explain"
        raise click.UsageError(f"{options} do not go with --to {target}")


def _emit(target: str, model: Model, query: _Query) -> Emitted:
    plan = compile_model(model)
    if target == "json":
        return Emitted(((".json", write_plan(plan)),))
    if target == "sql":
        return _emit_sql(plan, query)
    from leadline_compiler.emit import emit_javascript, emit_python

    return emit_python(plan) if target == "python" else emit_javascript(plan)


def _known_dialect(query: _Query) -> str:
    """The dialect that was asked for."""
    from leadline.rules import RulesError

    try:
        from leadline_compiler.emit.sql import DIALECTS
    except ImportError:
        raise RulesError('SQL needs an extra that is not installed: pip install "leadline[sql]"') from None
    if query.dialect is None or query.dialect not in DIALECTS:
        known = ", ".join(DIALECTS)
        raise click.BadParameter(f"there is no dialect {query.dialect!r}; there are {known}", param_hint="--dialect")
    return query.dialect


def _write_project(rules: str, model: Model, query: _Query, output: str | None) -> None:
    if output is None or output == "-":
        raise click.UsageError("--to dbt needs an --output, the folder of the project")
    dialect = _known_dialect(query)
    from leadline.commands.dbt_project import write_project

    plan = compile_model(model)
    write_project(rules, model, plan, output, dialect, query.contacts_table, query.events_table, query.event_id)


def _emit_sql(plan: Plan, query: _Query) -> Emitted:
    dialect = _known_dialect(query)
    from leadline_compiler.emit.sql import emit_sql

    emitted = emit_sql(
        plan,
        dialect,
        contacts_table=query.contacts_table,
        events_table=query.events_table,
        as_of=read_as_of(query.as_of, plan.schema.zone),
        as_of_column=query.as_of_column,
        event_id=query.event_id,
        explain=query.explain,
    )
    if isinstance(emitted, Emitted):
        return emitted
    for refused in emitted:
        say(f'error: {query.dialect} cannot express "{refused.rule}": {refused.reason}')
    raise click.exceptions.Exit(1)


def _write(emitted: Emitted, output: str | None) -> None:
    """The first file goes where it was asked for, the others beside it."""
    for index, (suffix, text) in enumerate(emitted.files):
        if index and (output is None or output == "-"):
            continue
        path = output if index == 0 or output is None else _beside(output, suffix)
        with open_output(path) as file:
            file.write(text)


def _beside(output: str, suffix: str) -> str:
    """The name of a second file; the types of an `.mjs` module are looked for in a `.d.mts`."""
    if suffix == ".d.ts" and output.endswith(".mjs"):
        suffix = ".d.mts"
    return str(Path(output).with_suffix("")) + suffix


def _explain(model: Model, color: str) -> None:
    console = make_console(color)
    for step in trace_passes(lower(model)):
        before, after = len(step.before.nodes), len(step.after.nodes)
        console.print(f"{step.name}: {before} nodes to {after}", style="bold")
        console.print(step.purpose, style="dim")
        for operation, (before, after) in step.differences.items():
            console.print(f"  {operation}: {before} to {after}")
        console.print()
