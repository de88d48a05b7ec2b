"""A contact's score over time: by its events so far, and by what time alone will do to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from leadline.reports.cause import Cause
from leadline.reports.causes import find_causes
from leadline_compiler.contacts import Contact
from leadline_compiler.due import HORIZON, Courses, Leaving, build_changes
from leadline_compiler.execute import Scored
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.outcome import Status
from leadline_compiler.plan import Plan
from leadline_compiler.zones import DAY, EARLIEST, LATEST

USUAL = 365 * DAY
"""How far back and ahead a timeline goes by itself, in microseconds."""
MOST_CHANGES = 2000
"""So many changes are followed; whoever wants more asks for a shorter time."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a contact is worth from an instant on. Points are thousandths, `scores` in the order of the model."""

    at: int
    total: int
    scores: tuple[int, ...]
    grades: tuple[str | None, ...]
    stage: str | None
    status: Status
    reasons: tuple[str, ...]

    @property
    def place(self) -> str | None:
        """The stage, or for a contact that is out its status."""
        return self.stage if self.status == "scored" else self.status


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in one place; `entered` is None where it began before the timeline does, `left` where it does not end."""

    place: str | None
    entered: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A contact from `start` to `end`, in microseconds; the first of the `changes` is how it stood at `start`.

    What is later than `as_of` will come if nothing happens. `now` is how it stands as of then, `next` its next change
    and `leaving` the first at which its stage or its status is another one: both looked for within two years, however
    short the timeline is. The values of fields are those of the contact; nobody knows what they were.
    """

    model: Model = field(repr=False)
    contact: Contact = field(repr=False)
    start: int
    as_of: int
    end: int
    changes: tuple[Change, ...]
    now: Change
    next: Change | None
    leaving: Change | None
    is_cut: bool = False

    @property
    def stays(self) -> tuple[Stay, ...]:
        """Where the contact stands from when to when."""
        found: list[Stay] = []
        entered: int | None = None
        for before, after in zip(self.changes, (*self.changes[1:], None), strict=True):
            if after is None or after.place != before.place:
                found.append(Stay(before.place, entered, None if after is None else after.at))
                entered = None if after is None else after.at
        return tuple(found)

    def why(self, change: Change) -> tuple[Cause, ...]:
        """Why the result is another one from a change on; nothing for the first, which is none.

        The `points` of all causes add up to the change of the total.
        """
        if change.at <= EARLIEST or change == self.changes[0]:
            return ()
        before, after = (interpret(self.model, self.contact, at) for at in (change.at - 1, change.at))
        return find_causes(before, after)


def make_timeline(
    model: Model,
    plan: Plan,
    contact: Contact,
    as_of: int,
    start: int | None = None,
    end: int | None = None,
    is_wanted: Callable[[], bool] | None = None,
) -> Timeline:
    """Follows a contact through time, by a model and a plan of it.

    Without `start` from its first event on, but at most a year back; without `end` for a year. At most 2,000 changes.
    Once `is_wanted` answers False no more are looked for, and what is known by then is answered.
    """
    courses = Courses(plan)
    changes = build_changes(courses, is_wanted)
    begin = _usual_start(contact, as_of) if start is None else start
    until = min(max(as_of, begin) + USUAL, LATEST) if end is None else end
    found = [_change(scored) for scored in islice(changes(contact, begin, until), MOST_CHANGES + 1)]
    horizon = min(as_of + HORIZON, LATEST)
    following = map(_change, changes(contact, as_of, horizon))
    now, next_ = next(following), next(following, None)
    left = Leaving(courses)(contact, as_of, horizon, is_wanted)
    leaving = None if left is None else _change(left)
    kept = tuple(found[:MOST_CHANGES])
    return Timeline(model, contact, begin, as_of, until, kept, now, next_, leaving, len(found) > MOST_CHANGES)


def _usual_start(contact: Contact, as_of: int) -> int:
    first = min((event.at for event in contact.events if event.at <= as_of), default=as_of)
    # Just before the first event, so that it is the first change.
    return max(first - 1, as_of - USUAL, EARLIEST)


def _change(scored: Scored) -> Change:
    return Change(scored.as_of, scored.total, scored.scores, scored.grades, scored.stage, scored.status, scored.reasons)
