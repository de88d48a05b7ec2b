"""What the steps of writing a model share."""

from __future__ import annotations

from dataclasses import dataclass

from leadline_compiler.emit.block import Block, Shared
from leadline_compiler.emit.language import Language
from leadline_compiler.plan.plan import Plan


@dataclass(slots=True)
class Writer:
    """The plan, what its module shares, and the body of `score` as it grows."""

    plan: Plan
    shared: Shared
    block: Block

    @property
    def language(self) -> Language:
        return self.shared.language

    def comment(self, text: str) -> None:
        self.block.lines.append(self.language.comment(text))

    def bound(self, points: int | None) -> str:
        """Points or a bound that may be open."""
        return self.language.none if points is None else self.language.whole(points)

    def optional_text(self, text: str | None) -> str:
        return self.language.none if text is None else self.language.text(text)

    def clamped(self, points: str, low: int | None, high: int | None) -> str:
        """Points within bounds, either of which may be open."""
        if low is None and high is None:
            return points
        return self.shared.call("clamp", points, self.bound(low), self.bound(high))
