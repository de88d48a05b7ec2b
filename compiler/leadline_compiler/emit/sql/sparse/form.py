"""The sparse form: which rule is reckoned how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from leadline_compiler.emit.sql.build import EVENT_ROWS, FACTS, Build
from leadline_compiler.emit.sql.expressions import (
    NamedQuery,
    Sql,
    any_of,
    coalesce,
    column,
    equal,
    is_known,
    less,
    no,
    subtract,
    whole,
)
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.rules import NARROW, worth_of
from leadline_compiler.emit.sql.sizes import most_points
from leadline_compiler.emit.sql.sparse.blocks import Block
from leadline_compiler.emit.sql.sparse.each import Limited
from leadline_compiler.emit.sql.sparse.earned import AGES, DAYS, Earned, Measure, has_bit
from leadline_compiler.emit.sql.sparse.ladders import Ladder, condition_ladder, rows_ladder
from leadline_compiler.emit.sql.sparse.marks import CELL_ROWS, CELLS, Marks
from leadline_compiler.emit.sql.sparse.needs import Needs, needs_of
from leadline_compiler.emit.sql.sparse.spans import Pool, Spans
from leadline_compiler.emit.sql.sparse.values import Values
from leadline_compiler.emit.sql.tables import Reading
from leadline_compiler.plan.plan import EachBody, PlanRule, TableBody, WhenBody

HAPPENED, SEEN, ODD_ROWS = "happened", "seen", "odd_rows"
_MANY_KINDS = 3
"""Kinds of events from which on the newest of any is found from the newest of each."""
Keys = tuple[int, int | None]


@dataclass(slots=True)
class Sparse:
    """Points are added up by key: a group's index; with `explain` two for each rule, its points and its times."""

    build: Build
    explain: bool
    needs: list[Needs] = field(init=False)
    at: Reading = field(init=False)
    odd_reading: Reading = field(init=False)
    events: Frame = field(init=False)
    marks: Marks = field(init=False)
    spans: Spans = field(init=False)
    limited: Limited = field(init=False)
    earned: Earned = field(init=False)
    values: Values = field(init=False)
    plain: Pool = field(default_factory=lambda: Pool("plain"))
    odd: Pool = field(default_factory=lambda: Pool("odd"))
    blocks: list[Block] = field(default_factory=list)
    base: dict[int, int] = field(default_factory=dict)
    targets: dict[int, int] = field(default_factory=dict)
    sums: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        build = self.build
        self.needs = needs_of(build.plan)
        write = build.dialect.write
        build.happened = Frame(CELLS, "e_", write, is_of_events=True)
        build.seen = Frame(SEEN, "s_", write, is_of_events=True)
        self.events = Frame(HAPPENED, "h_", write, is_of_events=True)
        _given(build.happened, "cell", "kind")
        _given(build.seen, "contact", "feature", "at")
        _given(self.events, "contact", "kind", "at")
        self.at = self._reading(EVENT_ROWS)
        self.at.read_moment("at", column("at"))
        cells = self._reading(CELL_ROWS)
        self.odd_reading = self._reading(ODD_ROWS)
        build.readings[CELLS] = cells, build.happened
        build.readings[SEEN] = self.odd_reading, build.seen
        self.marks = Marks(build, self.needs, cells)
        self.spans = Spans(build, self.marks, self.events)
        self.limited = Limited(build, self.spans, self.at.names)
        self.earned, self.values = Earned(build), Values(build, self.needs)
        self._open_block()

    def _reading(self, rows: str) -> Reading:
        """Columns of events; a heading has one name in all of them."""
        names = {} if rows == EVENT_ROWS else self.at.names
        return Reading(self.build.dialect, self.build.zone, rows, "p", names)

    @property
    def contact_readings(self) -> list[Reading]:
        return self.values.readings

    @property
    def raw_columns(self) -> list[str]:
        known = self.build.contact_rows.typed
        return [name for name in self.values.raw_names if name not in known]

    # ---- blocks

    @property
    def block(self) -> Block:
        return self.blocks[-1]

    def _open_block(self, name: str | None = None) -> None:
        """Goes on with a new block; the columns of the last one are gone but for its sums."""
        number = len(self.blocks) + 1
        frame = Frame(name or f"block_{number}", "", self.build.dialect.write)
        _given(frame, "id")
        self.blocks.append(Block(frame, number, self.build.dialect.most_columns))
        self.build.facts = frame
        self.build.features, self.build.feature_names = self.block.features, self.block.feature_names

    def _close_block(self) -> None:
        for key, name in self.block.store_sums().items():
            self.sums.setdefault(key, []).append(name)

    # ---- events

    def holds(self, occurrence: int) -> Sql:
        return equal(column("feature"), whole(self.spans.feature(self.odd, occurrence)))

    def alike(self, occurrence: int) -> list[Sql]:
        return [column("contact"), column("feature")]

    def count(self, occurrence: int) -> Sql:
        return coalesce(self._amount(occurrence, Measure.MANY), whole(0))

    def newest(self, occurrence: int) -> Sql:
        return self._moment(occurrence, "newest")

    def oldest(self, occurrence: int) -> Sql:
        return self._moment(occurrence, "oldest")

    def _moment(self, occurrence: int, which: str) -> Sql:
        return subtract(self.build.as_of(self.build.facts), self._amount(occurrence, AGES[which]))

    def _amount(self, occurrence: int, measure: Measure) -> Sql:
        return self.block.pivot(self.earned.amount(self.spans.feature(self.plain, occurrence), measure))

    def truth(self, condition: int) -> Sql | None:
        by_value = self.values.bit(condition)
        if by_value is not None:
            return has_bit(self.build.dialect, self.build.facts.given(by_value[0]), by_value[1])
        found = self.needs[condition].measure
        if found is None:
            return None
        name, occurrence = found
        if self._is_any_of_many(occurrence):
            return self._any(occurrence) if self.build.plan.nodes[condition][0] == "has" else None
        ladder = condition_ladder(self.build.plan, condition, counts=name == "many")
        if ladder is None:
            return None
        if all(held == ladder.absent for _, _, held in ladder.rows):
            return exp.true() if ladder.absent else exp.false()
        feature = self.spans.feature(self.plain, occurrence)
        word, place = self.earned.bit(feature, _measure(name), ladder)
        held = has_bit(self.build.dialect, coalesce(self.block.pivot(word), whole(0)), place)
        return no(held) if ladder.absent else held

    def _is_any_of_many(self, occurrence: int) -> bool:
        """Whether it means all events of several kinds up to some age."""
        _, events, where, windows = self.build.plan.nodes[occurrence]
        return len(events) >= _MANY_KINDS and where is None and all(name == "within" for name, _ in windows)

    def _any(self, occurrence: int) -> Sql:
        """Whether there is any such event: the newest of a kind is young enough."""
        _, events, _, windows = self.build.plan.nodes[occurrence]
        declared = [event.name for event in self.build.plan.schema.events]
        parts = []
        for kind in sorted(map(declared.index, events)):
            feature = self.spans.feature_of(self.plain, (kind,), None, ())
            age = self.block.pivot(self.earned.amount(feature, Measure.NEWEST_AGE))
            youngest = min((value for _, value in windows), default=None)
            parts.append(is_known(age) if youngest is None else less(age, whole(youngest)))
        return any_of(parts)

    # ---- rules

    def take_rule(self, index: int) -> None:
        rule = self.build.plan.rules[index]
        most = most_points(self.build.plan, rule)
        self.build.dialect.check_size(most)
        keys = (2 * index, 2 * index + 1) if self.explain else (rule.group, None)
        if most <= NARROW and (self._by_measure(rule, keys) or self._by_events(rule, keys)):
            return
        if not self.values.take(rule, keys):
            self._write_out(rule, keys)

    def _by_measure(self, rule: PlanRule, keys: Keys) -> bool:
        """Takes in a rule that looks at one measure alone."""
        ladder = self._ladder(rule)
        if ladder is None:
            return False
        looked_at, name, rows = ladder
        feature = self.spans.feature(self.plain, looked_at)
        for place, key in enumerate(keys):
            if key is not None:
                steps = Ladder(rows.absent[place], tuple((low, high, worth[place]) for low, high, worth in rows.rows))
                self.base[key] = self.base.get(key, 0) + steps.absent
                self.earned.steps(feature, _measure(name), steps, self._target(key))
        return True

    def _ladder(self, rule: PlanRule) -> tuple[int, str, Ladder[tuple[int, int]]] | None:
        match rule.body:
            case WhenBody(condition=looked_at) | TableBody(amount=looked_at):
                found = self.needs[looked_at].measure
            case _:
                return None
        if found is None or self._is_any_of_many(found[1]):
            return None
        name, occurrence = found
        if isinstance(rule.body, TableBody):
            rows = rows_ladder(self.build.plan, looked_at, rule.body.rows, counts=name == "many")
            return None if rows is None else (occurrence, name, rows)
        held = condition_ladder(self.build.plan, looked_at, counts=name == "many")
        if held is None:
            return None
        worth = {True: (rule.points, 1), False: (0, 0)}
        steps = tuple((low, high, worth[fires]) for low, high, fires in held.rows)
        return occurrence, name, Ladder(worth[held.absent], steps)

    def _by_events(self, rule: PlanRule, keys: Keys) -> bool:
        """Takes in a `for each` whose events are counted alike, or limited in one way."""
        body = rule.body
        if not isinstance(body, EachBody):
            return False
        points, times = keys
        if body.decay is None and not body.after_first and all(limit.per == "all" for limit in body.times):
            # So many of a number of like events are the smaller of two numbers.
            feature = self.spans.feature(self.plain, body.occurrence)
            most = min((limit.times for limit in body.times), default=None)
            bounds = [] if body.up_to is None else [body.up_to]
            bounds += [] if most is None else [abs(rule.points) * most]
            self.earned.rate(feature, Measure.MANY, rule.points, min(bounds, default=None), self._target(points))
            if times is not None:
                self.earned.rate(feature, Measure.MANY, 1, most, self._target(times))
            return True
        limited = self.limited.feature(body, rule.points)
        if limited is None:
            return False
        measure, per = (Measure.MANY, rule.points) if body.decay is None else (Measure.EARNED, 1)
        self.earned.rate(limited, measure, per, body.up_to, self._target(points))
        if times is not None:
            self.earned.rate(limited, Measure.MANY, 1, None, self._target(times))
        return True

    def _target(self, key: int) -> int:
        if key not in self.targets:
            self.targets[key] = self.earned.new_target()
        return self.targets[key]

    def _write_out(self, rule: PlanRule, keys: Keys) -> None:
        worth = worth_of(rule, self.build, self.build.facts)
        is_wide = most_points(self.build.plan, rule) > NARROW
        points = self.build.dialect.wide(worth.points) if is_wide else self.build.dialect.narrow(worth.points)
        for key, tree in zip(keys, (points, worth.times), strict=True):
            if key is not None:
                self.block.terms.setdefault(key, []).append(tree)
        if self.block.is_full:
            self._close_block()
            self._open_block()

    def end_rules(self) -> None:
        self._close_block()
        if not self.explain:
            self._open_block(FACTS)

    def points_of_group(self, index: int) -> list[Sql]:
        if all(rule.group != index for rule in self.build.plan.rules):
            return []
        terms: list[Sql] = [whole(self.base[index])] if self.base.get(index) else []
        if index in self.targets:
            terms.append(coalesce(self.block.pivot(self.targets[index]), whole(0)))
        sums = [*self.values.names_of(index), *self.sums.get(index, [])]
        return [*terms, *map(self.build.facts.given, sums)] or [whole(0)]

    def close(self) -> None:
        if not self.spans.count:
            return
        plan = self.build.plan
        declared = [event.name for event in plan.schema.events]
        for _, events, where, windows in (plan.nodes[index] for index in plan.ignored):
            self.marks.ignore(tuple(sorted(map(declared.index, events))), where, windows)
        self.limited.close()
        pools = [self.plain, self.odd, *self.limited.pools]
        self.spans.set_edges(pools)
        self.spans.ask_for_windows(pools)
        self.build.as_of(self.events)

    # ---- queries

    @property
    def barriers(self) -> frozenset[str]:
        return frozenset(pool.cells for pool in (self.plain, self.odd, *self.limited.pools))

    def steps(self) -> Iterator[NamedQuery]:
        from leadline_compiler.emit.sql.sparse.steps import sparse_steps

        return sparse_steps(self)

    def explained(self) -> exp.Query:
        from leadline_compiler.emit.sql.sparse.explained import explained

        return explained(self)


def _measure(name: str) -> Measure:
    return Measure.MANY if name == "many" else DAYS[name]


def _given(frame: Frame, *names: str) -> None:
    for name in names:
        frame.given(name)
