"""`leadline reach`: the cheapest ways into a stage, from nothing or for one contact."""

from __future__ import annotations

from contextlib import suppress

import click
from click.shell_completion import CompletionItem

from leadline.commands.choices import Choice, whole_number
from leadline.commands.dates import read_dates
from leadline.commands.given import given
from leadline.commands.one_contact import read_contact
from leadline.commands.options import (
    as_of_option,
    color_option,
    dates_option,
    exit_with,
    make_console,
    now,
    read_as_of,
    read_report,
    refuse_sharing_stdin,
    require_model,
    split_names,
)
from leadline.commands.reading import Reading
from leadline.commands.usage import examples
from leadline.json_text import write_json
from leadline.reaching import Question, ReachError, find_reach
from leadline.render.printable import as_typed
from leadline_compiler.contacts import Contact
from leadline_compiler.model import Model
from leadline_compiler.zones import EARLIEST


def _complete_stage(context: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """The stages of the rules file that stands before it on the command line."""
    with suppress(Exception):
        report = read_report(context.params["rules"])
        names = [stage.name for stage in report.resolution.model.stages]
        return [CompletionItem(name) for name in names if name.startswith(typed)]
    return []


@click.command(
    epilog=examples(
        "leadline reach rules.lead MQL",
        "leadline reach rules.lead MQL --contacts contacts.csv --id 42 \\\n  --events events.csv --hold country",
    )
)
@click.argument("rules")
@click.argument("stage", shell_complete=_complete_stage)
@click.option("--contacts", callback=given, metavar="FILE", help="Ask for a contact of this file; goes with --id.")
@click.option("--events", callback=given, metavar="FILE", help="The events of the contacts.")
@click.option("--id", "id_", callback=given, metavar="ID", help="The contact; without it the ways begin with nothing.")
@click.option("--or-later", is_flag=True, help="A later stage does too.")
@click.option("--hold", metavar="FIELDS", multiple=True, help="Fields that stay missing: country,age.")
@click.option("--change", metavar="FIELDS", multiple=True, help="Fields that may change though they are known.")
@click.option("--since", metavar="WHEN", help="New events are not older than this; default: of any age.")
@click.option("--ways", "most", metavar="N", type=whole_number(1, 20), default=3, help="How many ways; default: 3.")
@click.option("--deep", is_flag=True, help="Search longer for what could not be proved.")
@as_of_option
@click.option("--format", "format_", type=Choice(["text", "json"]), default="text")
@dates_option
@color_option
def command(
    rules: str,
    stage: str,
    contacts: str | None,
    events: str | None,
    id_: str | None,
    or_later: bool,
    hold: tuple[str, ...],
    change: tuple[str, ...],
    since: str | None,
    most: int,
    deep: bool,
    as_of: str | None,
    format_: str,
    dates: tuple[str, ...],
    color: str,
) -> None:
    """Say what would bring a lead into STAGE: the fewest new events, then the fewest fields.

    With a contact: what would make it one, and what holds it back. Fields that it has stay as they are. Every way is
    confirmed by scoring it. Exit code 1 if there is no way.
    """
    _require_together(contacts, events, id_, dates)
    refuse_sharing_stdin([rules, contacts, events])
    model = require_model(read_report(rules), color)
    contact, instant = None, read_as_of(as_of, model.zone) or now()
    if contacts is not None and id_ is not None:
        reading = Reading([rules], contacts, events, read_dates(dates, [model.schema]), color)
        contact, instant = read_contact(reading, model.schema, as_of, id_)
    held, changing = _names(hold), _names(change)
    both = next((name for name in held if name in changing), None)
    if both is not None:
        raise click.UsageError(f"--hold and --change both name {both}: it either stays or may change")
    first = _first_moment(since, model)
    if first > instant:
        raise click.UsageError("--since is later than the day of the scores, which --as-of names (default: now)")
    question = Question(
        as_typed(stage),
        held,
        changing,
        first,
        most,
        "long" if deep else "short",
        or_later,
    )
    _answer(model, question, contact, instant, format_, color)


def _answer(model: Model, question: Question, contact: Contact | None, instant: int, format_: str, color: str) -> None:
    try:
        found = find_reach(model, question, contact, instant)
    except ReachError as error:
        raise click.BadParameter(str(error), param_hint=error.about) from None
    if format_ == "json":
        from leadline.reports.ways_json import ways_json

        click.echo(write_json(ways_json(found, is_contact=contact is not None), indent=2))
    else:
        from leadline.reports.ways_text import print_ways

        print_ways(found, make_console(color), is_contact=contact is not None)
    exit_with(1 if found.verdict == "none" else 0)


def _require_together(contacts: str | None, events: str | None, id_: str | None, dates: tuple[str, ...]) -> None:
    if contacts is None and events is not None:
        raise click.UsageError("--events goes with --contacts")
    if contacts is None and dates:
        raise click.UsageError("--dates goes with --contacts")
    if contacts is None and id_ is not None:
        raise click.UsageError("--id goes with --contacts")
    if contacts is not None and id_ is None:
        raise click.UsageError("--contacts goes with --id: which of the contacts is meant")


def _names(options: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(as_typed(name) for option in options for name in split_names(option))


def _first_moment(since: str | None, model: Model) -> int:
    """The first moment of a day, or a time."""
    instant = read_as_of(since, model.zone, "--since")
    if instant is None:
        return EARLIEST
    day = model.zone.day(instant)
    return model.zone.midnight(day) if instant == model.zone.last_microsecond(day) else instant
