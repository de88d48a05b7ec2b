"""Which column holds which field."""

from __future__ import annotations

import pytest

from leadline.readers import DataError
from leadline.readers.headings import Wanted, match_headings, normalise_heading
from unit.readers.conftest import Reader


@pytest.mark.parametrize(
    "heading",
    ["Record ID", "record_id", "recordId", "RECORD-ID", "\ufeffRecord ID ", "property_record_id", "traits.recordId"],
)
def test_headings_that_people_mean_alike_are_alike(heading: str) -> None:
    assert normalise_heading(heading) == "record_id"


def test_headings_of_other_scripts_keep_their_letters() -> None:
    assert normalise_heading("会社 規模") == "会社_規模"


def test_a_field_takes_the_column_with_its_name_before_one_that_only_looks_alike() -> None:
    matches = match_headings([Wanted("email")], ["Email", "email"])
    assert matches.positions == {"email": 1}


def test_a_declared_heading_is_the_last_word() -> None:
    matches = match_headings([Wanted("email", "Work E-Mail")], ["email", "work_e_mail", "Work E-Mail"])
    assert matches.positions == {"email": 2}


def test_a_declared_heading_matches_loosely_and_then_gives_way_to_the_name() -> None:
    assert match_headings([Wanted("email", "Work E-Mail")], ["email", "work_e_mail"]).positions == {"email": 1}
    assert match_headings([Wanted("email", "Work E-Mail")], ["email"]).positions == {"email": 0}


def test_a_column_that_one_field_claims_exactly_is_not_guessed_for_another() -> None:
    matches = match_headings([Wanted("country", "Land"), Wanted("land_")], ["Land"])
    assert matches.positions == {"country": 0}


def test_two_columns_that_would_do_alike_are_an_error_that_names_them(read: Reader) -> None:
    with pytest.raises(DataError, match="Job Role, job-role could all be job_role"):
        read({"c.csv": "Record ID,Job Role,job-role\n1,CEO,CEO\n"})


def test_two_keys_that_would_do_alike_are_a_bad_value(read: Reader) -> None:
    found = read(
        {"c.jsonl": '{"Record ID": 1, "Job Role": "CEO", "jobRole": "CEO"}\n{"Record ID": 2, "jobRole": "CEO"}'}
    )
    assert "job_role" not in found["1"].values
    assert found["2"].values["job_role"] == "CEO"
    assert found.report.bad_values == 1


def test_missing_and_unused_columns_are_reported(read: Reader) -> None:
    found = read({"c.csv": "Record ID,email,job_role,decision_maker,interests,signed_up,phone\n1,,,,,,\n"})
    assert [(column.field, column.heading) for column in found.report.missing_columns] == [
        ("employees", "Number of Employees")
    ]
    assert found.report.unused_columns == ("phone",)
