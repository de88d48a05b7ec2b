"""Values, durations, occurrences and windows."""

from __future__ import annotations

from typing import NamedTuple

from leadline_dsl import syntax as s
from leadline_dsl.builder.children import (
    Children,
    all_of,
    date_of,
    first_of,
    number_of,
    read_name,
    span_of,
    text_of,
    tokens_of,
)
from leadline_dsl.literals import (
    read_number,
    require_whole,
)
from leadline_dsl.source import Span
from leadline_dsl.terminals import Terminal


class Literals:
    def signed(self, c: Children) -> s.Number:
        sign = "-" if len(c) == 2 and c[0] == "-" else ""
        return read_number(sign + str(c[-1]), span_of(c))

    def text_value(self, c: Children) -> s.Text:
        return text_of(c[0])

    def number_value(self, c: Children) -> s.Number:
        return c[0]  # type: ignore[no-any-return]

    def date_value(self, c: Children) -> s.DateText:
        return date_of(c[0])

    def yes_value(self, c: Children) -> s.YesNo:
        return s.YesNo(True, span_of(c))

    def no_value(self, c: Children) -> s.YesNo:
        return s.YesNo(False, span_of(c))

    def values(self, c: Children) -> list[s.Value]:
        return [child for child in c if not isinstance(child, Terminal)]

    def unit(self, c: Children) -> Terminal:
        return c[0]  # type: ignore[no-any-return]

    def duration(self, c: Children) -> s.Duration:
        unit = str(c[1])
        count = require_whole(number_of(c[0]), "a length of time", least=0)
        return s.Duration(count, unit if unit.endswith("s") else unit + "s", span_of(c))


class Occurrences(Literals):
    def one_event(self, c: Children) -> s.Occurrence:
        return s.Occurrence("event", (read_name(c[0]),), *_where_and_windows(c), span_of(c))

    def any_event(self, c: Children) -> s.Occurrence:
        return s.Occurrence("any event", (), None, all_of(c, s.Window), span_of(c))

    def any_of_events(self, c: Children) -> s.Occurrence:
        names = tuple(map(read_name, tokens_of(c, "NAME")))
        return s.Occurrence("any of", names, *_where_and_windows(c), span_of(c))

    def where(self, c: Children) -> _Where:
        return _Where(c[1], span_of(c))

    def where_condition(self, c: Children) -> _Where:
        return _Where(s.Parentheses(c[2], span_of(c[1:])), span_of(c))

    def in_the_last(self, c: Children) -> s.Window:
        return s.Window("within", c[3], span_of(c))

    def more_than_ago(self, c: Children) -> s.Window:
        return s.Window("ago", c[2], span_of(c))

    def since(self, c: Children) -> s.Window:
        return s.Window("since", _day_or_name(c[1]), span_of(c))

    def before(self, c: Children) -> s.Window:
        return s.Window("before", _day_or_name(c[1]), span_of(c))


class _Where(NamedTuple):
    test: s.Expression
    span: Span


def _where_and_windows(c: Children) -> tuple[s.Expression | None, tuple[s.Window, ...]]:
    where = first_of(c, _Where)
    return (where.test if where else None), all_of(c, s.Window)


def _day_or_name(token: Terminal) -> s.DateText | s.Name:
    return date_of(token) if token.type == "DATE" else read_name(token)
