"""What rules give for each of a few cases, put together once so that contacts only look it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leadline_compiler.batch.columns import Whole
from leadline_compiler.batch.lanes import Lanes
from leadline_compiler.batch.rows import Rows
from leadline_compiler.batch.rules import Judge
from leadline_compiler.plan import plan as p


class Worth:
    """Some rules that go by the same: judged for cases side by side, their points added up by word."""

    def __init__(self, plan: p.Plan, lanes: Lanes, rules: Sequence[int], judges: Sequence[Judge]) -> None:
        self._lanes = lanes
        self._rules = [(plan.rules[rule].group, judges[rule]) for rule in rules]
        self.words = sorted({lanes.places[group][0] for group, _ in self._rules})
        """The words to which the rules add."""

    def judge(self, cases: Rows) -> dict[int, Whole]:
        """By word, what the rules add in each case."""
        found: dict[int, Whole] = {word: np.zeros(cases.count, np.int64) for word in self.words}
        for group, judge in self._rules:
            judged = judge(cases)
            points: Any = judged.points
            rows = np.flatnonzero(judged.fired)
            packed = self._lanes.packed(group, points if isinstance(points, int) else points[rows])
            found[self._lanes.places[group][0]][rows] += packed
        return found
