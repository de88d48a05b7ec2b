"""How the cells of one column become values of a field's type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any, Literal, TypeAlias

from leadline.readers.dates import (
    DateOrder,
    EpochUnit,
    NumericDate,
    clean,
    epoch_moment,
    epoch_number,
    epoch_unit,
    find_numeric_date,
    parse_year_first,
    serial_moment,
)
from leadline.readers.headings import normalise_heading
from leadline.readers.iso_times import IsoTimes, iso_times
from leadline.readers.problems import DataError, quoted
from leadline.readers.rows import Rows, ignore_row
from leadline_compiler.contacts import Value
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.values import BAD, Bad, read_value, write_raw
from leadline_compiler.zones import UTC_ZONE, Zone

Reader: TypeAlias = Callable[[Any], Value | Bad]
"""Turns a cell into a value, None where it is missing, BAD where the type does not admit it."""

Dates: TypeAlias = Mapping[str, str]
"""What the user says about columns of dates: heading or field to `dmy` or `mdy`."""

SAMPLE = 1000
"""Cells of a column whose numbers show its epoch unit together."""

_REMEMBERED = 20_000
_LONGEST_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands. Without `rows` each value is judged alone, as a single contact's are."""

    heading: str
    file: str = ""
    rows: Rows | None = None
    order: DateOrder | None = None

    def cells(self) -> Iterator[tuple[int | None, Any]]:
        """Line and cell of every row, read anew; or of those that decide."""
        if self.rows is None:
            return
        if self.rows.evidence is not None:
            yield from self.rows.evidence.own.get(self.heading, ())
            return
        positions: dict[tuple[str, ...], int] = {}
        for line, headings, cells in self.rows.read(ignore_row):
            position = positions.get(headings)
            if position is None:
                if len(positions) > SAMPLE:
                    positions.clear()
                position = headings.index(self.heading) if self.heading in headings else -1
                positions[headings] = position
            if position >= 0:
                yield line, cells[position]


def order_said(dates: Dates, *names: str) -> DateOrder | None:
    """The order that the user gives for a column by its heading or its field's name."""
    wanted = {normalise_heading(name) for name in names}
    said = next((order for column, order in dates.items() if normalise_heading(column) in wanted), None)
    if said is None:
        return None
    try:
        return DateOrder(said)
    except ValueError:
        raise DataError(f'"{said}" is no order of dates', help="write dmy or mdy") from None


def column_reader(type_: ValueType, zone: Zone, place: Place) -> Reader:
    """A reader for the cells of a column; it may look through the whole column once to decide how to read it."""
    if type_.kind is Kind.DATE:
        return DateColumn(type_, zone, place).read
    if type_.kind is Kind.LIST and place.rows is not None and place.rows.is_table:
        return ListColumn(type_, zone, place).read
    memory = _Remembered(type_, zone)

    def read(raw: Any) -> Value | Bad:
        return memory[raw] if type(raw) is str else read_value(raw, type_, zone)

    return read


class _Remembered(dict[str, Value | Bad]):
    """Values by their raw text: columns repeat themselves."""

    def __init__(self, type_: ValueType, zone: Zone) -> None:
        super().__init__()
        self._type = type_
        self._zone = zone

    def __missing__(self, raw: str) -> Value | Bad:
        value = read_value(raw, self._type, self._zone)
        if len(raw) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[raw] = value
        return value


@dataclass(slots=True)
class ListColumn:
    """Lists in texts. `|` separates where the column has it and no `;` anywhere; else `;` does."""

    type: ValueType
    zone: Zone
    place: Place
    _splits_on_bar: bool | None = field(default=None, init=False)

    def read(self, raw: Any) -> Value | Bad:
        if isinstance(raw, str) and "|" in raw:
            if self._splits_on_bar is None:
                self._splits_on_bar = not any(isinstance(cell, str) and ";" in cell for _, cell in self.place.cells())
            if self._splits_on_bar:
                return read_value(raw.split("|"), self.type, self.zone)
        return read_value(raw, self.type, self.zone)


