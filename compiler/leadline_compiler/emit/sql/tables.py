"""The tables that are read: their columns become whole numbers and folded texts.

Texts are folded once for each different value: `rows` holds them as they are, `folds` what they fold to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sqlglot import exp

from leadline_compiler.emit.sql.dialects import DIALECTS
from leadline_compiler.emit.sql.dialects.base import SEPARATOR, SPACES, WIDE_SPACES, Dialect
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    aliased,
    all_of,
    any_of,
    call,
    choose,
    column,
    equal,
    flag,
    is_null,
    join_rows,
    no,
    select,
    table,
    tables_read,
    text,
    when,
    whole,
    within,
    written,
)
from leadline_compiler.emit.sql.moments import doubled_midnights, moment_of_wall
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.values import folded_choices
from leadline_compiler.zones import Zone

_ODD, _FOLDS = "odd", "folds"

Types = Mapping[ValueType, tuple[int, ...]]
"""The types of a column, each with the indexes of the events that declare it so."""


@dataclass(slots=True)
class Reading:
    """The columns that a query needs of one table. `prefix` begins their names."""

    dialect: Dialect
    zone: Zone
    rows: str
    prefix: str
    names: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Sql] = field(default_factory=dict)
    texts: dict[str, Sql] = field(default_factory=dict)
    moments: dict[str, Sql] = field(default_factory=dict)
    facets: dict[str, Sql] = field(default_factory=dict)

    def read(self, heading: str, types: Types, facet: str = "folded") -> str:
        """The name of the column for a heading of the table: whole numbers, or a facet of a text.

        A text's facets: `folded`, `pattern` (NFKC and trimmed), `written` (trimmed). `types` are alike but for the
        values that they list; each has the kinds of events for which it was declared (none: the only type).
        """
        source = self.names.setdefault(heading, f"{self.prefix}{len(self.names) + 1}")
        kind = next(iter(types)).kind
        if kind in (Kind.TEXT, Kind.CHOICE, Kind.LIST):
            return self._read_text(source, heading, types, facet)
        if kind is Kind.DATE:
            self.read_moment(source, column(heading))
        elif kind is Kind.NUMBER:
            self.typed[source] = self.dialect.millionths(column(heading))
        else:
            self.typed[source] = self.dialect.yes_no(column(heading))
        return source

    def read_moment(self, name: str, source: Sql) -> None:
        """A column of moments under a name; bare days are midnight in the model's zone."""
        if name in self.typed or name in self.facets:
            return
        micros = self.dialect.micros(source)
        is_day = self.dialect.is_day(source)
        if is_day is None or self.zone.name == "UTC":
            self.typed[name] = micros
            return
        later = self.dialect.midnight(source, self.zone.name)
        if later is not None:
            doubled = [(equal(micros, whole(wall)), whole(moment)) for wall, moment in doubled_midnights(self.zone)]
            self.typed[name] = choose([(is_day, choose(doubled, later))], micros)
            return
        self.moments |= {f"{name}_utc": micros, f"{name}_day": flag(is_day)}
        wall = column(f"{name}_utc", self.rows)
        is_bare = equal(column(f"{name}_day", self.rows), whole(1))
        self.facets[name] = choose([(is_bare, moment_of_wall(self.dialect, self.zone, wall))], wall)

    def _read_text(self, source: str, heading: str, types: Types, facet: str) -> str:
        name = source if facet == "folded" else f"{source}_{facet}"
        raw = f"{source}_text"
        is_list = any(type_.kind is Kind.LIST for type_ in types)
        if raw not in self.texts:
            found = self.dialect.as_text(column(heading))
            self.texts[raw] = call(self.dialect.replace_name, found, text(";"), text(SEPARATOR)) if is_list else found
        if name not in self.facets:
            value = self._facet(raw, facet)
            self.facets[name] = self.dialect.list_of(value) if is_list else self._admitted(value, raw, types)
        return name

    def _admitted(self, value: Sql, raw: str, types: Types) -> Sql:
        """A text, or NULL where its type lists other values."""
        if all(type_.kind is not Kind.CHOICE for type_ in types):
            return value
        folded = self._facet(raw, "folded")
        cases = []
        for type_, kinds in types.items():
            parts = [within(column("kind", self.rows), map(whole, kinds))] if len(types) > 1 else []
            if type_.kind is Kind.CHOICE:
                parts.append(within(folded, map(text, sorted(folded_choices(type_)))))
            cases.append(all_of(parts))
        return when(any_of(cases), value)

    def _facet(self, raw: str, facet: str) -> Sql:
        dialect, written = self.dialect, column(raw, self.rows)
        if facet == "written":
            return dialect.trim(written, WIDE_SPACES)
        plain = dialect.trim(dialect.lower(written) if facet == "folded" else written, SPACES)
        if dialect.folds_in_rows:
            pattern, folded = dialect.folded_in_row(written)
            odd = folded if facet == "folded" else pattern
        else:
            odd = column(facet, f"{raw}_{_FOLDS}")
        return choose([(dialect.is_ascii(written), plain)], odd)

    # ---- queries

    def raw_names(self) -> list[str]:
        """The columns of the rows as they are read, before their texts are folded."""
        return [*self.typed, *self.texts, *self.moments]

    def sources_of(self, heading: str) -> list[str]:
        """The columns of the rows that hold what stands under a heading."""
        name = self.names[heading]
        return [found for found in self.raw_names() if found == name or found.startswith(f"{name}_")]

    def folded_columns(self) -> Iterator[Sql]:
        """The columns by which the rows are told on, texts folded."""
        yield from (column(name, self.rows) for name in self.typed)
        yield from (aliased(tree, name) for name, tree in self.facets.items())

    def join_folds(self, query: exp.Select) -> exp.Select:
        """The query of the rows, with what their texts fold to beside them."""
        for raw in () if self.dialect.folds_in_rows else self.texts:
            alias = f"{raw}_{_FOLDS}"
            on = equal(column("value", alias), column(raw, self.rows))
            query = join_rows(query, table(_FOLDS, alias), on=on, kind="LEFT")
        return query


