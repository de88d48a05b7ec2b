"""Which piece of a line has which colour."""

from __future__ import annotations

import pytest

from leadline.highlight import Ink, ink_line


def inks(line: str) -> list[tuple[str, str]]:
    return [(line[start:end], ink.value) for start, end, ink in ink_line(line)]


def test_a_rule_shows_its_points_its_name_its_words_and_its_fields() -> None:
    assert inks('  +5 "Many" when employees >= 25 # yes') == [
        ("+5", "points"),
        ('"Many"', "text"),
        ("when", "word"),
        ("employees", "name"),
        ("25", "number"),
        ("# yes", "comment"),
    ]


@pytest.mark.parametrize(
    ("line", "word", "ink"),
    [
        ("score fit between 0 and 50", "score", Ink.STATEMENT),
        ("score fit between 0 and 50", "fit", Ink.DECLARED),
        ("total = fit + engagement", "total", Ink.STATEMENT),
        ("  total >= 65", "total", Ink.NAME),
        ("  grade of fit is known", "grade", Ink.WORD),
        ('  text: text from "Text"', "text", Ink.DECLARED),
        ("  interests: list of text", "list", Ink.TYPE),
        ("  staff: yes/no", "no", Ink.TYPE),
        ("  in the last 30 days", "last", Ink.WORD),
        ("  in the last 30 days", "days", Ink.WORD),
        ("  when last > 3", "last", Ink.NAME),
        ("  up to 25 points", "points", Ink.WORD),
        ('+5 "A" when `Number of Employees` > 3', "`Number of Employees`", Ink.NAME),
        ('+5 "A" when job is "open', '"open', Ink.FAULTY),
        ('+5 "A" when 会社規模 == 3', "会社規模", Ink.NAME),
        ('+5 "A" when 会社規模 == 3', "==", Ink.FAULTY),
    ],
)
def test_a_word_is_judged_by_its_place(line: str, word: str, ink: Ink) -> None:
    assert (word, ink) in inks(line)


def test_the_places_are_counted_in_characters() -> None:
    line = 'когда "да" 👩‍👩‍👧 # 終'
    assert [line[start:end] for start, end, _ in ink_line(line)][-1] == "# 終"
