"""A plan: a model as flat tables, from which it is run and from which every target is emitted.

Nothing of the source text is left but names and lines. Points are whole thousandths, numbers millionths, moments
and lengths microseconds, texts folded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from leadline_compiler.schema import Schema

PLAN_VERSION = 1

Node: TypeAlias = tuple[Any, ...]
"""The name of an operation and its arguments; see `ops`."""


@dataclass(frozen=True, slots=True)
class DecayTable:
    """What points become with age: `kind` and `percent` say how, in steps of `step` microseconds.

    `percent` is in millionths of a percent. For fading, `step` is a day and `days` how many there are.
    """

    kind: Literal["halving", "losing of rest", "losing of original", "fading"]
    step: int
    percent: int
    days: int


@dataclass(frozen=True, slots=True)
class TimesLimit:
    """Keeps the newest `times` events of all, of each day, or of each value of the property."""

    times: int
    per: Literal["all", "day", "property"]
    property: str | None


@dataclass(frozen=True, slots=True)
class WhenBody:
    condition: int


@dataclass(frozen=True, slots=True)
class EachBody:
    occurrence: int
    times: tuple[TimesLimit, ...]
    after_first: int
    decay: DecayTable | None
    up_to: int | None


@dataclass(frozen=True, slots=True)
class EveryBody:
    step: int
    amount: int
    up_to: int | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`values` are folded texts or bools; `ranges` are pairs of millionths, None is open."""

    points: int
    values: tuple[str | bool, ...]
    ranges: tuple[tuple[int | None, int | None], ...]
    missing: bool
    otherwise: bool


@dataclass(frozen=True, slots=True)
class TableBody:
    amount: int
    rows: tuple[PlanRow, ...]


Body: TypeAlias = WhenBody | EachBody | EveryBody | TableBody


@dataclass(frozen=True, slots=True)
class PlanRule:
    """`score` and `group` are indexes; `line` is in the file where the rule stands."""

    name: str
    points: int
    body: Body
    score: int
    group: int
    line: int


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """A group of a score; the rules outside of any group have one without a name."""

    name: str | None
    score: int
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class PlanScore:
    """`decay` shrinks the sum by the age of the newest event of `without`."""

    name: str
    low: int | None
    high: int | None
    decay: DecayTable | None
    without: int | None


@dataclass(frozen=True, slots=True)
class PlanTerm:
    score: int
    weight: int


@dataclass(frozen=True, slots=True)
class PlanGrade:
    """`rows` are letters with the points from which they count, the highest first; `otherwise` takes the rest."""

    score: int | None
    rows: tuple[tuple[str, int], ...]
    otherwise: str | None


@dataclass(frozen=True, slots=True)
class PlanExit:
    kind: Literal["disqualify", "exclude"]
    name: str
    condition: int


@dataclass(frozen=True, slots=True)
class PlanStage:
    name: str
    condition: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`nodes` stand after the nodes that they need. `ignored` are occurrences, judged on all events.

    `read_fields` are the indexes of the fields that the coverage counts.
    """

    name: str
    schema: Schema
    nodes: tuple[Node, ...]
    lists: tuple[tuple[str, ...], ...]
    ignored: tuple[int, ...]
    scores: tuple[PlanScore, ...]
    groups: tuple[PlanGroup, ...]
    rules: tuple[PlanRule, ...]
    terms: tuple[PlanTerm, ...]
    total_low: int | None
    total_high: int | None
    grades: tuple[PlanGrade, ...]
    exits: tuple[PlanExit, ...]
    stages: tuple[PlanStage, ...]
    read_fields: tuple[int, ...]
    version: int = PLAN_VERSION
