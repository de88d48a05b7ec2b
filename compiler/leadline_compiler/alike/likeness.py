"""The answer: alike or not, what shows it, and how far the totals and the stages go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from leadline_compiler.alike.shared import merged
from leadline_compiler.contacts import Contact
from leadline_compiler.outcome import Outcome
from leadline_compiler.schema import Schema
from leadline_compiler.ways import Cost


@dataclass(frozen=True, slots=True)
class Difference:
    """A contact that the models score differently. `is_smallest`: it is proved that none is smaller."""

    contact: Contact
    old: Outcome
    new: Outcome
    is_smallest: bool

    @property
    def size(self) -> Cost:
        return Cost(len(self.contact.events), len(self.contact.values))

    @property
    def schema(self) -> Schema:
        """The fields and events of both models, by which the contact is told."""
        return merged(self.old.model.schema, self.new.model.schema)


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that the total can be, in thousandths; None is no end that is known.

    Where a limit is not exact, no contact lies beyond it, and perhaps none comes to it.
    """

    least: int | None
    most: int | None
    least_is_exact: bool
    most_is_exact: bool


Reachable: TypeAlias = Literal["yes", "no", "undecided"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a stage can be reached in the old and in the new model; None where it has no such stage."""

    stage: str
    old: Reachable | None
    new: Reachable | None


Verdict: TypeAlias = Literal["alike", "differ", "undecided"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """`why` says what was in the way of a proof. `totals` and `stages` are told where anything matters at all."""

    verdict: Verdict
    difference: Difference | None = None
    why: str = ""
    least: Cost | None = None
    totals: tuple[Limits, Limits] | None = None
    stages: tuple[Standing, ...] = ()


def differ(old: Outcome, new: Outcome) -> bool:
    """Whether two results of one contact differ in what both models tell of it."""
    if (old.status, old.stage, old.total) != (new.status, new.stage, new.total):
        return True
    scores, letters = _scores(new), dict(new.grades)
    return any(scores.get(name, points) != points for name, points in _scores(old).items()) or any(
        score in letters and letters[score] != letter for score, letter in old.grades
    )


def _scores(outcome: Outcome) -> Mapping[str, int]:
    return {one.score.name: one.points for one in outcome.scores}
