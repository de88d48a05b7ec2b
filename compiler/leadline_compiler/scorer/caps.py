"""Bounds of rules whose points add up over events.

What an event gives is added as if there were no bound. Beside it stands, in a narrow lane for each bounded rule, what
it takes up of the bound in coarse units, rounded up. Only where such a lane runs over, the same is looked at in points,
in wide lanes of a number of its own, and what is too much is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.frame import Addition, Entry, Frame
from leadline_compiler.scorer.outcomes import bound

MOST = 127
"""So many events fit into the lanes, whatever they take up."""
_UNITS = 16
"""A bound has about so many units, and no event takes up more."""
_NARROW = (MOST * _UNITS).bit_length() + 1
"""How many bits a narrow lane has."""


class Caps:
    """The bounds of rules.

    No event may give more than the bound of its rule, up or down: it would change no sum.
    """

    def __init__(self, frame: Frame, rules: Sequence[int]) -> None:
        self._rules = rules
        self._points = [frame.plan.rules[rule].points for rule in rules]
        bodies = [frame.plan.rules[rule].body for rule in rules]
        self._bounds = [body.up_to or 0 for body in bodies if isinstance(body, p.EachBody)]
        self._units = [max(1, -(-most // _UNITS)) for most in self._bounds]
        self._wide = (MOST * max(self._bounds, default=0)).bit_length()
        self.bits = _NARROW * len(rules)
        """How many bits all narrow lanes have."""
        top = 1 << (_NARROW - 1)
        whole = [most // unit for most, unit in zip(self._bounds, self._units, strict=True)]
        self.lead = sum([top - 1 - units << _NARROW * number for number, units in enumerate(whole)])
        """Added to the narrow lanes, this carries what may run over its bound into a bit of `over`."""
        self.over = sum([top << _NARROW * number for number in range(len(rules))])

    def lanes(self, number: int, points: int) -> tuple[int, int]:
        """What points take up of the bound with a number, in narrow lanes and in wide ones."""
        units = -(-abs(points) // self._units[number])
        return units << _NARROW * number, abs(points) << self._wide * number

    def correct(self, over: int, wide: int) -> list[Addition]:
        """What is to be taken back from the rules of the narrow lanes that run over, by the wide ones."""
        found = []
        while over:
            number = (over.bit_length() - 1) // _NARROW
            over ^= 1 << (over.bit_length() - 1)
            more = (wide >> self._wide * number & (1 << self._wide) - 1) - self._bounds[number]
            if more > 0:
                found.append((self._rules[number], -more if self._points[number] > 0 else more))
        return found

    def correct_many(self, earned: Iterable[Sequence[Entry]]) -> list[Addition]:
        """The same for more events than fit into the lanes, from what each gives by rule."""
        sums = dict.fromkeys(self._rules, 0)
        for rule, points, _ in chain.from_iterable(earned):
            if rule in sums:
                sums[rule] += points
        pairs = zip(sums.items(), self._bounds, strict=True)
        return [(rule, more) for (rule, points), most in pairs if (more := bound(points, most) - points)]
