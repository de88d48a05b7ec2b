"""Events from files of their own."""

from __future__ import annotations

import pytest

from leadline.readers import BAD_ROW, BAD_VALUE, DataError
from leadline_compiler.contacts import Event
from leadline_compiler.schema import EventType, Kind, Property, Schema, ValueType
from leadline_compiler.zones import DAY, UTC_ZONE
from unit.readers.conftest import Reader

CONTACTS = "Record ID\n1\n2\n"
HEADER = "contact,event,at,path,seconds,campaign,id\n"


def test_events_in_any_order_come_to_their_contacts(read: Reader) -> None:
    events = HEADER + "2,page_view,1970-01-02,/b,2,,\n1,page_view,1970-01-03,/a,,,\n2,email_open,1970-01-02,,,May,\n"
    found = read({"c.csv": CONTACTS, "e.csv": events})
    assert found["1"].events == (Event("page_view", 2 * DAY, {"path": "/a"}),)
    assert found["2"].events == (
        Event("page_view", DAY, {"path": "/b", "seconds": 2_000_000}),
        Event("email_open", DAY, {"campaign": "May"}),
    )
    assert found.report.events == 3


def test_events_are_known_by_their_name_and_by_what_the_data_calls_them_to_the_letter(read: Reader) -> None:
    names = ("email_open", "Opened mail", "opened_mail", "EmailOpen")
    events = "contact,event,at\n" + "".join(f"1,{name},1970-01-02\n" for name in names)
    found = read({"c.csv": CONTACTS, "e.csv": events})
    assert [event.type for event in found["1"].events] == ["email_open"] * 2
    assert found.report.undeclared_events == {"opened_mail": 1, "EmailOpen": 1}


def test_undeclared_events_are_counted_and_otherwise_unseen(read: Reader) -> None:
    events = HEADER + "1,webinar,1970-01-02,,,,\n1,webinar,never,,,,\nnobody,Webinar,1970-01-02,,,,\n"
    found = read({"c.csv": CONTACTS, "e.csv": events})
    assert found["1"].events == ()
    assert found.report.undeclared_events == {"webinar": 2, "Webinar": 1}
    assert found.report.is_clean


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("9,page_view,1970-01-02,,,,", 'no contact "9"'),
        (",page_view,1970-01-02,,,,", "names no contact"),
        ("1,page_view,,,,,", "no time"),
        ("1,page_view,soon,,,,", '"soon" is not a date'),
        ("1,,1970-01-02,,,,", "no name"),
        ("1,page_view,1970-01-02,,,,,x", "8 cells"),
    ],
)
def test_an_event_of_nobody_or_without_name_or_time_is_a_bad_row(read: Reader, row: str, message: str) -> None:
    found = read({"c.csv": CONTACTS, "e.csv": HEADER + row + "\n"})
    assert found.report.events == 0
    assert found.said() == [(BAD_ROW, 2)]
    assert message in found.problems[0].message


def test_a_bad_value_of_a_property_is_missing_and_the_event_counts(read: Reader) -> None:
    found = read({"c.csv": CONTACTS, "e.csv": HEADER + "1,page_view,1970-01-02,/a,long,,\n"})
    assert found["1"].events == (Event("page_view", DAY, {"path": "/a"}),)
    assert found.said() == [(BAD_VALUE, 2)]


def test_of_events_with_one_id_the_first_copy_counts_once_a_contact(read: Reader) -> None:
    rows = (
        "1,page_view,1970-01-02,/first,,,a",
        "2,page_view,1970-01-02,/x,,,a",
        "1,page_view,1970-01-03,/second,,, a ",
    )
    found = read({"c.csv": CONTACTS, "e.csv": HEADER + "\n".join(rows)})
    assert [event.values["path"] for event in found["1"].events] == ["/first"]
    assert [event.values["path"] for event in found["2"].events] == ["/x"]
    assert (found.report.events, found.report.repeated_events) == (2, 1)


def test_events_without_an_id_all_count(read: Reader) -> None:
    found = read({"c.csv": CONTACTS, "e.csv": HEADER + "1,page_view,1970-01-02,/a,,,\n" * 2})
    assert len(found["1"].events) == 2


@pytest.mark.parametrize(
    "header", ["Record ID,event_type,timestamp", "contact_id,eventName,time", "recordId,Event,date", "CONTACT,EVENT,AT"]
)
def test_usual_names_of_the_three_columns_are_understood(read: Reader, header: str) -> None:
    found = read({"c.csv": CONTACTS, "e.csv": header + "\n1,email_open,1970-01-02\n"})
    assert found["1"].events == (Event("email_open", DAY, {}),)


@pytest.mark.parametrize("header", ["contact_id,record_id,event,at", "contact,event,time,date"])
def test_two_columns_that_could_be_one_of_the_three_are_an_error(read: Reader, header: str) -> None:
    with pytest.raises(DataError, match="could all be the column"):
        read({"c.csv": CONTACTS, "e.csv": header + "\n"})


def test_a_property_that_is_called_like_a_time_is_no_time(read: Reader) -> None:
    call = EventType("call", (Property("date", ValueType(Kind.TEXT)),))
    of = Schema(UTC_ZONE, "id", (), (call,))
    found = read({"c.csv": "id\n1\n", "e.csv": "contact,event,time,date\n1,call,1970-01-02,May\n"}, of=of)
    assert found["1"].events == (Event("call", DAY, {"date": "May"}),)


@pytest.mark.parametrize("header", ["event,at", "contact,at", "contact,event"])
def test_events_without_one_of_the_three_columns_are_an_error_that_names_it(read: Reader, header: str) -> None:
    with pytest.raises(DataError, match=r'no column "(contact|event|at)"; the columns are'):
        read({"c.csv": CONTACTS, "e.csv": header + "\n"})


def test_a_property_without_a_column_is_reported(read: Reader) -> None:
    found = read({"c.csv": CONTACTS, "e.csv": "contact,event,at,path,campaign,planned\n"})
    missing = [(column.event, column.field) for column in found.report.missing_columns if column.event]
    assert missing == [("page_view", "seconds")]


def test_events_may_be_json_lines_in_both_forms(read: Reader) -> None:
    lines = (
        '{"contact": 1, "event": "page_view", "at": "1970-01-02", "path": "/a"}\n'
        '{"record_id": "2", "email_open": null, "at": "1970-01-02"}\n'
    )
    found = read({"c.csv": CONTACTS, "e.jsonl": lines})
    assert found["1"].events == (Event("page_view", DAY, {"path": "/a"}),)
    assert found["2"].events == (Event("email_open", DAY, {}),)
