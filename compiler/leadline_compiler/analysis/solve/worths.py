"""The points of rules in a constraint model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from leadline_compiler.analysis.formulas import Formula
from leadline_compiler.analysis.solve.building import ZERO, Builder, Linear, Literal, total_of
from leadline_compiler.analysis.solve.histories import Histories
from leadline_compiler.analysis.solve.places import Places
from leadline_compiler.analysis.solve.prices import Between, Counted, Leveled, Price, Slot, Ways


class FactLiterals(NamedTuple):
    """What tells whether a formula holds: a literal, or the cells of the one attribute that it speaks of."""

    literal: Callable[[Formula], Literal]
    cells: Callable[[Formula], Sequence[Literal] | None]


def needed_events(price: Counted, enough: int) -> int:
    """More events than so many in a slot's set are as good as so many."""
    if price.limit is not None:
        return price.limit + price.after_first + 1
    worths = [abs(worth) for slot in price.slots for worth in (slot.most, slot.least) if worth]
    if not worths or price.up_to == 0:
        return price.after_first + 1
    paid = -(-(enough if price.up_to is None else min(price.up_to, enough)) // min(worths)) + 1
    return paid + price.after_first + 1


class Worths:
    """Turns prices into sums. `is_exact` tells whether none of them was taken to be more than it can be, but for the
    ages of events of which the worths are taken together."""

    def __init__(self, builder: Builder, histories: Histories, places: Places, facts: FactLiterals) -> None:
        self._builder = builder
        self._histories = histories
        self._places = places
        self._literal, self._cells = facts
        self.is_exact = True
        self.takes_ages_together = False

    def worth(self, price: Price, numbers: tuple[int, ...]) -> Linear:
        """The points of a rule. `numbers` are those of the sets of its slots."""
        match price:
            case Ways(ways):
                summed = total_of(self._where(formula, points) for formula, points in ways)
                ends = [0, *(points for _, points in ways)]
                return summed.within(min(ends), max(ends))
            case Counted():
                return self._bounded(self._counted(price, numbers), price.up_to)
            case Between(formula, low, high):
                return self._free(self._literal(formula), low, high)
            case Leveled():
                return self._bounded(self._leveled(price), price.up_to)

    def _where(self, formula: Formula, points: int) -> Linear:
        """The points where a formula holds; of one attribute, cell by cell."""
        cells = self._cells(formula)
        if cells is None:
            return self._builder.worth(self._literal(formula), points)
        summed = total_of(self._builder.worth(cell, points) for cell in cells)
        return summed.within(min(0, points), max(0, points))

    def _bounded(self, points: Linear, up_to: int | None) -> Linear:
        return points if up_to is None else self._builder.clamped(points, -up_to, up_to)

    def _free(self, literal: Literal, low: int, high: int) -> Linear:
        self.is_exact = False
        points = self._builder.variable(min(0, low), max(0, high))
        self._builder.not_above(points, self._builder.worth(literal, max(0, high)))
        self._builder.not_above(self._builder.worth(literal, min(0, low)), points)
        return points

    def _leveled(self, price: Leveled) -> Linear:
        """Each level adds the steps since the one before; between two levels there may be more of them."""
        earned, before = ZERO, 0
        for step, formula in price.levels:
            earned = earned.plus(self._builder.worth(self._literal(formula), price.points * (step - before)))
            before = step
        gaps = [(step, formula) for step, formula in price.levels if step > 1]
        loose = [(now - was - 1, formula) for (was, formula), (now, _) in zip(price.levels, gaps, strict=False)]
        for most, formula in loose:
            if most:
                ends = sorted((0, most * price.points))
                earned = earned.plus(self._free(self._literal(formula), *ends))
        return earned

    # ---- for each

    def _counted(self, price: Counted, numbers: tuple[int, ...]) -> Linear:
        counts = [self._histories.count(number) for number in numbers]
        if price.each:
            kept = self._kept_by_place(price, numbers)
        else:
            kept = [self._kept(price, count, counts[-1]) for count in counts]
        if all(slot.most == slot.least for slot in price.slots):
            return _summed(kept, [slot.most for slot in price.slots])
        return self._between(price.slots, kept)

    def _kept(self, price: Counted, count: Linear, all_: Linear) -> Linear:
        """How many of the newest events of a set count."""
        several = [count]
        if price.limit is not None and count.high > price.limit:
            several.append(Linear((), price.limit, price.limit, price.limit))
        if price.after_first:
            several.append(self._later(price, all_))
        return self._builder.least_of(several)

    def _later(self, price: Counted, all_: Linear) -> Linear:
        """How many events there are after the first ones."""
        rest = Linear(all_.parts, all_.constant - price.after_first, -price.after_first, all_.high - price.after_first)
        return self._builder.clamped(rest, 0, None)

    def _kept_by_place(self, price: Counted, numbers: tuple[int, ...]) -> list[Linear]:
        """The same where only so many count for each day or value.

        With further limits it is not looked at which of the events those leave out: as few or as many as can be.
        """
        self.is_exact = False
        by_days = self._kept_by_days(price, numbers)
        if by_days is not None:
            return by_days
        counts = [self._histories.count(number) for number in numbers]
        kept: list[Linear] = []
        for index, number in enumerate(numbers):
            ends = [self._places.kept(number, limit) for limit in price.each]
            if len(ends) == 1 and price.limit is None and not price.after_first:
                kept.append(ends[0])
                continue
            upper = self._builder.least_of([*ends, self._kept(price, counts[index], counts[-1])])
            least = min(limit.times for limit in price.each)
            made = self._builder.variable(0, upper.high)
            self._builder.not_above(made, upper)
            self._builder.not_above(self._builder.least_of((upper, Linear((), least, least, least))), made)
            if kept:
                self._builder.not_above(kept[-1], made)
                self._builder.not_above(made.plus(counts[index - 1]), counts[index].plus(kept[-1]))
            kept.append(made)
        return kept

    def _kept_by_days(self, price: Counted, numbers: tuple[int, ...]) -> list[Linear] | None:
        """The same stretch by stretch, where a limit per day stands beside limits that keep the newest events."""
        if len(price.each) != 1 or price.each[0].property is not None:
            return None
        stretches = self._places.stretches(numbers[-1], price.each[0])
        if stretches is None or (price.limit is None and not price.after_first):
            return None
        all_, newer, room = self._histories.count(numbers[-1]), ZERO, ZERO
        counted: dict[tuple[int, ...], Linear] = {}
        for places, kept in stretches:
            newer = newer.plus(self._histories.count_of(places))
            following = self._builder.named(self._kept(price, newer, all_))
            # Of this stretch so many are among those that the other limits keep.
            mine = self._builder.named(following.plus(room.times(-1)))
            mine, room = mine.within(0, newer.high), following
            counted[places] = self._among(mine, kept, price.each[0].times)
        wanted = [self._places.stretches(number, price.each[0]) for number in numbers]
        if any(one is None or any(places not in counted for places, _ in one) for one in wanted):
            return None
        return [total_of(counted[places] for places, _ in one) for one in wanted if one is not None]

    def _among(self, mine: Linear, kept: Linear, times: int) -> Linear:
        """How many of the newest events of a stretch count by its days, of which `kept` count in all."""
        upper = self._builder.least_of((mine, kept))
        made = self._builder.variable(0, max(0, upper.high))
        self._builder.not_above(made, upper)
        self._builder.not_above(self._builder.least_of((mine, Linear((), times, times, times))), made)
        return made

    def _between(self, slots: tuple[Slot, ...], kept: list[Linear]) -> Linear:
        """Points between what the slots are worth at most and at least."""
        self.takes_ages_together = True
        ends = [_summed(kept, [slot.most for slot in slots]), _summed(kept, [slot.least for slot in slots])]
        low, high = (ends[1], ends[0]) if slots[0].most > 0 else (ends[0], ends[1])
        points = self._builder.variable(min(low.low, high.low), max(low.high, high.high))
        self._builder.not_above(low, points)
        self._builder.not_above(points, high)
        return points


def _summed(kept: list[Linear], worths: list[int]) -> Linear:
    """Each kept event times its worth: of the events down to a slot, what they are worth beyond the next."""
    following = [*worths[1:], 0]
    parts = [count.times(worth - next_) for count, worth, next_ in zip(kept, worths, following, strict=True)]
    summed = total_of(parts)
    most = kept[-1].high * max(map(abs, worths), default=0)
    return summed.within(-most, 0) if worths and min(worths) < 0 else summed.within(0, most)
