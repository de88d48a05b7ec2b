"""Columns of values: whole numbers side by side, or codes of the distinct values that a column holds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from leadline_compiler.batch.search import Search
from leadline_compiler.contacts import Value
from leadline_compiler.texts import fold, fold_inside

Whole: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[Any]
"""Places of rows, of any whole type."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers in millionths, moments in microseconds, or yes and no as 1 and 0; `values` mean nothing where unknown.

    Both may have one element that stands for every row.
    """

    values: Whole
    known: Flags

    def take(self, rows: Places) -> Numbers:
        """The column of some rows."""
        return Numbers(self.values[rows], self.known[rows])


@dataclass(frozen=True, slots=True)
class Coded:
    """Texts or lists of texts, each as a code; 0 is a missing value."""

    codes: Codes
    distinct: Distinct

    @property
    def known(self) -> Flags:
        flags: Flags = self.codes != 0
        return flags

    def take(self, rows: Places) -> Coded:
        """The column of some rows."""
        return Coded(self.codes[rows], self.distinct)


Column: TypeAlias = Numbers | Coded


class Distinct:
    """The distinct values of columns with their codes, and what has been found out about each of them.

    It only grows. The value with code 0 is None.
    """

    def __init__(self) -> None:
        self.values: list[Value] = [None]
        self._codes: dict[Value, int] = {None: 0}
        self._folded: list[str] = [""]
        self._tests: dict[Hashable, Flags] = {}
        self._alike: dict[Hashable, int] = {}
        self._maps: dict[Hashable, Codes] = {}
        self._searched: dict[Search, Flags] = {}

    def __len__(self) -> int:
        return len(self.values)

    def code(self, value: Value) -> int:
        """The code of a value, which is added where it is new."""
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self.values)
            self.values.append(value)
        return code

    @property
    def known(self) -> Callable[[Any, int], int]:
        """Answers the code of a value, or another number for one that is not there."""
        return self._codes.get

    def code_all(self, values: Iterable[Value]) -> Codes:
        """The codes of some values."""
        return np.fromiter(map(self.code, values), np.int32)

    @property
    def folded(self) -> list[str]:
        """The texts as they compare, by code."""
        for value in self.values[len(self._folded) :]:
            self._folded.append(fold_inside(value).strip() if isinstance(value, str) else "")
        return self._folded

    @property
    def alike(self) -> Codes:
        """By code, a number that values have in common which compare alike; 0 for a missing one."""
        return self.mapped("alike", self._number_alike, folded=False)

    def _number_alike(self, value: Any) -> int:
        folded = fold(value) if isinstance(value, str) else tuple(map(fold, value))
        return self._alike.setdefault(folded, len(self._alike) + 1)

    def test(self, name: Hashable, holds: Callable[[Any], bool], *, folded: bool = True) -> Flags:
        """By code, whether a test holds for a value, or for the folded text of it; it never does for a missing one.

        Answers are remembered under the name.
        """
        found = self._tests.get(name)
        start = 0 if found is None else len(found)
        if start < len(self.values):
            items = self.folded if folded else self.values
            more = np.fromiter(map(holds, items[max(start, 1) :]), np.bool_)
            found = np.concatenate((np.zeros(1, np.bool_) if found is None else found, more))
            self._tests[name] = found
        assert found is not None
        return found

    def containing(self, search: Search, texts: Sequence[str]) -> Flags:
        """By code, whether the folded text contains one of some texts, which the search looks for among others."""
        found = self._searched.get(search)
        start = 0 if found is None else found.shape[1]
        if start < len(self.values):
            flags = np.zeros((len(search.wanted), len(self.values)), np.bool_)
            if found is not None:
                flags[:, :start] = found
            wanted, where = search.find(self.folded[start:])
            flags[wanted, where + start] = True
            found = self._searched[search] = flags
        assert found is not None
        return np.logical_or.reduce(found[[search.wanted[text] for text in texts]])  # type: ignore[no-any-return]

    def mapped(self, name: Hashable, code_of: Callable[[Any], int], *, folded: bool = True) -> Codes:
        """By code, the code elsewhere of what a value becomes; 0 for a missing one. Remembered under the name."""
        found = self._maps.get(name)
        start = 0 if found is None else len(found)
        if start < len(self.values):
            items = self.folded if folded else self.values
            more = np.fromiter(map(code_of, items[max(start, 1) :]), np.int32)
            found = np.concatenate((np.zeros(1, np.int32) if found is None else found, more))
            self._maps[name] = found
        assert found is not None
        return found


def missing_numbers() -> Numbers:
    """A column without any value, as one element."""
    return Numbers(np.zeros(1, np.int64), np.zeros(1, np.bool_))


def spread(flags: Flags, count: int) -> Flags:
    """Flags for every row, also where one element stands for all."""
    return flags if len(flags) == count else np.full(count, flags[0])


def spread_column(column: Column, count: int) -> Column:
    """A column with an element for every row."""
    if isinstance(column, Coded):
        return column if len(column.codes) == count else Coded(np.full(count, column.codes[0]), column.distinct)
    if len(column.values) == count and len(column.known) == count:
        return column
    return Numbers(np.broadcast_to(column.values, count).copy(), np.broadcast_to(column.known, count).copy())
