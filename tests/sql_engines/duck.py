"""DuckDB, in memory."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb

from leadline_compiler.schema import Kind

from .tables import Column, Table, Tables

_TYPES = {Kind.NUMBER: "DECIMAL(38, 6)", Kind.YES_NO: "BOOLEAN", Kind.DATE: "TIMESTAMP"}
_EPOCH = datetime(1970, 1, 1)


def run(sql: str, tables: Tables) -> list[dict[str, Any]]:
    """The rows of the result."""
    with duckdb.connect() as connection:
        for table in (tables.contacts, tables.events):
            _load(connection, table)
        found = connection.execute(sql)
        names = [item[0] for item in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _load(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    columns = ", ".join(f"{_quoted(column.name)} {_type(column)}" for column in table.columns)
    connection.execute(f"CREATE TABLE {table.name} ({columns})")
    marks = ", ".join("?" for _ in table.columns)
    rows = [
        [_value(value, column.kind) for value, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    if rows:
        connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)


def _type(column: Column) -> str:
    return "DATE" if column.is_day else _TYPES.get(column.kind, "TEXT")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    if kind is Kind.NUMBER:
        return Decimal(value).scaleb(-6)
    return _EPOCH + timedelta(microseconds=value) if kind is Kind.DATE else value
