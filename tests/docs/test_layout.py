"""Rules that people read are as `leadline fmt` would have them: examples, documentation, README."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from leadline_dsl.format import format_text
from leadline_dsl.source import Source
from literate.blocks import Block, read_blocks, replace_text

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").rglob("*.lead"))
GENERATED = ROOT / "docs" / "findings"
PAGES = [ROOT / "README.md", *sorted(set((ROOT / "docs").rglob("*.md")) - set(GENERATED.glob("*.md")))]
LAID_OUT = ("lead", "lead part", "lead fragment")


def laid_out(block: Block) -> str:
    """The rules of a block as `fmt` lays them out; a fragment stands at the left margin."""
    text = format_text(Source("page.lead", block.text)).text
    return textwrap.dedent(text) if block.kind == "lead fragment" else text


def blocks_of(page: str) -> list[Block]:
    return [block for block in read_blocks(page) if block.kind in LAID_OUT and "layout" not in block.options]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT / "examples")))
def test_every_example_is_laid_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_text(Source(path.name, text)).text == text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rules_on_a_page_are_laid_out(path: Path, request: pytest.FixtureRequest) -> None:
    page = path.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        for block in reversed(blocks_of(page)):
            page = replace_text(page, block, laid_out(block))
        path.write_text(page, encoding="utf-8", newline="\n")
    for block in blocks_of(page):
        assert block.text == laid_out(block), f"{path.relative_to(ROOT)} line {block.line}"


def test_a_block_that_says_its_layout_is_free_shows_another_one() -> None:
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        for block in read_blocks(page):
            if "layout" in block.options:
                assert block.options["layout"] == "free"
                assert block.text != laid_out(block), f"{path.relative_to(ROOT)} line {block.line} is laid out"
