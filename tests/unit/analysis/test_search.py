"""What a check says with the solver, without it, and when its work is spent."""

from __future__ import annotations

from pathlib import Path

import pytest

import leadline
from leadline.rules import apply_edits
from leadline_compiler.analysis.solve.prover import EFFORTS
from leadline_dsl.diagnostics import Diagnostic

_HEAD = """model "M"
contact
  id: text
  title: text
  employees: number
score fit
  +10 "Large" when employees >= 500 and title is known
  +10 "Small" when employees < 500 and title contains "x"
"""
_STAGE = 'stage "Both" when total >= 20\n'
AS_OF = 1_795_305_599_999_999


def found(text: str, **options: object) -> dict[str, str]:
    """The findings of the proofs with their help, by name."""
    report = leadline.check(text, as_of=AS_OF, logic=True, **options)  # type: ignore[arg-type]
    return {item.name: item.help for item in report.diagnostics}


def unreachable(text: str) -> list[Diagnostic]:
    """The stages that nobody can be given."""
    report = leadline.check(text, as_of=AS_OF, logic=True)
    return [item for item in report.diagnostics if item.name == "unreachable-stage"]


def test_what_rules_exclude_together_is_found_by_search() -> None:
    pytest.importorskip("ortools")
    assert "unreachable-stage" in found(_HEAD + _STAGE)
    assert "unreachable-stage" not in found(_HEAD + _STAGE.replace("20", "10"))


@pytest.mark.usefixtures("no_solver")
def test_without_the_solver_it_is_undecided_and_says_what_to_install() -> None:
    told = found(_HEAD + _STAGE)
    assert "unreachable-stage" not in told
    assert "pip install leadline[proofs]" in told["undecided"]


def test_without_a_search_it_is_undecided() -> None:
    assert "not asked for" in found(_HEAD + _STAGE, search="none")["undecided"]


def test_what_is_undecided_makes_no_allow_idle() -> None:
    allowed = _HEAD + "# allow unreachable-stage: nobody is meant to get there yet\n" + _STAGE
    assert "unused-allow" not in found(allowed, search="none")
    assert found(_HEAD + _STAGE.replace("20", "10"), search="none").keys() == set()
    idle = _HEAD + "# allow unreachable-stage: nobody is meant to get there yet\n" + _STAGE.replace("20", "10")
    assert "unused-allow" in found(idle, search="none")


@pytest.mark.usefixtures("no_solver")
def test_the_ways_into_a_stage_are_told_without_the_solver_where_climbing_finds_them() -> None:
    text = """model "M"
contact
  id: text
  country: text
events
  click
score s
  +10 "Here" when country is "DE"
  +4 "Click" for each click
stage "Near" when total >= 10
"""
    assert {"fit-alone", "activity-alone"} <= found(text).keys()
    capped = text.replace("each click", "each click, up to 8 points").replace('"DE"', '"DE" and has click')
    assert not {"fit-alone", "activity-alone", "undecided"} & found(capped).keys()


EXAMPLES = Path(__file__).parents[3] / "examples"
RULES = sorted(path for path in EXAMPLES.rglob("*.lead") if 'model "' in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", RULES, ids=lambda path: str(path.relative_to(EXAMPLES)))
@pytest.mark.usefixtures("no_solver")
def test_no_example_leaves_anything_open_without_the_solver(path: Path) -> None:
    report = leadline.check(path.read_text(encoding="utf-8"), str(path), AS_OF, logic=True)
    assert [item.message for item in report.diagnostics] == []


def test_when_the_work_is_spent_it_is_undecided_and_names_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ortools")
    monkeypatch.setitem(EFFORTS, "short", (0.0, 0.0))
    assert "--deep" in found(_HEAD + _STAGE)["undecided"]
    assert "unreachable-stage" in found(_HEAD + _STAGE, search="long")


def test_the_way_out_of_a_cap_names_the_number_that_is_enough() -> None:
    pytest.importorskip("ortools")
    text = _HEAD.replace("score fit", "score fit at most 8") + 'stage "One" when total >= 10\n'
    [finding] = unreachable(text)
    assert finding.help == "lower the number for `total` to 8, or raise the cap of `fit` from 8 to 10"
    assert finding.evidence["limits"] == [{"score": "fit", "group": None, "at_most": 8}]
    assert unreachable(text.replace("at most 8", "at most 10")) == []


@pytest.mark.parametrize(
    "stage",
    [
        'stage "One" when total >= 10',
        'stage "10" when employees > 10 and total >= 10',
        'stage "One" when total >= 10.5\n  and (title is known or fit >= 10)',
        'stage "One" when total  >= 10 # total >= 10',
    ],
)
def test_the_number_that_would_do_is_proposed_as_an_edit(stage: str) -> None:
    pytest.importorskip("ortools")
    text = _HEAD.replace("score fit", "score fit at most 8") + stage + "\n"
    [finding] = unreachable(text)
    edited = apply_edits(text, finding.edits)
    assert edited != text
    assert unreachable(edited) == []


@pytest.mark.parametrize("stage", ['define high = total >= 10\nstage "One" when high', 'stage "One" when 10 <= total'])
def test_no_edit_is_proposed_where_the_number_is_not_written_in_the_stage_itself(stage: str) -> None:
    pytest.importorskip("ortools")
    text = _HEAD.replace("score fit", "score fit at most 8") + stage + "\n"
    [finding] = unreachable(text)
    assert finding.edits == ()


_DAILY = """model "M", time zone "UTC"
contact
  id: text
events
  visit
score s
  +1 "Daily" for each visit in the last 10 days, at most 1 time per day
  +10 "Evening" when has visit in the last 30 hours
  +10 "Morning" when has visit in the last 10 days more than 36 hours ago
"""


def test_windows_that_part_one_day_do_not_make_two_days_of_it() -> None:
    pytest.importorskip("ortools")
    assert found(_DAILY + 'stage "In one day" when total >= 21 and total < 22\n').keys() == set()


def test_two_checks_of_the_same_rules_say_the_same() -> None:
    pytest.importorskip("ortools")
    text = _HEAD + _STAGE
    first, second = (leadline.check(text, as_of=AS_OF, logic=True).diagnostics for _ in range(2))
    assert first == second


def test_with_many_rules_what_is_left_to_deep_is_announced() -> None:
    rules = "".join(f'  +1 "Rule {number}" when employees >= {number}\n' for number in range(501))
    text = _HEAD + rules + 'stage "Some" when total >= 5\n'
    report = leadline.check(text, as_of=AS_OF, logic=True)
    assert any("--deep" in item.help for item in report.diagnostics if item.name == "undecided")
