"""Contacts or events as the driver has them: which columns there are, a first look at all of them, and their rows."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from leadline.readers.problems import DataError
from leadline.readers.rows import Evidence
from leadline.readers.sources import Format
from leadline.spark.columns import look_at_columns
from leadline.spark.forms import Form
from leadline.spark.identifiers import Needs, id_of_column, identify
from leadline.spark.origins import Origin
from leadline.spark.parts import PART_SCHEMA, Look, Part, as_batches, put_together
from leadline.spark.texts import LOCATED_SCHEMA, TextReading, form_of_text
from leadline.spark.watching import watched_columns
from leadline_compiler.schema import Kind, Schema

_HEAD = 200
"""Lines in which a header is looked for."""


class Side(Protocol):
    """Contacts or events. `columns` are the positions of those that rows come with; none for lines of text."""

    form: Form
    columns: tuple[int, ...]

    def look(self) -> Look:
        """Looks at all rows once."""
        ...

    def located(self, look: Look) -> Any:
        """A data frame of all rows: `order`, `id`, and the columns or the `line`."""
        ...


def open_side(spark: Any, origin: Origin, schema: Schema, *, are_contacts: bool, keeps_all: bool) -> Side:
    """The side of an origin; with `keeps_all` rows come with columns that nobody reads, for what is told of them.

    Raises DataError where columns are missing or cannot be told apart.
    """
    if origin.format is Format.PARQUET:
        return TableSide(spark, origin, schema, are_contacts=are_contacts, keeps_all=keeps_all)
    return TextSide(spark, origin, schema, are_contacts=are_contacts)


class TableSide:
    """A Parquet file or a folder of them."""

    def __init__(self, spark: Any, origin: Origin, schema: Schema, *, are_contacts: bool, keeps_all: bool) -> None:
        frame = spark.read.option("datetimeRebaseMode", "CORRECTED").option("int96RebaseMode", "CORRECTED")
        frame = frame.parquet(origin.path)
        files = _files_of(frame)
        self.form = Form(origin.name, Format.PARQUET, tuple(frame.columns), files=tuple(map(_name_of, files)))
        self._needs = Needs.of(schema, self.form, are_contacts=are_contacts)
        every = tuple(range(len(frame.columns)))
        self.columns = every if keeps_all else self._needs.positions
        self._types = [field.dataType for field in frame.schema.fields]
        self._schema = schema
        self._are_contacts = are_contacts
        self._rows = _numbered(spark, frame, files)

    def look(self) -> Look:
        watched = watched_columns(self._schema, self.form, are_contacts=self._are_contacts)
        watched = tuple(column for column in watched if _decides(self._types[column.position], column.kind))
        if not watched:
            return Look(self._rows.count(), 0, Evidence({}, {}), {})

        def look(batches: Iterator[Any]) -> Iterator[Any]:
            return as_batches(look_at_columns(batches, watched))

        names = [f"c{column.position}" for column in watched]
        return _collect(self._rows.select("order", *names), look, by_line=False)

    def located(self, look: Look) -> Any:
        names = [f"c{position}" for position in self.columns]
        position = self._needs.id_position
        rows = self._rows.select("order", *names)
        found = id_of_column(f"c{position}", self._types[position])
        if found is not None:
            return rows.withColumn("id", found)

        def identified(batches: Iterator[Any]) -> Iterator[Any]:
            return identify(batches, f"c{position}")

        from pyspark.sql.types import StringType, StructField, StructType

        fields = [*rows.schema.fields, StructField("id", StringType())]
        return rows.mapInArrow(identified, StructType(fields))


class TextSide:
    """A file of CSV, TSV or JSON Lines."""

    columns: tuple[int, ...] = ()

    def __init__(self, spark: Any, origin: Origin, schema: Schema, *, are_contacts: bool) -> None:
        reader = spark.read
        if origin.format is Format.JSON_LINES:
            reader = reader.option("lineSep", "\n")
        frame = reader.text(origin.path)
        if not frame.inputFiles():
            raise DataError("Spark passes over files whose names begin with _ or a dot", file=origin.name)
        self._lines = frame.selectExpr("_metadata.file_block_start AS start", "CAST(value AS BINARY) AS value")
        self.form = form_of_text(origin, self._head)
        self._reading = TextReading(schema, self.form, are_contacts)

    def _head(self) -> list[bytes]:
        rows = self._lines.where("start = 0").select("value").limit(_HEAD).collect()
        return [bytes(row[0]) for row in rows]

    def look(self) -> Look:
        reading = self._reading

        def look(batches: Iterator[Any]) -> Iterator[Any]:
            return as_batches(reading.look(batches))

        return _collect(self._lines, look, by_line=True)

    def located(self, look: Look) -> Any:
        reading, before = self._reading, look.before

        def locate(batches: Iterator[Any]) -> Iterator[Any]:
            return reading.locate(batches, before)

        return self._lines.mapInArrow(locate, LOCATED_SCHEMA)


def _files_of(frame: Any) -> tuple[str, ...]:
    """The files of a frame in their order, as its rows name them."""
    files = frame.inputFiles()
    if len(files) > 1:
        files = [row["file_path"] for row in frame.select("_metadata.file_path").distinct().collect()]
    return tuple(sorted(files))


def _numbered(spark: Any, frame: Any, files: Sequence[str]) -> Any:
    """The rows as `order`, `c0`, `c1` …; an order is the number of the file times 2^40, and the row from 1."""
    from pyspark.sql import functions as F  # noqa: N812 - its usual name

    names = [f"c{position}" for position in range(len(frame.columns))]
    rows = frame.select("_metadata.file_path", "_metadata.row_index", "*").toDF("file", "row", *names)
    if len(files) == 1:
        return rows.select((F.col("row") + 1).alias("order"), *names)
    numbers = spark.createDataFrame(list(enumerate(files)), "number long, file string")
    rows = rows.join(F.broadcast(numbers), "file")
    return rows.select(F.expr("number * 1099511627776 + row + 1").alias("order"), *names)


def _name_of(url: str) -> str:
    """A file of a folder as messages call it: those of this machine by their paths."""
    return unquote(urlsplit(url).path) if url.startswith("file:") else url


def _decides(type_: Any, kind: Kind) -> bool:
    """Whether cells of a Spark type can be read in more than one way."""
    from pyspark.sql import types

    texts = (types.StringType, types.BinaryType)
    return isinstance(type_, texts if kind is Kind.LIST else (*texts, types.NumericType))


def _collect(frame: Any, look: Callable[[Iterator[Any]], Iterator[Any]], *, by_line: bool) -> Look:
    parts: list[Part] = [pickle.loads(row[0]) for row in frame.mapInArrow(look, PART_SCHEMA).collect()]
    return put_together(parts, by_line=by_line)
