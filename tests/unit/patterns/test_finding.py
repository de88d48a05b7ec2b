"""What a pattern finds in a text."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from leadline_compiler.patterns import Pattern, compile_pattern, parse_pattern


def found(pattern: str, text: str) -> bool:
    parsed = parse_pattern(pattern)
    assert isinstance(parsed, Pattern), parsed
    return compile_pattern(parsed).found_in(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("", ""),
        ("sales", "Head of Sales EMEA"),
        ("^(vp|cto)$", "VP"),
        ("a|", "zzz"),
        (r"\bcto\b", "our CTO, Anna"),
        (r"^[^@]+@acme\.(com|de)$", "jo@acme.de"),
        ("gr(a|e)y", "grey"),
        ("a{2,3}b", "xaab"),
        ("(ab){2}", "abab"),
        ("a{,2}", "a{,2}"),
        ("{}", "{}"),
        ("x{02}", "x{02}"),
        ("lo+?l", "loool"),
        (r"\Qa.b*\E+", "a.b**"),
        (r"\Q\\E$", "\\"),
        (r"\x41\x{10FFFF}", "a\U0010ffff"),
        (r"\101\0", "A\0"),
        (r"\a\f\n\r\t\v", "\a\f\n\r\t\v"),
        (r"\_\.\-\@", "_.-@"),
        ("[]a]{2}", "]a"),
        ("[^]a]", "b"),
        ("[a-c-]{2}", "c-"),
        (r"[\d-z]+$", "7-z"),
        ("[[:digit:][:punct:]]{2}", "7!"),
        ("[[:^digit:]]", "x"),
        (r"[[:space:]]", "\v"),
        (r"\p{Greek}\pL\p{Nd}", "λé٣"),
        (r"\P{Latin}", "д"),
        (r"\p{^Latin}", "д"),
        (r"[\p{Han}\p{Hiragana}]+$", "東京の"),
        (r"[^\D]", "5"),
        ("(?P<plan>pro)(?<size>xl)", "proXL"),
        ("(?:^|,)vip(?:,|$)", "new,vip"),
        ("(?m)^b$", "a\nb\nc"),
        ("(?s)a.b", "a\nb"),
        ("(?s:.)(?-s:.)", "\nx"),
        ("(?U)a+b", "aab"),
        (r"\B", ""),
        (r"x\B", "xy"),
        (r"^*x", "ax"),
        (r"(?:\b)+x", "x"),
    ],
)
def test_a_pattern_is_found(pattern: str, text: str) -> None:
    assert found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("sales", "sale"),
        ("^(vp|cto)$", "SVP"),
        (r"\bcto\b", "director"),
        ("a{3}", "aa"),
        ("^a{1,2}$", "aaa"),
        ("^(a|b)$", ""),
        (r"\d", "٣"),
        (r"\w", "é"),
        (r"\s", "\v"),
        (r"\s", "\u00a0"),
        (r"é\b", "é"),
        ("a.b", "a\nb"),
        ("a$", "a\n"),
        (r"a\z", "a\n"),
        ("^b", "a\nb"),
        (r"(?m)\Ab", "a\nb"),
        (r"[^\x00-\x{10FFFF}]", "anything"),
        (r"\p{Lu}(?-i)\p{Lu}", "aa"),
        (r"\b", "é, ü"),
        (r"\B", "x"),
        ("a{0}b", "a"),
    ],
)
def test_a_pattern_is_not_found(pattern: str, text: str) -> None:
    assert not found(pattern, text)


def test_a_matcher_gives_the_same_answer_after_it_has_forgotten_what_it_knew() -> None:
    parsed = parse_pattern("(a|b)*a(a|b){13}c")
    assert isinstance(parsed, Pattern)
    matcher = compile_pattern(parsed)
    # Read as numbers, these letters run through thousands of combinations, more than a matcher remembers.
    letters = "".join(f"{number:014b}" for number in range(3000)).replace("0", "a").replace("1", "b")
    assert not matcher.found_in(letters)
    assert not matcher.found_in(letters + "d")
    assert matcher.found_in(letters + "a" + "b" * 13 + "c")


def test_a_matcher_tells_more_characters_apart_than_it_remembers() -> None:
    parsed = parse_pattern(r"\x{9000}$")
    assert isinstance(parsed, Pattern)
    matcher = compile_pattern(parsed)
    every = "".join(map(chr, range(0x4E00, 0x9000)))
    assert not matcher.found_in(every)
    assert matcher.found_in(every + "\u9000")


def test_threads_can_share_a_matcher() -> None:
    parsed = parse_pattern("(a|b)*a(a|b){9}c$")
    assert isinstance(parsed, Pattern)
    matcher = compile_pattern(parsed)
    texts = [f"{number:010b}".replace("0", "a").replace("1", "b") + "c" for number in range(1024)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(matcher.found_in, texts))
    assert answers == [text.startswith("a") for text in texts]
