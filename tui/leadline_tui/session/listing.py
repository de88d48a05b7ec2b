"""Which contacts a list shows, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, repeat
from typing import Any, Literal, NamedTuple, TypeAlias

from leadline_tui.session.scoring import Standing

Order: TypeAlias = Literal["as in the file", "points", "change", "stage", "name"]
ORDERS: tuple[Order, ...] = ("as in the file", "points", "change", "stage", "name")


class Listed(NamedTuple):
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
    pairs = zip(standings, chain(before, repeat(None)), strict=False)
    listed = [
        Listed(place, now, then if then is not None and then.id == now.id else None)
        for place, (now, then) in enumerate(pairs)
        if not words or _matches(now, words)
    ]
    key = _key(order, stages)
    return listed if key is None else sorted(listed, key=key)


def _matches(standing: Standing, words: Sequence[str]) -> bool:
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
