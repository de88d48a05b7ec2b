"""Putting right what findings propose."""

from __future__ import annotations

import leadline
from leadline.fixing import fix_text

RULES = """model "M"
contact
  id: text
  title: text
  staff: number
score fit
  +5 "Many" when stuff > 3
  +5 "Mixed" when staff > 3 or title is "CEO" and staff > 1
  +1 "Lost" when nothing_like_it > 3
stage "MQL" when total >= 5
"""
AS_OF = 1_795_305_599_999_999


def test_everything_that_is_proposed_is_put_right_and_the_rest_stays() -> None:
    fixed = fix_text("m.lead", RULES, AS_OF)
    assert '"Many" when staff > 3' in fixed.text
    assert 'staff > 3 or (title is "CEO" and staff > 1)' in fixed.text
    assert sorted(finding.name for finding in fixed.findings) == ["mixed-and-or", "unknown-name"]
    left = [finding.name for finding in leadline.check(fixed.text).diagnostics]
    assert left == ["unknown-name"]
    assert fix_text("m.lead", fixed.text, AS_OF).text == fixed.text


def test_only_findings_of_the_wanted_names_are_put_right() -> None:
    fixed = fix_text("m.lead", RULES, AS_OF, {"mixed-and-or"})
    assert "stuff > 3" in fixed.text
    assert [finding.name for finding in fixed.findings] == ["mixed-and-or"]


def test_lines_that_end_otherwise_keep_their_ends() -> None:
    windows = RULES.replace("\n", "\r\n")
    assert fix_text("m.lead", windows, AS_OF).text == fix_text("m.lead", RULES, AS_OF).text.replace("\n", "\r\n")


def test_a_statement_in_which_another_error_comes_to_light_stays_as_it_was_written() -> None:
    wrong = RULES.replace("nothing_like_it > 3", "nothing_like_it = 3") + "stage Hot when nobody_knows = 4\n"
    fixed = fix_text("m.lead", wrong, AS_OF)
    assert '+1 "Lost" when nothing_like_it = 3' in fixed.text
    assert "stage Hot when nobody_knows = 4" in fixed.text
    assert '"Many" when staff > 3' in fixed.text
    assert sorted(finding.name for finding in fixed.findings) == ["mixed-and-or", "unknown-name"]


def test_what_is_left_of_a_statement_is_what_was_told_of_it_before() -> None:
    wrong = RULES.replace("stuff > 3", "stuff > 3 and nothing_like_it > 3")
    fixed = fix_text("m.lead", wrong, AS_OF)
    assert "staff > 3 and nothing_like_it > 3" in fixed.text
