"""What counted events come to: rows (contact, target, value), added up from a table with the points of each feature.

A target is whatever a number is added up for: a group of rules, a rule, an amount that some condition asks for, or a
word of bits, one for each condition that is known from a feature alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from sqlglot import exp

from leadline_compiler.emit.sql.build import Build
from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.expressions import (
    Sql,
    add,
    aliased,
    between,
    binary,
    choose,
    column,
    equal,
    exists_in,
    greatest,
    join_rows,
    less,
    more,
    multiply,
    select,
    table,
    total,
    when,
    whole,
)
from leadline_compiler.emit.sql.sparse.ladders import FAR, Ladder
from leadline_compiler.zones import DAY

TALLIES, SCALES, EARNED = "tallies", "scales", "earned"
_BITS = 60
_COLUMNS = ("feature", "measure", "low", "high", "points", "per", "most", "target")


class Measure(IntEnum):
    """What is known of a contact's events of a feature."""

    MANY = 0
    NEWEST_DAYS = 1
    OLDEST_DAYS = 2
    NEWEST_AGE = 3
    OLDEST_AGE = 4
    EARNED = 5


DAYS = {"newest": Measure.NEWEST_DAYS, "oldest": Measure.OLDEST_DAYS}
AGES = {"newest": Measure.NEWEST_AGE, "oldest": Measure.OLDEST_AGE}


@dataclass(slots=True)
class Earned:
    """The table of points, and the targets that it adds up for."""

    build: Build
    targets: int = 0
    rows: list[tuple[int, ...]] = field(default_factory=list)
    bits: dict[object, tuple[int, int]] = field(default_factory=dict)
    amounts: dict[tuple[int, Measure], int] = field(default_factory=dict)

    def new_target(self) -> int:
        self.targets += 1
        return self.targets - 1

    def steps(self, feature: int, measure: Measure, ladder: Ladder[int], target: int) -> None:
        """Adds, for each range of the measure, what its value has beyond that of a contact without events."""
        for low, high, value in ladder.rows:
            if value != ladder.absent:
                self.rows.append((feature, measure, low, high, value - ladder.absent, 0, FAR, target))

    def rate(self, feature: int, measure: Measure, per: int, most: int | None, target: int) -> None:
        """Adds so much for each of the measure, bounded in size."""
        self.rows.append((feature, measure, -FAR, FAR, 0, per, FAR if most is None else most, target))

    def amount(self, feature: int, measure: Measure) -> int:
        """The target that is the measure itself."""
        key = feature, measure
        if key not in self.amounts:
            self.amounts[key] = self.new_target()
            self.rate(feature, measure, 1, None, self.amounts[key])
        return self.amounts[key]

    def bit(self, feature: int, measure: Measure, ladder: Ladder[bool]) -> tuple[int, int]:
        """The word and the place in it of the bit that is 1 where the ladder has another value than without events."""
        key = feature, measure, ladder
        if key not in self.bits:
            place = len(self.bits) % _BITS
            word = self.new_target() if place == 0 else next(reversed(self.bits.values()))[0]
            self.bits[key] = word, place
            bits = Ladder(0, tuple((low, high, int(held != ladder.absent) << place) for low, high, held in ladder.rows))
            self.steps(feature, measure, bits, word)
        return self.bits[key]

    @property
    def measures(self) -> frozenset[int]:
        """The measures that some points are reckoned from."""
        return frozenset(row[1] for row in self._told)

    @property
    def _told(self) -> list[tuple[int, ...]]:
        """The rows, or one that no feature has: there is no table without any."""
        return self.rows or [(-1, Measure.MANY, 0, 0, 0, 0, 0, -1)]

    # ---- queries

    def scales(self) -> exp.Query:
        return self.build.dialect.rows(_COLUMNS, self._told)

    def query(self) -> exp.Query:
        """What each contact has of each target."""
        points, per, most = (column(name, SCALES) for name in ("points", "per", "most"))
        value = column("value", "valued")
        scaled = multiply(value, column("per", "valued"))
        bound = column("most", "valued")
        least = exp.Neg(this=bound)
        clamped = choose([(more(scaled, bound), bound), (less(scaled, least), least)], scaled)
        inside = between(value, column("low", "valued"), column("high", "valued"))
        summed = total(choose([(inside, add(column("points", "valued"), clamped))], whole(0)))
        valued = [
            column("contact", TALLIES),
            *(column(name, SCALES) for name in ("target", "low", "high")),
            *(points, per, most),
            aliased(self._value(), "value"),
        ]
        on = equal(column("feature", SCALES), column("feature", TALLIES))
        rows = join_rows(select(valued, TALLIES), table(SCALES), on=on)
        columns = [column("contact", "valued"), column("target", "valued")]
        query = select([*columns, aliased(self.build.dialect.narrow(summed), "value")], rows.subquery("valued"))
        return query.group_by(*columns, copy=False)

    def _value(self) -> Sql:
        """The measure that a row of the table asks for."""
        days = whole(DAY)
        many, earned = column("many", TALLIES), column("earned", TALLIES)
        newest, oldest = column("newest", TALLIES), column("oldest", TALLIES)
        known = {
            Measure.MANY: many,
            Measure.NEWEST_DAYS: self.build.dialect.quotient(newest, days),
            Measure.OLDEST_DAYS: self.build.dialect.quotient(oldest, days),
            Measure.NEWEST_AGE: newest,
            Measure.OLDEST_AGE: oldest,
            Measure.EARNED: earned,
        }
        asked = [measure for measure in known if measure in self.measures]
        if len(asked) == 1:
            return known[asked[0]]
        measure = column("measure", SCALES)
        return choose([(equal(measure, whole(int(found))), known[found]) for found in asked])

    def pivot(self, targets: Iterable[int]) -> exp.Query:
        """Some targets as columns `t0`, `t1`, …; one row for each contact that has any."""
        wanted = sorted(targets)
        columns: list[Sql] = [column("contact")]
        for target in wanted:
            is_of = equal(column("target"), whole(target))
            columns.append(aliased(greatest(when(is_of, column("value"))), target_name(target)))
        query = select(columns, EARNED).where(exists_in(column("target"), wanted), copy=False)
        return query.group_by(column("contact"), copy=False)


def target_name(target: int) -> str:
    return f"t{target}"


def has_bit(dialect: Dialect, word: Sql, place: int) -> Sql:
    """Whether a bit of a word is 1."""
    shifted = dialect.quotient(word, whole(1 << place)) if place else word
    return equal(exp.Paren(this=binary(exp.Mod, shifted, whole(2))), whole(1))
