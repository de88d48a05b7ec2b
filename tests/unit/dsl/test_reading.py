"""The quick loop over a statement reads what lark reads, and leaves to lark what it cannot read."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from lark import UnexpectedInput

from hostile.damage import damaged
from leadline_dsl.faults import Fault
from leadline_dsl.grammar import make_tables, parser, write_tables
from leadline_dsl.reading import UNREAD, read
from leadline_dsl.source import Source
from leadline_dsl.statements import UNKNOWN, split
from leadline_dsl.tables import load_tables
from leadline_dsl.tables import write_tables as write_down
from random_models import draw_model


def read_by_lark(kind: str, text: str) -> Any:
    """The node, UNREAD where there is none, or what a literal is refused with."""
    try:
        return parser().parse(text, start=kind)
    except Fault as fault:
        return None if "nested too deep" in fault.message else fault.message
    except UnexpectedInput:
        return UNREAD


def read_quickly(kind: str, text: str) -> Any:
    try:
        return read(kind, text)
    except Fault as fault:
        return fault.message


@pytest.mark.parametrize("seed", range(40))
def test_both_ways_of_reading_come_to_the_same(seed: int) -> None:
    random = Random(f"reading {seed}")
    text = draw_model(random, contacts=0, size=8).text
    for version in (text, *(damaged(random, text).decode("utf-8", "replace") for _ in range(3))):
        for statement in split(Source("a.lead", version)):
            if statement.kind != UNKNOWN:
                expected = read_by_lark(statement.kind, statement.text)
                assert read_quickly(statement.kind, statement.text) == (UNREAD if expected is None else expected)


def test_tables_come_back_from_a_file_as_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = make_tables()
    written = write_down(tables, None)
    monkeypatch.setattr("leadline_dsl.tables.read_tables", lambda: written)
    assert load_tables() == tables


@pytest.mark.parametrize("written", [None, b"", b"tables of another form"])
def test_tables_that_are_missing_or_of_another_form_are_worked_out_anew(
    written: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadline_dsl.tables.read_tables", lambda: written)
    assert load_tables() is None


def test_tables_of_another_grammar_are_worked_out_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tables(tmp_path / "tables.bin")
    monkeypatch.setattr("leadline_dsl.tables.read_tables", (tmp_path / "tables.bin").read_bytes)
    monkeypatch.setattr("leadline_dsl.tables.grammar_text", lambda: "another")
    assert load_tables() is None


def test_a_statement_nested_too_deep_is_left_to_the_slow_way_which_says_so() -> None:
    deep = "(" * 200 + "y" + ")" * 200
    assert read("define_statement", f"define a = {deep}") is UNREAD
    with pytest.raises(Fault, match="nested too deep"):
        parser().parse(f"define a = {deep}", start="define_statement")
