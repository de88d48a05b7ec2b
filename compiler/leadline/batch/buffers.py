"""The buffers of Arrow arrays as numpy sees them, without a copy where that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leadline_compiler.batch.columns import Flags


def array_of(values: Any) -> Any:
    """Numbers as an Arrow array. `pa.array` would load pandas first wherever that is installed, which takes long."""
    import pyarrow as pa

    buffer = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, buffer])


def texts_of(texts: Sequence[str | None]) -> Any:
    """Texts as an Arrow array of large strings."""
    import pyarrow as pa

    written = [b"" if text is None else text.encode() for text in texts]
    offsets = np.zeros(len(written) + 1, np.int64)
    np.cumsum(list(map(len, written)), out=offsets[1:])
    known = np.packbits(np.fromiter((text is not None for text in texts), np.bool_, len(texts)), bitorder="little")
    buffers = [pa.py_buffer(known), pa.py_buffer(offsets), pa.py_buffer(b"".join(written))]
    return pa.Array.from_buffers(pa.large_string(), len(texts), buffers)


def known_of(array: Any) -> Flags | None:
    """Where an array has values; None where it has them everywhere."""
    if array.null_count == 0:
        return None
    bits = np.frombuffer(array.buffers()[0], np.uint8)
    first, last = array.offset // 8, (array.offset + len(array) + 7) // 8
    spread = np.unpackbits(bits[first:last], bitorder="little")
    flags: Flags = spread[array.offset - 8 * first :][: len(array)].view(np.bool_)
    return flags


def values_of(array: Any) -> Any:
    """The values of an array of numbers of a fixed width; those of gaps mean nothing."""
    kind = np.dtype(array.type.to_pandas_dtype())
    return np.frombuffer(array.buffers()[1], kind)[array.offset : array.offset + len(array)]


def codes_of(array: Any) -> Any:
    """The indices of a dictionary array; gaps have the one after the last."""
    indices = array.indices
    known = known_of(indices)
    values = values_of(indices)
    return values if known is None else np.where(known, values, len(array.dictionary))
