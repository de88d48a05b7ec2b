"""The spark engine without Spark: its own functions on parts and buckets that are made here."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from conformance.data_files import Files
from leadline.batch.ids import read_ids
from leadline.batch.objects import result_objects
from leadline.readers import DataReport, Problem
from leadline.readers.joining import Inputs, Pass
from leadline.readers.problems import Tally
from leadline.readers.sources import Format
from leadline.spark.answers import Answer, Kind, in_order, merge_reports
from leadline.spark.bucket import BucketWork, Laid
from leadline.spark.columns import look_at_columns
from leadline.spark.forms import Form
from leadline.spark.identifiers import Needs
from leadline.spark.origins import find_origin
from leadline.spark.parts import Look, Part, as_batches, put_together
from leadline.spark.texts import TextReading, form_of_text
from leadline.spark.watching import watched_columns
from leadline_compiler.plan import Plan
from leadline_compiler.schema import Schema

ROWS_A_PART = 3
"""Rows of a part, whose boundaries everything must get over."""


def score_in_buckets(
    plan: Plan, files: Files, as_of: int, buckets: int, *, keeps_all: bool = True
) -> tuple[list[Any], DataReport, list[Problem]]:
    """Results by bucket, report and problems."""
    sides = [_read(path, plan.schema, number == 0, keeps_all) for number, path in enumerate(files) if path]
    laid = [Laid(form, columns, look.evidence) for form, columns, look, _ in sides]
    work = BucketWork(plan, as_of, laid[0], laid[1] if len(laid) > 1 else None, {}, True, keeps_all)
    rows = [Inputs(plan.schema, sides[0][0].rows(), sides[1][0].rows() if len(sides) > 1 else None, {}, as_of)]
    told = Pass(rows[0], Tally())
    answers = []
    for number in range(buckets):
        tables = [_bucket(table, number, buckets) for *_, table in sides]
        answers += _answers(work.answer(tables[0], tables[1] if len(tables) > 1 else pa.table({"order": []})))
    for answer in in_order(answers):
        if answer.kind is Kind.ERROR:
            raise answer.payload
    blocks = [answer.payload for answer in answers if answer.kind is Kind.BLOCK]
    problems = [answer.payload for answer in in_order(answers) if answer.kind is Kind.PROBLEM]
    if sides[0][2].rows:
        told.lay_out_contacts()
    reports = [answer.payload for answer in answers if answer.kind is Kind.REPORT]
    report = merge_reports(reports, problems, told.report(), by_row=not sides[0][0].is_table)
    return [result for block in blocks for result in result_objects(plan, block, as_of)], report, problems


def _read(path: str, schema: Schema, are_contacts: bool, keeps_all: bool) -> tuple[Form, tuple[int, ...], Look, Any]:
    """The form of a file, the columns of its rows, what a look at it tells, and its rows with their ids."""
    origin = find_origin(path)
    if origin.format is Format.PARQUET:
        return _read_table(path, schema, are_contacts, keeps_all)
    text = Path(path).read_bytes().replace(b"\r\n", b"\n")
    lines = text.removesuffix(b"\n").split(b"\n") if text else []
    form = form_of_text(origin, lambda: lines)
    reading = TextReading(schema, form, are_contacts)
    starts = [number // ROWS_A_PART * ROWS_A_PART for number in range(len(lines))]
    parts = [
        pa.record_batch({"start": pa.array(starts, pa.int64()), "value": pa.array(lines, pa.binary())}).slice(at, size)
        for at in range(0, len(lines), ROWS_A_PART)
        for size in (ROWS_A_PART,)
    ]
    look = put_together(_parts(as_batches(reading.look(iter(parts)))), by_line=True)
    located = [pa.table([*batch.columns], names=batch.schema.names) for batch in reading.locate(parts, look.before)]
    return form, (), look, pa.concat_tables(located) if located else _NO_LINES


_NO_LINES = pa.table(
    {"order": pa.array([], pa.int64()), "id": pa.array([], pa.string()), "line": pa.array([], pa.string())}
)


def _read_table(
    path: str, schema: Schema, are_contacts: bool, keeps_all: bool
) -> tuple[Form, tuple[int, ...], Look, Any]:
    table = pq.read_table(path)
    form = Form(path, Format.PARQUET, tuple(table.column_names))
    needs = Needs.of(schema, form, are_contacts=are_contacts)
    watched = watched_columns(schema, form, are_contacts=are_contacts)
    watched = tuple(column for column in watched if _decides(table.field(column.position).type))
    columns = {f"c{position}": column for position, column in enumerate(table.columns)}
    rows = pa.table({"order": pa.array(np.arange(1, len(table) + 1), pa.int64()), **columns})
    names = ["order", *(f"c{column.position}" for column in watched)]
    batches = rows.select(names).combine_chunks().to_batches(max_chunksize=ROWS_A_PART)
    look = put_together(_parts(as_batches(look_at_columns(batches, watched))), by_line=False)
    positions = tuple(range(len(table.column_names))) if keeps_all else needs.positions
    id_column = rows.column(f"c{needs.id_position}").combine_chunks()
    ids = read_ids(id_column).cast(pa.string())
    return form, positions, look, rows.append_column("id", ids)


def _decides(type_: Any) -> bool:
    return any(
        test(type_) for test in (pa.types.is_string, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    )


def _parts(batches: Iterator[Any]) -> Sequence[Part]:
    return [pickle.loads(batch.column(0)[0].as_py()) for batch in batches]


def _bucket(table: Any, number: int, buckets: int) -> Any:
    """The rows of a bucket, in no order."""
    orders, ids = table.column("order").to_pylist(), table.column("id").to_pylist()
    found = [zlib.crc32((id_ or str(order)).encode()) % buckets for id_, order in zip(ids, orders, strict=True)]
    return table.take(pa.array(np.flatnonzero(np.array(found, np.int64) == number)[::-1].copy())).drop_columns("id")


def _answers(table: Any) -> list[Answer]:
    return [
        Answer(Kind(row["kind"]), row["stage"], row["order"], row["place"], pickle.loads(row["payload"]))
        for row in table.to_pylist()
    ]
