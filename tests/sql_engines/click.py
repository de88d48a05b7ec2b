"""ClickHouse, inside this process."""

from __future__ import annotations

import importlib.util
import json
from functools import lru_cache
from typing import Any

from leadline_compiler.numbers import write_number
from leadline_compiler.schema import Kind

from .tables import Column, Table, Tables

_TYPES = {
    Kind.NUMBER: "Nullable(Decimal(38, 6))",
    Kind.YES_NO: "Nullable(Bool)",
    Kind.DATE: "Nullable(DateTime64(6, 'UTC'))",
}


def is_here() -> bool:
    return importlib.util.find_spec("chdb") is not None


@lru_cache(maxsize=1)
def _session() -> Any:
    found = importlib.import_module("chdb.session").Session()
    found.query("SET max_query_size = 100000000")
    found.query("SET max_threads = 1")
    return found


def run(sql: str, tables: Tables) -> list[dict[str, Any]]:
    """The rows of the result."""
    session = _session()
    for table in (tables.contacts, tables.events):
        _load(session, table)
    found = session.query(sql, "JSONEachRow")
    return [json.loads(line) for line in str(found).splitlines()]


def _load(session: Any, table: Table) -> None:
    columns = ", ".join(f"{_quoted(column.name)} {_type(column)}" for column in table.columns)
    session.query(f"DROP TABLE IF EXISTS {table.name}")
    session.query(f"CREATE TABLE {table.name} ({columns}) ENGINE = Memory")
    rows = [
        "(" + ", ".join(_written(value, column) for value, column in zip(row, table.columns, strict=True)) + ")"
        for row in table.rows
    ]
    if rows:
        session.query(f"INSERT INTO {table.name} VALUES {', '.join(rows)}")


def _type(column: Column) -> str:
    return "Nullable(Date32)" if column.is_day else _TYPES.get(column.kind, "Nullable(String)")


def _quoted(name: str) -> str:
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def _written(value: Any, column: Column) -> str:
    if value is None:
        return "NULL"
    if column.kind is Kind.NUMBER:
        return f"toDecimal128('{write_number(value)}', 6)"
    if column.kind is Kind.YES_NO:
        return "true" if value else "false"
    if column.kind is Kind.DATE:
        moment = f"fromUnixTimestamp64Micro({value}, 'UTC')"
        return f"toDate32({moment})" if column.is_day else moment
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"
