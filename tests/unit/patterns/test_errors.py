"""What is said about a pattern that cannot be read."""

import random

import pytest

from leadline_compiler.patterns import Pattern, PatternError, parse_pattern


def error(pattern: str) -> PatternError:
    parsed = parse_pattern(pattern)
    assert isinstance(parsed, PatternError)
    return parsed


@pytest.mark.parametrize(
    ("pattern", "place", "message"),
    [
        ("ab(?=c)", "(?=", "look-ahead `(?=` is not supported"),
        ("ab(?!c)", "(?!", "look-ahead `(?!` is not supported"),
        ("(?<=a)b", "(?<=", "look-behind `(?<=` is not supported"),
        ("(?<!a)b", "(?<!", "look-behind `(?<!` is not supported"),
        ("(?>a)", "(?>", "the atomic group `(?>` is not supported"),
        (r"(a)\1", r"\1", r"the back-reference `\1` is not supported"),
        (r"(?P<n>a)(?P=n)", "(?P=n)", "the back-reference `(?P=n)` is not supported"),
        ("a(?x)", "(?x", "`(?x` is no known kind of group"),
        ("(?P<>a)", "(?P<", "the group's name is missing, or has other characters than letters and digits"),
        ("(?<a>)(?<a>)", "(?<a>", "two groups are named `a`"),
        ("a)", ")", "`)` without its `(`"),
        ("x(a", "(", "`(` without its `)`"),
        ("x[a", "[", "`[` without its `]`"),
        ("[]", "[", "`[` without its `]`"),
        ("a*|*", "*", "`*` has nothing to repeat"),
        ("({2,3}?)", "{2,3}?", "`{2,3}?` has nothing to repeat"),
        ("a**", "**", "`**` repeats a repeat"),
        ("a{2}+", "{2}+", "`{2}+` repeats a repeat"),
        ("a{2000}", "{2000}", "the repeat `{2000}` is above 1000"),
        ("a{1,2000}", "{1,2000}", "the repeat `{1,2000}` is above 1000"),
        ("a{3,2}", "{3,2}", "the repeat `{3,2}` runs backwards"),
        ("(a{100}){11}", "{11}", "the repeats inside each other come to 1100, above 1000"),
        ("x[z-a]", "z-a", "the range `z-a` runs backwards"),
        (r"[a-\d]", r"a-\d", r"the range `a-\d` ends in a whole set of characters"),
        ("[[:letter:]]", "[:letter:]", "`[:letter:]` is no known kind of character"),
        (r"\p{Klingon}", r"\p{Klingon}", "`Klingon` is no known kind of character or script"),
        (r"\p{Cn}", r"\p{Cn}", "`Cn` is no known kind of character or script"),
        (r"\p", r"\p", r"`\p` names no kind of character"),
        (r"\x{110000}", r"\x{110000}", r"`\x{110000}` is above the last character, `\x{10FFFF}`"),
        (r"\xG", r"\x", r"`\x` needs the code of a character"),
        (r"a\Z", r"\Z", r"`\Z` is not supported here"),
        (r"[\b]", r"\b", r"`\b` is not supported here"),
        (r"\é", r"\é", r"`\é` is not supported here"),
        ("a\\", "\\", r"the pattern ends in a lone `\`"),
    ],
)
def test_an_error_says_what_is_wrong_and_points_at_it(pattern: str, place: str, message: str) -> None:
    found = error(pattern)
    assert found.message == message
    assert pattern[found.start : found.end] == place


def test_the_second_of_two_groups_with_one_name_is_pointed_at() -> None:
    assert error("(?<a>)(?<a>)").start == 6


def test_the_innermost_open_bracket_is_pointed_at() -> None:
    assert (error("(a(b").start, error("(a(b").end) == (2, 3)


@pytest.mark.parametrize(
    ("pattern", "advice"),
    [
        (r"a\Z", r"write `\z` or `$` for the end of the text"),
        (r"\p{greek}", "write `Greek`, with its capitals"),
        ("a++", "the possessive `+` is not needed: leave it out"),
        ("a{3,2}", "write `{2,3}`"),
        ("*", r"to mean the character itself write `\*`"),
    ],
)
def test_the_help_says_what_to_write(pattern: str, advice: str) -> None:
    assert error(pattern).help == advice


def test_a_long_mistake_is_quoted_short() -> None:
    assert len(error("a{" + "9" * 4000 + "}").message) < 80


def test_no_text_makes_the_parser_raise() -> None:
    dice = random.Random(7)
    bits = [*"()[]{}|*+?\\^$.-,:=!<>PiUmsQE12abé", "(?", "[[:", ":]", "\\x{", "\\p{", "{1,2}", "(?i)", "\\Q"]
    for _ in range(4000):
        text = "".join(dice.choices(bits, k=dice.randrange(1, 12)))
        parsed = parse_pattern(text)
        if isinstance(parsed, PatternError):
            assert 0 <= parsed.start <= parsed.end <= len(text)
        else:
            assert parsed.text == text


def test_patterns_are_equal_when_their_texts_are() -> None:
    assert parse_pattern("a(b)") == parse_pattern("a(b)")
    assert parse_pattern("ab") != parse_pattern("a(b)")
    assert isinstance(parse_pattern("ab"), Pattern)
