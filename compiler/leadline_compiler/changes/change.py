"""A change as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

ChangeKind: TypeAlias = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that is other than before: `points`, `+5`, `+8`. None is for what was not there, or no longer is."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """Something added, removed or changed.

    `noun` is what it is in the language (`rule`, `group`, `stage`, `define`, …), `where` the score and group that a
    rule stands in, `before` and `after` the lines of the two files (None where it does not stand). `matters` is
    whether a score, status, grade or stage may come out otherwise by it.
    """

    kind: ChangeKind
    noun: str
    name: str
    details: tuple[Detail, ...]
    where: str = ""
    before: int | None = None
    after: int | None = None
    matters: bool = True
