"""The syntax tree: what was written, statement by statement.

Spans count from the start of the statement and are no part of a comparison, so that two layouts of one
statement are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from leadline_dsl.source import Span


def _span() -> Span:
    return field(compare=False, repr=False)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    quoted: bool = field(compare=False, repr=False)
    span: Span = _span()


# ---- values


@dataclass(frozen=True, slots=True)
class Text:
    value: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, with its sign: `-2.50`."""

    text: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class DateText:
    """A day or a moment as written: `2026-03-01`, `2026-03-01T09:00`."""

    text: str
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class YesNo:
    value: bool
    span: Span = _span()


Value: TypeAlias = Text | Number | DateText | YesNo


@dataclass(frozen=True, slots=True)
class Duration:
    count: Number
    unit: str
    span: Span = _span()


# ---- occurrences


@dataclass(frozen=True, slots=True)
class Window:
    """`within` and `ago` have a duration, `since` and `before` a day, a moment or a field."""

    kind: Literal["within", "ago", "since", "before"]
    bound: Duration | DateText | Name
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`events` is empty for `any event`."""

    form: Literal["event", "any event", "any of"]
    events: tuple[Name, ...]
    where: Expression | None
    windows: tuple[Window, ...]
    span: Span = _span()


# ---- conditions and amounts


@dataclass(frozen=True, slots=True)
class Parentheses:
    inner: Expression
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Either:
    """Conditions joined by `or`."""

    parts: tuple[Expression, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class All:
    """Conditions joined by `and`."""

    parts: tuple[Expression, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Not:
    part: Expression
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Comparison:
    relation: Literal[">", ">=", "<", "<="]
    left: Expression
    right: Expression
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Between:
    amount: Expression
    low: Expression
    high: Expression
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Is:
    """`is V`, `is one of V, V` and their negations; `listed` tells the two forms apart."""

    amount: Expression
    values: tuple[Value, ...]
    negated: bool
    listed: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class IsIn:
    amount: Expression
    list_name: Name
    negated: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class IsKnown:
    """`is known`, or `is missing` where `known` is False."""

    amount: Expression
    known: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class TextTest:
    """`contains`, `starts with`, `ends with`, each with one text or `any of` several, and `does not …`."""

    amount: Expression
    kind: Literal["contains", "starts with", "ends with"]
    values: tuple[Value, ...]
    negated: bool
    listed: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Matches:
    amount: Expression
    pattern: Text
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Includes:
    amount: Expression
    kind: Literal["one", "any of", "all of", "not"]
    values: tuple[Value, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Has:
    """`has OCCURRENCE`, or `no OCCURRENCE` where `negated`."""

    occurrence: Occurrence
    negated: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Sum:
    """`a + b - c`: the signs stand with the terms, the first is always `+`."""

    terms: tuple[tuple[Literal["+", "-"], Expression], ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Product:
    """`a * b / c`: the signs stand with the factors, the first is always `*`."""

    factors: tuple[tuple[Literal["*", "/"], Expression], ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Count:
    occurrence: Occurrence
    span: Span = _span()


MeasureKind: TypeAlias = Literal["sum", "lowest", "highest", "average", "latest", "earliest", "different"]


@dataclass(frozen=True, slots=True)
class Measure:
    """`sum of PROP of OCCURRENCE` and its kin; `different` is `number of different`."""

    kind: MeasureKind
    property: Name
    occurrence: Occurrence
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class DaysSince:
    """`days since NAME`, or `days until NAME`."""

    name: Name
    until: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class DaysSinceEvent:
    which: Literal["first", "last"]
    occurrence: Occurrence
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Domain:
    name: Name
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class GradeOf:
    score: Name
    span: Span = _span()


Expression: TypeAlias = (
    Parentheses
    | Either
    | All
    | Not
    | Comparison
    | Between
    | Is
    | IsIn
    | IsKnown
    | TextTest
    | Matches
    | Includes
    | Has
    | Sum
    | Product
    | Count
    | Measure
    | DaysSince
    | DaysSinceEvent
    | Domain
    | GradeOf
    | Name
    | Number
    | DateText
    | Text
)


# ---- parts of statements


@dataclass(frozen=True, slots=True)
class TypeName:
    """`choices` only for `one of`."""

    kind: Literal["text", "number", "yes/no", "date", "one of", "list of text"]
    choices: tuple[Value, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Bounds:
    low: Number | None
    high: Number | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Decay:
    """`percent` only for the losing kinds, `fades_to` only for fading."""

    kind: Literal["halving", "losing of rest", "losing of original", "fading"]
    every: Duration
    percent: Number | None
    fades_to: Number | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ScoreDecay:
    decay: Decay
    without: Occurrence
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class TimesLimit:
    """`per` is None, `"day"`, or a property."""

    times: Number
    per: Literal["day"] | Name | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class AfterFirst:
    count: Number
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class UpTo:
    points: Number
    span: Span = _span()


Limit: TypeAlias = TimesLimit | AfterFirst | UpTo | Decay


@dataclass(frozen=True, slots=True)
class Reason:
    """`because`, `owner` and `review by`, wherever a statement may end with them."""

    kind: Literal["because", "owner", "review by"]
    value: Text | DateText
    span: Span = _span()


# ---- statements


@dataclass(frozen=True, slots=True)
class Model:
    name: Text
    zone: Text | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Include:
    path: Text
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ContactBlock:
    identified_by: Name | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class FieldLine:
    name: Name
    type: TypeName
    heading: Text | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class EventsBlock:
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class PropertyPart:
    name: Name
    type: TypeName
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class EventLine:
    name: Name
    properties: tuple[PropertyPart, ...]
    source_name: Text | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class ListLine:
    """Either `values` or `path` is given."""

    name: Name
    values: tuple[Value, ...]
    path: Text | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Define:
    name: Name
    expression: Expression
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Ignore:
    occurrence: Occurrence
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Assume:
    condition: Expression
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Score:
    name: Name
    bounds: Bounds | None
    decay: ScoreDecay | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Group:
    name: Text
    bounds: Bounds | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class WhenRule:
    points: Number
    name: Text
    condition: Expression
    reasons: tuple[Reason, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class EachRule:
    points: Number
    name: Text
    occurrence: Occurrence
    limits: tuple[Limit, ...]
    reasons: tuple[Reason, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class EveryRule:
    points: Number
    name: Text
    step: Number
    amount: Expression
    limits: tuple[Limit, ...]
    reasons: tuple[Reason, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Points:
    """`points "NAME" by AMOUNT`; its rows are the statements below it."""

    name: Text
    amount: Expression
    reasons: tuple[Reason, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers of a row; `low_open` and `high_open` tell whether the end itself is left out."""

    low: Number | None
    high: Number | None
    low_open: bool
    high_open: bool
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class MissingValue:
    span: Span = _span()


