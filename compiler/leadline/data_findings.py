"""What a set of contacts shows of the rules: columns that are missing, values that no rule mentions, rules that
never fire, and what could not be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from leadline.near_columns import propose_column
from leadline.readers import BAD_VALUE, DataReport, Problem, read_contacts
from leadline.readers.columns import Dates
from leadline.readers.problems import KEEP_ALL_BAD
from leadline.readers.sources import Source
from leadline.rules import Report
from leadline_compiler.atoms import questions_of_text, tables_of
from leadline_compiler.conditions import FieldAmount, Is, IsIn, PropertyAmount, TextTest
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import interpret
from leadline_compiler.interpreter.tests import holds
from leadline_compiler.interpreter.view import View
from leadline_compiler.model import Model, Table
from leadline_compiler.resolve import Key
from leadline_compiler.resolve.scope import closest, property_key
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.texts import fold
from leadline_compiler.zones import UTC_ZONE
from leadline_dsl.codes import severity_of
from leadline_dsl.diagnostics import Diagnostic
from leadline_dsl.source import Place, Span
from leadline_dsl.tokens import quote_text

_SHOWN = 5
_MOST_VALUES = 20_000
"""Distinct values of a field that are kept apart; a field with more is no list of names to be mentioned."""

Asked = tuple[str | None, str]
"""An event (None: the contact) and the name of its property or field."""


@dataclass(slots=True)
class _Tally:
    contacts: int = 0
    fired: set[str] = field(default_factory=set)
    values: dict[Asked, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    spellings: dict[str, str] = field(default_factory=dict)
    bad: dict[str, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    bad_counts: Counter[str] = field(default_factory=Counter)

    def count(self, asked: Asked, value: str) -> None:
        """Counts a value by its folded form; it is shown as it was met first."""
        folded, counter = fold(value), self.values[asked]
        if folded in counter or len(counter) < _MOST_VALUES:
            counter[folded] += 1
            self.spellings.setdefault(folded, value)

    def keep(self, problem: Problem) -> None:
        key = problem.column if problem.name == BAD_VALUE else ""
        self.bad_counts[key] += 1
        if len(self.bad[key]) < _SHOWN:
            self.bad[key].append(problem)


def find_in_data(
    report: Report,
    contacts: str | Source,
    events: str | Source | None,
    as_of: int | None,
    now: int,
    dates: Dates | None = None,
) -> list[Diagnostic]:
    """Findings of rules that can be scored, over the contacts of a file; as-of and now in microseconds.

    Raises DataError for data that cannot be read.
    """
    model = report.resolution.model
    asked = _asked(model)
    tally = _Tally()
    with read_contacts(
        model.schema, contacts, events, as_of=as_of, default_as_of=now, dates=dates, on_problem=tally.keep
    ) as stream:
        instant = stream.as_of
        assert instant is not None, "now is the default"
        for contact in stream:
            tally.contacts += 1
            _count_values(contact, asked, tally)
            tally.fired.update(rule.rule.name for rule in interpret(model, contact, instant).rules if rule.fired)
        data = stream.report
    found = _Places(report)
    return [
        *_bad(tally, found),
        *_missing(data, found),
        *_unmentioned(model, asked, tally, data, found),
        *_never_fired(model, tally),
    ]


@dataclass(frozen=True, slots=True)
class _Places:
    """Where in the rules a finding about the data belongs."""

    report: Report

    def of_field(self, name: str) -> Place:
        return self.report.resolution.places.get(Key("field", name), self.top())

    def of_asked(self, asked: Asked) -> Place:
        event, name = asked
        if event is None:
            return self.of_field(name)
        return self.report.resolution.places.get(property_key(event, name), self.top())

    def top(self) -> Place:
        return Place(next(iter(self.report.sources)), Span(0, 0))

    def declared(self, heading: str) -> ValueType | None:
        """The type of the field or property that a column of the data holds."""
        schema = self.report.resolution.model.schema
        for item in schema.fields:
            if heading in (item.heading, item.name):
                return item.type
        properties = (prop for event in schema.events for prop in event.properties)
        return next((prop.type for prop in properties if prop.name == heading), None)

    def of_column(self, heading: str) -> Place:
        for item in self.report.resolution.model.schema.fields:
            if heading in (item.heading, item.name):
                return self.of_field(item.name)
        return self.top()


def _find(name: str, message: str, place: Place, hint: str = "") -> Diagnostic:
    return Diagnostic(name, severity_of(name), message, place.span, place.file, help=hint)


def _bad(tally: _Tally, places: _Places) -> Iterator[Diagnostic]:
    for column, problems in tally.bad.items():
        count = tally.bad_counts[column]
        examples = "; ".join(f"{problem.file}:{problem.line} {problem.said}" for problem in problems[:2])
        if column:
            message = f"{_times(count, 'value')} of `{column}` cannot be read and {_be(count)} missing: {examples}"
            yield _find("bad-value", message, places.of_column(column), _help_of_value(places.declared(column)))
        else:
            message = f"{_times(count, 'row')} cannot be read and {_be(count)} left out: {examples}"
            yield _find("bad-row", message, places.top(), _help_of_row(problems[0]))


_WRITTEN = {
    Kind.NUMBER: "a number is written `1200` or `12.5`",
    Kind.DATE: "a date is written `2026-03-31`, or `--dates COLUMN=dmy` says the order of its parts",
    Kind.YES_NO: "yes is `yes`, `true`, `y` or `1`, no is `no`, `false`, `n` or `0`",
}


def _help_of_value(declared: ValueType | None) -> str:
    """What to do about values that a type does not admit."""
    if declared is not None and declared.kind is Kind.CHOICE:
        advice = "add what is right to the texts behind `one of`, and correct the rest in the data"
    elif declared is not None and declared.kind in _WRITTEN:
        advice = f"{_WRITTEN[declared.kind]}: correct the data, or declare it as `text`"
    else:
        advice = "correct the data"
    return f"{advice}; {KEEP_ALL_BAD}"


_ROWS = (
    ("there is no contact", "add the contact, or leave its events out"),
    ("second contact", "keep one row a contact"),
    ("no id", "give each contact an id, or say which field has it: `contact identified by FIELD`"),
    ("names no contact", "the column `contact` says whose event it is"),
    ("no time", "the column `at` says when it happened"),
    ("no name", "the column `event` says what happened"),
)


def _help_of_row(problem: Problem) -> str:
    """What to do about rows that had to be left out; the first of them speaks for all."""
    first = next((help for part, help in _ROWS if part in problem.message), "correct these rows in the data")
    return f"{first}; {KEEP_ALL_BAD}"


def _times(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _missing(data: DataReport, places: _Places) -> Iterator[Diagnostic]:
    for column in data.missing_columns:
        place = places.of_asked((column.event, column.field))
        of = f" of `{column.event}`" if column.event else ""
        near = propose_column(column, data.unused_columns)
        wanted = quote_text(column.heading) + (f" (perhaps {quote_text(near)})" if near else "")
        message = f"{column.file} has no column {wanted}, so `{column.field}`{of} is always missing"
        yield _find("missing-column", message, place, "name the column with `from`, if it has another heading")


def _asked(model: Model) -> dict[Asked, list[Callable[[str], bool]]]:
    """For each text that the model asks about, the questions; a negated question mentions its values just as well."""
    asked: dict[Asked, list[Callable[[str], bool]]] = defaultdict(list)
    for question, events in questions_of_text(model):
        amount = question.amount
        if not isinstance(amount, FieldAmount | PropertyAmount) or not amount.type.is_text:
            continue
        mentions = _mentions(question, amount.name)
        for event in events or (None,):
            asked[event, amount.name].append(mentions)
    for table in tables_of(model):
        if isinstance(table.amount, FieldAmount) and table.amount.type.is_text:
            asked[None, table.amount.name].append(_listed(table))
    return asked


def _listed(table: Table) -> Callable[[str], bool]:
    values = {value for row in table.rows for value in row.values if isinstance(value, str)}
    return lambda text: fold(text) in values


def _mentions(question: object, name: str) -> Callable[[str], bool]:
    negated = isinstance(question, Is | IsIn | TextTest) and question.negated

    def mentions(text: str) -> bool:
        view = View({name: text}, (), 0, UTC_ZONE)
        return holds(question, view) != negated  # type: ignore[arg-type]

    return mentions


def _count_values(contact: Contact, asked: Iterable[Asked], tally: _Tally) -> None:
    for event, name in asked:
        if event is None:
            value = contact.values.get(name)
            if isinstance(value, str):
                tally.count((event, name), value)
    for happened in contact.events:
        for event, name in asked:
            if event == happened.type:
                value = happened.values.get(name)
                if isinstance(value, str):
                    tally.count((event, name), value)


def _unmentioned(
    model: Model,
    asked: dict[Asked, list[Callable[[str], bool]]],
    tally: _Tally,
    data: DataReport,
    places: _Places,
) -> Iterator[Diagnostic]:
    for key, questions in asked.items():
        left = Counter(
            {
                tally.spellings[value]: count
                for value, count in tally.values[key].items()
                if not any(mentions(value) for mentions in questions)
            }
        )
        if left:
            event, name = key
            of = f" of `{event}`" if event is not None else ""
            message = f"no rule mentions these values of `{name}`{of}: {_most(left)}"
            yield _find(
                "unmentioned-value", message, places.of_asked(key), "give them points, or leave them as they are"
            )
    if data.undeclared_events:
        message = f"the data has events that the rules do not declare: {_most(Counter(data.undeclared_events))}"
        yield _find("unmentioned-value", message, places.top(), _help_of_events(model, data))


def _help_of_events(model: Model, data: DataReport) -> str:
    advice = "declare them under `events` to use them"
    declared = [name for event in model.schema.events for name in (event.name, event.source_name) if name]
    for name in data.undeclared_events:
        near = closest(name, declared)
        if near is not None:
            return f"{advice}; is {quote_text(name)} meant to be `{near}`? Names of events are compared to the letter"
    return advice


def _most(counter: Counter[str]) -> str:
    shown = ", ".join(f"{quote_text(value)} ({count:,})" for value, count in counter.most_common(_SHOWN))
    return shown + (f" and {len(counter) - _SHOWN:,} more" if len(counter) > _SHOWN else "")


def _never_fired(model: Model, tally: _Tally) -> Iterator[Diagnostic]:
    for rule in model.rules if tally.contacts else ():
        if rule.name not in tally.fired:
            of_them = "the only contact" if tally.contacts == 1 else f"any of the {tally.contacts:,} contacts"
            message = f"{quote_text(rule.name)} did not fire for {of_them}"
            yield _find(
                "never-fired", message, rule.place, "is its condition too narrow, or is its data not there yet?"
            )
