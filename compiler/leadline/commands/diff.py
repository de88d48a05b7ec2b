"""`leadline diff`: what has changed between two rules files, and what that does to contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import leadline
from leadline.commands.choices import Choice
from leadline.commands.dates import read_dates
from leadline.commands.given import given
from leadline.commands.options import (
    as_of_option,
    color_option,
    dates_option,
    make_console,
    now,
    read_as_of,
    read_report,
    refuse_sharing_stdin,
    require_model,
)
from leadline.commands.reading import Reading
from leadline.commands.usage import examples
from leadline.json_text import write_json
from leadline.reports.difference import Difference, compare_rules
from leadline.reports.moments import Now
from leadline.reports.standings import Comparison, Standing, compare_standings, standing_of
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model

if TYPE_CHECKING:
    from leadline_compiler.analysis.solve.prover import Search


@click.command(
    epilog=examples(
        "leadline diff live.lead draft.lead",
        "leadline diff live.lead draft.lead --contacts contacts.csv \\\n  --events events.csv --as-of 2026-11-21",
    )
)
@click.argument("old")
@click.argument("new")
@click.option("--contacts", callback=given, metavar="FILE", help="Show what the change does to these contacts.")
@click.option("--events", callback=given, metavar="FILE", help="Their events, in any order.")
@click.option("--deep", is_flag=True, help="Search longer for the proof that both score alike.")
@as_of_option
@click.option("--format", "format_", type=Choice(["text", "json"]), default="text")
@dates_option
@color_option
def command(
    old: str,
    new: str,
    contacts: str | None,
    events: str | None,
    deep: bool,
    as_of: str | None,
    format_: str,
    dates: tuple[str, ...],
    color: str,
) -> None:
    """Say what has changed from OLD rules to NEW ones, and what that does.

    With contacts: who enters and leaves each stage. Without: the proof that both score every contact alike, or the
    smallest contact found that they score differently.
    """
    if contacts is None and events is not None:
        raise click.UsageError("--events goes with --contacts")
    if contacts is None and dates:
        raise click.UsageError("--dates goes with --contacts")
    refuse_sharing_stdin([old, new, contacts, events])
    before, after = (require_model(read_report(path), color) for path in (old, new))
    difference = compare_rules(old, new, before, after)
    if contacts is not None:
        orders = read_dates(dates, [before.schema, after.schema])
        with Reading([old, new], contacts, events, orders, color) as reading:
            comparison, instant = _compare(before, after, reading, as_of)
        reading.tell()
        difference = Difference(old, new, difference.changes, comparison, instant)
    else:
        difference = _prove(difference, before, after, as_of, "long" if deep else "short")
    if format_ == "json":
        from leadline.reports.difference_json import difference_json

        click.echo(write_json(difference_json(difference), indent=2))
    else:
        from leadline.reports.difference_text import print_difference

        print_difference(difference, make_console(color))


def _prove(difference: Difference, before: Model, after: Model, as_of: str | None, search: Search) -> Difference:
    """The difference with what can be proved without contacts, as of the end of today unless it is said."""
    instant = read_as_of(as_of, after.zone) or after.zone.last_microsecond(after.zone.day(now()))
    likeness = leadline.compare(before, after, instant, search=search)
    return Difference(
        difference.old, difference.new, difference.changes, as_of=Now(after.zone, instant), likeness=likeness
    )


def _compare(before: Model, after: Model, reading: Reading, as_of: str | None) -> tuple[Comparison, Now]:
    """Both models over the same contacts, and the instant in the new model's zone."""
    standings: list[dict[str, Standing]] = []
    instants: list[Now] = []
    for path, model in zip(reading.models, (before, after), strict=True):
        stream = reading.open(path, model.schema, as_of)
        contacts = reading.contacts_of(path, stream)
        standings.append({one.id: standing_of(interpret(model, one, instant)) for one, instant in contacts})
        assert stream.as_of is not None, "the clock is the default"
        instants.append(Now(model.zone, stream.as_of))
    return compare_standings(before, after, *standings), instants[-1]
