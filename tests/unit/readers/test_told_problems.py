"""What a user is told about data that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadline.data_findings import find_in_data
from leadline.readers import DataError, read_contacts
from leadline.rules import Report, check_source
from leadline_compiler.schema import Schema
from leadline_dsl.source import Source
from unit.readers.conftest import Reader

_RULES = """model "M"
contact
  id: text
  employees: number
  job_role: one of "CEO", "CMO"
  signed_up: date
events
  page_view with path: text, seconds: number
score fit
  +1 "A" when employees > 3 and job_role is "CEO" and signed_up is known
  +1 "B" for each page_view where seconds > 3
"""


def _report() -> Report:
    return check_source(Source("r.lead", _RULES), 0)


def _helps(tmp_path: Path, contacts: object) -> dict[str, str]:
    path = tmp_path / "c.json"
    path.write_text(json.dumps(contacts))
    found = find_in_data(_report(), str(path), None, 1_800_000_000_000_000, 1_800_000_000_000_000)
    return {item.message: item.help for item in found if item.name in ("bad-value", "bad-row")}


def test_a_bad_value_on_the_one_line_of_a_json_file_names_its_contact(read: Reader) -> None:
    found = read({"c.json": '[{"Record ID": "a-1"}, {"Record ID": "a-2", "Number of Employees": "forty"}]'})
    assert [problem.said for problem in found.problems] == [
        '"forty" is not a number between -10^12 and 10^12 (contact a-2)'
    ]


def test_a_message_that_names_the_contact_itself_does_not_name_it_twice(read: Reader) -> None:
    found = read({"c.json": '[{"Record ID": "a-1"}, {"Record ID": "a-1"}]'})
    assert [problem.said for problem in found.problems] == ['a second contact "a-1"']


def test_every_finding_about_bad_data_says_what_to_do_and_whose_it_is(tmp_path: Path) -> None:
    events = [{"event": "page_view", "at": "never"}, {"event": "page_view", "at": "2026-01-01", "seconds": "q"}]
    contact = {"id": "a-1", "employees": "x", "job_role": "Boss", "signed_up": "soon", "events": events}
    helps = _helps(tmp_path, [contact])
    assert len(helps) == 5
    for message, help in helps.items():
        assert "(contact a-1)" in message
        assert help.endswith("`leadline score … --bad-rows FILE` keeps all of them")
    by_field = {message.split("`")[1]: help for message, help in helps.items() if "`" in message}
    assert by_field["employees"].startswith("a number is written `1200` or `12.5`")
    assert by_field["job_role"].startswith("add what is right to the texts behind `one of`")
    assert by_field["signed_up"].startswith("a date is written `2026-03-31`")


@pytest.mark.parametrize(
    ("contacts", "help"),
    [
        ([{"id": "a"}, {"id": "a"}], "keep one row a contact"),
        ([{"employees": 4}], "give each contact an id"),
        ([{"id": "a", "events": [{"event": "page_view"}]}], "the column `at` says when it happened"),
        ([{"id": "a", "events": [{"at": "2026-01-01"}]}], "the column `event` says what happened"),
        ([{"id": "a"}, 5], "correct these rows in the data"),
    ],
)
def test_the_help_about_a_row_fits_what_is_wrong_with_it(tmp_path: Path, contacts: object, help: str) -> None:
    (told,) = _helps(tmp_path, contacts).values()
    assert told.startswith(help)


def test_broken_json_on_one_line_is_placed_by_its_column(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text('[{"Record ID": "a", }]')
    with pytest.raises(DataError) as caught, read_contacts(schema, str(path)) as stream:
        list(stream)
    assert "at column" in caught.value.message
