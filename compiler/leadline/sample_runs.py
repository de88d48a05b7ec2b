"""Sample files run against a model: every contact scored, and compared with what its `expect` says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leadline.expectations import Comparison, Failure, compare
from leadline.readers import BAD_ROW, Problem, Samples
from leadline.readers.event_names import EventNames
from leadline.readers.headings import Wanted, match_headings
from leadline.readers.records import EVENT_NAMES, record_row, unfold_event
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.outcome import Outcome
from leadline_compiler.resolve.scope import closest
from leadline_compiler.schema import Schema

_NOT_FIELDS = ("events", "expect")


@dataclass(frozen=True, slots=True)
class ContactRun:
    """A sample contact: its outcome (None where the contact was refused) and its expectations (None: it has none)."""

    id: str
    line: int
    outcome: Outcome | None
    comparison: Comparison | None

    @property
    def failures(self) -> tuple[Failure, ...]:
        return self.comparison.failures if self.comparison is not None else ()

    @property
    def expectations(self) -> int:
        return self.comparison.count if self.comparison is not None else 0


@dataclass(frozen=True, slots=True)
class SampleRun:
    """A sample file: its contacts in order, and what is odd about it though no expectation fails by it."""

    file: str
    contacts: tuple[ContactRun, ...]
    warnings: tuple[str, ...]

    @property
    def expectations(self) -> int:
        return sum(contact.expectations for contact in self.contacts)

    @property
    def failures(self) -> int:
        return sum(len(contact.failures) for contact in self.contacts)


def find_samples(rules: str) -> list[str]:
    """The `*.yaml` files beside the rules, by name; hidden ones belong to other tools."""
    folder = Path(rules).parent if rules != "-" else Path()
    return sorted(str(path) for path in folder.glob("*.yaml") if not path.name.startswith(".") and path.is_file())


def run_samples(model: Model, samples: Samples, as_of: int) -> SampleRun:
    """Scores the contacts of a sample file as of an instant (microseconds) and compares them with what is expected.

    Bad values, and names that the model does not declare, become warnings with their place. A contact that could
    not be taken (a second one with the same id, one without an id) fails if it has expectations.
    """
    runs = [
        ContactRun(
            sample.contact.id,
            sample.line,
            outcome := interpret(model, sample.contact, as_of),
            compare(outcome, sample.expect) if sample.expect else None,
        )
        for sample in samples.samples
    ]
    of_samples = {id(problem) for sample in samples.samples for problem in sample.problems}
    warnings = []
    for problem in samples.problems:
        if problem.name == BAD_ROW and id(problem) not in of_samples and _expects_something(problem):
            failure = Failure("contact", None, None, None, problem.message, is_mistake=True)
            runs.append(ContactRun(problem.contact, problem.line or 1, None, Comparison(1, (failure,))))
        else:
            warnings.append(f"{problem.file}:{problem.line}: {_said(problem)}")
    runs.sort(key=lambda run: run.line)
    return SampleRun(samples.file, tuple(runs), (*warnings, *_undeclared(model.schema, samples)))


def _expects_something(problem: Problem) -> bool:
    """Whether the contact that a problem is about has an `expect`; its raw text is the contact as JSON."""
    try:
        raw = json.loads(problem.raw)
    except ValueError:
        return False
    return isinstance(raw, Mapping) and bool(raw.get("expect"))


def _said(problem: Problem) -> str:
    where = f"{problem.column}: " if problem.column else ""
    whose = f" (contact {problem.contact})" if problem.contact else ""
    then = "is left out" if problem.name == BAD_ROW else "counts as missing"
    return f"{where}{problem.message}; it {then}{whose}"


def _undeclared(schema: Schema, samples: Samples) -> Iterator[str]:
    """Keys and events of the samples that the model does not declare, each once: they may be slips of the pen."""
    seen: set[tuple[str, str]] = set()
    events = EventNames(schema.events)
    for sample in samples.samples:
        found = [("field", name) for name in _unknown_fields(schema, sample.raw)]
        found += [("event", name) for name in _unknown_events(events, sample.raw.get("events"))]
        for noun, name in found:
            if (noun, name) not in seen:
                seen.add((noun, name))
                known = [item.name for item in (schema.fields if noun == "field" else schema.events)]
                close = closest(name, known)
                hint = f"; did you mean `{close}`?" if close else ""
                yield f"{samples.file}:{sample.line}: the model has no {noun} `{name}`{hint}"


def _unknown_fields(schema: Schema, raw: Mapping[str, Any]) -> Iterator[str]:
    declared = {field.name: field.heading for field in schema.fields}
    wanted = [Wanted(name, heading) for name, heading in declared.items()]
    if schema.identifier not in declared:
        wanted.append(Wanted(schema.identifier))
    _, headings, _ = record_row(None, raw)
    taken = set(match_headings(wanted, headings).positions.values())
    for position, heading in enumerate(headings):
        if position not in taken and heading not in _NOT_FIELDS:
            yield heading


def _unknown_events(names: EventNames, raw_events: Any) -> Iterator[str]:
    if not isinstance(raw_events, list):
        return
    for raw in raw_events:
        if not isinstance(raw, Mapping):
            continue
        event = unfold_event(raw, names.declared)
        name = next((event[key] for key in EVENT_NAMES if isinstance(event.get(key), str)), None)
        if name is not None and names.find(name) is None:
            yield name
