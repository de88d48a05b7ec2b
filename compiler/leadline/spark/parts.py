"""What a first look at parts of the data finds, wherever they are looked at."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadline.readers.problems import DataError
from leadline.readers.rows import Evidence
from leadline.spark.evidence import Gathered, cells_by_heading

PART_SCHEMA = "part binary"


@dataclass(slots=True)
class Part:
    """Rows of a file that follow one another.

    `start` is where they begin in the file, in any measure. Lines count from 1 in the part; `fault` is what keeps the
    data from being read at all.
    """

    file: int
    start: int
    lines: int = 0
    rows: int = 0
    size: int = 0
    gathered: Gathered = field(default_factory=Gathered)
    fault: DataError | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What all parts amount to. `before` has, by the start of a part, how many lines there are before it."""

    rows: int
    size: int
    evidence: Evidence
    before: dict[int, int]


def as_batches(parts: Iterable[Part]) -> Iterator[Any]:
    """Parts as Arrow batches of one column, on their way to the driver."""
    import pyarrow as pa

    for part in parts:
        yield pa.record_batch({"part": pa.array([pickle.dumps(part)], pa.binary())})


def put_together(parts: Sequence[Part], *, by_line: bool) -> Look:
    """Puts the parts in their order; with `by_line` lines count through the file. Raises the first fault."""
    gathered = Gathered()
    before: dict[int, int] = {}
    lines = 0
    for part in sorted(parts, key=lambda part: (part.file, part.start)):
        before[part.start] = lines
        if part.fault is not None:
            fault = part.fault
            line = None if fault.line is None else fault.line + lines
            raise DataError(fault.message, file=fault.file, line=line, help=fault.help)
        gathered.add(part.gathered, lines if by_line else 0)
        lines += part.lines
    return Look(
        sum(part.rows for part in parts),
        sum(part.size for part in parts),
        Evidence(cells_by_heading(gathered.own), cells_by_heading(gathered.nested)),
        before,
    )
