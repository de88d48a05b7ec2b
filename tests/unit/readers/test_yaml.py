"""YAML as people mean it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from leadline.readers import DataError
from leadline.readers.sources import open_source
from leadline.readers.yaml_text import read_yaml


def parse(folder: Path, text: str) -> Any:
    path = folder / "x.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(open_source(str(path)))


@pytest.mark.parametrize("scalar", ["2026-11-21", "yes", "1_000", "12:30", "0x1F", "010", ".5", "1e3", "=", "on"])
def test_scalars_stay_the_texts_that_they_are(tmp_path: Path, scalar: str) -> None:
    assert parse(tmp_path, f"a: {scalar}") == {"a": scalar}


@pytest.mark.parametrize(
    ("scalar", "value"), [("null", None), ("~", None), ("", None), ("'null'", "null"), ('"~"', "~"), ("''", "")]
)
def test_null_is_nothing_unless_it_is_quoted(tmp_path: Path, scalar: str, value: str | None) -> None:
    assert parse(tmp_path, f"a: {scalar}") == {"a": value}


def test_aliases_and_merges_take_over_what_they_name(tmp_path: Path) -> None:
    text = "- &base {role: CEO, country: JP}\n- {<<: *base, country: US}\n- *base\n"
    base = {"role": "CEO", "country": "JP"}
    assert parse(tmp_path, text) == [base, {"role": "CEO", "country": "US"}, base]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3", 3, "twice"),
        ("a: 1\n---\nb: 2", 2, "more than one document"),
        ("a:\n  [1", 2, "broken YAML"),
        ("a: *b", 1, "defined nowhere"),
        ("&a [*a]", 1, "defined nowhere"),
        ("[" * 1000, 1, "nested too deeply"),
        ("? [a]\n: b", 1, "a name is expected"),
        ("{<<: 3}", 1, "takes over an object"),
    ],
)
def test_what_is_broken_is_an_error_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        parse(tmp_path, text)
    assert caught.value.line == line


def test_aliases_that_unfold_without_end_are_refused(tmp_path: Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    with pytest.raises(DataError, match="million"):
        parse(tmp_path, "\n".join(lines))
