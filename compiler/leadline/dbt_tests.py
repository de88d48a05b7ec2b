"""Unit tests for dbt from sample files."""

from __future__ import annotations

from collections.abc import Iterator

from leadline.readers import Samples
from leadline.sample_runs import run_samples
from leadline_compiler.emit.dbt.unit_tests import UnitTest
from leadline_compiler.model import Model
from leadline_compiler.outcome import Outcome


def unit_tests_of(model: Model, samples: Samples, as_of: int) -> tuple[tuple[UnitTest, ...], tuple[str, ...]]:
    """A test for each contact that expects something, and the contacts whose expectations do not hold.

    A test checks what the file names, no more. `as_of` is the instant of the file, in microseconds.
    """
    run = run_samples(model, samples, as_of)
    failed = tuple(contact.id for contact in run.contacts if contact.failures)
    by_id = {contact.id: contact.outcome for contact in run.contacts}
    tests = []
    for sample in samples.samples:
        outcome = by_id[sample.contact.id]
        if sample.expect and outcome is not None and sample.contact.id not in failed:
            expected = {key: value for key, value in _columns(outcome) if _is_named(key, sample.expect)}
            rules = {rule.rule.name: rule.points for rule in outcome.rules} if "rules" in sample.expect else {}
            tests.append(UnitTest(sample.contact, as_of, {name: value for (_, name), value in expected.items()}, rules))
    return tuple(tests), failed


def _columns(outcome: Outcome) -> Iterator[tuple[tuple[str, str], str | int | None]]:
    """The columns of a result, each with the expectation that names it."""
    yield ("total", "total"), outcome.total
    yield ("status", "status"), outcome.status
    yield ("stage", "stage"), outcome.stage
    for score in outcome.scores:
        yield ("scores", score.score.name), score.points
    for name, letter in outcome.grades:
        yield ("grades", f"grade_{name or 'total'}"), letter


def _is_named(column: tuple[str, str], expect: object) -> bool:
    """Whether an `expect` names a column: by its own key, or inside of `scores` or `grades`."""
    key, name = column
    if not isinstance(expect, dict) or key not in expect:
        return False
    inner = expect[key]
    return name.removeprefix("grade_") in inner if isinstance(inner, dict) else True
