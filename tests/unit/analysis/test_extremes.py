"""The least and the most that a search tells of the points of small rules, worked out by hand."""

from __future__ import annotations

import pytest

import leadline
from leadline_compiler.analysis import analyse
from leadline_compiler.analysis.solve.prover import Unclear

pytest.importorskip("ortools", reason="the solver is not installed")

AS_OF = 1_795_305_599_999_999
_HEAD = """model "M", time zone "UTC"
contact
  id: text
  paid: yes/no
  born: date
  size: number
events
  visit with path: text, seconds: number
"""


def ends(rules: str, head: str = _HEAD) -> tuple[int, int]:
    """The least and the most of the total, in thousandths, each of which a contact has."""
    model = leadline.check(head + rules, as_of=AS_OF).model
    assert model is not None
    prover = analyse(model, AS_OF, "long").prover
    least, most = prover.extreme_of(None, False), prover.extreme_of(None, True)
    assert (least.is_exact, most.is_exact) == (True, True)
    assert least.bound is not None
    assert most.bound is not None
    return least.bound, most.bound


def test_half_a_thousandth_is_rounded_away_from_zero_on_both_sides() -> None:
    rules = 'score s\n  +2.5 "Paid" when paid\n  -2.5 "Unpaid" when not paid\ntotal = 0.333 * s\n'
    assert ends(rules) == (-833, 833)


@pytest.mark.parametrize(("days", "left"), [(1, 750), (2, 225), (3, 68), (4, 20)])
def test_what_a_decay_leaves_is_rounded_to_the_nearest_thousandth(days: int, left: int) -> None:
    seen = f"has visit more than {days} days ago and no visit in the last {days} days"
    when = f"{seen} and no visit more than {days + 1} days ago and "
    score = "score s, losing 70% of what is left every 1 day without visit\n"
    assert ends(f'{score}  +2.5 "Paid" when {when} paid\n  -2.5 "Unpaid" when {when} not paid\n') == (-left, left)


_LATEST = [
    (
        'latest path of visit is "a"',
        'no visit where path is "a" more than 7 days ago',
        "has visit more than 7 days ago",
        1,
    ),
    ('latest path of visit is "a"', 'no visit where path is "a" in the last 7 days', "has visit in the last 7 days", 0),
    (
        'earliest path of visit is "a"',
        'no visit where path is "a" in the last 7 days',
        "has visit in the last 7 days",
        1,
    ),
    (
        'earliest path of visit is "a"',
        'no visit where path is "a" more than 7 days ago',
        "has visit more than 7 days ago",
        0,
    ),
]


@pytest.mark.parametrize(("taken", "lacking", "other", "most"), _LATEST)
def test_the_latest_is_newer_and_the_earliest_older_than_all_others(
    taken: str, lacking: str, other: str, most: int
) -> None:
    assert ends(f'score s\n  +1 "Taken" when {taken} and {lacking} and {other}\n') == (0, most * 1000)


@pytest.mark.parametrize(("every", "most"), [("has visit", 1), ("no visit where not (seconds < 1)", 0)])
def test_an_event_that_is_the_latest_of_one_set_is_that_of_another_that_has_it(every: str, most: int) -> None:
    few = 'latest path of visit where seconds < 1 in the last 30 days contains "b"'
    rules = f'score s\n  +1 "Both" when {few} and latest path of visit in the last 7 days is "a" and {every}\n'
    assert ends(rules) == (0, most * 1000)


@pytest.mark.parametrize(
    ("path", "seconds", "also", "most"),
    [
        ('is "a"', "<= 4", "has visit", 1),
        ('is "a"', "<= 4", "no visit where seconds is missing", 0),
        ('is "a"', ">= 4", "no visit where seconds is missing", 1),
        ('is not "a"', "<= 4", "has visit", 1),
        ("is missing", "<= 4", "has visit", 0),
    ],
)
def test_of_one_instant_each_property_counts_by_its_largest_value(
    path: str, seconds: str, also: str, most: int
) -> None:
    latest = f"latest path of visit {path} and latest seconds of visit {seconds}"
    rules = f'score s\n  +1 "Two" when {latest} and no visit where (path {path} and seconds {seconds}) and {also}\n'
    assert ends(rules) == (0, most * 1000)


def test_a_plain_solution_does_without_two_events_of_one_instant() -> None:
    many = 'count of visit where not (path is not "a" and seconds is known) >= 3'
    latest = 'latest path of visit is not "a" and latest seconds of visit <= 4'
    model = leadline.check(f'{_HEAD}score s\n  +1 "Many" when {many} and {latest}\n', as_of=AS_OF).model
    assert model is not None
    analysis = analyse(model, AS_OF, "long")
    encoding = analysis.prover.encoding()
    assert not isinstance(encoding, str)
    [unit] = analysis.units
    plain = analysis.prover.plainest(encoding, [encoding.unit(unit)]).solution
    assert plain is not None
    # Three would do, if the newest two were of one instant.
    assert sum(planned.times for planned in plain.plan()) == 4


