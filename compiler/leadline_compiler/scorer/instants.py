"""Events as seen from one instant: their age, and the bands of age of each kind."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from leadline_compiler.scorer.frame import Frame
from leadline_compiler.scorer.iso import HEAD, LENGTHS, LONGEST_WALL, parse_iso
from leadline_compiler.scorer.kinds import Bands, EventKind
from leadline_compiler.scorer.occurrences import Order, age_at
from leadline_compiler.scorer.reading import Reader, Reading
from leadline_compiler.scorer.shapes import PlainKeys, ReadShape, Shape, plain_keys
from leadline_compiler.zones import HOUR, LATEST, Zone, parse_moment

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_MICROSECONDS = 10**14
"""From here on a whole number can only count microseconds."""
DAYS = 4000
"""Days of age whose bands are laid out; older events are looked up by halving."""
_UNKNOWN = [-1] * DAYS
_MOST_ORDERS = 8
_MOST_SHAPES = 1000
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


class Face:
    """A kind while its boundaries stand in one order: its rows, and the shapes in which its events have come."""

    def __init__(self, frame: Frame, kind: EventKind, order: Order, reading: Reading) -> None:
        self.kind = kind
        self.bands = Bands(frame, kind, order)
        self.read_shape = ReadShape(kind, self.bands)
        self._reading = reading
        self._shapes: dict[tuple[Any, ...], Shape | None] = {}
        self._plain: dict[tuple[str, ...], PlainKeys | None] = {}
        self.usual: tuple[str, ...] = ("event", "at", *(prop.name for prop in kind.declared.properties))
        """The keys that most events of the kind have, as far as was seen."""
        self.others = 0
        """How many events since then had other keys."""

    def shape_of(self, keys: tuple[Any, ...]) -> Shape | None:
        """The shape of events with these keys; None where each must be looked at by itself."""
        if keys not in self._shapes:
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            layout = self._reading.event_layout(keys)
            self._shapes[keys] = None if layout is None else Shape(self.kind, self.bands, layout)
        return self._shapes.get(keys)

    def plain(self) -> tuple[PlainKeys, Shape] | None:
        """Where plain events with the usual keys have what counts."""
        keys, shape = self.usual, self.shape_of(self.usual)
        if shape is None or len(set(keys)) < len(keys):
            return None
        if keys not in self._plain:
            self._plain[keys] = plain_keys(shape, keys)
        found = self._plain[keys]
        return None if found is None else (found, shape)


Plain: TypeAlias = tuple[
    int,
    frozenset[str] | None,
    str | None,
    str,
    str,
    str | None,
    type,
    Any,
    Any,
    Sequence[int],
    list[timedelta],
    Any,
    Face,
]
"""All that plain events of a kind need, in a tuple, which is the quickest to take apart.

How many keys they have, and those to check for; the keys of their id, their time, and of one or two properties that
are read; the usual type of the second one and its classes; the rows; the band of each whole day of age, -1 where a
boundary lies within it, and none at all where nothing asks for the kind; the ages of the boundaries; the shape; the
face. No event is plain where the size is -1.
"""


class Kinds:
    """The kinds of events, and their faces by the order in which boundaries stand."""

    def __init__(self, frame: Frame, kinds: Sequence[EventKind], reading: Reading) -> None:
        self._frame = frame
        self._reading = reading
        self._zone = frame.plan.schema.zone
        self._kinds = kinds
        self._faces: dict[tuple[int, Order], Face] = {}
        self._static: dict[int, Plain] = {}
        self.moves = [any(name != "age" for name, _ in kind.boundaries) for kind in kinds]
        """Whether the boundaries of a kind are of different ages at different instants."""

    def find(self, name: str) -> int | None:
        """The index of the declared kind that the data means by a name."""
        return self._reading.kind(name)

    def plain(self, number: int, as_of: int) -> Plain:
        """A kind as seen from an instant."""
        found = self._static.get(number)
        if found is None:
            found = self.look(number, as_of)
            if not self.moves[number]:
                self._static[number] = found
        return found

    def learn(self, face: Face, keys: tuple[str, ...]) -> None:
        """Takes these keys to be the usual ones of a kind from now on."""
        face.usual, face.others = keys, 0
        self._static.pop(face.kind.number, None)

    def look(self, number: int, as_of: int) -> Plain:
        """The same, worked out anew."""
        kind = self._kinds[number]
        ages = {boundary: age_at(boundary, as_of, self._zone) for boundary in kind.boundaries}
        order = tuple(sorted(kind.boundaries, key=lambda boundary: (ages[boundary], boundary)))
        face = self._face(number, order)
        edges = [ages[boundary] for boundary in order]
        days: Sequence[int] = () if kind.is_idle else _UNKNOWN if self.moves[number] else bands_of_days(edges)
        found = face.plain()
        if found is None:
            return -1, None, None, "", "", None, str, None, None, days, edges, None, face
        keys, shape = found
        usual = str if keys.classes is None else keys.classes.usual
        start = keys.size, keys.spares, keys.id, keys.at, keys.first, keys.second
        return *start, usual, keys.classes, keys.rows, days, edges, shape, face

    def _face(self, number: int, order: Order) -> Face:
        face = self._faces.get((number, order))
        if face is None:
            if len(self._faces) >= _MOST_ORDERS * len(self._kinds):
                self._faces.clear()
            face = self._faces[number, order] = Face(self._frame, self._kinds[number], order, self._reading)
        return face


def bands_of_days(edges: Sequence[timedelta]) -> list[int]:
    """How many edges an event of so many whole days has passed; -1 where an edge lies within the day."""
    bands: list[int] = []
    for day in range(min(DAYS, max((edge.days + 2 for edge in edges), default=0))):
        start = bisect_right(edges, timedelta(days=day))
        end = bisect_right(edges, timedelta(days=day + 1) - timedelta(microseconds=1))
        bands.append(start if start == end else -1)
    return bands + [len(edges)] * (DAYS - len(bands))


class Names(dict[str, Plain | None]):
    """Kinds by the name that the data has for them, as seen from an instant; None for undeclared ones."""

    __slots__ = ("_as_of", "_kinds")

    def __init__(self, kinds: Kinds, as_of: int) -> None:
        super().__init__()
        self._kinds = kinds
        self._as_of = as_of

    def __missing__(self, name: str) -> Plain | None:
        if type(name) is not str:
            raise TypeError("this names no event")
        number = self._kinds.find(name)
        found = None if number is None else self._kinds.plain(number, self._as_of)
        if len(self) < _MOST_REMEMBERED:
            self[name] = found
        return found


class Instant:
    """Events as seen from one instant. `names` are their kinds; it is shared by all instants where nothing moves."""

    __slots__ = ("_kinds", "_naive", "_walls", "as_of", "names", "now")

    def __init__(self, as_of: int, kinds: Kinds, names: Names, walls: Walls) -> None:
        self.as_of = as_of
        self.names = names
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
