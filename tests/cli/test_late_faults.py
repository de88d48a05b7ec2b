"""`leadline score` on data that cannot be read: nothing is written that a script might take for the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadline.commands import run

_RULES = """\
model "Shop"
contact
  id:     text
  staff:  number
  signed: date
score fit
  +1 "Staff" when staff >= 1
  +1 "Signed" when signed is known
"""
_ROWS = [f"c{number},{number},2026-01-01" for number in range(3000)]
_JSON_ROWS = [f'{{"id": "c{number}", "staff": 3}}' for number in range(3000)]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.lead"
    path.write_text(_RULES, encoding="utf-8")
    return path


def _csv(*last: str) -> bytes:
    return "\n".join(["id,staff,signed", *_ROWS, *last, ""]).encode("latin-1")


_FAULTS = {
    "quote.csv": (_csv('x,"1,2026-01-01'), "never closed"),
    "encoding.csv": (_csv("caf\u00e9,1,2026-01-01"), "not valid UTF-8"),
    "unclear.csv": (_csv("x,1,03/04/2026"), "day/month or month/day"),
    "both-orders.csv": (_csv("x,1,13/04/2026", "y,1,04/13/2026"), "with the month first"),
    "encoding.jsonl": ("\n".join([*_JSON_ROWS, '{"id": "caf\u00e9"}']).encode("latin-1"), "not valid UTF-8"),
    "unclear.jsonl": ("\n".join([*_JSON_ROWS, '{"id": "x", "signed": "03/04/2026"}']).encode(), "day/month or month"),
    "unclear.json": (f'[{",".join(_JSON_ROWS)}, {{"id": "x", "signed": "3-4-2026"}}]'.encode(), "day/month or month"),
    "broken.json": (f'[{",".join(_JSON_ROWS)}, {{"id"}}]'.encode(), "broken JSON"),
}


@pytest.mark.parametrize("format_", ["csv", "jsonl", "table", "parquet"])
@pytest.mark.parametrize("name", _FAULTS)
def test_a_fault_far_down_in_the_data_is_told_before_the_first_result(
    rules: Path, name: str, format_: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    content, why = _FAULTS[name]
    data = rules.parent / name
    data.write_bytes(content)
    assert run(["score", str(rules), "--contacts", str(data), "--format", format_]) == 2
    shown = capsysbinary.readouterr()
    assert shown.out == b""
    assert shown.err.startswith(b"error: ")
    assert why.encode() in shown.err


def _write_parquet(path: Path, dates: list[str]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    ids = [f"c{number}" for number in range(len(dates))]
    parquet.write_table(pyarrow.table({"id": ids, "signed": dates}), path, row_group_size=500)


@pytest.mark.parametrize("engine", ["python", "batch"])
def test_bytes_in_parquet_that_are_no_text_are_told(
    rules: Path, engine: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    data = rules.parent / "bytes.parquet"
    table = pyarrow.table({"id": [b"a", b"b"], "staff": [b"1", b"\xff"]})
    pytest.importorskip("pyarrow.parquet").write_table(table, data)
    assert run(["score", str(rules), "--contacts", str(data), "--engine", engine, "--format", "csv"]) == 2
    assert b"this is no Parquet file that can be read: Invalid UTF8" in capsysbinary.readouterr().err


def _write_excel(path: Path, dates: list[str]) -> None:
    workbook = pytest.importorskip("openpyxl").Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append(["id", "signed"])
    for number, date in enumerate(dates):
        sheet.append([f"c{number}", date])
    workbook.save(path)


_BINARY = {"contacts.parquet": _write_parquet, "contacts.xlsx": _write_excel}


@pytest.mark.parametrize("format_", ["csv", "jsonl", "table", "parquet"])
@pytest.mark.parametrize("name", _BINARY)
def test_parquet_and_excel_too_give_all_results_or_none(
    rules: Path, name: str, format_: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = rules.parent / name
    words = ["score", str(rules), "--contacts", str(data), "--format", format_, "--as-of", "2026-11-21"]
    _BINARY[name](data, ["2026-01-01"] * 3000 + ["03/04/2026"])
    assert run(words) == 2
    shown = capsysbinary.readouterr()
    assert shown.out == b""
    assert b"day/month or month/day" in shown.err

    _BINARY[name](data, ["2026-01-01"] * 3000)
    assert run([*words, "--output", str(rules.parent / "scores")]) == 0
    assert run(words) == 0
    assert capsysbinary.readouterr().out == (rules.parent / "scores").read_bytes()


def test_a_parquet_file_that_is_broken_further_down_gives_no_result_and_one_sentence(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = rules.parent / "contacts.parquet"
    _write_parquet(data, [f"2026-01-{number % 28 + 1:02}" for number in range(3000)])
    content = bytearray(data.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 400] = b"\xff" * 400
    data.write_bytes(content)
    assert run(["score", str(rules), "--contacts", str(data), "--format", "csv", "--engine", "python"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "contacts.parquet: this is no Parquet file that can be read: " in shown.err


def test_bad_rows_cannot_stand_among_the_scores(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = rules.parent / "contacts.csv"
    data.write_text("id,staff\na,many\n", encoding="utf-8")
    words = ["score", str(rules), "--contacts", str(data), "--bad-rows", "-"]
    assert run(words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "--bad-rows - would stand among the scores" in shown.err
    assert run([*words, "--output", str(rules.parent / "scores.csv")]) == 0
    assert capsys.readouterr().out.startswith('{"name": "bad-value"')


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--as-of", "someday"], "'someday' is no date"),
        (["--events", "nowhere.csv"], "there is no such file"),
        (["--output", "nowhere/scores.csv"], "--output: nowhere/scores.csv: its folder does not exist"),
        (["--bad-rows", "nowhere/bad.csv"], "--bad-rows: nowhere/bad.csv: its folder does not exist"),
        (["other.lead"], 'no column "email"'),
    ],
)
def test_what_is_wrong_with_a_call_is_told_before_the_first_result(
    rules: Path, more: list[str], why: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(rules.parent)
    Path("contacts.csv").write_bytes(_csv())
    Path("other.lead").write_text(_RULES.replace("contact\n  id", "contact identified by email\n  email"))
    assert run(["score", "rules.lead", "--contacts", "contacts.csv", "--format", "csv", *more]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert why in shown.err


def test_dates_that_no_field_reads_stop_nothing(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = rules.parent / "contacts.csv"
    data.write_text('id,note\na,03/04/2026\nb,"13/04/2026"\nc,04/13/2026\n', encoding="utf-8")
    assert run(["score", str(rules), "--contacts", str(data), "--format", "jsonl"]) == 0
    assert capsys.readouterr().out.count("\n") == 3


@pytest.mark.parametrize("engine", ["python", "batch"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("contacts.csv", "id,staff\n"),
        ("contacts.tsv", "id\tstaff\n\n"),
        ("contacts.json", "[]"),
        ("contacts.jsonl", ""),
        ("contacts.jsonl", "\n  \n"),
        ("contacts.yaml", "contacts:\n"),
    ],
)
def test_data_without_contacts_is_told(
    rules: Path, name: str, content: str, engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data = rules.parent / name
    data.write_text(content, encoding="utf-8")
    assert run(["score", str(rules), "--contacts", str(data), "--format", "jsonl", "--engine", engine]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "there was no contact to score" in shown.err
    assert ("has no column for `signed`" in shown.err) == (data.suffix in (".csv", ".tsv"))
