"""Statements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from leadline_dsl import syntax as s
from leadline_dsl.builder.children import (
    Children,
    all_of,
    date_of,
    filled_text_of,
    first_of,
    number_of,
    read_name,
    span_of,
    title_of,
    tokens_of,
    words_of,
)
from leadline_dsl.builder.conditions import Tests
from leadline_dsl.builder.occurrences import Literals
from leadline_dsl.diagnostics import Edit
from leadline_dsl.faults import Fault
from leadline_dsl.literals import (
    refuse_blank,
    require_fixed,
    require_points,
    require_positive,
    require_whole,
)
from leadline_dsl.source import Span
from leadline_dsl.terminals import Terminal


class Data(Tests):
    def model_statement(self, c: Children) -> s.Model:
        texts = [filled_text_of(token) for token in tokens_of(c, "STRING")]
        return s.Model(texts[0], texts[1] if len(texts) > 1 else None, span_of(c))

    def include_statement(self, c: Children) -> s.Include:
        return s.Include(filled_text_of(c[1]), span_of(c))

    def contact_statement(self, c: Children) -> s.ContactBlock:
        return s.ContactBlock(read_name(c[-1]) if len(c) > 1 else None, span_of(c))

    def field_statement(self, c: Children) -> s.FieldLine:
        return s.FieldLine(read_name(c[0]), c[2], _last_text(c), span_of(c))

    def events_statement(self, c: Children) -> s.EventsBlock:
        return s.EventsBlock(span_of(c))

    def event_statement(self, c: Children) -> s.EventLine:
        return s.EventLine(read_name(c[0]), all_of(c, s.PropertyPart), _last_text(c), span_of(c))

    def property(self, c: Children) -> s.PropertyPart:
        return s.PropertyPart(read_name(c[0]), c[2], span_of(c))

    def _simple_type(self, c: Children) -> s.TypeName:
        kind = "yes/no" if c[0] == "yes" else words_of(c)
        return s.TypeName(kind, (), span_of(c))  # type: ignore[arg-type]

    text_type = number_type = yes_no_type = date_type = list_type = _simple_type

    def choice_type(self, c: Children) -> s.TypeName:
        return s.TypeName("one of", tuple(map(refuse_blank, c[-1])), span_of(c))

    def list_statement(self, c: Children) -> s.ListLine:
        return s.ListLine(read_name(c[1]), tuple(map(refuse_blank, c[-1])), None, span_of(c))

    def list_file_statement(self, c: Children) -> s.ListLine:
        return s.ListLine(read_name(c[1]), (), filled_text_of(c[-1]), span_of(c))

    def define_statement(self, c: Children) -> s.Define:
        return s.Define(read_name(c[1]), c[-1], span_of(c))

    def ignore_statement(self, c: Children) -> s.Ignore:
        return s.Ignore(c[1], span_of(c))

    def assume_statement(self, c: Children) -> s.Assume:
        return s.Assume(c[1], span_of(c))


def _last_text(c: Children) -> s.Text | None:
    texts = tokens_of(c, "STRING")
    return filled_text_of(texts[-1]) if texts else None


class Rules(Data):
    def between_bounds(self, c: Children) -> s.Bounds:
        low, high = (require_points(child) for child in all_of(c, s.Number))
        if Decimal(low.text) > Decimal(high.text):
            raise Fault(
                "the smaller number comes first",
                span_of(c),
                help=f"write `between {high.text} and {low.text}`",
                edits=(Edit(low.span, high.text), Edit(high.span, low.text)),
            )
        return s.Bounds(low, high, span_of(c))

    def at_most_bounds(self, c: Children) -> s.Bounds:
        return s.Bounds(None, require_points(c[-1]), span_of(c))

    def at_least_bounds(self, c: Children) -> s.Bounds:
        return s.Bounds(require_points(c[-1]), None, span_of(c))

    def halving(self, c: Children) -> s.Decay:
        return s.Decay("halving", require_fixed(c[-1]), None, None, span_of(c))

    def losing_of_rest(self, c: Children) -> s.Decay:
        return s.Decay("losing of rest", require_fixed(c[-1]), _percent(c[1]), None, span_of(c))

    def losing_of_original(self, c: Children) -> s.Decay:
        return s.Decay("losing of original", require_fixed(c[-1]), _percent(c[1]), None, span_of(c))

    def fading(self, c: Children) -> s.Decay:
        over = require_fixed(c[-1])
        if over.unit not in ("days", "weeks"):
            raise Fault("points fade over days or weeks: a step is a day", over.span, help="write `over 7 days`")
        if Decimal(c[2]) != 0:
            span = c[2].span
            raise Fault("points can only fade to 0", span, help="write `fading to 0`", edits=(Edit(span, "0"),))
        return s.Decay("fading", over, None, number_of(c[2]), span_of(c))

    def limit(self, c: Children) -> s.Limit:
        return c[0]  # type: ignore[no-any-return]

    def times_limit(self, c: Children) -> s.TimesLimit:
        per: Any = None
        if c[-2] == "per":
            per = "day" if c[-1].type == "DAY" else read_name(c[-1])
        return s.TimesLimit(require_whole(number_of(c[2]), "`at most`"), per, span_of(c))

    def after_limit(self, c: Children) -> s.AfterFirst:
        return s.AfterFirst(require_whole(number_of(c[-1]), "`after the first`"), span_of(c))

    def points_limit(self, c: Children) -> s.UpTo:
        return s.UpTo(require_points(require_positive(number_of(c[2]), "`up to`")), span_of(c))

    def because(self, c: Children) -> s.Reason:
        return s.Reason("because", filled_text_of(c[-1]), span_of(c))

    def owner(self, c: Children) -> s.Reason:
        return s.Reason("owner", filled_text_of(c[-1]), span_of(c))

    def review(self, c: Children) -> s.Reason:
        return s.Reason("review by", date_of(c[-1]), span_of(c))

    def reason(self, c: Children) -> s.Reason:
        return c[0]  # type: ignore[no-any-return]

    def tail(self, c: Children) -> list[Any]:
        items = [child for child in c if not isinstance(child, Terminal)]
        seen: set[str] = set()
        for item in items:
            if isinstance(item, s.Reason):
                if item.kind in seen:
                    raise Fault(f"a second `{item.kind}` stands here", item.span, help="keep one of the two")
                seen.add(item.kind)
        return items

    each_tail = tail

    def score_statement(self, c: Children) -> s.Score:
        decay, without = first_of(c, s.Decay), first_of(c, s.Occurrence)
        shrinking = None
        if decay and without:
            if decay.kind == "fading":
                message = "a whole score cannot fade: its points have no age of their own"
                raise Fault(message, decay.span, help="write `losing 25% of the original every 30 days without …`")
            shrinking = s.ScoreDecay(decay, without, Span(decay.span.start, without.span.end))
        return s.Score(read_name(c[1]), first_of(c, s.Bounds), shrinking, span_of(c))

    def group_statement(self, c: Children) -> s.Group:
        return s.Group(title_of(c[1]), first_of(c, s.Bounds), span_of(c))

    def when_rule(self, c: Children) -> s.WhenRule:
        return s.WhenRule(require_points(c[0]), title_of(c[1]), c[3], tuple(c[-1]), span_of(c))

    def each_rule(self, c: Children) -> s.EachRule:
        limits, reasons = _limits_and_reasons(c[-1])
        return s.EachRule(require_points(c[0]), title_of(c[1]), c[4], limits, reasons, span_of(c))

    def every_rule(self, c: Children) -> s.EveryRule:
        limits, reasons = _limits_and_reasons(c[-1])
        for limit in limits:
            if not isinstance(limit, s.UpTo):
                message = "a rule `for every` takes no limit but `up to … points`"
                raise Fault(message, limit.span, help="leave it out, or count events with `for each`")
        step = require_positive(number_of(c[4]), "`for every`")
        return s.EveryRule(require_points(c[0]), title_of(c[1]), step, c[6], limits, reasons, span_of(c))


def _percent(token: Terminal) -> s.Number:
    number = require_positive(number_of(token), "a percentage")
    if Decimal(number.text) > 100:
        raise Fault("a percentage goes up to 100", number.span, help="write a number above 0 and up to 100: `25%`")
    return number


def _limits_and_reasons(tail: list[Any]) -> tuple[tuple[s.Limit, ...], tuple[s.Reason, ...]]:
    limits = tuple(item for item in tail if not isinstance(item, s.Reason))
    for kind, what in ((s.UpTo, "`up to … points`"), (s.Decay, "decay")):
        same = [limit for limit in limits if isinstance(limit, kind)]
        if len(same) > 1:
            raise Fault(f"a rule has at most one {what}", same[1].span, help="keep one of the two")
    return limits, tuple(item for item in tail if isinstance(item, s.Reason))


class Builder(Rules):
    """All rules of the grammar."""

    def points_statement(self, c: Children) -> s.Points:
        return s.Points(title_of(c[1]), c[3], tuple(c[-1]), span_of(c))

    def row(self, c: Children) -> s.Row:
        values = all_of(c, (s.Text, s.YesNo, s.NumberRange, s.MissingValue))
        return s.Row(require_points(c[0]), values, tuple(c[-1]), span_of(c))

    def otherwise_row(self, c: Children) -> s.Row:
        return s.Row(require_points(c[0]), (), tuple(c[-1]), span_of(c))

    def text_row(self, c: Children) -> s.Text:
        return filled_text_of(c[0])

    yes_row, no_row = Literals.yes_value, Literals.no_value

    def missing_row(self, c: Children) -> s.MissingValue:
        return s.MissingValue(span_of(c))

    def number_row(self, c: Children) -> s.NumberRange:
        return s.NumberRange(c[0], c[0], False, False, span_of(c))

    def range_row(self, c: Children) -> s.NumberRange:
        if Decimal(c[0].text) > Decimal(c[2].text):
            raise Fault(
                "the smaller number comes first",
                span_of(c),
                help=f"write `{c[2].text} to {c[0].text}`",
                edits=(Edit(c[0].span, c[2].text), Edit(c[2].span, c[0].text)),
            )
        return s.NumberRange(c[0], c[2], False, False, span_of(c))

    def from_row(self, c: Children) -> s.NumberRange:
        return s.NumberRange(c[0], None, False, False, span_of(c))

    def above_row(self, c: Children) -> s.NumberRange:
        return s.NumberRange(c[1], None, True, False, span_of(c))

    def below_row(self, c: Children) -> s.NumberRange:
        return s.NumberRange(None, c[1], False, True, span_of(c))

    def total_statement(self, c: Children) -> s.Total:
        terms: list[s.Term] = []
        sign = "+"
        for child in c[2:]:
            if isinstance(child, Terminal):
                sign = str(child)
            elif isinstance(child, s.Term):
                terms.append(s.Term(child.negative != (sign == "-"), child.weight, child.score, child.span))
        return s.Total(tuple(terms), first_of(c, s.Bounds), span_of(c))

    def plain_term(self, c: Children) -> s.Term:
        return s.Term(c[0] == "-", None, read_name(c[-1]), span_of(c))

    def weighted_term(self, c: Children) -> s.Term:
        (number,), (name,) = tokens_of(c, "NUMBER"), tokens_of(c, "NAME")
        weight = number_of(number)
        if len(weight.text.partition(".")[2]) > 3:
            raise Fault("a weight has at most three decimals", weight.span, help="write it as `0.333`")
        return s.Term(c[0] == "-", weight, read_name(name), span_of(c))

    def grade_statement(self, c: Children) -> s.Grade:
        return s.Grade(read_name(c[1]), span_of(c))

    def grade_row(self, c: Children) -> s.GradeRow:
        return s.GradeRow(filled_text_of(c[0]), require_points(c[2]), span_of(c))

    def grade_otherwise(self, c: Children) -> s.GradeRow:
        return s.GradeRow(filled_text_of(c[0]), None, span_of(c))

    def exit_statement(self, c: Children) -> s.Exit:
        return s.Exit(str(c[0]), title_of(c[1]), c[3], tuple(c[-1]), span_of(c))  # type: ignore[arg-type]

    def stage_statement(self, c: Children) -> s.Stage:
        return s.Stage(title_of(c[1]), c[3], tuple(c[-1]), span_of(c))
