"""A chain of queries, each adding columns to the one before.

SQL cannot name a column where it is made, so what is used more than once, or grows when it is repeated, is stored as
a column a step further on. Steps are found by themselves: a column stands one step after the last that it reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    aliased,
    column,
    columns_read,
    every_column,
    select,
    written,
)


@dataclass(slots=True)
class Frame:
    """The columns of one kind of row (a contact, an event).

    `name` begins the names of its queries, `mark` those of the columns that are stored in it. What is stored is
    written then, by `write`: it is compared as a text, and takes no more time when the query is put together.
    """

    name: str
    mark: str
    write: Callable[[Sql], str]
    is_of_events: bool = False
    steps: dict[str, int] = field(default_factory=dict)
    stored: list[list[tuple[str, str]]] = field(default_factory=list)
    known: dict[str, exp.Column] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def given(self, name: str) -> exp.Column:
        """A column of the first query."""
        self.steps.setdefault(name, 0)
        return column(name)

    def step_of(self, tree: Sql) -> int:
        """The step of the last column that a tree reads. Columns of a query inside of it name their table."""
        return max((self.steps[name] for name in columns_read(tree)), default=0)

    def store(self, tree: Sql, prefix: str) -> exp.Column:
        """The tree as a column, whose name begins with the prefix. Equal trees are one column."""
        as_ = self.write(tree)
        if as_ not in self.known:
            self.counts[prefix] += 1
            name = f"{self.mark}{prefix}_{self.counts[prefix]}"
            self.known[as_] = self._put(as_, self.step_of(tree), name)
        return self.known[as_]

    def store_as(self, tree: Sql, name: str) -> exp.Column:
        """The tree as a column of this name, which must be new."""
        return self._put(self.write(tree), self.step_of(tree), name)

    def _put(self, as_: str, step: int, name: str) -> exp.Column:
        if step == len(self.stored):
            self.stored.append([])
        self.stored[step].append((name, as_))
        self.steps[name] = step + 1
        return column(name)

    def settled(self, tree: Sql, prefix: str) -> Sql:
        """A tree that costs nothing to repeat: itself if it is a column or a literal, else stored."""
        return tree if isinstance(tree, exp.Column | exp.Literal | exp.Neg) else self.store(tree, prefix)

    def queries(self, first: exp.Query) -> Iterator[NamedQuery]:
        """The chain: names and queries."""
        names = [self.name, *(f"{self.name}_{step}" for step in range(2, len(self.stored) + 2))]
        yield names[0], first
        for name, before, columns in zip(names[1:], names, self.stored, strict=False):
            added = [aliased(written(as_), known) for known, as_ in columns]
            yield name, select([every_column(before), *added], before)

    @property
    def last(self) -> str:
        """The name of the last query."""
        return self.name if not self.stored else f"{self.name}_{len(self.stored) + 1}"
