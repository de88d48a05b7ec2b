"""A pattern handed to Python's `re` finds the same texts."""

import random
import re
import warnings
from itertools import product

import pytest

from leadline_compiler.patterns import Pattern, compile_pattern, parse_pattern, to_python_regex

LETTERS = "aAbkKsS1_- \n.éÉσςΣßẞ\u212a\u017f\u0131\u0130東9"
ATOMS = [
    *["a", "k", "S", "1", "_", " ", "é", "σ", "ß", "\u0131", ".", r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"\n"],
    *["[ab]", "[^ab]", "[a-k]", r"[^\w]", r"[\W1]", "[[:alpha:]]", "[[:^digit:]-]", r"\pL", r"\P{Lu}", r"\p{Greek}"],
    *[r"[\x80-\x{10FFFF}]", r"\Qa.\E", r"\x{212A}", r"[^\x00-\x{10FFFF}]", "[]&~|^-]", "(?s).", "(?-i)a"],
]
ANCHORS = ["^", "$", r"\A", r"\z", r"\b", r"\B", "(?m)^", "(?m)$"]
REPEATS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}", "{2,3}", "{0}"]


def random_pattern(dice: random.Random, depth: int) -> str:
    shape = dice.random() if depth else 0.0
    if shape < 0.3:
        return dice.choice(ATOMS) if dice.random() < 0.75 else dice.choice(ANCHORS)
    one, other = random_pattern(dice, depth - 1), random_pattern(dice, depth - 1)
    if shape < 0.6:
        return one + other
    if shape < 0.8:
        return f"({one}|{other})"
    return f"(?:{one}){dice.choice(REPEATS)}"


def python_form(pattern: str) -> str:
    parsed = parse_pattern(pattern)
    assert isinstance(parsed, Pattern), parsed
    return to_python_regex(parsed)


def test_random_patterns_find_the_same_texts_in_python() -> None:
    dice = random.Random(20)
    answers = set()
    for _ in range(1500):
        pattern = random_pattern(dice, dice.randrange(1, 5))
        parsed = parse_pattern(pattern)
        assert isinstance(parsed, Pattern), (pattern, parsed)
        matcher = compile_pattern(parsed)
        regex = re.compile(to_python_regex(parsed))
        for _ in range(5):
            text = "".join(dice.choices(LETTERS, k=dice.choice([0, 1, 2, 3, 5, 8])))
            answer = matcher.found_in(text)
            answers.add(answer)
            assert answer == bool(regex.search(text)), (pattern, text)
    assert answers == {True, False}


@pytest.mark.parametrize("pattern", ["^ab?$", "(a|b)*a(a|b)", r"\ba\b|b{3}", r"(?m)^b$", r"\Ba\B", "(a|(?:b|))+b$"])
def test_all_short_texts_get_the_same_answer_in_python(pattern: str) -> None:
    parsed = parse_pattern(pattern)
    assert isinstance(parsed, Pattern)
    matcher, regex = compile_pattern(parsed), re.compile(to_python_regex(parsed))
    for length in range(5):
        for letters in product("ab\n ", repeat=length):
            text = "".join(letters)
            assert matcher.found_in(text) == bool(regex.search(text)), text


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^(vp|cto)$", r"\A(?:[Vv][Pp]|[Cc][Tt][Oo])\Z"),
        (r"\bqa\b", r"(?a:\b)[Qq][Aa](?a:\b)"),
        (r"[^@]+@acme\.de", r"[^@]+@[Aa][Cc][Mm][Ee]\.[Dd][Ee]"),
        (r"\d{2,3}?", "[0-9]{2,3}"),
        (".", r"[^\n]"),
        ("ü", r"[\xdc\xfc]"),
        ("(?m)^1", r"(?<![^\n])1"),
    ],
)
def test_the_python_form_is_short_and_needs_no_flags(pattern: str, expected: str) -> None:
    assert python_form(pattern) == expected


def test_every_ascii_character_is_taken_literally_by_python_inside_and_outside_of_sets() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for code in range(128):
            for pattern in (f"(?-i)\\x{code:02x}", f"(?-i)[!\\x{code:02x}]", f"(?-i)[^\\x{code:02x}]"):
                regex = re.compile(python_form(pattern))
                expected = {chr(code)} | ({"!"} if "[!" in pattern else set())
                found = {chr(other) for other in range(128) if regex.fullmatch(chr(other))}
                assert found == ({chr(other) for other in range(128)} - expected if "[^" in pattern else expected)
