"""Which column of a table holds the ids, and how they compare: by Spark's own expressions where those are exact."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from leadline.readers.contact_rows import ContactReader
from leadline.readers.event_layout import EventLayout, EventOrigin
from leadline.readers.event_rows import EventReader
from leadline.readers.problems import Tally
from leadline.spark.forms import Form
from leadline_compiler.schema import Schema

_WHOLE = r"\A[+-]?[0-9]+\.0+\z"


@dataclass(frozen=True, slots=True)
class Needs:
    """The columns of a table that a model reads, by position, and the one with the ids."""

    id_position: int
    positions: tuple[int, ...]

    @staticmethod
    def of(schema: Schema, form: Form, *, are_contacts: bool) -> Needs:
        """Matches the columns. Raises DataError where they are missing or cannot be told apart."""
        assert form.headings is not None
        if are_contacts:
            contacts = ContactReader(schema, form.rows(), Tally(), {}, alone=True).layout_of(form.headings)
            assert contacts.id_position is not None
            positions = {contacts.id_position, *(cell.position for cell in contacts.cells)}
            return Needs(contacts.id_position, tuple(sorted(positions)))
        origin = EventOrigin(schema, form.rows(), {}, nested=False, alone=True)
        events = EventReader(origin, Tally(), None).layout_of(form.headings)
        assert events.contact is not None
        return Needs(events.contact, tuple(sorted(_positions(events))))


def _positions(layout: EventLayout) -> set[int]:
    own = {layout.contact, layout.event, layout.at, layout.days_ago, layout.id}
    cells = {cell.position for cells in layout.cells for cell in cells if cell is not None}
    return {position for position in own if position is not None} | cells


def id_of_column(name: str, type_: Any) -> Any | None:
    """An expression for the ids of a column, alike to `read_id`; None for types whose texts Spark writes otherwise."""
    from pyspark.sql import functions as F  # noqa: N812 - its usual name
    from pyspark.sql import types

    if isinstance(type_, types.BooleanType):
        return F.lit("")
    if isinstance(type_, types.ByteType | types.ShortType | types.IntegerType | types.LongType):
        return F.coalesce(F.col(name).cast("string"), F.lit(""))
    if not isinstance(type_, types.StringType):
        return None
    blanks = "".join(chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace())
    text = F.btrim(F.col(name), F.lit(blanks))
    whole = F.when(text.rlike(_WHOLE), F.substring_index(text, ".", 1)).otherwise(text)
    return F.coalesce(whole, F.lit(""))


def identify(batches: Iterable[Any], name: str) -> Iterator[Any]:
    """Batches with the ids of a column, as the readers have them."""
    import pyarrow as pa

    from leadline.batch.ids import read_ids

    for batch in batches:
        ids = read_ids(batch.column(name)).cast(pa.string())
        yield pa.RecordBatch.from_arrays([*batch.columns, ids], names=[*batch.schema.names, "id"])
