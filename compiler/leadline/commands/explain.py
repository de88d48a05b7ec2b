"""`leadline explain`: one contact's score, point by point."""

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
    now,
    read_report,
    refuse_sharing_stdin,
    require_model,
    what_if_option,
)
from leadline.commands.reading import Reading
from leadline.commands.talk import say
from leadline.commands.usage import examples
from leadline.json_text import write_json
from leadline_compiler.interpreter import interpret
from leadline_compiler.outcome import Outcome


@click.command(
    epilog=examples(
        "leadline explain rules.lead --contacts contacts.csv --id 42",
        "leadline explain rules.lead --contacts contacts.csv --events events.csv \\\n"
        "  --id 42 --as-of 2026-11-21 --format json",
        "leadline explain rules.lead --contacts contacts.csv --id 42 \\\n  --what-if 'role = CEO' --keep samples.yaml",
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
@click.option("--id", "id_", callback=given, required=True, metavar="ID", help="The contact to explain.")
@what_if_option
@click.option(
    "--keep", callback=given, metavar="FILE", help="Keep the contact with what it gets as a case of this sample file."
)
@as_of_option
@click.option("--format", "format_", type=Choice(["text", "json"]), default="text")
@dates_option
@color_option
def command(
    rules: str,
    contacts: str,
    events: str | None,
    id_: str,
    what_if: tuple[str, ...],
    keep: str | None,
    as_of: str | None,
    format_: str,
    dates: tuple[str, ...],
    color: str,
) -> None:
    """Explain one contact's score: why, what was taken away, and what is missing."""
    from leadline.reports.explain import explain_outcome

    refuse_sharing_stdin([rules, contacts, events])
    model = require_model(read_report(rules), color)
    reading = Reading([rules], contacts, events, read_dates(dates, [model.schema]), color)
    contact, instant = read_contact(reading, model.schema, as_of, id_)
    contact, instant = change_contact(contact, instant, what_if, model.schema)
    explanation = explain_outcome(interpret(model, contact, instant))
    if keep is not None:
        _keep(keep, explanation.outcome)
    if format_ == "json":
        from leadline.reports.explain_json import explanation_json

        click.echo(write_json(explanation_json(explanation), indent=2))
    else:
        from leadline.reports.explain_text import print_explanation

        print_explanation(explanation, make_console(color))


def _keep(path: str, outcome: Outcome) -> None:
    from leadline.kept_cases import KeepError, keep_case

    try:
        kept = keep_case(path, outcome, now())
    except KeepError as error:
        raise click.ClickException(error.message) from None
    say(f'kept as "{kept.id}" in {kept.path}; `leadline test RULES {kept.path}` runs it')
