"""The syntax tree: what was written, statement by statement.

Spans count from the start of the statement and are no part of a comparison, so that two layouts of one
statement are equal.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from leadline_dsl.nodes import aside, node
from leadline_dsl.source import Span


@node
class Name:
    text: str
    quoted: bool = aside()
    span: Span = aside()


# ---- values


@node
class Text:
    value: str
    span: Span = aside()


@node
class Number:
    """A number as written, with its sign: `-2.50`."""

    text: str
    span: Span = aside()


@node
class DateText:
    """A day or a moment as written: `2026-03-01`, `2026-03-01T09:00`."""

    text: str
    span: Span = aside()


@node
class YesNo:
    value: bool
    span: Span = aside()


Value: TypeAlias = Text | Number | DateText | YesNo


@node
class Duration:
    count: Number
    unit: str
    span: Span = aside()


# ---- occurrences


@node
class Window:
    """`within` and `ago` have a duration, `since` and `before` a day, a moment or a field."""

    kind: Literal["within", "ago", "since", "before"]
    bound: Duration | DateText | Name
    span: Span = aside()


@node
class Occurrence:
    """`events` is empty for `any event`."""

    form: Literal["event", "any event", "any of"]
    events: tuple[Name, ...]
    where: Expression | None
    windows: tuple[Window, ...]
    span: Span = aside()


# ---- conditions and amounts


@node
class Parentheses:
    inner: Expression
    span: Span = aside()


@node
class Either:
    """Conditions joined by `or`."""

    parts: tuple[Expression, ...]
    span: Span = aside()


@node
class All:
    """Conditions joined by `and`."""

    parts: tuple[Expression, ...]
    span: Span = aside()


@node
class Not:
    part: Expression
    span: Span = aside()


@node
class Comparison:
    relation: Literal[">", ">=", "<", "<="]
    left: Expression
    right: Expression
    span: Span = aside()


@node
class Between:
    amount: Expression
    low: Expression
    high: Expression
    span: Span = aside()


@node
class Is:
    """`is V`, `is one of V, V` and their negations; `listed` tells the two forms apart."""

    amount: Expression
    values: tuple[Value, ...]
    negated: bool
    listed: bool
    span: Span = aside()


@node
class IsIn:
    amount: Expression
    list_name: Name
    negated: bool
    span: Span = aside()


@node
class IsKnown:
    """`is known`, or `is missing` where `known` is False."""

    amount: Expression
    known: bool
    span: Span = aside()


@node
class TextTest:
    """`contains`, `starts with`, `ends with`, each with one text or `any of` several, and `does not …`."""

    amount: Expression
    kind: Literal["contains", "starts with", "ends with"]
    values: tuple[Value, ...]
    negated: bool
    listed: bool
    span: Span = aside()


@node
class Matches:
    amount: Expression
    pattern: Text
    span: Span = aside()


@node
class Includes:
    amount: Expression
    kind: Literal["one", "any of", "all of", "not"]
    values: tuple[Value, ...]
    span: Span = aside()


@node
class Has:
    """`has OCCURRENCE`, or `no OCCURRENCE` where `negated`."""

    occurrence: Occurrence
    negated: bool
    span: Span = aside()


@node
class Sum:
    """`a + b - c`: the signs stand with the terms, the first is always `+`."""

    terms: tuple[tuple[Literal["+", "-"], Expression], ...]
    span: Span = aside()


@node
class Product:
    """`a * b / c`: the signs stand with the factors, the first is always `*`."""

    factors: tuple[tuple[Literal["*", "/"], Expression], ...]
    span: Span = aside()


@node
class Count:
    occurrence: Occurrence
    span: Span = aside()


MeasureKind: TypeAlias = Literal["sum", "lowest", "highest", "average", "latest", "earliest", "different"]


@node
class Measure:
    """`sum of PROP of OCCURRENCE` and its kin; `different` is `number of different`."""

    kind: MeasureKind
    property: Name
    occurrence: Occurrence
    span: Span = aside()


@node
class DaysSince:
    """`days since NAME`, or `days until NAME`."""

    name: Name
    until: bool
    span: Span = aside()


@node
class DaysSinceEvent:
    which: Literal["first", "last"]
    occurrence: Occurrence
    span: Span = aside()


@node
class Domain:
    name: Name
    span: Span = aside()


@node
class GradeOf:
    score: Name
    span: Span = aside()


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


@node
class TypeName:
    """`choices` only for `one of`."""

    kind: Literal["text", "number", "yes/no", "date", "one of", "list of text"]
    choices: tuple[Value, ...]
    span: Span = aside()


@node
class Bounds:
    low: Number | None
    high: Number | None
    span: Span = aside()


@node
class Decay:
    """`percent` only for the losing kinds, `fades_to` only for fading."""

    kind: Literal["halving", "losing of rest", "losing of original", "fading"]
    every: Duration
    percent: Number | None
    fades_to: Number | None
    span: Span = aside()


@node
class ScoreDecay:
    decay: Decay
    without: Occurrence
    span: Span = aside()


@node
class TimesLimit:
    """`per` is None, `"day"`, or a property."""

    times: Number
    per: Literal["day"] | Name | None
    span: Span = aside()


@node
class AfterFirst:
    count: Number
    span: Span = aside()


@node
class UpTo:
    points: Number
    span: Span = aside()


Limit: TypeAlias = TimesLimit | AfterFirst | UpTo | Decay


@node
class Reason:
    """`because`, `owner` and `review by`, wherever a statement may end with them."""

    kind: Literal["because", "owner", "review by"]
    value: Text | DateText
    span: Span = aside()


# ---- statements


@node
class Model:
    name: Text
    zone: Text | None
    span: Span = aside()


@node
class Include:
    path: Text
    span: Span = aside()


@node
class ContactBlock:
    identified_by: Name | None
    span: Span = aside()


@node
class FieldLine:
    name: Name
    type: TypeName
    heading: Text | None
    span: Span = aside()


@node
class EventsBlock:
    span: Span = aside()


@node
class PropertyPart:
    name: Name
    type: TypeName
    span: Span = aside()


@node
class EventLine:
    name: Name
    properties: tuple[PropertyPart, ...]
    source_name: Text | None
    span: Span = aside()


@node
class ListLine:
    """Either `values` or `path` is given."""

    name: Name
    values: tuple[Value, ...]
    path: Text | None
    span: Span = aside()


@node
class Define:
    name: Name
    expression: Expression
    span: Span = aside()


@node
class Ignore:
    occurrence: Occurrence
    span: Span = aside()


@node
class Assume:
    condition: Expression
    span: Span = aside()


@node
class Score:
    name: Name
    bounds: Bounds | None
    decay: ScoreDecay | None
    span: Span = aside()


@node
class Group:
    name: Text
    bounds: Bounds | None
    span: Span = aside()


@node
class WhenRule:
    points: Number
    name: Text
    condition: Expression
    reasons: tuple[Reason, ...]
    span: Span = aside()


@node
class EachRule:
    points: Number
    name: Text
    occurrence: Occurrence
    limits: tuple[Limit, ...]
    reasons: tuple[Reason, ...]
    span: Span = aside()


@node
class EveryRule:
    points: Number
    name: Text
    step: Number
    amount: Expression
    limits: tuple[Limit, ...]
    reasons: tuple[Reason, ...]
    span: Span = aside()


@node
class Points:
    """`points "NAME" by AMOUNT`; its rows are the statements below it."""

    name: Text
    amount: Expression
    reasons: tuple[Reason, ...]
    span: Span = aside()


@node
class NumberRange:
    """Numbers of a row; `low_open` and `high_open` tell whether the end itself is left out."""

    low: Number | None
    high: Number | None
    low_open: bool
    high_open: bool
    span: Span = aside()


@node
class MissingValue:
    span: Span = aside()


RowValue: TypeAlias = Text | YesNo | NumberRange | MissingValue


@node
class Row:
    """`values` is empty for `otherwise`."""

    points: Number
    values: tuple[RowValue, ...]
    reasons: tuple[Reason, ...]
    span: Span = aside()


@node
class Term:
    """A score in the total; `weight` carries the sign, None is plain."""

    negative: bool
    weight: Number | None
    score: Name
    span: Span = aside()


@node
class Total:
    terms: tuple[Term, ...]
    bounds: Bounds | None
    span: Span = aside()


@node
class Grade:
    score: Name
    span: Span = aside()


@node
class GradeRow:
    """`start` is None for `otherwise`."""

    letter: Text
    start: Number | None
    span: Span = aside()


@node
class Exit:
    kind: Literal["disqualify", "exclude"]
    name: Text
    condition: Expression
    reasons: tuple[Reason, ...]
    span: Span = aside()


@node
class Stage:
    name: Text
    condition: Expression
    reasons: tuple[Reason, ...]
    span: Span = aside()


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
