"""Emitted SQL gives what the interpreter gives, on the engines themselves, whatever is asked of a query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Any

import pytest

import leadline
from conformance.sql_rows import differences_of_rows
from leadline.readers import ContactConverter
from leadline_compiler.contacts import Contact
from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.sql import emit_sql
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.plan import lower
from leadline_compiler.result import result_of
from leadline_compiler.schema import Kind
from leadline_compiler.zones import parse_as_of
from random_models import draw_model
from sql_engines import Tables, tables_of
from sql_engines.engines import ENGINES, EVERY_DIALECT, how_many, require
from sql_engines.tables import Column, Table

FIRST_SEED = 40_000
"""Of the models from here on each is compiled in one of the two forms of a query."""
OWN_INSTANT = "as of, its own"


@dataclass(frozen=True, slots=True)
class Case:
    seed: int
    model: Model
    contacts: tuple[Contact, ...]
    as_of: int


def is_sparse(seed: int) -> bool:
    return seed // 2 % 2 == 1


def draw_case(seed: int) -> Case:
    drawn = draw_model(Random(seed), contacts=5, size=14)
    model = leadline.check(drawn.text).model
    assert model is not None, drawn.text
    as_of = parse_as_of(drawn.as_of, model.zone)
    assert as_of is not None
    converter = ContactConverter(model.schema, as_of=as_of)
    contacts = {contact.id: contact for contact in (converter.convert(raw)[0] for raw in drawn.contacts)}
    return Case(seed, model, tuple(contact for contact in contacts.values() if contact.id), as_of)


@pytest.fixture(params=EVERY_DIALECT)
def dialect(request: pytest.FixtureRequest) -> str:
    """Every dialect whose engine is here."""
    name: str = request.param
    require(name)
    return name


def differences(case: Case, rows: list[dict[str, Any]]) -> list[str]:
    results = [result_of(interpret(case.model, contact, case.as_of)) for contact in case.contacts]
    return list(differences_of_rows(f"seed {case.seed}", results, rows))


def test_each_contact_can_have_an_instant_of_its_own(dialect: str) -> None:
    found: list[str] = []
    for seed in range(FIRST_SEED + 5000, FIRST_SEED + 5000 + how_many(dialect, 100) // 5):
        case = draw_case(seed)
        emitted = emit_sql(lower(case.model), dialect, as_of_column=OWN_INSTANT, sparse=is_sparse(seed))
        if isinstance(emitted, Emitted):
            tables = tables_of(case.model.schema, case.contacts)
            contacts = replace(
                tables.contacts,
                columns=(*tables.contacts.columns, Column(OWN_INSTANT, Kind.DATE)),
                rows=tuple((*row, case.as_of) for row in tables.contacts.rows),
            )
            found += differences(case, ENGINES[dialect].run(emitted.files[0][1], replace(tables, contacts=contacts)))
    assert found == []


def test_an_explanation_has_a_row_for_each_contact_and_rule(dialect: str) -> None:
    found: list[str] = []
    for seed in range(FIRST_SEED + 6000, FIRST_SEED + 6000 + how_many(dialect, 100) // 10):
        case = draw_case(seed)
        emitted = emit_sql(lower(case.model), dialect, as_of=case.as_of, explain=True, sparse=is_sparse(seed))
        if isinstance(emitted, Emitted):
            rows = ENGINES[dialect].run(emitted.files[0][1], tables_of(case.model.schema, case.contacts))
            got = {(row["id"], row["rule"]): (round(row["points"] * 1000), int(row["times"])) for row in rows}
            expected = {
                (contact.id, rule.rule.name): (rule.points, rule.times if rule.fired else 0)
                for contact in case.contacts
                for rule in interpret(case.model, contact, case.as_of).rules
            }
            found += [f"{case.seed} {key}: {got.get(key)}" for key, value in expected.items() if got.get(key) != value]
            assert len(rows) == len(expected)
    assert found == []


BARE = """model "M"
contact
  id: text
  n: number
disqualify "Big" when n > 5
stage "Known" when n is known
"""


def test_a_model_without_scores_tells_who_is_out_and_explains_nothing(dialect: str) -> None:
    model = leadline.check(BARE).model
    assert model is not None
    columns = (Column("id", Kind.TEXT), Column("n", Kind.NUMBER))
    contacts = Table("contacts", columns, (("small", 3_000_000), ("big", 9_000_000), ("nobody", None)))
    tables = Tables(contacts, tables_of(model.schema, ()).events)
    emitted = emit_sql(lower(model), dialect, as_of=10)
    assert isinstance(emitted, Emitted)
    rows = {row["id"]: (row["status"], row["stage"]) for row in ENGINES[dialect].run(emitted.files[0][1], tables)}
    assert rows == {"small": ("scored", "Known"), "big": ("disqualified", None), "nobody": ("scored", None)}
    emitted = emit_sql(lower(model), dialect, as_of=10, explain=True)
    assert isinstance(emitted, Emitted)
    assert list(ENGINES[dialect].run(emitted.files[0][1], tables)) == []


COPIES = """model "M"
contact
  id: text
