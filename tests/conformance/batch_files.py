"""What the batch engine tells of files, beside what the contact-by-contact one tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.data_files import Files
from conformance.drawn_cases import Case
from leadline.batch.objects import result_objects
from leadline.batch.run import BatchRun
from leadline.readers import DataError, DataReport, Problem, read_contacts
from leadline_compiler.execute import build_executor, result_of_plan

Told = tuple[list[dict[str, Any]], DataReport, list[Problem]] | str
"""Results, report and all problems; or why the data cannot be read."""


def by_batch(case: Case, files: Files, *, workers: int = 1, tells_rules: bool = True) -> Told:
    problems: list[Problem] = []
    as_of = case.instant
    try:
        with BatchRun(
            case.plan,
            *files,
            as_of=as_of,
            default_as_of=as_of,
            on_problem=problems.append,
            tells_rules=tells_rules,
            workers=workers,
        ) as run:
            results = [result for block in run for result in result_objects(case.plan, block, as_of)]
            return results, run.report, problems
    except DataError as error:
        return str(error)


def one_by_one(case: Case, files: Files) -> Told:
    problems: list[Problem] = []
    as_of = case.instant
    execute = build_executor(case.plan)
    try:
        with read_contacts(case.plan.schema, *files, as_of=as_of, on_problem=problems.append) as stream:
            results = [result_of_plan(case.plan, execute(contact, as_of)) for contact in stream]
            return results, stream.report, problems
    except DataError as error:
        return str(error)


def differences_of_files(name: str, case: Case, files: Files, *, tells_rules: bool = True) -> Iterator[str]:
    """A line where the two do not tell the same; without rules they need only give the same results."""
    told, expected = by_batch(case, files, tells_rules=tells_rules), one_by_one(case, files)
    if told != expected if tells_rules else without_rules(told) != without_rules(expected):
        yield f"{name}{'' if tells_rules else ', without rules'}: {told} instead of {expected}"


def without_rules(told: Told) -> list[Mapping[str, Any]] | str:
    return told if isinstance(told, str) else [{**result, "rules": []} for result in told[0]]
