"""Compiling for a service: what there is to compile to, what changed since the last build, and whether all expectations
hold. The rules are those on disk, as the command line would compile them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import leadline
from leadline_tui.session.effect import Effect, work_out_effect
from leadline_tui.session.memory import Build, last_build, remember_build, sum_of
from leadline_tui.session.scoring import Scored, score_all
from leadline_tui.session.targets import Order, OrderError, query_of, refuse_place

if TYPE_CHECKING:
    from leadline.reports.difference import Difference
    from leadline.rules import Model, Report


@dataclass(frozen=True, slots=True)
class Expectations:
    """How many expectations there are and how many of them hold; `said` are those that do not."""

    count: int
    failed: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is told before a build. `since` is None where nothing was built yet, or what was cannot be read any more."""

    model: Model = field(repr=False)
    expectations: Expectations
    last: Build | None
    since: Difference | None
    has_other_includes: bool
    effect: Effect | None
    text: str = field(repr=False)
    included: str
    files: tuple[str, ...] = field(default=(), repr=False)
    """The names of all files that were read for the rules."""


class BuildError(Exception):
    """A build that cannot be made. `message` is one clause, or several lines of them."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def prepare_build(rules: str, scored: Scored | None, now: int) -> Prepared:
    """Reads the rules from disk, runs the expectations beside them, and compares with the last build. `now` is in
    microseconds. Raises BuildError for rules that cannot be scored."""
    from leadline.sources import RulesError

    try:
        report = leadline.read_rules(rules)
    except RulesError as error:
        raise BuildError(error.message) from None
    if report.model is None:
        raise BuildError("the rules have errors")
    last, included = last_build(rules), _included(report)
    old = leadline.check(last.text, rules).model if last is not None else None
    since = None
    if old is not None:
        from leadline.reports.difference import compare_rules

        since = compare_rules("the last build", rules, old, report.model)
    return Prepared(
        report.model,
        _run_expectations(rules, report.model, now),
        last,
        since,
        last is not None and last.included != included,
        _effect(old, scored) if old is not None and scored is not None else None,
        next(iter(report.sources.values())).text,
        included,
        report.files,
    )


def _included(report: Report) -> str:
    """A sum of all texts but the first, which are those that it includes."""
    return sum_of([source.text for source in list(report.sources.values())[1:]])


def _effect(old: Model, scored: Scored) -> Effect | None:
    """What the rules do to the contacts, compared with the last build."""
    from leadline.scorer import Scorer

    if old.schema != scored.contacts.schema:
        return None
    scorer = Scorer(old)
    standings = score_all(scorer, scored.contacts, {}, lambda: True)
    return None if standings is None else work_out_effect(scored, Scored(scored.contacts, standings, old, scorer))


def _run_expectations(rules: str, model: Model, now: int) -> Expectations:
    from leadline.readers import DataError, read_samples
    from leadline.sample_runs import find_samples, run_samples

    count, said = 0, []
    for path in find_samples(rules):
        name = os.path.basename(path)
        try:
            samples = read_samples(model.schema, path, default_as_of=now)
        except DataError as error:
            count += 1
            said.append(str(error))
            continue
        run = run_samples(model, samples, now if samples.as_of is None else samples.as_of)
        count += run.expectations
        said += [
            f"{name}:{contact.line}: {contact.id}: {failure.message}"
            for contact in run.contacts
            for failure in contact.failures
        ]
    return Expectations(count, len(said), tuple(said))


def build(rules: str, prepared: Prepared, order: Order, at: float) -> Sequence[str]:
    """Compiles and writes, each file in one step; answers the files, or the folder of a project. `at` is in seconds
    since 1970. Raises BuildError."""
    from leadline.destinations import find_taken
    from leadline.replacing import replace_file, say_unwritable

    target, output = order.target, order.output
    files = _emit(rules, prepared.model, order, int(at * 1_000_000))
    taken = find_taken([path for path, _ in files], prepared.files)
    if taken is not None:
        raise BuildError(f"{taken} is read for the rules, or written twice")
    for path, text in files:
        try:
            if target.is_folder:
                os.makedirs(os.path.dirname(path), exist_ok=True)
            replace_file(path, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise BuildError(say_unwritable(error, path)) from None
    kept = {**order.details, "by_rule": "yes" if target.by_rule else ""}
    remember_build(rules, Build(target.name, order.engine, output, prepared.text, prepared.included, at, kept))
    return [output] if target.is_folder else [path for path, _ in files]


def _emit(rules: str, model: Model, order: Order, now: int) -> Sequence[tuple[str, str]]:
    from leadline.compiling import CompileError, emit, emit_project, place_files
    from leadline.readers import DataError

    try:
        refuse_place(rules, order)
        query = query_of(order, model)
        if order.target.is_folder:
            project = emit_project(rules, model, query, now)
            return [(os.path.join(order.output, path), text) for path, text in project.items()]
        return place_files(emit(order.target.name, model, query), order.output)
    except OrderError as error:
        raise BuildError(error.message) from None
    except CompileError as error:
        raise BuildError("\n".join(error.messages)) from None
    except DataError as error:
        raise BuildError(str(error)) from None
