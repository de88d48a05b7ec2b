"""How a query counts events and adds up rules: densely, with a column for each, or sparsely, with rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from sqlglot import exp

from leadline_compiler.emit.sql.expressions import NamedQuery, Sql
from leadline_compiler.emit.sql.tables import Reading


class Form(Protocol):
    """What the rest of the emitter asks of a form.

    Rows of events are those of `build.seen`, rows of contacts those of `build.facts`.
    """

    @property
    def contact_readings(self) -> list[Reading]:
        """Readings of the rows of contacts, besides that of `build.people`."""
        ...

    @property
    def raw_columns(self) -> list[str]:
        """Columns of the rows of contacts that `build.people` keeps as they are."""
        ...

    def holds(self, occurrence: int) -> Sql:
        """Whether a row of events is one that the occurrence means."""
        ...

    def alike(self, occurrence: int) -> list[Sql]:
        """What the rows of a contact's events that the occurrence means have in common."""
        ...

    def count(self, occurrence: int) -> Sql:
        """How many events of a contact the occurrence means."""
        ...

    def newest(self, occurrence: int) -> Sql:
        """The moment of the newest of them, NULL where there is none."""
        ...

    def oldest(self, occurrence: int) -> Sql: ...

    def truth(self, condition: int) -> Sql | None:
        """Whether a condition holds for a contact, where the form knows it without asking for its parts."""
        ...

    def take_rule(self, index: int) -> None:
        """Takes in the points of a rule."""
        ...

    def end_rules(self) -> None:
        """Called once all rules have been taken in."""
        ...

    def points_of_group(self, index: int) -> list[Sql]:
        """The terms of a group's sum, as columns and numbers; none where it has no rules."""
        ...

    def close(self) -> None:
        """Called once all that reads events has been asked for."""
        ...

    @property
    def barriers(self) -> frozenset[str]:
        """Steps that an engine shall work out before it joins them with others."""
        ...

    def steps(self) -> Iterator[NamedQuery]:
        """The queries from the contacts (`build.people`) to their facts."""
        ...

    def explained(self) -> exp.Query:
        """One row for each contact and rule."""
        ...
