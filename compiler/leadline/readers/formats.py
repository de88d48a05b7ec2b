"""The table of formats: which reader opens which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from leadline.readers.delimited import delimited_rows
from leadline.readers.excel import excel_rows
from leadline.readers.json_text import json_lines_rows, json_rows
from leadline.readers.parquet import parquet_rows
from leadline.readers.rows import Rows
from leadline.readers.sources import Format, Source, find_format


def _yaml_rows(source: Source) -> Rows:
    from leadline.readers.yaml_text import yaml_rows  # other formats need no parser of YAML

    return yaml_rows(source)


_OPENERS: dict[Format, Callable[[Source], Rows]] = {
    Format.DELIMITED: delimited_rows,
    Format.JSON: json_rows,
    Format.JSON_LINES: json_lines_rows,
    Format.YAML: _yaml_rows,
    Format.PARQUET: parquet_rows,
    Format.EXCEL: excel_rows,
}


def open_rows(source: Source) -> Rows:
    """The rows of a source, whatever its format. Raises DataError where it cannot be read."""
    rows = _OPENERS[find_format(source)](source)
    return rows if source.evidence is None else replace(rows, evidence=source.evidence)
