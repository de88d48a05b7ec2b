"""Every backend says of random models of the whole language what the interpreter says.

A model is drawn, checked and interpreted once, and all backends are asked for it: their tests stand side by side.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from conformance.backends import BACKENDS, REFUSED
from conformance.drawn_cases import cases_of, how_many_models
from sql_engines.engines import ENGINES, how_many

FIRST_SEED = 10_000
TOGETHER = 25
"""Models of one test."""


@pytest.fixture(scope="module", autouse=True)
def _seldom_collecting() -> Iterator[None]:
    """Trees of SQL are circles: searched for each ten thousand new objects, a query's own are garbage by then."""
    usual = gc.get_threshold()
    gc.set_threshold(10_000)
    yield
    gc.set_threshold(*usual)


def _tests() -> Iterator[Any]:
    """Parts of the seeds with backends: all of a part belong together, and late engines each have their process."""
    models = {name: _models_of(name) for name in BACKENDS}
    for start in range(0, max(models.values()), TOGETHER):
        for name, many in models.items():
            if start < many:
                seeds = range(FIRST_SEED + start, FIRST_SEED + min(start + TOGETHER, many))
                engine = ENGINES.get(name.removeprefix("sql "))
                group = name.removeprefix("sql ") if engine is not None and engine.is_late else f"part {start}"
                marks = pytest.mark.xdist_group(group)
                yield pytest.param(seeds, name, marks=marks, id=f"{seeds.start}-{seeds.stop - 1}-{name}")


def _models_of(backend: str) -> int:
    dialect = backend.removeprefix("sql ")
    return how_many(dialect, 100) if dialect in ENGINES else how_many_models(100)


@pytest.mark.parametrize(("seeds", "backend"), list(_tests()))
def test_a_backend_says_of_random_models_what_the_interpreter_says(
    seeds: range, backend: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    dialect = backend.removeprefix("sql ")
    before = len(REFUSED[dialect])
    assert list(islice(BACKENDS[backend](cases_of(seeds), tmp_path), 20)) == []
    if dialect in ENGINES:
        record_property("refused", (dialect, len(REFUSED[dialect]) - before, len(seeds)))
