"""Exact arithmetic with whole numbers of 64 bits, for engines that have no larger ones."""

from __future__ import annotations

from typing import ClassVar

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.expressions import (
    Sql,
    add,
    all_of,
    any_of,
    at_least,
    at_most,
    binary,
    call,
    choose,
    equal,
    less,
    more,
    multiply,
    subtract,
    total,
    when,
    whole,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.numbers import LARGEST, MILLION

_HALF = 10**9
"""Numbers of up to 18 digits are taken apart into two of 9, whose products fit 64 bits."""


class Narrow(Dialect):
    """What all engines with 64 bits have in common."""

    most_whole: ClassVar[int] = 2**63 - 1

    def wide(self, tree: Sql) -> Sql:
        return tree

    def narrow(self, tree: Sql) -> Sql:
        return tree

    def rest(self, left: Sql, right: Sql) -> Sql:
        return exp.Paren(this=binary(exp.Mod, left, right))

    def product(self, left: Sql, right: Sql, frame: Frame) -> Sql:
        sizes = [frame.store(call("ABS", side), "size") for side in (left, right)]
        high = [frame.store(self.quotient(size, whole(_HALF)), "high") for size in sizes]
        low = [frame.store(self.rest(size, whole(_HALF)), "low") for size in sizes]
        top = frame.store(multiply(high[0], high[1]), "top")
        middle = frame.store(add(multiply(high[0], low[1]), multiply(low[0], high[1])), "middle")
        bottom = self.quotient(add(multiply(low[0], low[1]), whole(MILLION // 2)), whole(MILLION))
        summed = add(multiply(top, whole(10**12)), multiply(middle, whole(1000)), bottom)
        fits = all_of([at_most(top, whole(10**6)), at_most(middle, whole(10**15))])
        return self._signed(left, right, frame.store(when(fits, summed), "product"))

    def ratio(self, left: Sql, right: Sql, frame: Frame) -> Sql:
        size = frame.store(call("ABS", left), "size")
        by = frame.store(call("NULLIF", call("ABS", right), whole(0)), "by")
        result, rest = frame.store(self.quotient(size, by), "part"), frame.store(self.rest(size, by), "rest")
        # A million in factors with which a rest of 18 digits still fits 64 bits.
        for factor in map(whole, (8, 8, 5, 5, 5, 5, 5, 5)):
            carried = self.quotient(multiply(rest, factor), by)
            result = frame.store(when(at_most(result, whole(LARGEST)), add(multiply(result, factor), carried)), "part")
            rest = frame.store(self.rest(multiply(rest, factor), by), "rest")
        above = choose([(at_least(multiply(rest, whole(2)), by), whole(1))], whole(0))
        return self._signed(left, right, frame.store(add(result, above), "ratio"))

    def _signed(self, left: Sql, right: Sql, size: Sql) -> Sql:
        """A size with the sign of a product."""
        below = any_of(
            [
                all_of([less(left, whole(0)), at_least(right, whole(0))]),
                all_of([at_least(left, whole(0)), less(right, whole(0))]),
            ]
        )
        return self.bounded(choose([(below, exp.Neg(this=size))], size))

    def event_sum(self, counted: Sql, value: Sql) -> dict[str, Sql]:
        return {
            "high": total(when(counted, self.quotient(value, whole(_HALF)))),
            "low": total(when(counted, self.rest(value, whole(_HALF)))),
        }

    def whole_sum(self, parts: dict[str, Sql], frame: Frame) -> Sql:
        high, low = (frame.store(call("COALESCE", parts[part], whole(0)), part) for part in ("high", "low"))
        size = call("ABS", add(high, self.quotient(low, whole(_HALF))))
        summed = when(at_most(size, whole(_HALF + 1)), add(multiply(high, whole(_HALF)), low))
        return self.bounded(frame.store(summed, "sum"))

    def average(self, parts: dict[str, Sql], count: Sql, frame: Frame) -> Sql:
        known = frame.store(call("NULLIF", count, whole(0)), "known")
        high = frame.store(add(parts["high"], self.quotient(parts["low"], whole(_HALF))), "high")
        low = frame.store(self.rest(parts["low"], whole(_HALF)), "low")
        borrow = choose(
            [
                (all_of([more(high, whole(0)), less(low, whole(0))]), whole(1)),
                (all_of([less(high, whole(0)), more(low, whole(0))]), whole(-1)),
            ],
            whole(0),
        )
        lent = frame.store(borrow, "borrow")
        top = frame.store(call("ABS", subtract(high, lent)), "top")
        bottom = frame.store(call("ABS", add(low, multiply(lent, whole(_HALF)))), "bottom")
        left = add(multiply(self.rest(top, known), whole(_HALF)), bottom)
        rounded = self.quotient(add(multiply(left, whole(2)), known), multiply(known, whole(2)))
        size = frame.store(add(multiply(self.quotient(top, known), whole(_HALF)), rounded), "average")
        below = any_of([less(high, whole(0)), less(low, whole(0))])
        is_below = choose([(more(high, whole(0)), whole(0)), (below, whole(1))], whole(0))
        return self.bounded(choose([(equal(is_below, whole(1)), exp.Neg(this=size))], size))
