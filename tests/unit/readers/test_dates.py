"""Dates as tools write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.readers import BAD_VALUE, DataError
from leadline.readers.iso_times import IsoTimes
from leadline_compiler.zones import UTC_ZONE, Zone, parse_date
from unit.readers.conftest import Reader


def moment(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 10**6  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2026-11-21", (2026, 11, 21)),
        ("2026-11-21T09:05+09:00", (2026, 11, 21, 0, 5)),
        ("2026-11-21 09:05:07.123 UTC", (2026, 11, 21, 9, 5, 7)),
        ("2026/11/21", (2026, 11, 21)),
        ("2026/1/5 9:05", (2026, 1, 5, 9, 5)),
        ("20261121", (2026, 11, 21)),
        ("20261121T0905", (2026, 11, 21, 9, 5)),
        ("20261121T090507.5Z", (2026, 11, 21, 9, 5, 7)),
        ("20261121T090507+0900", (2026, 11, 21, 0, 5, 7)),
        ("21/11/2026", (2026, 11, 21)),
        ("11/21/2026 09:05", (2026, 11, 21, 9, 5)),
        ("26-02-2018 19:58", (2018, 2, 26, 19, 58)),
        ("05.04.2026", (2026, 4, 5)),
        ("11/21/2026 9:05 pm", (2026, 11, 21, 21, 5)),
        ("11/21/2026, 12:05:30 AM", (2026, 11, 21, 0, 5, 30)),
        ("11/21/2026 09:05 +0900", (2026, 11, 21, 0, 5)),
        ("1700000000", (2023, 11, 14, 22, 13, 20)),
        ("1700000000000", (2023, 11, 14, 22, 13, 20)),
        ("1700000000000000", (2023, 11, 14, 22, 13, 20)),
    ],
)
def test_a_date_is_read_as_it_is_meant(read: Reader, text: str, parts: tuple[int, ...]) -> None:
    found = read({"c.csv": f'Record ID,signed_up\n1,"{text}"\n'})
    value = found["1"].values["signed_up"]
    assert isinstance(value, int)
    assert value - value % 10**6 == moment(*parts)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "13/13/2026",
        "2026-02-30",
        "11/21/26",
        "11/21/2026 25:00",
        "11/21/2026 13:00 pm",
        "12345",
        "1e99",
        "9" * 30,
    ],
)
def test_what_is_no_date_is_a_bad_value(read: Reader, text: str) -> None:
    found = read({"c.csv": f"Record ID,signed_up\n1,{text}\n2,21/11/2026\n"})
    assert "signed_up" not in found["1"].values
    assert found.said() == [(BAD_VALUE, 2)]


@pytest.mark.parametrize(("telling", "month"), [("25/12/2026", 4), ("12/25/2026", 3)])
def test_one_date_settles_the_order_of_its_whole_column_wherever_it_stands(
    read: Reader, telling: str, month: int
) -> None:
    rows = ["03/04/2026"] * 3000 + [telling]
    found = read({"c.csv": "Record ID,signed_up\n" + "".join(f"{n},{row}\n" for n, row in enumerate(rows))})
    day = 7 - month
    assert found["0"].values["signed_up"] == moment(2026, month, day)


def test_an_order_that_no_date_settles_is_asked_for_and_never_guessed(read: Reader) -> None:
    with pytest.raises(DataError, match="day/month or month/day") as caught:
        read({"c.csv": "Record ID,signed_up\n1,05/05/2026\n2,03/04/2026\n"})
    assert caught.value.line == 3
    assert "signed_up=dmy" in caught.value.help


def test_orders_that_contradict_each_other_are_asked_about(read: Reader) -> None:
    with pytest.raises(DataError, match=r"line 2.*line 3"):
        read({"c.csv": "Record ID,signed_up\n1,25/12/2026\n2,12/25/2026\n"})


@pytest.mark.parametrize(("order", "month"), [("dmy", 4), ("mdy", 3)])
def test_the_user_may_say_the_order_by_heading_or_field(read: Reader, order: str, month: int) -> None:
    found = read({"c.csv": "Record ID,Signed up\n1,03/04/2026\n"}, dates={"signed_up": order})
    assert found["1"].values["signed_up"] == moment(2026, month, 7 - month)


def test_an_order_that_is_none_is_an_error(read: Reader) -> None:
    with pytest.raises(DataError, match="ymd"):
        read({"c.csv": "Record ID,signed_up\n1,\n"}, dates={"signed_up": "ymd"})


def test_dates_that_mean_the_same_either_way_need_no_order(read: Reader) -> None:
    found = read({"c.csv": "Record ID,signed_up\n1,05/05/2026\n"})
    assert found["1"].values["signed_up"] == moment(2026, 5, 5)


def test_the_order_is_decided_for_the_times_of_events_too(read: Reader) -> None:
    line = '{"Record ID": %d, "events": [{"email_open": null, "at": "%s/04/2026"}]}\n'
    lines = line % (1, "03") + line % (2, "25")
    assert read({"c.jsonl": lines})["1"].events[0].at == moment(2026, 4, 3)
    events = "contact,event,at\n1,email_open,03/04/2026\n1,email_open,04/25/2026\n"
    assert read({"c.csv": "Record ID\n1\n", "e.csv": events})["1"].events[0].at == moment(2026, 3, 4)


def test_the_unit_of_epoch_numbers_is_decided_once_a_column(read: Reader) -> None:
    numbers = ["1700000000000", "86400000", "0", "-86400000", "1600000000000"]
    found = read({"c.csv": "Record ID,signed_up\n" + "".join(f"{n},{number}\n" for n, number in enumerate(numbers))})
    read_values = [contact.values.get("signed_up") for contact in found.contacts]
    assert read_values == [int(number) * 1000 for number in numbers]


def test_seconds_among_milliseconds_are_a_bad_value_and_no_day_in_1970(read: Reader) -> None:
    rows = "".join(f"{n},1700000000000\n" for n in range(5)) + "5,1700000000\n"
    found = read({"c.csv": "Record ID,signed_up\n" + rows})
    assert "signed_up" not in found["5"].values
    assert found.said() == [(BAD_VALUE, 7)]


def test_epoch_numbers_of_json_are_read_with_their_fractions(read: Reader) -> None:
    found = read({"c.jsonl": '{"Record ID": 1, "signed_up": 1700000000.25}\n{"Record ID": 2, "signed_up": 20261121}'})
    assert found["1"].values["signed_up"] == 1_700_000_000_250_000
    assert found["2"].values["signed_up"] == moment(2026, 11, 21)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "Europe/Berlin", "Australia/Lord_Howe", "America/New_York"])
@given(
    wall=st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    offset=st.sampled_from(["", "Z", " UTC", "+09:30", "-0500", "+1", "x"]),
    parts=st.sampled_from(["days", "minutes", "seconds", "microseconds"]),
)
def test_the_fast_way_reads_what_the_slow_way_reads(zone: str, wall: datetime, offset: str, parts: str) -> None:
    text = wall.date().isoformat() if parts == "days" else wall.isoformat(timespec=parts) + offset
    fast = IsoTimes(Zone(zone))
    slow = parse_date(text, Zone(zone))
    assert fast.read(text) in (slow, None)
    assert fast.read(text) == fast.read(text)
    if zone == "UTC":
        assert fast.read(text) == slow


@pytest.mark.parametrize("text", ["2026-03-29T02:30", "2026-10-25T02:30", "2026-10-25T03:30"])
def test_the_fast_way_knows_hours_that_occur_twice_or_never(text: str) -> None:
    berlin = Zone("Europe/Berlin")
    assert IsoTimes(berlin).read(text) == parse_date(text, berlin)


def test_a_day_at_the_edge_of_the_calendar_raises_nothing() -> None:
    assert IsoTimes(UTC_ZONE).read("0001-01-01T00:00:00+23:59") == parse_date("0001-01-01T00:00:00+23:59", UTC_ZONE)
