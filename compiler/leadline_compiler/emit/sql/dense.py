"""A column for each count and each rule: what few rules are best written as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from leadline_compiler.emit.sql.build import EVENT_ROWS, Build
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    aliased,
    all_of,
    at_most,
    coalesce,
    column,
    equal,
    every_column,
    flag,
    greatest,
    join_rows,
    least,
    no,
    select,
    table,
    text,
    total,
    when,
    whole,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.occurrences import passes
from leadline_compiler.emit.sql.rows import event_rows, people
from leadline_compiler.emit.sql.rules import store_worth
from leadline_compiler.emit.sql.tables import Reading, fold_queries
from leadline_compiler.plan.plan import PlanRule

_HAPPENED, _SEEN, _FEATURES = "happened", "seen", "features"
POINTS, TIMES = "points_of_rule_", "times_of_rule_"


@dataclass(slots=True)
class Dense:
    """Every occurrence is a column of the events, every aggregate and every rule one of the contacts."""

    build: Build
    explain: bool
    ignored: list[Sql] = field(default_factory=list)

    def __post_init__(self) -> None:
        build = self.build
        write = build.dialect.write
        build.happened = Frame(_HAPPENED, "e_", write, is_of_events=True)
        build.seen = Frame(_SEEN, "s_", write, is_of_events=True)
        reading = Reading(build.dialect, build.zone, EVENT_ROWS, "p")
        reading.read_moment("at", column("at"))
        for frame in (build.happened, build.seen):
            build.readings[frame.name] = reading, build.happened
            for name in ("contact", "kind", "at"):
                frame.given(name)

    @property
    def contact_readings(self) -> list[Reading]:
        return []

    @property
    def raw_columns(self) -> list[str]:
        return []

    # ---- events

    def _occurred(self, occurrence: int) -> Sql:
        """The column of events that is 1 for those that the occurrence means, else 0."""
        found = self.build.happened.store(flag(passes(occurrence, self.build)), "is")
        return self.build.seen.given(found.name)

    def holds(self, occurrence: int) -> Sql:
        return equal(self._occurred(occurrence), whole(1))

    def alike(self, occurrence: int) -> list[Sql]:
        return [column("contact"), self._occurred(occurrence)]

    def count(self, occurrence: int) -> Sql:
        return coalesce(self.build.feature(total(self._occurred(occurrence)), "count"), whole(0))

    def newest(self, occurrence: int) -> Sql:
        return self.build.feature(greatest(when(self.holds(occurrence), column("at"))), "newest")

    def oldest(self, occurrence: int) -> Sql:
        return self.build.feature(least(when(self.holds(occurrence), column("at"))), "oldest")

    def truth(self, condition: int) -> Sql | None:
        return None

    # ---- rules

    def take_rule(self, index: int) -> None:
        store_worth(index, self.build, f"{POINTS}{index}", f"{TIMES}{index}" if self.explain else None)

    def end_rules(self) -> None:
        return

    def points_of_group(self, index: int) -> list[Sql]:
        return [column(f"{POINTS}{at}") for at, rule in enumerate(self.build.plan.rules) if rule.group == index]

    def close(self) -> None:
        if self.build.features:
            self.ignored = [passes(index, self.build) for index in self.build.plan.ignored]
            self.build.as_of(self.build.happened)

    # ---- queries

    @property
    def barriers(self) -> frozenset[str]:
        return frozenset()

    def steps(self) -> Iterator[NamedQuery]:
        build = self.build
        reading, _ = build.readings[_HAPPENED]
        readings = [build.contact_rows, *([reading] if build.features else [])]
        if build.features:
            yield EVENT_ROWS, event_rows(build, [reading])
        yield from fold_queries(build.dialect, readings)
        yield from build.people.queries(people(build))
        if build.features:
            yield from build.happened.queries(self._happened(reading))
            yield from build.seen.queries(self._seen())
            yield _FEATURES, self._features()
        yield from build.facts.queries(self._facts())

    def _happened(self, reading: Reading) -> exp.Query:
        """The events, with what is asked of their contacts."""
        person = self.build.people.last
        own = [column(name, reading.rows) for name in ("contact", "kind")]
        of_people = [column(name, person) for name in self.build.of_people]
        query = reading.join_folds(select([*own, *reading.folded_columns(), *of_people], reading.rows))
        if of_people:
            on = equal(column("id", person), column("contact", reading.rows))
            query = join_rows(query, table(person), on=on)
        return query

    def _seen(self) -> exp.Query:
        """The events up to as-of that are not ignored."""
        build = self.build
        query = select([every_column(build.happened.last)], build.happened.last)
        until = at_most(column("at"), build.as_of(build.seen))
        return query.where(all_of([until, *map(no, self.ignored)]), copy=False)

    def _features(self) -> exp.Query:
        build = self.build
        columns = [column("contact"), *(aliased(tree, name) for name, tree in build.features.items())]
        return select(columns, build.seen.last).group_by(column("contact"), copy=False)

    def _facts(self) -> exp.Query:
        build, person = self.build, self.build.people.last
        if not build.features:
            return select([every_column(person)], person)
        columns = [every_column(person), *(column(name, _FEATURES) for name in build.features)]
        on = equal(column("contact", _FEATURES), column("id", person))
        return join_rows(select(columns, person), table(_FEATURES), on=on, kind="LEFT")

    def explained(self) -> exp.Query:
        if not self.build.plan.rules:
            return self._row(whole(0), whole(0), None).where(equal(whole(0), whole(1)), copy=False)
        given = [(column(f"{POINTS}{index}"), column(f"{TIMES}{index}")) for index in range(len(self.build.plan.rules))]
        rows = [self._row(*pair, rule) for pair, rule in zip(given, self.build.plan.rules, strict=True)]
        result: exp.Query = rows[0]
        for row in rows[1:]:
            result = exp.Union(this=result, expression=row, distinct=False)
        return result

    def _row(self, points: Sql, times: Sql, rule: PlanRule | None) -> exp.Select:
        """What a rule gave each contact; without a rule, the same columns."""
        plan, dialect = self.build.plan, self.build.dialect
        group = None if rule is None else plan.groups[rule.group].name
        columns = [
            dialect.id_of_result(),
            aliased(text(plan.name), "model"),
            aliased(text("" if rule is None else rule.name), "rule"),
            aliased(text("" if rule is None else plan.scores[rule.score].name), "score"),
            aliased(dialect.as_text(exp.null() if group is None else text(group)), "group"),
            aliased(dialect.points(points), "points"),
            aliased(times, "times"),
            aliased(whole(0 if rule is None else rule.line), "line"),
        ]
        return select(columns, self.build.facts.last)
