"""YAML as people mean it: a scalar is a text or nothing, so that `2026-11-21`, `yes`, `12:30` stay as written.

Built from the parser's events, not by its constructor: depth and the growth by aliases are bounded, and every
mapping knows its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from leadline.readers.headings import normalise_heading
from leadline.readers.json_text import EMPTY, LISTS, NO_OBJECT
from leadline.readers.problems import DataError
from leadline.readers.records import record_row
from leadline.readers.rows import RefuseRow, Row, Rows
from leadline.readers.sources import Source
from leadline_compiler.resolve.scope import closest

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 60
_MOST_VALUES = 1_000_000
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_MERGE = "<<"


class YamlMap(dict[str, Any]):
    """A mapping that knows the line, from 1, on which it begins."""

    line: int = 0


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read. `size` counts the values in it, aliases unfolded."""

    value: YamlMap | list[Any]
    anchor: str | None
    size: int = 1
    key: str | None = None
    merged: list[Any] = field(default_factory=list)


def yaml_rows(source: Source) -> Rows:
    """The contacts of a YAML file: a list, an object with such a list, or a single contact."""
    records, as_of = find_records(read_yaml(source), source.name)

    def read(refuse: RefuseRow) -> Iterator[Row]:
        for record in records:
            if isinstance(record, YamlMap):
                yield record_row(record.line, record)
            else:
                refuse(None, record, NO_OBJECT)

    return Rows(source.name, read, as_of=as_of)


def find_records(value: Any, file: str) -> tuple[list[Any], str | None]:
    """The list of records in a document, and its `as of`."""
    if isinstance(value, list):
        return value, None
    if value is None:
        raise DataError(EMPTY, file=file)
    if not isinstance(value, YamlMap):
        raise DataError("this is neither a list nor an object", file=file)
    as_of = next((text for key, text in value.items() if normalise_heading(key) == "as_of"), None)
    lists = [name for name in LISTS if _is_list(value, name) and (name != "events" or len(value) == 1)]
    _refuse_misspelt(value, bool(lists), file)
    records = (value[lists[0]] or []) if lists else [value]
    return records, as_of if isinstance(as_of, str) else None


def _refuse_misspelt(value: YamlMap, has_list: bool, file: str) -> None:
    """Raises DataError for an `as of` or `contacts` that is not quite that: it would be passed over without a word."""
    for key, inner in value.items():
        meant = closest(key, ("as of",) if has_list else ("contacts",))
        if meant is None or normalise_heading(key) == "as_of" or (not has_list and not isinstance(inner, list)):
            continue
        raise DataError(f"`{key[:60]}` means nothing here; did you mean `{meant}`?", file=file, line=value.line)


def _is_list(value: YamlMap, name: str) -> bool:
    """Whether a list stands under a name; nothing at all is a list that has no items yet."""
    return name in value and (value[name] is None or isinstance(value[name], list))


def read_yaml(source: Source) -> Any:
    """The one document of a YAML file: texts, None, lists and `YamlMap`s. Raises DataError where it is broken."""
    text = source.read_text()
    try:
        return _Builder(source.name).build(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        # The end of the text may be told as a line of its own.
        line = None if mark is None else min(mark.line, text.rstrip().count("\n")) + 1
        raise DataError(f"broken YAML: {reason}", file=source.name, line=line) from None


class _Builder:
    """Puts the events of the parser together; `_open` is the way from the root to here."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._root: Any = None
        self._documents = 0

    def build(self, text: str) -> Any:
        event: Any
        for event in yaml.parse(text, Loader=_LOADER):
            self._take(event, event.start_mark.line + 1)
        return self._root

    def _take(self, event: Any, line: int) -> None:
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise self._fault("more than one document in the file", line)
            case yaml.AliasEvent():
                if event.anchor not in self._anchors:
                    raise self._fault(f"*{event.anchor} is defined nowhere above", line)
                value, size = self._anchors[event.anchor]
                self._place(value, size, line, plain=False)
            case yaml.ScalarEvent():
                plain = not event.style and event.tag is None
                value = None if plain and event.value in _NULLS else event.value
                if event.anchor:
                    self._anchors[event.anchor] = (value, 1)
                self._place(value, 1, line, plain=plain)
            case yaml.SequenceStartEvent():
                self._begin(_Open([], event.anchor), line)
            case yaml.MappingStartEvent():
                mapping = YamlMap()
                mapping.line = line
                self._begin(_Open(mapping, event.anchor), line)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._end(line)

    def _begin(self, opened: _Open, line: int) -> None:
        if len(self._open) >= _DEEPEST:
            raise self._fault("nested too deeply", line)
        self._open.append(opened)

    def _end(self, line: int) -> None:
        closed = self._open.pop()
        if isinstance(closed.value, YamlMap):
            for merged in closed.merged:
                for key, value in merged.items():
                    closed.value.setdefault(key, value)
        if closed.anchor:
            self._anchors[closed.anchor] = (closed.value, closed.size)
        self._place(closed.value, closed.size, line, plain=False)

    def _place(self, value: Any, size: int, line: int, *, plain: bool) -> None:
        """Puts a finished value where it belongs."""
        if not self._open:
            self._root = value
            return
        here = self._open[-1]
        here.size += size
        if here.size > _MOST_VALUES:
            raise self._fault("aliases unfold to more than a million values", line)
        if isinstance(here.value, list):
            here.value.append(value)
        elif here.key is None:
            here.key = self._key(here, value, line, plain)
        else:
            if here.key is _MERGE:
                here.merged += self._merged(value, line)
            else:
                here.value[here.key] = value
            here.key = None

    def _key(self, here: _Open, value: Any, line: int, plain: bool) -> str:
        if value is not None and not isinstance(value, str):
            raise self._fault("a name is expected here, not a list or an object", line)
        key = "null" if value is None else value
        if key == _MERGE and plain:
            return _MERGE
        if key in here.value:
            raise self._fault(f'"{key[:60]}" stands here twice', line)
        return str(key)

    def _merged(self, value: Any, line: int) -> list[YamlMap]:
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, YamlMap) for part in parts):
            raise self._fault("`<<` takes over an object, and this is none", line)
        return parts

    def _fault(self, message: str, line: int) -> DataError:
        return DataError(f"broken YAML: {message}", file=self._file, line=line)
