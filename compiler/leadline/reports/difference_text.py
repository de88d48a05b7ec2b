"""A difference for people: each change on a line, then the stages before and after, who crossed, and the totals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from leadline.render.printable import printable
from leadline.reports.difference import Difference
from leadline.reports.likeness_text import likeness_lines
from leadline.reports.moments import Now, say_as_of
from leadline.reports.standings import Comparison, Crossing, Spread, Standing
from leadline_compiler.changes import Change, Detail
from leadline_compiler.numbers import write_points
from leadline_dsl.tokens import quote_text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_SIGNS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow")}
_QUOTED = frozenset({"rule", "group", "stage", "disqualify", "exclude", "model"})
_NAMED = 5
"""Contacts of a crossing that are named."""
_BAR = 24


def print_difference(difference: Difference, console: Console) -> None:
    """Prints a difference. Nothing in it is read as markup, and no control character reaches the terminal."""
    for line in difference_lines(difference, console.width):
        console.print(line, soft_wrap=True)


def difference_lines(difference: Difference, width: int) -> Iterator[Text]:
    """The lines of a difference, safe to be shown; a change goes on one line where the width allows it."""
    from rich.text import Text

    mattering = [change for change in difference.changes if change.matters]
    quiet = [change for change in difference.changes if not change.matters]
    if not difference.changes:
        yield Text("Nothing has changed: both say the same.", style="bold")
    for title, changes in (("Changes", mattering), ("Changes that no score depends on", quiet)):
        if changes:
            yield Text(title, style="bold")
            for change in changes:
                yield from _change(change, width)
            yield Text()
    as_of = "" if difference.as_of is None else _said_as_of(difference.as_of)
    if difference.comparison is not None:
        yield from _comparison(difference.comparison, as_of)
    if difference.likeness is not None and mattering:
        yield from likeness_lines(difference.likeness, as_of)


def _said_as_of(now: Now) -> str:
    return f"as of {say_as_of(now)}, {now.zone.name}"


# ---- changes


def _change(change: Change, width: int) -> Iterator[Text]:
    from rich.text import Text

    sign, style = _SIGNS[change.kind]
    head = Text(f"  {sign} ", style=style)
    name = quote_text(change.name) if change.noun in _QUOTED and change.name else change.name
    head.append(printable(f"{change.noun} {name}".rstrip()), style="")
    if change.where:
        head.append(printable(f"  ({change.where})"), style="dim")
    details = [_detail(detail, change.kind == "changed") for detail in change.details]
    if len(details) == 1 and head.cell_len + 2 + details[0].cell_len <= width:
        yield Text.assemble(head, "  ", details[0])
        return
    yield head
    for detail in details:
        yield Text.assemble("      ", detail)


def _detail(detail: Detail, is_change: bool) -> Text:
    from rich.text import Text

    said = Text(f"{printable(detail.what)} " if detail.what else "")
    if is_change and detail.before is None:
        said.append("now ")
    if is_change and detail.after is None:
        said.append("no longer ")
    if detail.before is not None:
        said.append(printable(detail.before), style="red")
    if detail.before is not None and detail.after is not None:
        said.append(" → ")
    if detail.after is not None:
        said.append(printable(detail.after), style="green")
    return said


# ---- contacts


def _comparison(comparison: Comparison, as_of: str) -> Iterator[Text]:
    from rich.text import Text

    count, crossed = comparison.contacts, len(comparison.crossings)
    moved = f"{comparison.moved:,} of {count:,} contacts {'gets' if comparison.moved == 1 else 'get'} another total"
    crossing = f"{crossed:,} {'stands' if crossed == 1 else 'stand'} elsewhere than before"
    yield Text(f"{moved}; {crossing} ({as_of})", style="bold")
    yield Text()
    yield from _stages(comparison)
    yield Text()
    yield from _crossings(comparison)
    if comparison.spread is not None:
        yield from _spread(comparison.spread)


def _stages(comparison: Comparison) -> Iterator[Text]:
    from rich.text import Text

    shown = [place for place in comparison.places if comparison.before.get(place) or comparison.after.get(place)]
    width = max((Text(_said(place)).cell_len for place in shown), default=0)
    yield Text(f"  {'':{width}}  {'before':>9}  {'after':>9}", style="dim")
    for place in reversed(shown):
        before, after = comparison.before.get(place, 0), comparison.after.get(place, 0)
        name = Text(_said(place))
        line = Text.assemble("  ", name, " " * (width - name.cell_len), f"  {before:>9,}  {after:>9,}")
        if after != before:
            line.append(f"  {after - before:+,}", style="green" if after > before else "red")
        yield line


def _crossings(comparison: Comparison) -> Iterator[Text]:
    from rich.text import Text

    ways: dict[tuple[str | None, str | None], list[Crossing]] = {}
    for crossing in comparison.crossings:
        ways.setdefault((crossing.before.place, crossing.after.place), []).append(crossing)
    for (before, after), found in sorted(ways.items(), key=lambda way: -len(way[1])):
        yield Text.assemble(f"  {len(found):,} from ", _said(before), " to ", _said(after))
        for crossing in found[:_NAMED]:
            yield Text(f"      {printable(crossing.id)}  {_totals(crossing.before, crossing.after)}", style="dim")
        if len(found) > _NAMED:
            yield Text(f"      and {len(found) - _NAMED:,} more", style="dim")
    if ways:
        yield Text()


def _totals(before: Standing, after: Standing) -> str:
    if before.total == after.total:
        return write_points(after.total)
    return f"{write_points(before.total)} → {write_points(after.total)}"


def _said(place: str | None) -> str:
    return "no stage" if place is None else printable(place)


def _spread(spread: Spread) -> Iterator[Text]:
    from rich.text import Text

    yield Text("  total", style="dim").append(f"{'before':>24}{'after':>{_BAR + 8}}")
    most = max(*spread.before, *spread.after)
    starts = [spread.start + index * spread.width for index in range(len(spread.before))]
    width = max(len(_range(start, spread.width)) for start in starts)
    for start, before, after in zip(starts, spread.before, spread.after, strict=True):
        range_ = _range(start, spread.width).rjust(width)
        yield Text(f"  {range_}  {before:>7,} {_bar(before, most)}  {after:>7,} {_bar(after, most)}".rstrip())


def _range(start: int, width: int) -> str:
    return f"{start}" if width == 1 else f"{start} to {start + width - 1}"


def _bar(count: int, most: int) -> str:
    """A bar of at most 24 cells; whatever is not nothing has one."""
    length = -(-count * _BAR // most) if most else 0
    return ("█" * length).ljust(_BAR)
