"""Which column tells the contacts apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from leadline.readers.contact_rows import read_id
from leadline.readers.headings import normalise_heading
from leadline.readers.rows import Rows, ignore_row

_NAMES = (
    *("id", "record_id", "contact_id", "lead_id", "person_id", "prospect_id", "user_id", "customer_id", "member_id"),
    *("hs_object_id", "vid", "uuid", "guid", "email", "email_address", "e_mail", "mail"),
)
_LIKE_AN_ID = re.compile(r"(?:^|_)(?:id|uuid|guid|key|no|nr|number|email|mail)$")
_TOLERATED = 0.02
"""The share of contacts that an identifier with a telling name may repeat or lack."""
_EVENTS_LOOKED_AT = 5_000
_CONTACT_NAMES = ("contact", "contact_id", "lead_id", "person_id")


class Identities:
    """The different ids in a column; given up at the first repetition where the heading does not promise ids."""

    def __init__(self, heading: str) -> None:
        self.ids: set[str] = set()
        self._is_telling = _is_telling(normalise_heading(heading))
        self._is_given_up = False

    def add(self, raw: Any) -> None:
        """Takes a value into account."""
        if self._is_given_up:
            return
        contact = read_id(raw)
        if contact and contact not in self.ids:
            self.ids.add(contact)
        elif not self._is_telling:
            self._is_given_up = True
            self.ids = set()

    def misses(self, rows: int) -> int:
        """The contacts without an id of their own."""
        return rows - len(self.ids)


def choose_identifier(columns: Mapping[str, Identities], rows: int, events: Rows | None) -> str | None:
    """The heading of the column that identifies contacts, None where none does.

    A telling name counts most, then that each value stands there once. Where the events name their contacts by
    another column than that, it is the events' one.
    """
    ranked = []
    for position, (heading, identities) in enumerate(columns.items()):
        rank = _rank(normalise_heading(heading), identities.misses(rows), rows)
        if rank is not None:
            ranked.append((rank, position, heading))
    headings = [heading for _, _, heading in sorted(ranked)]
    if events is not None and len(headings) > 1:
        shares = _shares_of_events(headings, columns, events)
        best = max(headings, key=lambda heading: shares[heading])
        if shares[best] > 2 * shares[headings[0]]:
            return best
    return headings[0] if headings else _least_bad(columns, rows)


def _rank(name: str, misses: int, rows: int) -> tuple[bool, int] | None:
    """How well a column would do, lower is better; None where it would not."""
    is_telling = _is_telling(name)
    if misses > (_TOLERATED * rows if is_telling else 0) or not rows:
        return None
    if name in _NAMES:
        return misses > 0, _NAMES.index(name)
    return misses > 0, len(_NAMES) if is_telling else 2 * len(_NAMES)


def _is_telling(name: str) -> bool:
    return name in _NAMES or _LIKE_AN_ID.search(name) is not None


def _least_bad(columns: Mapping[str, Identities], rows: int) -> str | None:
    """A column with a telling name that at least half of the contacts have to themselves; `id` in any case."""
    telling = [heading for heading in columns if _is_telling(normalise_heading(heading))]
    best = min(telling, key=lambda heading: columns[heading].misses(rows), default=None)
    if best is not None and 2 * columns[best].misses(rows) <= rows:
        return best
    return "id" if "id" in columns else None


def _shares_of_events(headings: list[str], columns: Mapping[str, Identities], events: Rows) -> dict[str, float]:
    """For each column, the share of the events' contacts that stand in it."""
    named: dict[str, set[str]] = {heading: set() for heading in headings}
    for _, event_headings, cells in islice(events.read(ignore_row), _EVENTS_LOOKED_AT):
        normal = [normalise_heading(heading) for heading in event_headings]
        for heading, ids in named.items():
            own = normalise_heading(heading)
            for position, alias in enumerate(normal):
                if alias in _CONTACT_NAMES or (alias == own and own != "id"):
                    ids.add(read_id(cells[position]))
    return {heading: len(ids & columns[heading].ids) / max(1, len(ids)) for heading, ids in named.items()}
