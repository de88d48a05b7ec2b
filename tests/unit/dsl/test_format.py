"""The one layout: the cases of tests/corpus/format, and what they cannot show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import leadline_dsl.format
from leadline_dsl.format import format_text
from leadline_dsl.format.width import display_width
from leadline_dsl.format.wrapping import Line
from leadline_dsl.parser import parse
from leadline_dsl.source import Source

CORPUS = Path(__file__).parents[2] / "corpus" / "format"
CASE = re.compile(r"^```lead\n(.*?)^```\n\n^```formatted\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = sorted(CORPUS.glob("*.md"))


def formatted(text: str) -> str:
    return format_text(Source("a.lead", text)).text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_file_is_laid_out_as_the_page_shows(page: Path, request: pytest.FixtureRequest) -> None:
    content = page.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        content = CASE.sub(lambda case: f"```lead\n{case[1]}```\n\n```formatted\n{formatted(case[1])}```", content)
        page.write_text(content, encoding="utf-8", newline="\n")
    cases = CASE.findall(content)
    assert len(cases) == content.count("```lead\n") > 0
    for before, after in cases:
        assert formatted(before) == after
        assert formatted(after) == after


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n\r\n"])
def test_a_file_of_nothing_becomes_the_empty_file(text: str) -> None:
    assert formatted(text) == ""


@pytest.mark.parametrize("text", ['model "X"', 'model "X"\n\n\n', '\n\nmodel "X"  \t', 'model\u3000"X"\u2028\n'])
def test_a_file_ends_with_one_line_end_and_has_no_space_at_its_edges(text: str) -> None:
    assert formatted(text) == 'model "X"\n'


def test_line_ends_of_windows_stay() -> None:
    text = '# a \r\nmodel "X"  # b\r\nstage  "A" # c\r\n  when a\r\n  or  "open\r\n'
    result = format_text(Source("a.lead", text))
    assert result.text == '# a\r\nmodel "X"  # b\r\nstage  "A" # c\r\n  when a\r\n  or  "open\r\n'
    assert len(result.diagnostics) == 1


def test_a_file_with_both_line_ends_gets_those_of_its_first_line() -> None:
    assert formatted('model "X"\r\nstage "A" when a\n') == 'model "X"\r\nstage "A" when a\r\n'
    assert formatted('model "X"\nstage "A"\r\nwhen a\r\n') == 'model "X"\nstage "A" when a\n'


def test_faults_are_told_at_their_place_in_the_source() -> None:
    source = Source("a.lead", 'model   "X"\n\n\nstage "A" whenever a\n')
    result = format_text(source)
    assert result.text == 'model "X"\n\nstage "A" whenever a\n'
    assert result.diagnostics == parse(source).diagnostics
    assert [diagnostic.file for diagnostic in result.diagnostics] == ["a.lead"]
    assert not result.refused


@pytest.mark.parametrize(
    "lines",
    [
        [Line('stage "A" when b')],
        [Line('stage "A" when a'), Line('stage "B" when a')],
        [],
        [Line('disqualify "A" when a')],
    ],
)
def test_a_layout_that_reads_differently_is_refused(lines: list[Line], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leadline_dsl.format, "lay_out", lambda document, is_careful: lines)
    result = format_text(Source("a.lead", 'stage  "A" when a'))
    assert result.refused
    assert result.text == 'stage  "A" when a'


@pytest.mark.parametrize(
    "name",
    ["stage", "total", "events", "contact", "score", "group", "points", "since", "from", "with", "in", "review"],
)
def test_names_that_are_words_of_the_language_never_become_statements(name: str) -> None:
    others = ", ".join(f"event_number_{number}" for number in range(9))
    text = (
        f'contact identified by id\n  {name}: text\nevents\n  {name} from "X"\n'
        f"  visit with {name}: number, {name}_2: text\n"
        f'define a = has any of ({name}, {others}, {name}) where ({name} is "{"x" * 30}" and {name} > 5 - {name})\n'
        f"define b = ({name}) is known and employees >= 10 - {name} - {name} - {name} or ({name}) is missing "
        f'and ({name}) > 5 and ({name}) > 6 and ({name}) contains "{"x" * 40}" and ({name}) > 7\n'
    )
    before = [item.parsed.node for item in parse(Source("a.lead", text)).statements]
    result = format_text(Source("a.lead", text))
    assert None not in before
    assert [item.parsed.node for item in parse(Source("a.lead", result.text)).statements] == before
    assert not result.refused
    assert formatted(result.text) == result.text
    assert max(map(len, result.text.split("\n"))) <= 100


def test_the_width_of_a_text_is_what_a_screen_takes() -> None:
    widths = {"abc": 3, "顧客": 4, "ｱ": 1, "Ａ": 2, "한국": 4, "страна": 6, "क्षे": 2}
    widths |= {"\u1112\u1161\u11ab": 2, "e\u0301": 1, "a\u200db": 2}
    assert {text: display_width(text) for text in widths} == widths
