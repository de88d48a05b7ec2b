"""A contact as the plain functions of a plan see it, for what no table holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadline_compiler.contacts import Event, Value
from leadline_compiler.execute.run import Run
from leadline_compiler.scorer.build import Tables
from leadline_compiler.scorer.contacts import Cells, Look
from leadline_compiler.scorer.gathered import Gathered
from leadline_compiler.scorer.instants import Instant
from leadline_compiler.scorer.walk import Walker


class LateRun:
    """Makes the run of a contact when it is first asked for."""

    __slots__ = ("_cells", "_events", "_gathered", "_instant", "_look", "_run", "_tables", "_values", "_walker")

    def __init__(
        self,
        tables: Tables,
        fields: tuple[Look, Sequence[Any], Cells],
        events: tuple[Walker, Sequence[Any], Gathered],
        instant: Instant,
    ) -> None:
        self._tables = tables
        self._look, self._values, self._cells = fields
        self._walker, self._events, self._gathered = events
        self._instant = instant
        self._run: Run | None = None

    def __call__(self) -> Run:
        if self._run is None:
            schema = self._tables.frame.plan.schema
            values: list[Value] = [None] * len(schema.fields)
            for index, cell in zip(self._look.fields, self._look.cells(self._values, self._cells), strict=False):
                values[index] = cell[2]
            events: list[Event] = []
            if self._tables.needs_all_events:
                events = self._walker.all_events(self._events, self._instant)
            self._run = Run(values, events, self._instant.as_of, schema.zone)
            for node, number in self._tables.kept.items():
                self._run.memo[node] = [] if number is None else self._gathered.events(number)
        return self._run


def no_run() -> Run:
    """What stands for the run of a contact where a plan is all tables."""
    raise AssertionError("nothing of this plan is worked out node by node")
