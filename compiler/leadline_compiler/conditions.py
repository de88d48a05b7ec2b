"""Conditions and amounts with names bound and types known.

Numbers are whole millionths, texts folded, dates moments in microseconds. `text` is what was written, for
explanations; it takes no part in comparisons. Parentheses are gone, and a define is the thing itself under a
name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from leadline_compiler.schema import ValueType
from leadline_compiler.zones import Duration
from leadline_dsl.nodes import aside, node

if TYPE_CHECKING:
    from leadline_compiler.patterns import Matcher, Pattern


class Days(NamedTuple):
    """A date in a rule: its first and last microsecond. A moment has one; a bare day is the whole day."""

    first: int
    last: int


# ---- occurrences


@node
class Within:
    """Later than as-of less the duration, and not after as-of."""

    duration: Duration


@node
class Ago:
    """As-of less the duration, or earlier."""

    duration: Duration


@node
class Since:
    """At the moment or later; never, where an amount is missing."""

    moment: int | Amount


@node
class Before:
    """Earlier than the moment; never, where an amount is missing."""

    moment: int | Amount


Window: TypeAlias = Within | Ago | Since | Before


@node
class Occurrence:
    """Events of the named types that pass `where` and lie in every window. `every_event` was `any event`."""

    events: tuple[str, ...]
    where: Condition | None
    windows: tuple[Window, ...]
    every_event: bool
    text: str = aside(default="", kw_only=True)


# ---- amounts


@node
class NumberAmount:
    value: int
    text: str = aside(default="", kw_only=True)


@node
class DateAmount:
    days: Days
    text: str = aside(default="", kw_only=True)


@node
class FieldAmount:
    name: str
    type: ValueType
    text: str = aside(default="", kw_only=True)


@node
class PropertyAmount:
    name: str
    type: ValueType
    text: str = aside(default="", kw_only=True)


@node
class ScoreAmount:
    """A score, or the total where `score` is None."""

    score: str | None
    text: str = aside(default="", kw_only=True)


@node
class GradeAmount:
    """The letter of a score, or of the total where `score` is None."""

    score: str | None
    type: ValueType
    text: str = aside(default="", kw_only=True)


@node
class CountAmount:
    occurrence: Occurrence
    text: str = aside(default="", kw_only=True)


@node
class MeasureAmount:
    kind: Literal["sum", "lowest", "highest", "average", "latest", "earliest", "different"]
    property: str
    type: ValueType
    occurrence: Occurrence
    text: str = aside(default="", kw_only=True)


@node
class DaysSinceAmount:
    """Whole days from a date to as-of, or from as-of to the date where `until`."""

    date: Amount
    until: bool
    text: str = aside(default="", kw_only=True)


@node
class DaysSinceEventAmount:
    which: Literal["first", "last"]
    occurrence: Occurrence
    text: str = aside(default="", kw_only=True)


@node
class DomainAmount:
    of: Amount
    text: str = aside(default="", kw_only=True)


@node
class SumAmount:
    """Terms, each added or taken away, from left to right."""

    terms: tuple[tuple[Literal["+", "-"], Amount], ...]
    text: str = aside(default="", kw_only=True)


@node
class ProductAmount:
    """Factors, each multiplied or divided by, from left to right, rounded after each step."""

    factors: tuple[tuple[Literal["*", "/"], Amount], ...]
    text: str = aside(default="", kw_only=True)


@node
class DefinedAmount:
    name: str
    amount: Amount
    text: str = aside(default="", kw_only=True)


Amount: TypeAlias = (
    NumberAmount
    | DateAmount
    | FieldAmount
    | PropertyAmount
    | ScoreAmount
    | GradeAmount
    | CountAmount
    | MeasureAmount
    | DaysSinceAmount
    | DaysSinceEventAmount
    | DomainAmount
    | SumAmount
    | ProductAmount
    | DefinedAmount
)


# ---- conditions


@node
class All:
    parts: tuple[Condition, ...]
    text: str = aside(default="", kw_only=True)


@node
class Either:
    parts: tuple[Condition, ...]
    text: str = aside(default="", kw_only=True)


@node
class Not:
    part: Condition
    text: str = aside(default="", kw_only=True)


@node
class Truth:
    """A yes/no amount that stands alone: it is yes."""

    amount: Amount
    text: str = aside(default="", kw_only=True)


@node
class Comparison:
    relation: Literal[">", ">=", "<", "<="]
    left: Amount
    right: Amount
    text: str = aside(default="", kw_only=True)


@node
class Between:
    amount: Amount
    low: Amount
    high: Amount
    text: str = aside(default="", kw_only=True)


Literals: TypeAlias = tuple[str, ...] | tuple[int, ...] | tuple[bool, ...] | tuple[Days, ...]
"""Values of one type: folded texts, millionths, bools or days."""


@node
class Is:
    """The amount is one of the values; the plain negation of that where `negated`."""

    amount: Amount
    values: Literals
    negated: bool
    text: str = aside(default="", kw_only=True)


@node
class IsIn:
    """The text is one of the entries of a named list."""

    amount: Amount
    list_name: str
    entries: frozenset[str]
    negated: bool
    text: str = aside(default="", kw_only=True)


@node
class IsKnown:
    amount: Amount
    known: bool
    text: str = aside(default="", kw_only=True)


@node
class TextTest:
    """Any of the texts (folded, spaces at their edges kept) is contained, a beginning, an end."""

    amount: Amount
    kind: Literal["contains", "starts with", "ends with"]
    texts: tuple[str, ...]
    negated: bool
    text: str = aside(default="", kw_only=True)


@node
class Matches:
    amount: Amount
    pattern: Pattern
    matcher: Matcher = aside()
    text: str = aside(default="", kw_only=True)


@node
class Includes:
    """A list of texts includes any of the texts, or all of them."""

    amount: Amount
    every: bool
    texts: tuple[str, ...]
    negated: bool
    text: str = aside(default="", kw_only=True)


@node
class Has:
    occurrence: Occurrence
    negated: bool
    text: str = aside(default="", kw_only=True)


@node
class Defined:
    name: str
    condition: Condition
    text: str = aside(default="", kw_only=True)


Condition: TypeAlias = (
    All
    | Either
    | Not
    | Truth
    | Comparison
    | Between
    | Is
    | IsIn
    | IsKnown
    | TextTest
    | Matches
    | Includes
    | Has
    | Defined
)

AMOUNTS = (
    NumberAmount,
    DateAmount,
    FieldAmount,
    PropertyAmount,
    ScoreAmount,
    GradeAmount,
    CountAmount,
    MeasureAmount,
    DaysSinceAmount,
    DaysSinceEventAmount,
    DomainAmount,
    SumAmount,
    ProductAmount,
    DefinedAmount,
)
"""The classes of amounts, to tell them from conditions."""
