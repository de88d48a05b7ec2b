"""Contacts that are read row by row, with the events inside of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leadline.batch.buffers import texts_of
from leadline.batch.contact_table import Chunk
from leadline.batch.keys import Keys, keys_of_list
from leadline.batch.row_events import RowEvents
from leadline.batch.spool import CHUNK
from leadline.batch.stored import StoredChunks
from leadline.readers.joining import Pass
from leadline_compiler.batch.columns import Distinct
from leadline_compiler.batch.typed import column_of
from leadline_compiler.contacts import Value
from leadline_compiler.schema import Schema

_AT_ONCE = 1 << 14


def read_row_contacts(
    schema: Schema, pass_: Pass, chunks: StoredChunks, events: RowEvents, seed: int
) -> tuple[Keys, Any]:
    """Puts all contacts aside in chunks, and their inner events into a spool; answers their keys and addresses."""
    ids: list[str] = []
    values: list[dict[str, Value]] = []
    keys: list[Keys] = []
    addresses: list[Any] = []
    order = 0

    def put_aside() -> None:
        keys.append(keys_of_list(ids, seed))
        addresses.append(len(chunks) * CHUNK + np.arange(len(ids), dtype=np.int64))
        chunks.add(_chunk(schema, ids, values))
        ids.clear()
        values.clear()

    for contact, fields, inner in pass_.raw_contacts():
        for event in inner:
            events.add(len(chunks) * CHUNK + len(ids), event, order)
            order += 1
        ids.append(contact)
        values.append(fields)
        if len(ids) >= _AT_ONCE:
            put_aside()
    if ids:
        put_aside()
    if not keys:
        return np.zeros((0, 2), np.uint64), np.zeros(0, np.int64)
    return np.concatenate(keys), np.concatenate(addresses)


def _chunk(schema: Schema, ids: Sequence[str], values: Sequence[dict[str, Value]]) -> Chunk:
    columns = {
        index: column_of([item.get(field.name) for item in values], field.type, Distinct())
        for index, field in enumerate(schema.fields)
    }
    count = len(ids)
    every = np.ones(count, np.bool_)
    return Chunk(0, texts_of(ids), columns, np.zeros(count, np.int64), every)
