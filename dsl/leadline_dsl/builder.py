"""From what the grammar found to the syntax tree: one method for each rule or alternative of `leadline.lark`.

Each method is handed all children of its rule, signs and words included, so that spans are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from lark import Token, Transformer

from leadline_dsl import syntax as s
from leadline_dsl.faults import Fault
from leadline_dsl.literals import (
    read_date,
    read_number,
    read_pattern,
    read_text,
    refuse_blank,
    require_fixed,
    require_points,
    require_positive,
    require_whole,
)
from leadline_dsl.source import Span
from leadline_dsl.tokens import name_value

Children = Sequence[Any]
_T = TypeVar("_T")


class _Test(NamedTuple):
    """The right half of a test, waiting for its amount."""

    make: Callable[[s.Expression, Span], s.Expression]
    span: Span


def _span(children: Children) -> Span:
    start = _place(children[0]).start
    for last in reversed(children):
        if not isinstance(last, list):
            return Span(start, _place(last).end)
        if last:
            return Span(start, last[-1].span.end)
    raise AssertionError("a rule without children has no place")


def _place(child: Any) -> Span:
    if isinstance(child, Token):
        return _token_span(child)
    span: Span = child.span
    return span


def _token_span(token: Token) -> Span:
    return Span(token.start_pos or 0, token.end_pos or 0)


def _name(token: Token) -> s.Name:
    return s.Name(name_value(str(token)), token.startswith("`"), _token_span(token))


def _text(token: Token) -> s.Text:
    return read_text(str(token), _token_span(token))


def _title(token: Token) -> s.Text:
    return refuse_blank(_text(token))


def _number(token: Token) -> s.Number:
    return read_number(str(token), _token_span(token))


def _date(token: Token) -> s.DateText:
    return read_date(str(token), _token_span(token))


def _one(children: Children, kind: type[_T]) -> _T | None:
    return next((child for child in children if isinstance(child, kind)), None)


def _every(children: Children, kind: Any) -> tuple[Any, ...]:
    return tuple(child for child in children if isinstance(child, kind))


def _tokens(children: Children, type_: str) -> list[Token]:
    return [child for child in children if isinstance(child, Token) and child.type == type_]


def _words(children: Children) -> str:
    return " ".join(child for child in children if isinstance(child, Token))


class _Literals(Transformer[Token, Any]):
    def signed(self, c: Children) -> s.Number:
        sign = "-" if len(c) == 2 and c[0] == "-" else ""
        return read_number(sign + str(c[-1]), _span(c))

    def text_value(self, c: Children) -> s.Text:
        return _text(c[0])

    def number_value(self, c: Children) -> s.Number:
        return c[0]  # type: ignore[no-any-return]

    def date_value(self, c: Children) -> s.DateText:
        return _date(c[0])

    def yes_value(self, c: Children) -> s.YesNo:
        return s.YesNo(True, _span(c))

    def no_value(self, c: Children) -> s.YesNo:
        return s.YesNo(False, _span(c))

    def values(self, c: Children) -> list[s.Value]:
        return [child for child in c if not isinstance(child, Token)]

    def unit(self, c: Children) -> Token:
        return c[0]  # type: ignore[no-any-return]

    def duration(self, c: Children) -> s.Duration:
        unit = str(c[1])
        count = require_whole(_number(c[0]), "a length of time", least=0)
        return s.Duration(count, unit if unit.endswith("s") else unit + "s", _span(c))


class _Occurrences(_Literals):
    def one_event(self, c: Children) -> s.Occurrence:
        return s.Occurrence("event", (_name(c[0]),), *_where_and_windows(c), _span(c))

    def any_event(self, c: Children) -> s.Occurrence:
        return s.Occurrence("any event", (), None, _every(c, s.Window), _span(c))

    def any_of_events(self, c: Children) -> s.Occurrence:
        names = tuple(map(_name, _tokens(c, "NAME")))
        return s.Occurrence("any of", names, *_where_and_windows(c), _span(c))

    def where(self, c: Children) -> _Where:
        return _Where(c[1], _span(c))

    def where_condition(self, c: Children) -> _Where:
        return _Where(s.Parentheses(c[2], _span(c[1:])), _span(c))

    def in_the_last(self, c: Children) -> s.Window:
        return s.Window("within", c[3], _span(c))

    def more_than_ago(self, c: Children) -> s.Window:
        return s.Window("ago", c[2], _span(c))

    def since(self, c: Children) -> s.Window:
        return s.Window("since", _day_or_name(c[1]), _span(c))

    def before(self, c: Children) -> s.Window:
        return s.Window("before", _day_or_name(c[1]), _span(c))


class _Where(NamedTuple):
    test: s.Expression
    span: Span


def _where_and_windows(c: Children) -> tuple[s.Expression | None, tuple[s.Window, ...]]:
    where = _one(c, _Where)
    return (where.test if where else None), _every(c, s.Window)


def _day_or_name(token: Token) -> s.DateText | s.Name:
    return _date(token) if token.type == "DATE" else _name(token)


class _Amounts(_Occurrences):
    def name(self, c: Children) -> s.Name:
        return _name(c[0])

    def number(self, c: Children) -> s.Number:
        return _number(c[0])

    def signed_number(self, c: Children) -> s.Number:
        return self.signed(c)

    def day_or_moment(self, c: Children) -> s.DateText:
        return _date(c[0])

    def bare_text(self, c: Children) -> s.Text:
        return _text(c[0])

    def parentheses(self, c: Children) -> s.Parentheses:
        return s.Parentheses(c[1], _span(c))

    def addition(self, c: Children) -> s.Sum:
        signs = ["+", *c[1::2]]
        return s.Sum(
            tuple(("-" if sign == "-" else "+", term) for sign, term in zip(signs, c[::2], strict=True)), _span(c)
        )

    def multiplication(self, c: Children) -> s.Product:
        signs = ["*", *c[1::2]]
        return s.Product(
            tuple(("/" if sign == "/" else "*", factor) for sign, factor in zip(signs, c[::2], strict=True)), _span(c)
        )

    def count(self, c: Children) -> s.Count:
        return s.Count(c[2], _span(c))

    def measure(self, c: Children) -> s.Measure:
        (prop,) = _tokens(c, "NAME")
        return s.Measure(str(c[0]), _name(prop), c[-1], _span(c))  # type: ignore[arg-type]

    def number_of_different(self, c: Children) -> s.Measure:
        return s.Measure("different", _name(c[3]), c[-1], _span(c))

    def days_since(self, c: Children) -> s.DaysSince:
        return s.DaysSince(_name(c[2]), False, _span(c))

    def days_until(self, c: Children) -> s.DaysSince:
        return s.DaysSince(_name(c[2]), True, _span(c))

    def days_since_event(self, c: Children) -> s.DaysSinceEvent:
        return s.DaysSinceEvent("first" if c[2] == "first" else "last", c[3], _span(c))

    def domain(self, c: Children) -> s.Domain:
        return s.Domain(_name(c[2]), _span(c))

    def grade_of(self, c: Children) -> s.GradeOf:
        return s.GradeOf(_name(c[2]), _span(c))


class _Tests(_Amounts):
    def any_holds(self, c: Children) -> s.Either:
        return s.Either(tuple(c[::2]), _span(c))

    def all_hold(self, c: Children) -> s.All:
        return s.All(tuple(c[::2]), _span(c))

    def negated(self, c: Children) -> s.Not:
        return s.Not(c[1], _span(c))

    def negated_inner(self, c: Children) -> s.Not:
        return s.Not(s.Parentheses(c[2], _span(c[1:])), _span(c))

    def test(self, c: Children) -> s.Expression:
        amount, test = c
        return test.make(amount, _span(c))  # type: ignore[no-any-return]

    where_test = test

    def relation(self, c: Children) -> Token:
        return c[0]  # type: ignore[no-any-return]

    def comparison(self, c: Children) -> s.Comparison:
        return s.Comparison(str(c[1]), c[0], c[2], _span(c))  # type: ignore[arg-type]

    def between(self, c: Children) -> s.Between:
        return s.Between(c[0], c[2], c[4], _span(c))

    def has(self, c: Children) -> s.Has:
        return s.Has(c[1], False, _span(c))

    def has_no(self, c: Children) -> s.Has:
        return s.Has(c[1], True, _span(c))

    def has_no_event(self, c: Children) -> s.Has:
        event = s.Occurrence("any event", (), None, _every(c, s.Window), _span(c[1:]))
        return s.Has(event, True, _span(c))

    def is_value(self, c: Children) -> _Test:
        return _is((c[-1],), c, negated=False, listed=False)

    def is_not_value(self, c: Children) -> _Test:
        return _is((c[-1],), c, negated=True, listed=False)

    def is_one_of(self, c: Children) -> _Test:
        return _is(c[-1], c, negated=False, listed=True)

    def is_none_of(self, c: Children) -> _Test:
        return _is(c[-1], c, negated=True, listed=True)

    def is_in(self, c: Children) -> _Test:
        return _Test(lambda amount, span: s.IsIn(amount, _name(c[-1]), False, span), _span(c))

    def is_not_in(self, c: Children) -> _Test:
        return _Test(lambda amount, span: s.IsIn(amount, _name(c[-1]), True, span), _span(c))

    def is_known(self, c: Children) -> _Test:
        return _Test(lambda amount, span: s.IsKnown(amount, True, span), _span(c))

    def is_missing(self, c: Children) -> _Test:
        return _Test(lambda amount, span: s.IsKnown(amount, False, span), _span(c))

    def one_text(self, c: Children) -> _Texts:
        return _Texts((c[0],), False, c[0].span)

    def any_text(self, c: Children) -> _Texts:
        return _Texts(tuple(c[2]), True, _span(c))

    def contains(self, c: Children) -> _Test:
        return _text_test("contains", c, negated=False)

    def starts_with(self, c: Children) -> _Test:
        return _text_test("starts with", c, negated=False)

    def ends_with(self, c: Children) -> _Test:
        return _text_test("ends with", c, negated=False)

    def does_not_contain(self, c: Children) -> _Test:
        return _text_test("contains", c, negated=True)

    def does_not_start_with(self, c: Children) -> _Test:
        return _text_test("starts with", c, negated=True)

    def does_not_end_with(self, c: Children) -> _Test:
        return _text_test("ends with", c, negated=True)

    def matches(self, c: Children) -> _Test:
        pattern = read_pattern(str(c[1]), _token_span(c[1]))
        return _Test(lambda amount, span: s.Matches(amount, pattern, span), _span(c))

    def includes(self, c: Children) -> _Test:
        return _includes("one", (c[-1],), c)

    def includes_any_of(self, c: Children) -> _Test:
        return _includes("any of", c[-1], c)

    def includes_all_of(self, c: Children) -> _Test:
        return _includes("all of", c[-1], c)

    def does_not_include(self, c: Children) -> _Test:
        return _includes("not", (c[-1],), c)


class _Texts(NamedTuple):
    values: tuple[s.Value, ...]
    listed: bool
    span: Span


def _is(values: Iterable[s.Value], c: Children, *, negated: bool, listed: bool) -> _Test:
    kept = tuple(map(refuse_blank, values))
    return _Test(lambda amount, span: s.Is(amount, kept, negated, listed, span), _span(c))


def _text_test(kind: Any, c: Children, *, negated: bool) -> _Test:
    texts = c[-1]
    return _Test(lambda amount, span: s.TextTest(amount, kind, texts.values, negated, texts.listed, span), _span(c))


def _includes(kind: Any, values: Iterable[s.Value], c: Children) -> _Test:
    kept = tuple(map(refuse_blank, values))
    return _Test(lambda amount, span: s.Includes(amount, kind, kept, span), _span(c))


class _Data(_Tests):
    def model_statement(self, c: Children) -> s.Model:
        texts = [_title(token) for token in _tokens(c, "STRING")]
        return s.Model(texts[0], texts[1] if len(texts) > 1 else None, _span(c))

    def include_statement(self, c: Children) -> s.Include:
        return s.Include(_title(c[1]), _span(c))

    def contact_statement(self, c: Children) -> s.ContactBlock:
        return s.ContactBlock(_name(c[-1]) if len(c) > 1 else None, _span(c))

    def field_statement(self, c: Children) -> s.FieldLine:
        return s.FieldLine(_name(c[0]), c[2], _last_text(c), _span(c))

    def events_statement(self, c: Children) -> s.EventsBlock:
        return s.EventsBlock(_span(c))

    def event_statement(self, c: Children) -> s.EventLine:
        return s.EventLine(_name(c[0]), _every(c, s.PropertyPart), _last_text(c), _span(c))

    def property(self, c: Children) -> s.PropertyPart:
        return s.PropertyPart(_name(c[0]), c[2], _span(c))

    def _simple_type(self, c: Children) -> s.TypeName:
        kind = "yes/no" if c[0] == "yes" else _words(c)
        return s.TypeName(kind, (), _span(c))  # type: ignore[arg-type]

    text_type = number_type = yes_no_type = date_type = list_type = _simple_type

    def choice_type(self, c: Children) -> s.TypeName:
        return s.TypeName("one of", tuple(map(refuse_blank, c[-1])), _span(c))

    def list_statement(self, c: Children) -> s.ListLine:
        return s.ListLine(_name(c[1]), tuple(map(refuse_blank, c[-1])), None, _span(c))

    def list_file_statement(self, c: Children) -> s.ListLine:
        return s.ListLine(_name(c[1]), (), _title(c[-1]), _span(c))

    def define_statement(self, c: Children) -> s.Define:
        return s.Define(_name(c[1]), c[-1], _span(c))

    def ignore_statement(self, c: Children) -> s.Ignore:
        return s.Ignore(c[1], _span(c))

    def assume_statement(self, c: Children) -> s.Assume:
        return s.Assume(c[1], _span(c))


def _last_text(c: Children) -> s.Text | None:
    texts = _tokens(c, "STRING")
    return _title(texts[-1]) if texts else None


class _Rules(_Data):
    def between_bounds(self, c: Children) -> s.Bounds:
        low, high = (require_points(child) for child in _every(c, s.Number))
        if float(low.text) > float(high.text):
            raise Fault("the smaller number comes first", _span(c), help=f"write `between {high.text} and {low.text}`")
        return s.Bounds(low, high, _span(c))

    def at_most_bounds(self, c: Children) -> s.Bounds:
        return s.Bounds(None, require_points(c[-1]), _span(c))

    def at_least_bounds(self, c: Children) -> s.Bounds:
        return s.Bounds(require_points(c[-1]), None, _span(c))

    def halving(self, c: Children) -> s.Decay:
        return s.Decay("halving", require_fixed(c[-1]), None, None, _span(c))

    def losing_of_rest(self, c: Children) -> s.Decay:
        return s.Decay("losing of rest", require_fixed(c[-1]), _percent(c[1]), None, _span(c))

    def losing_of_original(self, c: Children) -> s.Decay:
        return s.Decay("losing of original", require_fixed(c[-1]), _percent(c[1]), None, _span(c))

    def fading(self, c: Children) -> s.Decay:
        over = require_fixed(c[-1])
        if over.unit not in ("days", "weeks"):
            raise Fault("points fade over days or weeks: a step is a day", over.span)
        if float(c[2]) != 0:
            raise Fault("points can only fade to 0", _token_span(c[2]))
        return s.Decay("fading", over, None, _number(c[2]), _span(c))

    def limit(self, c: Children) -> s.Limit:
        return c[0]  # type: ignore[no-any-return]

    def times_limit(self, c: Children) -> s.TimesLimit:
        per: Any = None
        if c[-2] == "per":
            per = "day" if c[-1].type == "DAY" else _name(c[-1])
        return s.TimesLimit(require_whole(_number(c[2]), "`at most`"), per, _span(c))

    def after_limit(self, c: Children) -> s.AfterFirst:
        return s.AfterFirst(require_whole(_number(c[-1]), "`after the first`"), _span(c))

    def points_limit(self, c: Children) -> s.UpTo:
        return s.UpTo(require_points(require_positive(_number(c[2]), "`up to`")), _span(c))

    def because(self, c: Children) -> s.Reason:
        return s.Reason("because", _title(c[-1]), _span(c))

    def owner(self, c: Children) -> s.Reason:
        return s.Reason("owner", _title(c[-1]), _span(c))

    def review(self, c: Children) -> s.Reason:
        return s.Reason("review by", _date(c[-1]), _span(c))

    def reason(self, c: Children) -> s.Reason:
        return c[0]  # type: ignore[no-any-return]

    def tail(self, c: Children) -> list[Any]:
        items = [child for child in c if not isinstance(child, Token)]
        seen: set[str] = set()
        for item in items:
            if isinstance(item, s.Reason):
                if item.kind in seen:
                    raise Fault(f"a second `{item.kind}` stands here", item.span, help="keep one of the two")
                seen.add(item.kind)
        return items

    each_tail = tail

    def score_statement(self, c: Children) -> s.Score:
        decay, without = _one(c, s.Decay), _one(c, s.Occurrence)
        shrinking = None
        if decay and without:
            if decay.kind == "fading":
                raise Fault("a whole score cannot fade: its points have no age of their own", decay.span)
            shrinking = s.ScoreDecay(decay, without, Span(decay.span.start, without.span.end))
        return s.Score(_name(c[1]), _one(c, s.Bounds), shrinking, _span(c))

    def group_statement(self, c: Children) -> s.Group:
        return s.Group(_title(c[1]), _one(c, s.Bounds), _span(c))

    def when_rule(self, c: Children) -> s.WhenRule:
        return s.WhenRule(require_points(c[0]), _title(c[1]), c[3], tuple(c[-1]), _span(c))

    def each_rule(self, c: Children) -> s.EachRule:
        limits, reasons = _limits_and_reasons(c[-1])
        return s.EachRule(require_points(c[0]), _title(c[1]), c[4], limits, reasons, _span(c))

    def every_rule(self, c: Children) -> s.EveryRule:
        limits, reasons = _limits_and_reasons(c[-1])
        for limit in limits:
            if not isinstance(limit, s.UpTo):
                raise Fault("a rule `for every` takes no limit but `up to … points`", limit.span)
        step = require_positive(_number(c[4]), "`for every`")
        return s.EveryRule(require_points(c[0]), _title(c[1]), step, c[6], limits, reasons, _span(c))


def _percent(token: Token) -> s.Number:
    number = require_positive(_number(token), "a percentage")
    if float(number.text) > 100:
        raise Fault("a percentage goes up to 100", number.span)
    return number


def _limits_and_reasons(tail: list[Any]) -> tuple[tuple[s.Limit, ...], tuple[s.Reason, ...]]:
    limits = tuple(item for item in tail if not isinstance(item, s.Reason))
    for kind, what in ((s.UpTo, "`up to … points`"), (s.Decay, "decay")):
        same = [limit for limit in limits if isinstance(limit, kind)]
        if len(same) > 1:
            raise Fault(f"a rule has at most one {what}", same[1].span, help="keep one of the two")
    return limits, tuple(item for item in tail if isinstance(item, s.Reason))


class Builder(_Rules):
    """All rules of the grammar."""

    def points_statement(self, c: Children) -> s.Points:
        return s.Points(_title(c[1]), c[3], tuple(c[-1]), _span(c))

    def row(self, c: Children) -> s.Row:
        values = _every(c, (s.Text, s.YesNo, s.NumberRange, s.MissingValue))
        return s.Row(require_points(c[0]), values, tuple(c[-1]), _span(c))

    def otherwise_row(self, c: Children) -> s.Row:
        return s.Row(require_points(c[0]), (), tuple(c[-1]), _span(c))

    def text_row(self, c: Children) -> s.Text:
        return _title(c[0])

    yes_row, no_row = _Literals.yes_value, _Literals.no_value

    def missing_row(self, c: Children) -> s.MissingValue:
        return s.MissingValue(_span(c))

    def number_row(self, c: Children) -> s.NumberRange:
        return s.NumberRange(c[0], c[0], False, False, _span(c))

    def range_row(self, c: Children) -> s.NumberRange:
        if float(c[0].text) > float(c[2].text):
            raise Fault("the smaller number comes first", _span(c), help=f"write `{c[2].text} to {c[0].text}`")
        return s.NumberRange(c[0], c[2], False, False, _span(c))

    def from_row(self, c: Children) -> s.NumberRange:
        return s.NumberRange(c[0], None, False, False, _span(c))

    def above_row(self, c: Children) -> s.NumberRange:
        return s.NumberRange(c[1], None, True, False, _span(c))

    def below_row(self, c: Children) -> s.NumberRange:
        return s.NumberRange(None, c[1], False, True, _span(c))

    def total_statement(self, c: Children) -> s.Total:
        terms: list[s.Term] = []
        sign = "+"
        for child in c[2:]:
            if isinstance(child, Token):
                sign = str(child)
            elif isinstance(child, s.Term):
                terms.append(s.Term(child.negative != (sign == "-"), child.weight, child.score, child.span))
        return s.Total(tuple(terms), _one(c, s.Bounds), _span(c))

    def plain_term(self, c: Children) -> s.Term:
        return s.Term(c[0] == "-", None, _name(c[-1]), _span(c))

    def weighted_term(self, c: Children) -> s.Term:
        (number,), (name,) = _tokens(c, "NUMBER"), _tokens(c, "NAME")
        weight = _number(number)
        if len(weight.text.partition(".")[2]) > 3:
            raise Fault("a weight has at most three decimals", weight.span)
        return s.Term(c[0] == "-", weight, _name(name), _span(c))

    def grade_statement(self, c: Children) -> s.Grade:
        return s.Grade(_name(c[1]), _span(c))

    def grade_row(self, c: Children) -> s.GradeRow:
        return s.GradeRow(_title(c[0]), require_points(c[2]), _span(c))

    def grade_otherwise(self, c: Children) -> s.GradeRow:
        return s.GradeRow(_title(c[0]), None, _span(c))

    def exit_statement(self, c: Children) -> s.Exit:
        return s.Exit(str(c[0]), _title(c[1]), c[3], tuple(c[-1]), _span(c))  # type: ignore[arg-type]

    def stage_statement(self, c: Children) -> s.Stage:
        return s.Stage(_title(c[1]), c[3], tuple(c[-1]), _span(c))
