"""Where in a JSON text one more contact goes, and how it is laid out there: as its neighbour is."""

from __future__ import annotations

from leadline.json_text import write_json
from leadline.kept_cases.places import SINGLE, Insertion, NoPlaceError, line_indent, newline_of
from leadline.kept_cases.record import Record, json_object
from leadline.readers.json_text import element_spans, inspect_json

_STEP = 2


def place_in_json(text: str, record: Record) -> Insertion:
    """Where the record goes. Raises NoPlaceError, and ValueError for a text that is broken."""
    document = inspect_json(text)
    if document.records_at is None:
        raise NoPlaceError(SINGLE)
    spans = [(start, end) for start, _, end in element_spans(text, document.records_at)]
    if not spans:
        return Insertion(document.records_at + 1, write_json(json_object(record)))
    start, end = spans[-1]
    indent = line_indent(text, start)
    if indent is None:
        return Insertion(end, f", {write_json(json_object(record))}")
    newline = newline_of(text)
    body = write_json(json_object(record), indent=_step(text[start:end], indent))
    return Insertion(end, f",{newline}{indent}{body.replace(chr(10), newline + indent)}")


def _step(neighbour: str, indent: str) -> int | None:
    """By how much the neighbour's own lines are indented; None where it stands on one line."""
    lines = neighbour.split("\n")
    if len(lines) == 1:
        return None
    inner = len(lines[1]) - len(lines[1].lstrip(" \t"))
    return max(1, inner - len(indent)) if inner > len(indent) else _STEP
