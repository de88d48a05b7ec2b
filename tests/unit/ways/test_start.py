"""What is told of the ways into a stage: what was done stays done, and no dear way is called the cheapest."""

from __future__ import annotations

import pytest

import leadline
from leadline_compiler.analysis import analyse
from leadline_compiler.contacts import Contact, Event
from leadline_compiler.ways import Cost, Start, Ways, find_ways

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


def ways_of(*events: Event, rules: str = _RULES, stage: str = "Quiet") -> Ways:
    model = leadline.check(rules, as_of=AS_OF).model
    assert model is not None
    return find_ways(analyse(model, AS_OF, "long", exactly=True), stage, Start(Contact("a", {}, events)), 1)


def test_what_happened_is_not_undone_to_reach_a_stage() -> None:
    assert ways_of(Event("visit", AS_OF - 1, {})).verdict == "none"
    [way] = ways_of(Event("visit", AS_OF - 40 * 86_400_000_000, {})).ways
    assert [event.type for event in way.outcome.contact.events] == ["visit", "call"]


def test_a_way_is_called_the_cheapest_only_where_no_other_costs_less() -> None:
    [way] = ways_of(rules=_PRODUCT, stage="In").ways
    by_two_fields = Cost(0, 2)
    assert not way.is_cheapest or way.cost <= by_two_fields
    [way] = ways_of(rules=_PRODUCT.replace("size * staff", "size + staff"), stage="In").ways
    assert (way.is_cheapest, way.cost) == (True, by_two_fields)
