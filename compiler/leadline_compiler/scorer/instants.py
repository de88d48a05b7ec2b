"""Events as seen from one instant: their kinds by name, and their age."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from leadline_compiler.scorer.faces import Face, Kinds, Plain, View
from leadline_compiler.scorer.iso import QUARTER, Hours, read_iso
from leadline_compiler.scorer.reading import Reader
from leadline_compiler.zones import EARLIEST, LATEST

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_MICROSECONDS = 10**14
"""From here on a whole number can only count microseconds."""
_MANY_OTHERS = 20
"""After so many events of a kind with other keys the usual ones are learnt anew."""
_MOST_REMEMBERED = 50_000


Names: TypeAlias = dict[str, Plain | None]


class Instant:
    """Events as seen from one instant.

    `names` are the kinds of events that were met, by the name that the data has for them; None for names that are
    undeclared, or of a kind that nothing asks for. `all_names` are also these kinds.
    """

    __slots__ = ("_hours", "_kinds", "all_names", "as_of", "names", "now", "quarter", "tails")

    def __init__(self, as_of: int, kinds: Kinds, hours: Hours, before: Instant | None) -> None:
        """As seen from an instant; what was known before goes on to hold where no boundary moves."""
        self.as_of = as_of
        keeps = before if kinds.are_static else None
        self.names: Names = keeps.names if keeps else {}
        self.all_names: Names = keeps.all_names if keeps else {}
        # The last day of the last year ends later in some zones than there are moments in UTC.
        self.now = EPOCH + timedelta(microseconds=as_of) if EARLIEST <= as_of <= LATEST else None
        self.quarter = as_of // QUARTER
        self._kinds = kinds
        self._hours = hours
        self.tails = hours.tails

    def learn(self, name: str) -> None:
        """Finds out what is meant by a name."""
        number = self._kinds.find(name)
        plain = None if number is None else self._kinds.plain(number, self.as_of)
        if len(self.all_names) >= _MOST_REMEMBERED:
            self.names.clear()
            self.all_names.clear()
        self.names[name] = None if number is None or self._kinds.is_idle(number) else plain
        self.all_names[name] = plain

    def view(self, number: int) -> View:
        """A declared kind by its index."""
        return self._kinds.plain(number, self.as_of)[-1][-1]

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
            known = self._hours.moment(raw)
            if known is not None:
                return timedelta(microseconds=self.as_of - known)
            moment = read_iso(raw)
            if moment is not None and self.now is not None:
                return self.now - moment
        elif type(raw) is int and FIRST_MICROSECONDS <= raw <= LATEST:
            return timedelta(microseconds=self.as_of - raw)
        at = read(raw)
        return timedelta(microseconds=self.as_of - at) if isinstance(at, int) else None
