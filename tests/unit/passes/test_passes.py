"""What each pass does to a small plan, in golden files."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import leadline
from leadline_compiler.passes import PASSES, Pass
from leadline_compiler.plan import Plan, lower

RULES = """model "Passes"
contact
  id: text
  country: text
  employees: number
  joined: date
events
  visit with path: text, seconds: number
list home = "jp", "kr"
list away = "us"
score s
  +1 "Reckoned" when employees >= 2 * 10 + 5
  +1 "Always" when 2 > 1 or country is known
  +1 "Twice no" when not (not (country is "JP"))
  +1 "Nested" when (country is known and (employees > 5 and joined is known)) and country is known
  +1 "Values" when country is "JP" or country is "KR" or country is one of "US", "UK"
  +1 "Band" when employees >= 5 and employees < 50 and country is in home
  +1 "Written day" when 2026-01-01 < 2026-02-01 and joined >= 2026-01-01
  +1 "Dear first" when count of visit where path matches "^/pricing" > 2 and employees > 3
  +1 "Same" for each visit where (seconds > 3 + 4 and path is "/a") in the last 7 days
  +2 "Same again" for each visit where (path is "/a" and seconds > 7) in the last 7 days
"""


def listing(plan: Plan) -> str:
    """A plan's nodes and what its rules name, a line each."""
    nodes = [f"{index:3} {node[0]}{_shown(node[1:])}" for index, node in enumerate(plan.nodes)]
    rules = [f"{rule.name}: {_named(rule.body)}" for rule in plan.rules]
    lists = [f"list {index}: {', '.join(entries)}" for index, entries in enumerate(plan.lists)]
    return "\n".join([*nodes, *lists, *rules]) + "\n"


def _shown(arguments: tuple[object, ...]) -> str:
    return f" {', '.join(map(str, arguments))}" if arguments else ""


def _named(body: object) -> object:
    return getattr(body, "condition", getattr(body, "occurrence", None))


@pytest.mark.parametrize("run", PASSES, ids=lambda run: run.name)
def test_a_pass_changes_this_much_and_no_more(run: Pass, golden: Callable[[str, str], None]) -> None:
    model = leadline.check(RULES).model
    assert model is not None
    before = lower(model)
    golden(f"passes/{run.name}.txt", f"before\n{listing(before)}\nafter\n{listing(run(before))}")
