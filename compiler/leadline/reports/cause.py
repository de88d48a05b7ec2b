"""A cause of a change: what has changed, why, and by how much it moves the total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

CauseKind: TypeAlias = Literal["event", "window", "decay", "days", "other", "cap", "floor", "weight"]
Noun: TypeAlias = Literal["rule", "score", "group", "total", "disqualify", "exclude", "stage"]


@dataclass(frozen=True, slots=True)
class Cause:
    """What has changed, and why. `kind` is how: an event happened, one left or entered a window, a decay took a step,
    days have passed; or what follows from that: a cap, a floor or a weight takes more or less. `name` is the rule,
    score, group, exit or stage, `line` where it stands (None for scores, groups and the total).

    `before` and `after` are thousandths: the points of a rule, what decay or bounds leave of a score, a group or the
    total, what a weight makes of a score; None for exits and stages. `points` is the cause's part of the change, in
    thousandths: those of all causes of a change add up to the change of the total.
    """

    kind: CauseKind
    noun: Noun
    name: str
    line: int | None
    before: int | None
    after: int | None
    points: int
    said: str

    @property
    def term(self) -> str:
        """What it is called in a sum: `Read pricing`, `decay of engagement`, `cap of group Site`, `weight of fit`."""
        if self.noun == "rule":
            return self.name
        what = self.name if self.noun in ("score", "total") else f"{self.noun} {self.name}"
        if self.kind in ("cap", "floor", "weight"):
            return f"{self.kind} of {what}"
        return f"decay of {what}" if self.noun == "score" else what
