"""What if: values, events and the day of a case, changed in the words that people type."""

from __future__ import annotations

import pytest

import leadline
from leadline.completion import ValuesSeen
from leadline.readers import convert_contact
from leadline.what_if import Case, ChangeError, case_of, change_case, events_of, propose_change, replay
from leadline_compiler.interpreter import interpret
from leadline_compiler.zones import DAY, HOUR, parse_as_of, parse_date

_MODEL = leadline.check("""\
model "Shop", time zone "Asia/Tokyo"
contact identified by email
  email: text
  staff: number from "Number of Employees"
  role: one of "CEO", "Clerk"
  tags: list of text
  `first seen`: date
  decides: yes/no
events
  visit with path: text, seconds: number
  `form sent` from "form_submit"
score fit
  +10 "Staff" when staff >= 25
  +5 "Prices" for each visit where path is "/prices" in the last 30 days
""").model
assert _MODEL is not None
_SCHEMA = _MODEL.schema
_AS_OF = parse_as_of("2026-11-21T12:00", _SCHEMA.zone) or 0


def begin() -> Case:
    raw = {
        "email": "a@b.example",
        "staff": 3,
        "events": [
            {"event": "visit", "at": "2026-11-01", "path": "/prices"},
            {"event": "visit", "at": "2026-11-20", "path": "/"},
        ],
    }
    return case_of(convert_contact(_SCHEMA, raw, as_of=_AS_OF)[0], _AS_OF)


def after(*changes: str) -> Case:
    case = begin()
    for change in changes:
        case = change_case(case, change, _SCHEMA)
    return case


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ("staff = 40", "staff", 40_000_000),
        ("staff=2.5", "staff", 2_500_000),
        ("Number of Employees = 40", "staff", 40_000_000),
        ("numberOfEmployees = 40", "staff", 40_000_000),
        ("staff =", "staff", None),
        ("role = ceo", "role", "ceo"),
        ('role = "CEO"', "role", "CEO"),
        ("tags = a; b", "tags", ("a", "b")),
        ("`first seen` = 2026-11-01", "first seen", parse_date("2026-11-01", _SCHEMA.zone)),
        ("decides = yes", "decides", True),
    ],
)
def test_a_field_gets_a_value_as_the_data_would_give_it(change: str, field: str, value: object) -> None:
    case = after(change)
    assert case.contact.values.get(field) == value
    assert case.changes == (change,)
    assert begin().contact.values.get("staff") == 3_000_000


@pytest.mark.parametrize(
    ("change", "kind", "ago", "values"),
    [
        ("+visit", "visit", 0, {}),
        ("+visit path=/prices 2d", "visit", 2 * DAY, {"path": "/prices"}),
        ("+visit 3 hours ago path=/prices seconds=2.5", "visit", 3 * HOUR, {"path": "/prices", "seconds": 2_500_000}),
        ('+visit path="/a b" now', "visit", 0, {"path": "/a b"}),
        ("+visit 2026-11-20T12:00", "visit", DAY, {}),
        ("+`form sent` 1w", "form sent", 7 * DAY, {}),
        ("+form_submit 1w", "form sent", 7 * DAY, {}),
    ],
)
def test_an_event_is_added_with_its_properties_and_its_time(
    change: str, kind: str, ago: int, values: dict[str, object]
) -> None:
    event = after(change).contact.events[-1]
    assert (event.type, _AS_OF - event.at) == (kind, ago)
    assert {name: value for name, value in event.values.items() if value is not None} == values


def test_events_are_dropped_by_their_number_from_the_newest_or_by_their_name() -> None:
    assert [event.values.get("path") for event in after("-1").contact.events] == ["/prices"]
    assert [event.values.get("path") for event in after("-2").contact.events] == ["/"]
    assert [event.values.get("path") for event in after("-visit").contact.events] == ["/prices"]
    assert after("-1", "-1").contact.events == ()
    assert [event.values["path"] for event in events_of(begin().contact)] == ["/", "/prices"]


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        ("today = +14d", 14 * DAY),
        ("today = -2 weeks", -14 * DAY),
        ("today = 2026-11-22T12:00", DAY),
        ("as of = 2026-11-21", 12 * HOUR - 1),
    ],
)
def test_the_day_moves(change: str, moved: int) -> None:
    assert after(change).as_of == _AS_OF + moved


def test_later_changes_see_the_earlier_ones() -> None:
    case = after("today = +14d", "+visit path=/prices 1d", "staff = 40")
    assert case.contact.events[-1].at == _AS_OF + 13 * DAY
    assert _MODEL is not None
    # The visit of 1 November is out of its window by then.
    assert interpret(_MODEL, case.contact, case.as_of).total == 15_000


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("", "write `field = value`"),
        ("staff", "write `field = value`"),
        ("= 3", "write `field = value`"),
        ("stuff = 3", "there is no field `stuff`; did you mean `staff`?"),
        ("staff = many", '"many" is not a number'),
        ("role = Boss", "Boss"),
        ("email = x", "what tells contacts apart cannot be changed"),
        ("+", "name an event behind the plus; there is visit, form sent"),
        ("+vist", "there is no event `vist`; did you mean `visit`?"),
        ("+visit page=/x", "`visit` has no property `page`"),
        ("+visit yesterday", "`yesterday` is no time"),
        ("+visit seconds=long", "is not a number"),
        ("-3", "there is no event 3: the contact has 2, the newest is 1"),
        ("-0", "there is no event 0"),
        ("-demo", "the contact has no `demo`"),
        ("today = soon", "`soon` is no day"),
        ("today = +3 fortnights", "is no day"),
    ],
)
def test_what_cannot_be_done_says_what_would_be_right(change: str, said: str) -> None:
    with pytest.raises(ChangeError) as raised:
        after(change)
    assert said in raised.value.message


def test_changes_that_fit_no_longer_are_left_out_of_a_replay() -> None:
    case = replay(begin(), ["staff = 40", "gone = 3", "-9", "today = +1d"], _SCHEMA)
    assert case.changes == ("staff = 40", "today = +1d")


@pytest.mark.parametrize(
    ("begun", "whole"),
    [
        ("st", "staff = "),
        ("role = C", "role = CEO"),
        ("role = cl", "role = clerk"),
        ("decides = y", "decides = yes"),
        ("to", "today = +"),
        ("+vi", "+visit"),
        ("+visit p", "+visit path="),
        ("+visit path=/p", "+visit path=/prices"),
        ("", None),
        ("nothing", None),
        ("+visit path=/zzz", None),
    ],
)
def test_a_change_that_has_been_begun_is_ended(begun: str, whole: str | None) -> None:
    seen = ValuesSeen({}, {("visit", "path"): ("/prices", "/")})
    assert propose_change(begun, _SCHEMA, seen) == whole
