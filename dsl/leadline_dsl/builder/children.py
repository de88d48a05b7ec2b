"""Tokens of the grammar as values, and the spans of what they make up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from lark import Token

from leadline_dsl import syntax as s
from leadline_dsl.literals import read_date, read_number, read_text, refuse_blank
from leadline_dsl.source import Span
from leadline_dsl.tokens import name_value

Children = Sequence[Any]
_T = TypeVar("_T")


def span_of(children: Children) -> Span:
    start = _place(children[0]).start
    for last in reversed(children):
        if not isinstance(last, list):
            return Span(start, _place(last).end)
        if last:
            return Span(start, last[-1].span.end)
    raise AssertionError("a rule without children has no place")


def _place(child: Any) -> Span:
    if isinstance(child, Token):
        return token_span(child)
    span: Span = child.span
    return span


def token_span(token: Token) -> Span:
    return Span(token.start_pos or 0, token.end_pos or 0)


def read_name(token: Token) -> s.Name:
    return s.Name(name_value(str(token)), token.startswith("`"), token_span(token))


def text_of(token: Token) -> s.Text:
    return read_text(str(token), token_span(token))


def title_of(token: Token) -> s.Text:
    return refuse_blank(text_of(token))


def number_of(token: Token) -> s.Number:
    return read_number(str(token), token_span(token))


def date_of(token: Token) -> s.DateText:
    return read_date(str(token), token_span(token))


def first_of(children: Children, kind: type[_T]) -> _T | None:
    return next((child for child in children if isinstance(child, kind)), None)


def all_of(children: Children, kind: Any) -> tuple[Any, ...]:
    return tuple(child for child in children if isinstance(child, kind))


def tokens_of(children: Children, type_: str) -> list[Token]:
    return [child for child in children if isinstance(child, Token) and child.type == type_]


def words_of(children: Children) -> str:
    return " ".join(child for child in children if isinstance(child, Token))
