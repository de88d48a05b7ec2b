"""What came of the expectations, for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leadline.expectations import fired_rules
from leadline.render.printable import printable
from leadline.sample_runs import ContactRun, SampleRun
from leadline_compiler.numbers import write_points
from leadline_compiler.outcome import Outcome, RuleOutcome

if TYPE_CHECKING:
    from rich.console import Console


def print_expectations(runs: Sequence[SampleRun], console: Console) -> None:
    """A line for every file, below it the contacts whose expectations do not hold.

    A last line sums it up, unless nothing at all is expected.
    """
    for run in runs:
        _print(console, _file_line(run), "red" if run.failures else "green" if run.expectations else "yellow")
        for contact in run.contacts:
            if contact.failures:
                head, *rest = contact_lines(run.file, contact)
                _print(console, f"\n{head}", "bold")
                _print(console, "\n".join(rest))
        if run.failures:
            _print(console, "")
    if any(run.expectations for run in runs):
        failures = sum(run.failures for run in runs)
        _print(console, _summary(runs, failures), "bold red" if failures else "bold green")


def contact_lines(file: str, contact: ContactRun) -> list[str]:
    """Where the contact stands, then what of it differs, and the rules that fired where one of them is to blame."""
    lines = [f"{printable(file)}:{contact.line}: {printable(contact.id) or 'a contact without an id'}"]
    for failure in contact.failures:
        where = f"  ({printable(failure.file)}:{failure.line})" if failure.file is not None else ""
        lines.append(f"  {printable(failure.message)}{where}")
    if contact.comparison is not None and contact.comparison.wants_rules_shown and contact.outcome is not None:
        lines += _fired_lines(contact.outcome)
    return lines


def _fired_lines(outcome: Outcome) -> list[str]:
    """The rules that gave points, largest first, then what bounds and decays of scores took or added."""
    from leadline.reports.explain import explain_outcome

    rows = [(rule.points, rule.rule.name, f"{rule.score}, {_place(rule)}") for rule in fired_rules(outcome)]
    if not rows:
        return ["    no rule gave points"]
    rows += [(cut.points, cut.name, cut.said) for cut in explain_outcome(outcome).cuts]
    points = [f"{'+' if amount >= 0 else ''}{write_points(amount)}" for amount, _, _ in rows]
    names = [printable(name) for _, name, _ in rows]
    wide, wider = max(map(len, points)), max(map(len, names))
    return [
        f"    {amount:>{wide}}  {name:<{wider}}  {printable(said)}"
        for amount, name, (_, _, said) in zip(points, names, rows, strict=True)
    ]


def _place(rule: RuleOutcome) -> str:
    return f"{rule.rule.place.file}:{rule.rule.line}"


def _file_line(run: SampleRun) -> str:
    """What came of a file; its contacts are those of which something is expected, as in the summary."""
    silent = sum(contact.comparison is None for contact in run.contacts)
    tested = len(run.contacts) - silent if run.expectations else len(run.contacts)
    said = f"{printable(run.file)}: {_count(tested, 'contact')}, "
    if not run.expectations:
        return said + ("nothing is expected of them" if run.contacts else "so nothing to test")
    if run.failures:
        said += f"{run.failures} of {_count(run.expectations, 'expectation')} {_do(run.failures)} not hold"
    else:
        said += f"{_count(run.expectations, 'expectation')} {'holds' if run.expectations == 1 else 'hold'}"
    return said + (f"; {_count(silent, 'contact')} without `expect`" if silent else "")


def _summary(runs: Sequence[SampleRun], failures: int) -> str:
    contacts = sum(contact.comparison is not None for run in runs for contact in run.contacts)
    expectations = sum(run.expectations for run in runs)
    whole = f"{_count(expectations, 'expectation')} of {_count(contacts, 'contact')}"
    if failures:
        return f"{failures} of {whole} {_do(failures)} not hold"
    return f"{whole} {'holds' if expectations == 1 else 'hold'}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _do(number: int) -> str:
    return "does" if number == 1 else "do"


def _print(console: Console, text: str, style: str = "") -> None:
    console.print(text, style=style, soft_wrap=True)
