"""A timeline for people: first what comes, then a line for each change, with a bar as long as the total is large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from leadline.points import write_change
from leadline.render.printable import printable
from leadline.reports.cause import Cause
from leadline.reports.causes_said import say_fully, say_reasons, say_terms
from leadline.reports.moments import Now, say_age, say_as_of, say_moment
from leadline.reports.sentence import say_points
from leadline.reports.timeline import Change, Timeline
from leadline_compiler.numbers import write_points

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_BAR = 16
_ROWS = 40
"""So many changes are all shown; of more the quiet ones are summed up."""
_MOST_TERMS = 9
_NARROWEST_WHY = 20
_ELLIPSIS = len(": …")
_BELOW = " " * 8
"""What has no room beside its change stands below it, so far in."""


def print_timeline(timeline: Timeline, console: Console) -> None:
    """Prints a timeline. Nothing in it is read as markup, and no control character reaches the terminal."""
    for line in _lines(timeline, console.width):
        console.print(line, soft_wrap=True)


def say_outlook(timeline: Timeline) -> str:
    """What will become of the contact if nothing happens: when it leaves its stage, and why."""
    now = Now(timeline.model.zone, timeline.as_of)
    place, leaving = timeline.now.place, timeline.leaving
    if leaving is not None:
        when = f"{say_moment(leaving.at, now)}, {say_age(leaving.at, now)}"
        causes = timeline.why(leaving)
        why = f": {say_fully(causes, leaving.total)}" if causes else ""
        to = _say_place(leaving.place)
        return f"If nothing happens it goes from {_say_place(place)} to {to} on {when}{why}."
    if timeline.next is None:
        return "If nothing happens nothing changes within two years."
    when = f"{say_moment(timeline.next.at, now)}, {say_age(timeline.next.at, now)}"
    stays = "stays without a stage" if place is None else f"stays {place}"
    return f"If nothing happens it {stays} for two years; the next change is on {when}."


def _say_place(place: str | None) -> str:
    return "no stage" if place is None else place


def _lines(timeline: Timeline, width: int) -> Iterator[Text]:
    from rich.text import Text

    now = timeline.now
    at = Now(timeline.model.zone, timeline.as_of)
    stands = f"is {now.place} with" if now.place is not None else "has no stage, with"
    head = f"{timeline.contact.id} {stands} {say_points(now.total)} as of {say_as_of(at)}."
    yield Text(printable(head), style="bold")
    yield Text(printable(say_outlook(timeline)))
    yield Text()
    rows = _rows(timeline, at)
    sizes = [max((Text(row[column]).cell_len for row in rows), default=0) for column in range(3)]
    most = max((abs(change.total) for change in timeline.changes), default=0)
    before: Change | None = None
    for shown, row in zip(_shown(timeline), rows, strict=True):
        if isinstance(shown, _Quiet):
            yield Text(f"    {row[0]} {shown.count:,} more, {write_change(shown.points)} in all", style="dim")
            continue
        yield from _change(shown, row, sizes, timeline, most, width, before)
        before = shown
    if timeline.is_cut:
        yield Text(f"These are the first {len(timeline.changes):,} changes: --from and --to ask for fewer.")


@dataclass(slots=True)
class _Quiet:
    """Several changes in a row that have no line of their own, and what all of them do to the total."""

    count: int
    points: int


def _shown(timeline: Timeline) -> list[Change | _Quiet]:
    """The changes that have a line, and between them what is summed up."""
    changes = timeline.changes
    if len(changes) <= _ROWS:
        return list(changes)
    last_past = max((index for index, change in enumerate(changes) if change.at <= timeline.as_of), default=0)
    kept = {0, last_past, last_past + 1, len(changes) - 1}
    kept |= {index for index in range(1, len(changes)) if changes[index].place != changes[index - 1].place}
    found: list[Change | _Quiet] = [changes[0]]
    for index, (before, change) in enumerate(pairwise(changes), 1):
        last = found[-1]
        if index in kept:
            found.append(change)
        elif isinstance(last, _Quiet):
            last.count, last.points = last.count + 1, last.points + change.total - before.total
        else:
            found.append(_Quiet(1, change.total - before.total))
    return found


def _rows(timeline: Timeline, now: Now) -> list[tuple[str, str, str]]:
    """When, total and place of each line."""
    rows: list[tuple[str, str, str]] = []
    for change in _shown(timeline):
        if isinstance(change, _Quiet):
            rows.append(("…", "", ""))
        else:
            when = say_moment(change.at, now) if change is not timeline.changes[0] else f"{_day(change, now)} or before"
            place = "–" if change.place is None else change.place
            rows.append((when, write_points(change.total), printable(place)))
    return rows


def _day(change: Change, now: Now) -> str:
    return say_moment(now.zone.midnight(now.zone.day(change.at)), now)


def _change(
    change: Change,
    row: tuple[str, str, str],
    sizes: Sequence[int],
    timeline: Timeline,
    most: int,
    width: int,
    before: Change | None,
) -> Iterator[Text]:
    from rich.text import Text

    when, total, place = row
    is_ahead = change.at > timeline.as_of
    style = "dim" if is_ahead else ""
    line = Text(f"  {'>' if is_ahead else ' '} {when:<{sizes[0]}}  {total:>{sizes[1]}} ", style=style)
    bar = "█" * (-(-abs(change.total) * _BAR // most)) if most and change.total > 0 else ""
    line.append(f"{bar:<{_BAR}}  ")
    crosses = before is not None and before.place != change.place
    name = Text(place)
    line.append(place + " " * (sizes[2] - name.cell_len), style="bold" if crosses else "")
    causes = timeline.why(change)
    room = max(_NARROWEST_WHY, width - line.cell_len - 2)
    is_beside = _terms(say_terms(causes, _MOST_TERMS)).cell_len + _ELLIPSIS <= room
    if is_beside:
        line.append_text(_why(causes, room))
    line.rstrip()
    yield line
    if not is_beside:
        yield Text(_BELOW, style=style).append_text(_why(causes, max(_NARROWEST_WHY, width - len(_BELOW))))


def _why(causes: Sequence[Cause], room: int) -> Text:
    """The signed points first, as many by name as there is room for, so that they add up; then what made them."""
    tried = (_terms(say_terms(causes, most)) for most in range(_MOST_TERMS, 1, -1))
    text = next((text for text in tried if text.cell_len + _ELLIPSIS <= room), None) or _terms(say_terms(causes, 1))
    reasons = printable(say_reasons(causes))
    text.append(f": {reasons}" if text and reasons else f"  {reasons}")
    text.truncate(room, overflow="ellipsis")
    return text


def _terms(terms: Sequence[tuple[int, str]]) -> Text:
    from rich.text import Text

    text = Text()
    for points, of in terms:
        text.append(", " if text else "  ")
        text.append(write_change(points), style="green" if points > 0 else "red")
        text.append(f" {printable(of)}")
    return text
