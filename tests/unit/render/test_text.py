"""Diagnostics on a terminal and in a pipe."""

from __future__ import annotations

import io
import subprocess
import sys
import unicodedata
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.console import Console

from leadline.render import diagnostic_text, print_diagnostics, summary_line
from leadline_dsl.diagnostics import Diagnostic
from leadline_dsl.source import Source, Span
from unit.render.scenes import SCENES, finding, hostile, sources_of, span_of


def printed(diagnostics: list[Diagnostic], sources: dict[str, Source], **options: object) -> str:
    stream = io.StringIO()
    print_diagnostics(diagnostics, sources, Console(file=stream, _environ={}, **options))  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize("scene", SCENES)
def test_a_finding_shows_its_line_and_marks_the_place(scene: str, golden: Callable[[str, str], None]) -> None:
    golden(f"render/text-{scene}.txt", printed(*SCENES[scene]()))


def test_colours_mark_severity_place_and_help_on_a_terminal(golden: Callable[[str, str], None]) -> None:
    diagnostics, sources = SCENES["edits"]()
    text = printed(diagnostics[:1], sources, force_terminal=True, color_system="standard", width=60)
    golden("render/text-colours.txt", text.replace("\x1b", "␛"))


def test_long_lines_are_cut_around_the_place_to_the_width(golden: Callable[[str, str], None]) -> None:
    start = "list names = " + '"株式会社 A", ' * 40_000
    text = start + "wrong" + ', "x"' * 100_000 + "\n"
    sources = sources_of(long=text)
    spans = [span_of(text, "list"), span_of(text, "wrong"), Span(len(text) - 3, len(text) - 1), Span(5, len(text))]
    shown = [diagnostic_text(finding("syntax", "here", "long.lead", at), sources, 60).plain for at in spans]
    assert all(cell_len(line) <= 60 for finding_text in shown for line in finding_text.split("\n"))
    golden("render/text-long-lines.txt", "\n\n".join(shown) + "\n")


def test_of_many_notes_of_one_kind_only_the_first_takes_more_than_a_line() -> None:
    source = "".join(f"field_{number}\n" for number in range(40))
    notes = [finding("unused-field", f"no {n}", "a.lead", span_of(source, f"field_{n}\n"), help="h") for n in range(40)]
    text = printed(notes, sources_of(a=source))
    assert text.count("= help: h") == 1
    assert [f"also a.lead:{n + 1}: no {n}" in text for n in range(1, 40)] == [True] * 39
    assert len(text.splitlines()) == 47
    assert printed(notes[:2], sources_of(a=source)).count("= help: h") == 2
    errors = [finding("syntax", f"no {n}", "a.lead", Span(n, n + 1), help="h") for n in range(40)]
    assert printed(errors, sources_of(a=source)).count("= help: h") == 40


def test_sentences_break_at_words_on_a_terminal_and_stay_whole_in_a_pipe() -> None:
    message = " ".join(["word"] * 30)
    found = finding("syntax", message, "a.lead", Span(0, 1), help=message)
    on_terminal = diagnostic_text(found, sources_of(a="x"), 50).plain
    assert max(map(len, on_terminal.split("\n"))) <= 50
    assert diagnostic_text(found, sources_of(a="x")).plain.count(message) == 2


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_that_steers_a_terminal_gets_through(scene: str) -> None:
    text = printed(*SCENES[scene]()).replace("\n", "")
    assert not [char for char in text if unicodedata.category(char) in ("Cc", "Cs") or char == "\u202e"]


def test_what_looks_like_markup_is_shown_as_written() -> None:
    diagnostics, sources = hostile()
    text = printed(diagnostics, sources, force_terminal=True, color_system=None)
    assert "[bold]" in text
    assert "a,b:c [red].lead:1:" in text


@pytest.mark.parametrize("before", ["", "ab", "会社", "e\u0301", "👩‍💻", "\t", "a\tb", "\x1b", "\u202e", "❤\ufe0f"])
def test_the_mark_stands_under_the_place_whatever_is_before_it(before: str) -> None:
    source = f'"{before}"XYZ'
    text = diagnostic_text(finding("syntax", "m", "a.lead", span_of(source, "XYZ")), sources_of(a=source)).plain
    _, _, _, line, mark = text.split("\n")
    assert mark.lstrip(" |") == "^^^"
    assert cell_len(line[: line.index("XYZ")]) == mark.index("^")


def test_a_place_beyond_the_text_is_shown_at_its_end() -> None:
    text = diagnostic_text(finding("syntax", "m", "a.lead", Span(90, 99)), sources_of(a="ab\ncd")).plain
    assert "--> a.lead:2:3" in text


def test_the_summary_counts_each_severity_and_names_the_file() -> None:
    names = ["syntax", "unused-list", "syntax", "unused-allow", "unused-list", "unused-field"]
    findings = [finding(name, "m", "b2b.lead", Span(0, 0)) for name in names]
    assert summary_line(findings, ["b2b.lead"]) == "2 errors, 1 warning, 3 notes in b2b.lead"
    assert summary_line(findings[:1], ["b2b.lead", "b2c.lead"]) == "1 error in 2 files"
    assert summary_line([], ["\x1b.lead"]) == "nothing to report in ␛.lead"


def test_rendering_for_programs_never_loads_rich() -> None:
    code = "import sys, leadline.render as r; r.render_json([], {}); sys.exit('rich' in sys.modules)"
    path = f"import sys; sys.path[:0] = {sys.path!r}; "
    assert subprocess.run([sys.executable, "-c", path + code], check=False).returncode == 0
