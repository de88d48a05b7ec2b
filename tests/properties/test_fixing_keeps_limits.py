"""Drawn models with a mistake put in: what `check --fix` makes of them means what was meant, or is still an error."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import leadline
from leadline.fixing import fix_text
from leadline_dsl.diagnostics import Severity

_NAMES = ("Web", "Web visits", "Top of funnel", "Over 50", "Tier 1", "Max", "Under the line", "Q3 2026")
_CAPS = (
    *("at most N", "max N", "max. N", "maximum of N", "capped at N", "up to N points", "bis N", "<= N", "≤ N"),
    *("at N", "N", "(max N)", ", max N", "limit N", "limit: N", "no more than N", "höchstens N Punkte", "N max"),
)
_FLOORS = ("at least N", "min N", "minimum N", ">= N", "≥ N", "at N", "no less than N", "mindestens N", "N min")
_RULE_CAPS = ("max N points", "capped at N points", "bis N", "at N points", ", max N points", "N points max", "<= N")
_LINES = (
    *((f"group NAME {cap}", 'group "NAME" at most N') for cap in _CAPS),
    *((f"group NAME {floor}", 'group "NAME" at least N') for floor in _FLOORS),
    *((f"score other {cap}", "score other at most N") for cap in _CAPS),
    *((f"score other {floor}", "score other at least N") for floor in _FLOORS),
    *((f"+5 NAME {cap} for each mail", '+5 "NAME" for each mail, up to N points') for cap in _RULE_CAPS),
    *((f"+5 NAME for each mail {cap}", '+5 "NAME" for each mail, up to N points') for cap in _RULE_CAPS),
    ("stage NAME total >= N", 'stage "NAME" when total >= N'),
    ("stage NAME >= N", 'stage "NAME" when total >= N'),
    ("stage NAME N", 'stage "NAME" when total >= N'),
)
_ABOVE = """model "M"
contact
  id: text
events
  mail
score fit
  +1 "First" for each mail
"""


def _errors(text: str) -> list[str]:
    return [item.message for item in leadline.check(text).diagnostics if item.severity is Severity.ERROR]


@given(st.sampled_from(_LINES), st.sampled_from(_NAMES), st.integers(0, 99), st.booleans())
def test_a_mended_limit_is_the_one_that_was_meant(lines: tuple[str, str], name: str, bound: int, quoted: bool) -> None:
    written, meant = (line.replace("N", "§") for line in lines)
    written = written.replace("§AME", f'"{name}"' if quoted else name).replace("§", str(bound))
    meant = meant.replace("§AME", name).replace("§", str(bound))
    before = _errors(_ABOVE + written)
    fixed = fix_text("m.lead", _ABOVE + written, 0).text
    after = _errors(fixed)
    assert set(after) <= set(before)
    if not after:
        assert leadline.format_rules(fixed).text == leadline.format_rules(_ABOVE + meant).text
