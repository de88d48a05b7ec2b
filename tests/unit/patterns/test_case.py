"""Which characters count as the same when case is ignored."""

import pytest

from leadline_compiler.patterns import Chars, Pattern, Ranges, compile_pattern, parse_pattern
from leadline_compiler.patterns.ranges import complement


def ranges(pattern: str) -> Ranges:
    """The code points of a pattern that is one set."""
    parsed = parse_pattern(pattern)
    assert isinstance(parsed, Pattern), parsed
    assert isinstance(parsed.root, Chars)
    return parsed.root.ranges


def characters(pattern: str) -> str:
    return "".join(chr(point) for low, high in ranges(pattern) for point in range(low, high + 1))


@pytest.mark.parametrize(
    "together",
    [
        "Aa",
        "Kk\u212a",
        "Ss\u017f",
        "Éé",
        "ßẞ",
        "Σςσ",
        "\u039c\u03bc\u00b5",
        "Åå\u212b",
        "Дд\u1c81",
        "Ǆǅǆ",
        "𐐀𐐨",
    ],
)
def test_characters_that_differ_in_case_only_belong_together(together: str) -> None:
    for character in together:
        assert set(characters(character)) == set(together)
        assert set(characters(f"[{character}]")) == set(together)


@pytest.mark.parametrize("alone", ["1", "_", "\u0131", "\u0130", "東", "א", "\n"])
def test_characters_without_case_stand_alone(alone: str) -> None:
    assert characters(alone) == alone


def test_the_turkish_letters_are_not_the_latin_i() -> None:
    assert characters("i") == "Ii"


def test_a_range_takes_in_the_variants_of_all_its_letters() -> None:
    assert characters("[h-k]") == "HIJKhijk\u212a"
    assert characters("[à-ã]") == "ÀÁÂÃàáâã"


@pytest.mark.parametrize(
    ("negated", "set_itself"), [("[^a]", "[aA]"), ("[^A]", "[aA]"), (r"\W", r"\w"), (r"[\W]", r"\w"), (r"\PL", r"\pL")]
)
def test_a_negated_set_leaves_out_exactly_the_set_with_both_cases(negated: str, set_itself: str) -> None:
    assert complement(ranges(negated)) == ranges(set_itself)


def test_capitals_are_any_letters_with_case_while_case_is_ignored() -> None:
    assert {"a", "A", "é"} <= set(characters(r"\p{Lu}"))
    assert ranges("[[:upper:]]") == ranges("[[:lower:]]")
    assert "a" not in characters(r"(?-i)\p{Lu}")


def test_the_flag_for_case_ends_with_its_group() -> None:
    parsed = parse_pattern("(?-i:A)b")
    assert isinstance(parsed, Pattern)
    matcher = compile_pattern(parsed)
    assert matcher.found_in("AB")
    assert not matcher.found_in("ab")


def test_a_flag_without_a_group_holds_to_the_end_of_the_group_around_it() -> None:
    parsed = parse_pattern("(a(?-i)b|c)d")
    assert isinstance(parsed, Pattern)
    matcher = compile_pattern(parsed)
    assert matcher.found_in("AbD")
    assert matcher.found_in("cD")
    assert not matcher.found_in("ABd")
    assert not matcher.found_in("Cd")
