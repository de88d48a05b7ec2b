"""Every example of the documentation is run, and comes out as the page shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from literate.blocks import BlockError, read_blocks
from literate.pages import run_page

ROOT = Path(__file__).parents[2]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *(path for path in [ROOT / "README.md"] if path.is_file())]


def run(text: str, folder: Path) -> list[str]:
    return run_page(text, folder).faults


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_example_of_a_page_comes_out_as_shown(path: Path, tmp_path: Path) -> None:
    page = run_page(path.read_text(encoding="utf-8"), tmp_path)
    assert not page.faults, "\n" + "\n".join(f"{path.relative_to(ROOT)} {fault}" for fault in page.faults)


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


def test_a_fence_that_is_never_closed_is_told_with_its_line() -> None:
    with pytest.raises(BlockError, match="line 3"):
        read_blocks("Text\n\n```lead\nmodel\n")
