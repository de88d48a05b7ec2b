"""The points of all groups side by side in a few 64-bit words, so that adding up a rule is adding one column."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import Any

import numpy as np

from leadline_compiler.batch.columns import Whole
from leadline_compiler.plan import plan as p

MOST_EVENTS = 4096
"""Events of one contact up to which lanes can hold all points."""
_WORD = 64


class Lanes:
    """Where each group's points stand: in which word, from which bit on, and in which unit of thousandths.

    Lanes hold signed numbers: a negative one borrows from the lane above, and is given back when words are split.
    """

    def __init__(self, plan: p.Plan, most: int) -> None:
        """Lanes for contacts with no more than `most` events."""
        rules: list[list[p.PlanRule]] = [[] for _ in plan.groups]
        for rule in plan.rules:
            rules[rule.group].append(rule)
        self._units = [gcd(*(unit for rule in share for unit in _units(rule))) or 1 for share in rules]
        farthest = [
            sum(_farthest(rule, most) for rule in share) // unit for share, unit in zip(rules, self._units, strict=True)
        ]
        self._widths = [_width(most) for most in farthest]
        self.places: list[tuple[int, int]] = [(0, 0)] * len(rules)
        """Word and lowest bit of each group."""
        self.words = 0
        self._members: list[list[int]] = []
        self._lay_out()

    def _lay_out(self) -> None:
        """Puts the widest lanes first, each into the last word if it still fits."""
        used = _WORD
        for group in sorted(range(len(self._widths)), key=lambda group: -self._widths[group]):
            if used + self._widths[group] > _WORD:
                self._members.append([])
                self.words, used = self.words + 1, 0
            self.places[group] = self.words - 1, used
            self._members[-1].append(group)
            used += self._widths[group]

    def packed(self, group: int, points: Any) -> Any:
        """Points of a group as what they add to its word."""
        unit = self._units[group]
        return (points if unit == 1 else points // unit) << self.places[group][1]

    def split(self, words: Sequence[Whole]) -> list[Whole]:
        """The points of each group."""
        points: list[Whole] = [np.zeros(0, np.int64)] * len(self.places)
        for word, members in zip(words, self._members, strict=True):
            left = word
            for group in members:
                width = self._widths[group]
                if width == _WORD:
                    points[group] = left * self._units[group]
                    break
                low = ((left + (1 << (width - 1))) & ((1 << width) - 1)) - (1 << (width - 1))
                left = (left - low) >> width
                points[group] = low * self._units[group]
        return points


def _width(most: int) -> int:
    return next(width for width in (16, 32, _WORD) if most < 2 ** (width - 1) or width == _WORD)


def _units(rule: p.PlanRule) -> list[int]:
    """Numbers of which all that a rule can give is a multiple of a common divisor."""
    match rule.body:
        case p.TableBody(_, rows):
            return [row.points for row in rows]
        case p.EachBody(decay=decay, up_to=up_to):
            return [1] if decay is not None else [rule.points, up_to or 0]
        case p.EveryBody(up_to=up_to):
            return [rule.points, up_to or 0]
    return [rule.points]


def _farthest(rule: p.PlanRule, events: int) -> int:
    """The most thousandths, up or down, that a rule gives for a contact that has no more than so many events."""
    match rule.body:
        case p.TableBody(_, rows):
            return max((abs(row.points) for row in rows), default=0)
        case p.EachBody(times=times, up_to=up_to):
            most = min((limit.times for limit in times if limit.per == "all"), default=events)
            return abs(rule.points) * most if up_to is None else up_to
        case p.EveryBody(up_to=up_to):
            return 2**62 if up_to is None else up_to
    return abs(rule.points)
