"""The engines on which emitted SQL is run, by the names of their dialects."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from . import click, duck, lite, maria, post, spark
from .optional import all_are_here, without
from .tables import Tables

Run = Callable[[str, Tables], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Engine:
    """`run` gives the rows of a query; `most_refused` is the share of random models that its dialect may refuse.

    What is `late` takes seconds to start or has to be installed apart from the rest: `.ci/slow` runs it. Of the models
    that others are given it gets every `every`th.
    """

    run: Run
    most_refused: float
    is_here: Callable[[], bool] = lambda: True
    install: str = ""
    is_late: bool = False
    every: int = 1
    most_rules: int = 2500


ENGINES: dict[str, Engine] = {
    "duckdb": Engine(duck.run, 0.05),
    "sqlite": Engine(lite.run, 0.15, most_rules=1500),
    "postgres": Engine(post.run, 0.05, lambda: post.find_programs() is not None, "apt-get install postgresql"),
    "spark": Engine(
        spark.run, 0.1, spark.is_here, "pip install pyspark, and Java", is_late=True, every=10, most_rules=60
    ),
    "clickhouse": Engine(click.run, 0.1, click.is_here, "pip install chdb", is_late=True, most_rules=60),
    "mysql": Engine(maria.run, 0.1, maria.is_here, "apt-get install mariadb-server, pip install pymysql", is_late=True),
}
EVERY_DIALECT = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ENGINES]
"""For tests that run on each: one process for an engine, where tests are spread by group."""


def require(name: str) -> None:
    """Ends the test where an engine is not here: skipped, or failed where it is meant to be here."""
    engine = ENGINES[name]
    if engine.is_late and not all_are_here():
        pytest.skip(f"SQL for {name} is run by .ci/slow, or with LEADLINE_ALL_ENGINES=1")
    if engine.is_here():
        return
    if engine.is_late:
        without(name, engine.install)
    if os.environ.get("CI"):
        pytest.fail(f"{name} is missing: {engine.install}")
    pytest.skip(f"{name} is not installed, so its SQL was not run: {engine.install}")


def how_many(dialect: str, usual: int) -> int:
    """So many models, or as many as the environment asks for: LEADLINE_MODELS, LEADLINE_SQL_MODELS for late engines."""
    engine = ENGINES[dialect]
    asked = os.environ.get("LEADLINE_SQL_MODELS" if engine.is_late else "LEADLINE_MODELS", usual)
    return max(1, int(asked) // engine.every)
