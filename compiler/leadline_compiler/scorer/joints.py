"""Conditions on several sources: those that may still hold are marked in a mask, and only they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from leadline_compiler.execute.run import Run
from leadline_compiler.scorer.assign import Joint
from leadline_compiler.scorer.frame import Correction, Entry, Frame
from leadline_compiler.scorer.literals import Literal

_CHUNK = 16
"""Bits of a mask that are looked up at once."""

_MOST_REMEMBERED = 20_000

Runs: TypeAlias = Callable[[], Run]
"""Makes the run of the contact, for what must be worked out node by node."""

_Held: TypeAlias = tuple[int, tuple[Entry, ...], tuple[Correction, ...]]
"""Packed points, entries, and corrections of rules that fire where inverted joints do not hold."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A joint with parts on events, which must all hold, or with parts that have several sources."""

    parts: int
    rest: tuple[Literal, ...]
    worth: _Held
    gate: int


class Joints:
    """The joints of a plan.

    The first bits of the mask are the joints that have parts on fields alone: what is left of them holds. Then
    come those that are looked at wherever the fields leave them possible, and those that an event must wake.
    """

    def __init__(self, frame: Frame, joints: Sequence[Joint]) -> None:
        self._frame = frame
        self._joints = joints
        self.parts: dict[tuple[int, tuple[str, int]], int] = {}
        """Numbers of the parts on events, by joint and source."""
        for number, joint in enumerate(joints):
            for source in joint.events:
                self.parts[number, source] = len(self.parts)
        simple = [n for n, joint in enumerate(joints) if not joint.events and not joint.rest and joint.gate is None]
        others = [n for n in range(len(joints)) if n not in set(simple)]
        self._order = [*simple, *others]
        self.bits = {joint: bit for bit, joint in enumerate(self._order)}
        """The bit of each joint in the mask."""
        self.all = (1 << len(joints)) - 1
        self._simple = len(simple)
        self.simple_mask = (1 << len(simple)) - 1
        """The bits of the joints that have parts on fields alone."""
        self._bytes = -(-len(simple) // _CHUNK) * _CHUNK // 8
        self._chunks: dict[tuple[int, int], _Held] = {}
        self.woken: dict[int, int] = {}
        """By part, the bits of the joints to look at where it holds that does not hold without events."""
        self.asked = 0
        """The bits of the joints that are looked at wherever they are possible."""
        self._candidates: dict[int, Candidate] = {}

    def settle(self, truths: int) -> None:
        """Learns which parts hold without any event."""
        for number in self._order[self._simple :]:
            joint = self._joints[number]
            parts = [self.parts[number, source] for source in joint.events]
            waiting = next((part for part in parts if not truths >> part & 1), None)
            if waiting is None:
                self.asked |= 1 << self.bits[number]
            else:
                self.woken[waiting] = self.woken.get(waiting, 0) | 1 << self.bits[number]
            needed = sum(1 << part for part in parts)
            gate = -1 if joint.gate is None else joint.gate
            self._candidates[self.bits[number]] = Candidate(needed, tuple(joint.rest), self._worth([number]), gate)

    def default_entries(self) -> Iterator[Entry]:
        """What inverted joints are worth where they do not hold."""
        for joint in self._joints:
            if joint.inverted and joint.rule is not None:
                yield from self._frame.whens([joint.rule])

    def simple(self, possible: int) -> list[_Held]:
        """What those of the first joints are worth that hold: packed points, entries, corrections."""
        if self._bytes == _CHUNK // 8:
            return [self._chunks.get((0, possible)) or self._remember((0, possible))]
        chunks = memoryview(possible.to_bytes(self._bytes, "little")).cast("H")
        return [self._chunks.get(place) or self._remember(place) for place in enumerate(chunks) if place[1]]

    def others(self, possible: int, truths: int, runs: Runs) -> list[Candidate]:
        """The other joints that hold, of those whose bits are given."""
        held = []
        while possible:
            bit = possible.bit_length() - 1
            possible ^= 1 << bit
            found = self._candidates[bit]
            if truths & found.parts == found.parts and self._rest_holds(found, runs):
                held.append(found)
        return held

    def _rest_holds(self, found: Candidate, runs: Runs) -> bool:
        return not found.rest or self._frame.hold(found.rest, runs())

    def _remember(self, place: tuple[int, int]) -> _Held:
        chunk, bits = place
        if len(self._chunks) >= _MOST_REMEMBERED:
            self._chunks.clear()
        held = [self._order[chunk * _CHUNK + bit] for bit in range(_CHUNK) if bits >> bit & 1]
        found = self._chunks[place] = self._worth(held)
        return found

    def _worth(self, numbers: Sequence[int]) -> _Held:
        """What joints are worth that hold."""
        ruling = [(joint.rule, joint.inverted) for joint in map(self._joints.__getitem__, numbers)]
        new = self._frame.whens([rule for rule, inverted in ruling if rule is not None and not inverted])
        less = self._frame.whens([rule for rule, inverted in ruling if rule is not None and inverted])
        return self._frame.pack(new) - self._frame.pack(less), new, tuple([(entry[0], None) for entry in less])