RowValue: TypeAlias = Text | YesNo | NumberRange | MissingValue


@dataclass(frozen=True, slots=True)
class Row:
    """`values` is empty for `otherwise`."""

    points: Number
    values: tuple[RowValue, ...]
    reasons: tuple[Reason, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Term:
    """A score in the total; `weight` carries the sign, None is plain."""

    negative: bool
    weight: Number | None
    score: Name
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Total:
    terms: tuple[Term, ...]
    bounds: Bounds | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Grade:
    score: Name
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class GradeRow:
    """`start` is None for `otherwise`."""

    letter: Text
    start: Number | None
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Exit:
    kind: Literal["disqualify", "exclude"]
    name: Text
    condition: Expression
    reasons: tuple[Reason, ...]
    span: Span = _span()


@dataclass(frozen=True, slots=True)
class Stage:
    name: Text
    condition: Expression
    reasons: tuple[Reason, ...]
    span: Span = _span()


Node: TypeAlias = (
    Model
    | Include
    | ContactBlock
    | FieldLine
    | EventsBlock
    | EventLine
    | ListLine
    | Define
    | Ignore
    | Assume
    | Score
    | Group
    | WhenRule
    | EachRule
    | EveryRule
    | Points
    | Row
    | Total
    | Grade
    | GradeRow
    | Exit
    | Stage
)
