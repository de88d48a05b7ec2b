"""What a query is built from: the plan, the dialect, and the columns that have been asked for so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from leadline_compiler.emit.sql.dialects.base import Dialect
from leadline_compiler.emit.sql.expressions import Sql, column, subtract, whole, written
from leadline_compiler.emit.sql.form import Form
from leadline_compiler.emit.sql.frame import Frame
from leadline_compiler.emit.sql.moments import months_back
from leadline_compiler.emit.sql.refusals import RefusedError
from leadline_compiler.emit.sql.tables import Reading
from leadline_compiler.plan import Plan
from leadline_compiler.schema import Kind, ValueType
from leadline_compiler.zones import LATEST, Duration, Unit, Zone

CONTACT_ROWS, EVENT_ROWS = "contact_rows", "event_rows"
PEOPLE, FACTS = "people", "facts"


@dataclass(frozen=True, slots=True)
class Options:
    """Where the data is, and when it is looked at: an instant, each contact's own column, or neither (now).

    Events that have the same `event_id`, a column of theirs, are one. `as_of_text` is a text that some template puts
    in place of the current time: a moment in UTC, `YYYY-MM-DD HH:MM:SS`.
    """

    contacts_table: str
    events_table: str
    as_of: int | None
    as_of_column: str | None
    event_id: str | None = None
    as_of_text: str | None = None


@dataclass(slots=True)
class Build:
    """One query in the making.

    `people` holds the contacts before anything is known of their events, `happened` what a `where` looks at, `seen`
    the events that are not ignored, `facts` the contacts with all that was reckoned from their events. `form` says
    how the rows of `happened` and `seen` come about. `readings` are the columns that a frame of events is read with,
    and the frame in which these are first given; `of_values` those of frames whose rows are the values of a field.
    """

    plan: Plan
    dialect: Dialect
    options: Options
    contact_rows: Reading = field(init=False)
    people: Frame = field(init=False)
    happened: Frame = field(init=False)
    seen: Frame = field(init=False)
    facts: Frame = field(init=False)
    form: Form = field(init=False)
    readings: dict[str, tuple[Reading, Frame]] = field(default_factory=dict)
    of_values: dict[str, Reading] = field(default_factory=dict)
    of_people: dict[str, None] = field(default_factory=dict)
    features: dict[str, Sql] = field(default_factory=dict)
    feature_names: dict[str, str] = field(default_factory=dict)
    kinds: set[int] = field(default_factory=set)
    uses: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.contact_rows = Reading(self.dialect, self.plan.schema.zone, CONTACT_ROWS, "f")
        self.people = Frame(PEOPLE, "c_", self.dialect.write)
        self.facts = Frame(FACTS, "", self.dialect.write)
        for frame in (self.people, self.facts):
            frame.given("id")

    @property
    def zone(self) -> Zone:
        return self.plan.schema.zone

    @property
    def until(self) -> int:
        """The last moment that an event can have."""
        return LATEST if self.options.as_of is None else self.options.as_of

    # ---- columns of the contact

    def field(self, index: int, frame: Frame, facet: str = "folded") -> Sql:
        """A field of the contact, in the frame of contacts or of events."""
        found = self.plan.schema.fields[index]
        heading, types = found.heading or found.name, {found.type: ()}
        if frame.name in self.of_values:
            return frame.given(self.of_values[frame.name].read(heading, types, facet))
        name = self.contact_rows.read(heading, types, facet)
        self.people.given(name)
        return self.of_person(column(name), frame)

    def of_person(self, found: Sql, frame: Frame) -> Sql:
        """A column of the contact in another frame."""
        if frame.is_of_events:
            self.of_people[found.name] = None
        return frame.given(found.name)

    def as_of(self, frame: Frame) -> Sql:
        """The instant of the run."""
        if self.options.as_of is not None:
            return whole(self.options.as_of)
        return self.of_person(self.people.given("as_of"), frame)

    def before(self, length: int, frame: Frame) -> Sql:
        """As-of less a fixed length."""
        if self.options.as_of is not None:
            return whole(self.options.as_of - length)
        return subtract(self.as_of(frame), whole(length))

    def months_before(self, months: int, frame: Frame) -> Sql:
        """As-of less so many calendar months in the zone."""
        if self.options.as_of is not None:
            return whole(self.zone.back(self.options.as_of, Duration(months, Unit.MONTHS)))
        moment = months_back(self.dialect, self.zone, self.as_of(self.people), months, self.people)
        return self.of_person(self.people.store(moment, "back"), frame)

    # ---- columns of the event

    def property(self, name: str, frame: Frame, facet: str = "folded") -> Sql:
        """A property of the event."""
        types: dict[ValueType, tuple[int, ...]] = {}
        for index, event in enumerate(self.plan.schema.events):
            found = event.property_named(name)
            if found is not None:
                types[found.type] = (*types.get(found.type, ()), index)
        if len({_written_as(type_) for type_ in types}) > 1:
            raise RefusedError(f"`{name}` has other types for other events, and one column cannot hold both")
        reading, first = self.readings[frame.name]
        read = reading.read(name, types, facet)
        first.given(read)
        return frame.given(read)

    def is_text(self, name: str) -> bool:
        """Whether a property is a text, or a list in one."""
        found = [event.property_named(name) for event in self.plan.schema.events]
        return any(prop.type.is_text or prop.type.kind is Kind.LIST for prop in found if prop is not None)

    # ---- features

    def feature(self, aggregate: Sql, name: str) -> Sql:
        """What is aggregated from a contact's events, as a column of its facts; NULL where it has none."""
        as_ = self.dialect.write(aggregate)
        if as_ not in self.feature_names:
            found = f"x_{name}_{len(self.features) + 1}"
            self.feature_names[as_] = found
            self.features[found] = written(as_)
        return self.facts.given(self.feature_names[as_])


def _written_as(type_: ValueType) -> Kind:
    """The kind of column that holds values of a type."""
    return Kind.TEXT if type_.is_text else type_.kind
