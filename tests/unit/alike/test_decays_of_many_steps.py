"""Models that differ only where many events of a great age count are told apart, step by step of the decay."""

from __future__ import annotations

import pytest

import leadline
from leadline_compiler.alike import compare_scoring
from leadline_compiler.analysis import Analysis, analyse

pytest.importorskip("ortools", reason="the solver is not installed")

AS_OF = 1_795_305_599_999_999
_RULES = """model "M"
events
  view
score s between -1 and 4
  -5 "A" for each view, at most {times} times, {decay}
"""


def analysed(times: int, decay: str) -> Analysis:
    return analysed_text(_RULES.format(times=times, decay=decay))


def analysed_text(text: str) -> Analysis:
    model = leadline.check(text, as_of=AS_OF).model
    assert model is not None, text
    return analyse(model, AS_OF, "long", exactly=True)


@pytest.mark.parametrize("decay", ["fading to 0 over 45 days", "losing 15% of what is left every 1 day"])
def test_each_step_of_a_decay_is_told_apart(decay: str) -> None:
    assert compare_scoring(analysed(3, decay), analysed(4, decay)).verdict == "differ"


def test_too_many_steps_are_named_as_the_reason() -> None:
    text = _RULES.format(times=3, decay="fading to 0 over 365 days")
    likeness = compare_scoring(analysed_text(text), analysed_text(text.replace("view,", "view in the last 365 days,")))
    assert likeness.verdict == "undecided"
    assert likeness.why == "points decay in more steps than the proofs tell apart"
