"""Every example of the documentation is run, and comes out as the page shows it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from leadline.commands import COMMANDS
from leadline_dsl.codes import CODES
from leadline_dsl.words import RESERVED, needs_backquotes
from leadline_grammars import language_words
from literate.blocks import BlockError, read_blocks, replace_text
from literate.pages import run_page
from sql_engines.optional import LATE_PROGRAMS, all_are_here

ROOT = Path(__file__).parents[2]
GENERATED = ROOT / "docs" / "findings"
"""Pages of codes, whose examples are fragments; test_finding_pages holds them to the program."""
WRITTEN = sorted(path for path in (ROOT / "docs").rglob("*.md") if path.parent != GENERATED)
PAGES = [*WRITTEN, *(path for path in [ROOT / "README.md"] if path.is_file())]


def run(text: str, folder: Path) -> list[str]:
    return run_page(text, folder).faults


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_example_of_a_page_comes_out_as_shown(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        for block, shown in reversed(run_page(text, tmp_path / "before").consoles):
            text = replace_text(text, block, shown)
        path.write_text(text, encoding="utf-8", newline="\n")
    page = run_page(text, tmp_path / "page")
    assert not page.faults, "\n" + "\n".join(f"{path.relative_to(ROOT)} {fault}" for fault in page.faults)
    if page.missing:
        notice = f"not installed, so not every example was run: {', '.join(page.missing)}"
        is_meant_to_be_here = all_are_here() or not set(page.missing) <= set(LATE_PROGRAMS)
        pytest.fail(notice) if os.environ.get("CI") and is_meant_to_be_here else pytest.skip(notice)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_example_of_a_page_is_left_out(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fences = len(re.findall(r"^[ \t]*(?:```|~~~)", text, re.MULTILINE))
    preludes = len(re.findall(r"^<!--\s*prelude", text, re.MULTILINE))
    assert fences % 2 == 0
    assert run_page(text, tmp_path).run == fences // 2 + preludes


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_the_pages_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", text):
        page = (path.parent / target).resolve() if target else path
        assert page.exists(), f"{target} does not exist"
        if anchor:
            assert anchor in anchors(page.read_text(encoding="utf-8")), f"{target} has no heading #{anchor}"


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def rows_of(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").split(f"# {heading}\n", 1)[1]
    table = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.group().splitlines()[2:]]


def test_the_table_of_codes_is_that_of_the_program() -> None:
    codes = [[code.number, f"`{code.name}`", code.severity.value, code.meaning] for code in CODES.values()]
    assert rows_of("commands.md", "Codes") == codes


def test_the_table_of_names_has_every_word_that_is_not_always_a_name() -> None:
    table = rows_of("language/files-and-names.md", "Names that are words of the language")
    shown = {word for row in table for word in re.findall(r"`(\w+)`", row[0])}
    assert shown == {word for word in language_words() if needs_backquotes(word)}
    in_backquotes = {word for row in table if "backquotes" in row[2] for word in re.findall(r"`(\w+)`", row[0])}
    assert in_backquotes == RESERVED


def test_every_command_has_its_section() -> None:
    commands = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert set(COMMANDS) <= set(re.findall(r"^## (\w+)$", commands, re.MULTILINE))


PRELUDE = '<!-- prelude\nmodel "X"\ncontact\n  id: text\n  n: number\nscore s\n-->\n'
GOOD = f'{PRELUDE}```lead fragment\n+5 "A" when n > 3\n```\n'


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("```lead\nscore s\n```\n", "error syntax"),
        (f"{PRELUDE}```lead conditions\nn > 3\nm > 3\n```\n", "`m > 3`: error unknown-name"),
        (f"{PRELUDE}```lead conditions error=wrong-type\nn > 3\n```\n", "no error wrong-type"),
        (f"{PRELUDE}```lead amounts\nn + missing_one\n```\n", "error unknown-name"),
        (f"{GOOD}```yaml samples\n- {{id: 1, n: 4, expect: {{total: 4}}}}\n```\n", "total: 4 is expected, 5 comes out"),
        (f"{GOOD}```yaml samples\n- {{id: 1, n: 4, expect: {{rules: {{A: 0}}}}}}\n```\n", "A: 0 is expected"),
        (f"{GOOD}```yaml samples\n- {{id: 1, n: 4}}\n```\n", "1 expects nothing"),
        (f"{GOOD}```yaml samples\n- {{id: 1, n: four, expect: {{total: 0}}}}\n```\n", "is not a number"),
        ("```console\n$ leadline --version\nleadline 0\n```\n", "the console shows"),
        ("```pycon\n>>> 1 + 1\n3\n```\n", "Expected"),
        ("```pycon\n1 + 1\n```\n", "no `>>>`"),
        ("```lead example\nmodel\n```\n", "nothing runs a block `lead example`"),
        ("```lead finds=syntax\nmodel\n```\n", "nothing runs a block `lead`"),
        ("```csv\nid\n```\n", "nothing runs a block `csv`"),
        ("```\nmodel\n```\n", "of which language"),
        ("```lead\nmodel\n", "never closed"),
        ("- a list\n\n  ```lead\n  model\n  ```\n", "left margin"),
        ("Text\n\n    model\n", "indented text is not run"),
    ],
)
def test_an_example_that_is_wrong_or_not_run_is_found(page: str, fault: str, tmp_path: Path) -> None:
    faults = run(page, tmp_path)
    assert any(fault in found for found in faults), faults


def test_an_example_that_is_right_is_accepted(tmp_path: Path) -> None:
    assert run(f"{GOOD}```yaml samples\n- {{id: 1, n: 4, expect: {{total: 5, stage: null}}}}\n```\n", tmp_path) == []


def test_commands_see_the_files_of_their_page(tmp_path: Path) -> None:
    page = "```text file=a/words.txt\nfree\n```\n```console\n$ cat a/words.txt\nfree\n$ echo $?\n0\n```\n"
    assert run(page, tmp_path) == []


def test_scripts_of_a_page_are_run_in_its_folder(tmp_path: Path) -> None:
    page = '```text file=word.txt\nfree\n```\n```python file=read.py\nprint(open("word.txt").read())\n```\n'
    assert run(f"{page}```console\n$ python read.py\nfree\n```\n", tmp_path) == []
    assert any("the console shows" in fault for fault in run(f"{page}```console\n$ python read.py\n```\n", tmp_path))


def test_an_example_whose_program_is_not_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    page = run_page("```js file=a.mjs\nconsole.log(1)\n```\n```console\n$ node a.mjs\n2\n```\n", tmp_path)
    assert (page.faults, page.missing, page.run) == ([], ["node"], 2)


def test_a_fence_that_is_never_closed_is_told_with_its_line() -> None:
    with pytest.raises(BlockError, match="line 3"):
        read_blocks("Text\n\n```lead\nmodel\n")
