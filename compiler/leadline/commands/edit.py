"""`leadline edit`: the editor."""

from __future__ import annotations

import importlib

import click

from leadline.commands.given import given
from leadline.commands.usage import examples


@click.command(epilog=examples("leadline edit rules.lead --contacts contacts.csv --events events.csv"))
@click.argument("rules", required=False)
@click.option("--contacts", callback=given, metavar="FILE", help="Contacts to try the rules on, up to 10,000.")
@click.option("--events", callback=given, metavar="FILE", help="Their events, in any order.")
@click.option(
    "--as-of", metavar="WHEN", help="Score as of a day (2026-11-21: its end) or a time; default: the file's, or now."
)
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
@click.pass_context
def command(
    context: click.Context,
    rules: str | None,
    contacts: str | None,
    events: str | None,
    as_of: str | None,
    no_mouse: bool,
) -> None:
    """Write RULES and watch what they do to contacts; without RULES, a small example that teaches."""
    if events is not None and contacts is None:
        raise click.UsageError("--events goes with --contacts")
    if "-" in (rules, contacts, events):
        raise click.UsageError("the editor needs the name of a file: the keyboard is on standard input (-)")
    # The editor stands above this package and is found by its name, so that no command waits for it; nor does it
    # wait for what the other commands share, which reads the language.
    editor = importlib.import_module("leadline_tui.run")
    context.exit(editor.run(editor.Options(rules, contacts, events, as_of, not no_mouse)))
