"""Ids as pairs of 64-bit words, so that millions of them compare at once.

An id of up to 15 bytes is its own key. A longer one has a fingerprint of 120 bits, mixed with a number that is drawn
for each run; that two different ids of a run share one is as likely as a fault of the machine's memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from leadline.batch.buffers import texts_of

Keys: TypeAlias = NDArray[np.uint64]
"""Two words a row; both are 0 for an empty id."""

_SHORT = 15
_LONG = np.uint64(0xFF << 56)
_LOW_56 = np.uint64((1 << 56) - 1)
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(9)], np.uint64)
_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


def keys_of(texts: Any, seed: int) -> Keys:
    """The keys of an Arrow array of texts without gaps."""
    count = len(texts)
    keys = np.zeros((count, 2), np.uint64)
    if not count:
        return keys
    _, offsets_buffer, data_buffer = texts.buffers()
    kind = np.int64 if str(texts.type) == "large_string" else np.int32
    offsets = np.frombuffer(offsets_buffer, kind)[texts.offset : texts.offset + count + 1].astype(np.int64)
    first, last = int(offsets[0]), int(offsets[-1])
    data = np.zeros(last - first + 16, np.uint8)
    if last > first:
        data[: last - first] = np.frombuffer(data_buffer, np.uint8)[first:last]
    starts, lengths = offsets[:-1] - first, np.diff(offsets)
    words = np.ndarray((len(data) - 7,), np.dtype("<u8"), buffer=data, strides=(1,))
    keys[:, 0] = words[starts] & _MASKS[np.minimum(lengths, 8)]
    keys[:, 1] = words[starts + 8 * (lengths > 8)] & _MASKS[np.clip(lengths - 8, 0, 8)]
    keys[:, 1] |= lengths.astype(np.uint64) << np.uint64(56)
    long = np.flatnonzero(lengths > _SHORT)
    if len(long):
        keys[long] = _fingerprints(words, starts[long], lengths[long], seed)
    return keys


def _fingerprints(words: Any, starts: Any, lengths: Any, seed: int) -> Keys:
    """Fingerprints of texts that begin somewhere in a run of bytes."""
    one = lengths.astype(np.uint64) + np.uint64(seed & 0xFFFFFFFFFFFFFFFF)
    two = one ^ np.uint64(seed >> 64)
    for at in range(0, int(lengths.max()), 8):
        left = np.flatnonzero(lengths > at)
        word = words[starts[left] + at] & _MASKS[np.minimum(lengths[left] - at, 8)]
        one[left] = mix(one[left] ^ word, _FIRST)
        two[left] = mix(two[left] + word, _SECOND)
    return np.stack((one, (two & _LOW_56) | _LONG), axis=1)


def mix(words: Any, factor: Any) -> Any:
    """Words whose bits have been spread."""
    words = words * factor
    words ^= words >> _HALF
    words *= _SECOND
    words ^= words >> _HALF
    return words


def hash_of(keys: Keys) -> Any:
    """A word for each key by which keys are laid out in a table."""
    return mix(keys[:, 0] ^ mix(keys[:, 1] + _FIRST, _SECOND), _FIRST)


def keys_of_list(texts: Sequence[str], seed: int) -> Keys:
    """The keys of texts in a list."""
    return keys_of(texts_of(texts), seed)
