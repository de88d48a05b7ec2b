"""What is told of the ways into a stage: what was done stays done, and no dear way is called the cheapest."""

from __future__ import annotations

import pytest

import leadline
from leadline_compiler.analysis import analyse
from leadline_compiler.contacts import Contact, Event, Value
from leadline_compiler.ways import Cost, Start, Ways, find_ways
from leadline_compiler.zones import DAY

pytest.importorskip("ortools", reason="the solver is not installed")

AS_OF = 1_795_305_599_999_999
_RULES = """model "M"
contact
  id: text
events
  visit
  call
score s
  +5 "Quiet" when no visit in the last 30 days
  +1 "Called" when has call
stage "Quiet" when total >= 6
"""


_PRODUCT = """model "M"
contact
  id: text
  size: number
  staff: number
events
  call
score s
  +5 "Product" when size * staff >= 4
  +5 "Called" for each call, at most 1 times
stage "In" when total >= 5
"""


_AVERAGE = """model "M"
contact
  id: text
events
  joined with amount: number
  page_view
score s
  -0.001 "Average" for every 3 of average amount of joined, up to 10 points
stage "Hot" when s < 100 and days since last any of (page_view, joined) more than 30 minutes ago is known
"""


_IGNORING = """model "M"
events
  group with due: date, labels: list of text, seen: date
ignore group where due is 2026-03-30 in the last 1 day
score s
stage "Hot" when has group where (labels includes any of "x", "y" or seen is missing)
"""


def ways_of(*events: Event, rules: str = _RULES, stage: str = "Quiet") -> Ways:
    model = leadline.check(rules, as_of=AS_OF).model
    assert model is not None
    return find_ways(analyse(model, AS_OF, "long", exactly=True), stage, Start(Contact("a", {}, events)), 1)


def test_what_happened_is_not_undone_to_reach_a_stage() -> None:
    assert ways_of(Event("visit", AS_OF - 1, {})).verdict == "none"
    [way] = ways_of(Event("visit", AS_OF - 40 * 86_400_000_000, {})).ways
    assert [event.type for event in way.outcome.contact.events] == ["visit", "call"]


def test_an_average_puts_no_stage_out_of_reach() -> None:
    # The solver's preparing once declared the constraint model of these rules impossible.
    [way] = ways_of(rules=_AVERAGE, stage="Hot").ways
    assert way.cost == Cost(1, 0)


def test_what_is_ignored_for_a_while_puts_no_stage_out_of_reach() -> None:
    [way] = ways_of(rules=_IGNORING, stage="Hot").ways
    assert way.cost == Cost(1, 0)


def test_a_way_is_called_the_cheapest_only_where_no_other_costs_less() -> None:
    [way] = ways_of(rules=_PRODUCT, stage="In").ways
    by_two_fields = Cost(0, 2)
    assert not way.is_cheapest or way.cost <= by_two_fields
    [way] = ways_of(rules=_PRODUCT.replace("size * staff", "size + staff"), stage="In").ways
    assert (way.is_cheapest, way.cost) == (True, by_two_fields)


_OUT = """model "M"
contact
  id: text
  staff: number
  opted_in: yes/no
  size: number
  seg: one of "a", "b", "c"
  born: date
  title: text
  tags: list of text
score fit
  +20 "Big" when staff >= 50
disqualify "Out" when {out}
stage "Hot" when total >= 20
"""
_STAFF = 60_000_000


def from_out(out: str, value: Value, change: frozenset[str]) -> Ways:
    """The ways of somebody who is shut out by a field with this value, and by nothing else."""
    model = leadline.check(_OUT.format(out=out), as_of=AS_OF).model
    assert model is not None
    start = Contact("a", {"staff": _STAFF, out.removeprefix("not ").split()[0]: value}, ())
    return find_ways(analyse(model, AS_OF, "long", exactly=True), "Hot", Start(start, change=change), 1)


@pytest.mark.parametrize(
    ("out", "value"),
    [
        ("opted_in is no", False),
        ("opted_in is yes", True),
        ("not opted_in", False),
        ('seg is one of "a", "b"', "a"),
        ('seg is "b"', "b"),
        ("size < 10", 5_000_000),
        ("size between 1 and 9", 5_000_000),
        ("born < 2026-01-01", 0),
        ("born >= 2020-01-01", AS_OF),
        ('title is "x"', "x"),
        ('title is one of "x", "y"', "Y"),
        ('title contains "x"', "axb"),
        ('title matches "^x"', "xb"),
        ('tags includes "x"', ("x",)),
        ('tags includes any of "x", "y"', ("a", "y")),
    ],
)
def test_a_known_field_may_become_a_value_that_no_rule_names(out: str, value: Value) -> None:
    name = out.removeprefix("not ").split()[0]
    stays = from_out(out, value, frozenset())
    assert stays.verdict == "none"
    assert stays.freed is not None
    assert set(stays.freed.values) == {name}
    [way] = from_out(out, value, frozenset({name})).ways
    assert (set(way.values), way.cost, way.is_cheapest) == ({name}, Cost(0, 1), True)


@pytest.mark.parametrize(
    ("out", "value"),
    [
        ("opted_in is known", False),
        ("seg is known", "a"),
        ("size is known", 0),
        ("born is known", 0),
        ("title is known", "x"),
        ("tags is known", ("x",)),
        ('seg is one of "a", "b", "c"', "a"),
    ],
)
def test_a_known_field_does_not_become_unknown(out: str, value: Value) -> None:
    found = from_out(out, value, frozenset({out.split()[0]}))
    assert (found.verdict, found.freed) == ("none", None)


_SUMMED = """model "M"
contact
  paid: yes/no
events
  visit with path: text
  buy with amount: number
score s at most 12
  points "Read" by count of visit where path is "a" in the last 7 days
    +1 for 1 to 2
    +4 for 3 or more
    -1 otherwise
  +5 "Bought" when sum of amount of buy >= 5
  group "More" at most 8
    points "Late" by days since last buy in the last 7 days
      +1 for 1 to 2
      +4 for 3 or more
      -1 otherwise
    +5 "Free" when not paid
stage "Hot" when total >= 10
"""


def test_what_no_rule_looks_at_does_not_keep_a_sum_from_being_reached() -> None:
    """A lead has such events nearly always: here a visit before the time that a rule asks for."""
    model = leadline.check(_SUMMED).model
    assert model is not None
    start = Start(Contact("lead", {"paid": True}, (Event("visit", AS_OF - 40 * DAY, {"path": "a"}),)))
    found = find_ways(analyse(model, AS_OF, "short", exactly=True), "Hot", start, 1)
    assert found.verdict == "ways"
    assert (found.ways[0].cost, found.ways[0].is_cheapest) == (Cost(events=2, facts=0), True)
    assert found.ways[0].outcome.stage == "Hot"
