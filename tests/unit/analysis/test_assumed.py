"""What is assumed of sums and of two counts holds for every contact that a proof is shown by, and for every proof."""

from __future__ import annotations

import pytest

import leadline

pytest.importorskip("ortools", reason="the solver is not installed")

AS_OF = 1_795_305_599_999_999
HEAD = """model "M"
contact
  id: text
events
  view with sec: number, path: text
  buy
"""
FEW_SECONDS = "assume sum of sec of view <= 10\nassume no view where (not (sec >= 4))\n"
ONE_PATH = "assume number of different path of view <= 1\n"
FEWER_VIEWS = "assume count of view < count of buy\n"
TWO_PATHS = '  +5 "A" when has view where path is "a"\n  +5 "B" when has view where path is "b"\n'


def found(text: str) -> set[str]:
    report = leadline.check(HEAD + text, as_of=AS_OF, logic=True)
    assert report.model is not None, report.diagnostics
    return {item.name for item in report.diagnostics}


@pytest.mark.parametrize(
    ("assumed", "rules", "result", "name"),
    [
        (FEW_SECONDS, '  +5 "A" for each view\n', 'stage "S" when total > 10\n', "unreachable-stage"),
        (FEW_SECONDS, '  +5 "A" for each view\n', 'grade s\n  "A" from 11\n  "B" otherwise\n', "unreachable-grade"),
        (FEW_SECONDS, '  group "G" at most 11\n    +5 "A" for each view\n', "", "unreachable-bound"),
        (ONE_PATH, TWO_PATHS, 'stage "S" when total > 5\n', "unreachable-stage"),
        (ONE_PATH, TWO_PATHS, 'grade s\n  "A" from 6\n  "B" otherwise\n', "unreachable-grade"),
        (FEWER_VIEWS, '  +5 "A" when has view\n  +5 "B" when no buy\n', "", "never-holds"),
        (
            FEWER_VIEWS,
            '  +5 "A" when has view\n  +5 "B" when has buy\n',
            'disqualify "D" when has buy\n',
            "always-holds",
        ),
        (
            FEWER_VIEWS + "assume count of buy <= 1\n",
            '  +5 "A" when has view\n',
            'stage "S" when total >= 5\n',
            "unreachable-stage",
        ),
    ],
)
def test_nothing_that_breaks_an_assumption_shows_that_something_can_be(
    assumed: str, rules: str, result: str, name: str
) -> None:
    assert name in found(f"{assumed}score s\n{rules}{result}")
    assert name not in found(f"score s\n{rules}{result}")


def test_a_proof_by_all_rules_names_what_it_takes_for_granted() -> None:
    rules = 'score s\n  +5 "A" when has view\nstage "S" when total >= 5\nstage "T" when no buy\n'
    report = leadline.check(f"{HEAD}{FEWER_VIEWS}assume count of buy <= 1\n{rules}", as_of=AS_OF, logic=True)
    told = {item.name: item.help for item in report.diagnostics if item.name in ("unreachable-stage", "never-holds")}
    assert told.keys() == {"unreachable-stage", "never-holds"}
    for help in told.values():
        assert "takes `assume count of view < count of buy` and `assume count of buy <= 1` for granted" in help
