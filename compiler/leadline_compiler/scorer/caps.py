"""Bounds of rules whose points add up over events.

What an event gives is added as if there were no bound. Beside it stands, in a lane for each bounded rule, what it takes
up of the bound; where a lane runs over, what is too much is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.frame import Addition, Frame
from leadline_compiler.scorer.outcomes import bound

MOST = 127
"""So many events fit into the lanes, whatever they take up."""


class Caps:
    """The bounds of rules, which have lanes from a bit on.

    No event may give more than the bound of its rule, up or down: it would change no sum.
    """

    def __init__(self, frame: Frame, rules: Sequence[int], first_bit: int) -> None:
        self._rules = rules
        self._first_bit = first_bit
        self._points = [frame.plan.rules[rule].points for rule in rules]
        bodies = [frame.plan.rules[rule].body for rule in rules]
        self._bounds = [body.up_to or 0 for body in bodies if isinstance(body, p.EachBody)]
        self.bits = (MOST * max(self._bounds, default=0)).bit_length() + 1
        """How many bits a lane has."""
        self._lane = (1 << self.bits) - 1
        top = 1 << (self.bits - 1)
        lanes = [first_bit + self.bits * number for number in range(len(rules))]
        self.lead = sum([top - 1 - most << lane for lane, most in zip(lanes, self._bounds, strict=True)])
        """Added to the lanes, this carries what runs over its bound into a bit of `over`."""
        self.over = sum([top << lane for lane in lanes])

    def correct(self, over: int, lanes: int) -> list[Addition]:
        """What is to be taken back from the rules of the lanes that run over."""
        found = []
        left = over >> self._first_bit
        while left:
            number = (left.bit_length() - 1) // self.bits
            left ^= 1 << (left.bit_length() - 1)
            more = (lanes >> (self._first_bit + self.bits * number) & self._lane) - self._bounds[number]
            found.append((self._rules[number], -more if self._points[number] > 0 else more))
        return found

    def correct_many(self, earned: Iterable[Sequence[Addition]]) -> list[Addition]:
        """The same for more events than fit into the lanes, from what each gives by rule."""
        sums = dict.fromkeys(self._rules, 0)
        for rule, points in chain.from_iterable(earned):
            if rule in sums:
                sums[rule] += points
        pairs = zip(sums.items(), self._bounds, strict=True)
        return [(rule, more) for (rule, points), most in pairs if (more := bound(points, most) - points)]
