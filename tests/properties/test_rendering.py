"""Whatever a file holds and wherever a finding points, it can be shown."""

from __future__ import annotations

import io
import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from leadline.render import diagnostic_text, print_diagnostics, render_github, render_json, render_sarif
from leadline_dsl.diagnostics import Diagnostic, Edit, Label, Severity
from leadline_dsl.source import Source, Span

texts = st.text(
    st.one_of(st.sampled_from(' \t\r\n"a日\u0301\u200d\ufe0f👩❤\x1b\x85\u2028\u202e'), st.characters()), max_size=200
)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 220), st.integers(0, 60))
edits = st.builds(Edit, spans, texts)


@given(text=texts, message=texts, span=spans, second=spans, edits=st.lists(edits, max_size=3))
def test_every_finding_can_be_shown_in_every_format(
    text: str, message: str, span: Span, second: Span, edits: list[Edit]
) -> None:
    labels = (Label(message, second, "a.lead"), Label(message, second, "b.lead"))
    found = Diagnostic("syntax", Severity.ERROR, message, span, "a.lead", labels, message, tuple(edits))
    sources = {"a.lead": Source("a.lead", text)}
    stream = io.StringIO()
    print_diagnostics([found], sources, Console(file=stream, _environ={}))
    for shown in (stream.getvalue(), render_github([found], sources), render_sarif([found], sources)):
        shown.encode()
        assert not [char for char in shown.replace("\n", "") if unicodedata.category(char) in ("Cc", "Cs")]
    [listed] = json.loads(render_json([found], sources))
    assert listed["message"] == message
    assert 1 <= listed["line"] <= listed["end_line"] <= text.count("\n") + 1


@given(text=texts, span=spans, width=st.integers(30, 100))
def test_source_lines_never_run_over_the_width(text: str, span: Span, width: int) -> None:
    found = Diagnostic("syntax", Severity.ERROR, "m", span, "a.lead")
    shown = diagnostic_text(found, {"a.lead": Source("a.lead", text)}, width).plain.split("\n")
    assert cell_len(shown[3]) <= width
    assert cell_len(shown[4].partition(" and on")[0]) <= width
