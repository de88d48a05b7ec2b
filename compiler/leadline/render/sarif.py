"""Diagnostics as SARIF 2.1.0, the exchange format of code scanners: one run, one result a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PureWindowsPath
from typing import Any
from urllib.parse import quote

from leadline.render.as_json import json_text
from leadline.render.regions import in_file_order, region_of
from leadline.version import __version__
from leadline_dsl.codes import CODES
from leadline_dsl.diagnostics import Diagnostic, Edit, Severity
from leadline_dsl.source import Source, Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_RULE_INDEX = {name: at for at, name in enumerate(CODES)}
_LINK = re.compile(r"\[(?=[^\]]*\]\()")


def render_sarif(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source]) -> str:
    """A SARIF log on one line; its rules are the whole table of codes, its columns count characters."""
    driver = {"name": "leadline", "version": __version__, "rules": _rules()}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n"],
        "results": [_result(found, sources) for found in in_file_order(diagnostics, sources)],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rules() -> list[dict[str, Any]]:
    return [
        {
            "id": code.number,
            "name": code.name,
            "shortDescription": _message(code.meaning),
            "defaultConfiguration": {"level": _LEVELS[code.severity]},
        }
        for code in CODES.values()
    ]


def _result(found: Diagnostic, sources: Mapping[str, Source]) -> dict[str, Any]:
    source = sources.get(found.file)
    result: dict[str, Any] = {
        "ruleId": CODES[found.name].number,
        "ruleIndex": _RULE_INDEX[found.name],
        "level": _LEVELS[found.severity],
        "message": _message(f"{found.message}\n{found.help}" if found.help else found.message),
        "locations": [_location(found.file, source, found.span)],
    }
    if found.related:
        result["relatedLocations"] = [
            {
                "id": at,
                **_location(label.file, sources.get(label.file), label.span),
                "message": _message(label.message),
            }
            for at, label in enumerate(found.related)
        ]
    if found.edits and source is not None:
        result["fixes"] = [_fix(found, source)]
    if found.evidence:
        result["properties"] = {"evidence": dict(found.evidence)}
    return result


def _fix(found: Diagnostic, source: Source) -> dict[str, Any]:
    replacements = [_replacement(edit, source) for edit in found.edits]
    change = {"artifactLocation": {"uri": _uri(found.file)}, "replacements": replacements}
    return {"description": _message(found.help or found.message), "artifactChanges": [change]}


def _replacement(edit: Edit, source: Source) -> dict[str, Any]:
    return {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.text}}


def _location(file: str, source: Source | None, span: Span) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if source is not None:
        physical["region"] = _region(source, span)
    return {"physicalLocation": physical}


def _region(source: Source, span: Span) -> dict[str, int]:
    line, column, end_line, end_column = region_of(source, span)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _message(text: str) -> dict[str, str]:
    """Plain text, in which braces would be placeholders and `[text](place)` a link, were they not escaped."""
    return {"text": _LINK.sub(r"\\[", text.replace("{", "{{").replace("}", "}}"))}


def _uri(file: str) -> str:
    """A path as SARIF wants it: relative as it is, absolute as `file://`, on Windows too."""
    if file.startswith("/"):
        return "file://" + quote(file, errors="replace")
    if PureWindowsPath(file).is_absolute():
        return "file:///" + quote(file.replace("\\", "/"), safe="/:", errors="replace")
    return quote(file, errors="replace")
