"""What all functions that draw a construct share: the source of chance, the pools, the schema, the tally."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from .constructs import CONSTRUCTS

Item = TypeVar("Item")
KNOWN = frozenset(CONSTRUCTS)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the contact or a property of an event.

    `name` is bare, `written` as it stands in rules, `key` as it stands in data; `kind` is one of text, number, yes/no,
    date, choice, list; `values` are what rules and data draw from.
    """

    name: str
    written: str
    key: str
    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its name in rules, its name in data, its properties."""

    written: str
    key: str
    properties: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A piece of text that stands for a value of a kind, and the literals it is worth comparing with.

    `is_open`: it ends in a `where` without parentheses, so an operator of arithmetic must not follow it.
    """

    text: str
    kind: str
    values: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Pools:
    """The values of one model: what its rules ask for and its data holds."""

    words: tuple[str, ...]
    addresses: tuple[str, ...]
    choices: tuple[str, ...]
    domains: tuple[str, ...]
    numbers: tuple[str, ...]
    days: tuple[str, ...]
    durations: tuple[str, ...]
    changes: tuple[str, ...]
    edges: tuple[datetime, ...]
    as_of: datetime
    zone: ZoneInfo
    is_plain: bool


@dataclass(slots=True)
class Draw:
    """The state of one drawing: statements add what they declare, and every construct tells that it was used."""

    random: Random
    pools: Pools
    used: set[str] = field(default_factory=set)
    fields: tuple[Field, ...] = ()
    events: tuple[Event, ...] = ()
    lists: tuple[str, ...] = ()
    conditions: list[str] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    scores: list[Amount] = field(default_factory=list)
    grades: list[Amount] = field(default_factory=list)
    identifier: tuple[str, ...] = ("id",)
    named: int = 0

    def use(self, construct: str) -> None:
        """Tallies a construct; one that the table does not know is a mistake of the generator."""
        if construct not in KNOWN:
            raise KeyError(construct)
        self.used.add(construct)

    def chance(self, probability: float) -> bool:
        """Whether something that happens with this probability happens."""
        return self.random.random() < probability

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[int(self.random.random() * len(items))]

    def some(self, items: Sequence[Item], least: int, most: int) -> list[Item]:
        """Between `least` and `most` different items, as far as there are so many."""
        return self.random.sample(items, min(len(items), self.random.randint(least, most)))

    def fields_of(self, *kinds: str) -> list[Field]:
        """The contact's fields of these kinds."""
        return [one for one in self.fields if one.kind in kinds]
