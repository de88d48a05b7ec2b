"""Syllables of Hangul, which are reckoned from their letters."""

from __future__ import annotations

from sqlglot import exp

from leadline_compiler.emit.sql.expressions import Sql, add, all_of, between, binary, equal, multiply, subtract, whole

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_LEAD, _VOWEL, _TAIL = (0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2)


def syllables(last: Sql, code: Sql) -> list[tuple[Sql, Sql]]:
    """When a letter joins the last one before it, and the code point of what the two become.

    Both are given as code points: a leading letter and a vowel, or an open syllable and a tail.
    """
    lead, vowel = subtract(last, whole(_LEAD[0])), subtract(code, whole(_VOWEL[0]))
    opened = add(multiply(add(multiply(lead, whole(21)), vowel), whole(28)), whole(_FIRST_SYLLABLE))
    closed = add(last, subtract(code, whole(_TAIL[0] - 1)))
    is_open = equal(binary(exp.Mod, subtract(last, whole(_FIRST_SYLLABLE)), whole(28)), whole(0))
    with_tail = all_of([_in(last, (_FIRST_SYLLABLE, _LAST_SYLLABLE)), is_open, _in(code, _TAIL)])
    return [(all_of([_in(last, _LEAD), _in(code, _VOWEL)]), opened), (with_tail, closed)]


def _in(tree: Sql, ends: tuple[int, int]) -> Sql:
    return between(tree, whole(ends[0]), whole(ends[1]))
