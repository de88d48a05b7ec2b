"""Comparisons of two amounts of the same events."""

from __future__ import annotations

import pytest

import leadline

AS_OF = 1_795_305_599_999_999
_RULES = 'model "M"\nevents\n  visit with sec: number\nscore s\n  +5 "A" when {condition}\n'


def found(condition: str) -> set[str]:
    report = leadline.check(_RULES.format(condition=condition), as_of=AS_OF, logic=True)
    return {item.name for item in report.diagnostics}


@pytest.mark.parametrize(
    "condition",
    [
        "lowest sec of visit > highest sec of visit",
        "highest sec of visit < latest sec of visit",
        "lowest sec of visit > earliest sec of visit",
        "days since first visit < days since last visit",
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
    ],
)
def test_what_may_be_is_not_called_impossible(condition: str) -> None:
    assert "never-holds" not in found(condition)
