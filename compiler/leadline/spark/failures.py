"""What is said when Spark gives up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from leadline.readers.problems import DataError

_LONGEST = 300
_CONDITION = re.compile(r"\[([A-Z_]+(?:\.[A-Z_]+)*)\]")
_HELP = {
    "PATH_NOT_FOUND": "it must be there under this name for the driver and for every worker",
    "UNABLE_TO_INFER_SCHEMA": "there is no Parquet file, or only such whose names begin with _ or a dot",
    "PARQUET_TYPE_ILLEGAL": "write times in microseconds, and only columns that Spark has types for",
    "PYTHON_VERSION_MISMATCH": "PYSPARK_PYTHON names the Python of the workers",
}


@contextmanager
def told_as_data_errors() -> Iterator[None]:
    """Turns what Spark raises into a DataError of one line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise failure_of(str(error)) from error


def failure_of(text: str) -> DataError:
    """What is said of a failure: its reason rather than the calls that led to it."""
    missing = re.search(r"ModuleNotFoundError: No module named '(\w+)'", text)
    if missing:
        return DataError(
            f"the Python of Spark's workers has no {missing[1]}",
            help="it needs numpy and pyarrow; PYSPARK_PYTHON names another",
        )
    condition = _CONDITION.search(text)
    if condition:
        reason = text[condition.start() :].splitlines()[0]
        return DataError(f"Spark gave up: {reason[:_LONGEST]}", help=_HELP.get(condition[1], ""))
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("at ")]
    reason = next((line for line in lines if "Error" in line or "Exception" in line), lines[0] if lines else "")
    return DataError(f"Spark gave up: {reason[:_LONGEST]}")
