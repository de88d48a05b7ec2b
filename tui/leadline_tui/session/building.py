"""Compiling for a service: what there is to compile to, what changed since the last build, and whether all expectations
hold. The rules are those on disk, as the command line would compile them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import leadline
from leadline_tui.session.effect import Effect, work_out_effect
from leadline_tui.session.memory import Build, last_build, remember_build, sum_of
from leadline_tui.session.scoring import Scored, score_all

if TYPE_CHECKING:
    from leadline.reports.difference import Difference
    from leadline.rules import Model, Report

_TITLES = {
    "json": "JSON: the plan, which leadline itself runs too",
    "python": "Python: a module that needs nothing else",
    "javascript": "JavaScript: an ES module with its types",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Something to compile to; `dialect` is empty for all but SQL."""

    name: str
    dialect: str
    title: str
    suffix: str


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


class BuildError(Exception):
    """A build that cannot be made. `message` is one clause, or several lines of them."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def list_targets() -> tuple[Target, ...]:
    """Everything that rules can be compiled to here."""
    from leadline.compiling import SUFFIXES, TARGETS, list_dialects

    plain = [Target(name, "", _TITLES.get(name, name), SUFFIXES.get(name, "")) for name in TARGETS if name != "sql"]
    return (*plain, *(Target("sql", name, f"SQL for {name}", SUFFIXES["sql"]) for name in list_dialects()))


def propose_output(rules: str, target: Target) -> str:
    """Where a target goes, unless somebody says otherwise: beside the rules, under their name."""
    path = Path(rules)
    return str(path.with_name(f"{path.stem}.plan.json" if target.suffix == ".json" else path.stem + target.suffix))


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


def build(rules: str, prepared: Prepared, target: Target, output: str, at: float) -> Sequence[str]:
    """Compiles and writes, each file in one step; answers the files. `at` is in seconds since 1970. Raises
    BuildError."""
    from leadline.compiling import CompileError, Query, emit, place_files
    from leadline.replacing import replace_file, say_unwritable

    if os.path.realpath(output) == os.path.realpath(rules):
        raise BuildError("that is the rules file itself")
    if os.path.isdir(output):
        raise BuildError(f"{output} is a folder")
    try:
        emitted = emit(target.name, prepared.model, Query(target.dialect or None))
    except CompileError as error:
        raise BuildError("\n".join(error.messages)) from None
    files = place_files(emitted, output)
    for path, text in files:
        try:
            replace_file(path, text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise BuildError(say_unwritable(error, path)) from None
    remember_build(rules, Build(target.name, target.dialect, output, prepared.text, prepared.included, at))
    return [path for path, _ in files]


def command_line(rules: str, target: Target, output: str, has_expectations: bool) -> str:
    """The command that does the same, as it may stand in a script."""
    from leadline.compiling import write_command, write_test_command

    written = write_command(rules, target.name, output, target.dialect or None)
    return f"{write_test_command(rules)} && {written}" if has_expectations else written
