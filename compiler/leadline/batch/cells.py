"""Arrow columns become columns of values: at once where their type leaves no doubt, else by the readers of cells.

A reader sees each distinct cell once. What it cannot read is missing, and marked as bad.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np

from leadline.batch.buffers import array_of, codes_of, known_of, values_of
from leadline.readers.columns import Reader
from leadline.readers.parquet import cells_of_column
from leadline_compiler.batch.amounts import is_coded
from leadline_compiler.batch.columns import Coded, Codes, Column, Distinct, Flags, Numbers, Places, Whole
from leadline_compiler.contacts import Value
from leadline_compiler.numbers import MILLION
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.values import BAD, Bad
from leadline_compiler.zones import DAY, EARLIEST, HOUR, LATEST, Zone

_LARGEST_WHOLE = 10**12
_FAR_DAYS = 10**7
_NEW = -2
_FEW = 1000
"""Cells of a dictionary that are read whether they are used or not."""
_SURE = 2.0**50
"""Millionths below it are apart by less than a tenth of one in floating point."""


@dataclass(slots=True)
class Memory:
    """What the cells of one column have been read as."""

    type: ValueType
    zone: Zone
    read: Reader
    distinct: Distinct = field(default_factory=Distinct)
    _codes: dict[Any, int] = field(default_factory=dict)
    _numbers: dict[Any, Value | Bad] = field(default_factory=dict)

    def forget(self, distinct: Distinct, most: int) -> None:
        """Goes on with other distinct values, or none but few remembered; for when no column is in use any more."""
        if distinct is not self.distinct or len(self._codes) > most:
            self._codes.clear()
            self.distinct = distinct
        if len(self._numbers) > most:
            self._numbers.clear()

    def codes(self, cells: Sequence[Any]) -> Codes:
        """The codes of cells of texts or lists; -1 for a bad one."""
        is_text = self.type.kind is Kind.TEXT
        read = self._text if is_text else self._code
        try:
            # Most texts are values as they stand, and most others have been read before.
            known = self.distinct.known if is_text else self._codes.get
            found = np.fromiter(map(known, cells, repeat(_NEW)), np.int32, len(cells))
        except TypeError:
            return np.fromiter(map(read, cells), np.int32, len(cells))
        for place in np.flatnonzero(found == _NEW).tolist():
            found[place] = read(cells[place])
        return found

    def _text(self, cell: Any) -> int:
        """The code of a text. One without blanks at its ends is a value as it stands."""
        if isinstance(cell, str) and cell.isascii() and cell and cell == cell.strip():
            return self.distinct.code(cell)
        return self._code(cell)

    def _code(self, cell: Any) -> int:
        key = _key(cell)
        code = None if key is None else self._codes.get(key)
        if code is None:
            value = self.read(cell)
            code = -1 if value is BAD else self.distinct.code(value)
            if key is not None:
                self._codes[key] = code
        return code

    def number(self, cell: Any) -> Value | Bad:
        """The value of any other cell."""
        key = _key(cell)
        if key is None:
            return self.read(cell)
        found = self._numbers.get(key, self)
        if found is self:
            found = self._numbers[key] = self.read(cell)
        return found  # type: ignore[return-value]


def _key(cell: Any) -> Any:
    """What a cell can be remembered under: 1, 1.0 and true are one key to Python, but not one cell."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, list):
        return (list, *cell) if all(type(item) is str for item in cell) else None
    try:
        hash(cell)
    except TypeError:
        return None
    return type(cell), cell


Read: TypeAlias = tuple[Column, Flags | None]
"""A column, and which of its cells are bad; None where none is."""


def read_column(array: Any, memory: Memory, wanted: Flags | None = None) -> Read:
    """The values of an Arrow array. Cells that are not wanted are not read, and missing."""
    from pyarrow import types

    kind = array.type
    if types.is_string(kind) or types.is_large_string(kind):
        array = array.dictionary_encode()
    if types.is_dictionary(array.type):
        return _by_dictionary(array, memory, wanted)
    if wanted is not None and not wanted.all():
        return _among(array, memory, np.flatnonzero(wanted))
    at_once = _AT_ONCE.get(memory.type.kind)
    found = None if at_once is None else at_once(array, memory)
    return read_cells(cells_of_column(array), memory) if found is None else found


