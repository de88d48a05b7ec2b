"""What a column is taken for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from leadline.inference.columns import Column
from leadline.inference.guess import Found


def _find(values: Iterable[Any], heading: str = "value") -> Found:
    column = Column(heading)
    for value in values:
        column.add(value)
    column.settle()
    return column.find()


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "2.5", "-3", "1e3"], "number"),
        ([1, 2.5, None], "number"),
        (["yes", "no", "Yes", ""], "yes/no"),
        (["true", "FALSE"], "yes/no"),
        ([True, False], "yes/no"),
        (["0", "1"] * 5, "yes/no"),
        (["2026-01-31", "2026-02-01T09:00", "2026-02-01 09:00:30Z"], "date"),
        (["31/01/2026", "01/02/2026"], "date"),
        (["1/31/2026 9:05 pm", "2/1/2026"], "date"),
        (["31.01.2026", "1.2.2026"], "date"),
        (["red", "blue"] * 3, "one of"),
        (["a;b", "c", "d;e;f"], "list of text"),
        ([["a", "b"], ["c"]], "list of text"),
        (["red", "blue", "green"], "text"),
        (["red"] * 10, "text"),
        (["007", "042", "013"], "text"),
        (["+81901234567", "+81907654321"], "text"),
        (["1234567890123456789", "1234567890123456788"], "text"),
        (["x" * 70, "y" * 70] * 5, "text"),
        ([], "text"),
    ],
)
def test_a_column_gets_the_type_that_its_values_fit(values: list[Any], kind: str) -> None:
    assert _find(values).type.kind.value == kind


@pytest.mark.parametrize(
    ("heading", "values", "kind"),
    [
        ("created_at", ["1700000000", "1700000500"], "date"),
        ("createDate", [1700000000000, 1700000500000], "date"),
        ("signup date", ["20260105", "20260106"], "date"),
        ("revenue", ["1700000000", "1700000500"], "number"),
        ("owner_id", ["17", "18", "17", "18"], "text"),
        ("Zip Code", ["10115", "20095"], "text"),
        ("visits", ["0", "1"] * 5, "number"),
        ("is_partner", ["0", "1"], "yes/no"),
        ("First Name", ["Ann", "Bo"] * 5, "text"),
    ],
)
def test_the_heading_decides_where_the_values_do_not(heading: str, values: list[Any], kind: str) -> None:
    assert _find(values, heading).type.kind.value == kind


def test_a_slip_among_many_numbers_leaves_them_numbers_and_is_told() -> None:
    found = _find(["forty", *map(str, range(40))])
    assert found.type.kind.value == "number"
    assert found.remark == "1 of 41 values is no number, so missing"


def test_words_for_nothing_do_not_count_against_a_type() -> None:
    assert _find(["NULL", "n/a", "NULL", "12", "15"]).type.kind.value == "number"


def test_dates_of_either_order_stay_texts_with_a_remark() -> None:
    assert _find(["03/04/2026", "05/06/2026"]).remark.startswith("day/month or month/day?")
    assert _find(["13/01/2026", "01/13/2026"]).remark == "dates with the day first and with the month first"


def test_the_order_of_dates_is_found_out_from_those_that_show_it() -> None:
    assert _find(["03/04/2026", "25/06/2026"]).order == "dmy"
    assert _find(["03/04/2026", "06/25/2026"]).order == "mdy"


def test_choices_are_listed_as_most_write_them_the_most_frequent_first() -> None:
    found = _find(["b", "B", "b", "a", "A", "a", "a", "a"])
    assert found.type.choices == ("a", "b")


def test_thirteen_different_values_are_no_list_of_choices() -> None:
    assert _find([str(chr(97 + n)) for n in range(13)] * 4).type.kind.value == "text"
    assert _find([str(chr(97 + n)) for n in range(12)] * 4).type.kind.value == "one of"


def test_the_middle_is_the_median_of_what_is_above_0() -> None:
    assert _find(["0", "0", "0", "10", "20", "30"], "amount").middle == 20_000_000
