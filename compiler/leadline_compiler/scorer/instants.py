"""Events as seen from one instant: their kinds by name, and their age."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from leadline_compiler.scorer.faces import Face, Kinds, Plain
from leadline_compiler.scorer.iso import HEAD, LENGTHS, LONGEST_WALL, parse_iso
from leadline_compiler.scorer.reading import Reader
from leadline_compiler.zones import HOUR, LATEST, Zone, parse_moment

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_MICROSECONDS = 10**14
"""From here on a whole number can only count microseconds."""
_MANY_OTHERS = 20
"""After so many events of a kind with other keys the usual ones are learnt anew."""
_MOST_REMEMBERED = 50_000


class Walls:
    """How far wall times of a zone are ahead of UTC. `hours` has it by the hours that were met.

    It is None for hours within which it changes.
    """

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self.hours: dict[str, timedelta | None] = {}

    def find(self, hour: str) -> timedelta | None:
        """How far wall times of an hour such as `2026-11-21T09` are ahead."""
        ahead = None
        try:
            begin, end = parse_moment(hour + ":00", self._zone), parse_moment(hour + ":59:59.999999", self._zone)
            if begin is not None and end == begin + HOUR - 1:
                ahead = parse_iso(hour + ":00").replace(tzinfo=UTC) - EPOCH - timedelta(microseconds=begin)
        except (ValueError, OverflowError):
            pass
        if len(self.hours) >= _MOST_REMEMBERED:
            self.hours.clear()
        self.hours[hour] = ahead
        return ahead


Names: TypeAlias = dict[str, Plain | None]


class Instant:
    """Events as seen from one instant.

    `names` are the kinds of events that were met, by the name that the data has for them; None for names that are
    undeclared, or of a kind that nothing asks for. `all_names` are also these kinds.
    """

    __slots__ = ("_hours", "_kinds", "_naive", "_walls", "all_names", "as_of", "names", "now")

    def __init__(self, as_of: int, kinds: Kinds, walls: Walls, before: Instant | None) -> None:
        """As seen from an instant; what was known before goes on to hold where no boundary moves."""
        self.as_of = as_of
        keeps = before if kinds.are_static else None
        self.names: Names = keeps.names if keeps else {}
        self.all_names: Names = keeps.all_names if keeps else {}
        self.now = EPOCH + timedelta(microseconds=as_of)
        self._naive = self.now.replace(tzinfo=None)
        self._kinds = kinds
        self._walls = walls
        self._hours = walls.hours

    def learn(self, name: str) -> None:
        """Finds out what is meant by a name."""
        number = self._kinds.find(name)
        plain = None if number is None else self._kinds.plain(number, self.as_of)
        if len(self.all_names) >= _MOST_REMEMBERED:
            self.names.clear()
            self.all_names.clear()
        self.names[name] = None if number is None or self._kinds.is_idle(number) else plain
        self.all_names[name] = plain

    def plain(self, number: int) -> Plain:
        """A declared kind by its index."""
        return self._kinds.plain(number, self.as_of)

    def note(self, face: Face, keys: tuple[str, ...]) -> None:
        """Notes that an event of a kind had other keys than are usual."""
        face.others += 1
        if face.others > _MANY_OTHERS:
            self._kinds.learn(face, keys)
            self.names.clear()
            self.all_names.clear()

    def age(self, raw: Any, read: Reader) -> timedelta | None:
        """How long ago an event was, below zero for the future; None where its time cannot be read."""
        if type(raw) is str:
            length = LENGTHS.get(raw[7::3])
            if length == len(raw):
                try:
                    if length > LONGEST_WALL:
                        return self.now - parse_iso(raw)
                    hour = raw[:HEAD]
                    ahead = self._hours[hour] if hour in self._hours else self._walls.find(hour)
                    if ahead is not None:
                        return self._naive - parse_iso(raw) + ahead
                except (ValueError, OverflowError):
                    pass
        elif type(raw) is int and _FIRST_MICROSECONDS <= raw <= LATEST:
            return timedelta(microseconds=self.as_of - raw)
        at = read(raw)
        return timedelta(microseconds=self.as_of - at) if isinstance(at, int) else None


@lru_cache(maxsize=8)
def walls_of(zone: Zone) -> Walls:
    """The wall times of a zone."""
    return Walls(zone)
