"""A model: all that a rules file means, with names bound and types known. Points are whole thousandths."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from leadline_compiler.conditions import Amount, Condition, Occurrence
from leadline_compiler.schema import Schema
from leadline_compiler.zones import Duration, Zone
from leadline_dsl.nodes import node
from leadline_dsl.source import Place


@node
class Bounds:
    """Thousandths; None is open."""

    low: int | None = None
    high: int | None = None

    def clamp(self, points: int) -> int:
        if self.low is not None and points < self.low:
            return self.low
        return self.high if self.high is not None and points > self.high else points


OPEN = Bounds()


@node
class Decay:
    """How points shrink with age, in steps of `every`; `percent` is what the losing kinds take a step."""

    kind: Literal["halving", "losing of rest", "losing of original", "fading"]
    every: Duration
    percent: Fraction = Fraction(0)


@node
class TimesLimit:
    """Keeps the newest `times` events: of all, of each day (`"day"`), or of each value of the named property."""

    times: int
    per: Literal["all", "day", "property"]
    property: str | None = None


@node
class When:
    condition: Condition


@node
class Each:
    """`after_first`: so many of the oldest matching events do not count. `up_to`: thousandths."""

    occurrence: Occurrence
    times: tuple[TimesLimit, ...]
    after_first: int
    decay: Decay | None
    up_to: int | None


@node
class Every:
    """Points once for every `step` (millionths) in the amount."""

    step: int
    amount: Amount
    up_to: int | None


@node
class NumberRange:
    """Millionths, both ends in; None is open."""

    low: int | None
    high: int | None

    def takes(self, number: int) -> bool:
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)


RowValue: TypeAlias = str | bool | NumberRange


@node
class Row:
    """A row of `points … by`: folded texts, bools or ranges; `missing` and `otherwise` as written."""

    points: int
    values: tuple[RowValue, ...]
    missing: bool
    otherwise: bool
    text: str
    place: Place


@node
class Table:
    amount: Amount
    rows: tuple[Row, ...]


Body: TypeAlias = When | Each | Every | Table


@node
class Care:
    """Why a rule is there, whose it is, and the day (YYYY-MM-DD) by which to look at it again."""

    because: str | None = None
    owner: str | None = None
    review_by: str | None = None


NO_CARE = Care()


@node
class Rule:
    """One line of the scorecard. `points` is 0 for a table, whose rows have their own. `text` is what was written."""

    name: str
    points: int
    body: Body
    care: Care
    text: str
    place: Place
    line: int


@node
class Group:
    """Rules with common bounds; the rules of a score outside of any group have a group without a name."""

    name: str | None
    bounds: Bounds
    rules: tuple[Rule, ...]
    place: Place


@node
class ScoreDecay:
    decay: Decay
    without: Occurrence
    text: str


@node
class Score:
    name: str
    bounds: Bounds
    decay: ScoreDecay | None
    groups: tuple[Group, ...]
    place: Place


@node
class Term:
    """A score in the total; the weight in thousandths, with its sign."""

    score: str
    weight: int


@node
class Total:
    terms: tuple[Term, ...]
    bounds: Bounds
    place: Place | None


@node
class GradeRow:
    """`start` in thousandths; None is `otherwise`."""

    letter: str
    start: int | None


@node
class Grade:
    """Letters for a score, or for the total where `score` is None."""

    score: str | None
    rows: tuple[GradeRow, ...]
    place: Place


@node
class Exit:
    kind: Literal["disqualify", "exclude"]
    name: str
    condition: Condition
    care: Care
    text: str
    place: Place
    line: int


@node
class Stage:
    name: str
    condition: Condition
    care: Care
    text: str
    place: Place
    line: int


@node
class Model:
    """`read_fields` are the contact fields that rules, tables, exits and stages read, for the coverage."""

    name: str
    schema: Schema
    ignored: tuple[Occurrence, ...]
    assumptions: tuple[Condition, ...]
    scores: tuple[Score, ...]
    total: Total
    grades: tuple[Grade, ...]
    exits: tuple[Exit, ...]
    stages: tuple[Stage, ...]
    read_fields: frozenset[str]

    @property
    def zone(self) -> Zone:
        return self.schema.zone

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules in the order of the file."""
        return tuple(rule for score in self.scores for group in score.groups for rule in group.rules)
