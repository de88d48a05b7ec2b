"""What is found of the difference between two models without the solver."""

from __future__ import annotations

import pytest

import leadline
from leadline_compiler.alike import compare_scoring
from leadline_compiler.analysis import analyse
from leadline_compiler.interpreter import interpret

AS_OF = 1_795_305_599_999_999
RULES = """model "M"
contact
  id: text
  size: number
  born: date
  title: text
events
  visit with path: text, seconds: number
  call
ignore visit where seconds < 5
score fit at most 20
  +5 "Large" when size > 20
  points "Age" by days since born
    +2 for 1 to 9
    +4 for 10 or more
  +3 "Titled" when title contains "x"
score done
  group "Visits" at most 22
    +3 "Visit" for each visit in the last 7 days, at most 6 times
    +1 "Calls" for every 2 of count of call, up to 9 points
  +4 "Long" when highest seconds of visit >= 30
  +2 "Both" when count of visit > count of call
total = fit + done
grade total
  "A" from 20
  "B" otherwise
disqualify "None" when total < 1
stage "Low" when total > 4
stage "High" when total >= 15 and has call
"""


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("size > 20", "size >= 20"),
        ("size > 20", "size > 20.000001"),
        ("+2 for 1 to 9", "+2 for 1 to 8"),
        ("+2 for 1 to 9\n    +4 for 10 or more", "+2 for 1 to 10\n    +4 for 11 or more"),
        ("in the last 7 days", "in the last 8 days"),
        ("at most 6 times", "at most 7 times"),
        ("at most 22", "at most 24"),
        ("at most 20", "at most 11"),
        ("for every 2 of", "for every 3 of"),
        ("seconds of visit >= 30", "seconds of visit > 30"),
        ("seconds < 5", "seconds <= 5"),
        ("ignore visit where seconds < 5\n", ""),
        ("fit + done", "fit + 0.9 * done"),
        ('"A" from 20', '"A" from 21'),
        ("total < 1", "total <= 1"),
        ("total > 4", "total >= 4"),
        ("total >= 15 and has call", "total >= 16 and has call"),
        ("total >= 15 and has call", "total >= 15"),
        ('title contains "x"', 'title starts with "x"'),
        ("up to 9 points", "up to 8 points"),
        ("count of visit > count of call", "count of visit >= count of call"),
    ],
)
@pytest.mark.usefixtures("no_solver")
def test_a_contact_on_the_boundary_is_found_without_the_solver(was: str, now: str) -> None:
    assert was in RULES
    old, new = (leadline.check(text).model for text in (RULES, RULES.replace(was, now, 1)))
    assert old is not None
    assert new is not None
    for one, other in ((old, new), (new, old)):
        found = compare_scoring(*(analyse(model, AS_OF, "short", exactly=True) for model in (one, other)))
        assert found.verdict == "differ"
        assert found.difference is not None
        contact = found.difference.contact
        assert found.difference.is_smallest is not bool(contact.events or contact.values), "nothing was searched"
        before, after = (interpret(model, found.difference.contact, AS_OF) for model in (one, other))
        told = [(outcome.status, outcome.stage, outcome.total, outcome.grades) for outcome in (before, after)]
        scores = [[score.points for score in outcome.scores] for outcome in (before, after)]
        assert told[0] != told[1] or scores[0] != scores[1]
