"""Writers of results: a table for people, JSON Lines, CSV and Parquet for programs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

import click

from leadline.commands.options import make_console
from leadline.commands.result_table import ResultTable
from leadline.json_text import write_json
from leadline.readers.extras import require_extra

FORMATS = ("table", "jsonl", "csv", "parquet")


OTHER_FORMATS = ("json", "ndjson", "tsv", "xlsx", "xls", "yaml", "yml", "xml", "html", "md")
"""Endings that promise what is not written here."""


def ending_of(path: str | None) -> str:
    """The ending of a file's name in small letters, without its dot; empty where it has none."""
    return "" if path is None else Path(path).suffix.lower().removeprefix(".")


def format_of(output: str | None) -> str:
    """The format that the name of an output says; a table where it says none."""
    ending = ending_of(output)
    return ending if ending in FORMATS else "table"


def refuse_other_formats(output: str | None, bad_rows: str | None, has_format: bool) -> None:
    """Raises a usage error for a file whose ending promises a format that would not be in it."""
    if not has_format and ending_of(output) in OTHER_FORMATS:
        raise click.BadParameter(
            f"{output}: scores are in .jsonl, .csv, .parquet, or .txt (a table): end it so, or add --format",
            param_hint="--output",
        )
    if ending_of(bad_rows) in ("xlsx", "xls", "parquet"):
        raise click.BadParameter(
            f"{bad_rows}: bad rows are written as .csv or .jsonl; end it so", param_hint="--bad-rows"
        )


Write: TypeAlias = Callable[[Mapping[str, Any]], None]
"""Takes the result object of a contact."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Takes results one by one, or many at once where a format has columns: as lists or as Arrow arrays by name."""

    write: Write
    write_lists: Callable[[Mapping[str, Sequence[Any]]], None] | None = None
    write_arrays: Callable[[Mapping[str, Any]], None] | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The names that the results of a model have."""

    scores: tuple[str, ...]
    grades: tuple[str, ...]


_Opener: TypeAlias = Callable[[Any, Sequence[Header], str], Iterator[Writer]]

_GROUP = 1 << 17
"""Rows of a Parquet file that are written at once where they come in columns."""
_CHUNK = 2000
"""Rows of a table that are laid out at once, and of a Parquet file that are written at once."""


@contextmanager
def open_writer(format_: str, file: IO[Any], headers: Sequence[Header], color: str) -> Iterator[Writer]:
    """What writes results in a format."""
    writers: dict[str, _Opener] = {"table": _table, "jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
    yield from writers[format_](file, headers, color)


def _jsonl(file: IO[str], headers: Sequence[Header], color: str) -> Iterator[Writer]:
    yield Writer(lambda result: _line(file, result))


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


def _csv(file: IO[str], headers: Sequence[Header], color: str) -> Iterator[Writer]:
    columns = flat_columns(headers)
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()

    def write(result: Mapping[str, Any]) -> None:
        writer.writerow(flat_row(result))

    def write_lists(found: Mapping[str, Sequence[Any]]) -> None:
        empty = [""] * len(found["id"])
        csv.writer(file, lineterminator="\n").writerows(zip(*(found.get(name, empty) for name in columns), strict=True))

    yield Writer(write, write_lists)


def _parquet(file: IO[bytes], headers: Sequence[Header], color: str) -> Iterator[Writer]:
    require_extra("parquet", "writing Parquet")
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = flat_columns(headers)
    numbers = _numbers(headers)
    kinds = {name: pa.decimal128(38, 3) if name in numbers else pa.string() for name in columns}
    schema = pa.schema([(name, pa.int64() if name in ("known", "of") else kinds[name]) for name in columns])
    with pq.ParquetWriter(file, schema) as writer:
        rows: list[dict[str, Any]] = []
        batches: list[Any] = []

        def flush() -> None:
            if batches:
                writer.write_table(pa.Table.from_batches(batches), _GROUP)
                batches.clear()
            if rows:
                arrays = [
                    pa.array([_typed(row.get(name), name in numbers) for row in rows], schema.field(name).type)
                    for name in columns
                ]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
                rows.clear()

        def write(result: Mapping[str, Any]) -> None:
            rows.append(flat_row(result))
            if batches or len(rows) >= _CHUNK:
                flush()

        def write_arrays(found: Mapping[str, Any]) -> None:
            if rows:
                flush()
            count = len(found["id"])
            arrays = [found[field.name] if field.name in found else pa.nulls(count, field.type) for field in schema]
            batches.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
            if sum(batch.num_rows for batch in batches) >= _GROUP:
                flush()

        yield Writer(write, write_arrays=write_arrays)
        flush()


def _typed(value: Any, is_number: bool) -> Any:
    from decimal import Decimal

    return Decimal(value) if is_number and value is not None else value


def _table(file: IO[str], headers: Sequence[Header], color: str) -> Iterator[Writer]:
    rows: list[dict[str, Any]] = []
    tables: list[ResultTable] = []

    def flush() -> None:
        if not tables:
            tables.append(ResultTable(_shown_columns(headers), _numbers(headers), rows, make_console(color, file)))
        tables[0].print_rows(rows)
        rows.clear()

    def write(result: Mapping[str, Any]) -> None:
        rows.append(flat_row(result))
        if len(rows) >= _CHUNK:
            flush()

    yield Writer(write)
    flush()


def _shown_columns(headers: Sequence[Header]) -> list[str]:
    """What a table for people shows; the rest is for programs."""
    columns = [name for name in flat_columns(headers) if name not in ("as_of", "known", "of", "reasons", "rules")]
    if len(headers) == 1:
        columns.remove("model")
    return columns


def _numbers(headers: Sequence[Header]) -> set[str]:
    return {"total", *(name for header in headers for name in header.scores)}
