"""Programs that `.ci/slow` installs and `.ci/run` does not: tests that need them are skipped without, never there."""

from __future__ import annotations

import os
import shutil

import pytest

LATE_PROGRAMS = ("dbt",)


def all_are_here() -> bool:
    """Whether everything is meant to be installed, so that what is missing is a failure."""
    return "LEADLINE_ALL_ENGINES" in os.environ


def find_dbt() -> str | None:
    """The program `dbt`, which has an environment of its own: its needs are not those of this project."""
    return os.environ.get("LEADLINE_DBT") or shutil.which("dbt")


def without(name: str, install: str) -> None:
    """Ends a test whose program is missing."""
    if all_are_here():
        pytest.fail(f"{name} is missing: {install}")
    pytest.skip(f"{name} is not installed, so this was not run: {install}")
