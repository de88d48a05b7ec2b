"""Events on their way from the order of their file to that of their contacts, in a file for each process."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from leadline_compiler.batch.cells import Cell
from leadline_compiler.batch.columns import Coded, Codes, Column, Distinct, Numbers, Whole
from leadline_compiler.batch.events import Key

CHUNK = 1 << 16
"""Addresses of one chunk of contacts: an address is the chunk's number times this, plus the place in it."""
_HELD = 1 << 19
_REMEMBERED = 200_000
_MISSING = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class SomeEvents:
    """Events side by side. `keys` and `order` are there where events have ids of their own: which come first."""

    addresses: Whole
    at: Whole
    cells: Codes
    columns: Mapping[Key, Column]
    keys: Any = None
    order: Whole | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    """Where a block of events stands in the file: its arrays by name, and by chunk where its events begin."""

    arrays: Mapping[Any, tuple[int, str]]
    chunks: Sequence[int]
    starts: Sequence[int]
    texts: Mapping[Key, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Spooled:
    """What a process has put into its file. The numbers of cells are those of `cells`."""

    path: Path
    blocks: Sequence[_Block]
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class _Slice:
    """The events of a chunk in a block of one of the files."""

    file: int
    block: _Block
    start: int
    end: int


class Spool:
    """Takes events in any order and writes them out by chunk of contacts, a bounded number at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self._held: list[SomeEvents] = []
        self._count = 0
        self._blocks: list[_Block] = []

    def add(self, events: SomeEvents) -> None:
        if len(events.addresses):
            self._held.append(events)
            self._count += len(events.addresses)
        if self._count >= _HELD:
            self._write_out()

    def close(self, cells: Sequence[Cell]) -> Spooled:
        """Writes out the rest."""
        self._write_out()
        if self._file is not None:
            self._file.close()
        return Spooled(self._path, self._blocks, cells)

    def _write_out(self) -> None:
        if not self._held:
            return
        held, self._held, self._count = self._held, [], 0
        addresses = np.concatenate([events.addresses for events in held])
        chunks = addresses // CHUNK
        small = chunks.astype(np.uint16) if int(chunks.max()) < 2**16 else chunks
        order = np.argsort(small, kind="stable")
        arrays: dict[Any, Any] = {
            "places": (addresses % CHUNK).astype(np.uint16)[order],
            "at": np.concatenate([events.at for events in held])[order],
            "cells": np.concatenate([events.cells for events in held])[order],
        }
        if held[0].keys is not None:
            arrays["keys"] = np.concatenate([events.keys for events in held])[order]
            arrays["order"] = np.concatenate([events.order for events in held if events.order is not None])[order]
        texts: dict[Key, Distinct] = {}
        for key in held[0].columns:
            arrays[key] = _stored([events.columns[key] for events in held], order, texts.setdefault(key, Distinct()))
        ordered = chunks[order]
        starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
        self._blocks.append(
            _Block(
                {name: self._put(array) for name, array in arrays.items()},
                ordered[starts].tolist(),
                [*starts.tolist(), len(order)],
                {key: self._put_texts(found.values) for key, found in texts.items() if key[1]},
            )
        )

    def _put(self, array: Any) -> tuple[int, str]:
        if self._file is None:
            self._file = self._path.open("wb")
        at = self._file.tell()
        array.tofile(self._file)
        return at, f"{array.shape[1] if array.ndim > 1 else 1}{array.dtype.str}"

    def _put_texts(self, values: list[Any]) -> tuple[int, int]:
        assert self._file is not None
        at = self._file.tell()
        data = marshal.dumps(values)
        self._file.write(data)
        return at, len(data)


def _stored(columns: Sequence[Column], order: Any, texts: Distinct) -> Any:
    """A column as numbers: a missing number is the lowest there is; codes count in `texts`, which is added to."""
    if isinstance(columns[0], Numbers):
        values = [np.where(column.known, column.values, _MISSING) for column in columns if isinstance(column, Numbers)]
        return np.concatenate(values)[order]
    codes = np.concatenate([_codes_in(column, texts) for column in columns if isinstance(column, Coded)])
    return (codes.astype(np.int16) if len(texts) < 2**15 else codes)[order]


def _codes_in(column: Coded, texts: Distinct) -> Codes:
    """The codes of a column among other distinct values."""
    used = np.flatnonzero(np.bincount(column.codes, minlength=1))
    places = np.zeros(len(column.distinct), np.int32)
    places[used] = texts.code_all([column.distinct.values[code] for code in used.tolist()])
    return places[column.codes]


class SpoolReader:
    """Reads the events of one chunk after the other out of the files of all processes.

    `numbers` renumber the cells of each process.
    """

    def __init__(self, spooled: Sequence[Spooled], numbers: Sequence[Codes]) -> None:
        self._numbers = numbers
        self._files = [item.path.open("rb") if item.blocks else None for item in spooled]
        self._slices: dict[int, list[_Slice]] = {}
        for number, item in enumerate(spooled):
            for block in item.blocks:
                for chunk, start, end in zip(block.chunks, block.starts, block.starts[1:], strict=False):
                    self._slices.setdefault(chunk, []).append(_Slice(number, block, start, end))
        self._distinct: dict[Key, Distinct] = {}
        self._codes: dict[tuple[int, Key], Codes] = {}

    def read(self, chunk: int) -> SomeEvents | None:
        """The events of a chunk, in no order; None where there are none."""
        slices = self._slices.get(chunk)
        if not slices:
            return None
        if any(len(distinct) > _REMEMBERED for distinct in self._distinct.values()):
            self._distinct.clear()
            self._codes.clear()

        def joined(name: str) -> Any:
            return np.concatenate([self._get(part, name) for part in slices])

        first = slices[0].block
        has_keys = "keys" in first.arrays
        return SomeEvents(
            joined("places"),
            joined("at"),
            np.concatenate([self._numbers[part.file][self._get(part, "cells")] for part in slices]),
            {key: self._column(key, slices) for key in first.arrays if isinstance(key, tuple)},
            joined("keys") if has_keys else None,
            joined("order") if has_keys else None,
        )

    def _column(self, key: Key, slices: Sequence[_Slice]) -> Column:
        if not key[1]:
            values = np.concatenate([self._get(part, key) for part in slices])
            return Numbers(values, values != _MISSING)
        distinct = self._distinct.setdefault(key, Distinct())
        codes = [self._codes_of(part, key, distinct)[self._get(part, key)] for part in slices]
        return Coded(np.concatenate(codes), distinct)

    def _codes_of(self, part: _Slice, key: Key, distinct: Distinct) -> Codes:
        """The codes, among all distinct values, of those of a block."""
        found = self._codes.get((id(part.block), key))
        if found is None:
            at, size = part.block.texts[key]
            file = self._file(part)
            file.seek(at)
            found = self._codes[id(part.block), key] = distinct.code_all(marshal.loads(file.read(size)))
        return found

    def _get(self, part: _Slice, name: Any) -> Any:
        at, form = part.block.arrays[name]
        width, kind = int(form[0]), np.dtype(form[1:])
        file = self._file(part)
        file.seek(at + part.start * width * kind.itemsize)
        values = np.fromfile(file, kind, (part.end - part.start) * width)
        return values.reshape(-1, width) if width > 1 else values

    def _file(self, part: _Slice) -> IO[bytes]:
        file = self._files[part.file]
        assert file is not None
        return file
