"""`leadline compile`: rules as something that other services run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click

from leadline.commands.choices import Choice
from leadline.commands.given import given
from leadline.commands.options import (
    as_of_option,
    color_option,
    make_console,
    now,
    open_output,
    read_as_of,
    read_report,
    refuse_overwriting,
    require_model,
)
from leadline.commands.talk import say
from leadline.commands.usage import examples
from leadline.compiling import TARGETS, CompileError, Query, emit, emit_project, place_files
from leadline.destinations import is_file
from leadline.rules import Report
from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.model import Model
from leadline_compiler.passes import trace_passes
from leadline_compiler.plan import lower

ENGINES = (
    *("duckdb", "postgres", "spark", "sqlite", "clickhouse", "mysql"),
    *("bigquery", "snowflake", "redshift", "databricks"),
)
"""The dialects of SQL, written out: to ask for them would load sqlglot, which is an extra."""

_TYPESCRIPT = (".ts", ".mts", ".cts", ".tsx")
_UNASKED = Query()
_TABLE_OPTIONS = ("--dialect", "--contacts-table", "--events-table", "--event-id")
_OPTIONS_OF = {
    "json": ("--explain",),
    "dbt": _TABLE_OPTIONS,
    "sql": (*_TABLE_OPTIONS, "--as-of", "--as-of-column", "--explain"),
}
"""The options that only some targets have."""


@click.command(
    epilog=examples(
        "leadline compile rules.lead --to json --output plan.json",
        "leadline compile rules.lead --to python --output score_b2b.py",
        "leadline compile rules.lead --to sql --dialect duckdb --as-of 2026-11-21",
        "leadline compile rules.lead --to dbt --dialect duckdb --output lead_scoring",
    )
)
@click.argument("rules")
@click.option("--to", "target", type=Choice(TARGETS), required=True, help="What to compile to.")
@click.option(
    "--output", callback=given, metavar="FILE", help="Write to a file, in one step at the end; dbt: to a folder."
)
@click.option(
    "--explain",
    is_flag=True,
    help="json: tell what each pass did, and write the plan only with --output. sql: one row a contact and rule.",
)
@click.option(
    "--dialect",
    type=Choice(ENGINES),
    metavar="NAME",
    help=f"sql, dbt: the engine that shall run it: {', '.join(ENGINES)}.",
)
@click.option(
    "--contacts-table", default=_UNASKED.contacts_table, show_default=True, help="sql, dbt: the table of contacts."
)
@click.option(
    "--events-table", default=_UNASKED.events_table, show_default=True, help="sql, dbt: the table of their events."
)
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
    query = Query(dialect, contacts_table, events_table, None, as_of_column, event_id, explain)
    _refuse_stray_options(target, query, as_of)
    _refuse_output(target, output)
    report = read_report(rules)
    model = require_model(report, color)
    query = replace(query, as_of=read_as_of(as_of, model.zone))
    if target == "dbt":
        _write_project(rules, report, model, query, output)
        return
    tells_passes = target == "json" and explain
    if not tells_passes or output not in (None, "-"):
        _write(_emit(target, model, query), output, report)
    if tells_passes:
        _explain(model, color)


def _refuse_stray_options(target: str, query: Query, as_of: str | None) -> None:
    if target in ("sql", "dbt"):
        if query.dialect is None:
            raise click.UsageError(f"--to {target} needs a --dialect, such as duckdb")
        if as_of is not None and query.as_of_column is not None:
            raise click.UsageError("--as-of and --as-of-column exclude each other")
    given = {
        "--dialect": query.dialect,
        "--contacts-table": query.contacts_table != _UNASKED.contacts_table,
        "--events-table": query.events_table != _UNASKED.events_table,
        "--event-id": query.event_id,
        "--as-of": as_of,
        "--as-of-column": query.as_of_column,
        "--explain": query.explain,
    }
    stray = [option for option, value in given.items() if value and option not in _OPTIONS_OF.get(target, ())]
    if stray:
        raise click.UsageError(f"{' and '.join(stray)} {'does' if len(stray) == 1 else 'do'} not go with --to {target}")


def _refuse_output(target: str, output: str | None) -> None:
    """Raises a usage error for an output that cannot take what the target writes."""
    if target == "dbt" and output is not None and os.path.lexists(output) and not os.path.isdir(output):
        raise click.BadParameter(f"{output} is a file, and dbt gets a folder: name another", param_hint="--output")
    if target == "javascript" and output is not None and Path(output).suffix.lower() in _TYPESCRIPT:
        right = Path(output).with_suffix(".mjs")
        raise click.BadParameter(f"{output}: the module is JavaScript: name it {right}, or .js", param_hint="--output")


def _write_project(rules: str, report: Report, model: Model, query: Query, output: str | None) -> None:
    if output is None or output == "-":
        raise click.UsageError("--to dbt needs an --output, the folder of the project")
    try:
        files = emit_project(rules, model, query, now())
    except CompileError as error:
        _refuse(error)
    from leadline.sample_runs import find_samples

    targets = {Path(output, path): text for path, text in files.items()}
    _refuse_to_lose([*report.files, *find_samples(rules)], map(str, targets))
    for target, text in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        with open_output(str(target)) as opened:
            opened.write(text)


def _refuse_to_lose(read: Sequence[str], written: Iterable[str | None]) -> None:
    """Raises a usage error where a file would be written that was read for the rules."""
    for path in written:
        refuse_overwriting({"--output": path}, read)


def _emit(target: str, model: Model, query: Query) -> Emitted:
    try:
        return emit(target, model, query)
    except CompileError as error:
        _refuse(error)


def _refuse(error: CompileError) -> NoReturn:
    for message in error.messages:
        say(f"error: {message}")
    raise click.exceptions.Exit(2 if error.is_usage else 1) from None


def _write(emitted: Emitted, output: str | None, report: Report) -> None:
    is_alone = output is None or output == "-" or not is_file(output)
    files = [(output, emitted.files[0][1])] if is_alone else place_files(emitted, output or "")
    _refuse_to_lose(report.files, [path for path, _ in files])
    for path, text in files:
        with open_output(path) as file:
            file.write(text)


def _explain(model: Model, color: str) -> None:
    console = make_console(color)
    for step in trace_passes(lower(model)):
        before, after = len(step.before.nodes), len(step.after.nodes)
        console.print(f"{step.name}: {before} nodes to {after}", style="bold")
        console.print(step.purpose, style="dim")
        for operation, (before, after) in step.differences.items():
            console.print(f"  {operation}: {before} to {after}")
        console.print()