def test_a_day_that_windows_part_several_times_is_counted_once() -> None:
    daily = '  +1 "Daily" for each visit in the last 10 days, at most 1 time per day\n'
    parted = "has visit in the last 30 hours and has visit in the last 10 days more than 36 hours ago"
    few = "count of visit in the last 10 days <= 2"
    assert ends(f'score s\n{daily}  -9 "Parted" when {parted} and {few}\n') == (-8_000, 10_000)


_PARTED = """  +1 "Evening" when has visit in the last 30 hours
  +1 "Noon" when has visit in the last 36 hours more than 30 hours ago
"""


def test_a_part_falls_on_no_more_days_than_the_whole_where_windows_part_a_day() -> None:
    part = '  -1.5 "Part" for each visit where path is "a" in the last 10 days, at most 1 time per day\n'
    whole = '  +2 "Whole" for each visit in the last 10 days, at most 1 time per day\n'
    assert ends(f"score s\n{part}{whole}{_PARTED}") == (0, 22_000)


_MONTH = """model "M", time zone "America/New_York"
contact
  id: text
  tags: list of text
  title: text
events
  visit with path: text, seconds: number, first: yes/no, kind: one of "look", "buy"
  call
score one
  +1 "Daily" for each any event in the last 30 days, at most 1 time per day, up to 30 points
  -7 "Evening" when has visit in the last 30 hours
  -10 "Before" when count of visit in the last 30 days more than 36 hours ago >= 2
  group "one"
  +3 "First" for each visit where path starts with "a", at most 1 time per day, at most 1 times
score two between -2 and 8
  group "two" between -2 and 8
  +3 "Old" for each visit more than 7 days ago, at most 2 times
  +5 "Long" for each visit where seconds >= 4 more than 7 days ago, up to 9 points
"""


def test_as_many_events_of_a_parted_day_count_as_a_day_may_have() -> None:
    twice = '  -5 "Twice" for each visit in the last 10 days, at most 2 times per day, up to 30 points\n'
    before = '  +10 "Before" when has visit in the last 10 days more than 36 hours ago\n'
    assert ends(f'score s\n{twice}{before}  +3 "Recent" when has visit in the last 36 hours\n') == (-20_000, 5_000)


_KINDS = _HEAD.rstrip() + ', first: yes/no, kind: one of "look", "buy"\n'
_BY_KIND = """  +2 "Kinds" for each visit where first more than {days} days ago, at most 1 time per path,
    at most 1 time per kind
"""
_TWICE = '  +1 "Twice" for each visit in the last {days} days, at most 2 times per day, up to 30 points\n'
_THRICE_PARTED = """  -10 "Recent" when has visit in the last 26 hours
  -7 "Middle" when has visit in the last 47 hours more than 30 hours ago
  -10 "Before" when has visit in the last {days} days more than 47 hours ago
"""


def test_other_days_take_nothing_from_what_counts_of_a_parted_day() -> None:
    rules = _TWICE.format(days=6) + _BY_KIND.format(days=3) + _THRICE_PARTED.format(days=6)
    assert ends(f"score s\n{rules}", _KINDS) == (-25_000, 8_000)


def test_sets_that_differ_in_other_events_fall_on_the_same_days() -> None:
    rules = """score s
  +5 "Any" for each any event in the last 10 days, at most 1 time per day, up to 30 points
  -3 "Visits" for each visit more than 20 hours ago, at most 1 time per day, up to 8 points
  -50 "Other" when count of visit >= 4 or has call or no visit more than 10 days ago
  -10 "New" when has visit in the last 20 hours
  -3 "Not so new" when has visit in the last 10 days more than 30 hours ago
"""
    assert ends(rules, _HEAD + "  call\n") == (-63_000, 2_000)


def test_events_that_fill_their_days_may_differ_in_their_values() -> None:
    rules = _TWICE.format(days=30) + _BY_KIND.format(days=7) + _THRICE_PARTED.format(days=30)
    assert ends(f"score s\n{rules}", _KINDS) == (-25_000, 26_000)


def test_days_are_kept_apart_where_a_rule_fades_by_the_day() -> None:
    taken = "each visit where path is missing in the last 30 days, at most 2 times"
    fade = f'  -2.5 "Fade" for {taken}, fading to 0 over 5 weeks\n'
    rules = _TWICE.format(days=30) + fade + _THRICE_PARTED.format(days=30)
    assert ends(f"score s\n{rules}") == (-29_858, 20_000)


