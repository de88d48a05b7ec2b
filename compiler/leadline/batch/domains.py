"""Texts of which nothing but the domain counts, cut down to that, so that few different ones are left."""

from __future__ import annotations

from typing import Any

import numpy as np


def cut_to_domains(array: Any) -> Any:
    """An Arrow array of texts without what stands before their last `@`, where all of the array is ASCII."""
    import pyarrow as pa
    from pyarrow import types

    if not types.is_string(array.type) or not len(array):
        return array
    validity, offsets_buffer, data_buffer = array.buffers()
    offsets = np.frombuffer(offsets_buffer, np.int32)[array.offset : array.offset + len(array) + 1].astype(np.int64)
    first, last = int(offsets[0]), int(offsets[-1])
    data = np.frombuffer(data_buffer, np.uint8, last)[first:] if last > first else np.zeros(0, np.uint8)
    if array.offset % 8 or not len(data) or data.max() >= 128:
        return array
    starts, ends = offsets[:-1] - first, offsets[1:] - first
    marks = np.append(-1, np.flatnonzero(data == ord("@")))
    begins = np.maximum(marks[np.searchsorted(marks, ends) - 1], starts)
    lengths = ends - begins
    new = np.zeros(len(array) + 1, np.int32)
    np.cumsum(lengths, out=new[1:])
    kept = data[np.arange(int(new[-1])) + np.repeat(begins - new[:-1], lengths)]
    known = None if validity is None or not array.null_count else validity.slice(array.offset // 8)
    return pa.Array.from_buffers(pa.string(), len(array), [known, pa.py_buffer(new), pa.py_buffer(kept)])