def read_cells(cells: Sequence[Any], memory: Memory) -> Read:
    """The values of cells one by one."""
    if is_coded(memory.type.kind):
        return _coded(memory.codes(cells), memory)
    return _numbers([memory.number(cell) for cell in cells])


def _among(array: Any, memory: Memory, rows: Places) -> Read:
    """The values of some rows among all."""
    count = len(array)
    column, bad = read_column(array.take(array_of(rows)), memory)
    if bad is not None:
        bad = _spread(bad, rows, count)
    if isinstance(column, Coded):
        return Coded(_spread(column.codes, rows, count), column.distinct), bad
    return Numbers(_spread(column.values, rows, count), _spread(column.known, rows, count)), bad


def _spread(values: Any, rows: Places, count: int) -> Any:
    spread = np.zeros(count, values.dtype)
    spread[rows] = values
    return spread


def _by_dictionary(array: Any, memory: Memory, wanted: Flags | None) -> Read:
    none = len(array.dictionary)
    places = codes_of(array)
    if wanted is not None and not wanted.all():
        places = np.where(wanted, places, none)
    if none <= _FEW and memory.type.kind is not Kind.DATE:
        used = np.arange(none)
    else:
        used = np.flatnonzero(np.bincount(places, minlength=none + 1)[:none])
    cells = (array.dictionary if len(used) == none else array.dictionary.take(array_of(used))).to_pylist()
    if is_coded(memory.type.kind):
        codes = np.zeros(none + 1, np.int32)
        codes[used] = memory.codes(cells)
        return _coded(codes[places], memory)
    column, bad = _numbers([memory.number(cell) for cell in cells])
    values, known = _spread(column.values, used, none + 1), _spread(column.known, used, none + 1)
    return Numbers(values[places], known[places]), None if bad is None else _spread(bad, used, none + 1)[places]


def _coded(codes: Codes, memory: Memory) -> Read:
    if len(codes) and codes.min() < 0:
        bad: Flags = codes < 0
        return Coded(np.where(bad, 0, codes).astype(np.int32), memory.distinct), bad
    return Coded(codes, memory.distinct), None


def _numbers(values: Sequence[Value | Bad]) -> tuple[Numbers, Flags | None]:
    numbers = np.fromiter((value if isinstance(value, int) else 0 for value in values), np.int64, len(values))
    known = np.fromiter((isinstance(value, int) for value in values), np.bool_, len(values))
    bad = np.fromiter((value is BAD for value in values), np.bool_, len(values))
    return Numbers(numbers, known), bad if bad.any() else None


# ---- columns whose type leaves no doubt


def is_sure(arrow: Any, type_: ValueType) -> bool:
    """Whether no cell of an Arrow type can be bad for a type."""
    from pyarrow import types

    if arrow is None:
        return False
    if types.is_dictionary(arrow):
        arrow = arrow.value_type
    match type_.kind:
        case Kind.TEXT:
            return bool(types.is_string(arrow) or types.is_large_string(arrow) or types.is_integer(arrow))
        case Kind.NUMBER:
            return bool(types.is_integer(arrow) and arrow.bit_width < 64)
        case Kind.YES_NO:
            return bool(types.is_boolean(arrow))
    return False


def _whole(array: Any) -> tuple[Any, Flags]:
    """The values of an array, 0 in the gaps, and where there are values."""
    known = known_of(array)
    values = values_of(array)
    if known is None:
        return values, np.ones(len(array), np.bool_)
    return np.where(known, values, values.dtype.type(0)), known


def _with_rest(array: Any, values: Whole, known: Flags, doubtful: Flags, memory: Memory) -> Read:
    """A column of which some cells are still to be read one by one."""
    rows = np.flatnonzero(doubtful & known)
    if not len(rows):
        return Numbers(values, known), None
    column, bad = read_cells(cells_of_column(array.take(array_of(rows))), memory)
    assert isinstance(column, Numbers)
    values, known = values.copy(), known.copy()
    values[rows], known[rows] = column.values, column.known
    if bad is None:
        return Numbers(values, known), None
    flags = np.zeros(len(values), np.bool_)
    flags[rows] = bad
    return Numbers(values, known), flags


