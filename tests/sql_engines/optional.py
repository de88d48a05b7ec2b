"""Programs that `.ci/slow` installs and `.ci/run` does not: tests that need them are skipped without, never there."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil

import pytest

LATE_PROGRAMS = ("dbt", "pyspark", "chdb", "MariaDB")


def all_are_here() -> bool:
    """Whether everything is meant to be installed, so that what is missing is a failure."""
    return "LEADLINE_ALL_ENGINES" in os.environ


def find_dbt() -> str | None:
    """The program `dbt`, which has an environment of its own: its needs are not those of this project."""
    return os.environ.get("LEADLINE_DBT") or shutil.which("dbt")


def missing_module(script: str) -> str | None:
    """A late engine that a script imports, where it is not here or not asked for."""
    imported = re.findall(r"^(?:from|import) (\w+)", script, re.MULTILINE)
    late = [name for name in imported if name in LATE_PROGRAMS]
    return next((name for name in late if not all_are_here() or importlib.util.find_spec(name) is None), None)


def without(name: str, install: str) -> None:
    """Ends a test whose program is missing."""
    if all_are_here():
        pytest.fail(f"{name} is missing: {install}")
    pytest.skip(f"{name} is not installed, so this was not run: {install}")
