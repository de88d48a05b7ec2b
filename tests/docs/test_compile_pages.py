"""The pages on compiled rules keep their promises: few commands, all dialects named, and what is to be pasted runs."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

import leadline
from conformance.javascript import run_script
from leadline.commands.compile import ENGINES
from leadline_compiler.emit.javascript import NODE, emit_javascript
from leadline_compiler.emit.python import PYTHON, emit_python
from leadline_compiler.emit.sql import DIALECTS
from leadline_compiler.passes import compile_model
from literate.blocks import read_blocks
from literate.pages import run_page

PAGES = Path(__file__).parents[2] / "docs" / "compile"
MOST_COMMANDS = 6


def commands_to_the_first_call(text: str) -> list[str]:
    """What is typed until a script of the page has run for the first time."""
    typed: list[str] = []
    for block in read_blocks(text):
        if block.kind in ("console", "sh"):
            lines = block.text.splitlines()
            typed += [line for line in lines if line.startswith("$ ") or block.kind == "sh"]
        if typed and typed[-1].startswith(("$ python", "$ node")):
            break
    return typed


@pytest.mark.parametrize("name", ["python", "javascript", "sql", "dbt"])
def test_a_page_leads_from_rules_to_a_running_call_in_six_commands(name: str) -> None:
    commands = commands_to_the_first_call((PAGES / f"{name}.md").read_text(encoding="utf-8"))
    assert commands[-1].startswith(("$ python", "$ node"))
    assert len(commands) <= MOST_COMMANDS


def test_the_modules_and_their_pages_name_the_oldest_versions_that_will_do() -> None:
    report = leadline.check('model "M"\nscore s\n  +1 "a" when 1 > 0\n')
    assert report.model is not None
    plan = compile_model(report.model)
    python, node = f"Python {PYTHON} or newer", f"Node {NODE} or newer"
    project = tomllib.loads((PAGES.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={PYTHON}"
    assert python in emit_python(plan).files[0][1].partition('"""\n')[0]
    assert node in emit_javascript(plan).files[0][1].partition("\n\n")[0]
    assert python in (PAGES / "python.md").read_text(encoding="utf-8")
    assert node in (PAGES / "javascript.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["sql.md", "limits.md"])
def test_every_dialect_is_in_the_tables_of_a_page(page: str) -> None:
    text = (PAGES / page).read_text(encoding="utf-8")
    assert [name for name in DIALECTS if f"\n| `{name}` |" not in text] == []


def test_the_help_names_every_dialect() -> None:
    assert set(ENGINES) == set(DIALECTS)


def test_the_page_says_of_each_dialect_whether_it_is_run() -> None:
    text = (PAGES / "sql.md").read_text(encoding="utf-8")
    shown = {name: re.search(rf"^\| `{name}` \|.*\| yes \|$", text, re.MULTILINE) is not None for name in DIALECTS}
    assert shown == {name: dialect.is_run for name, dialect in DIALECTS.items()}


CALLS = {
    "hubspot.js": """
        const module = { exports: {} };
        new Function("exports", pasted)(module.exports);
        module.exports.main({ inputFields: given }, ({ outputFields }) => console.log(JSON.stringify(outputFields)));
    """,
    "n8n.js": """
        const items = new Function("$input", pasted)({ all: () => [{ json: given }] });
        console.log(JSON.stringify({ lead_score: items[0].json.result.total, lead_stage: items[0].json.result.stage }));
    """,
    "zapier.js": """
        const result = new Function("inputData", pasted)(given);
        console.log(JSON.stringify({ lead_score: result.total, lead_stage: result.stage }));
    """,
}


@pytest.mark.parametrize("name", CALLS)
def test_a_module_without_its_export_runs_where_only_one_file_can_be_pasted(name: str, tmp_path: Path) -> None:
    text = (PAGES / "javascript.md").read_text(encoding="utf-8")
    model = run_page(text, tmp_path / "page").model
    assert model is not None
    snippet = next(block.text for block in read_blocks(text) if block.options.get("file") == name)
    module = emit_javascript(compile_model(model)).files[0][1].replace("export function score", "function score")
    given = {"id": "1", "employees": "40", "country": "jp"}
    script = f"const pasted = {json.dumps(module + snippet)};\nconst given = {json.dumps(given)};\n{CALLS[name]}"
    assert json.loads(run_script(script, tmp_path)) == {"lead_score": 15, "lead_stage": "MQL"}


def test_the_handler_of_the_page_scores_a_contact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_page((PAGES / "python.md").read_text(encoding="utf-8"), tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    import handler  # type: ignore[import-not-found]

    asked = {"contact": {"id": "1", "employees": 40}, "as_of": "2026-11-21"}
    assert handler.handler(asked, None)["total"] == 10
    del asked["as_of"]
    assert handler.handler(asked, None)["total"] == 10
