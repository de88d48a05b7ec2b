"""What is proved of windows that hang on a field: `since born`, `before born`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, product
from random import Random

import pytest

import leadline
from leadline_compiler.analysis import analyse
from leadline_compiler.contacts import Contact, Event
from leadline_compiler.interpreter import seen_view_of
from leadline_compiler.interpreter.tests import holds
from leadline_compiler.interpreter.view import View
from leadline_compiler.model import Model
from leadline_compiler.zones import DAY, UTC_ZONE, parse_as_of

AS_OF = parse_as_of("2026-11-21", UTC_ZONE) or 0
_HEAD = """model "M"
contact
  id: text
  born: date
  seen: date
events
  visit
score s
"""


def found(*conditions: str, statement: str = "") -> set[str]:
    """The findings on rules with these conditions, or on another statement."""
    rules = "".join(f'  +5 "R{number}" when {one}\n' for number, one in enumerate(conditions))
    report = leadline.check(_HEAD + (rules or '  +1 "R" when id is known\n') + statement, as_of=AS_OF, logic=True)
    return {item.name for item in report.diagnostics} - {"unused-field", "unused-event"}


NEVER = (
    "has visit since born and born is missing",
    "has visit since born and days since born < 0",
    "has visit since born and has visit before born and count of visit < 2",
    "has visit since born and born >= 2026-11-14T12:00 and no visit in the last 8 days",
    "has visit before born and born < 2026-11-01 and no visit before 2026-11-01",
    "has visit in the last 3 days and no visit since born and born < 2026-11-10",
)


@pytest.mark.parametrize("condition", NEVER)
def test_what_no_contact_can_meet_is_said(condition: str) -> None:
    assert found(condition) == {"never-holds"}


@pytest.mark.parametrize(
    "condition",
    [
        "has visit in the last 3 days and no visit since born and not (born >= 2026-11-10)",
        "has visit in the last 3 days and no visit before born and not (born < 2026-11-21)",
        "no visit since born and no visit before born and has visit",
    ],
)
def test_a_window_of_a_field_that_may_be_missing_rules_nothing_out(condition: str) -> None:
    assert "never-holds" not in found(condition)


def test_what_takes_nobody_out_is_said() -> None:
    assert found(statement=f'disqualify "X" when {NEVER[0]}\n') == {"never-holds"}


def test_what_every_contact_meets_is_said() -> None:
    assert found("no visit since born or born is known") == {"always-holds"}


def test_an_event_that_is_on_neither_side_shows_that_the_field_is_missing() -> None:
    pytest.importorskip("ortools")
    condition = "has visit and no visit since born and no visit before born and born is known"
    assert found(condition) == {"never-holds"}


def test_an_event_since_a_field_needs_the_field() -> None:
    assert found("has visit since born", "born is known") == {"implied-rule"}
    assert found("has visit since born", "has visit since born and born is known") == {"duplicate-rules"}


def test_a_define_of_a_day_is_as_good_as_the_day() -> None:
    assert found(statement='define launch = 2026-11-01\ndisqualify "X" when has visit since launch and no visit\n') == {
        "never-holds"
    }


# ---- compared with all contacts

_AGES = (0, 3 * DAY - 1, 3 * DAY, 8 * DAY - 1, 8 * DAY, 20 * DAY)
_WINDOWS = ("", " in the last 3 days", " more than 8 days ago", " in the last 8 days more than 3 days ago")
_SIDES = (" since born", " before born", " since seen", " since born before seen", "")


@lru_cache
def views() -> tuple[View, ...]:
    return tuple(seen_view_of(_model(("id is known",)), contact, AS_OF) for contact in _contacts())


def _contacts() -> Iterator[Contact]:
    dates = (None, AS_OF + 1, *(AS_OF - age for age in _AGES), AS_OF - 20 * DAY + 1, AS_OF - 40 * DAY)
    visits = [Event("visit", AS_OF - age, {}) for age in _AGES]
    histories = [some for size in range(3) for some in combinations(visits, size)]
    for born, seen, events in product(dates, dates[::3], histories):
        values = {name: value for name, value in (("born", born), ("seen", seen)) if value is not None}
        yield Contact("c", values, events)


def _model(conditions: tuple[str, ...]) -> Model:
    rules = "".join(f'  +{number} "R{number}" when {one}\n' for number, one in enumerate(conditions, 1))
    model = leadline.check(_HEAD + rules, as_of=AS_OF).model
    assert model is not None
    return model


def _drawn(random: Random) -> str:
    tests = (
        "{a} visit{w}{s}", "{a} visit{w}{s}", "{a} visit{w}", "count of visit{w}{s} {r} {n}",
        "days since last visit{s} {r} {d}", "born is {k}", "days since born {r} {d}", "days since seen {r} {d}",
    )  # fmt: skip
    choices = {
        "a": ("has", "no"), "w": _WINDOWS, "s": _SIDES, "r": (">=", "<"), "n": ("1", "2"), "d": ("0", "3", "8"),
        "k": ("known", "missing"),
    }  # fmt: skip
    parts = [
        random.choice(tests).format(**{name: random.choice(several) for name, several in choices.items()})
        for _ in range(random.choice((2, 3, 4)))
    ]
    return random.choice((" and ", " and ", " or ")).join(parts)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_proved_holds_for_all_of_many_contacts(seed: int) -> None:
    random = Random(seed)
    conditions = tuple(_drawn(random) for _ in range(4))
    analysis = analyse(_model(conditions), AS_OF)
    met = [[holds(unit.condition, view) for view in views()] for unit in analysis.units if unit.condition is not None]
    questions = [analysis.question(unit) for unit in analysis.units]
    for condition, question, mine in zip(conditions, questions, met, strict=True):
        assert not (analysis.asking.never(question) and any(mine)), condition
        assert not (analysis.asking.always(question) and not all(mine)), condition
    for one, mine in zip(questions, met, strict=True):
        for other, its in zip(questions, met, strict=True):
            if analysis.asking.implies(one, other):
                assert all(b for a, b in zip(mine, its, strict=True) if a), conditions
