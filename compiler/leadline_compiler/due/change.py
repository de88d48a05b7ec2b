"""The next instant at which a contact's result is another one, though nothing happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from leadline_compiler.contacts import Contact
from leadline_compiler.due.instants import first_after, see
from leadline_compiler.due.moving import find_moving
from leadline_compiler.execute import Scored, build_executor
from leadline_compiler.plan import plan as p
from leadline_compiler.zones import DAY, LATEST

HORIZON = 731 * DAY
"""How far ahead changes are looked for, in microseconds: two years."""

NextChange: TypeAlias = Callable[[Contact, int], int | None]
"""The first instant after one, in microseconds, at which the contact's result is another one; None where there is
none within two years."""


def build_next_change(plan: p.Plan) -> NextChange:
    """A function that tells when a contact must be scored again.

    The result is what is known of it without its rules: status and reasons, total, scores, grades and stage.
    Events that a contact has already but that are later than the instant count from when they happen.
    """
    moving, execute = find_moving(plan), build_executor(plan)

    def next_change(contact: Contact, as_of: int) -> int | None:
        seen, before = see(plan, contact), _told(execute(contact, as_of))
        instant = first_after(moving, seen, as_of)
        while instant is not None and instant <= min(as_of + HORIZON, LATEST):
            if _told(execute(contact, instant)) != before:
                return instant
            instant = first_after(moving, seen, instant)
        return None

    return next_change


def _told(scored: Scored) -> tuple[object, ...]:
    return scored.status, scored.reasons, scored.total, scored.scores, scored.grades, scored.stage
