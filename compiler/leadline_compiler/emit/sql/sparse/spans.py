"""When events count: bands of time, and the rows (what, band, feature) that say which features an event counts for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from leadline_compiler.emit.sql.bands import number_in_bands
from leadline_compiler.emit.sql.build import Build
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    all_of,
    choose,
    column,
    equal,
    flag,
    join_rows,
    no,
    select,
    table,
    whole,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.occurrences import in_window
from leadline_compiler.emit.sql.sparse.ladders import FAR
from leadline_compiler.emit.sql.sparse.marks import MARKS, Marks
from leadline_compiler.zones import Duration, Unit

Windows = tuple[tuple[str, int], ...]
MOST_EDGES = 40
"""Bands of time; windows that would need more are asked for event by event."""


@dataclass(frozen=True, slots=True)
class Feature:
    """An occurrence whose events are counted, as its `what` and its windows."""

    number: int
    what: int
    windows: Windows


@dataclass(slots=True)
class Pool:
    """Features that are reckoned in the same way; `name` begins the names of its queries."""

    name: str
    features: dict[object, Feature] = field(default_factory=dict)

    @property
    def spans(self) -> str:
        """The query (what, band, feature)."""
        return f"{self.name}_spans"

    @property
    def cells(self) -> str:
        """The query (cell, band, feature)."""
        return f"{self.name}_cells"


@dataclass(slots=True)
class Spans:
    """All features, and the frame of the events that they count."""

    build: Build
    marks: Marks
    events: Frame
    count: int = 0
    edges: list[int] = field(default_factory=list)

    def feature(self, pool: Pool, occurrence: int, *more: object) -> int:
        """The number of a feature: an occurrence, told apart by what else is asked of its events."""
        _, events, where, windows = self.build.plan.nodes[occurrence]
        declared = [event.name for event in self.build.plan.schema.events]
        return self.feature_of(pool, tuple(sorted(map(declared.index, events))), where, windows, *more)

    def feature_of(self, pool: Pool, kinds: tuple[int, ...], where: int | None, windows: Windows, *more: object) -> int:
        what = self.marks.number(kinds, where)
        key = what, windows, more
        if key not in pool.features:
            pool.features[key] = Feature(self.count, what, windows)
            self.count += 1
        return pool.features[key].number

    # ---- bands

    @property
    def place(self) -> Sql:
        """What bands are bands of: the moment, or the age where the instant of the run is a column."""
        return column("age" if self.build.options.as_of is None else "at")

    def set_edges(self, pools: list[Pool]) -> None:
        """Chooses the edges of the bands, the commonest first."""
        found: Counter[int] = Counter()
        for pool in pools:
            for feature in pool.features.values():
                for window in feature.windows:
                    bounds = self._bounds(window)
                    found.update(() if bounds is None else {bounds[0], bounds[1] + 1} - {-FAR, FAR + 1})
        by_use = sorted(found, key=lambda edge: (-found[edge], edge))
        self.edges = sorted(by_use[:MOST_EDGES])

    def band(self) -> Sql:
        """The number of an event's band."""
        rows = [(edge, place) for place, edge in enumerate(self.edges, 1)]
        return number_in_bands(self.place, rows, 0, self.build.dialect)

    def _bounds(self, window: tuple[str, int]) -> tuple[int, int] | None:
        """The first and the last place inside a window; None where it depends on the contact."""
        name, value = window
        as_of, zone = self.build.options.as_of, self.build.zone
        if name in ("since_date", "before_date"):
            op, *arguments = self.build.plan.nodes[value]
            if op != "moment":
                return None
            name, value = name.removesuffix("_date"), arguments[0]
        if as_of is None:
            return {"within": (-FAR, value - 1), "ago": (value, FAR)}.get(name)
        if name.endswith("_months"):
            name, value = name.removesuffix("_months"), as_of - zone.back(as_of, Duration(value, Unit.MONTHS))
        return {
            "within": (as_of - value + 1, FAR),
            "ago": (-FAR, as_of - value),
            "since": (value, FAR),
            "before": (-FAR, value - 1),
        }[name]

    def _is_banded(self, window: tuple[str, int]) -> bool:
        bounds = self._bounds(window)
        if bounds is None:
            return False
        return all(edge in (-FAR, FAR + 1) or edge in self.edges for edge in (bounds[0], bounds[1] + 1))

    # ---- queries

    def queries(self, pool: Pool, beside: tuple[str, Sequence[str]] | None = None) -> Iterator[NamedQuery]:
        """What events find their features by; `beside` is a query by feature whose columns shall stand there too."""
        yield pool.spans, self._rows(pool)
        cells = self._cells(pool)
        if beside is not None:
            name, columns = beside
            on = equal(column("feature", name), column("feature", pool.spans))
            cells = cells.select(*(column(own, name) for own in columns), copy=False)
            cells = join_rows(cells, table(name), on=on)
        yield pool.cells, cells

    def _rows(self, pool: Pool) -> exp.Query:
        """The rows (what, band, feature)."""
        starts = [-FAR, *self.edges]
        found = []
        for feature in pool.features.values():
            bounds = [self._bounds(window) for window in feature.windows if self._is_banded(window)]
            low = max([-FAR, *(bound[0] for bound in bounds if bound)])
            high = min([FAR, *(bound[1] for bound in bounds if bound)])
            # A band lies inside or outside as a whole: its first place tells.
            found += [(feature.what, band, feature.number) for band, start in enumerate(starts) if low <= start <= high]
        return self.build.dialect.rows(("what", "band", "feature"), found or [(-1, -1, -1)])

    def _cells(self, pool: Pool) -> exp.Select:
        """The rows (cell, band, feature), so that events find their features by one equality."""
        columns = [column("cell", MARKS), *(column(name, MARKS) for name in self.marks.ignored)]
        columns += [column("band", pool.spans), column("feature", pool.spans)]
        on = equal(column("what", pool.spans), column("what", MARKS))
        return join_rows(select(columns, MARKS), table(pool.spans), on=on)

    def hits(self, pool: Pool, columns: Sequence[Sql], source: str) -> exp.Select:
        """The events of a query with the features that they count for, one row for each."""
        cells = pool.cells
        on = all_of([equal(column(name, cells), column(name, source)) for name in ("cell", "band")])
        query = join_rows(select(columns, source), table(cells), on=on)
        conditions = [*self._residual(pool), *self._not_ignored(pool)]
        return query.where(all_of(conditions), copy=False) if conditions else query

    def ask_for_windows(self, pools: list[Pool]) -> None:
        """Makes known which columns of the contacts the windows need."""
        for pool in pools:
            list(self._residual(pool))
            list(self._not_ignored(pool))

    def _residual(self, pool: Pool) -> Iterator[Sql]:
        """The windows that depend on the contact."""
        rows = []
        for feature in pool.features.values():
            others = [window for window in feature.windows if not self._is_banded(window)]
            asked = [in_window(window, self.build, self.events) for window in others]
            if asked:
                rows.append((equal(column("feature", pool.cells), whole(feature.number)), flag(all_of(asked))))
        if rows:
            yield equal(choose(rows, whole(1)), whole(1))

    def _not_ignored(self, pool: Pool) -> Iterator[Sql]:
        for name, several in self.marks.ignored.items():
            for windows in several:
                inside = [in_window(window, self.build, self.events) for window in windows]
                yield no(all_of([equal(column(name, pool.cells), whole(1)), *inside]))
