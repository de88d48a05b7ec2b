"""Files, pipes and standard input."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadline.readers import DataError, read_contacts
from leadline_compiler.schema import Schema


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files go; a test that used it leaves nothing there."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def feed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def zip_of(name: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "Record ID\n1\n")
    return raw.getvalue()


@pytest.mark.parametrize(
    "text", ["Record ID,signed_up\n1,25/12/2026\n", '[{"Record ID": 1}]', '{"Record ID": 1}\n{"Record ID": 1}']
)
def test_standard_input_is_csv_or_json(
    schema: Schema, scratch: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    feed(monkeypatch, text)
    with read_contacts(schema, "-") as stream:
        assert [contact.id for contact in stream] == ["1"]
        assert [contact.id for contact in stream] == ["1"]


def test_what_was_kept_of_standard_input_goes_away_on_errors_too(
    schema: Schema, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, "email\nx\n")
    with pytest.raises(DataError, match="standard input: no column"):
        read_contacts(schema, "-")


def test_standard_input_cannot_be_two_things(schema: Schema) -> None:
    with pytest.raises(DataError, match="both"):
        read_contacts(schema, "-", "-")


def test_a_pipe_is_read_like_a_file(schema: Schema, scratch: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("Record ID\n1\n",))
    writer.start()
    with read_contacts(schema, str(pipe)) as stream:
        assert [contact.id for contact in stream] == ["1"]
    writer.join()


@pytest.mark.parametrize(
    ("name", "message"),
    [("nowhere.csv", "no such file"), ("", "folder"), ("a\0b", "cannot be read"), ("x" * 5000, "cannot be read")],
)
def test_what_is_no_file_is_an_error(schema: Schema, tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_contacts(schema, str(tmp_path / name))


@pytest.mark.parametrize(("name", "message"), [("c.xls", "save it as .xlsx"), ("c.csv.gz", "unpack")])
def test_formats_that_cannot_be_read_say_what_to_do(schema: Schema, tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(DataError, match=message):
        read_contacts(schema, str(tmp_path / name))


@pytest.mark.parametrize("name", ["c.csv", "c.jsonl", "c.json", "c.yaml", "c"])
@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (gzip.compress(b"Record ID\n1\n"), "gzip file"),
        (zip_of("c.csv"), "zip archive"),
        (b"\x28\xb5\x2f\xfd\x04", "Zstandard file"),
    ],
    ids=["gzip", "zip", "Zstandard"],
)
def test_a_compressed_file_under_another_name_is_to_be_unpacked(
    schema: Schema, tmp_path: Path, name: str, raw: bytes, kind: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(DataError, match=f"{name}: this is a {kind}; unpack it first"):
        read_contacts(schema, str(tmp_path / name))


def test_a_workbook_under_another_name_is_to_be_renamed(schema: Schema, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_bytes(zip_of("[Content_Types].xml"))
    with pytest.raises(DataError, match=r"c\.csv: this is an Excel workbook; give it a name that ends in \.xlsx"):
        read_contacts(schema, str(tmp_path / "c.csv"))


@pytest.mark.parametrize(
    ("name", "kind"), [("c.csv", "this is a zip archive"), ("c", "no Excel workbook"), ("c.xlsx", "no Excel workbook")]
)
def test_half_an_archive_is_told_by_its_name(schema: Schema, tmp_path: Path, name: str, kind: str) -> None:
    raw = zip_of("[Content_Types].xml")
    (tmp_path / name).write_bytes(raw[: len(raw) // 2])
    with pytest.raises(DataError, match=kind):
        read_contacts(schema, str(tmp_path / name))


def test_a_compressed_pipe_is_to_be_unpacked_and_leaves_nothing(schema: Schema, scratch: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    raw = gzip.compress(b"Record ID\n1\n")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(raw,))
    writer.start()
    with pytest.raises(DataError, match="this is a gzip file; unpack it first"):
        read_contacts(schema, str(tmp_path / "pipe"))
    writer.join()


def test_an_unreadable_file_is_an_error(schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str = "r") -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "c.csv"
    path.write_text("Record ID\n1\n")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DataError, match="no permission"):
        read_contacts(schema, str(path))


def test_a_missing_events_file_is_an_error_that_names_it(schema: Schema, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("Record ID\n1\n")
    with pytest.raises(DataError, match=r"e\.csv: there is no such file"):
        read_contacts(schema, str(tmp_path / "c.csv"), str(tmp_path / "e.csv"))
