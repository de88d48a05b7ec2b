"""Conditions on several sources: each source tells which parts hold, and a count of these tells which conditions hold.

Every such condition, a joint, has a lane of a few bits. It begins so far below half of its range that every part that
holds must add one to reach it: the top bit of the lane says whether the joint holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from leadline_compiler.execute.run import Run
from leadline_compiler.scorer.assign import Joint
from leadline_compiler.scorer.frame import Frame, Outcome
from leadline_compiler.scorer.literals import Literal
from leadline_compiler.scorer.recall import Groups, Memory, Recall

_WIDTHS = (2, 4, 8, 16, 32)
_GROUP = 64
"""Bits that are looked up together; they are remembered with the joints that hold in them."""
_MOST_REMEMBERED = 20_000

Runs: TypeAlias = Callable[[], Run]
"""Makes the run of the contact, for what must be worked out node by node."""


class _Candidate(NamedTuple):
    """A joint that opens a gate, or that has parts to be worked out."""

    rest: tuple[Literal, ...]
    worth: Outcome
    gate: int | None


class Joints:
    """The joints of a plan, in lanes above those of the points."""

    def __init__(self, frame: Frame, joints: Sequence[Joint]) -> None:
        self._frame = frame
        self._joints = joints
        parts = [len(joint.fields) + len(joint.events) for joint in joints]
        self._width = next(width for width in _WIDTHS if max(parts, default=0) <= 1 << (width - 1))
        self._shift = frame.lanes.bits
        simple = [n for n, joint in enumerate(joints) if not joint.rest and joint.gate is None]
        others = [n for n, joint in enumerate(joints) if joint.rest or joint.gate is not None]
        frame.assume(frame.whens([joint.rule for joint in joints if joint.inverted and joint.rule is not None]))
        self._order = [*simple, *others]
        self._places = {joint: place for place, joint in enumerate(self._order)}
        half = 1 << (self._width - 1)
        self.start = sum(self.part(number) * (half - count) for number, count in enumerate(parts))
        """What the lanes hold before any part does."""
        self._simple = self._tops(0, len(simple))
        self._particular = self._tops(len(simple), len(joints))
        groups = -(-len(simple) * self._width // _GROUP)
        self._memories = [Memory(partial(self._work_out, group)) for group in range(groups)]
        self._recall = Recall(("Q", self._memories))
        self._left = _MOST_REMEMBERED
        self._candidates = {self._places[number] * self._width: self._candidate(number) for number in others}

    def part(self, joint: int) -> int:
        """What a part of a joint adds where it holds."""
        return 1 << (self._shift + self._width * self._places[joint])

    def add(self, number: int, runs: Runs, gates: list[int], held: list[Outcome]) -> tuple[int, Groups]:
        """The sum of all lanes with what the joints are worth that hold, and which simple ones do, by group.

        Notes the gates that open, and what the others are worth.
        """
        lanes = number >> self._shift
        simple = lanes & self._simple
        groups: Groups = ()
        if simple:
            groups = self._recall.split(simple)
            number += self._recall.add_up(groups)
        particular = lanes & self._particular
        while particular:
            top = particular.bit_length() - 1
            particular ^= 1 << top
            candidate = self._candidates[top - self._width + 1]
            if not candidate.rest or self._frame.hold(candidate.rest, runs()):
                held.append(candidate.worth)
                number += candidate.worth[0]
                if candidate.gate is not None:
                    gates.append(candidate.gate)
        return number, groups

    def outcomes(self, groups: Groups) -> list[Outcome]:
        """What simple joints are worth that hold."""
        return self._recall.find(groups)

    def _tops(self, first: int, end: int) -> int:
        return sum(1 << (self._width * place + self._width - 1) for place in range(first, end))

    def _work_out(self, group: int, bits: int) -> Outcome:
        if self._left <= 0:
            for memory in self._memories:
                memory.clear()
            self._left = _MOST_REMEMBERED
        self._left -= 1
        first, count = group * _GROUP // self._width, _GROUP // self._width
        held = [first + n for n in range(count) if bits >> (n * self._width + self._width - 1) & 1]
        return self._worth([self._order[n] for n in held])

    def _candidate(self, number: int) -> _Candidate:
        joint = self._joints[number]
        return _Candidate(tuple(joint.rest), self._worth([number]), joint.gate)

    def _worth(self, numbers: Sequence[int]) -> Outcome:
        """What joints are worth that hold."""
        ruling = [(joint.rule, joint.inverted) for joint in map(self._joints.__getitem__, numbers)]
        new = self._frame.whens([rule for rule, inverted in ruling if rule is not None and not inverted])
        less = self._frame.whens([rule for rule, inverted in ruling if rule is not None and inverted])
        return self._frame.pack(new) - self._frame.pack(less), new, self._frame.without(less)
