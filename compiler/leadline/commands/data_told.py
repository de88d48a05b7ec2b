"""What a command says of the data that it read: what could not be read, and what was passed over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from leadline.commands.talk import say
from leadline.near_columns import propose_column
from leadline.readers import DataReport, Problem
from leadline_compiler.resolve.scope import closest

_SHOWN = 5

_Said: TypeAlias = tuple[Literal["warning", "note"], str, tuple[str, ...]]
"""How grave it is, what it is, and lines that may stand below it."""


def tell_data(reports: Mapping[str, DataReport], declared_events: Collection[str], all_bad: str) -> None:
    """Says on standard error what is to be said of the data, by the models of a run: once what holds for them all.

    `declared_events` are those of all models: an event of one of them is no slip of the pen. `all_bad` says where
    all that is bad is to be found.
    """
    whose: dict[_Said, list[str]] = {}
    for model, report in reports.items():
        for said in _said_of(report, declared_events, all_bad):
            whose.setdefault(said, []).append(model)
    told: set[str] = set()
    for (kind, what, below), models in sorted(whose.items(), key=lambda item: item[0][0] == "note"):
        of_models = "" if len(models) == len(reports) else f"for {' and '.join(models)}: "
        say(f"{kind}: {of_models}{what}")
        for line in [line for line in dict.fromkeys(below) if line not in told][:_SHOWN]:
            say(f"  {line}")
        told.update(below)


def _said_of(report: DataReport, declared_events: Collection[str], all_bad: str) -> Iterator[_Said]:
    if not report.contacts:
        yield "warning", "there was no contact to score", ()
    if not report.is_clean:
        values = f"{_count(report.bad_values, 'bad value')} (counted as missing)" if report.bad_values else ""
        rows = f"{_count(report.bad_rows, 'bad row')} (left out)" if report.bad_rows else ""
        first = tuple(map(describe_problem, report.problems))
        yield "warning", f"{' and '.join(filter(None, (values, rows)))}; {all_bad}", first
    undeclared = [(name, times) for name, times in report.undeclared_events.items() if name not in declared_events]
    if undeclared:
        named = _some_counts(undeclared, declared_events)
        yield "note", f"events that no line of the model declares: {named}", ()
    for note in _notes_of_missing(report):
        yield "note", note, ()


def _notes_of_missing(report: DataReport) -> Iterator[str]:
    """One note for the contacts and one for each event, however many of their columns are missing."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for missing in report.missing_columns:
        heading = f'"{missing.heading}"' if missing.heading != missing.field else ""
        near = propose_column(missing, report.unused_columns)
        aside = ", ".join(filter(None, (heading, near and f'perhaps "{near}"')))
        named = f"`{missing.field}` ({aside})" if aside else f"`{missing.field}`"
        found.setdefault((missing.file, missing.event), []).append(named)
    for (file, event), fields in found.items():
        yield f"{file} has no column for {', '.join(fields)}{f' of `{event}`' if event else ''}"


def describe_problem(problem: Problem) -> str:
    """A problem on one line: where, what, whose."""
    line = f":{problem.line}" if problem.line else ""
    column = f" {problem.column}" if problem.column else ""
    return f"{problem.file}{line}{column}: {problem.said}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _some_counts(counts: Sequence[tuple[str, int]], declared: Collection[str]) -> str:
    near = {name: closest(name, declared) for name, _ in counts[:_SHOWN]}
    hints = {name: f"; did you mean `{close}`?" if close else "" for name, close in near.items()}
    shown = ", ".join(f"{name} ({number:,}{hints[name]})" for name, number in counts[:_SHOWN])
    return shown + (f" and {len(counts) - _SHOWN} more" if len(counts) > _SHOWN else "")
