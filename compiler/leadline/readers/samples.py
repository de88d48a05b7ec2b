"""Sample contacts with what a test expects of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leadline.readers.columns import Dates
from leadline.readers.json_text import HALF, NO_OBJECT, open_json
from leadline.readers.problems import BAD_ROW, DataError, DataReport, Problem, write_any
from leadline.readers.single import ContactConverter
from leadline.readers.sources import Format, Source, find_format, open_source
from leadline.readers.stream import own_as_of
from leadline_compiler.contacts import Contact
from leadline_compiler.schema import Schema
from leadline_compiler.values import write_raw

_EXPECT = "expect"
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample contact. `raw` is what the file says, `expect` what a test expects: texts, None, mappings, lists.

    `line` is where the contact begins.
    """

    contact: Contact
    raw: Mapping[str, Any]
    expect: Mapping[str, Any]
    line: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Samples:
    """A file of samples. `as_of_text` is its own `as of` as written, `as_of` the instant, in microseconds.

    `problems` are those of all its contacts, also of such that are no sample at all. `report` has the events that
    are not declared and the keys that no field reads, which are often misspelt.
    """

    file: str
    as_of_text: str | None
    as_of: int | None
    samples: tuple[Sample, ...]
    problems: tuple[Problem, ...] = ()
    report: DataReport = DataReport()  # noqa: RUF009 - it is frozen


def read_samples(schema: Schema, path: str, *, default_as_of: int | None = None, dates: Dates | None = None) -> Samples:
    """The sample contacts of a YAML or JSON file.

    Where the file has no `as of`, `default_as_of` is the instant. Raises DataError for what cannot be read.
    """
    source = open_source(path)
    try:
        as_of_text, records = _read_records(source)
    finally:
        source.close()
    as_of = own_as_of(as_of_text, source.name, schema)
    if as_of is None:
        as_of = default_as_of
    converter = ContactConverter(schema, dates=dates, as_of=as_of, file=source.name)
    samples: list[Sample] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for line, raw, fault in records:
        if fault or not isinstance(raw, Mapping):
            problems.append(Problem(BAD_ROW, source.name, line, "", "", write_any(raw), fault or NO_OBJECT))
            continue
        sample = _read_sample(converter, raw, line, source.name)
        refused = _refusal(sample, seen, source.name, schema.identifier)
        if refused is None:
            samples.append(sample)
            problems += sample.problems
        else:
            problems.append(refused)
    return Samples(source.name, as_of_text, as_of, tuple(samples), tuple(problems), converter.report())


def _read_records(source: Source) -> tuple[str | None, list[tuple[int, Any, str]]]:
    """The file's `as of`, and line, value and fault of each record."""
    match find_format(source):
        case Format.YAML:
            from leadline.readers.yaml_text import YamlMap, find_records, read_yaml

            listed, as_of = find_records(read_yaml(source), source.name)
            return as_of, [(record.line if isinstance(record, YamlMap) else 1, record, "") for record in listed]
        case Format.JSON:
            document = open_json(source)
            return document.as_of, [(line, raw, HALF if broken else "") for line, raw, broken in document.records()]
        case _:
            raise DataError("sample contacts are YAML or JSON", file=source.name)


def _read_sample(converter: ContactConverter, raw: Mapping[str, Any], line: int, file: str) -> Sample:
    expect = raw.get(_EXPECT)
    if expect is None:
        expect = {}
    if not isinstance(expect, Mapping):
        raise DataError("`expect` must hold names and values", file=file, line=line)
    contact, problems = converter.convert({key: value for key, value in raw.items() if key != _EXPECT}, line)
    expected = {str(key): _as_text(value, file, line) for key, value in expect.items()}
    return Sample(contact, raw, expected, line, problems)


def _refusal(sample: Sample, seen: set[str], file: str, identifier: str) -> Problem | None:
    contact = sample.contact.id
    if contact and contact not in seen:
        seen.add(contact)
        return None
    message = f'a second contact "{contact}"' if contact else "the contact has no id"
    return Problem(BAD_ROW, file, sample.line, identifier, contact, write_any(dict(sample.raw)), message)


def _as_text(value: Any, file: str, line: int, depth: int = 0) -> Any:
    """The leaves of an expectation as texts, the same for YAML and JSON."""
    if depth > _DEEPEST:
        raise DataError("`expect` is nested too deeply", file=file, line=line)
    if isinstance(value, Mapping):
        return {str(key): _as_text(inner, file, line, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner, file, line, depth + 1) for inner in value]
    return None if value is None else write_raw(value)
