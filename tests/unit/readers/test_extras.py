"""Parquet and Excel, which come with extras."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leadline.readers import BAD_ROW, BAD_VALUE, DataError, read_contacts
from leadline_compiler.schema import Schema
from leadline_compiler.zones import DAY
from unit.readers.conftest import Read, Reader


def make_parquet(path: Path, columns: dict[str, Any]) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table(columns), path)
    return path.read_bytes()


def make_excel(path: Path, rows: list[list[Any]]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path.read_bytes()


def check_same(found: Read) -> None:
    assert found["1"].values == {
        "record_id": "1",
        "employees": 40_500_000,
        "decision_maker": True,
        "signed_up": DAY,
        "interests": ("a", "b"),
    }
    assert found["2"].values == {"record_id": "2"}
    assert found.report.is_clean


def test_parquet_gives_typed_values(read: Reader, tmp_path: Path) -> None:
    columns = {
        "Record ID": [1.0, 2.0],
        "Number of Employees": [Decimal("40.5"), None],
        "decision_maker": [True, None],
        "signed_up": [datetime(1970, 1, 2, tzinfo=UTC), None],
        "interests": [["a", "b"], None],
    }
    check_same(read({"c.parquet": make_parquet(tmp_path / "made", columns)}))


def test_excel_gives_typed_values(read: Reader, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Record ID", "Number of Employees", "decision_maker", "signed_up", "interests", None],
        [1, 40.5, True, date(1970, 1, 2), "a;b"],
        [None, None, "  "],
        ["2"],
    ]
    check_same(read({"c.xlsx": make_excel(tmp_path / "made.xlsx", rows)}))


def test_a_day_number_of_excel_is_a_date(read: Reader, tmp_path: Path) -> None:
    content = make_excel(tmp_path / "made.xlsx", [["Record ID", "signed_up"], [1, 25570.5]])
    assert read({"c.xlsx": content})["1"].values["signed_up"] == DAY + DAY // 2


def test_events_may_be_parquet_or_excel(read: Reader, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["contact", "event", "at", "seconds"], [1, "page_view", datetime(1970, 1, 2), 3]]
    columns = {str(name): [cell] for name, cell in zip(*rows, strict=True)}
    for name, content in (
        ("e.xlsx", make_excel(tmp_path / "made.xlsx", rows)),
        ("e.parquet", make_parquet(tmp_path / "made", columns)),
    ):
        event = read({"c.csv": "Record ID\n1\n", name: content})["1"].events[0]
        assert (event.at, event.values) == (DAY, {"seconds": 3_000_000})


def test_problems_name_the_row_as_excel_numbers_it(read: Reader, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Record ID", "decision_maker"], [1, "perhaps"], [None, "yes"], [3, "no", "beyond"]]
    found = read({"c.xlsx": make_excel(tmp_path / "made.xlsx", rows)})
    assert sorted(found.said()) == [(BAD_ROW, 3), (BAD_ROW, 4), (BAD_VALUE, 2)]


@pytest.mark.parametrize(("name", "module"), [("c.parquet", "pyarrow"), ("c.xlsx", "openpyxl")])
def test_an_extra_that_is_missing_is_named(
    schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    content = make_excel(tmp_path / "made.xlsx", [["Record ID"], [1]])
    (tmp_path / name).write_bytes(content)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DataError, match="extra") as caught:
        read_contacts(schema, str(tmp_path / name))
    assert 'pip install "leadline[' in caught.value.help


@pytest.mark.parametrize("name", ["c.parquet", "c.xlsx"])
@pytest.mark.parametrize("content", [b"", b"PAR1 no", b"PK\x03\x04 no", b"\0" * 1000])
def test_broken_files_are_errors(read: Reader, name: str, content: bytes) -> None:
    with pytest.raises(DataError, match="that can be read"):
        read({name: content})


def test_the_extras_are_loaded_only_when_used() -> None:
    code = "import sys, leadline.readers; print({'pyarrow', 'openpyxl'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_a_moment_beyond_the_calendar_is_a_bad_value_and_the_file_is_read(read: Reader, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    moments = pyarrow.array([2**40, 86400], pyarrow.timestamp("s", "UTC"))
    found = read({"c.parquet": make_parquet(tmp_path / "made", {"Record ID": [1, 2], "signed_up": moments})})
    assert found["2"].values["signed_up"] == DAY
    assert found.said() == [(BAD_VALUE, 1)]


def test_a_small_workbook_that_claims_millions_of_cells_is_refused(read: Reader, tmp_path: Path) -> None:
    content = make_excel(tmp_path / "made.xlsx", [["Record ID"], [1]])
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(tmp_path / "new.xlsx", "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(b'<row r="2"', b'<row r="99999999999"') if name == sheet else text)
    with pytest.raises(DataError, match="far more cells"):
        read({"c.xlsx": (tmp_path / "new.xlsx").read_bytes()})
