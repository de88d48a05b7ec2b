"""What a dialect cannot say exactly is refused, and the rule that asks for it is named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule (or `ignore`, a score, an exit, a stage) that the target cannot express, and why."""

    rule: str
    reason: str


class RefusedError(Exception):
    """Raised where a tree is built; it never leaves this package."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
