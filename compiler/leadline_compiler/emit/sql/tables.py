"""The tables that are read: their columns become whole numbers and folded texts.

Texts are folded once for each different value: `rows` holds them as they are, `folds` what they fold to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from leadline_compiler.emit.sql.dialects.base import SEPARATOR, SPACES, WIDE_SPACES, Dialect, texts_of
from leadline_compiler.emit.sql.expressions import (
    Sql,
    aliased,
    all_of,
    any_of,
    call,
    choose,
    column,
    equal,
    is_null,
    no,
    select,
    table,
    text,
    when,
    whole,
    within,
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
        if source not in self.typed:
            self.typed[source] = self._number(column(heading), kind)
        return source

    def _number(self, source: Sql, kind: Kind) -> Sql:
        match kind:
            case Kind.NUMBER:
                return self.dialect.millionths(source)
            case Kind.YES_NO:
                return self.dialect.yes_no(source)
            case _:
                return self.moment(source)

    def moment(self, source: Sql) -> Sql:
        """A column of moments; bare days are midnight in the model's zone."""
        micros = self.dialect.micros(source)
        is_day = self.dialect.is_day(source)
        if is_day is None or self.zone.name == "UTC":
            return micros
        return choose([(is_day, self._midnight(source, micros))], micros)

    def _midnight(self, source: Sql, micros: Sql) -> Sql:
        """The moment of a bare day."""
        later = self.dialect.midnight(source, self.zone.name)
        if later is None:
            return moment_of_wall(self.zone, micros)
        doubled = doubled_midnights(self.zone)
        return choose([(equal(micros, whole(wall)), whole(moment)) for wall, moment in doubled], later)

    def _read_text(self, source: str, heading: str, types: Types, facet: str) -> str:
        name = source if facet == "folded" else f"{source}_{facet}"
        raw = f"{source}_text"
        is_list = any(type_.kind is Kind.LIST for type_ in types)
        if raw not in self.texts:
            found = self.dialect.as_text(column(heading))
            self.texts[raw] = call("REPLACE", found, text(";"), text(SEPARATOR)) if is_list else found
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
        return choose([(dialect.is_ascii(written), plain)], column(facet, f"{raw}_{_FOLDS}"))

    # ---- queries

    def rows_query(self, source: str, own: Iterable[Sql], condition: Sql | None = None) -> exp.Query:
        """The table's rows with numbers typed and texts as they are."""
        columns = [*own, *(aliased(tree, name) for name, tree in (self.typed | self.texts).items())]
        query = select(columns, exp.to_table(source, dialect=self.dialect.name))
        return query if condition is None else query.where(condition, copy=False)

    def folded_columns(self) -> Iterator[Sql]:
        """The columns by which the rows are told on, texts folded."""
        yield from (column(name, self.rows) for name in self.typed)
        yield from (aliased(tree, name) for name, tree in self.facets.items())

    def join_folds(self, query: exp.Select) -> exp.Select:
        """The query of the rows, with what their texts fold to beside them."""
        for raw in self.texts:
            alias = f"{raw}_{_FOLDS}"
            on = equal(column("value", alias), column(raw, self.rows))
            query = query.join(table(_FOLDS, alias), on=on, join_type="left", copy=False)
        return query


def fold_queries(dialect: Dialect, readings: Iterable[Reading]) -> Iterator[tuple[str, exp.Query]]:
    """The queries that end in `folds`; none where no text is read."""
    sources = [(reading.rows, raw) for reading in readings for raw in reading.texts]
    if sources:
        every = texts_of(sources).subquery("texts")
        query = select([column("value")], every).distinct(copy=False).where(no(dialect.is_ascii(column("value"))), copy=False)
        yield _ODD, query.where(no(is_null(column("value"))), copy=False)
        yield from dialect.folded(_ODD)
