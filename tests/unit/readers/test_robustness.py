"""Whatever the bytes: data or a DataError."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.readers import DataError, read_contacts, read_samples
from leadline_compiler.schema import Schema

HEADER = b"Record ID,email,interests,signed_up,Number of Employees\n"
SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".yaml", "")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["01/02/2026"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["Record ID", "email", "signed_up", "events", "expect", "interests", "at", "event", "page_view"])
PIECES = st.sampled_from(
    [b"\n", b",", b'"', b";", b"{", b"}", b"[", b"]", b": ", b"- ", b"1", b"a", b"\xff", b"\0", b"&a ", b"*a"]
)


def read_all(schema: Schema, path: Path) -> None:
    """Reads a file as contacts, as events and as samples."""
    contacts = path.with_name("fine.csv")
    contacts.write_bytes(b"Record ID\n1\n")
    for paths in ((path,), (contacts, path)):
        with suppress(DataError), read_contacts(schema, *map(str, paths)) as stream:
            ids = [contact.id for contact in stream]
            assert len(ids) == stream.report.contacts == len(set(ids))
    with suppress(DataError):
        read_samples(schema, str(path))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    start=st.sampled_from([b"", HEADER, b"\xff\xfe", b"\xef\xbb\xbf"]),
    rest=st.binary(max_size=60) | st.lists(PIECES, max_size=40).map(b"".join),
    suffix=st.sampled_from(SUFFIXES),
)
def test_no_bytes_raise_anything_but_a_data_error(
    schema: Schema, tmp_path: Path, start: bytes, rest: bytes, suffix: str
) -> None:
    path = tmp_path / f"data{suffix}"
    path.write_bytes(start + rest)
    read_all(schema, path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(records=st.lists(st.dictionaries(KEYS, VALUES, max_size=6) | VALUES, max_size=4))
def test_no_json_raises_anything_but_a_data_error(schema: Schema, tmp_path: Path, records: list[object]) -> None:
    path = tmp_path / "data.json"
    path.write_text(json.dumps(records))
    read_all(schema, path)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "unit", [b"a", b'"', b",", b"\0", b"[", b'{"a":', b"- ", b"\n", b"'", b"1,", b"\r", b"&a ", b"9"]
)
def test_no_repeated_piece_raises_anything_but_a_data_error(
    schema: Schema, tmp_path: Path, unit: bytes, suffix: str
) -> None:
    path = tmp_path / f"data{suffix}"
    path.write_bytes(unit * (60_000 // len(unit)))
    read_all(schema, path)


def test_deep_values_inside_a_contact_are_bad_values(schema: Schema, tmp_path: Path) -> None:
    deep = "[" * 900 + "]" * 900
    path = tmp_path / "data.json"
    path.write_text(f'[{{"Record ID": 1, "email": {deep}, "events": {deep}, "interests": {deep}}}]')
    with read_contacts(schema, str(path)) as stream:
        assert [contact.values for contact in stream] == [{"record_id": "1"}]
        assert (stream.report.bad_values, stream.report.bad_rows) == (2, 1)
