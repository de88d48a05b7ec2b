"""DuckDB, in memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa

from leadline_compiler.schema import Kind

from .tables import Column, Table, Tables

_TYPES = {Kind.NUMBER: pa.decimal128(38, 6), Kind.YES_NO: pa.bool_(), Kind.DATE: pa.timestamp("us")}
_EPOCH = datetime(1970, 1, 1)


@lru_cache(maxsize=1)
def _connection() -> duckdb.DuckDBPyConnection:
    """The one database of the tests; queries of a few rows gain nothing by a second thread."""
    return duckdb.connect(config={"threads": 1})


def run(sql: str, tables: Tables) -> list[dict[str, Any]]:
    """The rows of the result."""
    connection = _connection()
    for table in (tables.contacts, tables.events):
        _load(connection, table)
    found = connection.execute(sql)
    names = [item[0] for item in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _load(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    values = ((row[place] for row in table.rows) for place in range(len(table.columns)))
    names = [f"c{place}" for place in range(len(table.columns))]
    arrays = [_array(column, held) for column, held in zip(table.columns, values, strict=True)]
    connection.register("given", pa.table(arrays, names=names))
    columns = ", ".join(f"{name} AS {_quoted(one.name)}" for name, one in zip(names, table.columns, strict=True))
    connection.execute(f"CREATE OR REPLACE TABLE {table.name} AS SELECT {columns} FROM given")


def _array(column: Column, values: Iterable[Any]) -> pa.Array:
    type_ = pa.date32() if column.is_day else _TYPES.get(column.kind, pa.string())
    # Moments are whole microseconds already.
    plain = column.kind is not Kind.NUMBER and not column.is_day
    return pa.array(list(values) if plain else [_value(value, column.kind) for value in values], type_)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    if kind is Kind.NUMBER:
        return Decimal(value).scaleb(-6)
    return _EPOCH + timedelta(microseconds=value) if kind is Kind.DATE else value
