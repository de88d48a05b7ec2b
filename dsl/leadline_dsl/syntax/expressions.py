"""Names, values, occurrences, conditions and amounts as they were written."""

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
