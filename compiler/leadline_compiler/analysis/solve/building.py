"""A constraint model in the making: literals with constants, sums that know their ends, bounds and rounding.

A literal is True, False or a Boolean variable of the solver. The solver is imported here and nowhere else, when the
first model is made.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from leadline_compiler.numbers import THOUSAND, round_half_away

Literal: TypeAlias = Any
"""True, False, or a Boolean variable of the solver or its negation."""


class NoSolverError(Exception):
    """The solver is not installed: `pip install leadline[proofs]`."""


def load_solver() -> Any:
    """The solver's module. Raises NoSolverError, and whatever a solver raises that is installed but broken."""
    try:
        from ortools.sat.python import cp_model
    except ModuleNotFoundError as error:
        if error.name != "ortools":
            raise
        raise NoSolverError from error
    return cp_model


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of variables, and the least and the most that it can be."""

    parts: tuple[tuple[int, Any], ...]
    constant: int
    low: int
    high: int

    def plus(self, other: Linear) -> Linear:
        return Linear(
            self.parts + other.parts, self.constant + other.constant, self.low + other.low, self.high + other.high
        )

    def times(self, factor: int) -> Linear:
        ends = sorted((self.low * factor, self.high * factor))
        parts = tuple((weight * factor, variable) for weight, variable in self.parts) if factor else ()
        return Linear(parts, self.constant * factor, *ends)

    def within(self, low: int, high: int) -> Linear:
        """The same sum, of which more is known than its parts tell."""
        return Linear(self.parts, self.constant, max(self.low, low), min(self.high, high))


ZERO = Linear((), 0, 0, 0)


def total_of(sums: Iterable[Linear]) -> Linear:
    """All the sums together."""
    several = list(sums)
    return Linear(
        tuple(part for one in several for part in one.parts),
        sum(one.constant for one in several),
        sum(one.low for one in several),
        sum(one.high for one in several),
    )


def negation(literal: Literal) -> Literal:
    return not literal if isinstance(literal, bool) else literal.negated()


class Builder:
    """A model of the solver, with what the proofs need on top of it. Remembers what it was asked for by key."""

    def __init__(self) -> None:
        self.solver = load_solver()
        self.model = self.solver.CpModel()
        self._known: dict[Hashable, Any] = {}

    # ---- literals

    def flag(self) -> Literal:
        """A new Boolean variable."""
        return self.model.new_bool_var("")

    def require(self, literals: Iterable[Literal], unless: Literal = False) -> None:
        """One of the literals holds, or `unless` does."""
        several = [*literals, unless]
        if any(one is True for one in several):
            return
        self.model.add_bool_or([one for one in several if one is not False])

    def both(self, literals: Iterable[Literal]) -> Literal:
        """All of the literals hold."""
        several = list(dict.fromkeys(one for one in literals if one is not True))
        if any(one is False for one in several):
            return False
        if len(several) <= 1:
            return several[0] if several else True
        flag = self.flag()
        self.model.add_bool_and(several).only_enforce_if(flag)
        self.model.add_bool_or([*(one.negated() for one in several), flag])
        return flag

    def either(self, literals: Iterable[Literal]) -> Literal:
        """One of the literals holds, or more."""
        return negation(self.both(negation(one) for one in literals))

    def one_of(self, exclusive: Sequence[Literal]) -> Literal:
        """One holds of literals of which never two do."""
        several = [one for one in exclusive if one is not False]
        if any(one is True for one in several):
            return True
        if len(several) <= 1:
            return several[0] if several else False
        flag = self.flag()
        self.model.add_exactly_one([*several, flag.negated()])
        return flag

    def implies(self, one: Literal, other: Literal) -> None:
        self.require([other], negation(one))

    # ---- sums

    def variable(self, low: int, high: int) -> Linear:
        """A new whole number."""
        if low == high:
            return Linear((), low, low, low)
        return Linear(((1, self.model.new_int_var(low, high, "")),), 0, low, high)

    def worth(self, literal: Literal, points: int) -> Linear:
        """The points where the literal holds, else nothing."""
        if isinstance(literal, bool):
            return Linear((), points * literal, points * literal, points * literal)
        return Linear(((points, literal),), 0, min(0, points), max(0, points)) if points else ZERO

    def expression(self, one: Linear) -> Any:
        weights: dict[int, int] = {}
        variables: dict[int, Any] = {}
        for weight, variable in one.parts:
            weights[variable.index] = weights.get(variable.index, 0) + weight
            variables.setdefault(variable.index, variable)
        return self.solver.LinearExpr.weighted_sum(list(variables.values()), list(weights.values())) + one.constant

    def named(self, one: Linear) -> Linear:
        """The same sum as a single variable."""
        if len(one.parts) <= 1:
            return one
        variable = self.variable(one.low, one.high)
        self.equal(variable, one)
        return variable

    def equal(self, one: Linear, other: Linear) -> None:
        self.model.add(self.expression(one) == self.expression(other))

    def not_above(self, one: Linear, other: Linear, *conditions: Literal) -> None:
        """The one is at most the other, where all the conditions hold."""
        if one.high <= other.low or any(condition is False for condition in conditions):
            return
        made = self.model.add(self.expression(one) <= self.expression(other))
        enforced = [condition for condition in conditions if condition is not True]
        if enforced:
            made.only_enforce_if(enforced)

    def confine(self, one: Linear, spans: Sequence[tuple[int, int]], literal: Literal) -> None:
        """A sum lies in the spans where the literal holds."""
        if not spans:
            self.require((), negation(literal))
        elif literal is not False:
            domain = self.solver.Domain.from_intervals([list(span) for span in spans])
            made = self.model.add_linear_expression_in_domain(self.expression(one), domain)
            if literal is not True:
                made.only_enforce_if(literal)

    def at_least(self, one: Linear, least: int) -> Literal:
        """Whether a sum is at least so much."""
        if least <= one.low:
            return True
        if least > one.high:
            return False
        key = ("at least", one.parts, one.constant, least)
        if key not in self._known:
            self._known[key] = self._compared(one, least)
        return self._known[key]

    def _compared(self, one: Linear, least: int) -> Literal:
        if len(one.parts) == 1 and getattr(one.parts[0][1], "is_boolean", True):
            weight, flag = one.parts[0]
            return flag if weight + one.constant >= least else flag.negated()
        flag, expression = self.flag(), self.expression(one)
        self.model.add(expression >= least).only_enforce_if(flag)
        self.model.add(expression <= least - 1).only_enforce_if(flag.negated())
        return flag

    def lies_in(self, one: Linear, spans: Iterable[tuple[int, int]]) -> Literal:
        """Whether a sum lies in one of the spans, both ends in."""
        ways = [self.both((self.at_least(one, low), negation(self.at_least(one, high + 1)))) for low, high in spans]
        return self.either(ways)

    def least_of(self, several: Sequence[Linear]) -> Linear:
        """The smallest of some sums."""
        low, high = min(one.low for one in several), min(one.high for one in several)
        needed = [one for one in several if one.low < high or one.high == high]
        if len(needed) == 1:
            return needed[0]
        smallest = self.variable(low, high)
        self.model.add_min_equality(self.expression(smallest), [self.expression(one) for one in needed])
        return smallest

    def clamped(self, one: Linear, low: int | None, high: int | None) -> Linear:
        """A sum within bounds."""
        if high is not None and one.high > high:
            one = self.least_of((one, Linear((), high, high, high)))
        if low is not None and one.low < low:
            floor = Linear((), low, low, low)
            one = self.least_of((one.times(-1), floor.times(-1))).times(-1)
        return one

    def rounded(self, one: Linear, numerator: int, denominator: int, *conditions: Literal) -> Linear:
        """A sum times a fraction, rounded half away from zero; of any value where the conditions do not hold."""
        ends = sorted(round_half_away(end * numerator, denominator) for end in (one.low, one.high))
        if numerator % denominator == 0:
            result = one.times(numerator // denominator)
            if not conditions:
                return result
        whole = self.named(one)
        result = self.variable(*ends)
        rest = whole.times(2 * numerator).plus(result.times(-2 * denominator))
        wide = Linear(rest.parts, rest.constant, -(10**18), 10**18)
        is_positive = self.at_least(whole if numerator >= 0 else whole.times(-1), 0)
        for sign, literal in ((1, is_positive), (-1, negation(is_positive))):
            # What is cut off, doubled, lies in [-d, d) above zero and in (-d, d] below.
            low, high = (-denominator, denominator - 1) if sign > 0 else (-denominator + 1, denominator)
            self.not_above(Linear((), low, low, low), wide, literal, *conditions)
            self.not_above(wide, Linear((), high, high, high), literal, *conditions)
        return result

    def weighted(self, one: Linear, weight: int) -> Linear:
        """A sum times so many thousandths, rounded half away from zero."""
        return self.rounded(one, weight, THOUSAND)
