"""`for each` with one limit or a decay: the rows of the events that it counts, the limit and the decay as tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from leadline_compiler.emit.sql.build import Build
from leadline_compiler.emit.sql.decays import decay_rows
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    aliased,
    all_of,
    between,
    choose,
    coalesce,
    column,
    equal,
    join_rows,
    less,
    more,
    multiply,
    over,
    select,
    subtract,
    table,
    total,
    whole,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.moments import local_day
from leadline_compiler.emit.sql.refusals import RefusedError
from leadline_compiler.emit.sql.sparse.ladders import FAR
from leadline_compiler.emit.sql.sparse.spans import Pool, Spans
from leadline_compiler.emit.sql.tables import Reading
from leadline_compiler.plan.plan import DecayTable, EachBody

LIMITS, WORTHS = "limits", "worths"
MOST_WORTHS = 20_000
"""Rows of all decays together; those that would need more are written out."""
_COLUMNS = ("feature", "bucket", "turn", "low", "high", "decay", "length")
_NO_DECAY = -1
_BY_DAY = "day"
_PLACE = "k_place"


@dataclass(frozen=True, slots=True)
class Limit:
    """Which events count, of those of a day, of a value of a property, or (by None) of all: the places low..high.

    `turn` is 1 where the newest come first, -1 where the oldest do; `worth` is the number of a decay's table.
    """

    by: str | None
    turn: int
    low: int
    high: int
    worth: int
    length: int


@dataclass(slots=True)
class Placed:
    """Features of which some events count, and the frame of these; `decays` is whether it matters which count."""

    pool: Pool
    reading: Reading
    frame: Frame
    decays: bool
    buckets: dict[str, int] = field(default_factory=dict)

    def bucket(self, by: str | None) -> int:
        """A number for what a limit is per; 0 for all."""
        return 0 if by is None else self.buckets.setdefault(by, len(self.buckets) + 1)

    def _together(self, build: Build) -> list[Sql]:
        """What events that a limit takes together have in common."""
        numbers: list[tuple[Sql, Sql]] = []
        texts: list[tuple[Sql, Sql]] = []
        for by, number in self.buckets.items():
            is_by = equal(column("bucket"), whole(number))
            if by == _BY_DAY:
                numbers.append((is_by, local_day(build.dialect, build.zone, column("at"), build.until)))
            else:
                value = build.property(by.removeprefix("of "), self.frame)
                (texts if build.is_text(by.removeprefix("of ")) else numbers).append((is_by, value))
        return [self.frame.store(choose(rows), "together") for rows in (numbers, texts) if rows]

    def close(self, build: Build) -> None:
        """Stores what the limits take together, and each event's place in it."""
        together = self._together(build)
        if self.decays:
            order: list[tuple[Sql, bool]] = [(multiply(column("age"), column("turn")), False)]
            place = over(exp.RowNumber(), [column("contact"), column("feature"), *together], order)
            self.frame.store_as(place, _PLACE)

    def counted(self, build: Build) -> exp.Query:
        """How many events count, without asking which: (contact, feature, many, earned)."""
        rows = self.frame.last
        own = [column(name) for name in ("contact", "feature", "low", "high")]
        together = [column(name) for name in self.frame.steps if name.startswith("k_together")]
        many = aliased(exp.Count(this=exp.Star()), "many")
        counts = select([*own, many], rows).group_by(*own, *together, copy=False).subquery("counts")
        low, high, of_all = column("low"), column("high"), column("many")
        kept = choose([(less(of_all, low), whole(0)), (more(of_all, high), high)], of_all)
        beyond = choose([(less(of_all, low), whole(0))], subtract(kept, subtract(low, whole(1))))
        summed = [aliased(build.dialect.narrow(total(beyond)), "many"), aliased(whole(0), "earned")]
        return select([*own[:2], *summed], counts).group_by(*own[:2], copy=False)


