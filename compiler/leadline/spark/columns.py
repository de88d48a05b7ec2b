"""Columns of Parquet files, as executors look through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from leadline.readers.columns import SAMPLE
from leadline.readers.parquet import cells_of_column
from leadline.spark.evidence import ColumnEvidence
from leadline.spark.forms import IN_FILE
from leadline.spark.parts import Part
from leadline.spark.watching import Watched
from leadline_compiler.schema import Kind

_YEAR_FIRST = r"^[0-9]{4}-"
"""How dates begin that need no other cell to be read."""


def look_at_columns(batches: Iterable[Any], watched: Sequence[Watched]) -> Iterator[Part]:
    """Looks at batches of columns: the order of the rows, then the watched ones."""
    part = None
    for batch in batches:
        orders = batch.column(0).to_numpy(zero_copy_only=False)
        starts = [0, *(place + 1 for place, step in enumerate(orders[1:] - orders[:-1]) if step != 1)]
        for start, end in zip(starts, [*starts[1:], len(orders)], strict=True):
            if start == end:
                continue
            first = int(orders[start])
            if part is None or first != _next_order(part):
                if part is not None:
                    yield part
                part = Part(first >> 40, first & IN_FILE)
            _look_at(part, batch.slice(start, end - start), watched)
    if part is not None:
        yield part


def _next_order(part: Part) -> int:
    return (part.file << 40) + part.start + part.rows


def _look_at(part: Part, batch: Any, watched: Sequence[Watched]) -> None:
    line = part.start + part.rows
    for place, column in enumerate(watched, start=1):
        found = part.gathered.own.setdefault(column.heading, ColumnEvidence())
        array = batch.column(place)
        if column.kind is Kind.LIST:
            _look_at_lists(found, array, line)
        else:
            _look_at_dates(found, array, line)
            found.count += batch.num_rows
    part.rows += batch.num_rows
    part.lines = part.rows


def _look_at_lists(found: ColumnEvidence, array: Any, line: int) -> None:
    import pyarrow.compute as pc

    places = pc.indices_nonzero(pc.match_substring(_as_text(array), ";").fill_null(False))
    if len(places):
        place = places[0].as_py()
        found.note_list(line + place, array[place].as_py())


def _look_at_dates(found: ColumnEvidence, array: Any, line: int) -> None:
    import pyarrow.compute as pc
    from pyarrow import types

    if types.is_string(array.type) or types.is_large_string(array.type) or types.is_binary(array.type):
        array = _as_text(array)
        places = pc.indices_nonzero(pc.invert(pc.match_substring_regex(array, _YEAR_FIRST)).fill_null(False))
    elif "unit" in found.first and found.count >= SAMPLE:
        return
    else:
        places = pc.indices_nonzero(array.is_valid())
    seen: set[Any] = set()
    for place, cell in zip(places.to_pylist(), cells_of_column(array.take(places)), strict=True):
        if found.count + place < SAMPLE or cell not in seen:
            seen.add(cell)
            found.note_date_at(line + place, cell, found.count + place)


def _as_text(array: Any) -> Any:
    import pyarrow as pa
    from pyarrow import types

    return array.cast(pa.string()) if types.is_binary(array.type) else array