events
  call with minutes: number
score s
  +1 "Call" for each call
  +10 "Minute" for every 1 of sum of minutes of call
"""


@pytest.mark.parametrize("sparse", [False, True])
def test_copies_of_an_event_count_once_where_a_column_tells_them_apart(dialect: str, sparse: bool) -> None:
    model = leadline.check(COPIES).model
    assert model is not None
    columns = [("contact", Kind.TEXT), ("event", Kind.TEXT), ("at", Kind.DATE), ("minutes", Kind.NUMBER)]
    events = [
        ("a", "call", 5, 2_000_000, "one"),
        ("a", "call", 5, 2_000_000, " one "),
        ("a", "call", 6, 3_000_000, "two"),
        ("a", "call", 6, 3_000_000, None),
        ("a", "call", 7, 4_000_000, ""),
        ("b", "call", 5, 1_000_000, "one"),
    ]
    tables = Tables(
        Table("contacts", (Column("id", Kind.TEXT),), (("a",), ("b",))),
        Table("events", (*(Column(*pair) for pair in columns), Column("message", Kind.TEXT)), tuple(events)),
    )
    emitted = emit_sql(lower(model), dialect, as_of=10, event_id="message", sparse=sparse)
    assert isinstance(emitted, Emitted)
    rows = {row["id"]: round(row["total"]) for row in ENGINES[dialect].run(emitted.files[0][1], tables)}
    assert rows == {"a": 4 + 10 * 12, "b": 1 + 10}


@pytest.mark.parametrize("sparse", [False, True])
def test_ids_and_names_of_events_are_told_apart_to_the_letter(dialect: str, sparse: bool) -> None:
    model = leadline.check(COPIES).model
    assert model is not None
    columns = [("contact", Kind.TEXT), ("event", Kind.TEXT), ("at", Kind.DATE), ("minutes", Kind.NUMBER)]
    events = [("a", "call", 5, 1_000_000), ("a ", "call", 5, 2_000_000), ("A", "call", 5, 3_000_000)]
    events += [("á", "call", 5, 4_000_000), ("á", "call ", 5, 5_000_000), ("á", "CALL", 5, 6_000_000)]
    tables = Tables(
        Table("contacts", (Column("id", Kind.TEXT),), (("a",), ("a ",), ("A",), ("á",))),
        Table("events", tuple(Column(*pair) for pair in columns), tuple(events)),
    )
    emitted = emit_sql(lower(model), dialect, as_of=10, sparse=sparse)
    assert isinstance(emitted, Emitted)
    rows = {row["id"]: round(row["total"]) for row in ENGINES[dialect].run(emitted.files[0][1], tables)}
    assert rows == {"a": 11, "a ": 21, "A": 31, "á": 41}
    emitted = emit_sql(lower(model), dialect, as_of=10, explain=True, sparse=sparse)
    assert isinstance(emitted, Emitted)
    ids = {row["id"] for row in ENGINES[dialect].run(emitted.files[0][1], tables)}
    assert ids == set(rows)


DUE = """model "M", time zone "{}"
contact
  id: text
  due: date
score s
  +1 "Due" for every 1 of days since due
"""


@pytest.mark.parametrize(
    ("zone", "day", "is_due"),
    [
        ("UTC", "2026-11-01", "2026-11-02T00:00"),
        ("Europe/Berlin", "2026-10-25", "2026-10-25T23:00"),
        ("America/New_York", "2026-11-20", "2026-11-21T00:00"),
        ("America/Havana", "2026-11-01", "2026-11-01T23:00"),  # whose midnight came twice
    ],
)
def test_a_column_of_bare_days_holds_midnights_of_the_models_zone(
    dialect: str, zone: str, day: str, is_due: str
) -> None:
    model = leadline.check(DUE.format(zone)).model
    assert model is not None
    midnight, due = parse_as_of(f"{day}T00:00+00:00", model.zone), parse_as_of(is_due, model.zone)
    assert midnight is not None
    assert due is not None
    contacts = Table("contacts", (Column("id", Kind.TEXT), Column("due", Kind.DATE, is_day=True)), (("a", midnight),))
    events = Table("events", (Column("contact", Kind.TEXT),), ())
    totals = []
    for as_of in (due - 1, due):
        emitted = emit_sql(lower(model), dialect, as_of=as_of)
        assert isinstance(emitted, Emitted)
        rows = ENGINES[dialect].run(emitted.files[0][1], Tables(contacts, events))
        totals.append(round(rows[0]["total"]))
    assert totals == [0, 1]
