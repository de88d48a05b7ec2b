"""Which column tells the contacts apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from leadline.inference.guess import LeftOut
from leadline.readers.contact_rows import read_id
from leadline.readers.headings import normalise_heading
from leadline.readers.rows import Rows, ignore_row

_NAMES = (
    *("id", "record_id", "contact_id", "lead_id", "person_id", "prospect_id", "user_id", "customer_id", "member_id"),
    *("hs_object_id", "vid", "uuid", "guid", "email", "email_address", "e_mail", "mail"),
)
_LIKE_AN_ID = re.compile(r"(?:^|_)(?:id|uuid|guid|key|no|nr|number|email|mail)$")
_TOLERATED = 0.02
"""The share of contacts that an identifier with a telling name may repeat or lack and be as good as any."""
_BORNE = 0.5
"""The share that it may repeat or lack and still be better than a column whose name tells nothing."""
_NO_ID = re.compile(
    r"(?:^|_)(?:name|firstname|lastname|surname|title|phone|mobile|fax|address|street|house|url|website|linkedin"
    r"|company|organi[sz]ation|description|comments?|notes?|message|date|at|on|time|score|points|revenue|amount|employees"
    r"|age|count|visits|views)(?:_|$)"
)
"""Columns that hold something else, though each of their values may stand there once."""
_EVENTS_LOOKED_AT = 5_000
_CONTACT_NAMES = ("contact", "contact_id", "lead_id", "person_id")


class Identities:
    """The different ids in a column; given up at the first repetition where the heading does not promise ids."""

    def __init__(self, heading: str) -> None:
        self.ids: set[str] = set()
        self.empty = 0
        self.repeated = 0
        self.name = normalise_heading(heading)
        self._is_given_up = False

    def add(self, raw: Any) -> None:
        """Takes a value into account."""
        if self._is_given_up:
            return
        contact = read_id(raw)
        if contact and contact not in self.ids:
            self.ids.add(contact)
        elif not _is_telling(self.name):
            self._is_given_up = True
            self.ids = set()
        elif contact:
            self.repeated += 1
        else:
            self.empty += 1

    def misses(self, rows: int) -> int:
        """The contacts without an id of their own."""
        return rows - len(self.ids)

    def say_misses(self) -> str:
        """`2 are empty and 1 repeats another`, of a column with a telling name."""
        empty = f"{self.empty:,} {'is' if self.empty == 1 else 'are'} empty"
        repeated = f"{self.repeated:,} repeat{'s another' if self.repeated == 1 else ' others'}"
        return " and ".join([*([empty] if self.empty else []), *([repeated] if self.repeated else [])])


@dataclass(frozen=True, slots=True)
class Choice:
    """The heading of the column that identifies contacts, None where none does.

    `passed_over` are the columns whose name promises more, each with why it is not the one.
    """

    heading: str | None
    passed_over: tuple[LeftOut, ...] = ()


def choose_identifier(columns: Mapping[str, Identities], rows: int, events: Rows | None) -> Choice:
    """The column that identifies contacts.

    A telling name counts most, unless more contacts lack a value of their own than can be borne; then that each
    value stands there once. Where the events name their contacts by another column than that, it is the events' one.
    """
    ranked = []
    for position, (heading, identities) in enumerate(columns.items()):
        rank = _rank(identities.name, identities.misses(rows), rows)
        if rank is not None:
            ranked.append((rank, position, heading))
    headings = [heading for _, _, heading in sorted(ranked)]
    if not headings:
        return Choice("id" if "id" in columns else None)
    chosen = headings[0]
    if events is not None and len(headings) > 1:
        shares = _shares_of_events(headings, columns, events)
        best = max(headings, key=lambda heading: shares[heading])
        chosen = best if shares[best] > 2 * shares[chosen] else chosen
    return Choice(chosen, tuple(_passed_over(chosen, columns, headings, rows)))


def _passed_over(
    chosen: str, columns: Mapping[str, Identities], headings: Sequence[str], rows: int
) -> Iterator[LeftOut]:
    promise = _promise(columns[chosen].name)
    for heading, identities in columns.items():
        if _promise(identities.name) < min(promise, len(_NAMES)):
            if heading in headings and headings.index(heading) < headings.index(chosen):
                yield LeftOut(heading, f"the events name their contacts by {chosen}")
            elif rows:
                yield LeftOut(heading, f"of its {rows:,} values {identities.say_misses()}")


def _promise(name: str) -> int:
    """How much a name promises to identify, lower is more."""
    return _NAMES.index(name) if name in _NAMES else len(_NAMES) + (not _is_telling(name))


def _rank(name: str, misses: int, rows: int) -> tuple[int, int, int] | None:
    """How well a column would do, lower is better; None where it would not."""
    promise = _promise(name)
    if misses <= (_TOLERATED * rows if _is_telling(name) else 0):
        # A number or a person's name may well be different in each of a few contacts, and is no id.
        is_by_chance = not _is_telling(name) and (not rows or _NO_ID.search(name) is not None)
        return None if is_by_chance else (0 if _is_telling(name) else 2, promise, misses)
    if not _is_telling(name) or misses > _BORNE * rows:
        return None
    return (1 if name in _NAMES else 3, misses, promise)


def _is_telling(name: str) -> bool:
    return name in _NAMES or (_LIKE_AN_ID.search(name) is not None and _NO_ID.search(name) is None)


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
