"""Conditions on several sources: each source tells which parts hold, and a count of these tells which conditions hold.

Every such condition, a joint, has a lane of a few bits. It begins so far below half of its range that every part that
holds must add one to reach it: the top bit of the lane says whether the joint holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from leadline_compiler.scorer.assign import Joint
from leadline_compiler.scorer.frame import Frame, Outcome, Runs
from leadline_compiler.scorer.literals import Literal
from leadline_compiler.scorer.recall import Memories, Recall

_WIDTHS = (2, 4, 8, 16, 32)
_GROUP = 64
"""Bits that are looked up together; they are remembered with the joints that hold in them."""


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
        self._shift = frame.lanes.bits
        frame.assume(frame.whens([joint.rule for joint in joints if joint.inverted and joint.rule is not None]))
        simple = [number for number, joint in enumerate(joints) if not joint.rest and joint.gate is None]
        others = [number for number, joint in enumerate(joints) if joint.rest or joint.gate is not None]
        parts = [len(joint.fields) + len(joint.events) for joint in joints]
        widths = [_width(many) for many in parts]
        self._starts: dict[int, int] = {}
        groups = self._lay_out(simple, widths, 0)
        self._lay_out(others, widths, groups)
        missing = [(1 << (width - 1)) - many for width, many in zip(widths, parts, strict=True)]
        self.start = sum([self.part(number) * least for number, least in enumerate(missing) if least])
        """What the lanes hold before any part does."""
        tops = {number: start + widths[number] - 1 for number, start in self._starts.items()}
        self._simple = sum([1 << tops[number] for number in simple])
        self._particular = sum([1 << tops[number] for number in others])
        self._candidates = {tops[number]: self._candidate(number) for number in others}
        self._members: list[list[tuple[int, int]]] = [[] for _ in range(groups)]
        for number in simple:
            self._members[tops[number] // _GROUP].append((tops[number] % _GROUP, number))
        self._recall = Recall(("Q", Memories(groups, self._work_out)))

    def part(self, joint: int) -> int:
        """What a part of a joint adds where it holds."""
        return 1 << (self._shift + self._starts[joint])

    def add(self, number: int, runs: Runs, gates: list[int], held: list[Outcome]) -> int:
        """The sum of all lanes with what the joints are worth that hold.

        Notes the gates that open, and what the joints are worth.
        """
        lanes = number >> self._shift
        simple = lanes & self._simple
        if simple:
            found = self._recall.find(simple)
            held += found
            for outcome in found:
                number += outcome[0]
        particular = lanes & self._particular
        while particular:
            top = particular.bit_length() - 1
            particular ^= 1 << top
            candidate = self._candidates[top]
            if not candidate.rest or self._frame.hold(candidate.rest, runs()):
                held.append(candidate.worth)
                number += candidate.worth[0]
                if candidate.gate is not None:
                    gates.append(candidate.gate)
        return number

    def _lay_out(self, numbers: Sequence[int], widths: Sequence[int], groups: int) -> int:
        """Gives joints their lanes from a group on, none of which is in two groups: how many groups there are then."""
        end = groups * _GROUP
        for number in sorted(numbers, key=widths.__getitem__):
            self._starts[number] = start = -(-end // widths[number]) * widths[number]
            end = start + widths[number]
        return -(-end // _GROUP)

    def _work_out(self, group: int, bits: int) -> Outcome:
        return self._worth([number for top, number in self._members[group] if bits >> top & 1])

    def _candidate(self, number: int) -> _Candidate:
        joint = self._joints[number]
        return _Candidate(tuple(joint.rest), self._worth([number]), joint.gate)

    def _worth(self, numbers: Sequence[int]) -> Outcome:
        """What joints are worth that hold."""
        ruling = [(joint.rule, joint.inverted) for joint in map(self._joints.__getitem__, numbers)]
        new = self._frame.whens([rule for rule, inverted in ruling if rule is not None and not inverted])
        less = self._frame.whens([rule for rule, inverted in ruling if rule is not None and inverted])
        return self._frame.pack(new) - self._frame.pack(less), new, self._frame.without(less)


def _width(parts: int) -> int:
    """How many bits a lane needs for so many parts."""
    return next(width for width in _WIDTHS if parts <= 1 << (width - 1))
