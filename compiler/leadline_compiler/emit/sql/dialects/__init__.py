"""The dialects by name."""

from __future__ import annotations

from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.dialects.duckdb import DuckDB
from leadline_compiler.emit.sql.dialects.postgres import Postgres
from leadline_compiler.emit.sql.dialects.sqlite import SQLite

_ALL: tuple[type[Dialect], ...] = (DuckDB, Postgres, SQLite)
DIALECTS: dict[str, type[Dialect]] = {dialect.name: dialect for dialect in _ALL}
"""Every dialect that SQL is emitted in; the tests run all of them."""

__all__ = ["DIALECTS", "Dialect"]
