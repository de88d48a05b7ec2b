"""The cheapest solution of a constraint model of which the interpreter confirms a contact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from leadline_compiler.analysis.solve.asking import Answer
from leadline_compiler.analysis.solve.building import Literal
from leadline_compiler.analysis.solve.reading import Solution
from leadline_compiler.contacts import Contact
from leadline_compiler.ways.way import NOTHING, Cost

_MOST_TRIED = 16
"""Contacts of one solution that are tried."""

Shows = Callable[[Contact], bool]


@dataclass(frozen=True, slots=True)
class Searched:
    """`contact` is the cheapest that was confirmed, None where none was; none costs less than `least`.

    `is_none`: it is proved that there is no such contact at all.
    """

    contact: Contact | None
    least: Cost
    is_none: bool = False
    is_spent: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """How one constraint model is searched.

    `cheapest` gives the cheapest solution of what is required, and what is proved of the cost of any; `contacts` are
    those that a solution describes, and `unlike` asks for another one. `most` solutions are looked at.
    """

    cheapest: Callable[[Sequence[Literal]], tuple[Answer, Cost]]
    contacts: Callable[[Solution], Iterator[Contact]]
    unlike: Callable[[Solution], Literal]
    most: int

    def run(self, wanted: Sequence[Literal], shows: Shows) -> Searched:
        """The cheapest contact that shows it, among the solutions of what is wanted."""
        required = list(wanted)
        least, spent = NOTHING, False
        for number in range(self.most):
            answer, cost = self.cheapest(required)
            if number == 0:
                if answer.kind == "none":
                    return Searched(None, least, is_none=True)
                least = cost
            spent = spent or answer.kind == "unknown"
            if answer.solution is None:
                break
            tried = islice(self.contacts(answer.solution), _MOST_TRIED)
            contact = next((one for one in tried if shows(one)), None)
            if contact is not None:
                return Searched(contact, least, is_spent=spent)
            required.append(self.unlike(answer.solution))
        return Searched(None, least, is_spent=spent)
