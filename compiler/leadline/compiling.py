"""Compiling a model for another service: what the command line and the editor both do."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leadline.readers.extras import require_extra
from leadline.readers.problems import DataError
from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.model import Model
from leadline_compiler.passes import compile_model
from leadline_compiler.plan import Plan
from leadline_compiler.plan.json_form import write_plan

if TYPE_CHECKING:
    from leadline_compiler.emit.dbt import Refused, UnitTest

TARGETS = ("json", "python", "javascript", "sql", "dbt")
SUFFIXES = {"json": ".json", "python": ".py", "javascript": ".mjs", "sql": ".sql"}
"""How the file of each target is usually called."""


class CompileError(Exception):
    """A model that cannot be compiled so. `messages` are clauses, one a rule that cannot be expressed; `is_usage`:
    what was asked for does not exist or is not installed."""

    def __init__(self, *messages: str, is_usage: bool = False) -> None:
        super().__init__(*messages)
        self.messages = messages
        self.is_usage = is_usage


@dataclass(frozen=True, slots=True)
class Query:
    """What only SQL and dbt ask for; `as_of` in microseconds."""

    dialect: str | None = None
    contacts_table: str = "contacts"
    events_table: str = "events"
    as_of: int | None = None
    as_of_column: str | None = None
    event_id: str | None = None
    explain: bool = False


def list_dialects() -> tuple[str, ...]:
    """The engines for which SQL is written; none where the extra for it is missing."""
    try:
        require_extra("sql", "SQL")
    except DataError:
        return ()
    from leadline_compiler.emit.sql import DIALECTS

    return tuple(DIALECTS)


def emit(target: str, model: Model, query: Query) -> Emitted:
    """The files of any target but dbt. Raises CompileError."""
    plan = compile_model(model)
    if target == "json":
        return Emitted(((".json", write_plan(plan)),))
    if target == "sql":
        return _emit_sql(plan, query)
    if target == "python":
        from leadline_compiler.emit.python import emit_python

        return emit_python(plan)
    from leadline_compiler.emit.javascript import emit_javascript

    return emit_javascript(plan)


def known_dialect(query: Query) -> str:
    """The dialect that was asked for. Raises CompileError where there is none, DataError without the extra for SQL."""
    require_extra("sql", "SQL")
    known = list_dialects()
    if query.dialect is None or query.dialect not in known:
        names = ", ".join(known)
        raise CompileError(f"--dialect: there is no dialect {query.dialect!r}; there are {names}", is_usage=True)
    return query.dialect


_DBT_NAME = r"[^\W\d]\w*(?:-\w+)*"
_DBT_TABLE = re.compile(rf"{_DBT_NAME}(?:\.{_DBT_NAME})?")


def _refuse_names(query: Query, is_table: Callable[[str], bool], more: str) -> None:
    """Raises CompileError for a table or a column that is no name; `more` is how else a table may be written."""
    for option, table, usual in (
        ("--contacts-table", query.contacts_table, "contacts"),
        ("--events-table", query.events_table, "events"),
    ):
        if not is_table(table):
            raise CompileError(
                f"{option}: `{table}` is no name of a table: write {usual}, {more.format(usual)}", is_usage=True
            )
    for option, column in (("--as-of-column", query.as_of_column), ("--event-id", query.event_id)):
        if column is not None and not column.strip():
            raise CompileError(f"{option} is empty: write the name of a column", is_usage=True)


def _emit_sql(plan: Plan, query: Query) -> Emitted:
    dialect = known_dialect(query)
    from leadline_compiler.emit.sql import emit_sql
    from leadline_compiler.emit.sql.table_names import is_table_name, quoted_example

    _refuse_names(
        query, lambda table: is_table_name(table, dialect), f"schema.{{0}}, or in quotes {quoted_example(dialect)}"
    )

    emitted = emit_sql(
        plan,
        dialect,
        contacts_table=query.contacts_table,
        events_table=query.events_table,
        as_of=query.as_of,
        as_of_column=query.as_of_column,
        event_id=query.event_id,
        explain=query.explain,
    )
    if isinstance(emitted, Emitted):
        return emitted
    raise CompileError(*(_say_refused(dialect, item) for item in emitted))


def emit_project(rules: str, model: Model, query: Query, now: int) -> dict[str, str]:
    """The files of a dbt project by their paths in its folder. What the sample files beside the rules expect become its
    tests; `now`, in microseconds, is when they are scored where they name no day. Raises CompileError, and DataError
    for a sample file that cannot be read."""
    dialect = known_dialect(query)
    from leadline_compiler.emit.dbt import emit_dbt

    _refuse_names(query, lambda table: _DBT_TABLE.fullmatch(table) is not None, "or source.{0} for a table of a source")
    files = emit_dbt(
        compile_model(model),
        dialect,
        contacts_table=query.contacts_table,
        events_table=query.events_table,
        event_id=query.event_id,
        tests=_unit_tests(rules, model, now),
    )
    if isinstance(files, tuple):
        raise CompileError(*(_say_refused(dialect, item) for item in files))
    return files


def _unit_tests(rules: str, model: Model, now: int) -> tuple[UnitTest, ...]:
    from leadline.dbt_tests import unit_tests_of
    from leadline.readers import read_samples
    from leadline.render.printable import printable
    from leadline.sample_runs import find_samples

    tests: list[UnitTest] = []
    for file in find_samples(rules):
        samples = read_samples(model.schema, file, default_as_of=now)
        found, failed = unit_tests_of(model, samples, now if samples.as_of is None else samples.as_of)
        if failed:
            names = ", ".join(map(printable, failed))
            more = f"`leadline test {printable(rules)}` tells more"
            raise CompileError(f"{printable(file)}: not what is expected: {names}; {more}")
        tests += found
    return tuple(tests)


def _say_refused(dialect: str, refused: Refused) -> str:
    return f'{dialect} cannot express "{refused.rule}": {refused.reason}'


def place_files(emitted: Emitted, output: str) -> list[tuple[str, str]]:
    """Paths and texts: the first file goes where it was asked for, the others beside it."""
    (_, text), *others = emitted.files
    return [(output, text), *((_beside(output, suffix), more) for suffix, more in others)]


def _beside(output: str, suffix: str) -> str:
    """The name of a second file; the types of an `.mjs` module are looked for in a `.d.mts`."""
    if suffix == ".d.ts" and output.endswith(".mjs"):
        suffix = ".d.mts"
    return str(Path(output).with_suffix("")) + suffix


def write_command(rules: str, target: str, output: str, query: Query, as_of: str | None = None) -> str:
    """The command line that does the same; `as_of` is the query's instant as somebody wrote it."""
    usual = Query()
    words = ["leadline", "compile", rules, "--to", target]
    words += ["--dialect", query.dialect] if query.dialect is not None else []
    words += ["--contacts-table", query.contacts_table] if query.contacts_table != usual.contacts_table else []
    words += ["--events-table", query.events_table] if query.events_table != usual.events_table else []
    words += ["--event-id", query.event_id] if query.event_id is not None else []
    words += ["--as-of", as_of] if as_of is not None else []
    words += ["--as-of-column", query.as_of_column] if query.as_of_column is not None else []
    words += ["--explain"] if query.explain else []
    return shlex.join([*words, "--output", output])


def write_test_command(rules: str) -> str:
    """The command line that runs the expectations beside the rules."""
    return shlex.join(["leadline", "test", rules])
