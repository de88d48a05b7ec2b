"""Checks of a resolved rules file: one file a check, whose docstring is its page in the documentation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from leadline_compiler.checks import (
    gap_in_rows,
    mixed_and_or,
    overlapping_rows,
    stale_review,
    unused_define,
    unused_event,
    unused_field,
    unused_list,
)
from leadline_compiler.checks.allow import silence, stops_scoring
from leadline_compiler.checks.facts import Check, Facts
from leadline_compiler.resolve import Resolution
from leadline_dsl.codes import CODES
from leadline_dsl.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from leadline_compiler.analysis.solve.prover import Search

__all__ = ["CHECKS", "LOGIC", "module_of", "run_checks", "silence", "stops_scoring"]

CHECKS: dict[str, Check] = {
    "mixed-and-or": mixed_and_or.check,
    "overlapping-rows": overlapping_rows.check,
    "gap-in-rows": gap_in_rows.check,
    "unused-define": unused_define.check,
    "unused-list": unused_list.check,
    "unused-field": unused_field.check,
    "unused-event": unused_event.check,
    "stale-review": stale_review.check,
}


LOGIC = tuple(name for name, code in CODES.items() if code.number.startswith("LL3"))
"""The checks that prove something of all contacts; each is a module like the others, loaded when it is run."""

MOST_OF_A_KIND = 10
"""Findings of one logic check that are listed."""


def module_of(name: str) -> str:
    """The module of a check."""
    return f"{__name__}.{name.replace('-', '_')}"


def run_checks(
    resolution: Resolution, as_of: int, *, logic: bool = False, search: Search = "short", exactly: bool = False
) -> tuple[Diagnostic, ...]:
    """All findings of a rules file, as of an instant in microseconds, in the order of its files and lines.

    `logic`: whether proofs are sought too, where no error keeps the file from being scored; `search`: how long the
    solver may search for what nothing else decides; `exactly`: not as of the end of the instant's day.
    """
    facts = Facts(resolution, as_of, search, exactly)
    found = [*resolution.diagnostics, *(finding for check in CHECKS.values() for finding in check(facts))]
    ran = [name for name, code in CODES.items() if code.number < "LL3"] + list(CHECKS)
    if logic and not any(map(stops_scoring, found)):
        proved = list(_prove(facts))
        found += proved
        # Where something was not decided, an allow may be for what a longer search, or the solver, would find.
        ran += () if any(item.name == "undecided" for item in proved) else LOGIC
    left = _few_of_a_kind(silence(found, resolution.documents.values(), ran))
    order = {name: index for index, name in enumerate(resolution.documents)}
    return _at_most(sorted(left, key=lambda item: (order.get(item.file, -1), item.span, item.name)))


MOST_FINDINGS = 5_000
"""Findings that are listed; a file with more of them is no rules file, or has one cause for them all."""


def _prove(facts: Facts) -> Iterator[Diagnostic]:
    for name in LOGIC:
        yield from import_module(module_of(name)).check(facts)


def _few_of_a_kind(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Of each logic check the first findings; the last of them says how many more there are."""
    kinds: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for item in found:
        kinds[item.name].append(item)
    for name, several in kinds.items():
        more = len(several) - MOST_OF_A_KIND
        if name not in LOGIC or more <= 0:
            yield from several
            continue
        yield from several[: MOST_OF_A_KIND - 1]
        last = several[MOST_OF_A_KIND - 1]
        yield replace(last, message=f"{last.message} (and {more} more of this kind)")


def _at_most(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in their order; of too many the gravest, and the first that is left out speaks for the rest."""
    if len(found) <= MOST_FINDINGS:
        return tuple(found)
    gravest = sorted(found, key=lambda item: _GRAVITY.index(item.severity))
    listed, rest = set(map(id, gravest[:MOST_FINDINGS])), gravest[MOST_FINDINGS:]
    message = f"{rest[0].message}; this and {len(rest) - 1:,} more findings are not listed"
    last = replace(rest[0], message=message, edits=())
    return (*(item for item in found if id(item) in listed), last)


_GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.INFO)
