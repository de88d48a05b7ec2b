"""The dialects by name."""

from __future__ import annotations

from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.dialects.duckdb import DuckDB

DIALECTS: dict[str, type[Dialect]] = {dialect.name: dialect for dialect in (DuckDB,)}
"""Every dialect that SQL is emitted in."""

__all__ = ["DIALECTS", "Dialect"]
