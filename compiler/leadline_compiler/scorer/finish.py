"""What follows from a contact's scores beside what is written out in `settling`: decays, exits, odd conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from leadline_compiler.execute.rules import build_decay
from leadline_compiler.outcome import Status
from leadline_compiler.scorer.assign import Gate
from leadline_compiler.scorer.doors import Door, build_door
from leadline_compiler.scorer.frame import Frame, Runs
from leadline_compiler.scorer.gathered import Gathered, microseconds
from leadline_compiler.scorer.literals import Literal

Results: TypeAlias = tuple[Status, tuple[str, ...], int, list[int], list[str | None], str | None]
"""Status, its reasons, total, scores and grades in the order of the plan, stage. Points are thousandths."""


class Finish:
    """Decays of scores, exits and stages. `lists` are the lists of events by which scores decay, in their order."""

    def __init__(self, frame: Frame, gates: tuple[Sequence[Gate], Sequence[Gate]], lists: Sequence[int | None]) -> None:
        plan = frame.plan
        self._frame = frame
        decays = [(index, build_decay(score.decay)) for index, score in enumerate(plan.scores) if score.decay]
        self._decays = {index: (decay, number) for (index, decay), number in zip(decays, lists, strict=True)}
        of_exits, of_stages = gates
        opening, rising = zip(of_exits, plan.exits, strict=True), zip(of_stages, plan.stages, strict=True)
        self.exits = [build_door(plan, item.name, item.kind, n, gate) for n, (gate, item) in enumerate(opening)]
        self.stages = [build_door(plan, item.name, "", n, gate) for n, (gate, item) in enumerate(rising, len(of_exits))]
        self._free_exits = [number for number, door in enumerate(self.exits) if door.gate is None]
        self.late_nodes = [node for door in (*self.exits, *self.stages) for node, _ in door.rest]
        """The nodes that are worked out for a contact as they stand."""

    def decay(self, score: int, points: int, gathered: Gathered | None) -> int:
        """What is left of the points of a score that decays."""
        decay, number = self._decays[score]
        age = None if gathered is None or number is None else gathered.newest(number)
        return points if age is None else decay(points, microseconds(age))

    def out_of(
        self, scores: Sequence[int], total: int, letters: Sequence[str | None], gates: Sequence[int], runs: Runs
    ) -> tuple[Status, tuple[str, ...]] | None:
        """The status and its reasons where an exit holds. The gates of stages are beyond those of exits."""

        def is_open(door: Door) -> bool:
            for score, first, last, wanted in door.spans:
                if (first <= (total if score is None else scores[score]) <= last) is not wanted:
                    return False
            return not door.rest or self.holds(door.rest, scores, total, letters, runs)

        ajar = [self.exits[number] for number in sorted({*self._free_exits, *gates}) if number < len(self.exits)]
        held = [door for door in ajar if is_open(door)]
        if not held:
            return None
        excluded = [door for door in held if door.kind == "exclude"]
        reasons = tuple([door.name for door in excluded or held])
        return "excluded" if excluded else "disqualified", reasons

    def holds(
        self, rest: Sequence[Literal], scores: Sequence[int], total: int, letters: Sequence[str | None], runs: Runs
    ) -> bool:
        """Whether parts of a condition hold that no span tells of."""
        run = runs()
        run.scores, run.total = scores, total
        run.grades = {item.score: letter for item, letter in zip(self._frame.plan.grades, letters, strict=True)}
        return self._frame.hold(rest, run)
