"""The windows of occurrences: ages at which they begin and end, and moments that each contact has its own of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from leadline_compiler.batch.columns import Flags, Numbers, Whole
from leadline_compiler.batch.events import Meant
from leadline_compiler.batch.rows import Operation, Program, Rows
from leadline_compiler.plan.plan import Node
from leadline_compiler.zones import Duration, Unit, Zone

_FAR = 4 * 10**18


def edge_of(name: str, bound: int, as_of: int, zone: Zone) -> tuple[int, bool]:
    """The age in microseconds at which a window ends or begins, and whether it is the younger events that it means."""
    if name.endswith("_months"):
        bound = as_of - zone.back(as_of, Duration(bound, Unit.MONTHS))
    elif name in ("since", "before"):
        # An event of that very moment counts as younger.
        bound = as_of - bound + 1
    return bound, name in ("within", "within_months", "since")


def is_dated(name: str) -> bool:
    """Whether a window begins or ends with a date of the contact."""
    return name.endswith("_date")


class Ages:
    """All ages at which a window of some occurrences begins or ends, in ascending order: bands lie between them."""

    def __init__(self, nodes: Sequence[Node], occurrences: Iterable[int], as_of: int, zone: Zone) -> None:
        self._windows = {
            occurrence: [
                edge_of(name, bound, as_of, zone) for name, bound in nodes[occurrence][3] if not is_dated(name)
            ]
            for occurrence in occurrences
        }
        edges = sorted({edge for windows in self._windows.values() for edge, _ in windows})
        self.edges = np.array(edges, np.int64)
        self._bands = len(edges) + 1

    def bands(self, ages: Whole) -> Whole:
        """The band of each age: how many edges are at most so old."""
        return np.searchsorted(self.edges, ages, side="right")

    def is_in(self, occurrence: int) -> Flags:
        """By band, whether its events lie in all windows of an occurrence that depend on their age alone."""
        flags = np.ones(self._bands, np.bool_)
        bands = np.arange(self._bands)
        for edge, is_younger in self._windows[occurrence]:
            place = int(np.searchsorted(self.edges, edge))
            flags &= (bands <= place) if is_younger else (bands > place)
        return flags


def occurred(index: int, node: Node, program: Program) -> Operation:
    """The events that an occurrence means."""
    dated = [(name, at) for name, at in node[3] if is_dated(name)]

    def work_out(rows: Rows) -> Meant:
        assert rows.events is not None
        return rows.events.meant(index, [_span(name, rows.found[at]) for name, at in dated])

    return work_out


def _span(name: str, date: Numbers) -> tuple[Whole, Whole, Flags]:
    far = np.full(1, _FAR)
    if name == "since_date":
        return date.values, far, date.known
    return -far, date.values - 1, date.known
