"""The ids of an Arrow column, as they compare."""

from __future__ import annotations

from typing import Any

import numpy as np

from leadline.batch.buffers import texts_of
from leadline.readers.contact_rows import read_id
from leadline.readers.parquet import cells_of_column


def read_ids(array: Any) -> Any:
    """An Arrow array of texts: trimmed, whole numbers without `.0`, empty where there is none."""
    import pyarrow as pa
    from pyarrow import types

    kind = array.type
    if types.is_dictionary(kind) and (types.is_string(kind.value_type) or types.is_large_string(kind.value_type)):
        array = array.dictionary_decode()
        kind = array.type
    if types.is_string(kind) or types.is_large_string(kind):
        if array.null_count:
            array = array.fill_null("")
        doubtful = _doubtful(array)
        if not len(doubtful):
            return array
        cells = array.to_pylist()
        for row in doubtful.tolist():
            cells[row] = read_id(cells[row])
        return texts_of(cells)
    if types.is_integer(kind):
        return array.cast(pa.string()).fill_null("")
    return texts_of(list(map(read_id, cells_of_column(array))))


def _doubtful(array: Any) -> Any:
    """The rows whose texts begin or end with what may be a blank, or may be whole numbers with `.0`."""
    _, offsets_buffer, data_buffer = array.buffers()
    kind = np.int64 if str(array.type) == "large_string" else np.int32
    offsets: Any = np.frombuffer(offsets_buffer, kind)[array.offset : array.offset + len(array) + 1]
    first, last = int(offsets[0]), int(offsets[-1])
    if first == last:
        return np.zeros(0, np.int64)
    data = np.frombuffer(data_buffer, np.uint8)[first:last]
    filled = offsets[1:] > offsets[:-1]
    begins = data[np.minimum(offsets[:-1] - first, last - first - 1)]
    ends = data[np.maximum(offsets[1:] - first - 1, 0)]
    # Blanks are control characters, the space, or beyond ASCII.
    doubtful = (begins <= 32) | (ends <= 32) | (begins >= 127) | (ends >= 127)
    if (data == ord(".")).any():
        doubtful |= ends == ord("0")
    return np.flatnonzero(doubtful & filled)
