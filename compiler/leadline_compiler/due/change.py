"""The instants at which a contact's result is another one, though nothing new happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from leadline_compiler.contacts import Contact
from leadline_compiler.due.course import Course, Courses
from leadline_compiler.execute import Scored
from leadline_compiler.plan import plan as p
from leadline_compiler.zones import DAY, LATEST

HORIZON = 731 * DAY
"""How far ahead changes are looked for, in microseconds: two years."""

NextChange: TypeAlias = Callable[[Contact, int], int | None]
"""The first instant after one, in microseconds, at which the contact's result is another one; None where there is
none within two years."""

Changes: TypeAlias = Callable[[Contact, int, int], Iterator[Scored]]
"""What a contact is worth at an instant, and then at each at which that is something else, up to another instant."""


def build_changes(courses: Courses, is_wanted: Callable[[], bool] | None = None) -> Changes:
    """A function that follows a contact's result through time, from one instant to another, both in microseconds.

    The result is what is known of it without its rules: status and reasons, total, scores, grades and stage.
    Events that a contact has already but that are later than the first instant count from when they happen.
    `is_wanted` is asked at each instant that is looked at; once it answers False, no more changes come.
    """

    def changes(contact: Contact, start: int, end: int) -> Iterator[Scored]:
        course = Course(courses, contact, start, min(end, LATEST))
        found = course.now
        yield found
        while course.next_instant is not None and (is_wanted is None or is_wanted()):
            before, found = found, course.step()
            if _told(found) != _told(before):
                yield found

    return changes


def build_next_change(plan: p.Plan) -> NextChange:
    """A function that tells when a contact must be scored again: the first of the changes."""
    changes = build_changes(Courses(plan))

    def next_change(contact: Contact, as_of: int) -> int | None:
        following = changes(contact, as_of, as_of + HORIZON)
        next(following)
        found = next(following, None)
        return None if found is None else found.as_of

    return next_change


def _told(scored: Scored) -> tuple[object, ...]:
    return scored.status, scored.reasons, scored.total, scored.scores, scored.grades, scored.stage
