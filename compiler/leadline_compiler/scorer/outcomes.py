"""What events of one occurrence are worth: rules that fire, and parts of joints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any, TypeAlias

from leadline_compiler.contacts import Event
from leadline_compiler.execute.rules import Judge
from leadline_compiler.execute.run import Run
from leadline_compiler.plan import plan as p
from leadline_compiler.scorer.assign import Share
from leadline_compiler.scorer.frame import Entry, Frame, Outcome
from leadline_compiler.scorer.joints import Joints
from leadline_compiler.scorer.literals import Literal
from leadline_compiler.zones import DAY

_MOST_REMEMBERED = 20_000

_Hold: TypeAlias = Callable[[Sequence[Literal], Run], bool]
"""Tells whether all parts of a condition hold."""


def join_outcomes(outcomes: Sequence[Outcome]) -> Outcome:
    """What outcomes of different occurrences are together."""
    if len(outcomes) == 1:
        return outcomes[0]
    return sum([outcome[0] for outcome in outcomes]), tuple(chain.from_iterable([outcome[1] for outcome in outcomes]))


class Outcomes:
    """What reads one occurrence."""

    def __init__(self, frame: Frame, occurrence: int, share: Share, joints: Joints) -> None:
        self.frame = frame
        self.occurrence = occurrence
        self._whens = share.whens
        self._parts = [(literals, joints.part(joint)) for literals, joint in share.parts]
        self._judges: list[tuple[int, Judge]] = [(rule, frame.judge(rule)) for rule in share.bodies]
        self.quiet = self._reckon(self.run_of([], 0), self._hold_for_none)
        """What it is worth that there is no event."""

    def run_of(self, events: Sequence[Any], as_of: int) -> Run:
        """A run in which the occurrence means these events."""
        run = Run((), (), as_of, self.frame.plan.schema.zone)
        run.memo[self.occurrence] = events
        return run

    def outcome(self, run: Run, more: Iterable[Entry] = ()) -> Outcome:
        """What a run's events are worth; `more` are entries that were worked out elsewhere."""
        return self._reckon(run, self.frame.hold, more)

    def _hold_for_none(self, literals: Sequence[Literal], run: Run) -> bool:
        """Whether parts of a condition hold without events. What is seen at once needs no functions yet."""
        nodes = self.frame.plan.nodes
        for test, wanted in literals:
            name, *needed = nodes[test]
            if name == "has":
                holds = False
            elif name == "within" and nodes[needed[0]][0] == "count":
                holds = needed[1] <= 0 <= needed[2]
            else:
                holds = self.frame.hold(((test, True),), run)
            if holds != wanted:
                return False
        return True

    def _reckon(self, run: Run, hold: _Hold, more: Iterable[Entry] = ()) -> Outcome:
        held = self.frame.whens(rule for literals, rule in self._whens if hold(literals, run))
        judged = [(rule, *found) for rule, judge in self._judges if (found := judge(run)) is not None]
        entries = (*held, *judged, *more)
        return self.frame.pack(entries) + sum([part for literals, part in self._parts if hold(literals, run)]), entries


class CountTable(dict[int, Outcome]):
    """What so many events of an occurrence are worth."""

    __slots__ = ("_eaches", "outcomes")

    def __init__(self, frame: Frame, occurrence: int, share: Share, joints: Joints) -> None:
        super().__init__()
        self.outcomes = Outcomes(frame, occurrence, share, joints)
        self._eaches = share.eaches
        self[0] = self.outcomes.quiet

    def __missing__(self, count: int) -> Outcome:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        run = self.outcomes.run_of([None] * count, 0)
        outcome = self[count] = self.outcomes.outcome(run, self._limited(count))
        return outcome

    def _limited(self, count: int) -> list[Entry]:
        found = []
        for index in self._eaches:
            rule = self.outcomes.frame.plan.rules[index]
            body = rule.body
            assert isinstance(body, p.EachBody)
            counted = min((max(0, count - body.after_first), *(limit.times for limit in body.times)))
            if counted:
                found.append((index, bound(rule.points * counted, body.up_to), counted))
        return found


class RecentTable:
    """What the whole days since the first and the last event of an occurrence are worth."""

    def __init__(self, frame: Frame, occurrence: int, share: Share, joints: Joints) -> None:
        self.outcomes = Outcomes(frame, occurrence, share, joints)
        self._remembered: dict[tuple[int, int], Outcome] = {}

    def find(self, newest: int, oldest: int) -> Outcome:
        """The outcome for the days since the newest and the oldest event."""
        key = newest, oldest
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            ends = [Event("", -newest * DAY, {}), Event("", -oldest * DAY, {})]
            found = self._remembered[key] = self.outcomes.outcome(self.outcomes.run_of(ends, 0))
        return found


def bound(points: int, up_to: int | None) -> int:
    """Points within `up_to`, whatever their sign."""
    return points if up_to is None else max(-up_to, min(up_to, points))
