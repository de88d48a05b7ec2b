"""A query as a dbt model: Jinja in three places, and nowhere by accident."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.sql import Refused, emit_sql
from leadline_compiler.plan import Plan

_STARTS_A_TAG = re.compile(r"\{[{%#]")
_AS_OF = '{{ var("as_of", run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f")) }}'


@dataclass(frozen=True, slots=True)
class Relation:
    """A model or seed of dbt, or a table of a source."""

    source: str | None
    name: str

    @classmethod
    def of(cls, table: str) -> Relation:
        source, _, name = table.rpartition(".")
        return cls(source or None, name)

    @property
    def call(self) -> str:
        """How Jinja asks for it."""
        return f"ref({self.name!r})" if self.source is None else f"source({self.source!r}, {self.name!r})"

    @property
    def shown(self) -> str:
        return self.name if self.source is None else f"{self.source}.{self.name}"


def escaped(text: str) -> str:
    """A text that Jinja leaves as it is."""
    return _STARTS_A_TAG.sub(lambda found: "{{ '" + found[0] + "' }}", text)


def templated(
    plan: Plan, dialect: str, contacts: Relation, events: Relation, *, event_id: str | None, explain: bool
) -> str | tuple[Refused, ...]:
    """The query of a model."""
    mark = _unused_word(plan)
    emitted = emit_sql(
        plan,
        dialect,
        contacts_table=f"{mark}_contacts",
        events_table=f"{mark}_events",
        as_of_text=f"{mark}_as_of",
        event_id=event_id,
        explain=explain,
    )
    if not isinstance(emitted, Emitted):
        return emitted
    header, _, query = emitted.files[0][1].partition("\nWITH ")
    # In the header the tables stand in sentences, for people.
    header = header.replace(f"{mark}_contacts", contacts.shown).replace(f"{mark}_events", events.shown)
    text = escaped(f"{header}\nWITH {query}")
    for word, tag in (
        ("contacts", "{{ " + contacts.call + " }}"),
        ("events", "{{ " + events.call + " }}"),
        ("as_of", _AS_OF),
    ):
        text = text.replace(f"{mark}_{word}", tag)
    return text


def _unused_word(plan: Plan) -> str:
    """A word that stands nowhere in the model."""
    word, written = "leadline_in_place_of", str(plan)
    while word in written:
        word += "_"
    return word
