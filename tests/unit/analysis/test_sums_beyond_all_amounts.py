"""A sum that is larger than an amount may be is missing, and what is proved of sums minds it."""

from __future__ import annotations

import pytest

import leadline

pytest.importorskip("ortools", reason="the solver is not installed")

AS_OF = 1_795_305_599_999_999
HEAD = """model "M"
contact
  id: text
events
  visit with sec: number
score s
"""
SHORT = "sum of sec of visit where (sec between 0 and 10)"


def found(rules: str) -> set[str]:
    report = leadline.check(HEAD + rules, as_of=AS_OF, logic=True)
    assert report.model is not None, report.diagnostics
    return {item.name for item in report.diagnostics} - {"unused-property"}


@pytest.mark.parametrize(
    "rules",
    [
        '  +1 "A" when sum of sec of visit is missing\n',
        '  +1 "A" when sum of sec of visit is known\n',
        '  +1 "A" when sum of sec of visit >= 5 or sum of sec of visit < 5\n',
        '  points "A" by sum of sec of visit\n    +1 for missing\n    +2 for 3 or more\n',
        '  +5 "A" when not (sum of sec of visit >= 5)\n'
        '  -5 "B" when sum of sec of visit < 5\nstage "S" when total > 0\n',
    ],
)
def test_what_only_a_sum_beyond_all_amounts_tells_apart_is_not_proved(rules: str) -> None:
    assert not found(rules) & {"never-holds", "always-holds", "unreachable-stage", "undecided"}


def test_a_sum_that_cannot_come_so_far_is_always_known() -> None:
    assert "never-holds" in found(f'  +1 "A" when {SHORT} is missing\n')
    assert "always-holds" in found(f'  +1 "A" when {SHORT} is known\n')


def test_what_is_told_is_what_the_scorer_makes_of_it() -> None:
    report = leadline.check(f'{HEAD}  +5 "A" when sum of sec of visit is missing\nstage "S" when total >= 5\n')
    assert report.model is not None
    visits = [{"event": "visit", "at": "2026-11-20", "sec": 10**12}] * 2
    assert leadline.score(report.model, {"id": "1", "events": visits}, "2026-11-21")["stage"] == "S"
    ways = leadline.reach(report.model, "S", "2026-11-21")
    assert ways.least.events == len(ways.ways[0].events) == 2
