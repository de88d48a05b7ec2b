"""Excel workbooks, by openpyxl, which is loaded only when such a file is read."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from leadline.readers.extras import require_extra
from leadline.readers.problems import DataError
from leadline.readers.rows import Headings, RefuseRow, Row, Rows
from leadline.readers.sources import Source

_MOST_ROWS = 1_048_576
"""What Excel itself allows; a row number beyond it can only be meant to keep a reader busy."""
_FREE_CELLS = 5_000_000
_CELLS_PER_BYTE = 50
"""Empty cells between filled ones cost the file nothing, but the reader time."""
_SUSPICIOUS_SIZE = 32 << 20
_SUSPICIOUS_RATIO = 60
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def excel_rows(source: Source) -> Rows:
    """The rows of a workbook's first sheet below its header, numbered as in Excel."""
    _refuse_bomb(source)
    header_row, headings, day_zero = _read_header(source)

    def read(refuse: RefuseRow) -> Iterator[Row]:
        return _read_rows(source, header_row, headings, refuse)

    return Rows(source.name, read, headings, day_zero=day_zero)


def _read_header(source: Source) -> tuple[int, Headings, int]:
    with _opened(source) as workbook:
        day_zero = workbook.epoch.replace(tzinfo=UTC) - _EPOCH
        for number, cells in _sheet_rows(source, workbook):
            if any(map(_is_filled, cells)):
                while not _is_filled(cells[-1]):
                    cells.pop()
                headings = tuple("" if cell is None else str(cell).strip() for cell in cells)
                return number, headings, day_zero // timedelta(microseconds=1)
    raise DataError("the first sheet is empty: its first row must name the columns", file=source.name)


def _read_rows(source: Source, header_row: int, headings: Headings, refuse: RefuseRow) -> Iterator[Row]:
    width = len(headings)
    with _opened(source) as workbook:
        for number, cells in _sheet_rows(source, workbook):
            if number <= header_row or not any(map(_is_filled, cells)):
                continue
            if any(map(_is_filled, cells[width:])):
                refuse(number, cells, f"cells beyond the {width} columns that the header names")
                continue
            yield number, headings, cells[:width] + [None] * (width - len(cells))


def _sheet_rows(source: Source, workbook: Any) -> Iterator[tuple[int, list[Any]]]:
    if not workbook.worksheets:
        return
    sheet = workbook.worksheets[0]
    sheet.reset_dimensions()  # what some programs write there is wrong and would hide cells
    rows = sheet.iter_rows(values_only=True)
    budget = _FREE_CELLS + _CELLS_PER_BYTE * source.size
    for number in count(1):
        try:
            cells = next(rows, None)
        except Exception as error:  # openpyxl lets whatever goes wrong in a broken workbook through
            raise _broken(source, error) from None
        if cells is None:
            return
        budget -= len(cells)
        if number > _MOST_ROWS or budget < 0:
            raise DataError(
                "the sheet says that it has far more cells than the file can hold",
                file=source.name,
                line=number,
                help="save the sheet as CSV",
            )
        yield number, list(cells)


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    require_extra("excel", "reading Excel", file=source.name, or_else=", or save the sheet as CSV")
    from openpyxl import load_workbook

    with source.open() as binary:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about styles and extensions, which are no data
                workbook = load_workbook(binary, read_only=True, data_only=True)
        except Exception as error:  # openpyxl lets whatever goes wrong in a broken workbook through
            raise _broken(source, error) from None
        try:
            yield workbook
        finally:
            workbook.close()


def _refuse_bomb(source: Source) -> None:
    try:
        with source.open() as binary, zipfile.ZipFile(binary) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _broken(source, error) from None
    if size > _SUSPICIOUS_SIZE and size > _SUSPICIOUS_RATIO * source.size:
        raise DataError(
            f"the workbook unpacks to {size >> 20} MiB, which no ordinary sheet does",
            file=source.name,
            help="save the sheet as CSV",
        )


def _is_filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _broken(source: Source, error: Exception) -> DataError:
    reason = " ".join(str(error).split())[:120]
    return DataError(f"this is no Excel workbook (.xlsx) that can be read: {reason}", file=source.name)
