"""A plan: a model as flat tables, from which it is run and from which every target is emitted.

Nothing of the source text is left but names and lines. Points are whole thousandths, numbers millionths, moments
and lengths microseconds, texts folded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from leadline_compiler.schema import Schema
from leadline_dsl.nodes import node

PLAN_VERSION = 1

Node: TypeAlias = tuple[Any, ...]
"""The name of an operation and its arguments; see `ops`."""


@node
class DecayTable:
    """What points become with age: `kind` and `percent` say how, in steps of `step` microseconds.

    `percent` is in millionths of a percent. For fading, `step` is a day and `days` how many there are.
    """

    kind: Literal["halving", "losing of rest", "losing of original", "fading"]
    step: int
    percent: int
    days: int


@node
class TimesLimit:
    """Keeps the newest `times` events of all, of each day, or of each value of the property."""

    times: int
    per: Literal["all", "day", "property"]
    property: str | None


@node
class WhenBody:
    condition: int


@node
class EachBody:
    occurrence: int
    times: tuple[TimesLimit, ...]
    after_first: int
    decay: DecayTable | None
    up_to: int | None


@node
class EveryBody:
    step: int
    amount: int
    up_to: int | None


@node
class PlanRow:
    """`values` are folded texts or bools; `ranges` are pairs of millionths, None is open."""

    points: int
    values: tuple[str | bool, ...]
    ranges: tuple[tuple[int | None, int | None], ...]
    missing: bool
    otherwise: bool


@node
class TableBody:
    amount: int
    rows: tuple[PlanRow, ...]


Body: TypeAlias = WhenBody | EachBody | EveryBody | TableBody


@node
class PlanRule:
    """`score` and `group` are indexes; `line` is in the file where the rule stands."""

    name: str
    points: int
    body: Body
    score: int
    group: int
    line: int


@node
class PlanGroup:
    """A group of a score; the rules outside of any group have one without a name."""

    name: str | None
    score: int
    low: int | None
    high: int | None


@node
class PlanScore:
    """`decay` shrinks the sum by the age of the newest event of `without`."""

    name: str
    low: int | None
    high: int | None
    decay: DecayTable | None
    without: int | None


@node
class PlanTerm:
    score: int
    weight: int


@node
class PlanGrade:
    """`rows` are letters with the points from which they count, the highest first; `otherwise` takes the rest."""

    score: int | None
    rows: tuple[tuple[str, int], ...]
    otherwise: str | None


@node
class PlanExit:
    kind: Literal["disqualify", "exclude"]
    name: str
    condition: int


@node
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
