"""Whatever happens to a file under somebody's fingers, the parser answers, and answers for one statement at a time."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from leadline_dsl.diagnostics import apply_edits
from leadline_dsl.parser import Document, parse
from leadline_dsl.source import Source
from leadline_dsl.tokens import scan

_WHOLE = (Path(__file__).parents[1] / "data" / "whole.lead").read_text(encoding="utf-8")
_PIECES = scan(_WHOLE)
_SPANS = [(piece.start, piece.end) for piece in _PIECES]
_STRONG = (
    "rule_statement",
    "row_statement",
    "score_statement",
    "stage_statement",
    "define_statement",
    "exit_statement",
)
"""Statements that begin with a statement word or with signed points, so that nothing in front can swallow them."""

_TYPED = [piece.text for piece in _PIECES] + list("\"'`“”#,.:;()[]{}<>=!&|+-*/%\\\n\t é日＋，\u200b0159aZ_")


@st.composite
def _change(draw: st.DrawFn) -> tuple[int, int, str]:
    """One slip: the characters from, up to, and what stands there instead."""
    if draw(st.booleans()):
        start = draw(st.integers(0, len(_WHOLE) - 1))
        end = min(len(_WHOLE), start + draw(st.integers(0, 3)))
    else:
        start, end = draw(st.sampled_from(_SPANS))
    old = _WHOLE[start:end]
    new = draw(st.sampled_from(["", old + old, f"{old} {old}", old[::-1], old.upper(), *draw(_some_typed)]))
    return start, end, new


_some_typed = st.lists(st.sampled_from(_TYPED), min_size=1, max_size=2)
_changes = st.lists(_change(), min_size=1, max_size=4)


def _changed(changes: list[tuple[int, int, str]]) -> str:
    text = _WHOLE
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _parsed(text: str) -> Document:
    return parse(Source("whole.lead", text))


def test_the_file_that_is_changed_here_is_right_as_it_stands() -> None:
    assert _parsed(_WHOLE).diagnostics == ()


@settings(max_examples=300, deadline=None)
@given(_changes)
def test_every_faulty_statement_has_one_fault_inside_it(changes: list[tuple[int, int, str]]) -> None:
    text = _changed(changes)
    document = _parsed(text)
    faulty = [item.statement for item in document.statements if item.parsed.node is None]
    assert len(document.diagnostics) == len(faulty)
    for statement, fault in zip(faulty, document.diagnostics, strict=True):
        assert statement.start <= fault.span.start <= fault.span.end <= statement.start + len(statement.text)
        assert fault.message
        for edit in fault.edits:
            assert statement.start <= edit.span.start <= edit.span.end <= statement.start + len(statement.text)


@settings(max_examples=300, deadline=None)
@given(_changes)
def test_fix_after_fix_comes_to_an_end(changes: list[tuple[int, int, str]]) -> None:
    text = _changed(changes)
    met = {text}
    while True:
        edits = next((fault.edits for fault in _parsed(text).diagnostics if fault.edits), None)
        if edits is None:
            break
        text = apply_edits(text, edits)
        assert text not in met
        met.add(text)


@settings(max_examples=300, deadline=None)
@given(_change())
def test_statements_that_were_not_touched_are_still_read(change: tuple[int, int, str]) -> None:
    start, end, _ = change
    # A `#` or a quote that is put in reaches to the end of its line.
    end = max(end, _WHOLE.find("\n", end))
    before = _parsed(_WHOLE).statements
    touched = [
        number
        for number, item in enumerate(before)
        if item.statement.start <= end + 1 and start - 1 <= item.statement.start + len(item.statement.text)
    ]
    around = range(min(touched, default=0) - 1, max(touched, default=-1) + 2)
    read = {item.statement.text for item in _parsed(_changed([change])).statements if item.parsed.node is not None}
    for number, item in enumerate(before):
        if number not in around and item.statement.kind in _STRONG:
            assert item.statement.text in read
