"""What contacts are worth by the rules of the moment, and how that differs from the rules as they were saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leadline_tui.session.contacts import Contacts

if TYPE_CHECKING:
    from leadline.rules import Model
    from leadline.scorer import Score, Scorer

CHUNK = 50
"""Contacts that are scored before it is asked whether the scores are still wanted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A contact's result. `total` is in thousandths, `grades` in the order of the model."""

    id: str
    total: int
    grades: tuple[str | None, ...]
    stage: str | None
    status: str

    @property
    def grade(self) -> str:
        """The letters, one for each grade of the model."""
        return "/".join(letter or "–" for letter in self.grades)

    @property
    def stand(self) -> str:
        """The stage, or that the contact is out."""
        return self.status if self.status != "scored" else self.stage or ""


@dataclass(frozen=True, slots=True)
class Scored:
    """Contacts with their standings, in the same order, and what scored them. `stages` go from low to high."""

    contacts: Contacts
    standings: tuple[Standing, ...]
    model: Model = field(repr=False)
    scorer: Scorer = field(repr=False)

    @property
    def stages(self) -> tuple[str, ...]:
        return tuple(stage.name for stage in self.model.stages)

    def stage_counts(self) -> Counter[str]:
        """How many contacts are in each stage, by name; those that are out and those in none are told too."""
        return Counter(standing.stand for standing in self.standings)


def standing_of(score: Score) -> Standing:
    return Standing(score.id, score.thousandths, score.letters, score.stage, score.status)


def score_some(scorer: Scorer, contacts: Contacts, which: Iterable[int]) -> dict[int, Standing]:
    """The standings of the contacts at some places."""
    raw = contacts.raw
    return {index: standing_of(scorer.score(raw[index], contacts.as_of)) for index in which if 0 <= index < len(raw)}


def score_all(
    scorer: Scorer, contacts: Contacts, known: Mapping[int, Standing], is_wanted: Callable[[], bool]
) -> tuple[Standing, ...] | None:
    """The standings of all contacts; None where they are not wanted any more before they are ready."""
    found: list[Standing] = []
    for start, chunk in _chunks(contacts):
        if not is_wanted():
            return None
        for index, raw in enumerate(chunk, start):
            found.append(known.get(index) or standing_of(scorer.score(raw, contacts.as_of)))
    return tuple(found)


def _chunks(contacts: Contacts) -> Iterator[tuple[int, Sequence[Mapping[str, object]]]]:
    for start in range(0, len(contacts.raw), CHUNK):
        yield start, contacts.raw[start : start + CHUNK]
