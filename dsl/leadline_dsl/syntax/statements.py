"""Statements and their parts as they were written."""

from __future__ import annotations

from typing import Literal, TypeAlias

from leadline_dsl.nodes import aside, node
from leadline_dsl.source import Span
from leadline_dsl.syntax.expressions import (
    DateText,
    Duration,
    Expression,
    Name,
    Number,
    Occurrence,
    Text,
    Value,
    YesNo,
)


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
