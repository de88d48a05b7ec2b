"""Rules and conditions that look at one field of the contacts: they are reckoned once for each value of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from leadline_compiler.emit.sql.build import CONTACT_ROWS, Build
from leadline_compiler.emit.sql.conditions import truth_of
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    add,
    aliased,
    choose,
    coalesce,
    column,
    equal,
    join_rows,
    multiply,
    select,
    table,
    text,
    whole,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.rules import NARROW, worth_of
from leadline_compiler.emit.sql.sizes import most_points
from leadline_compiler.emit.sql.sparse.ladders import FAR
from leadline_compiler.emit.sql.sparse.needs import Needs
from leadline_compiler.emit.sql.tables import Reading
from leadline_compiler.plan.plan import EveryBody, PlanRule, TableBody, WhenBody
from leadline_compiler.schema import Kind

MOST = 300
"""Columns of one table of values."""
_TOGETHER = 20
"""Tables of values that are joined in one query: some engines join no more than 61."""
_BITS = 60
_TEXTS = (Kind.TEXT, Kind.CHOICE, Kind.LIST)


@dataclass(slots=True)
class Table:
    """The different values of a field as they are written, and what the rules give for each, by key.

    `words` are columns of bits, each 1 where some condition holds.
    """

    frame: Frame
    reading: Reading
    is_text: bool
    terms: dict[int, list[Sql]] = field(default_factory=dict)
    words: dict[str, list[Sql]] = field(default_factory=dict)

    def join_key(self, source: str) -> Sql:
        """The value as it is written, or one that stands for a missing value."""
        found = [column(name, source) for name in self.reading.raw_names()]
        # A day and the moment of its midnight in UTC are told apart by the second column.
        alone = found[0] if len(found) == 1 else add(multiply(found[0], whole(2)), found[1])
        return coalesce(alone, text("") if self.is_text else whole(FAR))

    @property
    def width(self) -> int:
        return len(self.terms) + len(self.words)


@dataclass(slots=True)
class Values:
    """All tables of values. Points are added up by key."""

    build: Build
    needs: list[Needs]
    tables: list[Table] = field(default_factory=list)
    open_: dict[int, Table] = field(default_factory=dict)
    bits: dict[int, tuple[str, int]] = field(default_factory=dict)

    def take(self, rule: PlanRule, keys: tuple[int, int | None]) -> bool:
        """Takes in a rule, and how often it counted, if it looks at one field alone."""
        if most_points(self.build.plan, rule) > NARROW:
            return False
        match rule.body:
            case WhenBody(condition=looked_at) | TableBody(amount=looked_at) | EveryBody(amount=looked_at):
                found = self._field(looked_at)
            case _:
                return False
        if found is None:
            return False
        values = self._table(found)
        worth = worth_of(rule, self.build, values.frame)
        for key, tree in zip(keys, (worth.points, worth.times), strict=True):
            if key is not None:
                values.terms.setdefault(key, []).append(tree)
        return True

    def bit(self, condition: int) -> tuple[str, int] | None:
        """The column and the place in it of the bit that is 1 where a condition on one field holds."""
        found = self._field(condition)
        if found is None:
            return None
        if condition not in self.bits:
            values = self._table(found)
            held = choose([(truth_of(condition, self.build, values.frame), whole(1))], whole(0))
            words = list(values.words)
            if not words or len(values.words[words[-1]]) == _BITS:
                words.append(f"{values.frame.mark}word_{len(words) + 1}")
            bits = values.words.setdefault(words[-1], [])
            self.bits[condition] = words[-1], len(bits)
            bits.append(multiply(held, whole(1 << len(bits))))
        return self.bits[condition]

    def _field(self, looked_at: int) -> int | None:
        """The one field that a condition or an amount looks at."""
        return self.needs[looked_at].field(fixed=self.build.options.as_of is not None)

    def _table(self, index: int) -> Table:
        known = self.open_.get(index)
        if known is not None and known.width < MOST:
            return known
        found = self.build.plan.schema.fields[index]
        name = f"values_{len(self.tables) + 1}"
        reading = Reading(self.build.dialect, self.build.zone, f"{name}_rows", "f", self.build.contact_rows.names)
        frame = Frame(name, f"v{len(self.tables) + 1}_", self.build.dialect.write)
        frame.given("k")
        self.build.of_values[name] = reading
        new = Table(frame, reading, found.type.kind in _TEXTS)
        self.tables.append(new)
        self.open_[index] = new
        return new

    @property
    def readings(self) -> list[Reading]:
        return [values.reading for values in self.tables]

    @property
    def raw_names(self) -> list[str]:
        """The columns of the contacts that the tables are joined by."""
        return list(dict.fromkeys(name for values in self.tables for name in values.reading.raw_names()))

    @property
    def words(self) -> list[str]:
        return [word for values in self.tables for word in values.words]

    # ---- queries

    def queries(self) -> Iterator[NamedQuery]:
        for values in self.tables:
            raw = [column(name) for name in values.reading.raw_names()]
            key = values.join_key(CONTACT_ROWS)
            yield values.reading.rows, select([aliased(key, "k"), *raw], CONTACT_ROWS).distinct(copy=False)
            columns = [column("k", values.reading.rows), *values.reading.folded_columns()]
            first = values.reading.join_folds(select(columns, values.reading.rows))
            for key_, terms in values.terms.items():
                values.frame.store_as(add(*terms), _sum(values, key_))
            for word, bits in values.words.items():
                values.frame.store_as(add(*bits), word)
            yield from values.frame.queries(first)

    def explained(self, values: Table, rows: str) -> exp.Query:
        """Rows (k, rule, points, times) of a table as rows of the contacts that have its values."""
        columns = [column("id", CONTACT_ROWS), *(column(name, rows) for name in ("rule", "points", "times"))]
        on = equal(column("k", rows), values.join_key(CONTACT_ROWS))
        return join_rows(select(columns, CONTACT_ROWS), table(rows), on=on)

    def names_of(self, key: int) -> list[str]:
        """The columns that `joined` adds for a key."""
        return [f"d{key}_{chunk}" for chunk, part in self._chunks() if any(key in values.terms for values in part)]

    def _chunks(self) -> Iterator[tuple[int, list[Table]]]:
        for start in range(0, len(self.tables), _TOGETHER):
            yield start // _TOGETHER + 1, self.tables[start : start + _TOGETHER]

    def joined(self, people: str, kept: list[str], *, with_sums: bool) -> Iterator[tuple[str, exp.Query, list[str]]]:
        """Queries that each add words, and sums if asked, to the columns that are kept; and the names of these."""
        before = people
        for chunk, part in self._chunks():
            sums: dict[str, list[Sql]] = {}
            for values in part:
                for key in values.terms if with_sums else ():
                    sums.setdefault(f"d{key}_{chunk}", []).append(column(_sum(values, key), values.frame.last))
            added = {name: add(*trees) for name, trees in sums.items()}
            added |= {word: column(word, values.frame.last) for values in part for word in values.words}
            columns = [*(column(name, before) for name in kept), *(aliased(added[name], name) for name in added)]
            query = select(columns, before)
            for values in part:
                on = equal(column("k", values.frame.last), values.join_key(before))
                query = join_rows(query, table(values.frame.last), on=on, kind="LEFT")
            yield f"valued_{chunk}", query, list(added)
            before, kept = f"valued_{chunk}", [*kept, *added]


def _sum(values: Table, key: int) -> str:
    return f"{values.frame.mark}{key}"
