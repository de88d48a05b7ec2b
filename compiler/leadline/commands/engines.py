"""Which engine scores a run."""

from __future__ import annotations

from collections.abc import Callable

from leadline.readers import DataError
from leadline.readers.extras import is_installed, require_extra
from leadline_compiler.plan import Plan

ENGINES = ("auto", "python", "batch", "spark")
_LARGE = 8_000_000
"""Bytes of data from which on columns are worth it."""
_EXTRA = 'pip install "leadline[batch]"'


def choose_engine(wanted: str | None, plan: Plan, size: Callable[[], int], *, explains: bool) -> tuple[str, str]:
    """The engine, and what is to be said of the choice, if anything.

    `size` tells the bytes of the data. Nothing wanted means `auto`, of which nothing is said as long as the data are
    small. Raises DataError where the engine that is wanted cannot be had.
    """
    if wanted == "spark":
        _require_spark(plan)
        return "spark", ""
    if wanted == "python":
        return "python", ""
    if wanted != "batch":
        if explains or size() < _LARGE:
            return "python", "engine: python" if wanted == "auto" else ""
        if not is_installed("batch"):
            return "python", f"engine: python; for data of this size there is a faster one: {_EXTRA}"
    require_extra("batch", "the batch engine")
    from leadline_compiler.batch.bounds import fits

    if not fits(plan):
        return "python", "engine: python, because points of these rules may need more than 64 bits"
    return "batch", "" if wanted == "batch" else "engine: batch"


def _require_spark(plan: Plan) -> None:
    from leadline.spark.session import require_spark

    require_spark()
    from leadline_compiler.batch.bounds import fits

    if not fits(plan):
        raise DataError("points of these rules may need more than 64 bits", help="use --engine python")
