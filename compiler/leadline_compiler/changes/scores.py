"""Changes of scores, their groups and the total: bounds, decay, weights."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.changes.change import Change, Detail
from leadline_compiler.changes.pairs import pair_by_name
from leadline_compiler.changes.wording import one_line, say_bounds
from leadline_compiler.model import Bounds, Group, Model, Score, ScoreDecay, Total
from leadline_compiler.numbers import write_points


def compare_scores(old: Model, new: Model) -> Iterator[Change]:
    """Scores, groups with their score before them, then the total."""
    for name, was, now in pair_by_name(old.scores, new.scores, lambda score: score.name):
        yield from _compare("score", name, _score_details(was, now), was, now)
        before = () if was is None else was.groups
        after = () if now is None else now.groups
        for group, earlier, later in pair_by_name(_named(before), _named(after), lambda group: group.name or ""):
            bounds = None if earlier is None else earlier.bounds, None if later is None else later.bounds
            yield from _compare("group", group, _bounds_details(*bounds), earlier, later, where=name)
    details = tuple(_total_details(old.total, new.total))
    if details:
        yield Change("changed", "total", "", details)


def _named(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple(group for group in groups if group.name is not None)


def _compare(
    noun: str, name: str, details: Iterator[Detail], old: object | None, new: object | None, where: str = ""
) -> Iterator[Change]:
    found = tuple(details)
    if old is None:
        yield Change("added", noun, name, found, where)
    elif new is None:
        yield Change("removed", noun, name, found, where)
    elif found:
        yield Change("changed", noun, name, found, where)


def _score_details(old: Score | None, new: Score | None) -> Iterator[Detail]:
    yield from _bounds_details(None if old is None else old.bounds, None if new is None else new.bounds)
    before, after = (None if score is None else score.decay for score in (old, new))
    if _shrinks(before) != _shrinks(after):
        said = (None if decay is None else one_line(decay.text) for decay in (before, after))
        yield Detail("decay", *said)


def _shrinks(decay: ScoreDecay | None) -> object:
    """What a decay means, whatever its words."""
    return None if decay is None else (decay.decay, decay.without)


def _bounds_details(old: Bounds | None, new: Bounds | None) -> Iterator[Detail]:
    before, after = (None if bounds is None else say_bounds(bounds) for bounds in (old, new))
    if before != after:
        yield Detail("", before, after)


def _total_details(old: Total, new: Total) -> Iterator[Detail]:
    before, after = _say_terms(old), _say_terms(new)
    if before != after:
        yield Detail("", before, after)
    yield from _bounds_details(old.bounds, new.bounds)


def _say_terms(total: Total) -> str:
    """`0.4 * fit + engagement`, in the order of the scores' names: the order of a sum is nothing."""
    said = ""
    for term in sorted(total.terms, key=lambda term: term.score):
        weight, sign = abs(term.weight), "-" if term.weight < 0 else "+"
        factor = "" if weight == 1000 else f"{write_points(weight)} * "
        said += f" {sign} {factor}{term.score}"
    return said.removeprefix(" + ").strip() or "0"