def test_events_have_days_and_values_of_their_own_where_the_clocks_change() -> None:
    taken = "each visit where path is missing in the last 30 days, at most 2 times per path"
    rules = _TWICE.format(days=30) + _BY_KIND.format(days=7) + _THRICE_PARTED.format(days=30)
    fade = f'  -2.5 "Fade" for {taken}, fading to 0 over 5 weeks\n'
    bought = 'sum of seconds of visit where kind is "buy" in the last 6 weeks more than 1 day ago'
    text = f'{_KINDS.replace("UTC", "America/New_York")}score s\n{rules}{fade}  +3 "Few" when not {bought} > 10\n'
    model = leadline.check(text, as_of=AS_OF).model
    assert model is not None
    most = analyse(model, AS_OF, "long").prover.extreme_of(None, True)
    assert (most.value, most.bound) == (29_000, 29_000)


@pytest.mark.parametrize("by", ["day", "path"])
def test_limits_of_unlike_size_count_the_same_events(by: str) -> None:
    once = f'  +3 "Once" for each visit in the last 10 days, at most 1 time per {by}, up to 30 points\n'
    twice = f'  -2 "Twice" for each visit in the last 10 days, at most 2 times per {by}, up to 40 points\n'
    assert ends(f"score s\n{once}{twice}") == (-10_000, 10_000)


def test_no_more_is_lost_on_a_parted_day_than_other_days_leave() -> None:
    rules = """score s
  +5 "Days" for each visit in the last 36 hours, at most 1 time per day
  -2 "Twice" for each visit in the last 10 days, at most 2 times per day
  -20 "Other" when count of visit >= 4 or no visit in the last 10 days more than 36 hours ago
"""
    assert ends(rules) == (-56_000, 4_000)


def test_events_fall_on_a_day_each_where_windows_part_a_day() -> None:
    assert ends("", _MONTH) == (-16_000, 41_000)


@pytest.mark.parametrize(
    ("rules", "least", "most"),
    [
        ('  +1 "Two" when {paths} < 2 and has visit where path is "a" and has visit where path is "b"', 0, 0),
        ('  +1 "Two" when {paths} < 2 and has visit where path is "a" and has visit where path starts with "a"', 0, 1),
        ('  +1 "More" when {paths} where seconds > 1 >= 2 and {paths} < 2', 0, 0),
        ('  +1 "More" when {paths} where seconds > 1 < 2 and {paths} >= 2', 0, 1),
        ('  -1 "Both" when {paths} < 3 and {paths} where seconds > 1 > 1 and {paths} where seconds < 1 > 1', -1, 0),
    ],
)
def test_values_that_cannot_be_the_same_are_different_and_a_part_has_no_more_than_the_whole(
    rules: str, least: int, most: int
) -> None:
    told = rules.format(paths="number of different path of visit")
    assert ends(f"score s\n{told}\n") == (least * 1000, most * 1000)


@pytest.mark.parametrize(
    ("when", "most"),
    [
        ("number of different path of visit >= 2 and count of visit <= 2", 1),
        ("number of different path of visit >= 3 and count of visit <= 2", 0),
        ("no visit since born and has visit in the last 7 days and born < 2026-11-20", 1),
        ("no visit since born and has visit in the last 7 days and born < 2026-11-14", 0),
        ("no visit before born and has visit more than 7 days ago and born > 2026-11-10", 1),
        ("no visit before born and has visit more than 7 days ago and born > 2026-11-20", 0),
        ("2 * size >= 3 and size <= 1.5", 1),
        ("2 * size > 3 and size <= 1.5", 0),
        ("2 * size <= 3 and size >= 1.5", 1),
        ("2 * size < 3 and size >= 1.5", 0),
    ],
)
def test_what_holds_at_an_edge_alone_is_found_there(when: str, most: int) -> None:
    assert ends(f'score s\n  +1 "Edge" when {when}\n') == (0, most * 1000)


def test_the_first_events_do_not_count_even_where_they_are_worth_nothing_any_more() -> None:
    each = '  +5 "Each" for each visit, after the first 1, fading to 0 over 2 weeks, up to 5 points\n'
    assert ends(f'score s\n{each}  -9 "Many" when count of visit in the last 14 days >= 2\n') == (-8_643, 5_000)


def test_values_of_which_no_rule_speaks_are_within_the_bounds() -> None:
    rules = 'score s\n  +5 "Unknown" when born is missing\n  +3 "Old" when born < 2026-01-01\n'
    assert ends(rules) == (0, 5_000)
    report = leadline.check(_HEAD + rules + 'stage "Young" when total < 3\n', as_of=AS_OF, logic=True)
    assert not [item.message for item in report.diagnostics if item.name == "unreachable-stage"]


def test_what_no_contact_shows_is_not_told_as_found() -> None:
    rules = 'score s\n  +1 "Each" for each visit, at most 1 time per path, up to 3 points\n  +1 "Paid" when paid\n'
    model = leadline.check(_HEAD + rules, as_of=AS_OF).model
    assert model is not None
    prover = analyse(model, AS_OF, "long").prover
    found = prover.reach(
        lambda encoding: [encoding.builder.at_least(encoding.sides[0].sums.total, 4_000)], lambda _: False
    )
    assert isinstance(found, Unclear)
