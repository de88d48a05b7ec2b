"""The rows of a `points … by`, looked up for columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from leadline_compiler.batch.columns import Coded, Numbers, Whole
from leadline_compiler.execute.rules import build_table
from leadline_compiler.plan import plan as p


class TableLookup:
    """The rows of a table by number; -1 is none of them, whose points are last."""

    def __init__(self, body: p.TableBody) -> None:
        self._body = body
        self.points = np.array([*(row.points for row in body.rows), 0], np.int64)
        self._numbered = build_table(
            p.TableBody(body.amount, tuple(_with_points(row, place) for place, row in enumerate(body.rows)))
        )
        spans = [
            (-(2**63) if low is None else low, 2**63 - 1 if high is None else high, place)
            for place, row in enumerate(body.rows)
            for low, high in row.ranges
        ]
        spans.sort()
        self._lows, self._highs, self._rows = np.array(spans, np.int64).reshape(-1, 3).T

    def _row(self, value: Any) -> int:
        found = self._numbered(value)
        return -1 if found is None else found[0]

    def texts(self, amount: Coded) -> Whole:
        codes = amount.distinct.mapped(self, self._row).copy()
        codes[0] = self._row(None)
        return codes[amount.codes].astype(np.int64)

    def numbers(self, amount: Numbers) -> Whole:
        if not len(self._lows):
            yes, no, missing = self._row(True), self._row(False), self._row(None)
            return np.where(amount.known, np.where(amount.values == 1, yes, no), missing)
        places = np.searchsorted(self._lows, amount.values, side="right") - 1
        inside = (places >= 0) & (amount.values <= self._highs[places])
        rest = next((place for place, row in enumerate(self._body.rows) if row.otherwise), -1)
        return np.where(amount.known, np.where(inside, self._rows[places], rest), self._row(None))


def _with_points(row: p.PlanRow, points: int) -> p.PlanRow:
    return p.PlanRow(points, row.values, row.ranges, row.missing, row.otherwise)
