"""Events as seen from one instant: their kinds by name, and their age."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

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


class Walls(dict[str, timedelta | None]):
    """By the hour of a wall time, how far it is ahead of UTC; None where that changes within the hour."""

    def __init__(self, zone: Zone) -> None:
        super().__init__()
        self._zone = zone

    def __missing__(self, hour: str) -> timedelta | None:
        ahead = None
        try:
            begin, end = parse_moment(hour + ":00", self._zone), parse_moment(hour + ":59:59.999999", self._zone)
            if begin is not None and end == begin + HOUR - 1:
                ahead = parse_iso(hour + ":00").replace(tzinfo=UTC) - EPOCH - timedelta(microseconds=begin)
        except OverflowError:
            pass
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[hour] = ahead
        return ahead


class Names(dict[str, Plain | None]):
    """Kinds by the name that the data has for them, as seen from an instant; None for undeclared ones.

    It is also None for kinds that nothing asks for, unless these are to be seen, too.
    """

    __slots__ = ("_as_of", "_kinds", "_sees_idle")

    def __init__(self, kinds: Kinds, as_of: int, *, sees_idle: bool) -> None:
        super().__init__()
        self._kinds = kinds
        self._as_of = as_of
        self._sees_idle = sees_idle

    def __missing__(self, name: str) -> Plain | None:
        if type(name) is not str:
            raise TypeError("this names no event")
        number = self._kinds.find(name)
        is_unseen = number is None or (self._kinds.is_idle(number) and not self._sees_idle)
        found = None if number is None or is_unseen else self._kinds.plain(number, self._as_of)
        if len(self) < _MOST_REMEMBERED:
            self[name] = found
        return found


class Instant:
    """Events as seen from one instant. `names` are their kinds; `all_names` are also those that nothing asks for."""

    __slots__ = ("_kinds", "_naive", "_walls", "all_names", "as_of", "names", "now")

    def __init__(self, as_of: int, kinds: Kinds, walls: Walls, before: Instant | None) -> None:
        """As seen from an instant; what was known before goes on to hold where no boundary moves."""
        self.as_of = as_of
        keeps = before if kinds.are_static else None
        self.names: Names = keeps.names if keeps else Names(kinds, as_of, sees_idle=False)
        self.all_names: Names = keeps.all_names if keeps else Names(kinds, as_of, sees_idle=True)
        self.now = EPOCH + timedelta(microseconds=as_of)
        self._naive = self.now.replace(tzinfo=None)
        self._kinds = kinds
        self._walls = walls

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
                    ahead = self._walls[raw[:HEAD]]
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