@dataclass(slots=True)
class Limited:
    """The rules that take only some of their events, and those that count them for what is left of their points.

    `aged` are decays without a limit. Of the others, `timed` are limits per day or for all, `shared` per property.
    """

    build: Build
    spans: Spans
    names: dict[str, str]
    aged: Pool = field(default_factory=lambda: Pool("aged"))
    by_name: dict[str, Placed] = field(default_factory=dict)
    limits: dict[int, tuple[Limit, Placed | None]] = field(default_factory=dict)
    worths: dict[tuple[int, DecayTable], int] = field(default_factory=dict)
    worth_rows: list[tuple[int, int, int]] = field(default_factory=list)

    def _placed(self, *, shared: bool, decays: bool) -> Placed:
        name = ("shared" if shared else "timed") + ("_decays" if decays else "")
        if name not in self.by_name:
            reading = Reading(self.build.dialect, self.build.zone, f"{name}_rows", "p", self.names)
            frame = Frame(name, "k_", self.build.dialect.write, is_of_events=True)
            for own in ("contact", "at", "age", *_COLUMNS):
                frame.given(own)
            self.build.readings[name] = reading, frame
            self.by_name[name] = Placed(Pool(name), reading, frame, decays)
        return self.by_name[name]

    @property
    def pools(self) -> list[Pool]:
        return [self.aged, *(placed.pool for placed in self.by_name.values())]

    @property
    def readings(self) -> list[Reading]:
        return [placed.reading for placed in self.by_name.values()]

    def feature(self, body: EachBody, points: int) -> int | None:
        """The number of a feature whose tallies are the rule's; None for what is not so simple."""
        if len(body.times) + bool(body.after_first) > 1:
            return None
        worth = self._worth(points, body.decay)
        if worth is None:
            return None
        length = 1 if body.decay is None else body.decay.step
        more = body.times, body.after_first, body.decay, points
        if not (body.times or body.after_first):
            number = self.spans.feature(self.aged, body.occurrence, *more)
            self.limits[number] = Limit(None, 1, 1, FAR, worth, length), None
            return number
        limit = next(iter(body.times), None)
        by = None if limit is None or limit.per == "all" else _BY_DAY if limit.per == "day" else f"of {limit.property}"
        placed = self._placed(shared=by not in (None, _BY_DAY), decays=body.decay is not None)
        placed.bucket(by)
        number = self.spans.feature(placed.pool, body.occurrence, *more)
        # Of `after the first` the oldest come first, and do not count.
        turn, low, high = (-1, body.after_first + 1, FAR) if limit is None else (1, 1, limit.times)
        self.limits[number] = Limit(by, turn, low, high, worth, length), placed
        return number

    def _worth(self, points: int, decay: DecayTable | None) -> int | None:
        """The number of the table with what is left of points; None where it would be too long."""
        if decay is None:
            return _NO_DECAY
        key = points, decay
        if key not in self.worths:
            try:
                rows = dict(decay_rows(points, decay))
            except RefusedError:
                return None
            last, left = max(rows, default=0), points
            if len(self.worth_rows) + last > MOST_WORTHS:
                return None
            self.worths[key] = len(self.worths)
            for step in range(last):
                left = rows.get(step, left)
                self.worth_rows.append((self.worths[key], step, left))
        return self.worths[key]

    def close(self) -> None:
        """Makes known which columns of the events the limits need."""
        for found in self.by_name.values():
            found.close(self.build)

    # ---- queries

    @property
    def tallies(self) -> list[str]:
        """The queries (contact, feature, many, earned)."""
        return [f"{pool.name}_tallies" for pool in self.pools if pool.features]

    def queries(self, events: str) -> Iterator[NamedQuery]:
        """The queries that end in the tallies of all pools."""
        if not self.tallies:
            return
        yield LIMITS, self.build.dialect.rows(_COLUMNS, list(self._limits()))
        yield WORTHS, self.build.dialect.rows(("decay", "step", "worth"), self.worth_rows or [(_NO_DECAY - 1, 0, 0)])
        if self.aged.features:
            yield from self.spans.queries(self.aged, (LIMITS, _COLUMNS[1:]))
            columns = [column("contact", events), column("age", events)]
            columns += [column(name, self.aged.cells) for name in ("feature", "decay", "length")]
            yield self.aged.name, self.spans.hits(self.aged, columns, events)
            yield f"{self.aged.name}_tallies", self._tallies(self.aged.name)
        for found in self.by_name.values():
            yield from self._placed_queries(found, events)

    def _placed_queries(self, found: Placed, events: str) -> Iterator[NamedQuery]:
        pool, reading = found.pool, found.reading
        yield from self.spans.queries(pool, (LIMITS, _COLUMNS[1:]))
        columns = [column(name, events) for name in ("contact", "at", "age", *reading.raw_names())]
        columns += [column(name, pool.cells) for name in _COLUMNS]
        yield reading.rows, self.spans.hits(pool, columns, events)
        own = [column(name, reading.rows) for name in ("contact", "at", "age", *_COLUMNS)]
        yield from found.frame.queries(reading.join_folds(select([*own, *reading.folded_columns()], reading.rows)))
        if not found.decays:
            yield f"{pool.name}_tallies", found.counted(self.build)
            return
        rows = found.frame.last
        is_counted = between(column(_PLACE, rows), column("low", rows), column("high", rows))
        yield f"{pool.name}_tallies", self._tallies(rows).where(is_counted, copy=False)

    def _tallies(self, rows: str) -> exp.Select:
        steps = self.build.dialect.quotient(column("age", rows), column("length", rows))
        on = all_of([equal(column("decay", WORTHS), column("decay", rows)), equal(column("step", WORTHS), steps)])
        worth = self.build.dialect.narrow(total(coalesce(column("worth", WORTHS), whole(0))))
        own = [column("contact", rows), column("feature", rows)]
        counted = [aliased(exp.Count(this=exp.Star()), "many"), aliased(worth, "earned")]
        query = join_rows(select([*own, *counted], rows), table(WORTHS), on=on, kind="LEFT")
        return query.group_by(*own, copy=False)

    def _limits(self) -> Iterator[tuple[int, ...]]:
        for number, (limit, placed) in self.limits.items():
            bucket = 0 if placed is None else placed.bucket(limit.by)
            yield number, bucket, limit.turn, limit.low, limit.high, limit.worth, limit.length
