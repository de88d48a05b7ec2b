"""Limits per a number or a date: what is shown of them takes events whose values are unlike each other."""

from __future__ import annotations

import pytest

import leadline
from leadline_compiler.alike import compare_scoring
from leadline_compiler.analysis import Analysis, analyse
from leadline_compiler.contacts import Contact
from leadline_compiler.ways import Start, find_ways

pytest.importorskip("ortools", reason="the solver is not installed")

AS_OF = 1_795_305_599_999_999
_HEAD = """model "M"
events
  view with sec: {kind}
score s
"""
_EACH = '  +1 "R" for each view{where}, at most {times} per sec, up to {most} points\n'


def analysed(text: str) -> Analysis:
    model = leadline.check(text, as_of=AS_OF).model
    assert model is not None
    return analyse(model, AS_OF, "long", exactly=True)


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("number", ""),
        ("number", " where not (sec > 5)"),
        ("number", " where sec is one of 1, 2"),
        ("date", ""),
        ("date", " where sec >= 2026-11-01"),
    ],
)
def test_as_many_events_as_count_are_the_way_to_a_stage(kind: str, where: str) -> None:
    rules = _EACH.format(where=where, times="1 time", most=9)
    analysis = analysed(_HEAD.format(kind=kind) + rules + 'stage "S" when total >= 2\n')
    found = find_ways(analysis, "S", Start(Contact("a", {}, ())), 1)
    [way] = found.ways
    assert len(way.outcome.contact.events) == 2


@pytest.mark.parametrize("kind", ["number", "date"])
def test_models_that_differ_in_what_is_paid_at_most_are_told_apart(kind: str) -> None:
    both = (analysed(_HEAD.format(kind=kind) + _EACH.format(where="", times="1 time", most=most)) for most in (2, 3))
    assert compare_scoring(*both).verdict == "differ"


@pytest.mark.parametrize(("times", "reached"), [(1, 2), (2, 4)])
def test_one_value_and_none_are_the_values_of_those_who_have_fewer_than_two(times: int, reached: int) -> None:
    rules = _HEAD.format(kind="number") + _EACH.format(where="", times=f"{times} times", most=9)
    for wanted, names in ((reached, set()), (reached + 1, {"unreachable-stage"})):
        stage = f'stage "S" when total >= {wanted} and number of different sec of view < 2\n'
        report = leadline.check(rules + stage, as_of=AS_OF, logic=True)
        assert {item.name for item in report.diagnostics} == names, report.diagnostics
