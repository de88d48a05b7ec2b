"""The contacts of a case as files, in every format that holds them: nested events, or two tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from conformance.drawn_cases import Case

Files = tuple[str, str | None]
"""The paths of contacts and of events."""


FORMS = ("nested JSON Lines", "CSV", "JSON Lines", "Parquet")


def write_every_form(case: Case, folder: Path) -> Iterator[tuple[str, Files]]:
    """Every way to have the contacts in files, by name."""
    return ((form, write_files(case, form, folder)) for form in FORMS)


def write_files(case: Case, form: str, folder: Path) -> Files:
    """The contacts in files of one form."""
    if form == FORMS[0]:
        return write_nested(case, folder)
    contacts, events = list(map(_flat, case.contacts)), []
    contacts = [_with_headings(contact, case) for contact in contacts]
    for contact in case.contacts:
        owner = next(str(contact[key]) for key in _identifiers(case) if key in contact)
        events += [{"contact": owner, **event} for event in contact.get("events", [])]
    columns = [_columns(rows, first) for rows, first in ((contacts, _heading(case)), (events, "contact"))]
    suffix, write = {"CSV": (".csv", write_csv), "JSON Lines": (".jsonl", write_lines)}.get(
        form, (".parquet", write_parquet)
    )
    paths = folder / f"contacts{suffix}", folder / f"events{suffix}"
    for path, rows, headings in zip(paths, (contacts, events), columns, strict=True):
        write(path, rows, headings)
    return str(paths[0]), str(paths[1])


def write_nested(case: Case, folder: Path) -> Files:
    """The contacts as they are, with their events in them."""
    path = folder / "nested.jsonl"
    path.write_text("".join(json.dumps(contact) + "\n" for contact in case.contacts), encoding="utf-8")
    return str(path), None


def _identifiers(case: Case) -> list[str]:
    schema = case.plan.schema
    headings = [field.heading for field in schema.fields if field.name == schema.identifier]
    return [name for name in (*headings, schema.identifier) if name]


def _heading(case: Case) -> str:
    return _identifiers(case)[0]


def _flat(contact: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in contact.items() if key != "events"}


def _with_headings(contact: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """The contact under one heading for each field: in a table two columns could be one field."""
    headings = {field.name: field.heading or field.name for field in case.plan.schema.fields}
    return {headings.get(key, key): value for key, value in contact.items()}


def _columns(rows: Sequence[Mapping[str, Any]], first: str) -> list[str]:
    own = ["contact", "event", "at"] if first == "contact" else [first]
    return list(dict.fromkeys([*own, *(key for row in rows for key in row)]))


def write_lines(path: Path, rows: Sequence[Mapping[str, Any]], headings: Sequence[str]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], headings: Sequence[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows([[_text(row.get(heading)) for heading in headings] for row in rows])


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(_text, value))
    return "" if value is None else "true" if value is True else "false" if value is False else str(value)


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]], headings: Sequence[str]) -> None:
    """Columns have the type that their values have in common, else they are texts; there are some row groups."""
    columns = {heading: _column([row.get(heading) for row in rows]) for heading in headings}
    pq.write_table(pa.table(columns), path, row_group_size=2 + len(rows) // 4)


def _column(values: Sequence[Any]) -> pa.Array:
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) == 1 and not (kinds == {list} and any(type(item) is not str for one in values for item in one or ())):
        try:
            return pa.array(values)
        except (pa.ArrowInvalid, OverflowError):
            pass
    return pa.array([None if value is None else _text(value) for value in values], pa.string())
