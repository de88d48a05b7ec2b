"""What scoring a contact yields: the result, and how each point came about. Points are whole thousandths.

Every figure of an explanation is here as the interpreter worked it out; nothing is derived by difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.model import Group, Model, Row, Rule, Score, Term, TimesLimit


@dataclass(frozen=True, slots=True)
class CountedEvent:
    """An event that counted, and what it gave after decay."""

    event: Event
    points: int


@dataclass(frozen=True, slots=True)
class UncountedEvent:
    """A matching event that a limit left out: one of `limits`, or `after the first` where there is none."""

    event: Event
    limits: tuple[TimesLimit, ...]
    among_first: bool


@dataclass(frozen=True, slots=True)
class WhenDetail:
    holds: bool


@dataclass(frozen=True, slots=True)
class EachDetail:
    """`undecayed` is what the counted events would give without decay, `earned` with it, before `up to`."""

    counted: tuple[CountedEvent, ...]
    uncounted: tuple[UncountedEvent, ...]
    undecayed: int
    earned: int


@dataclass(frozen=True, slots=True)
class EveryDetail:
    """`steps` times the points are `earned`, before `up to`."""

    value: Value
    steps: int
    earned: int


@dataclass(frozen=True, slots=True)
class TableDetail:
    value: Value
    row: Row | None


Detail: TypeAlias = WhenDetail | EachDetail | EveryDetail | TableDetail


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """`points` are after the rule's own limits and before any clamp; `times` as the result shows it."""

    rule: Rule
    score: str
    group: str | None
    fired: bool
    points: int
    times: int
    detail: Detail


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """The sum of a group's rules, and what its bounds make of it."""

    group: Group
    rules: tuple[RuleOutcome, ...]
    sum: int
    points: int


@dataclass(frozen=True, slots=True)
class ScoreOutcome:
    """The sum of the groups, what the score's decay leaves of it after `steps`, and what its bounds make of that.

    `last` is the event since which the score decays.
    """

    score: Score
    groups: tuple[GroupOutcome, ...]
    sum: int
    last: Event | None
    steps: int
    after_decay: int
    points: int


@dataclass(frozen=True, slots=True)
class TermOutcome:
    """A score's share of the total, rounded to a thousandth."""

    term: Term
    points: int


Status: TypeAlias = Literal["scored", "disqualified", "excluded"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is known of a contact as of an instant (microseconds).

    `exits` are the indexes, in the model, of the exits whose condition holds; `stages` likewise. `reasons` are
    the names of those that made the status.
    """

    model: Model
    contact: Contact
    as_of: int
    scores: tuple[ScoreOutcome, ...]
    terms: tuple[TermOutcome, ...]
    sum: int
    total: int
    grades: tuple[tuple[str | None, str | None], ...]
    exits: tuple[int, ...]
    stages: tuple[int, ...]
    status: Status
    reasons: tuple[str, ...]
    stage: str | None
    known: int

    @property
    def rules(self) -> tuple[RuleOutcome, ...]:
        """The outcomes of all rules, in the order of the model."""
        return tuple(rule for score in self.scores for group in score.groups for rule in group.rules)
