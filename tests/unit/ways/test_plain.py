"""The values of a way read like advice: no more than is needed, and no stranger than it must be."""

from __future__ import annotations

from datetime import date

import pytest

import leadline
from leadline_compiler.analysis import analyse
from leadline_compiler.contacts import Contact, Value
from leadline_compiler.ways import Start, find_ways
from leadline_compiler.ways.plain import with_plain_values
from leadline_compiler.zones import parse_as_of

_RULES = """model "M", time zone "Europe/Vienna"
contact
  id: text
  topics: list of text
  demo_on: date
  staff: number
  role: one of "CEO", "Buyer", "Student"
events
  call with asked: list of text, until: date
score s at most 5
  +5 "In" when {rule}
  +1 "Chief" when role is "CEO"
stage "In" when total >= 5
"""


def new_values(rule: str, *, known: dict[str, Value] | None = None) -> dict[str, Value]:
    """The fields and the properties of the one event that the way from a contact brings, days as such."""
    model = leadline.check(_RULES.format(rule=rule)).model
    assert model is not None
    as_of = parse_as_of("2026-11-21T12:00", model.zone)
    assert as_of is not None
    start = Start(Contact("a", known or {}), change=frozenset(known or ()))
    [way] = find_ways(analyse(model, as_of, "long", exactly=True), "In", start, 1).ways
    found = {**way.values, **(way.events[0].values if way.events else {})}
    for name in found.keys() & {"demo_on", "until"}:
        moment = found[name]
        assert isinstance(moment, int)
        assert moment == model.zone.midnight(model.zone.day(moment)), "a time of day is told"
        found[name] = model.zone.day(moment).isoformat()
    return found


@pytest.fixture(params=["solver", "trying"])
def _each_search(request: pytest.FixtureRequest) -> None:
    if request.param == "trying":
        request.getfixturevalue("no_solver")
    else:
        pytest.importorskip("ortools", reason="the solver is not installed")


@pytest.mark.usefixtures("_each_search")
def test_a_list_has_no_text_that_is_not_needed() -> None:
    [(name, topics)] = new_values('topics includes any of "e-bike", "commuting", "travel"').items()
    assert name == "topics"
    assert topics in (("e-bike",), ("commuting",), ("travel",))
    assert new_values('topics includes all of "e-bike", "travel"') == {"topics": ("e-bike", "travel")}
    [asked] = new_values('has call where asked includes any of "a", "b"').values()
    assert asked in (("a",), ("b",))


def test_what_a_list_becomes_is_no_longer_than_needed_either() -> None:
    pytest.importorskip("ortools", reason="the solver is not installed")
    changed = new_values('topics includes any of "a", "b" and topics does not include "x"', known={"topics": ("x",)})
    assert changed["topics"] in (("a",), ("b",))


@pytest.mark.usefixtures("_each_search")
def test_of_listed_values_it_is_one_that_earns_no_more_than_is_needed() -> None:
    assert new_values("role is known") == {"role": "Buyer"}
    assert new_values('role is not "Buyer"', known={"role": "Buyer"}) == {"role": "Student"}


@pytest.mark.usefixtures("_each_search")
@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("demo_on is known", "2026-11-21"),
        ("days since demo_on >= 0", "2026-11-21"),
        ("days since demo_on between 0 and 400", "2026-11-21"),
        ("demo_on < 2020-02-03", "2020-02-02"),
        ("demo_on >= 2027-02-03", "2027-02-03"),
        ("demo_on is 2020-02-03", "2020-02-03"),
    ],
)
def test_a_date_is_told_by_its_day_and_is_today_where_that_does(rule: str, day: str) -> None:
    assert new_values(rule) == {"demo_on": day}


@pytest.mark.usefixtures("_each_search")
@pytest.mark.parametrize("rule", ["days since demo_on between 3 and 20", "days since demo_on >= 7"])
def test_a_date_of_some_age_is_the_beginning_of_a_day(rule: str) -> None:
    [day] = new_values(rule).values()
    assert date.fromisoformat(str(day)) < date(2026, 11, 21)


def test_a_date_keeps_its_time_where_only_that_will_do() -> None:
    model = leadline.check(_RULES.format(rule="demo_on is known")).model
    assert model is not None
    found = Contact("a", {"demo_on": 1_000_001})
    start = Start(Contact("a", {}))
    assert with_plain_values(model, 0, start, found, lambda one: one == found) == found
