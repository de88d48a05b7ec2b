"""Whether two models score alike, for people: the proof, or a contact with both results side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from leadline.render.printable import printable
from leadline.reports.ways_said import say_contact, say_cost
from leadline_compiler.alike import Difference, Likeness, Limits, Standing
from leadline_compiler.numbers import write_points
from leadline_compiler.outcome import Outcome

if TYPE_CHECKING:
    from rich.text import Text

_Pair = tuple[str, str, str]
_REACHED = {"yes": "can be reached", "no": "nobody", "undecided": "undecided", None: "no such stage"}


def likeness_lines(likeness: Likeness, as_of: str) -> Iterator[Text]:
    """The lines of the answer; `as_of` says as of when."""
    from rich.text import Text

    match likeness.verdict:
        case "alike":
            yield Text(f"Both score every contact alike: this is proved ({as_of})", style="bold")
        case "differ":
            assert likeness.difference is not None
            yield from _difference(likeness.difference, likeness, as_of)
        case _:
            yield Text(f"It is not decided whether both score every contact alike ({as_of})", style="bold")
            yield Text(
                f"  no contact was found that they score differently, and no proof that there is none: {likeness.why}"
            )
    pairs = [*_totals(likeness.totals), *_stages(likeness.stages)]
    if pairs:
        yield Text()
        yield from _side_by_side([("", "before", "after"), *pairs])


def _difference(difference: Difference, likeness: Likeness, as_of: str) -> Iterator[Text]:
    from rich.text import Text

    smallest = "the smallest contact" if difference.is_smallest else "a contact"
    yield Text(f"They do not score alike: {smallest} that they score differently ({as_of})", style="bold")
    yield Text(f"  {printable(say_contact(difference.contact, difference.schema, difference.new.as_of))}")
    yield Text()
    yield from _side_by_side([("", "before", "after"), *_results(difference.old, difference.new)])
    if not difference.is_smallest:
        least = likeness.least
        told = f"; none has fewer than {say_cost(least, False)}" if least is not None and least > (0, 0) else ""
        yield Text(f"  whether there is a smaller one is not decided{told}: {likeness.why}", style="dim")


def _results(old: Outcome, new: Outcome) -> Iterator[_Pair]:
    """What differs, and the total and the stage in any case."""
    if old.status != new.status:
        yield "status", old.status, new.status
    yield "stage", _place(old), _place(new)
    yield "total", write_points(old.total), write_points(new.total)
    before = {one.score.name: one.points for one in old.scores}
    for one in new.scores:
        if before.get(one.score.name, one.points) != one.points:
            yield one.score.name, write_points(before[one.score.name]), write_points(one.points)
    letters = dict(old.grades)
    for score, letter in new.grades:
        if score in letters and letters[score] != letter:
            yield f"grade {score or 'total'}", letters[score] or "none", letter or "none"
    yield from _rules(old, new)


def _rules(old: Outcome, new: Outcome) -> Iterator[_Pair]:
    """The rules that earn other points than before."""
    before = {rule.rule.name: rule.points for rule in old.rules}
    after = {rule.rule.name: rule.points for rule in new.rules}
    for name in dict.fromkeys((*before, *after)):
        had, has = before.get(name), after.get(name)
        if (had or 0) != (has or 0):
            yield name, _points(had), _points(has)


def _points(points: int | None) -> str:
    return "-" if points is None else write_points(points)


def _place(outcome: Outcome) -> str:
    return outcome.stage or ("none" if outcome.status == "scored" else outcome.status)


def _totals(totals: tuple[Limits, Limits] | None) -> Iterator[_Pair]:
    if totals is None:
        return
    old, new = totals
    yield "best total", _end(old.most, old.most_is_exact, "at most"), _end(new.most, new.most_is_exact, "at most")
    yield (
        "worst total",
        _end(old.least, old.least_is_exact, "at least"),
        _end(new.least, new.least_is_exact, "at least"),
    )


def _end(points: int | None, is_exact: bool, side: str) -> str:
    if points is None:
        return "no end"
    return write_points(points) if is_exact else f"{side} {write_points(points)}"


def _stages(stages: Iterable[Standing]) -> Iterator[_Pair]:
    yield from ((f"stage {one.stage}", _REACHED[one.old], _REACHED[one.new]) for one in stages)


def _side_by_side(pairs: list[_Pair]) -> Iterator[Text]:
    from rich.text import Text

    rows = [tuple(printable(cell) for cell in pair) for pair in pairs]
    widths = [max(Text(row[column]).cell_len for row in rows) for column in range(3)]
    for number, row in enumerate(rows):
        name, before, after = (Text(cell) for cell in row)
        line = Text.assemble("  ", name, " " * (widths[0] - name.cell_len))
        line.append(" " * (2 + widths[1] - before.cell_len)).append(before.plain)
        line.append(" " * (2 + widths[2] - after.cell_len)).append(after.plain)
        line.stylize("dim" if number == 0 else "" if before == after else "yellow")
        yield line
