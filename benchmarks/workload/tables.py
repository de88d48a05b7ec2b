"""The contacts and events of the workload as Parquet files of any size, drawn by columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .contacts import AS_OF
from .schema import DOMAINS, EVENT_NUMBERS, EVENTS, FLAGS, LARGEST, NUMBERS, TEXTS, TITLES, WEIGHTS, choices

_ROWS = 250_000
_GROUP = 125_000
_DAY = 86_400


def write_tables(folder: Path, contacts: int, seed: int = 1) -> tuple[Path, Path, int]:
    """Writes contacts and their events, in the order of time; answers both paths and how many events there are."""
    draw = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    people, happenings = folder / "contacts.parquet", folder / "events.parquet"
    _write(people, (_contacts(start, min(_ROWS, contacts - start), draw) for start in range(0, contacts, _ROWS)))
    many = np.minimum(200, ((draw.pareto(1.0, contacts) + 1) * 4).astype(np.int64) - 4)
    whose = np.repeat(np.arange(contacts, dtype=np.int32), many)
    ages = (draw.exponential(60 * _DAY, len(whose))).astype(np.int64)
    order = np.argsort(-ages, kind="stable")
    whose, ages = whose[order], ages[order]
    parts = (_events(whose[at : at + _ROWS], ages[at : at + _ROWS], draw) for at in range(0, len(whose), _ROWS))
    _write(happenings, parts)
    return people, happenings, len(whose)


def _write(path: Path, tables: Any) -> None:
    writer = None
    for table in tables:
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table, row_group_size=_GROUP)
    if writer is not None:
        writer.close()


def _contacts(start: int, count: int, draw: np.random.Generator) -> pa.Table:
    columns: dict[str, Any] = {"record_id": [f"c-{number}" for number in range(start, start + count)]}
    for name, missing in TEXTS.items():
        columns[name] = _with_gaps(_texts(name, start, count, draw), draw.random(count) < missing)
    for name, missing in NUMBERS.items():
        columns[name] = pa.array(draw.integers(0, LARGEST[name], count), mask=draw.random(count) < missing)
    for name, missing in FLAGS.items():
        columns[name] = pa.array(draw.random(count) < 0.3, mask=draw.random(count) < missing)
    return pa.table(columns)


def _texts(name: str, start: int, count: int, draw: np.random.Generator) -> pa.Array:
    if name == "email":
        domains = draw.integers(0, len(DOMAINS), count).tolist()
        return pa.array([f"person{start + row}@{DOMAINS[domain]}" for row, domain in enumerate(domains)])
    listed = TITLES if name == "title" else choices(name)
    texts = pa.array(listed).take(pa.array(draw.integers(0, len(listed), count)))
    if name != "title":
        return texts
    own = (draw.random(count) < 0.1).tolist()
    return pa.array([f"{text} ({start + row})" if own[row] else text for row, text in enumerate(texts.to_pylist())])


def _with_gaps(texts: pa.Array, gaps: Any) -> pa.Array:
    import pyarrow.compute as pc

    return pc.if_else(pa.array(gaps), pa.scalar(None, pa.string()), texts)


def _events(whose: Any, ages: Any, draw: np.random.Generator) -> pa.Table:
    count = len(whose)
    weights = np.array(WEIGHTS) / sum(WEIGHTS)
    kinds = draw.choice(len(EVENTS), count, p=weights)
    columns: dict[str, Any] = {
        "contact": pa.array([f"c-{number}" for number in whose.tolist()]),
        "event": pa.array(list(EVENTS)).take(pa.array(kinds)),
        "at": pa.array(int(AS_OF.timestamp()) * 10**6 - ages * 10**6, pa.timestamp("us", "UTC")),
    }
    for name in dict.fromkeys(prop for properties in EVENTS.values() for prop in properties):
        has = np.isin(kinds, [number for number, properties in enumerate(EVENTS.values()) if name in properties])
        if name in EVENT_NUMBERS:
            columns[name] = pa.array(draw.integers(0, EVENT_NUMBERS[name], count), mask=~has)
        else:
            listed = choices(name)
            columns[name] = _with_gaps(pa.array(listed).take(pa.array(draw.integers(0, len(listed), count))), ~has)
    return pa.table(columns)