def rows_query(
    readings: Iterable[Reading], source: str | exp.Subquery, own: Iterable[Sql], condition: Sql | None = None
) -> exp.Select:
    """A table's rows with the columns that some readings need: numbers typed, texts as they are."""
    columns: dict[str, Sql] = {}
    dialect = None
    for reading in readings:
        columns |= reading.typed | reading.texts | reading.moments
        dialect = reading.dialect.name
    every = [*own, *(aliased(tree, name) for name, tree in columns.items())]
    query = select(every, exp.to_table(source, dialect=dialect) if isinstance(source, str) else source)
    return query if condition is None else query.where(condition, copy=False)


@lru_cache(maxsize=32)
def _written_folds(name: str) -> tuple[tuple[str, Sql], ...]:
    """The queries that fold are long, and the same whatever the rules: they are written once."""
    dialect = DIALECTS[name]()
    queries = [(name, dialect.kept(query)) for name, query in dialect.folded(_ODD)]
    return tuple((name, written(dialect.write(query), tables=tables_read(query))) for name, query in queries)


def fold_queries(
    dialect: Dialect, readings: Iterable[Reading], others: Iterable[tuple[str, Reading]] = ()
) -> Iterator[NamedQuery]:
    """The queries that end in `folds`; none where no text is read. `others` take their texts from another query."""
    pairs = [*((reading.rows, reading) for reading in readings), *others]
    sources: dict[str, dict[str, None]] = {}
    for rows, reading in pairs:
        if reading.texts:
            sources.setdefault(rows, {}).update(dict.fromkeys(reading.texts))
    if sources and not dialect.folds_in_rows:
        every = dialect.texts_of({rows: list(texts) for rows, texts in sources.items()}).subquery("texts")
        query = (
            select([column("value")], every)
            .distinct(copy=False)
            .where(no(dialect.is_ascii(column("value"))), copy=False)
        )
        yield _ODD, query.where(no(is_null(column("value"))), copy=False)
        yield from _written_folds(dialect.name) if dialect.writes_steps else dialect.folded(_ODD)
