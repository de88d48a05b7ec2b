"""Between which values a property of a column lies, in the order in which the values of one instant count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from leadline_compiler.analysis.sets import Choices, Constraint, Key, Ranges, Texts
from leadline_compiler.analysis.solve.histories import Counted
from leadline_compiler.analysis.space import Space
from leadline_compiler.analysis.tests import values_of
from leadline_compiler.schema import ValueType
from leadline_compiler.values import rank

_Rank: TypeAlias = tuple[Any, ...]
_MISSING: _Rank = (0,)
_ABOVE_MISSING: _Rank = (1,)
_ABOVE_ALL: _Rank = (2,)


class RankSpan(NamedTuple):
    """The lowest and the highest rank that a value may have; texts that differ in their spelling have the same."""

    low: _Rank
    high: _Rank


_ANY = RankSpan(_MISSING, _ABOVE_ALL)


def rank_span(counted: Counted, name: str, space: Space) -> RankSpan:
    """Between which ranks a property of a column lies."""
    prop = space.events[counted.column.type].property_named(name) if counted.column.type in space.events else None
    key = Key("property", name)
    if prop is None or any(key not in kind.within for kind in counted.kinds):
        return _ANY
    cells = {cell for kind in counted.kinds for cell in kind.within[key]}
    return _both([_span_of(cell, prop.type) for cell in cells])


def _both(spans: Iterable[RankSpan]) -> RankSpan:
    several = list(spans)
    return RankSpan(min(one.low for one in several), max(one.high for one in several)) if several else _ANY


def _span_of(cell: Constraint, type_: ValueType) -> RankSpan:
    match cell:
        case Ranges(spans, missing) if missing or spans:
            ends = [(1, spans[0][0]), (1, spans[-1][1])] if spans else []
            return _between([*ends, *([_MISSING] if missing else [])])
        case Choices(mask) if mask:
            values = (None, *values_of(type_))
            return _between([rank(value)[:2] for bit, value in enumerate(values) if mask >> bit & 1])
        case Texts(yes, no):
            return _span_of_text(yes, no)
        case _:
            return _ANY


def _span_of_text(yes: Iterable[Any], no: Iterable[Any]) -> RankSpan:
    named = [frozenset(atom.value) for atom in yes if atom.kind == "is" and not atom.of_domain]
    if named:
        return _between([(1, text) for text in frozenset.intersection(*named)])
    if any(atom.kind == "known" and not atom.of_domain for atom in no):
        return RankSpan(_MISSING, _MISSING)
    return RankSpan(_ABOVE_MISSING, _ABOVE_ALL) if list(yes) else _ANY


def _between(ranks: list[_Rank]) -> RankSpan:
    return RankSpan(min(ranks), max(ranks)) if ranks else _ANY
