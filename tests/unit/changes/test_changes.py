"""What is said of a change: each kind of statement, once."""

from __future__ import annotations

import pytest

import leadline
from leadline_compiler.changes import Change, compare_models
from leadline_compiler.model import Model

RULES = """model "Changes"
contact
  id: text
  job_role: one of "CEO", "CMO", "Other"
  email: text from "Email"
  employees: number
  lifecycle: text
events
  page_view with path: text, seconds: number
  webinar
list free_mail = "gmail.com", "yahoo.co.jp"
define executive = job_role is one of "CEO", "CMO"
ignore page_view where path is "/imprint"
score fit between 0 and 50
  +5 "Executive" when executive
  +10 "Large" when employees >= 25 and lifecycle is known
  -20 "Free mail" when domain of email is in free_mail because "they seldom buy", owner "Ops"
  points "Size" by employees
    +1 for 1 to 9
    +2 otherwise
score engagement
  group "Site" at most 20
    +5 "Prices" for each page_view where path is "/pricing" in the last 60 days, at most 1 time per day, up to 25 points
    +1 "Minutes" for every 60 of sum of seconds of page_view
total = 0.4 * fit + engagement
grade fit
  "A" from 40
  "B" otherwise
exclude "Customer" when lifecycle is "customer"
stage "MQL" when total >= 35
stage "SQL" when total >= 65 and grade of fit is "A"
"""


def model_of(text: str) -> Model:
    report = leadline.check(text)
    assert report.model is not None, [item.message for item in report.stopping]
    return report.model


def changes(old: str, new: str) -> tuple[Change, ...]:
    assert old in RULES
    return compare_models(model_of(RULES), model_of(RULES.replace(old, new)))


def said(change: Change) -> str:
    details = "; ".join(f"{item.what}: {item.before} > {item.after}" for item in change.details)
    return f"{change.kind} {change.noun} {change.name} [{change.where}] {details}".rstrip()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('+5 "Exec', '+8 "Exec', "changed rule Executive [fit] points: +5 > +8"),
        (
            "employees >= 25",
            "employees >= 50",
            "changed rule Large [fit] when: … and employees >= 25 > … and employees >= 50",
        ),
        (" and lifecycle is known", "", "changed rule Large [fit] when: … and lifecycle is known > None"),
        (
            "last 60 days",
            "last 30 days",
            "changed rule Prices [engagement · Site] window: in the last 60 days > in the last 30 days",
        ),
        (
            'path is "/pricing"',
            'path starts with "/pricing"',
            'changed rule Prices [engagement · Site] where: path is "/pricing" > path starts with "/pricing"',
        ),
        (
            "at most 1 time per day",
            "at most 2 times per path",
            "changed rule Prices [engagement · Site] limit: at most 1 time per day > at most 2 times per path",
        ),
        (
            "up to 25 points",
            "halving every 7 days",
            "changed rule Prices [engagement · Site] decay: None > halving every 7 days; limit: up to 25 points > None",
        ),
        ("every 60", "every 90", "changed rule Minutes [engagement · Site] for every: 60 > 90"),
        (
            "+1 for 1 to 9",
            "+1 for 1 to 5",
            "changed rule Size [fit] row: None > +1 for 1 to 5; row: +1 for 1 to 9 > None",
        ),
        ("+1 for 1 to 9", "+3 for 1 to 9", "changed rule Size [fit] row for 1 to 9: +1 > +3"),
        ("at most 20", "between 0 and 30", "changed group Site [engagement] : at most 20 > between 0 and 30"),
        ("between 0 and 50", "at least 0", "changed score fit [] : between 0 and 50 > at least 0"),
        ("0.4 * fit", "0.5 * fit", "changed total  [] : engagement + 0.4 * fit > engagement + 0.5 * fit"),
        ('"A" from 40', '"A" from 30', 'changed grade fit [] "A": from 40 > from 30'),
        ("total >= 35", "total >= 40", "changed stage MQL [] when: total >= 35 > total >= 40"),
        (
            '"yahoo.co.jp"',
            '"gmx.net"',
            'changed list free_mail [] : "yahoo.co.jp" > None; : None > "gmx.net"',
        ),
        ('from "Email"', 'from "E-mail"', 'changed field email [] from: "Email" > "E-mail"'),
        (
            'model "Changes"',
            'model "Changes", time zone "Asia/Tokyo"',
            "changed model Changes [] time zone: UTC > Asia/Tokyo",
        ),
    ],
)
def test_a_change_is_said_in_the_words_of_the_rules(old: str, new: str, expected: str) -> None:
    first = changes(old, new)[0]
    assert said(first) == expected
    assert first.matters


def test_a_define_that_means_something_else_is_said_with_the_rules_that_use_it() -> None:
    found = [said(change) for change in changes('one of "CEO", "CMO"\nignore', 'one of "CEO", "Other"\nignore')]
    assert (
        found[0] == 'changed define executive [] : job_role is one of "CEO", "CMO" > job_role is one of "CEO", "Other"'
    )
    assert found[1].startswith("changed rule Executive [fit] when executive:")


def test_an_ignored_event_less_is_said() -> None:
    assert [said(item) for item in changes('ignore page_view where path is "/imprint"\n', "")] == [
        'removed ignore page_view where path is "/imprint" []'
    ]


def test_a_rule_under_another_name_is_the_same_rule() -> None:
    (change,) = changes('"Executive"', '"Decides"')
    assert said(change) == "changed rule Decides [fit] name: Executive > Decides"
    assert not change.matters


def test_why_and_whose_a_rule_is_does_not_matter() -> None:
    (change,) = changes('owner "Ops"', 'owner "Sales"')
    assert said(change) == "changed rule Free mail [fit] owner: Ops > Sales"
    assert not change.matters


def test_rules_that_come_and_go_are_told_with_their_lines() -> None:
    found = changes('+10 "Large" when employees >= 25 and lifecycle is known', '+3 "Tiny" when employees < 5')
    assert [(said(change), change.before, change.after) for change in found] == [
        ("added rule Tiny [fit] : None > +3 when employees < 5", None, 16),
        ("removed rule Large [fit] : +10 when employees >= 25 and lifecycle is known > None", 16, None),
    ]


def test_stages_in_another_order_are_said() -> None:
    lines = RULES.strip().splitlines()
    turned = "\n".join([*lines[:-2], lines[-1], lines[-2]]) + "\n"
    (change,) = compare_models(model_of(RULES), model_of(turned))
    assert said(change) == "changed stages  [] order: MQL, SQL > SQL, MQL"
