"""Compiling a model for another service: what the command line and the editor both do."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.model import Model
from leadline_compiler.passes import compile_model
from leadline_compiler.plan import Plan
from leadline_compiler.plan.json_form import write_plan

TARGETS = ("json", "python", "javascript", "sql")
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
    """The engines for which SQL is written; none where the extra for it is not installed."""
    try:
        from leadline_compiler.emit.sql import DIALECTS
    except ImportError:
        return ()
    return tuple(DIALECTS)


def emit(target: str, model: Model, query: Query) -> Emitted:
    """The files of a target. Raises CompileError."""
    plan = compile_model(model)
    if target == "json":
        return Emitted(((".json", write_plan(plan)),))
    if target == "sql":
        return _emit_sql(plan, query)
    from leadline_compiler.emit import emit_javascript, emit_python

    return emit_python(plan) if target == "python" else emit_javascript(plan)


def known_dialect(query: Query) -> str:
    """The dialect that was asked for. Raises CompileError where there is none, or the extra for SQL is missing."""
    known = list_dialects()
    if not known:
        raise CompileError('SQL needs an extra that is not installed: pip install "leadline[sql]"', is_usage=True)
    if query.dialect is None or query.dialect not in known:
        names = ", ".join(known)
        raise CompileError(f"--dialect: there is no dialect {query.dialect!r}; there are {names}", is_usage=True)
    return query.dialect


def _emit_sql(plan: Plan, query: Query) -> Emitted:
    dialect = known_dialect(query)
    from leadline_compiler.emit.sql import emit_sql

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
    raise CompileError(*(f'{dialect} cannot express "{item.rule}": {item.reason}' for item in emitted))


def place_files(emitted: Emitted, output: str) -> list[tuple[str, str]]:
    """Paths and texts: the first file goes where it was asked for, the others beside it."""
    (_, text), *others = emitted.files
    return [(output, text), *((_beside(output, suffix), more) for suffix, more in others)]


def _beside(output: str, suffix: str) -> str:
    """The name of a second file; the types of an `.mjs` module are looked for in a `.d.mts`."""
    if suffix == ".d.ts" and output.endswith(".mjs"):
        suffix = ".d.mts"
    return str(Path(output).with_suffix("")) + suffix


def write_command(rules: str, target: str, output: str, dialect: str | None = None) -> str:
    """The command line that does the same."""
    words = ["leadline", "compile", rules, "--to", target]
    words += ["--dialect", dialect] if dialect is not None else []
    return shlex.join([*words, "--output", output])


def write_test_command(rules: str) -> str:
    """The command line that runs the expectations beside the rules."""
    return shlex.join(["leadline", "test", rules])
