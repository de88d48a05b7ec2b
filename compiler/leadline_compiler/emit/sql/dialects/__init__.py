"""The dialects by name."""

from __future__ import annotations

from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.dialects.bigquery import BigQuery
from leadline_compiler.emit.sql.dialects.clickhouse import ClickHouse
from leadline_compiler.emit.sql.dialects.duckdb import DuckDB
from leadline_compiler.emit.sql.dialects.mysql import MySQL
from leadline_compiler.emit.sql.dialects.postgres import Postgres
from leadline_compiler.emit.sql.dialects.redshift import Redshift
from leadline_compiler.emit.sql.dialects.snowflake import Snowflake
from leadline_compiler.emit.sql.dialects.spark import Databricks, Spark
from leadline_compiler.emit.sql.dialects.sqlite import SQLite

_ALL: tuple[type[Dialect], ...] = (
    DuckDB,
    Postgres,
    Spark,
    SQLite,
    ClickHouse,
    MySQL,
    BigQuery,
    Snowflake,
    Redshift,
    Databricks,
)
DIALECTS: dict[str, type[Dialect]] = {dialect.name: dialect for dialect in _ALL}
"""Every dialect that SQL is emitted in; those that are `is_run` the tests run on their engines."""
