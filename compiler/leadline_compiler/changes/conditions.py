"""Changes of conditions and occurrences: what is asked for more, what is asked for no longer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leadline_compiler.changes.change import Detail
from leadline_compiler.changes.wording import one_line, say_events, say_windows
from leadline_compiler.conditions import All, Condition, Occurrence
from leadline_compiler.zones import Zone


def compare_conditions(old: Condition | None, new: Condition | None, what: str = "when") -> Iterator[Detail]:
    """Parts joined by `and` that are new, are gone, or stand in the place of another; nothing where all mean the same.

    Where only a define or a list means something else, the words are the same: it has a change of its own.
    """
    if old == new:
        return
    before, after = _parts(old), _parts(new)
    gone = [part for part in before if part not in after]
    more = [part for part in after if part not in before]
    yield say_change(what, _joined(gone, len(before)), _joined(more, len(after)))


def say_change(what: str, before: str | None, after: str | None) -> Detail:
    """What stood and what stands of two things that mean something else; the words alone may be the same."""
    if before == after:
        return Detail(f"{what} {before}", None, "means something else, by a define or a list")
    return Detail(what, before, after)


def compare_occurrences(old: Occurrence, new: Occurrence, zone: Zone) -> Iterator[Detail]:
    """Other events, another test of them, another window."""
    if (old.events, old.every_event) != (new.events, new.every_event):
        yield Detail("for each", say_events(old), say_events(new))
    yield from compare_conditions(old.where, new.where, "where")
    if old.windows != new.windows:
        yield Detail("window", say_windows(old, zone), say_windows(new, zone))


def _parts(condition: Condition | None) -> Sequence[Condition]:
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, All) else (condition,)


def _joined(parts: Sequence[Condition], of: int) -> str | None:
    """Parts as they are written; `… and` before them where others stay that are not said."""
    if not parts:
        return None
    joined = " and ".join(one_line(part.text) for part in parts)
    return f"… and {joined}" if len(parts) < of else joined
