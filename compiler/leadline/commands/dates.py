"""What `--dates` says of columns, compared with what the rules declare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import click

from leadline.readers.headings import normalise_heading
from leadline.readers.records import TIMES
from leadline.render.printable import as_typed
from leadline_compiler.resolve.scope import closest
from leadline_compiler.schema import Kind, Schema

_HINT = "--dates"

_Declared: TypeAlias = tuple[Sequence[str], Kind]
"""What a column of the data may be called, and what it holds."""


def read_dates(options: Sequence[str], schemas: Sequence[Schema] | None) -> dict[str, str]:
    """The `--dates` options by column. Raises a usage error for others.

    So it does for what is no date in any of the schemas, unless nothing is known of those.
    """
    found: dict[str, str] = {}
    for option in options:
        column, _, order = as_typed(option).rpartition("=")
        if not column or order not in ("dmy", "mdy"):
            raise click.BadParameter(f"{option!r}: write it as COLUMN=dmy or COLUMN=mdy", param_hint=_HINT)
        if schemas is not None:
            _require_date(column, [item for schema in schemas for item in _declared(schema)])
        found[column] = order
    return found


def _require_date(column: str, declared: Sequence[_Declared]) -> None:
    """Raises a usage error for a column that no date is read from, since its order would be passed over."""
    wanted = normalise_heading(column)
    kinds = [kind for names, kind in declared if wanted in map(normalise_heading, names)]
    if Kind.DATE in kinds:
        return
    if kinds:
        message = f"{column} is no date but declared as {kinds[0]}; declare it as `date`, or leave the option out"
        raise click.BadParameter(message, param_hint=_HINT)
    dates = [names for names, kind in declared if kind is Kind.DATE]
    close = closest(column, [name for names in dates for name in names])
    listed = ", ".join(dict.fromkeys(names[0] for names in dates))
    hint = f"did you mean {close}?" if close else f"their dates are {listed}" if dates else "they declare no date"
    raise click.BadParameter(f"the rules read no date from a column {column}; {hint}", param_hint=_HINT)


def _declared(schema: Schema) -> Iterator[_Declared]:
    for item in schema.fields:
        yield ((item.heading, item.name) if item.heading else (item.name,)), item.type.kind
    for event in schema.events:
        yield TIMES, Kind.DATE
        yield from (((prop.name,), prop.type.kind) for prop in event.properties)
