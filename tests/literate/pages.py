"""Runs every block of a page of the documentation. tests/docs/README.md says what the blocks mean."""

from __future__ import annotations

import contextlib
import doctest
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leadline.readers import read_samples
from leadline.rules import Report, check_source
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.result import result_of
from leadline_compiler.zones import UTC_ZONE, parse_as_of
from leadline_dsl.parser import parse
from leadline_dsl.source import Source
from literate.blocks import Block, BlockError, read_blocks
from literate.console import ProgramMissingError, run_console, trimmed
from literate.expected import differences

TODAY = parse_as_of("2026-11-21", UTC_ZONE) or 0
"""The instant of every example that names none."""

_FILES = ("csv", "tsv", "json", "jsonl", "yaml", "text", "python", "js", "sql")
_SEVERITIES = ("error", "warning", "info")


@dataclass(slots=True)
class Page:
    """What the blocks so far have left behind.

    `run` counts the blocks that a runner took, `consoles` are the console blocks with what they should show, `missing`
    the programs that the machine has not, so that a block was passed over.
    """

    folder: Path
    prelude: str | None = None
    model: Model | None = None
    result: dict[str, Any] | None = None
    names: dict[str, Any] = field(default_factory=dict)
    run: int = 0
    consoles: list[tuple[Block, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def run_page(text: str, folder: Path) -> Page:
    """Runs the blocks of a page from top to bottom in a folder; the page's files are written there."""
    folder.mkdir(parents=True, exist_ok=True)
    page = Page(folder)
    try:
        blocks = read_blocks(text)
    except BlockError as error:
        page.faults.append(str(error))
        return page
    for block in blocks:
        runner = _runner(block)
        if runner is None:
            page.faults.append(f"line {block.line}: nothing runs a block `{block.kind}`")
            continue
        if "file" in block.options:
            _write(page, block)
        page.faults += [f"line {block.line}: {fault}" for fault in runner(page, block)]
        page.run += 1
    return page


Runner = Callable[[Page, Block], list[str]]


def _runner(block: Block) -> Runner | None:
    allowed = {"file"} if block.language != "lead" else {"file", "layout", *_SEVERITIES}
    if not allowed.issuperset(block.options):
        return None
    if block.language in _FILES and not block.words:
        return _nothing if "file" in block.options else None
    return _RUNNERS.get(block.kind)


def _write(page: Page, block: Block) -> None:
    path = page.folder / block.options["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8", newline="\n")


def _nothing(page: Page, block: Block) -> list[str]:
    """A file: the commands below it read or run it."""
    return []


def _prelude(page: Page, block: Block) -> list[str]:
    page.prelude = block.text
    return _unexpected(_check(page, block.text), block)


def _rules(page: Page, block: Block) -> list[str]:
    return _take(page, _check(page, block.text, block.options.get("file")), block)


def _part(page: Page, block: Block) -> list[str]:
    """A file that others include: by itself it can only be read."""
    return [found.message for found in parse(Source(block.options["file"], block.text)).diagnostics]


def _fragment(page: Page, block: Block) -> list[str]:
    return _take(page, _check(page, _with_prelude(page, block.text)), block)


def _conditions(page: Page, block: Block) -> list[str]:
    return _line_by_line(page, block, '+1 "Example" when {}')


def _amounts(page: Page, block: Block) -> list[str]:
    return _line_by_line(page, block, '+1 "Example" when ({}) is known')


def _line_by_line(page: Page, block: Block, statement: str) -> list[str]:
    faults = []
    for line in block.text.splitlines():
        if line.split("#")[0].strip():
            text = _with_prelude(page, statement.format(f"{line}\n"))
            faults += [f"`{line}`: {fault}" for fault in _unexpected(_check(page, text), block)]
    return faults


def _with_prelude(page: Page, text: str) -> str:
    if page.prelude is None:
        raise ValueError("a fragment needs a prelude above it")
    return f"{page.prelude}\n{text}"


def _check(page: Page, text: str, name: str | None = None) -> Report:
    return check_source(Source(str(page.folder / (name or "rules.lead")), text), TODAY)


def _take(page: Page, report: Report, block: Block) -> list[str]:
    page.model = report.model
    return _unexpected(report, block)


def _unexpected(report: Report, block: Block) -> list[str]:
    """Errors and warnings must be those that the block names; of the infos at least those."""
    faults = []
    for severity in _SEVERITIES:
        wanted = set(filter(None, block.options.get(severity, "").split(",")))
        found = {item.name: item for item in report.diagnostics if item.severity.value == severity}
        faults += [f"no {severity} {name}" for name in sorted(wanted - found.keys())]
        if severity != "info":
            faults += [f"{severity} {name}: {found[name].message}" for name in sorted(found.keys() - wanted)]
    return faults


def _samples(page: Page, block: Block) -> list[str]:
    if page.model is None:
        return ["there is no model above these samples"]
    path = page.folder / block.options.get("file", f"samples-{block.line}.yaml")
    path.write_text(block.text, encoding="utf-8", newline="\n")
    samples = read_samples(page.model.schema, str(path), default_as_of=TODAY)
    faults = [f"{problem.contact}: {problem.message}" for problem in samples.problems]
    for sample in samples.samples:
        as_of = TODAY if samples.as_of is None else samples.as_of
        page.result = result_of(interpret(page.model, sample.contact, as_of))
        if not sample.expect:
            faults.append(f"{sample.contact.id} expects nothing")
        faults += [f"{sample.contact.id}: {line}" for line in differences(sample.expect, page.result)]
    return faults if samples.samples else ["there are no contacts"]


def _result(page: Page, block: Block) -> list[str]:
    shown = json.loads(block.text)
    got = json.loads(json.dumps(page.result, default=float))
    return [] if shown == got else [f"the result is {json.dumps(got, ensure_ascii=False)}"]


def _console(page: Page, block: Block) -> list[str]:
    try:
        shown = run_console(block.text, page.folder)
    except ProgramMissingError as error:
        page.missing.append(str(error))
        return []
    if "fault of leadline" in shown:
        return [f"no page shows a fault of the program\n{shown}"]
    page.consoles.append((block, shown))
    return [] if shown == trimmed(block.text) else [f"the console shows\n{shown}"]


def _shell(page: Page, block: Block) -> list[str]:
    """Commands that set up a machine: nothing for a test of seconds; `.ci/slow` runs those of the README."""
    return [f"`{line}`: no prompt, so that it can be copied" for line in block.text.splitlines() if line[:2] == "$ "]


def _python(page: Page, block: Block) -> list[str]:
    """Python at its prompt, with the names that the blocks above have left."""
    test = doctest.DocTestParser().get_doctest(block.text, page.names, "page", None, block.line)
    if not test.examples:
        return ["there is no `>>>` in it"]
    told = io.StringIO()
    runner = doctest.DocTestRunner(verbose=False)
    with contextlib.chdir(page.folder):
        runner.run(test, out=told.write, clear_globs=False)
    page.names.update(test.globs)
    return [told.getvalue()] if runner.failures else []


_RUNNERS: dict[str, Runner] = {
    "lead": _rules,
    "lead prelude": _prelude,
    "lead part": _part,
    "lead fragment": _fragment,
    "lead conditions": _conditions,
    "lead amounts": _amounts,
    "yaml samples": _samples,
    "json result": _result,
    "console": _console,
    "sh": _shell,
    "pycon": _python,
}
