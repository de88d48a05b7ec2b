"""Which column or key of the data holds which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from leadline_dsl.normal_forms import normalise

_PREFIX = re.compile(r"^(?:property_|properties\.|traits\.)", re.IGNORECASE | re.ASCII)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BETWEEN = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def normalise_heading(heading: str) -> str:
    """The form in which headings are alike: `Record ID`, `recordId` and `property_record_id` are `record_id`."""
    text = _PREFIX.sub("", normalise("NFKC", heading).strip().lstrip("\ufeff"))
    return _BETWEEN.sub("_", _HUMP.sub("_", text)).strip("_").lower()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that is looked for among the headings; `heading` is the one that the model gives it, if any."""

    name: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Matches:
    """Positions by wanted name. `conflicts` are the names for which several headings would do alike."""

    positions: Mapping[str, int]
    conflicts: Mapping[str, tuple[str, ...]]


def match_headings(wanted: Iterable[Wanted], headings: Sequence[str]) -> Matches:
    """Where each wanted name stands among the headings.

    The heading that a model gives is the last word, else the name itself; only headings that nobody claims so
    are then compared in their normalised form, and a given heading that is absent falls back on the name.
    """
    exact: dict[str, list[int]] = {}
    for position, heading in enumerate(headings):
        exact.setdefault(heading, []).append(position)
    wanted = tuple(wanted)
    found = {want.name: exact[own] for want in wanted if (own := want.heading or want.name) in exact}
    rest = [want for want in wanted if want.name not in found]
    if rest:
        claimed = {position for positions in found.values() for position in positions}
        free = [(position, heading) for position, heading in enumerate(headings) if position not in claimed]
        found.update(_match_loosely(rest, free))
    return Matches(
        {name: positions[0] for name, positions in found.items() if len(positions) == 1},
        {
            name: tuple(headings[position] for position in positions)
            for name, positions in found.items()
            if len(positions) > 1
        },
    )


def _match_loosely(wanted: Sequence[Wanted], free: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
    exact: dict[str, list[int]] = {}
    loose: dict[str, list[int]] = {}
    for position, heading in free:
        exact.setdefault(heading, []).append(position)
        loose.setdefault(normalise_heading(heading), []).append(position)
    loose.pop("", None)
    found = {}
    for want in wanted:
        candidates = (
            loose.get(normalise_heading(want.heading)) if want.heading else None,
            exact.get(want.name),
            loose.get(normalise_heading(want.name)),
        )
        positions = next((positions for positions in candidates if positions), None)
        if positions:
            found[want.name] = positions
    return found


def list_headings(headings: Iterable[str], most: int = 12) -> str:
    """Headings for a message, the first dozen of them."""
    named = [heading[:40] for heading in headings if heading]
    return ", ".join(named[:most]) + (f" and {len(named) - most} more" if len(named) > most else "")
