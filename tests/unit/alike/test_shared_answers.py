"""What two models both ask of a contact has one answer, however little is known of it; so only the rest can differ."""

from __future__ import annotations

import pytest

import leadline
from leadline_compiler.alike import Likeness, compare_scoring
from leadline_compiler.analysis import analyse
from leadline_compiler.ways import Cost

pytest.importorskip("ortools", reason="the solver is not installed")

AS_OF = 1_790_000_000_000_000
RULES = """model "M"
contact
  id: text
  size: number
  paid: yes/no
events
  visit with path: text
  buy with amount: number
score points
  +8 "Paid" when {paid}
  +1 "Large" when size > 4
  {visits}
  +1 "Bought" for each buy
{exit}
stage "High" when total >= 9
"""
VISITS = '+2 "Visits" for each visit, at most 2 times per day'


def compare(old: dict[str, str], new: dict[str, str]) -> Likeness:
    plain = {"paid": "paid", "visits": VISITS, "exit": ""}
    models = [leadline.check(RULES.format(**plain | one)).model for one in (old, new)]
    assert models[0] is not None
    assert models[1] is not None
    return compare_scoring(*(analyse(model, AS_OF, "short", exactly=True) for model in models if model is not None))


@pytest.mark.parametrize(
    "condition",
    [
        "sum of amount of buy >= 5",
        "number of different path of visit >= 3",
        "size * 3 > count of buy",
        "average amount of buy >= 4",
        "latest amount of buy >= 4",
    ],
)
@pytest.mark.parametrize("kind", ['disqualify "Out"', 'stage "First"'])
def test_a_condition_of_both_models_keeps_no_change_of_words_from_being_proved_alike(condition: str, kind: str) -> None:
    both = {"exit": f"{kind} when {condition}"}
    assert compare(both, both | {"paid": "not (paid is missing or paid is no)"}).verdict == "alike"


@pytest.mark.parametrize("limit", ["at most 2 times per day", "at most 2 times per path"])
def test_a_rule_that_was_parted_in_two_scores_alike_within_its_limit(limit: str) -> None:
    one = f'+2 "Visits" for each visit, {limit}'
    two = f'+1 "Visits" for each visit, {limit}\n  +1 "Again" for each visit, {limit}'
    assert compare({"visits": one}, {"visits": two}).verdict == "alike"


def test_a_window_that_ends_within_a_day_lets_both_of_its_sides_count_on_that_day() -> None:
    parted = """+2 "New" for each visit in the last 10 days, at most 2 times per day
  +2 "Old" for each visit more than 10 days ago, at most 2 times per day"""
    found = compare({"visits": parted}, {"visits": VISITS})
    assert found.verdict == "differ"
    assert found.difference is not None
    assert found.difference.is_smallest
    assert found.difference.size == Cost(3, 0)
