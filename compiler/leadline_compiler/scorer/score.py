"""The result of scoring a contact, cheap to make: what few look at is worked out when it is asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any, TypeAlias

from leadline_compiler.execute.scored import Fired, Scored, result_of_plan
from leadline_compiler.outcome import Status
from leadline_compiler.plan import plan as p
from leadline_compiler.result import points_value
from leadline_compiler.scorer.contacts import Cells, Look
from leadline_compiler.scorer.fields import Cell
from leadline_compiler.scorer.finish import Results
from leadline_compiler.scorer.frame import Addition, Entry, Outcome
from leadline_compiler.scorer.worths import Worth

Parts: TypeAlias = tuple[
    Look,
    Sequence[Any],
    Cells,
    Sequence[Worth],
    Sequence[Addition],
    Sequence[Outcome],
]
"""What the rest is told from when it is asked for: where fields were looked up, their raw values and cells; what each
event adds, and what bounds take back of that; and what events are worth together, and joints."""


class Score(ABC):
    """What a contact is worth at an instant."""

    __slots__ = ("_plan", "_results", "as_of")

    def __init__(self, plan: p.Plan, as_of: int, results: Results) -> None:
        self._plan = plan
        self._results = results
        self.as_of = as_of

    @property
    @abstractmethod
    def id(self) -> str:
        """The contact's id; empty where it has none."""

    @property
    @abstractmethod
    def known(self) -> int:
        """How many of the fields that the coverage counts are known."""

    @property
    def status(self) -> Status:
        """`scored`, `disqualified` or `excluded`."""
        return self._results[0]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The names of the exits that made the status, in the order of the file."""
        return self._results[1]

    @property
    def total(self) -> int | float | Decimal:
        """The points of the total."""
        return points_value(self._results[2])

    @property
    def thousandths(self) -> int:
        """The total in whole thousandths."""
        return self._results[2]

    @property
    def letters(self) -> tuple[str | None, ...]:
        """The grades, in the order of the model."""
        return tuple(self._results[4])

    @property
    def scores(self) -> dict[str, int | float | Decimal]:
        """Points by score."""
        pairs = zip(self._plan.scores, self._results[3], strict=True)
        return {score.name: points_value(points) for score, points in pairs}

    @property
    def grades(self) -> dict[str, str | None]:
        """Letters by score; the total's under `total`."""
        names = ["total" if grade.score is None else self._plan.scores[grade.score].name for grade in self._plan.grades]
        return dict(zip(names, self._results[4], strict=True))

    @property
    def stage(self) -> str | None:
        """The highest stage whose condition holds; None where there is none, or the contact is out."""
        return self._results[5]

    @property
    @abstractmethod
    def fired(self) -> Sequence[Entry]:
        """The rules that fired, in no order: index in the plan, points in thousandths, how often it counted."""

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The rules that fired, as the result shows them, in the order of the model."""
        rules: list[dict[str, Any]] = self.to_dict()["rules"]
        return rules

    def to_dict(self) -> dict[str, Any]:
        """The result object, in the shape that all backends share."""
        return result_of_plan(self._plan, self.scored)

    @property
    def scored(self) -> Scored:
        """All of it in whole thousandths."""
        status, reasons, total, scores, grades, stage = self._results
        fired = tuple(map(Fired._make, sorted(self.fired)))
        return Scored(
            self.id, self.as_of, status, reasons, self.known, total, tuple(scores), tuple(grades), stage, fired
        )

    def __repr__(self) -> str:
        return f"<Score {self.id!r}: total {self.total}, stage {self.stage!r}, {self.status}>"


class TableScore(Score):
    """A score from tables."""

    __slots__ = ("_parts",)

    def __init__(self, plan: p.Plan, as_of: int, results: Results, parts: Parts) -> None:
        self._plan = plan
        self._results = results
        self._parts = parts
        self.as_of = as_of

    @property
    def id(self) -> str:
        return self._parts[0].id(self._parts[1])

    @property
    def known(self) -> int:
        look, values, cells, *_ = self._parts
        return look.known(look.cells(values, cells))

    @property
    def fired(self) -> list[Entry]:
        look, values, cells, worths, excess, held = self._parts
        found: list[Entry] = []
        parts: Iterable[Cell | Outcome] = chain(look.cells(values, cells), held)
        for part in parts:
            found += part[1]
        if worths:
            found += _add_up(worths, excess)
        return found


def _add_up(worths: Sequence[Worth], excess: Sequence[Addition]) -> Iterable[Entry]:
    """The entries of rules from what each event gives, and what bounds take back."""
    found: dict[int, Entry] = {}
    for worth in worths:
        for entry in worth[3][0]:
            rule = entry[0]
            if rule in found:
                _, points, times = found[rule]
                found[rule] = rule, points + entry[1], times + 1
            else:
                found[rule] = entry
    for rule, more in excess:
        _, points, times = found[rule]
        found[rule] = rule, points + more, times
    return found.values()


class NodeScore(Score):
    """A score that was worked out node by node."""

    __slots__ = ("_scored",)

    def __init__(self, plan: p.Plan, as_of: int, results: Results, scored: Scored) -> None:
        super().__init__(plan, as_of, results)
        self._scored = scored

    @property
    def id(self) -> str:
        return self._scored.id

    @property
    def known(self) -> int:
        return self._scored.known

    @property
    def fired(self) -> Sequence[Entry]:
        return self._scored.fired
