"""Rules that are written out one by one, some in a block: what a block needed on the way is dropped after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    add,
    aliased,
    column,
    equal,
    join_rows,
    select,
    table,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.sparse.earned import Earned, target_name


@dataclass(slots=True)
class Block:
    """The contacts with what some rules need of their events, and the points that these rules give.

    `pivots` are targets that become columns, `features` aggregates of the events that are reckoned one by one,
    `terms` the points by what they are added up for.
    """

    frame: Frame
    number: int
    most_columns: int
    pivots: set[int] = field(default_factory=set)
    features: dict[str, Sql] = field(default_factory=dict)
    feature_names: dict[str, str] = field(default_factory=dict)
    terms: dict[int, list[Sql]] = field(default_factory=dict)

    def pivot(self, target: int) -> exp.Column:
        """A target as a column."""
        self.pivots.add(target)
        return self.frame.given(target_name(target))

    @property
    def is_full(self) -> bool:
        terms = sum(map(len, self.terms.values()))
        columns = len(self.pivots) + len(self.features) + sum(map(len, self.frame.stored))
        return 2 * terms >= self.most_columns or columns >= self.most_columns

    def store_sums(self) -> dict[int, str]:
        """Stores the sums of the block; their names by what they are added up for."""
        names = {key: f"a{key}_{self.number}" for key in self.terms}
        for key, terms in self.terms.items():
            self.frame.store_as(add(*terms), names[key])
        return names

    def queries(self, before: str, kept: list[str], events: str, earned: Earned) -> Iterator[NamedQuery]:
        """The block after another query of contacts, of which it keeps some columns.

        `events` is the last query of the events whose aggregates are reckoned one by one.
        """
        columns: list[Sql] = [column(name, before) for name in kept]
        joined = []
        if self.pivots:
            name = f"pivot_{self.number}"
            yield name, earned.pivot(self.pivots)
            columns += [column(target_name(target), name) for target in sorted(self.pivots)]
            joined.append(name)
        if self.features:
            name = f"features_{self.number}"
            aggregates = [aliased(tree, known) for known, tree in self.features.items()]
            yield name, select([column("contact"), *aggregates], events).group_by(column("contact"), copy=False)
            columns += [column(known, name) for known in self.features]
            joined.append(name)
        query = select(columns, before)
        for name in joined:
            on = equal(column("contact", name), column("id", before))
            query = join_rows(query, table(name), on=on, kind="LEFT")
        yield from self.frame.queries(query)
