"""What an event is worth: by the occurrences that its properties pass, and by its band of age.

Few events are alike in all their properties, but many in each by itself. So what the occurrences are worth that look at
the same properties is worked out by itself, and what an event is worth is joined from such parts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count, takewhile
from typing import Final, NamedTuple, TypeAlias

from leadline_compiler.decays import left_after
from leadline_compiler.scorer.caps import Caps
from leadline_compiler.scorer.frame import Entry, Frame
from leadline_compiler.scorer.notes import Even, Notes, Uneven
from leadline_compiler.scorer.occurrences import Occurrence, Order, Summed
from leadline_compiler.scorer.outcomes import bound
from leadline_compiler.scorer.tallies import lane_of

Earned: TypeAlias = tuple[Entry, ...]
"""What rules give for one event."""

Particulars: TypeAlias = tuple[tuple[Even, ...], Notes | None]
"""The lanes of rules with a limit by day or value; the lists and uneven rules that must look at an event, if any."""
Worth: TypeAlias = tuple[int, int, Particulars | None, tuple[Earned, int]]
"""What an event gives by itself: packed points, above them lanes for what it takes up of bounds and for the features
that it counts for; what it marks; what needs more than this number, if anything does; and what few ask for: what it
gives by rule, and takes up of bounds to the point."""

NOTHING: Final[Worth] = (0, 0, None, ((), 0))
IGNORED: Final[Worth] = (0, 0, ((), None), ((), 0))
"""What stands for a part that has the event ignored."""
PAST, UNKNOWN = -2, -1
"""What stands in the place of a band for events that nothing asks for any more, and where it must be looked for."""
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Part:
    """The occurrences that look at the same properties, and what they are worth by band of age, None if not known."""

    passed: Sequence[Occurrence]
    worths: list[Worth | None]


@dataclass(frozen=True, slots=True)
class Row:
    """Events that pass the same occurrences, and what they are worth by band of age, None if not known.

    Behind the bands stand NOTHING, in the place of PAST, and None, in that of UNKNOWN.
    """

    parts: Sequence[Part]
    worths: list[Worth | None]

    @property
    def plain(self) -> list[Worth | None] | None:
        """What its events are worth; None where it is nothing in any band."""
        return self.worths if self.parts else None


class Joined(list[tuple[Row, int]]):
    """Where the joined worths of a scorer stand, so that they can be forgotten when they are many."""

    def add(self, row: Row, band: int) -> None:
        """Notes that a row remembers a joined worth."""
        if len(self) >= _MOST_REMEMBERED:
            for other, place in self:
                other.worths[place] = None
            self.clear()
        self.append((row, band))


class Places(NamedTuple):
    """Where the lanes of bounds, which are those of `caps`, and those of features begin in the number of an event."""

    bounds: int
    features: int
    caps: Caps


class Bands:
    """The rows of a kind while its boundaries stand in one order of age."""

    def __init__(self, frame: Frame, order: Order, places: Places, joined: Joined) -> None:
        self._frame = frame
        self._places = places
        self._joined = joined
        self._order = {boundary: place for place, boundary in enumerate(order)}
        self._width = len(order) + 1
        self._rows: dict[tuple[int, ...], Row] = {}
        self._parts: dict[tuple[int, ...], Part] = {}
        self._ranges: dict[int, tuple[int, int]] = {}
        self._steps: dict[int, list[int]] = {}
        self._entries: dict[Entry, Entry] = {}
        """What rules give for an event, as one object wherever it is the same."""

    def row(self, passed: Sequence[Occurrence]) -> Row:
        """The row of events that pass these occurrences."""
        key = tuple([occurrence.node for occurrence in passed])
        row = self._rows.get(key)
        if row is None:
            by_properties: dict[frozenset[str], list[Occurrence]] = {}
            for occurrence in passed:
                by_properties.setdefault(occurrence.properties, []).append(occurrence)
            if len(self._rows) >= _MOST_REMEMBERED:
                self._rows.clear()
            worths: list[Worth | None] = [*[None] * self._width, NOTHING, None]
            row = self._rows[key] = Row([self._part(part) for part in by_properties.values()], worths)
        return row

    def fill(self, row: Row, band: int) -> Worth:
        """What an event of the row is worth in a band: as old as `band` boundaries or older."""
        found = [part.worths[band] or self._fill_part(part, band) for part in row.parts]
        if len(found) > 1:
            found = [worth for worth in found if worth is not NOTHING]
        if len(found) > 1:
            self._joined.add(row, band)
        worth = row.worths[band] = _join(found)
        return worth

    def is_ignored(self, row: Row, band: int) -> bool:
        """Whether events of the row are to be ignored in a band."""
        return any((part.worths[band] or self._fill_part(part, band)) is IGNORED for part in row.parts)

    def _part(self, passed: Sequence[Occurrence]) -> Part:
        key = tuple([occurrence.node for occurrence in passed])
        part = self._parts.get(key)
        if part is None:
            if len(self._parts) >= _MOST_REMEMBERED:
                self._parts.clear()
            part = self._parts[key] = Part(passed, [None] * self._width)
        return part

    def _fill_part(self, part: Part, band: int) -> Worth:
        worth = part.worths[band] = self._worth(part.passed, band)
        return worth

    def _worth(self, passed: Sequence[Occurrence], band: int) -> Worth:
        meant = [occurrence for occurrence in passed if self._is_in(occurrence, band)]
        if any(occurrence.is_ignored for occurrence in meant):
            return IGNORED
        earned = [(rule, self._earned(rule, band)) for occurrence in meant for rule in occurrence.summed]
        counted = sum([lane_of(occurrence.counted) for occurrence in meant if occurrence.counted is not None])
        taken = [self._places.caps.lanes(rule.number, points) for rule, points in earned if rule.up_to is not None]
        marks = sum([1 << occurrence.marked for occurrence in meant if occurrence.marked is not None])
        marks += sum([self._recent(occurrence, band) for occurrence in meant if occurrence.recent is not None])
        keyed, notes = _keyed(meant), _notes(meant)
        if not (earned or counted or marks or keyed or notes):
            return NOTHING
        entries = [(rule.rule, points, 1) for rule, points in earned]
        number = self._frame.pack(entries)
        number += sum([narrow for narrow, _ in taken]) << self._places.bounds
        number += counted << self._places.features
        particulars = (keyed, notes) if keyed or notes else None
        by_rule = tuple(map(self._entries.setdefault, entries, entries))
        return number, marks, particulars, (by_rule, sum([wide for _, wide in taken]))

    def _is_in(self, occurrence: Occurrence, band: int) -> bool:
        found = self._ranges.get(occurrence.node)
        if found is None:
            places = [(self._order[boundary], is_younger) for boundary, is_younger in occurrence.windows]
            first = max((place + 1 for place, is_younger in places if not is_younger), default=0)
            last = min((place for place, is_younger in places if is_younger), default=self._width)
            found = self._ranges[occurrence.node] = first, last
        return found[0] <= band <= found[1]

    def _recent(self, occurrence: Occurrence, band: int) -> int:
        """Marks the span that a band is in."""
        assert occurrence.recent is not None
        return 1 << (occurrence.recent + sum([self._order[edge] < band for edge in occurrence.edges]))

    def _earned(self, rule: Summed, band: int) -> int:
        """What an event in a band gives by a rule, which no event makes run over its bound more than another."""
        points = rule.points
        if rule.decay is not None:
            points = left_after(points, rule.decay, bisect_left(self._places_of_steps(rule.step), band))
        return bound(points, rule.up_to)

    def _places_of_steps(self, step: int) -> list[int]:
        """Where the full steps of a decay stand among the boundaries."""
        places = self._steps.get(step)
        if places is None:
            found = takewhile(lambda place: place is not None, (self._order.get(("age", step * n)) for n in count(1)))
            places = self._steps[step] = [place for place in found if place is not None]
        return places


def _join(parts: Sequence[Worth]) -> Worth:
    """What an event is worth altogether."""
    if not parts or any(part is IGNORED for part in parts):
        return NOTHING
    if len(parts) == 1:
        return parts[0]
    numbers, marks, particulars, more = zip(*parts, strict=True)
    by_rule, taken = zip(*more, strict=True)
    return (
        sum(numbers),
        sum(marks),
        _join_particulars([some for some in particulars if some is not None]),
        (tuple(chain.from_iterable(by_rule)), sum(taken)),
    )


def _join_particulars(parts: Sequence[Particulars]) -> Particulars | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    keyed = _join_keyed(chain.from_iterable([keyed for keyed, _ in parts]))
    return keyed, _join_notes([notes for _, notes in parts if notes is not None])


def _keyed(meant: Sequence[Occurrence]) -> tuple[Even, ...]:
    """The lanes of the even rules that these occurrences are for."""
    rules = chain.from_iterable([occurrence.keyed for occurrence in meant])
    return _join_keyed([(rule.property, lane_of(rule.place)) for rule in rules if rule.is_even])


def _join_keyed(found: Iterable[Even]) -> tuple[Even, ...]:
    by_name: dict[str | None, int] = {}
    for name, lanes in found:
        by_name[name] = by_name.get(name, 0) + lanes
    return tuple(by_name.items())


def _notes(meant: Sequence[Occurrence]) -> Notes | None:
    """Why an event must be looked at that these occurrences mean."""
    listed = tuple([occurrence.listed for occurrence in meant if occurrence.listed is not None])
    rules = chain.from_iterable([occurrence.keyed for occurrence in meant])
    uneven = [(rule.property, (rule.place,)) for rule in rules if not rule.is_even]
    return _join_notes([(listed, uneven)]) if listed or uneven else None


def _join_notes(parts: Sequence[tuple[tuple[int, ...], Sequence[Uneven]]]) -> Notes | None:
    if not parts:
        return None
    by_name: dict[str | None, tuple[int, ...]] = {}
    for name, rules in chain.from_iterable([uneven for _, uneven in parts]):
        by_name[name] = by_name.get(name, ()) + rules
    return tuple(chain.from_iterable([numbers for numbers, _ in parts])), tuple(by_name.items())
