"""One contact that is in memory."""

from __future__ import annotations

from leadline.readers import BAD_ROW, BAD_VALUE, ContactConverter, convert_contact
from leadline_compiler.contacts import Contact, Event
from leadline_compiler.schema import Schema
from leadline_compiler.zones import DAY


def test_an_object_becomes_a_contact_with_its_events(schema: Schema) -> None:
    raw = {
        "Record ID": 7,
        "employees": 40.0,
        "interests": ["a"],
        "events": [{"event": "page_view", "at": "1970-01-02", "seconds": 3}, {"email_open": None, "days ago": 1}],
    }
    contact, problems = convert_contact(schema, raw, as_of=3 * DAY)
    events = (Event("page_view", DAY, {"seconds": 3_000_000}), Event("email_open", 2 * DAY, {}))
    assert contact == Contact("7", {"record_id": "7", "employees": 40_000_000, "interests": ("a",)}, events)
    assert problems == ()


def test_what_cannot_be_read_is_told_and_raises_nothing(schema: Schema) -> None:
    raw = {"Record ID": "7", "employees": "many", "signed_up": "03/04/2026", "events": [3, {"email_open": None}]}
    contact, problems = convert_contact(schema, raw)
    assert contact == Contact("7", {"record_id": "7"})
    assert [problem.name for problem in problems] == [BAD_VALUE, BAD_VALUE, BAD_ROW, BAD_ROW]
    assert {problem.line for problem in problems} == {None}


def test_an_order_of_dates_may_be_given(schema: Schema) -> None:
    contact, problems = convert_contact(schema, {"signed_up": "02/01/1970"}, dates={"signed_up": "dmy"})
    assert contact == Contact("", {"signed_up": DAY})
    assert problems == ()


def test_contacts_of_one_converter_know_nothing_of_each_other(schema: Schema) -> None:
    converter = ContactConverter(schema)
    converter.convert({"Record ID": 1, "signed_up": "1700000000000", "email": "a"})
    contact, problems = converter.convert({"Record ID": 1, "signed_up": 1_700_000_000})
    assert contact == Contact("1", {"record_id": "1", "signed_up": 1_700_000_000_000_000})
    assert problems == ()
