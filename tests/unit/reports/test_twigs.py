"""An explanation as a tree."""

from __future__ import annotations

import leadline
from leadline.points import write_change
from leadline.reports import Twig, explain_outcome, twigs_of

RULES = """model "M"
contact
  id: text
  staff: number
  job: text
events
  visit with path: text, seconds: number
score fit at most 20
  +15 "Many" when staff >= 10 because "they buy"
  +9  "Boss" when job is "CEO" and staff >= 2
  -4  "Student" when job is "Student"
score interest
  +2  "Visits" for each visit where path starts with "/p" in the last 30 days, halving every 10 days
disqualify "Rival" when job is "Rival"
stage "MQL" when total >= 50
"""
CONTACT = {
    "id": "a",
    "staff": 12,
    "job": "CEO",
    "events": [
        {"event": "visit", "at": "2026-11-20T09:00", "path": "/p; q", "seconds": 2.5},
        {"event": "visit", "at": "2026-11-09T09:00", "path": "/p"},
        {"event": "visit", "at": "2026-01-09T09:00", "path": "/p"},
    ],
}


def tree(**changes: object) -> dict[str, Twig]:
    model = leadline.check(RULES).model
    assert model is not None
    explanation = explain_outcome(leadline.outcome(model, {**CONTACT, **changes}, "2026-11-21"))
    return {twig.name: twig for twig in twigs_of(explanation)}


def test_rules_that_fired_stand_first_the_largest_on_top() -> None:
    assert [(twig.name, twig.points) for twig in tree()["Points"].twigs] == [
        ("Many", 15000),
        ("Boss", 9000),
        ("Visits", 3000),
    ]


def test_what_adds_up_adds_up() -> None:
    for twig in tree()["Adds up"].twigs[:-1]:
        assert sum(line.points or 0 for line in twig.twigs) == twig.points


def test_events_are_told_with_what_each_gave_and_why_others_did_not_count() -> None:
    visits = tree()["Points"].twigs[2].twigs
    assert [(twig.kind, twig.said, twig.points) for twig in visits[:3]] == [
        ("event", "/p; q, seconds 2.5, 1 day ago (20 Nov 09:00)", 2000),
        ("event", "/p, 12 days ago (9 Nov 09:00)", 1000),
        ("uncounted", "1 event not counted: outside of the window", None),
    ]


def test_what_is_missing_names_the_part_that_failed_and_the_rule_to_go_to() -> None:
    missing = tree(job="Clerk")["Not there yet"].twigs
    assert [twig.name for twig in missing] == ["stage MQL", "Boss"]
    assert missing[1].rule == "Boss"
    assert [(twig.name, twig.said) for twig in missing[1].twigs] == [
        ("✗", 'job is "Clerk", needs "CEO"'),
        ("✓", "staff >= 2"),
    ]


def test_branches_without_twigs_are_left_out() -> None:
    assert "Out" not in tree()
    assert [twig.name for twig in tree(job="Rival")["Out"].twigs] == ["disqualify Rival"]


def test_changes_have_a_sign() -> None:
    assert [write_change(points) for points in (5000, -2500, 0)] == ["+5", "-2.5", "0"]
