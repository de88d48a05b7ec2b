"""SQLite, in memory, as Python brings it."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Any

from leadline_compiler.numbers import MILLION, write_number
from leadline_compiler.schema import Kind

from .tables import Column, Table, Tables

_EPOCH = datetime(1970, 1, 1)


def run(sql: str, tables: Tables) -> list[dict[str, Any]]:
    """The rows of the result."""
    connection = sqlite3.connect(":memory:")
    try:
        for table in (tables.contacts, tables.events):
            _load(connection, table)
        found = connection.execute(sql)
        names = [item[0] for item in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    finally:
        connection.close()


def _load(connection: sqlite3.Connection, table: Table) -> None:
    # Columns without a type keep what is put into them.
    connection.execute(f"CREATE TABLE {table.name} ({', '.join(_quoted(column.name) for column in table.columns)})")
    marks = ", ".join("?" for _ in table.columns)
    rows = [[_value(value, column) for value, column in zip(row, table.columns, strict=True)] for row in table.rows]
    connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(value: Any, column: Column) -> Any:
    if value is None:
        return None
    if column.kind is Kind.NUMBER:
        return _number(value)
    if column.kind is Kind.DATE:
        written = (_EPOCH + timedelta(microseconds=value)).isoformat(" ")
        return written[:10] if column.is_day else written
    return value


def _number(millionths: int) -> int | float | str:
    if millionths % MILLION == 0:
        return millionths // MILLION
    written = write_number(millionths)
    return float(written) if abs(millionths) < 10**9 else written
