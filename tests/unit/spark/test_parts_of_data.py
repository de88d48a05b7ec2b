"""What is read in parts, each by itself, is read as if it were read as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import leadline
from conformance.batch_files import one_by_one
from conformance.buckets import score_in_buckets
from conformance.drawn_cases import Case
from conformance.test_buckets import comparable
from leadline.readers import DataError
from leadline.spark.origins import find_origin
from leadline_compiler.plan import lower

AS_OF = 1_795_305_599_999_999
RULES = """model "M"

contact identified by id
  id: text
  size: number
  joined: date
  tags: list of text

events
  visit with path: text, seen: date

score fit
  +1 "Big" when size > 3
  +10 "Tagged" when tags includes "b"
  +100 "Joined late" when joined >= 2026-03-02
  +1000 "Seen" for each visit where seen >= 2026-03-02
  +10000 "Visited" for each visit in the last 300 days
"""


def plan() -> Any:
    report = leadline.check(RULES)
    assert report.model is not None, report.stopping
    model = report.model
    return lower(model)


def told(folder: Path, contacts: str, events: str | None, suffixes: tuple[str, str], buckets: int) -> Any:
    files = folder / f"contacts{suffixes[0]}", folder / f"events{suffixes[1]}"
    files[0].write_bytes(contacts.encode())
    if events is not None:
        files[1].write_bytes(events.encode())
    paths = str(files[0]), None if events is None else str(files[1])
    case = Case(0, RULES, plan(), (), "2026-11-21", ())
    one = comparable(one_by_one(case, paths), paths)
    try:
        parts = comparable(score_in_buckets(case.plan, paths, AS_OF, buckets), paths)
    except DataError as error:
        parts = str(error)
    assert parts == one
    return one


def columns(name: str, values: Sequence[str], others: str = "") -> str:
    """A CSV file of contacts with one column besides the ids."""
    return f"id,{name}\n" + "".join(f'{number},"{value}"\n' for number, value in enumerate(values)) + others


def test_the_order_of_dates_is_that_of_the_whole_column(tmp_path: Path) -> None:
    values = ["03/02/2026", "02/03/2026", "", "nonsense", "2026-01-01", "03/05/2026", "25/12/2025", "01/04/2026"]
    results, report, _ = told(tmp_path, columns("joined", values), None, (".csv", ""), 4)
    assert [result["total"] for result in results] == [0, 100, 0, 0, 0, 100, 0, 100]
    assert report.bad_values == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["03/02/2026", "", "", "", "04/02/2026"], '"03/02/2026" day/month or month/day'),
        (["25/02/2026", "", "", "", "02/25/2026"], 'the month first ("02/25/2026", line 6)'),
    ],
)
def test_a_column_that_leaves_the_order_open_is_refused_with_the_same_words(
    values: list[str], said: str, tmp_path: Path
) -> None:
    assert said in told(tmp_path, columns("joined", values), None, (".csv", ""), 3)


def test_the_unit_of_epoch_numbers_is_that_of_the_whole_column(tmp_path: Path) -> None:
    values = ["1795255200000"] * 4 + ["1750000000", "", "17952552"]
    results, report, _ = told(tmp_path, columns("joined", values), None, (".csv", ""), 5)
    assert [result["total"] for result in results] == [100] * 4 + [0] * 3
    assert report.bad_values == 1


def test_where_the_first_thousand_show_no_unit_the_first_number_that_does_decides(tmp_path: Path) -> None:
    values = ["12"] * 1100 + ["1795255200000", "1795255200", "1795255200"]
    results, _, _ = told(tmp_path, columns("joined", values), None, (".csv", ""), 2)
    assert sum(result["total"] for result in results) == 100


def test_a_bar_separates_only_where_no_cell_of_the_column_has_a_semicolon(tmp_path: Path) -> None:
    told(tmp_path, columns("tags", ["a|b", "", "b", "a", "c|d"]), None, (".csv", ""), 3)
    results, _, _ = told(tmp_path, columns("tags", ["a|b", "", "b", "a", "c|d", "a;b"]), None, (".csv", ""), 3)
    assert [result["total"] for result in results] == [0, 0, 10, 0, 0, 10]


def test_lines_of_csv_keep_their_dialect_and_their_numbers(tmp_path: Path) -> None:
    contacts = (
        "\ufeffsep=;\r\n\r\nid; size ;Joined\r\n\r\n1;4;2026-04-01\r\n;;\r\n2;x;\r\n2;5;\r\n;6;\r\n"
        '"3";"4""";\r\n4;1;2;3\r\n"5"x;1;\r\n  6.0 ;7\r\n7;8;2026-05-05;;\r\n'
    )
    events = (
        "contact,event,at,path,id\n1,visit,2026-11-01,/a,e1\n1,visit,2026-11-01,/a,e1\n9,visit,2026-11-01,,\n"
        ",visit,2026-11-01,,\n6,visit,nonsense,,\n6,Visit,2026-11-01,,\n6,,2026-11-01,,\n6,visit,,,\n"
        "6.0,visit,2026-11-02,,\n"
    )
    results, report, problems = told(tmp_path, contacts, events, (".csv", ".csv"), 3)
    assert [(result["id"], result["total"]) for result in results] == [
        ("1", 10101),
        ("2", 0),
        ("3", 0),
        ("6", 10001),
        ("7", 101),
    ]
    assert report.bad_rows == 9
    assert [problem.line for problem in problems if problem.file.endswith("contacts.csv")] == [7, 8, 9, 10, 11, 12]


