"""What the events of a cell are: the cells, and the rows (cell, what) that say so.

A cell is a kind of event with certain values of the properties that some `where` looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from leadline_compiler.emit.sql.bands import value_in_bands
from leadline_compiler.emit.sql.build import Build
from leadline_compiler.emit.sql.conditions import truth_of
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    aliased,
    all_of,
    call,
    choose,
    coalesce,
    column,
    equal,
    every_column,
    flag,
    is_known,
    join_rows,
    least,
    no,
    select,
    table,
    text,
    when,
    whole,
    within,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.sparse.needs import Needs
from leadline_compiler.emit.sql.tables import Reading

CELLS, CELL_ROWS, MARKS, WANTED, _LISTED = "cells", "cell_rows", "marks", "wanted", "listed"
_EDGE = "|"


@dataclass(slots=True)
class Marks:
    """The numbers of what occurrences mean: kinds of events and a `where`.

    `ignored` are the columns of cells that are 1 where some `ignore` with windows mean their events, and the windows
    of each: several may mean the same events at other times.
    """

    build: Build
    needs: list[Needs]
    reading: Reading
    numbers: dict[tuple[tuple[int, ...], int | None], int] = field(default_factory=dict)
    holds: list[Sql] = field(default_factory=list)
    gone: list[Sql] = field(default_factory=list)
    ignored: dict[str, list[tuple[tuple[str, int], ...]]] = field(default_factory=dict)

    @property
    def cells(self) -> Frame:
        return self.build.happened

    def number(self, kinds: tuple[int, ...], where: int | None) -> int:
        """The number of what an occurrence means, its windows aside."""
        key = kinds, where
        if key not in self.numbers:
            self.build.kinds.update(kinds)
            holds = exp.true() if where is None else truth_of(where, self.build, self.cells)
            self.numbers[key] = len(self.numbers)
            self.holds.append(holds)
        return self.numbers[key]

    def ignore(self, kinds: tuple[int, ...], where: int | None, windows: tuple[tuple[str, int], ...]) -> None:
        """Takes out the events that an `ignore` means, or says which cells they are of."""
        parts = [within(column("kind"), map(whole, kinds))]
        if where is not None:
            parts.append(truth_of(where, self.build, self.cells))
        if windows:
            self.ignored.setdefault(self.cells.store(flag(all_of(parts)), "ignored").name, []).append(windows)
        else:
            self.gone.append(all_of(parts))

    # ---- cells

    def key(self) -> Sql:
        """The cell of an event: a text that no two cells share."""
        by_kind: dict[int, dict[str, None]] = {kind: {} for kind in sorted(self.build.kinds)}
        for kinds, where in [*self.numbers, *self._ignores()]:
            # What is ignored may be of a kind that no rule asks for.
            for kind in by_kind.keys() & kinds:
                by_kind[kind] |= dict.fromkeys(sorted(self.needs[where].properties) if where is not None else ())
        keys = [(equal(column("kind"), whole(kind)), self._key(kind, names)) for kind, names in by_kind.items()]
        return choose(keys)

    def _ignores(self) -> Iterator[tuple[tuple[int, ...], int | None]]:
        nodes = self.build.plan.nodes
        declared = [event.name for event in self.build.plan.schema.events]
        for _, events, where, _ in (nodes[index] for index in self.build.plan.ignored):
            yield tuple(map(declared.index, events)), where

    def _key(self, kind: int, names: Iterable[str]) -> Sql:
        short = [name for name in self.shared if name not in ("cell", "kind")]
        texts: list[str] = []
        for name in names:
            for source in self.reading.sources_of(name):
                (texts if source in self.reading.texts else short).append(source)
        key: Sql = text(str(kind))
        for name in short:
            key = _joined(key, coalesce(self.build.dialect.as_text(column(name)), text("")))
        for place, name in enumerate(texts):
            written = coalesce(column(name), text(""))
            if place < len(texts) - 1:
                # Only the last text may hold the edge: the others say how long they are.
                key = _joined(key, self.build.dialect.as_text(call("LENGTH", written)))
            key = _joined(key, written)
        return key

    @property
    def shared(self) -> list[str]:
        """The columns of the cells that are no properties."""
        return [name for name in ("cell", "kind", "as_of") if name in self.cells.steps]

    def cell_rows(self, source: str) -> exp.Query:
        """The cells that the events of a query are of."""
        others = [name for name in [*self.shared, *self.reading.raw_names()] if name != "cell"]
        columns = [column("cell"), *(aliased(least(column(name)), name) for name in others)]
        return select(columns, source).group_by(column("cell"), copy=False)

    def cells_query(self) -> exp.Query:
        columns = [*(column(name, CELL_ROWS) for name in self.shared), *self.reading.folded_columns()]
        return self.reading.join_folds(select(columns, CELL_ROWS))

    # ---- marks

    def queries(self) -> Iterator[NamedQuery]:
        """The queries from the cells' rows to the rows (cell, what)."""
        yield from self.cells.queries(self.cells_query())
        last = self.cells.last
        own = [column("cell", last), *(column(name, last) for name in self.ignored)]
        exploded = self.build.dialect.exploded(self._listed())
        if exploded is not None:
            query = select([*own, aliased(exploded, "what")], last)
            yield _LISTED, query.where(all_of(list(map(no, self.gone))), copy=False) if self.gone else query
            yield MARKS, select([every_column(_LISTED)], _LISTED).where(is_known(column("what")), copy=False)
            return
        pairs = [(kind, number) for (kinds, _), number in self.numbers.items() for kind in kinds]
        yield WANTED, self.build.dialect.rows(("of_kind", "what"), sorted(pairs))
        what = column("what", WANTED)
        on = equal(column("kind", last), column("of_kind", WANTED))
        query = join_rows(select([*own, what], last), table(WANTED), on=on)
        flags = list(map(flag, self.holds))
        marked = value_in_bands(what, list(enumerate(flags))[1:], flags[0])
        yield MARKS, query.where(all_of([equal(marked, whole(1)), *map(no, self.gone)]), copy=False)

    def _listed(self) -> list[tuple[Sql, list[Sql]]]:
        """For each kind of event the numbers of what its cells are, each NULL where they are not."""
        rows: dict[int, list[Sql]] = {kind: [] for kind in sorted(self.build.kinds)}
        for (kinds, _), number, held in zip(self.numbers, self.numbers.values(), self.holds, strict=True):
            for kind in kinds:
                rows[kind].append(when(held, whole(number)))
        return [(equal(column("kind"), whole(kind)), numbers) for kind, numbers in rows.items() if numbers]


def _joined(left: Sql, right: Sql) -> Sql:
    return exp.DPipe(this=exp.DPipe(this=left, expression=text(_EDGE)), expression=right)
