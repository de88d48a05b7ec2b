"""Which column identifies contacts, and how fields are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from leadline.inference import infer_schema
from leadline.inference.names import choose_name, write_text
from leadline.readers.rows import RefuseRow, Row, Rows


def _table(headings: Sequence[str], *rows: Sequence[str]) -> Rows:
    def read(refuse: RefuseRow) -> Iterator[Row]:
        for line, cells in enumerate(rows, 2):
            yield line, tuple(headings), cells

    return Rows("data.csv", read, tuple(headings))


@pytest.mark.parametrize(
    ("headings", "rows", "identifier"),
    [
        (["name", "email", "id"], [["a", "a@x", "1"], ["b", "b@x", "2"]], "id"),
        (["name", "E-Mail"], [["a", "a@x"], ["a", "b@x"]], "e_mail"),
        (["id", "email"], [["1", "a@x"], ["1", "b@x"]], "email"),
        (["owner_id", "Lead Number"], [["1", "7"], ["1", "8"]], "lead_number"),
        (["会社", "国"], [["甲", "日本"], ["乙", "日本"]], "会社"),
    ],
)
def test_the_identifier_has_a_telling_name_and_each_value_once(
    headings: list[str], rows: list[list[str]], identifier: str
) -> None:
    guess = infer_schema(_table(headings, *rows))
    assert (guess.identifier, guess.has_identifier, guess.repeated) == (identifier, True, 0)


def test_the_identifier_is_the_one_that_the_events_use() -> None:
    contacts = _table(["id", "email"], ["1", "a@x"], ["2", "b@x"])
    events = _table(["contact", "event", "at"], ["a@x", "visit", "2026-01-01"])
    assert infer_schema(contacts).identifier == "id"
    assert infer_schema(contacts, events).identifier == "email"


def test_contacts_without_an_id_of_their_own_are_counted() -> None:
    rows = [["1", "a"], ["2", "b"], ["2", "c"], ["", "c"]]
    guess = infer_schema(_table(["id", "plan"], *rows))
    assert (guess.identifier, guess.repeated) == ("id", 2)


def test_no_identifier_is_made_up() -> None:
    assert not infer_schema(_table(["age", "job"], ["1", "x"], ["1", "x"])).has_identifier


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("employees", "employees"),
        ("TotalVisits", "TotalVisits"),
        ("Number of Employees", "number_of_employees"),
        ("会社規模", "会社規模"),
        ("2nd visit", "column_2nd_visit"),
        ("🎉", "column_7"),
        ("a`b", "a_b"),
        ("two\nlines", "two_lines"),
        ("total", "total_value"),
        ("word " * 30, "word_word_word_word_word_word_word_word_word_word"),
    ],
)
def test_headings_become_plain_words(heading: str, name: str) -> None:
    assert choose_name(heading, "column_7", ()) == name


def test_headings_that_are_plain_words_keep_their_name_before_others_take_it() -> None:
    guess = infer_schema(_table(["Job Role", "job_role", "job-role", "id"], ["a", "b", "c", "1"]))
    assert [(field.name, field.heading) for field in guess.fields[:3]] == [
        ("job_role_2", "Job Role"),
        ("job_role", "job_role"),
        ("job_role_3", "job-role"),
    ]


def test_what_cannot_be_seen_is_written_as_an_escape() -> None:
    assert write_text('a"b\\c\n\r\u200b') == '"a\\"b\\\\c\\n\\u{d}\\u{200b}"'
