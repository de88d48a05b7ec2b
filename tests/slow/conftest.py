"""What needs Spark and Java, or takes long; `.ci/slow` runs it, and `pytest tests/slow` wherever both are there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A session on two cores that reads files in parts of some hundred bytes; the engine uses it as it runs."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    builder = builder.config("spark.log.level", "ERROR").config("spark.ui.showConsoleProgress", "false")
    builder = builder.config("spark.sql.files.maxPartitionBytes", "400").config("spark.sql.files.openCostInBytes", "0")
    session = builder.getOrCreate()
    yield session
    session.stop()
