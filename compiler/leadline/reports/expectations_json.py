"""What came of the expectations, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leadline.expectations import Failure, fired_rules
from leadline.sample_runs import ContactRun, SampleRun
from leadline_compiler.result import points_value


def expectations_json(rules: str, runs: Sequence[SampleRun]) -> dict[str, Any]:
    """One object: the counts, then every contact with its failures.

    `passed`, `failed` and `skipped` count contacts, `expectations` the single expectations. A contact of which nothing
    is expected is skipped, and whether it has passed is null. Numbers may be Decimals.
    """
    contacts = [_contact(run.file, contact) for run in runs for contact in run.contacts]
    passed = [contact["passed"] for contact in contacts]
    return {
        "rules": rules,
        "passed": passed.count(True),
        "failed": passed.count(False),
        "skipped": passed.count(None),
        "expectations": {
            "held": sum(run.expectations - run.failures for run in runs),
            "failed": sum(run.failures for run in runs),
        },
        "contacts": contacts,
    }


def _contact(file: str, contact: ContactRun) -> dict[str, Any]:
    found: dict[str, Any] = {
        "file": file,
        "line": contact.line,
        "id": contact.id,
        "passed": not contact.failures if contact.comparison is not None else None,
        "expectations": contact.expectations,
        "failures": [_failure(failure) for failure in contact.failures],
    }
    if contact.failures and contact.outcome is not None:
        found["fired"] = [
            {
                "rule": rule.rule.name,
                "points": points_value(rule.points),
                "file": rule.rule.place.file,
                "line": rule.rule.line,
            }
            for rule in fired_rules(contact.outcome)
        ]
    return found


def _failure(failure: Failure) -> dict[str, Any]:
    found: dict[str, Any] = {"what": failure.what}
    if failure.name is not None:
        found["name"] = failure.name
    found |= {"expected": failure.expected, "got": failure.got, "message": failure.message}
    if failure.file is not None:
        found |= {"file": failure.file, "line": failure.line}
    return found
