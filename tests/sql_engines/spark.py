"""Spark on this machine, reached by the loopback alone."""

from __future__ import annotations

import importlib.util
import shutil
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from leadline_compiler.schema import Kind

from .tables import Table, Tables

_EPOCH = datetime(1970, 1, 1)
_SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.variable.substitute": "false",
    "spark.sql.analyzer.maxIterations": "1000",
    "spark.sql.optimizer.maxIterations": "1000",
    "spark.driver.memory": "3g",
    # Queries of a few rows: compiling them, or Java itself, takes longer than running them.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def is_here() -> bool:
    return importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


@lru_cache(maxsize=1)
def _session() -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def run(sql: str, tables: Tables) -> list[dict[str, Any]]:
    """The rows of the result."""
    session = _session()
    for table in (tables.contacts, tables.events):
        _load(session, table)
    return [row.asDict() for row in session.sql(sql).collect()]


def _load(session: Any, table: Table) -> None:
    from pyspark.sql import types

    kinds = {
        Kind.NUMBER: types.DecimalType(38, 6),
        Kind.YES_NO: types.BooleanType(),
        Kind.DATE: types.TimestampNTZType(),
    }
    typed = [types.DateType() if one.is_day else kinds.get(one.kind, types.StringType()) for one in table.columns]
    columns = [types.StructField(one.name, kind) for one, kind in zip(table.columns, typed, strict=True)]
    rows = [
        tuple(_value(value, column.kind) for value, column in zip(row, table.columns, strict=True))
        for row in table.rows
    ]
    session.createDataFrame(rows, types.StructType(columns)).createOrReplaceTempView(table.name)


def _value(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    if kind is Kind.NUMBER:
        return Decimal(value).scaleb(-6)
    return _EPOCH + timedelta(microseconds=value) if kind is Kind.DATE else value
