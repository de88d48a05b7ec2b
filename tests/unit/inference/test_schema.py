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
        (["First Name", "Score", "Login"], [["a", "1", "x"], ["b", "2", "y"]], "Login"),
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


def test_a_telling_name_beats_others_though_some_contacts_lack_a_value() -> None:
    rows = [["1", "Ann"], ["", "Bob"], ["", "Cy"], ["4", "Dee"]]
    guess = infer_schema(_table(["Record ID", "First Name"], *rows))
    assert (guess.identifier, guess.repeated, guess.passed_over) == ("record_id", 2, ())


def test_one_slip_in_a_hundred_does_not_cost_the_best_name_its_place() -> None:
    rows = [[f"r{max(1, number)}", f"{number}@x"] for number in range(100)]
    guess = infer_schema(_table(["Record ID", "Email"], *rows))
    assert (guess.identifier, guess.repeated) == ("record_id", 1)


@pytest.mark.parametrize(
    ("ids", "why"),
    [
        (["1", "2", "2", "3"], "of its 4 values 1 repeats another"),
        (["1", "", "", ""], "of its 4 values 3 are empty"),
        (["1", "", "1", "1"], "of its 4 values 1 is empty and 2 repeat others"),
    ],
)
def test_a_column_that_promised_more_is_told_with_the_reason(ids: list[str], why: str) -> None:
    rows = [[id_, f"{number}@x", f"+49 {number}"] for number, id_ in enumerate(ids)]
    guess = infer_schema(_table(["Record ID", "Email", "Phone Number"], *rows))
    assert guess.identifier == "Email"
    assert [(item.what, item.why) for item in guess.passed_over] == [("Record ID", why)]


def test_a_column_that_the_events_do_not_use_is_told() -> None:
    contacts = _table(["id", "email"], ["1", "a@x"], ["2", "b@x"])
    events = _table(["contact", "event", "at"], ["a@x", "visit", "2026-01-01"])
    (passed,) = infer_schema(contacts, events).passed_over
    assert (passed.what, passed.why) == ("id", "the events name their contacts by email")


@pytest.mark.parametrize("headings", [["age", "job"], ["First Name", "Phone Number"], ["Company", "Website"]])
def test_no_identifier_is_made_up(headings: list[str]) -> None:
    assert not infer_schema(_table(headings, ["1", "x"], ["1", "x"])).has_identifier
    assert not infer_schema(_table(headings)).has_identifier


def test_names_and_numbers_that_differ_by_chance_identify_nobody() -> None:
    rows = [["Ann", "555-1", "31"], ["Bob", "555-2", "47"], ["Cy", "555-3", "28"]]
    assert not infer_schema(_table(["First Name", "Phone Number", "Age"], *rows)).has_identifier


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