def _numbers_at_once(array: Any, memory: Memory) -> Read | None:
    from pyarrow import types

    if types.is_integer(array.type) and not types.is_uint64(array.type):
        numbers, known = _whole(array)
        numbers = numbers.astype(np.int64)
        doubtful = (numbers > _LARGEST_WHOLE) | (numbers < -_LARGEST_WHOLE)
        return _with_rest(array, np.where(doubtful, 0, numbers) * MILLION, known, doubtful, memory)
    if types.is_floating(array.type):
        floats, known = _whole(array)
        floats = floats.astype(np.float64)
        known = known & ~np.isnan(floats)
        with np.errstate(over="ignore", invalid="ignore"):
            scaled = floats * MILLION
            nearest = np.rint(scaled)
            # A decimal that lies near the middle of two millionths must be rounded by its digits.
            sure = (np.abs(scaled) < _SURE) & (np.abs(scaled - nearest) < 0.25)
        return _with_rest(array, np.where(sure, nearest, 0).astype(np.int64), known, ~sure, memory)
    return None


def _flags_at_once(array: Any, memory: Memory) -> Read | None:
    from pyarrow import types

    if not types.is_boolean(array.type):
        return None
    known = known_of(array)
    flags = np.unpackbits(np.frombuffer(array.buffers()[1], np.uint8), bitorder="little")
    values = flags[array.offset : array.offset + len(array)].astype(np.int64)
    return Numbers(values, np.ones(len(array), np.bool_) if known is None else known), None


def _dates_at_once(array: Any, memory: Memory) -> Read | None:
    import pyarrow as pa
    from pyarrow import types

    kind = array.type
    if types.is_date32(kind):
        days, known = _whole(array.cast(pa.int32()))
        days = np.clip(days.astype(np.int64), -_FAR_DAYS, _FAR_DAYS)
        return _with_rest(array, *_local(days * DAY, known, memory.zone, DAY), memory)
    if not types.is_timestamp(kind):
        return None
    if kind.unit == "ns":
        array = array.cast(pa.timestamp("us", kind.tz), safe=False)
    elif kind.unit != "us":
        try:
            array = array.cast(pa.timestamp("us", kind.tz))
        except pa.ArrowInvalid:
            return None
    moments, known = _whole(array.cast(pa.int64()))
    if kind.tz is not None:
        return _with_rest(array, moments, known, _is_far(moments), memory)
    return _with_rest(array, *_local(moments, known, memory.zone, HOUR), memory)


def _is_far(moments: Whole) -> Flags:
    """Whether moments lie so near to the ends of the calendar that zones matter."""
    flags: Flags = (moments < EARLIEST + 400 * DAY) | (moments > LATEST - 400 * DAY)
    return flags


def _local(walls: Whole, known: Flags, zone: Zone, step: int) -> tuple[Whole, Flags, Flags]:
    """The moments of wall times in a zone; doubtful are those of an hour, or a day, within which the clock changes."""
    doubtful = _is_far(walls)
    if zone.name == "UTC":
        return walls, known, doubtful
    steps, places = np.unique(np.where(doubtful, 0, walls) // step, return_inverse=True)
    offsets, even = np.zeros(len(steps), np.int64), np.zeros(len(steps), np.bool_)
    utc = Zone("UTC")
    for place, number in enumerate(steps.tolist()):
        start = number * step
        ends = [zone.moment(utc.wall(wall).replace(tzinfo=None)) for wall in (start, start + step - 1)]
        offsets[place] = ends[0] - start
        even[place] = step == DAY or ends[1] - ends[0] == step - 1
    return walls + offsets[places], known, doubtful | ~even[places]


_AT_ONCE: dict[Kind, Callable[[Any, Memory], Read | None]] = {
    Kind.NUMBER: _numbers_at_once,
    Kind.YES_NO: _flags_at_once,
    Kind.DATE: _dates_at_once,
}
