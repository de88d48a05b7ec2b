"""The cases of the corpus: rules, and what must come of them. tests/corpus/README.md says what the blocks mean."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leadline import read_rules
from leadline.readers import read_contacts
from leadline.rules import Report
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Each, Model
from leadline_compiler.numbers import write_points
from leadline_compiler.outcome import Outcome, RuleOutcome
from leadline_compiler.zones import UTC_ZONE, parse_as_of
from leadline_dsl.format import format_text
from leadline_dsl.source import Source
from literate.blocks import Block, read_blocks
from literate.console import run_leadline, trimmed

TODAY = parse_as_of("2026-11-21", UTC_ZONE) or 0
"""The instant of every case whose contacts name none."""

RULES, CONTACTS = "rules.lead", "contacts.yaml"


@dataclass(slots=True)
class Case:
    """One `lead` block with the blocks below it. Contacts and files count for the cases below too."""

    rules: Block
    contacts: Block | None
    files: dict[str, Block]
    expected: list[Block] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Puts the files of the case into a folder."""
        for name, block in (*self.files.items(), (RULES, self.rules), (CONTACTS, self.contacts)):
            if block is not None:
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, encoding="utf-8", newline="\n")


def read_cases(text: str) -> list[Case]:
    """The cases of a page. Raises ValueError for a block that means nothing and a case that promises nothing."""
    cases: list[Case] = []
    contacts: Block | None = None
    files: dict[str, Block] = {}
    for block in read_blocks(text):
        if "file" in block.options:
            files = {**files, block.options["file"]: block}
            if cases and not cases[-1].expected:
                cases[-1].files = files
        elif block.kind == "lead":
            cases.append(Case(block, contacts, files))
        elif block.kind == "yaml contacts":
            contacts = block
            if cases and not cases[-1].expected:
                cases[-1].contacts = block
        elif block.kind in _WRITERS and cases:
            cases[-1].expected.append(block)
        else:
            raise ValueError(f"line {block.line}: a block `{block.kind}` means nothing here")
    for case in cases:
        if not case.expected:
            raise ValueError(f"line {case.rules.line}: the case says nothing of what must come of it")
    return cases


def what_comes_of(case: Case, block: Block, folder: Path) -> str:
    """What a block of expectations should say."""
    return trimmed(_WRITERS[block.kind](case, block, folder))


def _read(case: Case, folder: Path) -> Report:
    case.write(folder)
    with contextlib.chdir(folder):
        return read_rules(RULES, TODAY, logic=True)


def _diagnostics(case: Case, block: Block, folder: Path) -> str:
    report = _read(case, folder)
    lines = []
    for item in report.diagnostics:
        line, column = report.sources[item.file].position(item.span.start)
        place = f"{line}:{column}" if item.file == RULES else f"{item.file}:{line}:{column}"
        lines.append(f"{place} {item.severity.value} {item.name}: {item.message}")
    return "\n".join(lines)


def _model(case: Case, folder: Path) -> Model:
    report = _read(case, folder)
    if report.model is None:
        raise ValueError("; ".join(f"{item.name}: {item.message}" for item in report.stopping))
    return report.model


def _scores(case: Case, block: Block, folder: Path) -> str:
    model = _model(case, folder)
    if case.contacts is None:
        raise ValueError("scores need contacts")
    with read_contacts(model.schema, str(folder / CONTACTS), default_as_of=TODAY) as contacts:
        as_of = TODAY if contacts.as_of is None else contacts.as_of
        written = [write_outcome(interpret(model, contact, as_of)) for contact in contacts]
        told = [f"{problem.contact}: {problem.name}: {problem.message}" for problem in contacts.report.problems]
    return "\n".join([*written, *told])


def write_outcome(outcome: Outcome) -> str:
    """A contact on one line, then a line for each rule that fired: `  +9 Clicked, 3 times`."""
    model = outcome.model
    parts = [f"{outcome.contact.id}: {write_points(outcome.total)}"]
    if model.total.place is not None or len(outcome.scores) > 1:
        parts += [f"{score.score.name} {write_points(score.points)}" for score in outcome.scores]
    parts += [f"grade of {score or 'total'} {letter or 'none'}" for score, letter in outcome.grades]
    if outcome.status != "scored":
        parts.append(f"{outcome.status} ({', '.join(outcome.reasons)})")
    elif model.stages:
        parts.append(f"stage {outcome.stage or 'none'}")
    return "\n".join([", ".join(parts), *(_rule(rule) for rule in outcome.rules if rule.fired)])


def _rule(rule: RuleOutcome) -> str:
    sign = "+" if rule.points >= 0 else ""
    times = f", {rule.times} times" if isinstance(rule.rule.body, Each) and rule.times != 1 else ""
    return f"  {sign}{write_points(rule.points)} {rule.rule.name}{times}"


def _explain(case: Case, block: Block, folder: Path) -> str:
    case.write(folder)
    shown, _ = run_leadline(["explain", RULES, "--contacts", CONTACTS, "--id", block.options["id"]], folder)
    return shown


def _formatted(case: Case, block: Block, folder: Path) -> str:
    return format_text(Source(RULES, case.rules.text)).text


_WRITERS: Mapping[str, Callable[[Case, Block, Path], str]] = {
    "diagnostics": _diagnostics,
    "scores": _scores,
    "explain": _explain,
    "formatted": _formatted,
}
