"""Comparisons of two amounts of the same events."""

from __future__ import annotations

from itertools import permutations, product
from random import Random

import pytest

import leadline
from leadline_compiler.analysis import analyse
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import seen_view_of
from leadline_compiler.interpreter.tests import holds
from leadline_compiler.numbers import MILLION

AS_OF = 1_795_305_599_999_999
_RULES = """model "M"
contact
  size: number
  staff: number
  desks: number
  born: date
  hired: date
events
  visit with sec: number, cost: number
score s
  +5 "A" when {condition}
"""


def found(condition: str) -> set[str]:
    report = leadline.check(_RULES.format(condition=condition), as_of=AS_OF, logic=True)
    return {item.name for item in report.diagnostics} - {"unused-field", "unused-event"}


@pytest.mark.parametrize(
    "condition",
    [
        "lowest sec of visit > highest sec of visit",
        "highest sec of visit < latest sec of visit",
        "lowest sec of visit > earliest sec of visit",
        "days since first visit < days since last visit",
        "size < staff and staff < size",
        "size > staff and size <= staff",
        "born > hired and hired >= born",
        "count of visit > size and count of visit <= size",
        "has visit where (sec > cost and cost > sec)",
        "size > staff and staff > desks and desks > size",
        "size > staff and staff > 10 and size < 5",
        "size between staff and 10 and staff > 12",
        "size >= staff and staff >= desks and desks >= size and size > 5 and staff < 4",
        "size > size",
    ],
)
def test_the_least_is_never_above_the_most(condition: str) -> None:
    assert found(condition) == {"never-holds"}


@pytest.mark.parametrize(
    "condition",
    [
        "highest sec of visit > lowest sec of visit",
        "latest sec of visit > earliest sec of visit",
        "latest sec of visit > lowest sec of visit",
        "earliest sec of visit > latest sec of visit",
        "lowest sec of visit > highest sec of visit in the last 7 days",
        "days since first visit > days since last visit",
        "size < staff and staff < desks",
        "size <= staff and staff <= size",
        "size >= staff and staff >= desks and desks >= size and size > 5",
        "size > staff and staff > 10 and size > 11",
        "not size > staff and not staff > size",
        "not size >= staff and not staff >= size",
        "size < staff and staff < size or size is missing",
    ],
)
def test_what_may_be_is_not_called_impossible(condition: str) -> None:
    assert "never-holds" not in found(condition)


# Between the numbers that are compared with there is room for three values in any order.
_VALUES = [None, *(quarter * MILLION // 4 for quarter in range(1, 12))]
_CONTACTS = [
    Contact(
        str(number),
        {name: value for name, value in zip(("size", "staff", "desks"), known, strict=True) if value is not None},
    )
    for number, known in enumerate(product(_VALUES, repeat=3))
]


def drawn(random: Random) -> str:
    """A condition that compares fields with each other and with numbers."""
    tests = []
    for _ in range(random.choice((1, 2, 2, 3))):
        one, other, third = random.sample(("size", "staff", "desks"), 3)
        limit, relation = random.choice((1, 2)), random.choice((">", ">=", "<", "<="))
        ways = (f"{one} {relation} {other}", f"{one} {relation} {limit}", f"{one} between {other} and {third}")
        tests.append(random.choice(("", "", "not ")) + random.choices(ways, (4, 2, 1))[0])
    return random.choice((" and ", " and ", " or ")).join(f"({test})" for test in tests)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("size > staff and staff > 10", "size > 5"),
        ("size > staff", "staff < size or desks > 3"),
        ("size > staff and staff > desks", "size > desks"),
        ("size between staff and desks", "staff <= desks"),
    ],
)
def test_what_follows_from_compared_fields_is_told(one: str, other: str) -> None:
    text = _RULES.format(condition=one) + f'  +3 "B" when {other}\n'
    analysis = analyse(leadline.check(text, as_of=AS_OF).model, AS_OF)  # type: ignore[arg-type]
    first, second = (analysis.question(unit) for unit in analysis.units)
    assert analysis.asking.implies(first, second)
    assert not analysis.asking.implies(second, first)


@pytest.mark.parametrize("seed", range(30))
def test_what_is_proved_of_compared_fields_is_what_holds_for_every_contact(seed: int) -> None:
    random = Random(seed)
    conditions = [drawn(random) for _ in range(4)]
    text = _RULES.split("  +5")[0] + "".join(f'  +{n} "{n}" when {one}\n' for n, one in enumerate(conditions, start=1))
    model = leadline.check(text, as_of=AS_OF).model
    assert model is not None, text
    analysis = analyse(model, AS_OF)
    asking, questions = analysis.asking, [analysis.question(unit) for unit in analysis.units]
    views = [seen_view_of(model, contact, AS_OF) for contact in _CONTACTS]
    met = [
        frozenset(number for number, view in enumerate(views) if holds(rule.body.condition, view))  # type: ignore[union-attr]
        for rule in model.rules
    ]
    for question, mine, written in zip(questions, met, conditions, strict=True):
        assert asking.never(question) == (not mine), written
        assert asking.always(question) == (len(mine) == len(views)), written
    for one, other in permutations(range(len(met)), 2):
        told = conditions[one], conditions[other]
        assert asking.implies(questions[one], questions[other]) == (met[one] <= met[other]), told
        assert asking.excludes(questions[one], questions[other]) == (not met[one] & met[other]), told


@pytest.mark.parametrize(
    ("condition", "is_never"),
    [
        ("fit < total and total < fit", True),
        ("fit <= total and total < fit", True),
        # Beyond all amounts both are missing, and no comparison holds.
        ("not fit <= total and not total < fit", False),
    ],
)
def test_scores_that_are_compared_may_be_beyond_all_amounts(condition: str, is_never: bool) -> None:
    text = f'model "M"\nevents\n  visit\nscore fit\n  +999999999 "A" for each visit\nstage "S" when {condition}\n'
    model = leadline.check(text, as_of=AS_OF).model
    assert model is not None
    analysis = analyse(model, AS_OF)
    [stage] = [unit for unit in analysis.units if unit.kind == "stage"]
    assert analysis.asking.never(analysis.question(stage)) is is_never


def test_a_day_between_ends_that_are_the_wrong_way_round_is_no_day_between_them() -> None:
    text = """model "M"
contact
  a: date
  b: date
score s
  +5 "A" when a <= 2026-03-01 and b >= 2026-03-01
  +3 "B" when 2026-03-01 between a and b
"""
    model = leadline.check(text, as_of=AS_OF).model
    assert model is not None
    analysis = analyse(model, AS_OF)
    first, second = (analysis.question(unit) for unit in analysis.units)
    assert analysis.asking.implies(second, first)
    assert not analysis.asking.implies(first, second)


def test_products_beyond_what_can_be_reckoned_with_are_no_fault() -> None:
    text = """model "M"
contact
  revenue: number
  cost: number
score fit
  +10 "E" when revenue * 10000 > cost
  +10 "F" when not (revenue * 10000 > cost) and revenue > 500000000 and cost < 5
stage "S" when fit >= 10
"""
    pytest.importorskip("ortools", reason="the solver is not installed")
    report = leadline.check(text, as_of=AS_OF, logic=True)
    # A product beyond all amounts is missing, and no comparison with it holds.
    assert not any(item.name == "never-holds" for item in report.diagnostics)
