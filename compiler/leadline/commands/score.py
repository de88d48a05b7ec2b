"""`leadline score`: scores of all contacts of a file."""

from __future__ import annotations

from collections.abc import Sequence

import click

from leadline.commands.options import (
    as_of_option,
    color_option,
    dates_option,
    exit_with,
    open_output,
    read_dates,
    read_report,
    require_model,
)
from leadline.commands.reading import Reading, tell_problems
from leadline.commands.results import FORMATS, open_writer


@click.command(
    epilog="Examples: leadline score rules.lead --contacts contacts.csv --events events.csv · "
    "leadline score a.lead b.lead --contacts contacts.jsonl --as-of 2026-11-21 --format jsonl"
)
@click.argument("rules", nargs=-1, required=True)
@click.option("--contacts", required=True, metavar="FILE", help="CSV, TSV, JSON, JSON Lines, YAML, Parquet, Excel.")
@click.option("--events", metavar="FILE", help="Their events, in any order.")
@as_of_option
@click.option("--format", "format_", type=click.Choice(FORMATS), default="table")
@click.option("--output", metavar="FILE", help="Write to a file, in one step at the end.")
@click.option("--explain", is_flag=True, help="With --format jsonl: all rules, each with the why.")
@click.option("--bad-rows", metavar="FILE", help="Keep all bad values and bad rows there (.csv or .jsonl).")
@click.option("--strict", is_flag=True, help="Exit code 1 if there is a bad value or a bad row.")
@click.option("--engine", type=click.Choice(["auto", "python"]), default="auto", help="What does the work.")
@dates_option
@color_option
def command(
    rules: Sequence[str],
    contacts: str,
    events: str | None,
    as_of: str | None,
    format_: str,
    output: str | None,
    explain: bool,
    bad_rows: str | None,
    strict: bool,
    engine: str,
    dates: Sequence[str],
    color: str,
) -> None:
    """Score the contacts of a file by one or more RULES files: one line a contact and model."""
    if explain and format_ != "jsonl":
        raise click.UsageError("--explain goes with --format jsonl; for one contact there is `leadline explain`")
    if "-" in (contacts, events) and len(rules) > 1:
        raise click.UsageError("standard input can be read once: score one rules file at a time")
    models = [require_model(read_report(path), color) for path in rules]
    with (
        Reading(contacts, events, read_dates(dates), bad_rows, color) as reading,
        open_output(output, binary=format_ == "parquet") as file,
        open_writer(format_, file, tuple(models), explain, color) as write,
    ):
        for model in models:
            for outcome in reading.outcomes(model, as_of):
                write(outcome)
    tell_problems(reading.reports, bad_rows)
    exit_with(1 if strict and not all(report.is_clean for report in reading.reports) else 0)
