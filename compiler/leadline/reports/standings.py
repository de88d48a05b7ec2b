"""The same contacts under two models: who enters and leaves each stage, whose score moves, how scores spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leadline_compiler.model import Model
from leadline_compiler.numbers import THOUSAND
from leadline_compiler.outcome import Outcome, Status

_BINS = 12
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a contact is worth by one model; `total` in thousandths."""

    total: int
    stage: str | None
    status: Status

    @property
    def place(self) -> str | None:
        """The stage, or for a contact that is out its status: where a report counts it."""
        return self.stage if self.status == "scored" else self.status


@dataclass(frozen=True, slots=True)
class Crossing:
    """A contact that stands elsewhere than before."""

    id: str
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Spread:
    """Contacts by their total before and after: in bin `i` are those from `start + i * width`, in whole points."""

    start: int
    width: int
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`places` are the stages from low to high, None for no stage first, then the statuses of contacts that are out."""

    contacts: int
    moved: int
    places: tuple[str | None, ...]
    before: Mapping[str | None, int]
    after: Mapping[str | None, int]
    crossings: tuple[Crossing, ...]
    spread: Spread | None

    def entered(self, place: str | None) -> list[Crossing]:
        """Who is there now and was not before, the highest total first."""
        return [crossing for crossing in self.crossings if crossing.after.place == place]

    def left(self, place: str | None) -> list[Crossing]:
        """Who was there before and is not now, the highest total before first."""
        found = [crossing for crossing in self.crossings if crossing.before.place == place]
        return sorted(found, key=lambda crossing: (-crossing.before.total, crossing.id))


def standing_of(outcome: Outcome) -> Standing:
    """Where an outcome puts its contact."""
    return Standing(outcome.total, outcome.stage, outcome.status)


def compare_standings(
    old: Model, new: Model, before: Mapping[str, Standing], after: Mapping[str, Standing]
) -> Comparison:
    """Compares the standings of contacts by their ids; one that only one of the models can read is left out."""
    both = [(id_, before[id_], now) for id_, now in after.items() if id_ in before]
    crossings = [Crossing(id_, was, now) for id_, was, now in both if was.place != now.place]
    crossings.sort(key=lambda crossing: (-crossing.after.total, crossing.id))
    return Comparison(
        contacts=len(both),
        moved=sum(was.total != now.total for _, was, now in both),
        places=_places(old, new),
        before=Counter(was.place for _, was, _ in both),
        after=Counter(now.place for _, _, now in both),
        crossings=tuple(crossings),
        spread=spread_totals([(was.total, now.total) for _, was, now in both]),
    )


def _places(old: Model, new: Model) -> tuple[str | None, ...]:
    """Every place in one order: the stages of the new model, and before the one it stood before each that is gone."""
    stages = [stage.name for stage in new.stages]
    following: str | None = None
    for stage in reversed(old.stages):
        if stage.name not in stages:
            stages.insert(len(stages) if following is None else stages.index(following), stage.name)
        following = stage.name
    return (None, *stages, "disqualified", "excluded")


def spread_totals(totals: Sequence[tuple[int, int]]) -> Spread | None:
    """How totals before and after (thousandths) spread over at most twelve bins; None where there are none."""
    if not totals:
        return None
    whole = [(was // THOUSAND, now // THOUSAND) for was, now in totals]
    low, high = min(map(min, whole)), max(map(max, whole))
    width = _width(high - low + 1)
    start = low // width * width
    count = (high - start) // width + 1
    before, after = (_counts((pair[side] for pair in whole), start, width, count) for side in (0, 1))
    return Spread(start, width, before, after)


def _width(range_: int) -> int:
    """The least of 1, 2, 5, 10, 20, 50, … by which the range has at most twelve bins."""
    scale = 1
    while True:
        for step in _STEPS:
            # One more bin, since the first begins at a multiple of the width.
            if range_ <= (_BINS - 1) * step * scale:
                return step * scale
        scale *= 10


def _counts(points: Iterable[int], start: int, width: int, count: int) -> tuple[int, ...]:
    found = Counter((point - start) // width for point in points)
    return tuple(found[index] for index in range(count))
