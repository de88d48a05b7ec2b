"""Amounts and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from leadline_dsl import syntax as s
from leadline_dsl.builder.children import (
    Children,
    all_of,
    date_of,
    number_of,
    read_name,
    span_of,
    text_of,
    tokens_of,
)
from leadline_dsl.builder.occurrences import Occurrences
from leadline_dsl.literals import (
    read_pattern,
    refuse_blank,
)
from leadline_dsl.source import Span
from leadline_dsl.terminals import Terminal


class Test(NamedTuple):
    """The right half of a test, waiting for its amount."""

    make: Callable[[s.Expression, Span], s.Expression]
    span: Span


class Amounts(Occurrences):
    def name(self, c: Children) -> s.Name:
        return read_name(c[0])

    def number(self, c: Children) -> s.Number:
        return number_of(c[0])

    def signed_number(self, c: Children) -> s.Number:
        return self.signed(c)

    def day_or_moment(self, c: Children) -> s.DateText:
        return date_of(c[0])

    def bare_text(self, c: Children) -> s.Text:
        return text_of(c[0])

    def parentheses(self, c: Children) -> s.Parentheses:
        return s.Parentheses(c[1], span_of(c))

    def addition(self, c: Children) -> s.Sum:
        signs = ["+", *c[1::2]]
        return s.Sum(
            tuple(("-" if sign == "-" else "+", term) for sign, term in zip(signs, c[::2], strict=True)), span_of(c)
        )

    def multiplication(self, c: Children) -> s.Product:
        signs = ["*", *c[1::2]]
        return s.Product(
            tuple(("/" if sign == "/" else "*", factor) for sign, factor in zip(signs, c[::2], strict=True)), span_of(c)
        )

    def count(self, c: Children) -> s.Count:
        return s.Count(c[2], span_of(c))

    def measure(self, c: Children) -> s.Measure:
        (prop,) = tokens_of(c, "NAME")
        return s.Measure(str(c[0]), read_name(prop), c[-1], span_of(c))  # type: ignore[arg-type]

    def number_of_different(self, c: Children) -> s.Measure:
        return s.Measure("different", read_name(c[3]), c[-1], span_of(c))

    def days_since(self, c: Children) -> s.DaysSince:
        return s.DaysSince(read_name(c[2]), False, span_of(c))

    def days_until(self, c: Children) -> s.DaysSince:
        return s.DaysSince(read_name(c[2]), True, span_of(c))

    def days_since_event(self, c: Children) -> s.DaysSinceEvent:
        return s.DaysSinceEvent("first" if c[2] == "first" else "last", c[3], span_of(c))

    def domain(self, c: Children) -> s.Domain:
        return s.Domain(read_name(c[2]), span_of(c))

    def grade_of(self, c: Children) -> s.GradeOf:
        return s.GradeOf(read_name(c[2]), span_of(c))


class Tests(Amounts):
    def any_holds(self, c: Children) -> s.Either:
        return s.Either(tuple(c[::2]), span_of(c))

    def all_hold(self, c: Children) -> s.All:
        return s.All(tuple(c[::2]), span_of(c))

    def negated(self, c: Children) -> s.Not:
        return s.Not(c[1], span_of(c))

    def negated_inner(self, c: Children) -> s.Not:
        return s.Not(s.Parentheses(c[2], span_of(c[1:])), span_of(c))

    def test(self, c: Children) -> s.Expression:
        amount, test = c
        return test.make(amount, span_of(c))  # type: ignore[no-any-return]

    where_test = test

    def relation(self, c: Children) -> Terminal:
        return c[0]  # type: ignore[no-any-return]

    def comparison(self, c: Children) -> s.Comparison:
        return s.Comparison(str(c[1]), c[0], c[2], span_of(c))  # type: ignore[arg-type]

    def between(self, c: Children) -> s.Between:
        return s.Between(c[0], c[2], c[4], span_of(c))

    def has(self, c: Children) -> s.Has:
        return s.Has(c[1], False, span_of(c))

    def has_no(self, c: Children) -> s.Has:
        return s.Has(c[1], True, span_of(c))

    def has_no_event(self, c: Children) -> s.Has:
        event = s.Occurrence("any event", (), None, all_of(c, s.Window), span_of(c[1:]))
        return s.Has(event, True, span_of(c))

    def is_value(self, c: Children) -> Test:
        return _is((c[-1],), c, negated=False, listed=False)

    def is_not_value(self, c: Children) -> Test:
        return _is((c[-1],), c, negated=True, listed=False)

    def is_one_of(self, c: Children) -> Test:
        return _is(c[-1], c, negated=False, listed=True)

    def is_none_of(self, c: Children) -> Test:
        return _is(c[-1], c, negated=True, listed=True)

    def is_in(self, c: Children) -> Test:
        return Test(lambda amount, span: s.IsIn(amount, read_name(c[-1]), False, span), span_of(c))

    def is_not_in(self, c: Children) -> Test:
        return Test(lambda amount, span: s.IsIn(amount, read_name(c[-1]), True, span), span_of(c))

    def is_known(self, c: Children) -> Test:
        return Test(lambda amount, span: s.IsKnown(amount, True, span), span_of(c))

    def is_missing(self, c: Children) -> Test:
        return Test(lambda amount, span: s.IsKnown(amount, False, span), span_of(c))

    def one_text(self, c: Children) -> _Texts:
        return _Texts((c[0],), False, c[0].span)

    def any_text(self, c: Children) -> _Texts:
        return _Texts(tuple(c[2]), True, span_of(c))

    def contains(self, c: Children) -> Test:
        return _text_test("contains", c, negated=False)

    def starts_with(self, c: Children) -> Test:
        return _text_test("starts with", c, negated=False)

    def ends_with(self, c: Children) -> Test:
        return _text_test("ends with", c, negated=False)

    def does_not_contain(self, c: Children) -> Test:
        return _text_test("contains", c, negated=True)

    def does_not_start_with(self, c: Children) -> Test:
        return _text_test("starts with", c, negated=True)

    def does_not_end_with(self, c: Children) -> Test:
        return _text_test("ends with", c, negated=True)

    def matches(self, c: Children) -> Test:
        pattern = read_pattern(str(c[1]), c[1].span)
        return Test(lambda amount, span: s.Matches(amount, pattern, span), span_of(c))

    def includes(self, c: Children) -> Test:
        return _includes("one", (c[-1],), c)

    def includes_any_of(self, c: Children) -> Test:
        return _includes("any of", c[-1], c)

    def includes_all_of(self, c: Children) -> Test:
        return _includes("all of", c[-1], c)

    def does_not_include(self, c: Children) -> Test:
        return _includes("not", (c[-1],), c)


class _Texts(NamedTuple):
    values: tuple[s.Value, ...]
    listed: bool
    span: Span


def _is(values: Iterable[s.Value], c: Children, *, negated: bool, listed: bool) -> Test:
    kept = tuple(map(refuse_blank, values))
    return Test(lambda amount, span: s.Is(amount, kept, negated, listed, span), span_of(c))


def _text_test(kind: Any, c: Children, *, negated: bool) -> Test:
    texts = c[-1]
    return Test(lambda amount, span: s.TextTest(amount, kind, texts.values, negated, texts.listed, span), span_of(c))


def _includes(kind: Any, values: Iterable[s.Value], c: Children) -> Test:
    kept = tuple(map(refuse_blank, values))
    return Test(lambda amount, span: s.Includes(amount, kind, kept, span), span_of(c))
