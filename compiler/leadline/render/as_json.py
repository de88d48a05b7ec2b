"""Diagnostics as a JSON list: one object a finding, one finding a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from leadline.json_text import write_json
from leadline.render.regions import in_file_order, region_of
from leadline_dsl.codes import CODES
from leadline_dsl.diagnostics import Diagnostic, Edit, Label
from leadline_dsl.source import Source, Span

# JSON allows these in a string, yet a terminal obeys some of them, and half a surrogate cannot be encoded.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def render_json(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> str:
    """The findings as a JSON list that ends with a line end; `evidence` has to hold JSON values only."""
    findings = [json_text(_finding(found, sources)) for found in in_file_order(diagnostics, sources)]
    return "[\n" + ",\n".join(findings) + "\n]\n" if findings else "[]\n"


def json_text(value: Any) -> str:
    """One value as JSON on one line, in the script it was written in, safe to print and to encode."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", write_json(value))


def _finding(found: Diagnostic, sources: Mapping[str, Source]) -> dict[str, Any]:
    source = sources.get(found.file)
    return {
        "code": CODES[found.name].number,
        "name": found.name,
        "severity": found.severity.value,
        "message": found.message,
        "file": found.file,
        **_region(source, found.span),
        "related": [_label(label, sources) for label in found.related],
        "help": found.help,
        "edits": [_edit(edit, source) for edit in found.edits],
        "evidence": dict(found.evidence),
    }


def _label(label: Label, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {"message": label.message, "file": label.file, **_region(sources.get(label.file), label.span)}


def _edit(edit: Edit, source: Source | None) -> dict[str, Any]:
    return {**_region(source, edit.span), "text": edit.text}


def _region(source: Source | None, span: Span) -> dict[str, int]:
    return region_of(source, span)._asdict()
