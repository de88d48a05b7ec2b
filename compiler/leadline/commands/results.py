"""Writers of results: a table for people, JSON Lines, CSV and Parquet for programs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, TypeAlias

from leadline.commands.options import make_console
from leadline.json_text import write_json
from leadline.readers import DataError

FORMATS = ("table", "jsonl", "csv", "parquet")


def format_of(output: str | None) -> str:
    """The format that the name of an output says; a table where it says none."""
    suffix = "" if output is None else output.rpartition(".")[2].lower()
    return suffix if suffix in FORMATS else "table"


Write: TypeAlias = Callable[[Mapping[str, Any]], None]
"""Takes the result object of a contact."""


@dataclass(frozen=True, slots=True)
class Header:
    """The names that the results of a model have."""

    scores: tuple[str, ...]
    grades: tuple[str, ...]


_Opener: TypeAlias = Callable[[Any, Sequence[Header], str], Iterator[Write]]

_CHUNK = 2000
"""Rows of a table that are laid out at once, and of a Parquet file that are written at once."""


@contextmanager
def open_writer(format_: str, file: IO[Any], headers: Sequence[Header], color: str) -> Iterator[Write]:
    """A function that takes results one by one and writes them in a format."""
    writers: dict[str, _Opener] = {"table": _table, "jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
    yield from writers[format_](file, headers, color)


def _jsonl(file: IO[str], headers: Sequence[Header], color: str) -> Iterator[Write]:
    yield lambda result: _line(file, result)


def _line(file: IO[str], result: Mapping[str, Any]) -> None:
    file.write(write_json(result) + "\n")


def flat_columns(headers: Sequence[Header]) -> list[str]:
    """The columns that results have in a flat format: those of all models."""
    scores = dict.fromkeys(name for header in headers for name in header.scores)
    grades = dict.fromkeys(f"grade_{name}" for header in headers for name in header.grades)
    first = ["id", "model", "as_of", "status", "reasons", "known", "of", "total"]
    return [*first, *scores, *grades, "stage", "rules"]


def flat_row(result: Mapping[str, Any]) -> dict[str, Any]:
    """A result by flat column; points as texts, since they have up to three decimals."""
    coverage = result["coverage"]
    fired = [f"{rule['rule']}: {rule['points']}" for rule in result["rules"]]
    return {
        **{name: str(points) for name, points in result["scores"].items()},
        **{f"grade_{name}": letter for name, letter in result["grades"].items()},
        **{name: result[name] for name in ("id", "model", "as_of", "status", "stage")},
        "reasons": "; ".join(result["reasons"]),
        "known": coverage["known"],
        "of": coverage["of"],
        "total": str(result["total"]),
        "rules": "; ".join(fired),
    }


def _csv(file: IO[str], headers: Sequence[Header], color: str) -> Iterator[Write]:
    columns = flat_columns(headers)
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()

    def write(result: Mapping[str, Any]) -> None:
        writer.writerow(flat_row(result))

    yield write


def _parquet(file: IO[bytes], headers: Sequence[Header], color: str) -> Iterator[Write]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise DataError(
            "Parquet files need an extra that is not installed", help='install it: pip install "leadline[parquet]"'
        ) from None
    columns = flat_columns(headers)
    numbers = {"total", *(name for header in headers for name in header.scores)}
    kinds = {name: pa.decimal128(38, 3) if name in numbers else pa.string() for name in columns}
    schema = pa.schema([(name, pa.int64() if name in ("known", "of") else kinds[name]) for name in columns])
    rows: list[dict[str, Any]] = []
    with pq.ParquetWriter(file, schema) as writer:

        def flush() -> None:
            arrays = [
                pa.array([_typed(row.get(name), name in numbers) for row in rows], schema.field(name).type)
                for name in columns
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            rows.clear()

        def write(result: Mapping[str, Any]) -> None:
            rows.append(flat_row(result))
            if len(rows) >= _CHUNK:
                flush()

        yield write
        flush()


def _typed(value: Any, is_number: bool) -> Any:
    from decimal import Decimal

    return Decimal(value) if is_number and value is not None else value


def _table(file: IO[str], headers: Sequence[Header], color: str) -> Iterator[Write]:
    rows: list[dict[str, Any]] = []
    widths: list[int] = []

    def flush() -> None:
        if rows or not widths:
            _print_rows(rows, headers, file, color, widths)
        rows.clear()

    def write(result: Mapping[str, Any]) -> None:
        rows.append(flat_row(result))
        if len(rows) >= _CHUNK:
            flush()

    yield write
    flush()


def _print_rows(
    rows: Sequence[Mapping[str, Any]], headers: Sequence[Header], file: IO[str], color: str, widths: list[int]
) -> None:
    """Prints some rows; the first call fixes the widths of the columns, and only it has headings."""
    from rich import box
    from rich.table import Table

    from leadline.render.printable import printable

    columns = [name for name in flat_columns(headers) if name not in ("as_of", "known", "of", "reasons", "rules")]
    if len(headers) == 1:
        columns.remove("model")
    cells = [[printable(str(row.get(name) if row.get(name) is not None else "–")) for name in columns] for row in rows]
    numbers = {"total", *(name for header in headers for name in header.scores)}
    table = Table(box=box.SIMPLE_HEAD, show_header=not widths, pad_edge=False)
    for index, name in enumerate(columns):
        width = widths[index] if widths else None
        side = "right" if name in numbers else "left"
        table.add_column(printable(name), justify=side, width=width, overflow="fold")  # type: ignore[arg-type]
    for row in cells:
        table.add_row(*row)
    if not widths:
        from rich.cells import cell_len

        widths += [max(map(cell_len, column), default=0) for column in zip(columns, *cells, strict=True)]
    make_console(color, file).print(table)
