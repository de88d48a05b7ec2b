"""What is proposed at a place in rules."""

from __future__ import annotations

import pytest

import leadline
from leadline.completion import Item, ValuesSeen, complete

HEAD = """model "Shop"
contact
  job_role: one of "CEO", "CMO"
  email: text
  city: text
  signed_up: date
  `Number of Employees`: number
events
  page_view with path: text, seconds: number
  webinar
list free_mail = "gmail.com"
define large = `Number of Employees` >= 100
score fit
  +1 "Large" when large
"""
REPORT = leadline.check(HEAD)
SEEN = ValuesSeen(
    {"city": ("Zürich", "Bern"), "email": ("a@One.example", "b@one.example")},
    {("page_view", "path"): ("/pricing", "/")},
)


def proposed(line: str) -> list[Item]:
    return list(complete(HEAD + line, len(HEAD + line), REPORT, SEEN).items)


def texts(line: str) -> list[str]:
    return [item.text for item in proposed(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('  +5 "A" wh', "when"),
        ('  +5 "A" when jo', "job_role"),
        ('  +5 "A" when num', "`Number of Employees`"),
        ('  +5 "A" when la', "large"),
        ('  +5 "A" when city st', "starts with"),
        ('  +5 "A" when has w', "webinar"),
        ('  +5 "A" for each page_view where p', "path"),
        ('  +5 "A" when has page_view where not seconds > se', "seconds"),
        ('  +5 "A" when has page_view where seconds between 1 and se', "seconds"),
        ('  +5 "A" when count of page_view where seconds > 3 > num', "`Number of Employees`"),
        ('  +5 "A" when count of page_view where seconds > 3 in the last 2 days + num', "`Number of Employees`"),
        ('  +5 "A" for each page_view in the last 1 ', "day"),
        ('  +5 "A" for each page_view in the last 2 ', "days"),
        ('  +5 "A" for each page_view, at most 1 time per s', "seconds"),
        ('  +5 "A" when domain of email is not in ', "free_mail"),
        ('  +5 "A" when has webinar since ', "signed_up"),
        ('  points "A" by ci', "city"),
        ('stage "A" when tot', "total"),
        ("total = ", "fit"),
        ("sta", "stage "),
    ],
)
def test_the_likeliest_comes_first(line: str, expected: str) -> None:
    assert texts(line)[0] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('  +5 "A" when job_role is ', ['"CEO"', '"CMO"']),
        ('  +5 "A" when job_role is "C', ['CEO"', 'CMO"']),
        ('  +5 "A" when city is one of "Bern", ', ['"Zürich"', '"Bern"']),
        ('  +5 "A" when domain of email is "', ['one.example"']),
        ('  +5 "A" for each page_view where path is "', ['/pricing"', '/"']),
        ('  points "A" by city\n    +5 for "', ['Zürich"', 'Bern"']),
    ],
)
def test_values_are_those_that_are_listed_or_that_the_data_has(line: str, expected: list[str]) -> None:
    assert [item.text for item in proposed(line) if item.kind == "value"] == expected


def test_the_properties_of_other_events_are_not_proposed() -> None:
    assert not [item for item in proposed('  +5 "A" for each webinar where ') if item.kind == "property"]


def test_events_are_not_proposed_as_fields() -> None:
    assert {item.kind for item in proposed('  +5 "A" when ')} == {"field", "define", "word"}


def test_nothing_is_proposed_in_a_comment_or_a_name() -> None:
    assert proposed("# see w") == []
    assert proposed('  +5 "Exec') == []


def test_a_line_may_go_on_with_the_statement_above_or_begin_another() -> None:
    found = texts("  ")
    assert "because" in found
    assert "score " in found


def test_words_are_proposed_without_a_report() -> None:
    line = 'score fit\n  +5 "A" f'
    assert [item.text for item in complete(line, len(line)).items][:2] == ["for each", "for every"]
