"""Files, pipes and standard input."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tempfile
import threading
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
def test_a_compressed_file_under_another_name_is_to_be_unpacked(schema: Schema, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"Record ID\n1\n"))
    with pytest.raises(DataError, match=f"{name}: the file is compressed; unpack it first"):
        read_contacts(schema, str(tmp_path / name))


def test_a_compressed_pipe_is_to_be_unpacked_and_leaves_nothing(schema: Schema, scratch: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    raw = gzip.compress(b"Record ID\n1\n")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(raw,))
    writer.start()
    with pytest.raises(DataError, match="the file is compressed; unpack it first"):
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
