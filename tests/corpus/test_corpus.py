"""The literate cases: rules, and what must come of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadline_dsl.codes import CODES
from literate.blocks import replace_text
from literate.cases import read_cases, what_comes_of
from literate.console import trimmed

CORPUS = Path(__file__).parent
_ELSEWHERE = CORPUS / "format"
"""Laid out by the tests of the formatter."""

PAGES = sorted(path for path in CORPUS.rglob("*.md") if path.parent not in (CORPUS, _ELSEWHERE))
CASES = [
    pytest.param(path, index, id=f"{path.relative_to(CORPUS)}:{case.rules.line}")
    for path in PAGES
    for index, case in enumerate(read_cases(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("path", "index"), CASES)
def test_what_the_page_says_comes_of_the_rules(
    path: Path, index: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    page = path.read_text(encoding="utf-8")
    case = read_cases(page)[index]
    for number, block in enumerate(case.expected):
        got = what_comes_of(case, block, tmp_path)
        if request.config.getoption("--update-golden"):
            page = path.read_text(encoding="utf-8")
            path.write_text(
                replace_text(page, read_cases(page)[index].expected[number], got), encoding="utf-8", newline="\n"
            )
        else:
            assert got == trimmed(block.text), f"{path.relative_to(CORPUS)}:{block.line}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(CORPUS)))
def test_every_page_has_a_case(path: Path) -> None:
    assert read_cases(path.read_text(encoding="utf-8"))


RULE_CODES = [code.name for code in CODES.values() if code.number < "LL5"]


@pytest.mark.parametrize("name", RULE_CODES)
def test_every_code_has_a_page_where_it_reports_and_one_where_it_stays_silent(name: str) -> None:
    folder = CORPUS / "checks" / name
    for page, reports in (("reports.md", True), ("stays-silent.md", False)):
        text = (folder / page).read_text(encoding="utf-8")
        expected = [block for case in read_cases(text) for block in case.expected if block.kind == "diagnostics"]
        assert expected, f"{folder.name}/{page} shows no diagnostics"
        for block in expected:
            assert (f" {name}: " in block.text) is reports, f"{folder.name}/{page}:{block.line}"


def test_every_folder_of_checks_is_that_of_a_code() -> None:
    assert {folder.name for folder in (CORPUS / "checks").iterdir()} <= set(CODES)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ('```lead\nmodel "X"\n```\n', "says nothing"),
        ('```lead\nmodel "X"\n```\n```score\n```\n', "means nothing here"),
        ("```scores\n```\n", "means nothing here"),
        ('```lead fragment\nmodel "X"\n```\n', "means nothing here"),
    ],
)
def test_a_page_that_promises_nothing_is_refused(page: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_cases(page)


def test_a_new_text_in_one_block_leaves_the_others_as_they_are() -> None:
    page = '```lead\nmodel "X"\n```\n\n```diagnostics\nold\n```\n\nEnd\n'
    block = read_cases(page)[0].expected[0]
    assert replace_text(page, block, "new\nlines\n") == page.replace("old", "new\nlines")
    assert replace_text(page, block, "") == page.replace("old\n", "")