def test_lines_of_json_keep_their_numbers_and_the_events_inside_of_them(tmp_path: Path) -> None:
    lines: list[Mapping[str, Any] | str] = [
        {"id": 1, "size": 4, "events": [{"event": "visit", "at": "03/02/2026"}, {"visit": {}, "at": "25/02/2026"}]},
        "",
        "{broken",
        {"properties": {"id": "2", "Size": 7}, "joined": "05/04/2026"},
        "[1]",
        {"id": "1", "size": 1},
        {"id": "3", "joined": "13/04/2026", "events": "none"},
        {"id": "4", "events": [{"event": "visit", "at": "01/02/2026", "seen": 1795255200}, {"event": "call"}, 7]},
    ]
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\r\n" for line in lines)
    results, report, problems = told(tmp_path, text, None, (".jsonl", ""), 3)
    assert [result["total"] for result in results] == [20001, 101, 100, 11000]
    assert [problem.line for problem in problems] == [3, 5, 6, 7, 8]
    assert report.undeclared_events == {"call": 1}


def test_events_of_json_lines_find_contacts_of_another_format(tmp_path: Path) -> None:
    events = (
        '{"contact_id": 1.0, "visit": {"seen": "2026-05-01"}, "at": "2026-11-01"}\n{"contact": "2", "event": "visit"}\n'
    )
    results, report, _ = told(tmp_path, columns("size", ["", "", ""]), events, (".csv", ".jsonl"), 2)
    assert [result["total"] for result in results] == [0, 11000, 0]
    assert report.bad_rows == 1


def test_columns_of_parquet_are_judged_as_a_whole(tmp_path: Path) -> None:
    table = {
        "id": [*map(str, range(12)), "3"],
        "joined": ["03/02/2026", "2026-04-04", None, "13/01/2026", *["02/03/2026"] * 8, "x"],
        "tags": ["a|b", None, "b", "a", *["c|d"] * 8, "a;b"],
        "size": pa.array([5, None, *range(11)], pa.int32()),
    }
    path = str(tmp_path / "contacts.parquet")
    pq.write_table(pa.table(table), path, row_group_size=5)
    case = Case(0, RULES, plan(), (), "2026-11-21", ())
    one = comparable(one_by_one(case, (path, None)), (path, None))
    assert comparable(score_in_buckets(case.plan, (path, None), AS_OF, 3), (path, None)) == one
    results, report, _ = score_in_buckets(case.plan, (path, None), AS_OF, 3, keeps_all=False)
    assert (len(results), report.bad_rows, report.problems[0].line) == (12, 1, 13)


def test_rows_over_several_lines_are_refused_with_their_line(tmp_path: Path) -> None:
    for text, line in (('id,size\n1,2\n2,3\n3,"4\n5"\n', 4), ('id,"si\nze"\n1,2\n', 2)):
        path = tmp_path / "contacts.csv"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match="goes over several lines") as caught:
            score_in_buckets(plan(), (str(path), None), AS_OF, 2)
        assert caught.value.line == line


def test_text_that_is_no_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(b"id,size\n1,2\n2,3\n3,\xff\n")
    with pytest.raises(DataError, match=r"contacts\.csv:4: the file is not valid UTF-8"):
        score_in_buckets(plan(), (str(path), None), AS_OF, 2)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("contacts.json", b'[{"id": 1}]', "does not read JSON"),
        ("contacts.yaml", b"- id: 1\n", "does not read YAML"),
        ("contacts.csv.gz", b"\x1f\x8b", "gzip"),
        ("contacts.csv", "id\n1\n".encode("utf-16"), "UTF-16"),
        ("missing.csv", None, "no such file"),
    ],
)
def test_what_cannot_be_read_in_parts_is_refused(name: str, content: bytes | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=said):
        find_origin(str(path))


def test_standard_input_is_refused() -> None:
    with pytest.raises(DataError, match="standard input cannot be read by several machines"):
        find_origin("-")
