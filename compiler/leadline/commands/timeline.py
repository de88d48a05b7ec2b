"""`leadline timeline`: one contact's score over time."""

from __future__ import annotations

import click

from leadline.commands.choices import Choice
from leadline.commands.dates import read_dates
from leadline.commands.given import given
from leadline.commands.one_contact import change_contact, read_contact
from leadline.commands.options import (
    as_of_option,
    color_option,
    dates_option,
    make_console,
    read_as_of,
    read_report,
    refuse_sharing_stdin,
    require_model,
    what_if_option,
)
from leadline.commands.reading import Reading
from leadline.commands.usage import examples
from leadline.json_text import write_json
from leadline_compiler.passes import NODE_PASSES, compile_model


@click.command(
    epilog=examples(
        "leadline timeline rules.lead --contacts contacts.csv --id 42",
        "leadline timeline rules.lead --contacts contacts.csv --events events.csv \\\n"
        "  --id 42 --from 2026-10-01 --to 2027-03-31 --format json",
    )
)
@click.argument("rules")
@click.option(
    "--contacts",
    callback=given,
    required=True,
    metavar="FILE",
    help="CSV, TSV, JSON, JSON Lines, YAML, Parquet, Excel.",
)
@click.option("--events", callback=given, metavar="FILE", help="Their events, in any order.")
@click.option("--id", "id_", callback=given, required=True, metavar="ID", help="The contact to follow.")
@click.option("--from", "start", metavar="WHEN", help="Begin here; default: the first event, at most a year back.")
@click.option("--to", "end", metavar="WHEN", help="End here; default: a year ahead.")
@what_if_option
@as_of_option
@click.option("--format", "format_", type=Choice(["text", "json"]), default="text")
@dates_option
@color_option
def command(
    rules: str,
    contacts: str,
    events: str | None,
    id_: str,
    start: str | None,
    end: str | None,
    what_if: tuple[str, ...],
    as_of: str | None,
    format_: str,
    dates: tuple[str, ...],
    color: str,
) -> None:
    """Show one contact's score over time: so far by its events, and what comes if nothing happens.

    Windows end and decay takes its steps: every change is told with its cause, and so is the day on which the contact
    leaves its stage.
    """
    from leadline.reports.timeline import make_timeline

    refuse_sharing_stdin([rules, contacts, events])
    model = require_model(read_report(rules), color)
    begin = read_as_of(start, model.zone, "--from")
    until = read_as_of(end, model.zone, "--to")
    reading = Reading([rules], contacts, events, read_dates(dates, [model.schema]), color)
    contact, instant = read_contact(reading, model.schema, as_of, id_)
    contact, instant = change_contact(contact, instant, what_if, model.schema)
    if begin is not None and until is not None and until < begin:
        raise click.UsageError("--to is before --from")
    timeline = make_timeline(model, compile_model(model, NODE_PASSES), contact, instant, begin, until)
    if format_ == "json":
        from leadline.reports.timeline_json import timeline_json

        click.echo(write_json(timeline_json(timeline), indent=2))
    else:
        from leadline.reports.timeline_text import print_timeline

        print_timeline(timeline, make_console(color))
