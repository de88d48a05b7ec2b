"""Writers of results: a table for people, JSON Lines, CSV and Parquet for programs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any, TypeAlias

from leadline.commands.options import make_console
from leadline.json_text import write_json
from leadline.readers import DataError
from leadline_compiler.model import Model
from leadline_compiler.numbers import write_points
from leadline_compiler.outcome import Outcome
from leadline_compiler.result import result_of

FORMATS = ("table", "jsonl", "csv", "parquet")

Write: TypeAlias = Callable[[Outcome], None]

_Opener: TypeAlias = Callable[[Any, Sequence[Model], bool, str], Iterator[Write]]

_CHUNK = 2000
"""Rows of a table that are laid out at once, and of a Parquet file that are written at once."""


@contextmanager
def open_writer(format_: str, file: IO[Any], models: Sequence[Model], explain: bool, color: str) -> Iterator[Write]:
    """A function that takes outcomes one by one and writes them in a format."""
    writers: dict[str, _Opener] = {"table": _table, "jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
    yield from writers[format_](file, models, explain, color)


def _jsonl(file: IO[str], models: Sequence[Model], explain: bool, color: str) -> Iterator[Write]:
    if explain:
        from leadline.reports.explain import explain_outcome
        from leadline.reports.explain_json import explained_rules

        yield lambda outcome: _line(file, {**result_of(outcome), "rules": explained_rules(explain_outcome(outcome))})
    else:
        yield lambda outcome: _line(file, result_of(outcome))


def _line(file: IO[str], result: Mapping[str, Any]) -> None:
    file.write(write_json(result) + "\n")


def flat_columns(models: Sequence[Model]) -> list[str]:
    """The columns that results have in a flat format: those of all models."""
    scores = dict.fromkeys(score.name for model in models for score in model.scores)
    grades = dict.fromkeys(f"grade_{grade.score or 'total'}" for model in models for grade in model.grades)
    first = ["id", "model", "as_of", "status", "reasons", "known", "of", "total"]
    return [*first, *scores, *grades, "stage", "rules"]


def flat_row(outcome: Outcome) -> dict[str, str | int | None]:
    """A result by flat column; points as texts, since they have up to three decimals."""
    model = outcome.model
    fired = [f"{rule.rule.name}: {write_points(rule.points)}" for rule in outcome.rules if rule.fired]
    return {
        **{score.score.name: write_points(score.points) for score in outcome.scores},
        **{f"grade_{name or 'total'}": letter for name, letter in outcome.grades},
        "id": outcome.contact.id,
        "model": model.name,
        "as_of": model.zone.write(outcome.as_of),
        "status": outcome.status,
        "reasons": "; ".join(outcome.reasons),
        "known": outcome.known,
        "of": len(model.read_fields),
        "total": write_points(outcome.total),
        "stage": outcome.stage,
        "rules": "; ".join(fired),
    }


def _csv(file: IO[str], models: Sequence[Model], explain: bool, color: str) -> Iterator[Write]:
    columns = flat_columns(models)
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()

    def write(outcome: Outcome) -> None:
        writer.writerow(flat_row(outcome))

    yield write


def _parquet(file: IO[bytes], models: Sequence[Model], explain: bool, color: str) -> Iterator[Write]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise DataError(
            "Parquet files need an extra that is not installed", help='install it: pip install "leadline[parquet]"'
        ) from None
    columns = flat_columns(models)
    numbers = {"total", *(score.name for model in models for score in model.scores)}
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

        def write(outcome: Outcome) -> None:
            rows.append(flat_row(outcome))
            if len(rows) >= _CHUNK:
                flush()

        yield write
        flush()


def _typed(value: Any, is_number: bool) -> Any:
    from decimal import Decimal

    return Decimal(value) if is_number and value is not None else value


def _table(file: IO[str], models: Sequence[Model], explain: bool, color: str) -> Iterator[Write]:
    rows: list[Outcome] = []
    widths: list[int] = []

    def flush() -> None:
        if rows or not widths:
            _print_rows(rows, models, file, color, widths)
        rows.clear()

    def write(outcome: Outcome) -> None:
        rows.append(outcome)
        if len(rows) >= _CHUNK:
            flush()

    yield write
    flush()


def _print_rows(rows: Sequence[Outcome], models: Sequence[Model], file: IO[str], color: str, widths: list[int]) -> None:
    """Prints some rows; the first call fixes the widths of the columns, and only it has headings."""
    from rich import box
    from rich.table import Table

    from leadline.render.printable import printable

    columns = [name for name in flat_columns(models) if name not in ("as_of", "known", "of", "reasons", "rules")]
    if len(models) == 1:
        columns.remove("model")
    flat = [flat_row(outcome) for outcome in rows]
    cells = [[printable(str(row.get(name) if row.get(name) is not None else "–")) for name in columns] for row in flat]
    numbers = {"total", *(score.name for model in models for score in model.scores)}
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
