"""Contacts from JSON and JSON Lines, with their events inside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leadline.readers import BAD_ROW, DataError
from leadline_compiler.contacts import Event
from leadline_compiler.zones import DAY
from unit.readers.conftest import Reader

CONTACTS = [{"Record ID": 1, "email": "x"}, {"record_id": "2", "Number of Employees": 12.5}]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c.json", json.dumps(CONTACTS)),
        ("c.json", json.dumps({"as of": "2026-11-21", "contacts": CONTACTS})),
        ("c.json", json.dumps({"paging": {"next": 1}, "results": CONTACTS}, indent=2)),
        ("c.json", "\n".join(map(json.dumps, CONTACTS))),
        ("c.jsonl", "\ufeff" + "\n\n".join(map(json.dumps, CONTACTS))),
        ("c.ndjson", "\r\n".join(map(json.dumps, CONTACTS))),
        ("contacts", "  " + json.dumps(CONTACTS)),
        ("contacts", "\n".join(map(json.dumps, CONTACTS))),
    ],
)
def test_every_shape_of_json_gives_the_same_contacts(read: Reader, name: str, text: str) -> None:
    found = read({name: text})
    assert found["1"].values == {"record_id": "1", "email": "x"}
    assert found["2"].values == {"record_id": "2", "employees": 12_500_000}


def test_a_single_object_is_one_contact_also_with_events_inside(read: Reader) -> None:
    found = read({"c.json": '{"Record ID": 1,\n "events": [{"event": "email_open", "at": "1970-01-02"}]}'})
    assert found["1"].events == (Event("email_open", DAY, {}),)


def test_numbers_never_pass_through_floating_point(read: Reader) -> None:
    text = '[{"Record ID": 9007199254740993, "Number of Employees": 999999999999.999999}, {"Record ID": 3.0}]'
    found = read({"c.json": text})
    assert found["9007199254740993"].values["employees"] == 999_999_999_999_999_999
    assert found.contacts[1].id == "3"


@pytest.mark.parametrize("number", ["1e999999999", "9" * 5000, "1e99999999999999999999", "NaN", "-Infinity"])
def test_numbers_beyond_all_bounds_are_bad_values(read: Reader, number: str) -> None:
    found = read({"c.json": f'[{{"Record ID": 1, "Number of Employees": {number}}}]'})
    assert found["1"].values == {"record_id": "1"}
    assert found.report.bad_values == 1


def test_a_list_is_a_json_list_or_a_text_with_semicolons_and_never_with_bars(read: Reader) -> None:
    found = read({"c.json": '[{"Record ID": 1, "interests": ["a;b", 2]}, {"Record ID": 2, "interests": "a|b;c"}]'})
    assert found["1"].values["interests"] == ("a;b", "2")
    assert found["2"].values["interests"] == ("a|b", "c")


def test_null_and_empty_are_missing_and_objects_are_bad_values(read: Reader) -> None:
    record = {"Record ID": 1, "email": None, "job_role": "", "Number of Employees": {"a": 1}}
    found = read({"c.json": json.dumps([{**record, "interests": []}])})
    assert found["1"].values == {"record_id": "1"}
    assert [problem.raw for problem in found.problems] == ['{"a": 1}']


def test_values_inside_properties_are_found(read: Reader) -> None:
    found = read({"c.json": '{"results": [{"id": "5", "properties": {"recordId": "9", "email": "x"}}]}'})
    assert found["9"].values == {"record_id": "9", "email": "x"}


def test_events_inside_contacts_are_read_in_both_forms(read: Reader) -> None:
    events = [
        {"event": "page_view", "at": "1970-01-02", "path": "/a", "seconds": 3},
        {"page_view": {"path": "/a", "seconds": 3}, "at": "1970-01-02"},
        {"event": "page_view", "timestamp": "1970-01-02T00:00Z", "properties": {"path": "/a", "seconds": "3"}},
    ]
    found = read({"c.jsonl": json.dumps({"Record ID": 1, "events": events})})
    assert set(map(repr, found["1"].events)) == {repr(Event("page_view", DAY, {"path": "/a", "seconds": 3_000_000}))}
    assert found.report.events == 3


def test_days_ago_counts_back_24_hour_days_from_as_of(read: Reader) -> None:
    text = '{"Record ID": 1, "events": [{"email_open": null, "days ago": 3}, {"event": "email_open", "days ago": 0.5}]}'
    found = read({"c.jsonl": text}, as_of=10 * DAY)
    assert [event.at for event in found["1"].events] == [7 * DAY, 9 * DAY + DAY // 2]


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ({"email_open": None, "days ago": 3}, "needs an `as of`"),
        ({"email_open": None, "days ago": 3, "at": "2026-01-01"}, "both"),
        ({"email_open": None}, "no time"),
        ({"event": "email_open", "at": "soon"}, "not a date"),
        ({"at": "2026-01-01"}, "no name"),
        ("email_open", "not an event"),
    ],
)
def test_an_event_that_cannot_be_read_is_a_bad_row(read: Reader, event: Any, message: str) -> None:
    found = read({"c.jsonl": json.dumps({"Record ID": 1, "events": [event]})})
    assert found["1"].events == ()
    assert found.report.bad_rows == 1
    assert message in found.problems[0].message
    assert found.problems[0].contact == "1"


def test_events_inside_and_in_a_file_of_their_own_both_count(read: Reader) -> None:
    inside = '{"Record ID": 1, "events": [{"email_open": null, "at": "1970-01-02", "id": "a"}]}'
    beside = "contact,event,at,id\n1,email_open,1970-01-03,a\n1,email_open,1970-01-04,b\n"
    found = read({"c.jsonl": inside, "e.csv": beside})
    assert [event.at for event in found["1"].events] == [DAY, 3 * DAY]
    assert found.report.repeated_events == 1


def test_a_broken_line_is_a_bad_row_and_the_others_are_read(read: Reader) -> None:
    good, half = '{"Record ID": 1}', '{"Record ID": "\\ud800"}'
    lines = (good, '{"Record ID": ', "[2]", '{"Record ID": 3} x', half, '{"record id": 4}')
    found = read({"c.jsonl": "\n".join(lines)})
    assert [contact.id for contact in found.contacts] == ["1", "4"]
    assert found.said() == [(BAD_ROW, line) for line in (2, 3, 4, 5)]


def test_what_is_no_object_is_a_bad_row_with_its_line(read: Reader) -> None:
    found = read({"c.json": '[\n{"Record ID": 1},\n 3,\n\n null]'})
    assert found.said() == [(BAD_ROW, 3), (BAD_ROW, 5)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[{}", 1),
        ('[\n{"a": 1},\n]', 2),
        ('{"contacts": [],\n}', 1),
        ("[]\n[]", 2),
        ('[\n{"a" 1}]', 2),
        ("[" * 100_000, 1),
    ],
)
def test_broken_json_is_an_error_with_its_line(read: Reader, text: str, line: int) -> None:
    with pytest.raises(DataError, match="broken JSON") as caught:
        read({"c.json": text})
    assert caught.value.line == line


def test_a_bad_as_of_in_the_file_is_an_error(read: Reader) -> None:
    with pytest.raises(DataError, match="as of"):
        read({"c.json": '{"as of": "tomorrow", "contacts": []}'})


@pytest.mark.parametrize(("number", "text"), [("1E+2", "100"), ("100.0", "100"), ("1.50", "1.5"), ("-0.25", "-0.25")])
def test_a_number_as_a_text_is_written_without_needless_decimals(read: Reader, number: str, text: str) -> None:
    found = read({"c.json": f'[{{"Record ID": 1, "email": {number}, "Number of Employees": {number}}}]'})
    assert found["1"].values["email"] == text
    assert found["1"].values["employees"] == int(float(number) * 10**6)