@dataclass(slots=True)
class DateColumn:
    """Dates: ISO 8601, else what the readers add. Order and epoch unit are decided once for the column."""

    type: ValueType
    zone: Zone
    place: Place
    _order: DateOrder | None = field(default=None, init=False)
    _unit: EpochUnit | None = field(default=None, init=False)
    _has_sampled: bool = field(default=False, init=False)

    _iso: IsoTimes = field(init=False)

    def __post_init__(self) -> None:
        self._order = self.place.order
        self._iso = iso_times(self.zone)

    def read(self, raw: Any) -> Value | Bad:
        if type(raw) is str:
            soon = self._iso.read(raw)
            if soon is not None:
                return soon
        value = read_value(raw, self.type, self.zone)
        if value is not BAD:
            return value
        moment = self._read_other(clean(raw) if isinstance(raw, str) else raw)
        return BAD if moment is None else moment

    def _read_other(self, raw: Any) -> int | None:
        try:
            numeric = find_numeric_date(raw) if isinstance(raw, str) else None
            if numeric is not None:
                return self._read_numeric(numeric)
            written = write_raw(raw) if isinstance(raw, str | int) else None
            moment = None if written is None else parse_year_first(written, self.zone)
            return self._read_number(raw) if moment is None else moment
        except OverflowError:
            return None

    def _read_numeric(self, date: NumericDate) -> int | None:
        if date.reads_alike:
            return date.moment(DateOrder.DAY_FIRST, self.zone)
        if self._order is not None:
            return date.moment(self._order, self.zone)
        if self.place.rows is None:
            alone = date.shown_order()
            return None if alone is None else date.moment(alone, self.zone)
        self._order = _decide_order(self.place)
        return date.moment(self._order, self.zone)

    def _read_number(self, raw: Any) -> int | None:
        number = epoch_number(raw)
        if number is None:
            return None
        day_zero = self.place.rows.day_zero if self.place.rows is not None else None
        if day_zero is not None and not isinstance(raw, str):
            serial = serial_moment(number, day_zero, self.zone)
            if serial is not None:
                return serial
        if self.place.rows is not None and not self._has_sampled:
            self._unit, self._has_sampled = _decide_unit(self.place), True
        unit = self._unit if self._has_sampled else epoch_unit([number])
        return None if unit is None else epoch_moment(number, unit)


def number_in(cell: Any) -> Decimal | None:
    """The number of a cell that may count from the epoch."""
    return epoch_number(clean(cell) if isinstance(cell, str) else cell)


def _decide_unit(place: Place) -> EpochUnit | None:
    """The one unit of a column: the one of most numbers that its first cells show, else the first that any shows."""
    cells = (cell for _, cell in place.cells())
    sampled = (number for cell in islice(cells, SAMPLE) if (number := number_in(cell)) is not None)
    unit = epoch_unit(sampled)
    if unit is not None:
        return unit
    shown = (epoch_unit([number]) for cell in cells if (number := number_in(cell)) is not None)
    return next((unit for unit in shown if unit is not None), None)


UNCLEAR: Literal["unclear"] = "unclear"


def order_shown(cell: Any) -> DateOrder | Literal["unclear"] | None:
    """The order that a cell shows to be its column's; UNCLEAR for a date that depends on it, None for anything else."""
    date = find_numeric_date(clean(cell)) if isinstance(cell, str) else None
    if date is None or date.reads_alike:
        return None
    order = date.shown_order()
    if order is None:
        return UNCLEAR
    return order if date.moment(order, UTC_ZONE) is not None else None


def _decide_order(place: Place) -> DateOrder:
    """The one order in which all dates of a column can be read. Raises DataError where the column leaves it open."""
    shown: dict[DateOrder, tuple[int | None, Any]] = {}
    unclear: tuple[int | None, Any] = (None, "")
    for line, cell in place.cells():
        order = order_shown(cell)
        if order == UNCLEAR:
            unclear = unclear if unclear[1] else (line, cell)
        elif order is not None:
            shown.setdefault(order, (line, cell))
        if len(shown) == len(DateOrder):
            break
    if len(shown) == 1:
        return next(iter(shown))
    if not shown and not unclear[1]:
        return DateOrder.DAY_FIRST  # the only dates of the column are impossible in any order
    raise _undecided(place, shown, unclear)


def _undecided(
    place: Place, shown: Mapping[DateOrder, tuple[int | None, Any]], unclear: tuple[int | None, Any]
) -> DataError:
    where = f'column "{place.heading}"'
    ask = (
        f"write the dates as YYYY-MM-DD, or say which order is meant: "
        f'--dates "{place.heading}=dmy" or --dates "{place.heading}=mdy"'
    )
    if shown:
        (day_line, day_first), (month_line, month_first) = (shown[order] for order in DateOrder)
        message = (
            f"{where} has dates with the day first ({quoted(day_first)}, line {day_line}) "
            f"and with the month first ({quoted(month_first)}, line {month_line})"
        )
        return DataError(message, file=place.file, line=month_line, help=ask)
    line, cell = unclear
    message = f"{where}: is {quoted(cell)} day/month or month/day? No date of the column tells"
    return DataError(message, file=place.file, line=line, help=ask)


_COMPLAINTS = {
    Kind.TEXT: "is not a text",
    Kind.NUMBER: "is not a number between -10^12 and 10^12",
    Kind.YES_NO: "is neither yes nor no",
    Kind.DATE: "is not a date that can be read (write it as 2026-11-21 or 2026-11-21T09:00)",
    Kind.LIST: "is not a list of texts",
}


def complain(raw: Any, type_: ValueType) -> str:
    """A clause that says why a value is bad."""
    if type_.kind is Kind.CHOICE:
        listed = ", ".join(f'"{choice}"' for choice in type_.choices[:6])
        return f"{quoted(raw)} is not one of {listed}{', …' if len(type_.choices) > 6 else ''}"
    return f"{quoted(raw)} {_COMPLAINTS[type_.kind]}"
