"""Tokens of the grammar as values, and the spans of what they make up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from leadline_dsl import syntax as s
from leadline_dsl.literals import read_date, read_number, read_text, read_title, refuse_blank
from leadline_dsl.source import Span
from leadline_dsl.terminals import Terminal
from leadline_dsl.tokens import name_value

Children = Sequence[Any]
_T = TypeVar("_T")


def span_of(children: Children) -> Span:
    """From the first to the last of what a rule of the grammar holds, empty lists aside."""
    first = children[0]
    start = first.start_pos if isinstance(first, Terminal) else first.span.start
    for last in reversed(children):
        if isinstance(last, Terminal):
            return Span(start, last.end_pos)
        if not isinstance(last, list):
            return Span(start, last.span.end)
        if last:
            return Span(start, last[-1].span.end)
    raise AssertionError("a rule without children has no place")


def read_name(token: Terminal) -> s.Name:
    return s.Name(name_value(str(token)), token.startswith("`"), token.span)


def text_of(token: Terminal) -> s.Text:
    return read_text(str(token), token.span)


def filled_text_of(token: Terminal) -> s.Text:
    return refuse_blank(text_of(token))


def title_of(token: Terminal) -> s.Text:
    return read_title(str(token), token.span)


def number_of(token: Terminal) -> s.Number:
    return read_number(str(token), token.span)


def date_of(token: Terminal) -> s.DateText:
    return read_date(str(token), token.span)


def first_of(children: Children, kind: type[_T]) -> _T | None:
    return next((child for child in children if isinstance(child, kind)), None)


def all_of(children: Children, kind: Any) -> tuple[Any, ...]:
    return tuple(child for child in children if isinstance(child, kind))


def tokens_of(children: Children, type_: str) -> list[Terminal]:
    return [child for child in children if isinstance(child, Terminal) and child.type == type_]


def words_of(children: Children) -> str:
    return " ".join(child for child in children if isinstance(child, Terminal))
