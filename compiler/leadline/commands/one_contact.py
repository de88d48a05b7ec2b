"""The contact that a command is asked about, and what of the data concerns it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import click

from leadline.commands.data_sources import called
from leadline.commands.reading import Reading
from leadline.readers import BAD_ROW, BAD_VALUE, DataReport, Problem
from leadline.readers.problems import SHOWN
from leadline.render.printable import as_typed
from leadline_compiler.contacts import Contact
from leadline_compiler.resolve.scope import closest
from leadline_compiler.schema import Schema

_KEPT = 5000
"""Ids that are kept while looking, to propose the nearest."""


def read_contact(reading: Reading, schema: Schema, as_of: str | None, id_: str) -> tuple[Contact, int]:
    """The contact of a run that has an id, as it was typed, and the instant. Raises a usage error where none has.

    The data are read to their end, and what is wrong with the contact, or with rows that could be given to nobody,
    is said on standard error.
    """
    wanted = as_typed(id_).strip()
    concern = _Concern(wanted)
    found: tuple[Contact, int] | None = None
    seen: list[str] = []
    model = reading.models[0]
    with reading:
        stream = reading.open(model, schema, as_of, concern.note)
        for contact, instant in reading.contacts_of(model, stream):
            if contact.id == wanted:
                found = contact, instant
            elif len(seen) < _KEPT:
                seen.append(contact.id)
    reading.tell(concern.narrow)
    if found is None:
        raise click.BadParameter(_no_such(wanted, seen, called(reading.contacts)), param_hint="--id")
    return found


def _no_such(wanted: str, seen: Sequence[str], file: str) -> str:
    close = closest(wanted, seen)
    hint = f"did you mean {close}?" if close else f"the first one is {seen[0]}" if seen else "it has no contacts"
    return f"{file} has no contact {wanted}; {hint}"


@dataclass(slots=True)
class _Concern:
    """The problems of one contact, and of rows that could be given to nobody: one of those may be its own."""

    contact: str
    counts: Counter[str] = field(default_factory=Counter)
    own: list[Problem] = field(default_factory=list)
    nobodys: list[Problem] = field(default_factory=list)

    def note(self, problem: Problem) -> None:
        """Takes note of a problem of the data, if it is a concern."""
        is_own = problem.contact == self.contact
        if not is_own and not problem.is_nobodys:
            return
        self.counts[problem.name] += 1
        kept = self.own if is_own else self.nobodys
        if len(kept) < SHOWN:
            kept.append(problem)

    def narrow(self, report: DataReport) -> DataReport:
        """The report of the data with these problems only, those of the contact first."""
        bad_values, bad_rows = self.counts[BAD_VALUE], self.counts[BAD_ROW]
        return replace(report, bad_values=bad_values, bad_rows=bad_rows, problems=(*self.own, *self.nobodys))


def change_contact(contact: Contact, as_of: int, changes: Sequence[str], schema: Schema) -> tuple[Contact, int]:
    """The contact and the instant after what `--what-if` asks for. Raises a usage error for what cannot be done."""
    if not changes:
        return contact, as_of
    from leadline.what_if import ChangeError, case_of, change_case

    case = case_of(contact, as_of)
    for change in map(as_typed, changes):
        try:
            case = change_case(case, change, schema)
        except ChangeError as error:
            raise click.BadParameter(f"{change!r}: {error.message}", param_hint="--what-if") from None
    return case.contact, case.as_of
