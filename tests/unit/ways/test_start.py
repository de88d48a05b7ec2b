"""What somebody is and has done already stays, whatever way leads into a stage."""

from __future__ import annotations

import pytest

import leadline
from leadline_compiler.analysis import analyse
from leadline_compiler.contacts import Contact, Event
from leadline_compiler.ways import Start, Ways, find_ways

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


def ways_of(*events: Event) -> Ways:
    model = leadline.check(_RULES, as_of=AS_OF).model
    assert model is not None
    return find_ways(analyse(model, AS_OF, "long", exactly=True), "Quiet", Start(Contact("a", {}, events)), 1)


def test_what_happened_is_not_undone_to_reach_a_stage() -> None:
    assert ways_of(Event("visit", AS_OF - 1, {})).verdict == "none"
    [way] = ways_of(Event("visit", AS_OF - 40 * 86_400_000_000, {})).ways
    assert [event.type for event in way.outcome.contact.events] == ["visit", "call"]
