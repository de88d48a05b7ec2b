"""Looks for many texts in many texts at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

_WORD = 8
_PREFIX = 4
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(_WORD + 1)], np.uint64)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(48)


class Search:
    """Some texts that are looked for. They are found by their first bytes, then compared."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self.wanted = {text: place for place, text in enumerate(wanted)}
        """Each text with its place."""
        self._bytes = [text.encode(errors="surrogatepass") for text in wanted]
        by_size: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._starts = np.array([_word(text) for text in self._bytes], np.uint64)
        for place, text in enumerate(self._bytes):
            size = min(len(text), _PREFIX)
            by_size[size][int(self._starts[place]) & int(_MASKS[size])].append(place)
        self._sizes = [(size, _Prefixes(found)) for size, found in by_size.items()]

    def find(self, texts: Sequence[str]) -> tuple[Any, Any]:
        """Places among the wanted, and places among the texts, of all that contain one; pairs may repeat."""
        encoded = [text.encode(errors="surrogatepass") for text in texts]
        starts = np.cumsum([0, *(len(text) + 1 for text in encoded)])
        # A byte that no wanted text has stands between the texts.
        data = np.frombuffer(b"\xff".join(encoded) + b"\xff" * (_WORD + 1), np.uint8)
        words = np.ndarray((len(data) - _WORD + 1,), np.dtype("<u8"), buffer=data, strides=(1,)).copy()
        found: list[tuple[Any, Any]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        for size, prefixes in self._sizes:
            for wanted, at in prefixes.candidates(words & _MASKS[size]):
                fits = np.flatnonzero(self._compare(wanted, at, words, data))
                found.append((wanted[fits], np.searchsorted(starts, at[fits], side="right") - 1))
        places, where = zip(*found, strict=True)
        return np.concatenate(places), np.concatenate(where)

    def _compare(self, wanted: Any, at: Any, words: Any, data: Any) -> Any:
        """Whether the wanted texts stand at some places."""
        lengths = np.array([len(text) for text in self._bytes])[wanted]
        fits = words[at] & _MASKS[np.minimum(lengths, _WORD)] == self._starts[wanted]
        for row in np.flatnonzero(fits & (lengths > _WORD)).tolist():
            text = self._bytes[wanted[row]]
            fits[row] = data[at[row] : at[row] + len(text)].tobytes() == text
        return fits


class _Prefixes:
    """The first bytes of some texts, all of one size, each with the texts that begin so."""

    def __init__(self, found: dict[int, list[int]]) -> None:
        self._words = np.array(sorted(found), np.uint64)
        self._texts = [found[word] for word in sorted(found)]
        self._many = np.array(list(map(len, self._texts)))
        self._table = np.zeros(1 << 16, np.bool_)
        self._table[(self._words * _SPREAD) >> _SHIFT] = True

    def candidates(self, words: Any) -> list[tuple[Any, Any]]:
        """Wanted texts, and places at which a text begins as they do."""
        at = np.flatnonzero(self._table[(words * _SPREAD) >> _SHIFT])
        which = np.minimum(np.searchsorted(self._words, words[at]), len(self._words) - 1)
        same = self._words[which] == words[at]
        at, which = at[same], which[same]
        found = []
        for number in range(int(self._many.max())):
            some = np.flatnonzero(self._many[which] > number)
            wanted = np.array([texts[number] if number < len(texts) else -1 for texts in self._texts])
            found.append((wanted[which[some]], at[some]))
        return found


def _word(text: bytes) -> int:
    return int.from_bytes(text[:_WORD], "little")
