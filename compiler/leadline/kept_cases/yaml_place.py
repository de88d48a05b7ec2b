"""Where in a YAML text one more contact goes: behind the last of its list, before whatever follows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from leadline.kept_cases.places import SINGLE, Insertion, NoPlaceError, column_of, line_indent, newline_of
from leadline.kept_cases.record import Record, yaml_flow, yaml_lines
from leadline.readers.json_text import LISTS

_STEP = 2


@dataclass(slots=True)
class _Part:
    """A value with its extent: up to `end` its own characters reach, comments and blank lines behind it aside."""

    kind: str
    start: int
    end: int
    is_flow: bool = False
    value: str = ""
    parts: list[_Part] = field(default_factory=list)


def place_in_yaml(text: str, record: Record) -> Insertion:
    """Where the record goes. Raises NoPlaceError, and yaml.YAMLError for a text that is none."""
    root = _read(text)
    if root is None:
        return _at_the_end_of_nothing(text, record)
    listed, key = (root, None) if root.kind == "list" else _find_list(root)
    if listed is None:
        raise NoPlaceError(SINGLE)
    if listed.kind == "list":
        return _into_flow(text, listed, record) if listed.is_flow else _into_block(text, listed, record)
    assert key is not None, "only under a key can nothing stand"
    indent = " " * (column_of(text, key.start) + _STEP)
    return _lines_behind(text, listed.end, yaml_lines(record, indent))


def _read(text: str) -> _Part | None:
    """The document as parts, None where there is none."""
    open_: list[_Part] = []
    root: _Part | None = None
    event: Any
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        part = _part_of(event)
        if part is None:
            if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                closed = open_.pop()
                closed.end = _at(event.end_mark) if closed.is_flow else _end_of(closed)
            continue
        if open_:
            open_[-1].parts.append(part)
        elif root is None:
            root = part
        if part.kind in ("list", "map"):
            open_.append(part)
    return None if root is not None and root.kind == "nothing" and not root.parts else root


def _end_of(part: _Part) -> int:
    return max((item.end for item in part.parts), default=part.start)


def _part_of(event: Any) -> _Part | None:
    start = _at(event.start_mark)
    match event:
        case yaml.ScalarEvent():
            is_nothing = event.style is None and event.tag is None and event.value in ("", "~", "null", "Null", "NULL")
            return _Part("nothing" if is_nothing else "text", start, _at(event.end_mark), value=event.value)
        case yaml.AliasEvent():
            return _Part("alias", start, _at(event.end_mark))
        case yaml.SequenceStartEvent():
            return _Part("list", start, start, bool(event.flow_style))
        case yaml.MappingStartEvent():
            return _Part("map", start, start, bool(event.flow_style))
        case _:
            return None


def _at(mark: Any) -> int:
    """The offset of a mark of the parser."""
    return int(mark.index)


def _find_list(root: _Part) -> tuple[_Part | None, _Part | None]:
    """The list of contacts below a document's root, or the nothing that stands for it, and its key."""
    pairs = list(_pairs(root))
    for name in LISTS:
        found = next(((value, key) for key, value in pairs if key.value == name), None)
        if found is not None and found[0].kind in ("list", "nothing") and (name != "events" or len(pairs) == 1):
            return found
    return None, None


def _pairs(part: _Part) -> Iterator[tuple[_Part, _Part]]:
    return zip(part.parts[::2], part.parts[1::2], strict=False) if part.kind == "map" else iter(())


def _into_block(text: str, listed: _Part, record: Record) -> Insertion:
    first, last = listed.parts[0], listed.parts[-1]
    before = text[: first.start].rstrip(" ")
    dash = len(before) - 1 if before.endswith("-") else listed.start
    return _lines_behind(text, last.end, yaml_lines(record, " " * column_of(text, dash)))


def _lines_behind(text: str, end: int, lines: list[str]) -> Insertion:
    """Lines behind the one in which a value ends, so that a comment beside it stays beside it."""
    newline = newline_of(text)
    written = newline.join(lines)
    if end and text[end - 1] == "\n":
        return Insertion(end, written + newline)
    found = text.find("\n", end)
    if found < 0:
        return Insertion(len(text), newline + written)
    return Insertion(found + 1, written + newline)


def _into_flow(text: str, listed: _Part, record: Record) -> Insertion:
    if not listed.parts:
        return Insertion(text.index("[", listed.start) + 1, yaml_flow(record))
    last = listed.parts[-1]
    indent = line_indent(text, last.start)
    between = ", " if indent is None else f",{newline_of(text)}{indent}"
    return Insertion(last.end, between + yaml_flow(record))


def _at_the_end_of_nothing(text: str, record: Record) -> Insertion:
    newline = newline_of(text)
    start = "" if not text or text.endswith("\n") else newline
    lines = ["contacts:", *yaml_lines(record, " " * _STEP)]
    return Insertion(len(text), start + newline.join(lines) + newline)
