"""Which contacts a list shows, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from leadline_tui.session.scoring import Standing

Order: TypeAlias = Literal["as in the file", "points", "change", "stage", "name"]
ORDERS: tuple[Order, ...] = ("as in the file", "points", "change", "stage", "name")


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list: the contact's place among all contacts, its standing and how it stood before."""

    place: int
    standing: Standing
    before: Standing | None

    @property
    def change(self) -> int:
        """Thousandths."""
        return self.standing.total - self.before.total if self.before is not None else 0


def list_contacts(
    standings: Sequence[Standing],
    before: Sequence[Standing],
    wanted: str,
    order: Order,
    stages: Sequence[str],
) -> list[Listed]:
    """The contacts whose id, stage, status or grade has the wanted text in it, in an order.

    `before` are the standings to tell changes from, in the same order, or none.
    """
    words = wanted.casefold().split()
    listed = [
        Listed(place, standing, _same(before, place, standing))
        for place, standing in enumerate(standings)
        if _matches(standing, words)
    ]
    key = _key(order, stages)
    return listed if key is None else sorted(listed, key=key)


def _same(before: Sequence[Standing], place: int, standing: Standing) -> Standing | None:
    if place < len(before) and before[place].id == standing.id:
        return before[place]
    return None


def _matches(standing: Standing, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = f"{standing.id} {standing.stand} {standing.grade}".casefold()
    return all(word in text for word in words)


def _key(order: Order, stages: Sequence[str]) -> Callable[[Listed], tuple[Any, ...]] | None:
    ranks = {stage: rank for rank, stage in enumerate(stages)}
    keys: dict[Order, Callable[[Listed], tuple[Any, ...]]] = {
        "points": lambda row: (-row.standing.total, row.place),
        "change": lambda row: (-abs(row.change), row.place),
        "stage": lambda row: (-ranks.get(row.standing.stand, -1), -row.standing.total, row.place),
        "name": lambda row: (row.standing.id.casefold(), row.place),
    }
    return keys.get(order)
