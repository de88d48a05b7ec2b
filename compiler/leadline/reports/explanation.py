"""An explanation of one contact's scores, as data. Points are whole thousandths; texts are as people read them.

The ledger: in each score the points of its rules and the changes of its cuts add up to the score; the terms
and the changes of the total's cuts add up to the total. Every figure is one of the interpreter's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from leadline_compiler.contacts import Event, Value
from leadline_compiler.model import Care
from leadline_compiler.outcome import Outcome
from leadline_compiler.schema import ValueType


@dataclass(frozen=True, slots=True)
class ReadValue:
    """An amount as written (a field, `count of …`) and what it was worth; None is missing."""

    text: str
    type: ValueType
    value: Value


@dataclass(frozen=True, slots=True)
class Part:
    """A single test of a condition; `said` is its value in words, and what it needs where it failed."""

    text: str
    holds: bool
    said: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event that counted; `points` is what it gave after decay, where the rule gives points by event."""

    event: Event
    ago: str
    points: int | None


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """Events that did not count for one reason, newest first; `by_limit` where they did match."""

    reason: str
    by_limit: bool
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class OwnCut:
    """What a rule's own limits made of it before its points were told, so it is no line of the ledger.

    `before` and `after` are thousandths, None for limits, which leave out events.
    """

    kind: Literal["limit", "decay", "up to"]
    said: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule, whether it fired or not. `worth` is what it gives or would give once; of
    a table that did not fire its nearest row, else its best.

    `said` is the why in words: values and events where it fired, else the part that failed. `distance` is 0
    where it fired and grows to 1 the further it is from it.
    """

    rule: str
    score: str
    group: str | None
    line: int
    text: str
    care: Care
    fired: bool
    points: int
    times: int
    worth: int
    said: str
    distance: Fraction
    values: tuple[ReadValue, ...]
    parts: tuple[Part, ...]
    counted: tuple[EventLine, ...]
    left_out: tuple[LeftOutLine, ...]
    cuts: tuple[OwnCut, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """What bounds or the decay of a score changed: a line of the ledger, worth `after - before`.

    `score` is None for the total. `name` is what was cut: `group "Email"`, the score's name, `total`.
    """

    kind: Literal["group", "score decay", "score bounds", "total bounds"]
    score: str | None
    group: str | None
    name: str
    said: str
    before: int
    after: int

    @property
    def points(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of a score's sum: the name of a rule, or what a cut says."""

    kind: Literal["rule", "cut"]
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class ScoreSum:
    """A score and the lines that add up to it, in the order of the model: of rules, then of cuts."""

    score: str
    letter: str | None
    lines: tuple[SumLine, ...]
    points: int


@dataclass(frozen=True, slots=True)
class TermLine:
    """A score in the total: `weight` (thousandths) times `score_points`, rounded, is `points`."""

    score: str
    weight: int
    score_points: int
    points: int


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage above the contact's own, and the part of its condition that failed.

    `short` are the points that are lacking where the condition, or one of the parts that it joins by `and`, asks
    for so many points of `short_in` (None: of the total). `also` are the other parts that fail, as written.
    """

    stage: str
    line: int
    said: str
    distance: Fraction
    short: int | None
    short_in: str | None
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReachedLine:
    """The contact's own stage; `said` is what holds of it, `because` what the rules say of it."""

    stage: str
    line: int
    said: str
    because: str | None


@dataclass(frozen=True, slots=True)
class ExitLine:
    """A `disqualify` or `exclude`; `said` is why it holds, or the part that failed."""

    kind: Literal["disqualify", "exclude"]
    name: str
    line: int
    holds: bool
    said: str
    because: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one contact has its scores. Rules, exits and stages stand in the order of the model.

    `stages` are those above the contact's own, where it is scored; `reached` is its own.
    """

    outcome: Outcome
    sentence: str
    as_of: str
    rules: tuple[RuleLine, ...]
    cuts: tuple[Cut, ...]
    sums: tuple[ScoreSum, ...]
    terms: tuple[TermLine, ...]
    reached: ReachedLine | None
    stages: tuple[StageLine, ...]
    exits: tuple[ExitLine, ...]

    @property
    def reasons(self) -> tuple[RuleLine, ...]:
        """The rules that fired, those with the most points first, whatever their sign."""
        fired = (line for line in self.rules if line.fired)
        return tuple(sorted(fired, key=lambda line: -abs(line.points)))

    @property
    def outs(self) -> tuple[ExitLine, ...]:
        """The exits that gave the contact its status; none where it is scored."""
        kind = {"excluded": "exclude", "disqualified": "disqualify"}.get(self.outcome.status)
        return tuple(exit_ for exit_ in self.exits if exit_.holds and exit_.kind == kind)

    @property
    def missed(self) -> tuple[RuleLine, ...]:
        """The rules that did not fire, the nearest first, and of the same distance those worth most."""
        missed = (line for line in self.rules if not line.fired)
        return tuple(sorted(missed, key=lambda line: (line.distance, -abs(line.worth))))
