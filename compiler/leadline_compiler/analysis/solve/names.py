"""Names that attributes have for all sides of a constraint model."""

from __future__ import annotations

from collections.abc import Sequence

from leadline_compiler.analysis.sets import Key
from leadline_compiler.analysis.space import Space


class Names:
    """Numbers what nothing is known of, so that it is the same thing for all sides that see the same events."""

    def __init__(self, spaces: Sequence[Space]) -> None:
        self._spaces = spaces
        self._numbers: dict[object, int] = {}

    def of(self, side: int, key: Key) -> Key:
        """The attribute's name for all sides: fields have one name; what nothing is known of is the same thing."""
        if key.kind not in ("free", "amount"):
            return key
        what = self._spaces[side].what(key)
        number = self._numbers.setdefault((key.kind, what, self._seeing(side)), len(self._numbers))
        return Key(key.kind, number) if len(self._spaces) > 1 else key

    def _seeing(self, side: int) -> int:
        """The first side that ignores the same events; what an amount takes of those left is told by itself."""
        mine = self._spaces[side]
        return next(
            index
            for index, one in enumerate(self._spaces)
            if one.ignored == mine.ignored and one.schema.zone == mine.schema.zone
        )
