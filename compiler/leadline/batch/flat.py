"""Results of a block as flat columns, such as CSV and Parquet files have them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from leadline.batch.buffers import array_of, texts_of
from leadline.batch.scoring import Block
from leadline_compiler.batch.columns import Places, Whole
from leadline_compiler.batch.results import STATUS, Fired
from leadline_compiler.numbers import write_points
from leadline_compiler.plan import Plan

_POINTS_BITS = 42
"""Bits of points beside which there is room for a rule's number."""


def flat_arrays(plan: Plan, block: Block, as_of: int) -> dict[str, Any]:
    """The columns as Arrow arrays: points as decimals with three places, all else as texts or whole numbers."""
    import pyarrow as pa

    found = {name: _decimals(points) for name, points in _scores(plan, block)}
    for name, (codes, texts) in _coded(plan, block, as_of):
        found[name] = _decoded(codes, texts)
    found["id"] = block.ids.cast(pa.string())
    found["known"] = array_of(block.results.known)
    found["of"] = array_of(np.full(block.results.count, len(plan.read_fields)))
    found["total"] = _decimals(block.results.total)
    found["rules"] = _rules(plan, block)
    return found


def flat_lists(plan: Plan, block: Block, as_of: int) -> dict[str, list[Any]]:
    """The columns as lists, with points as texts."""
    found = {name: _written(points) for name, points in _scores(plan, block)}
    for name, (codes, texts) in _coded(plan, block, as_of):
        found[name] = [texts[code] for code in codes.tolist()]
    found["id"] = block.ids.to_pylist()
    found["known"] = block.results.known.tolist()
    found["of"] = [len(plan.read_fields)] * block.results.count
    found["total"] = _written(block.results.total)
    found["rules"] = _rules(plan, block).to_pylist()
    return found


def _coded(plan: Plan, block: Block, as_of: int) -> Iterator[tuple[str, tuple[Places, Sequence[str | None]]]]:
    """Columns of few distinct texts, as codes and texts."""
    results = block.results
    none = np.zeros(results.count, np.int32)
    yield "model", (none, [plan.name])
    yield "as_of", (none, [plan.schema.zone.write(as_of)])
    yield "status", (results.status, list(STATUS))
    yield "reasons", (results.reasons, ["; ".join(names) for names in results.all_reasons])
    yield "stage", (results.stages + 1, [None, *(stage.name for stage in plan.stages)])
    for grade, codes, letters in zip(plan.grades, results.grades, results.letters, strict=True):
        name = "total" if grade.score is None else plan.scores[grade.score].name
        yield f"grade_{name}", (codes, letters)


def _scores(plan: Plan, block: Block) -> Iterator[tuple[str, Whole]]:
    """The scores, which stand first: of two columns with one name the later is the one that counts."""
    yield from ((score.name, points) for score, points in zip(plan.scores, block.results.scores, strict=True))


def _written(points: Whole) -> list[Any]:
    distinct, places = np.unique(points, return_inverse=True)
    texts = list(map(write_points, distinct.tolist()))
    return [texts[place] for place in places.tolist()]


def _decimals(thousandths: Whole) -> Any:
    import pyarrow as pa

    words = np.empty((len(thousandths), 2), np.int64)
    words[:, 0] = thousandths
    words[:, 1] = thousandths >> 63
    return pa.Array.from_buffers(pa.decimal128(38, 3), len(thousandths), [None, pa.py_buffer(words)])


def _decoded(codes: Any, texts: Sequence[str | None]) -> Any:
    """An Arrow array of the texts that codes stand for."""
    import pyarrow as pa

    found = pa.DictionaryArray.from_arrays(array_of(codes), texts_of(texts).cast(pa.string()))
    return found.dictionary_decode()


def _rules(plan: Plan, block: Block) -> Any:
    """The rules that fired with their points, as one text a contact."""
    import pyarrow as pa
    import pyarrow.compute as pc

    fired, count = block.results.fired, block.results.count
    if fired is None or not len(fired.whose):
        return _decoded(np.zeros(count, np.int32), [""])
    codes, texts = _texts_of(plan, fired)
    offsets = np.append(0, np.cumsum(np.bincount(fired.whose, minlength=count))).astype(np.int32)
    values = _decoded(codes, texts)
    return pc.binary_join(pa.ListArray.from_arrays(array_of(offsets), values), "; ")


def _texts_of(plan: Plan, fired: Fired) -> tuple[Places, list[str]]:
    """Codes and texts of `rule: points`."""
    smallest = int(fired.points.min())
    if int(fired.points.max()) - smallest < 2**_POINTS_BITS:
        keys = (fired.rules.astype(np.int64) << _POINTS_BITS) + (fired.points - smallest)
        found, codes = np.unique(keys, return_inverse=True)
        pairs = [(key >> _POINTS_BITS, (key & (2**_POINTS_BITS - 1)) + smallest) for key in found.tolist()]
    else:
        rows, codes = np.unique(np.stack((fired.rules, fired.points)), axis=1, return_inverse=True)
        codes, pairs = codes.reshape(-1), [tuple(pair) for pair in rows.T.tolist()]
    return codes, [f"{plan.rules[rule].name}: {write_points(points)}" for rule, points in pairs]
