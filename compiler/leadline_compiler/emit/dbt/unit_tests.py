"""Sample contacts and what is expected of them, as unit tests of dbt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from leadline_compiler.contacts import Contact, Value
from leadline_compiler.emit.dbt.template import Relation, escaped
from leadline_compiler.emit.dbt.yaml_text import Row, yaml_lines
from leadline_compiler.numbers import write_number
from leadline_compiler.plan import Plan
from leadline_compiler.schema import Kind
from leadline_compiler.zones import Zone

_EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class UnitTest:
    """A contact as of an instant; `expected` are columns of the scores, `rules` the points of all rules, if asked for.

    Points are in thousandths.
    """

    contact: Contact
    as_of: int
    expected: Mapping[str, str | int | None]
    rules: Mapping[str, int]


def unit_tests_text(
    plan: Plan,
    tests: tuple[UnitTest, ...],
    scores: tuple[str, str],
    rules: tuple[str, str],
    relations: tuple[Relation, Relation],
) -> str:
    """The unit tests of both models, of which the names and the queries are given; the relations are their inputs."""
    contacts, events = relations
    found: list[dict[str, Any]] = []
    for number, test in enumerate(tests, 1):
        rows = {contacts: [_contact(plan, test.contact)], events: list(_events(plan, test.contact))}
        own = escaped(test.contact.id)
        name = f"{number}_{_word(test.contact.id)}".rstrip("_")
        if test.expected:
            row = Row({"id": own, **{key: _shown(value) for key, value in test.expected.items()}})
            found.append({"name": f"scores_of_{name}", **_given(scores, test, rows), "expect": {"rows": [row]}})
        if test.rules:
            given = [Row(id=own, rule=escaped(rule), points=_shown(points)) for rule, points in test.rules.items()]
            found.append({"name": f"rules_of_{name}", **_given(rules, test, rows), "expect": {"rows": given}})
    return "\n".join(["version: 2", *yaml_lines({"unit_tests": found})]) + "\n"


def _given(model: tuple[str, str], test: UnitTest, rows: Mapping[Relation, list[Row]]) -> dict[str, Any]:
    """A model, and what it is given; dbt knows of no inputs that the model does not read."""
    name, query = model
    given = [{"input": relation.call, "rows": found} for relation, found in rows.items() if relation.call in query]
    return {"model": name, "overrides": {"vars": {"as_of": _moment(test.as_of)}}, "given": given}


def _word(text: str) -> str:
    return "_".join(re.findall("[a-z0-9]+", text.lower()))[:40]


def _shown(value: str | int | None) -> Any:
    """A value of the result; points are thousandths."""
    return Decimal(value).scaleb(-3) if isinstance(value, int) else None if value is None else escaped(value)


def _moment(micros: int) -> str:
    return (_EPOCH + timedelta(microseconds=micros)).isoformat(" ")


def _contact(plan: Plan, contact: Contact) -> Row:
    schema = plan.schema
    identifier = next((field for field in schema.fields if field.name == schema.identifier), None)
    own_id = escaped(contact.id)
    row = Row({schema.identifier if identifier is None else identifier.heading or identifier.name: own_id})
    for field in schema.fields:
        if field.name != schema.identifier:
            row[field.heading or field.name] = _cell(contact.values.get(field.name), field.type.kind, schema.zone)
    return row


def _events(plan: Plan, contact: Contact) -> Iterator[Row]:
    declared = {event.name: event for event in plan.schema.events}
    for event in contact.events:
        of_type = declared[event.type]
        name = escaped(of_type.source_name or of_type.name)
        row = Row(contact=escaped(contact.id), event=name, at=_moment(event.at) + "+00")
        for prop in of_type.properties:
            if event.values.get(prop.name) is not None:
                row[prop.name] = _cell(event.values.get(prop.name), prop.type.kind, plan.schema.zone)
        yield row


def _cell(value: Value, kind: Kind, zone: Zone) -> Any:
    """A value as the table has it; what is a midnight in the zone stands as a bare day."""
    if isinstance(value, tuple):
        return escaped(";".join(value))
    if isinstance(value, str):
        return escaped(value)
    if value is None or isinstance(value, bool) or kind is Kind.YES_NO:
        return value
    if kind is Kind.NUMBER:
        return Decimal(write_number(value))
    day = zone.day(value)
    return day.isoformat() if zone.midnight(day) == value else _moment(value) + "+00"
