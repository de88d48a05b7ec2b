"""The points of all groups, by tables wherever rules go by one field, one occurrence, or single events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from leadline_compiler.batch.age_points import AgePoints, ages_of
from leadline_compiler.batch.amounts import is_coded
from leadline_compiler.batch.cells import Cells
from leadline_compiler.batch.columns import Places, Whole
from leadline_compiler.batch.count_points import BitPoints, CountPoints, count_sums
from leadline_compiler.batch.decay_points import DecayPoints
from leadline_compiler.batch.events import Events
from leadline_compiler.batch.field_points import FieldTable, cuts_of
from leadline_compiler.batch.joint_points import JointPoints
from leadline_compiler.batch.keyed_points import KeyedPoints, keys_of_events
from leadline_compiler.batch.lanes import Lanes
from leadline_compiler.batch.rows import Program, Rows
from leadline_compiler.batch.rules import Judge
from leadline_compiler.batch.shares import Kinds, counted_by, share_out
from leadline_compiler.batch.sources import NEWEST
from leadline_compiler.batch.tallies import Tallies, TallyTables
from leadline_compiler.batch.worth import Worth
from leadline_compiler.plan import plan as p


class Points:
    """The rules of a plan in tables. Good for contacts with no more than `most` events."""

    def __init__(
        self, plan: p.Plan, judges: Sequence[Judge], program: Program, cells: Cells, as_of: int, most: int
    ) -> None:
        self._plan = plan
        self._as_of = as_of
        self._lanes = Lanes(plan, most)
        kinds = Kinds(plan)
        shares = share_out(plan, kinds)
        self._joint = JointPoints(plan, self._lanes, program, shares.joint, as_of)
        self._fields: list[FieldTable] = []
        for field in dict.fromkeys([*shares.fields, *self._joint.fields]):
            rules = shares.fields.get(field, [])
            is_text = is_coded(plan.schema.fields[field].type.kind)
            by_itself = [plan.rules[rule] for rule in rules]
            cuts = None if is_text else cuts_of(plan, by_itself, self._joint.conditions_of(field), as_of)
            found = (Worth(plan, self._lanes, rules, judges).judge, self._joint.of_field(field))
            self._fields.append(FieldTable(plan, field, found, cuts))
        self._counts = {
            occurrence: CountPoints(Worth(plan, self._lanes, rules, judges), as_of, plan.schema.zone)
            for occurrence, rules in shares.counts.items()
        }
        self._ages: dict[int, list[AgePoints]] = defaultdict(list)
        for (which, occurrence), rules in shares.ages.items():
            worth = Worth(plan, self._lanes, rules, judges)
            of_age = AgePoints(worth, cells, occurrence, as_of, plan.schema.zone, of_newest=which == NEWEST)
            self._ages[kinds.of(occurrence)].append(of_age)
        self.tables = TallyTables(plan, cells, *self._counted(plan, [*shares.rest, *shares.joint]))
        self._by_table: dict[tuple[int, bool], list[CountPoints | None]] = {
            place: [self._counts.get(occurrence) for occurrence in table.occurrences]
            for place, table in self.tables.tables.items()
        }
        self._bits = {kind: BitPoints(found) for (kind, matters), found in self._by_table.items() if not matters}
        self._decaying = {kind: DecayPoints(plan, self._lanes, cells, rules) for kind, rules in shares.decaying.items()}
        self._keyed = {place: KeyedPoints(plan, self._lanes, cells, rules) for place, rules in shares.keyed.items()}
        self._rest = Worth(plan, self._lanes, shares.rest, judges)

    def _counted(self, plan: p.Plan, rest: Sequence[int]) -> tuple[Mapping[int, bool], Mapping[int, tuple[int, ...]]]:
        """The occurrences to count: of each whether it matters how often, and the words to which it adds."""
        counted = counted_by(plan, rest)
        for occurrence, points in self._counts.items():
            counted[occurrence] = counted.get(occurrence, False) or points.matters_how_often
        return counted, {occurrence: points.words for occurrence, points in self._counts.items()}

    def groups(self, rows: Rows, events: Events, tallies: Tallies) -> list[Whole]:
        """The points of each group."""
        words = [np.full(rows.count, self._start(word), np.int64) for word in range(self._lanes.words)]
        masks = self._joint.start(rows.count)
        for field in self._fields:
            places, (points, allowed) = field.look_up(rows)
            for word, packed in points.items():
                words[word] += packed[places]
            for word, mask in allowed.items():
                masks[word] &= mask[places]
        self._joint.strike_by_counts(masks, self.tables, tallies)
        self._joint.add(words, masks)
        for (kind, matters), by_count in self._by_table.items():
            if any(item is not None for item in by_count):
                found = tallies.of_table(kind, matters)
                sums = count_sums(by_count, found, tallies.most) if matters else self._bits[kind].sums(found)
                _add(words, tallies.segment(kind).contacts, sums)
        for kind, decaying in self._decaying.items():
            decaying.add(words, tallies.segment(kind), events.at, self._as_of)
        for kind, found_by_age in self._ages.items():
            segment = tallies.segment(kind)
            ages = ages_of(events.at[segment.places], self._as_of)
            for of_age in found_by_age:
                of_age.add(words, segment, ages)
        for (kind, key), keyed in self._keyed.items():
            segment = keyed.among(tallies.segment(kind))
            column = None if isinstance(key, str) else events.columns.get(key)
            taken = None if column is None else column.take(segment.places)
            keys = keys_of_events(key, taken, events.at[segment.places], self._plan.schema.zone)
            keyed.add(words, segment, keys, tallies.most)
        for word, packed in self._rest.judge(rows).items():
            words[word] += packed
        return self._lanes.split(words)

    def _start(self, word: int) -> int:
        """What contacts without events get."""
        of_counts = sum(found.without.get(word, 0) for found in self._counts.values())
        return of_counts + sum(of_age.without.get(word, 0) for found in self._ages.values() for of_age in found)


def _add(words: Sequence[Whole], contacts: Places, sums: Mapping[int, Whole]) -> None:
    for word, packed in sums.items():
        words[word][contacts] += packed
