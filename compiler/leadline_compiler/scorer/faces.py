"""Kinds of events while their boundaries of age stand in one order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, TypeAlias

from leadline_compiler.scorer.frame import Frame
from leadline_compiler.scorer.kinds import EventKind
from leadline_compiler.scorer.occurrences import Order, age_at
from leadline_compiler.scorer.reading import Reading
from leadline_compiler.scorer.shapes import ReadShape, Shape
from leadline_compiler.scorer.worths import PAST, UNKNOWN, Bands, Joined, Places

_DAYS = 4000
"""Days of age whose bands are laid out; older events are looked up by halving."""
_QUARTERS = 96 * 1000
"""So many quarters of an hour are laid out; where a boundary is farther away, events are looked up by halving."""
_MOST_ORDERS = 8
_MOST_SHAPES = 1000


class Face:
    """A kind while its boundaries stand in one order: its rows, and the shapes in which its events have come."""

    def __init__(self, kind: EventKind, bands: Bands, reading: Reading) -> None:
        self.kind = kind
        self.bands = bands
        self.read_shape = ReadShape(kind, bands)
        self._reading = reading
        self._shapes: dict[tuple[Any, ...], Shape | None] = {}
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
            self._shapes[keys] = None if layout is None else Shape(self.kind, self.bands, layout, keys)
        return self._shapes.get(keys)


@dataclass(frozen=True, slots=True)
class View:
    """A kind as seen from an instant: its face, and the ages of its boundaries."""

    face: Face
    edges: list[timedelta]


Extra: TypeAlias = tuple[frozenset[str], str | None]
"""More keys of plain events, all of which are to be there, and the key of their id, if there is one."""
More: TypeAlias = tuple[Any, Extra | None, Sequence[int], View]
"""What fewer plain events of a kind need: the shape; what there is beside the usual keys, if anything; the bands by
whole days; the view."""
Plain: TypeAlias = tuple[
    int,
    str | None,
    str,
    str,
    str | None,
    Mapping[type, Mapping[Any, Any]],
    Mapping[Any, Any],
    Sequence[int],
    int,
    More,
]
"""All that plain events of a kind need, in a tuple, which is the quickest to take apart.

How many keys they have, and one to look up, if need be; the keys of their time, and of one or two properties that are
read; the classes of the second one by usual type; the rows; the bands by the quarters of an hour since the hour of the
event began, the last of which goes on, UNKNOWN where a boundary is near, PAST where nothing asks for such events, and
how many these are; and what is needed seldom. No event is plain where the size is -1.
"""


class Kinds:
    """The kinds of events, and their faces by the order in which boundaries stand."""

    def __init__(self, frame: Frame, kinds: Sequence[EventKind], places: Places, reading: Reading) -> None:
        self._frame = frame
        self._reading = reading
        self._zone = frame.plan.schema.zone
        self._kinds = kinds
        self._places = places
        self._joined = Joined()
        self._faces: dict[tuple[int, Order], Face] = {}
        self._static: dict[int, Plain] = {}
        self._moves = [kind.moves for kind in kinds]
        self.are_static = not any(self._moves)
        """Whether no boundary is of different ages at different instants."""

    def find(self, name: str) -> int | None:
        """The index of the declared kind that the data means by a name."""
        return self._reading.kind(name)

    def is_idle(self, number: int) -> bool:
        """Whether nothing asks for events of a kind."""
        return self._kinds[number].is_idle

    def plain(self, number: int, as_of: int) -> Plain:
        """A kind as seen from an instant."""
        found = self._static.get(number)
        if found is None:
            found = self._look(number, as_of)
            if not self._moves[number]:
                self._static[number] = found
        return found

    def learn(self, face: Face, keys: tuple[str, ...]) -> None:
        """Takes these keys to be the usual ones of a kind from now on."""
        face.usual, face.others = keys, 0
        self._static.pop(face.kind.number, None)

    def _look(self, number: int, as_of: int) -> Plain:
        kind = self._kinds[number]
        ages = {boundary: age_at(boundary, as_of, self._zone) for boundary in kind.boundaries}
        order = tuple(sorted(kind.boundaries, key=lambda boundary: (ages[boundary], boundary)))
        face = self._face(number, order)
        edges = [ages[boundary] for boundary in order]
        view = View(face, edges)
        shape = face.shape_of(face.usual)
        if shape is None or shape.plain is None:
            return -1, None, "", "", None, {}, {}, (), 0, (None, None, (), view)
        # Where boundaries move, the bands would have to be laid out for every instant.
        keys = shape.plain
        extra = (keys.spares, keys.id) if keys.spares or keys.id is not None else None
        ends = kind.ends and extra is None
        quarters, days = ([UNKNOWN], [UNKNOWN]) if self._moves[number] else _bands(tuple(edges), ends)
        start = keys.size, keys.touched, keys.at, keys.first, keys.second, keys.classes, keys.rows
        return *start, quarters, len(quarters), (shape, extra, days, view)

    def _face(self, number: int, order: Order) -> Face:
        face = self._faces.get((number, order))
        if face is None:
            if len(self._faces) >= _MOST_ORDERS * len(self._kinds):
                self._faces.clear()
            bands = Bands(self._frame, order, self._places, self._joined)
            face = self._faces[number, order] = Face(self._kinds[number], bands, self._reading)
        return face


@lru_cache(maxsize=64)
def _bands(edges: tuple[timedelta, ...], ends: bool) -> tuple[Sequence[int], Sequence[int]]:
    """How many edges an event has passed: by quarters of an hour, and by whole days of age.

    The quarters are from where its hour begins to that of the instant; the last band goes on. UNKNOWN where an edge may
    lie between, and within the first hour, in which an event may be later than the instant. Where it `ends`, what is
    behind all edges is PAST. The bands are remembered: those of a text that one edits are wanted again and again.
    """
    last = PAST if ends else len(edges)
    is_far = bool(edges) and edges[-1] // _QUARTER > _QUARTERS
    quarters = [UNKNOWN] if is_far else [*_lay_out(edges, _QUARTER, 4), last]
    near = [edge for edge in edges if edge.days < _DAYS]
    days = _lay_out(near, _DAY, 0) + [last if len(near) == len(edges) else len(near)] * _DAYS
    return quarters, days[:_DAYS]


_QUARTER, _DAY = timedelta(minutes=15), timedelta(days=1)


def _lay_out(edges: Iterable[timedelta], step: timedelta, more: int) -> list[int]:
    """The bands of events by how many steps ago they were, up to the last edge; UNKNOWN where they differ.

    An event may be up to `more` steps less old, and less than a step older.
    """
    bands = [UNKNOWN] * more
    for band, edge in enumerate(edges):
        bands += [band] * (edge // step - len(bands))
        bands += [UNKNOWN] * (more - (-edge // step) - len(bands))
    return bands
