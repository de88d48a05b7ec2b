"""Conditions on several sources: each source tells which parts hold, and a count of these tells which conditions hold.

Every such condition, a joint, has a lane of a few bits. It begins so far below half of its range that every part that
holds must add one to reach it: the top bit of the lane says whether the joint holds. Inverted ones are worth something
where it is not set, so they are looked up for every contact.
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
        # The lowest bit of a group is no top: lanes are wider than a bit.
        standing = {tops[number] // _GROUP for number in simple if joints[number].inverted}
        self._standing = sum([1 << _GROUP * group for group in standing])
        found = [(tops[number], self._candidate(number), joints[number].inverted) for number in others]
        self._candidates = {top: candidate for top, candidate, is_inverted in found if not is_inverted}
        self._particular = sum([1 << top for top in self._candidates])
        self._unless = [(1 << top, candidate) for top, candidate, is_inverted in found if is_inverted]
        self._members: list[list[tuple[int, int]]] = [[] for _ in range(groups)]
        for number in simple:
            self._members[tops[number] // _GROUP].append((tops[number] % _GROUP, number))
        self._recall = Recall(("Q", Memories(groups, self._work_out)))

    def part(self, joint: int) -> int:
        """What a part of a joint adds where it holds."""
        return 1 << (self._shift + self._starts[joint])

    def add(self, number: int, runs: Runs, gates: list[int], held: list[Outcome]) -> int:
        """The sum of all lanes with what the joints are worth.

        Notes the gates that open, and what the joints are worth.
        """
        lanes = number >> self._shift
        simple = lanes & self._simple
        if self._standing:
            simple |= self._standing
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
        for bit, candidate in self._unless:
            if not lanes & bit or not self._frame.hold(candidate.rest, runs()):
                held.append(candidate.worth)
                number += candidate.worth[0]
        return number

    def _lay_out(self, numbers: Sequence[int], widths: Sequence[int], groups: int) -> int:
        """Gives joints their lanes from a group on, none of which is in two groups: how many groups there are then."""
        end = groups * _GROUP
        for number in sorted(numbers, key=lambda number: (widths[number], self._joints[number].inverted)):
            self._starts[number] = start = -(-end // widths[number]) * widths[number]
            end = start + widths[number]
        return -(-end // _GROUP)

    def _work_out(self, group: int, bits: int) -> Outcome:
        held = [(number, bool(bits >> top & 1)) for top, number in self._members[group]]
        return self._worth([number for number, holds in held if holds != self._joints[number].inverted])

    def _candidate(self, number: int) -> _Candidate:
        joint = self._joints[number]
        return _Candidate(tuple(joint.rest), self._worth([number]), joint.gate)

    def _worth(self, numbers: Sequence[int]) -> Outcome:
        """What joints are worth whose rules fire."""
        rules = [self._joints[number].rule for number in numbers]
        entries = self._frame.whens([rule for rule in rules if rule is not None])
        return self._frame.pack(entries), entries


def _width(parts: int) -> int:
    """How many bits a lane needs for so many parts."""
    return next(width for width in _WIDTHS if parts <= 1 << (width - 1))
