"""Sample contacts with their expectations."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from leadline.readers import BAD_ROW, BAD_VALUE, DataError, Samples, read_samples
from leadline_compiler.contacts import Event
from leadline_compiler.schema import Schema
from leadline_compiler.zones import DAY, UTC_ZONE, parse_as_of
from unit.readers.conftest import Reader

TEXT = """\
as of: 2026-11-21
contacts:
  - record_id: dealer-walk-in     # a field's name or its heading
    job_role: CEO
    Number of Employees: 40
    signed_up: 2026-01-05
    decision_maker: no
    events:
      - page_view: {path: /pricing, seconds: 35}
        at: 2026-11-20T09:00
      - email_open:               # no properties
        days ago: 3
    expect:
      total: 20
      stage: null
      scores: {fit: 1.50}
      rules: {Read pricing: 5, "null": "null"}
  - Record ID: 0012
    interests: [a, b]
"""


@pytest.fixture
def read_text(schema: Schema, tmp_path: Path) -> Callable[[str, str], Samples]:
    """Reads samples of a file with this name and content."""

    def read(name: str, content: str) -> Samples:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return read_samples(schema, str(path))

    return read


ReadText = Callable[[str, str], Samples]


def test_a_sample_is_a_contact_with_events_and_what_is_expected_of_it(read_text: ReadText) -> None:
    samples = read_text("s.yaml", TEXT)
    as_of = parse_as_of("2026-11-21", UTC_ZONE)
    assert (samples.as_of_text, samples.as_of) == ("2026-11-21", as_of)
    first, second = samples.samples
    assert as_of is not None
    assert first.contact.id == "dealer-walk-in"
    assert first.contact.values["employees"] == 40_000_000
    assert first.contact.values["decision_maker"] is False
    assert first.contact.events[0].values == {"path": "/pricing", "seconds": 35_000_000}
    assert first.contact.events[1] == Event("email_open", as_of - 3 * DAY, {})
    assert (first.line, second.line) == (3, 18)
    assert (second.contact.id, second.contact.values["interests"]) == ("0012", ("a", "b"))
    assert samples.problems == ()


def test_expectations_are_texts_and_null_is_nothing_unless_quoted(read_text: ReadText) -> None:
    expect = read_text("s.yaml", TEXT).samples[0].expect
    assert expect == {
        "total": "20",
        "stage": None,
        "scores": {"fit": "1.50"},
        "rules": {"Read pricing": "5", "null": "null"},
    }


def test_json_samples_say_the_same_as_yaml_samples(read_text: ReadText) -> None:
    expect = {"total": 20, "stage": None, "scores": {"fit": 1.5}, "rules": {"A": -0.125}}
    record = {"record_id": "x", "events": [{"email_open": None, "days ago": 3}], "expect": expect}
    samples = read_text("s.json", json.dumps({"as of": "1970-01-10T00:00", "contacts": [record]}, indent=1))
    assert samples.samples[0].expect == {
        "total": "20",
        "stage": None,
        "scores": {"fit": "1.5"},
        "rules": {"A": "-0.125"},
    }
    assert samples.samples[0].contact.events[0].at == 6 * DAY
    assert samples.samples[0].line == 4


def test_problems_of_samples_have_their_lines(read_text: ReadText) -> None:
    first = "- record_id: 1\n  employees: many\n  events:\n    - email_open: {}\n      at: soon\n"
    content = first + "- email: x\n- record_id: 1\n"
    samples = read_text("s.yml", content)
    assert [sample.contact.id for sample in samples.samples] == ["1"]
    told = [(problem.name, problem.line) for problem in samples.problems]
    assert told == [(BAD_VALUE, 1), (BAD_ROW, 4), (BAD_ROW, 6), (BAD_ROW, 7)]


def test_misspelt_fields_and_events_of_samples_are_reported(read_text: ReadText) -> None:
    samples = read_text("s.yaml", "- record_id: 1\n  jobrole: CEO\n  events: [{emial_open: {}, at: 2026-01-01}]\n")
    assert samples.report.unused_columns == ("jobrole",)
    assert samples.report.undeclared_events == {"emial_open": 1}


def test_samples_serve_as_contacts_with_their_own_as_of(read: Reader, read_text: ReadText) -> None:
    as_contacts = read({"s.yaml": TEXT}).contacts
    assert as_contacts == tuple(sample.contact for sample in read_text("s.yaml", TEXT).samples)


def test_an_expectation_that_names_nothing_is_an_error(read_text: ReadText) -> None:
    with pytest.raises(DataError, match="expect") as caught:
        read_text("s.yaml", "- record_id: 1\n- record_id: 2\n  expect: 20\n")
    assert caught.value.line == 2


def test_samples_are_yaml_or_json(read_text: ReadText) -> None:
    with pytest.raises(DataError, match="YAML or JSON"):
        read_text("s.csv", "Record ID\n1\n")
