"""A small schema and a folder to write data into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from leadline.readers import DataReport, Problem, read_contacts
from leadline_compiler.contacts import Contact
from leadline_compiler.schema import EventType, Field, Kind, Property, Schema, ValueType
from leadline_compiler.zones import UTC_ZONE

TEXT, NUMBER, YES_NO, DATE = (ValueType(kind) for kind in (Kind.TEXT, Kind.NUMBER, Kind.YES_NO, Kind.DATE))


@pytest.fixture
def schema() -> Schema:
    """Fields of every type, one with a heading of its own, and three events."""
    return Schema(
        UTC_ZONE,
        "record_id",
        (
            Field("record_id", TEXT, "Record ID"),
            Field("email", TEXT),
            Field("job_role", ValueType(Kind.CHOICE, ("CEO", "Engineer"))),
            Field("employees", NUMBER, "Number of Employees"),
            Field("decision_maker", YES_NO),
            Field("interests", ValueType(Kind.LIST)),
            Field("signed_up", DATE),
        ),
        (
            EventType("page_view", (Property("path", TEXT), Property("seconds", NUMBER))),
            EventType("email_open", (Property("campaign", TEXT),), "Opened mail"),
            EventType("meeting_cancelled", (Property("planned", DATE),)),
        ),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """All that one reading gave."""

    contacts: tuple[Contact, ...]
    report: DataReport
    problems: tuple[Problem, ...]

    def __getitem__(self, contact: str) -> Contact:
        return next(found for found in self.contacts if found.id == contact)

    def said(self) -> list[tuple[str, int | None]]:
        """Name and line of every problem."""
        return [(problem.name, problem.line) for problem in self.problems]


Reader = Callable[..., Read]


@pytest.fixture
def read(schema: Schema, tmp_path: Path) -> Reader:
    """Reads the contacts, and perhaps events, of files given by name and content."""

    def read_files(
        files: Mapping[str, str | bytes],
        as_of: int | None = None,
        dates: Mapping[str, str] | None = None,
        of: Schema | None = None,
    ) -> Read:
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(str(path))
        problems: list[Problem] = []
        with read_contacts(of or schema, *paths, as_of=as_of, dates=dates, on_problem=problems.append) as stream:
            return Read(tuple(stream), stream.report, tuple(problems))

    return read_files
