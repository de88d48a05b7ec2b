"""JSON and JSON Lines. Numbers stay exact: they never pass through floating point."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from leadline.readers.headings import normalise_heading
from leadline.readers.problems import DataError
from leadline.readers.records import record_row
from leadline.readers.rows import RefuseRow, Row, Rows
from leadline.readers.sources import Source

_LONGEST_NUMBER = 400
_SPACE = re.compile(r"[ \t\n\r]*")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
LISTS = ("contacts", "results", "events")
"""Keys of a top-level object that may hold the list of records."""
HALF = "a text holds half a character"
EMPTY = "the file is empty"
NO_OBJECT = "this is not an object with names and values"


def _exact(text: str) -> Decimal | str:
    try:
        return Decimal(text) if len(text) <= _LONGEST_NUMBER else text
    except InvalidOperation:
        return text


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= _LONGEST_NUMBER else text


_DECODER = json.JSONDecoder(parse_float=_exact, parse_int=_whole, parse_constant=str)


def decode_json(text: str, start: int = 0) -> tuple[Any, int]:
    """The value that begins at `start`, and where it ends. Raises ValueError with a reason in plain words."""
    try:
        return _DECODER.raw_decode(text, start)
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise json.JSONDecodeError("Nested too deeply", text, start) from None


def has_broken_text(source: str, value: Any) -> bool:
    """Whether a decoded value holds half a character (`\\ud83d` alone), which no file can be written with."""
    if not _HALF.search(source):
        return False
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except (UnicodeEncodeError, RecursionError):
        return True
    return False


def json_lines_rows(source: Source) -> Rows:
    """One object a line; a line that is none is a bad row."""

    def read(refuse: RefuseRow) -> Iterator[Row]:
        with source.open_text("\n") as text:
            for number, line in enumerate(text, 1):
                if line.isspace():
                    continue
                try:
                    value = decode_line(line)
                except ValueError as error:
                    refuse(number, line.rstrip("\r\n"), str(error))
                    continue
                yield record_row(number, value)

    return Rows(source.name, read)


def decode_line(line: str) -> Mapping[str, Any]:
    """The object of a line of JSON Lines. Raises ValueError with a reason in plain words."""
    start = _skip_space(line, 0)
    try:
        value, end = decode_json(line, start)
    except json.JSONDecodeError as error:
        raise ValueError(f"broken JSON: {error.msg} at column {error.pos + 1}") from None
    if _skip_space(line, end) != len(line):
        raise ValueError(f"broken JSON: more text after the object at column {end + 1}")
    if not isinstance(value, dict):
        raise ValueError(NO_OBJECT)
    if has_broken_text(line, value):
        raise ValueError(HALF)
    return value


@dataclass(frozen=True, slots=True)
class JsonDocument:
    """A JSON text, where the list of its records begins (None: the whole is one record), and its `as of`."""

    text: str
    records_at: int | None
    as_of: str | None

    def records(self) -> Iterator[tuple[int, Any, bool]]:
        """Line, value and whether it holds a broken text, one after the other; only the text is in memory."""
        line, counted = 1, 0
        spans = element_spans(self.text, self.records_at) if self.records_at is not None else _whole_text(self.text)
        for start, value, end in spans:
            line += self.text.count("\n", counted, start)
            counted = start
            yield line, value, has_broken_text(self.text[start:end], value)


def open_json(source: Source) -> JsonDocument:
    """Reads a JSON file: a list of records, an object with such a list under `contacts`, `events` or `results`,
    or a single record. Raises DataError where it is broken."""
    text = source.read_text()
    try:
        return inspect_json(text)
    except json.JSONDecodeError as error:
        raise DataError(
            f"broken JSON: {error.msg} at column {error.colno}", file=source.name, line=error.lineno
        ) from None
    except ValueError as error:
        raise DataError(str(error), file=source.name) from None


def json_rows(source: Source) -> Rows:
    """The rows of a JSON file; one decoded record at a time is in memory beside the text."""
    document = open_json(source)

    def read(refuse: RefuseRow) -> Iterator[Row]:
        for line, value, broken in document.records():
            if not isinstance(value, dict):
                refuse(line, value, NO_OBJECT)
            elif broken:
                refuse(line, value, HALF)
            else:
                yield record_row(line, value)

    return Rows(source.name, read, as_of=document.as_of)


def inspect_json(text: str) -> JsonDocument:
    """What a JSON text holds. Raises ValueError for one that is broken, empty, or no list or object."""
    start = _skip_space(text, 0)
    if text.startswith("[", start):
        end = _end_of_list(text, start)
        _refuse_more(text, end)
        return JsonDocument(text, start, None)
    if start == len(text):
        raise ValueError(EMPTY)
    if not text.startswith("{", start):
        raise ValueError("this is neither a list nor an object")
    records_at, as_of, end = _members(text, start)
    _refuse_more(text, end)
    return JsonDocument(text, records_at, as_of)


def _members(text: str, start: int) -> tuple[int | None, str | None, int]:
    """Walks through the members of a top-level object: where its list of records begins, its `as of`, its end."""
    lists: dict[str, int] = {}
    names = set()
    as_of: str | None = None
    position = _skip_space(text, start + 1)
    while not text.startswith("}", position):
        name, position = decode_json(text, position)
        position = _skip_space(text, position)
        if not isinstance(name, str) or not text.startswith(":", position):
            raise json.JSONDecodeError("Expecting a name and ':'", text, position)
        names.add(name)
        position = _skip_space(text, position + 1)
        if name in LISTS and text.startswith("[", position):
            lists[name] = position
            position = _end_of_list(text, position)
        else:
            value, position = decode_json(text, position)
            as_of = value if isinstance(value, str) and normalise_heading(name) == "as_of" else as_of
        position = _after_comma(text, position, "}")
    # A contact has `events` too, beside its fields; alone they are a list of records.
    chosen = next((lists[name] for name in LISTS if name in lists and (name != "events" or len(names) == 1)), None)
    return chosen, as_of, position + 1


def _whole_text(text: str) -> Iterator[tuple[int, Any, int]]:
    start = _skip_space(text, 0)
    value, end = decode_json(text, start)
    yield start, value, end


def element_spans(text: str, start: int) -> Iterator[tuple[int, Any, int]]:
    """Where each element of the list that begins at `start` begins, the element, and where it ends."""
    position = _skip_space(text, start + 1)
    while not text.startswith("]", position):
        value, end = decode_json(text, position)
        yield position, value, end
        position = _after_comma(text, end, "]")


def _end_of_list(text: str, start: int) -> int:
    last = _skip_space(text, start + 1)
    for _, _, last in element_spans(text, start):  # noqa: B007
        pass
    return text.index("]", last) + 1


def _after_comma(text: str, position: int, closing: str) -> int:
    """Where the next element or member begins, or the closing bracket."""
    position = _skip_space(text, position)
    if text.startswith(",", position):
        following = _skip_space(text, position + 1)
        if text.startswith(closing, following):
            raise json.JSONDecodeError(f"A comma before '{closing}'", text, position)
        return following
    if not text.startswith(closing, position):
        raise json.JSONDecodeError(f"Expecting ',' or '{closing}'", text, position)
    return position


def _refuse_more(text: str, end: int) -> None:
    more = _skip_space(text, end)
    if more != len(text):
        raise json.JSONDecodeError("More text after the end", text, more)


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
