"""Which contacts a list shows, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any, Literal, NamedTuple, TypeAlias
from unicodedata import east_asian_width

from leadline_tui.session.scoring import Standing
from leadline_tui.wanted import has_words, words_of

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

    @property
    def stand(self) -> str:
        """The stage, with the one before where that was another."""
        return _say_stand(self.standing.stand, self.standing.stand if self.before is None else self.before.stand)


@dataclass(frozen=True, slots=True)
class Listing:
    """All contacts as rows, in the order of the file, and what a table of them has columns for.

    `stages` go from low to high. The widths of the longest name and of the longest stand are cells of the terminal,
    rather too many than too few.
    """

    rows: Sequence[Listed] = field(repr=False)
    stages: Sequence[str]
    has_changes: bool
    name_width: int
    stand_width: int


NOBODY = Listing((), (), False, 0, 0)


def list_contacts(standings: Sequence[Standing], before: Sequence[Standing], stages: Sequence[str]) -> Listing:
    """All contacts. `before` are the standings to tell changes from, in the same order, or none."""
    pairs = zip(standings, chain(before, repeat(None)), strict=False)
    rows = [
        Listed(place, now, then if then is not None and then.id == now.id else None)
        for place, (now, then) in enumerate(pairs)
    ]
    stands = {(now.stand, now.stand if then is None else then.stand) for _, now, then in rows}
    return Listing(
        rows,
        stages,
        any(then is not None and then.total != now.total for _, now, then in rows),
        max((_width(now.id) for now in standings), default=0),
        max((_width(_say_stand(*pair)) for pair in stands), default=0),
    )


def choose(listing: Listing, wanted: str, order: Order) -> Sequence[Listed]:
    """The contacts whose id, stage, status or grade has the wanted text in it, in an order."""
    words = words_of(wanted)
    chosen = [row for row in listing.rows if _matches(row.standing, words)] if words else listing.rows
    key = _key(order, listing.stages)
    return chosen if key is None else sorted(chosen, key=key)


def _matches(standing: Standing, words: Sequence[str]) -> bool:
    return has_words(f"{standing.id} {standing.stand} {standing.grade}", words)


def _key(order: Order, stages: Sequence[str]) -> Callable[[Listed], tuple[Any, ...]] | None:
    ranks = {stage: rank for rank, stage in enumerate(stages)}
    keys: dict[Order, Callable[[Listed], tuple[Any, ...]]] = {
        "points": lambda row: (-row.standing.total, row.place),
        "change": lambda row: (-abs(row.change), row.place),
        "stage": lambda row: (-ranks.get(row.standing.stand, -1), -row.standing.total, row.place),
        "name": lambda row: (row.standing.id.casefold(), row.place),
    }
    return keys.get(order)


def _say_stand(now: str, before: str) -> str:
    return (now or "–") if before == now else f"{now or '–'} (was {before or '–'})"


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
