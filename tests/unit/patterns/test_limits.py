"""Hostile patterns are turned down or cost little."""

import pytest

from leadline_compiler.patterns import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_REPEAT,
    MAX_SIZE,
    Pattern,
    PatternError,
    compile_pattern,
    parse_pattern,
    to_python_regex,
)


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("(b|", ")"), ("(a", ")*"), ("(", "b)?")])
def test_groups_can_be_nested_to_the_limit(opening: str, closing: str) -> None:
    parsed = parse_pattern(opening * MAX_DEPTH + "a" + closing * MAX_DEPTH)
    assert isinstance(parsed, Pattern), parsed
    assert compile_pattern(parsed).found_in("a" * MAX_DEPTH + "ab")
    assert "a" in to_python_regex(parsed).lower()
    assert parsed == parse_pattern(parsed.text)
    assert hash(parsed) == hash(parse_pattern(parsed.text))
    assert parsed.text in repr(parsed)


def test_groups_cannot_be_nested_beyond_the_limit() -> None:
    parsed = parse_pattern("(" * (MAX_DEPTH + 1) + ")" * (MAX_DEPTH + 1))
    assert isinstance(parsed, PatternError)
    assert parsed.message == "more than 1000 groups inside each other"
    assert (parsed.start, parsed.end) == (MAX_DEPTH, MAX_DEPTH + 1)


def test_the_largest_repeat_counts_to_a_thousand() -> None:
    parsed = parse_pattern(f"^a{{{MAX_REPEAT}}}$")
    assert isinstance(parsed, Pattern)
    matcher = compile_pattern(parsed)
    assert matcher.found_in("a" * MAX_REPEAT)
    assert not matcher.found_in("a" * (MAX_REPEAT - 1))
    assert not matcher.found_in("a" * (MAX_REPEAT + 1))


def test_a_pattern_that_grows_too_large_is_turned_down() -> None:
    parsed = parse_pattern("(?:(?:abcdef){10}){100}")
    assert isinstance(parsed, PatternError)
    assert parsed.message == f"the pattern is too large: spelled out it has 6000 steps, above {MAX_SIZE}"


def test_a_pattern_that_is_too_long_is_turned_down() -> None:
    assert isinstance(parse_pattern("a" * MAX_LENGTH), Pattern)
    assert isinstance(parse_pattern("a" * (MAX_LENGTH + 1)), PatternError)


def test_a_pattern_with_too_many_large_sets_is_turned_down() -> None:
    assert isinstance(parse_pattern(r"\pL" * 20), Pattern)
    assert isinstance(parse_pattern(r"\pL" * 500), PatternError)


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("^(a+)+$", "a" * 20_000 + "!", False),
        ("^(a|a)*$", "a" * 20_000 + "!", False),
        ("(.*)(.*)(.*)(.*)(.*)x", "a" * 20_000, False),
        ("^(?:a?){50}a{50}$", "a" * 50, True),
        ("((a*)*)*b", "a" * 20_000, False),
    ],
)
def test_a_pattern_that_ruins_backtracking_engines_is_answered(pattern: str, text: str, answer: bool) -> None:
    parsed = parse_pattern(pattern)
    assert isinstance(parsed, Pattern)
    assert compile_pattern(parsed).found_in(text) is answer
