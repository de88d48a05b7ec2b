"""`leadline init`: a first model, from nothing or from data."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leadline.commands.given import given
from leadline.commands.options import now, write_text
from leadline.commands.talk import say
from leadline.commands.usage import examples
from leadline.render.printable import printable

if TYPE_CHECKING:
    from leadline.inference.guess import SchemaGuess

_RULES, _SAMPLES = "rules.lead", "samples.yaml"


@click.command(epilog=examples("leadline init", "leadline init scoring --from contacts.csv --events events.csv"))
@click.argument("folder", metavar="[DIR]", default=".")
@click.option("--from", "contacts", callback=given, metavar="CONTACTS", help="Infer the schema from these contacts.")
@click.option("--events", callback=given, metavar="EVENTS", help="The events of the contacts.")
def command(folder: str, contacts: str | None, events: str | None) -> None:
    """Write a first model, rules.lead, and sample contacts, samples.yaml, into DIR.

    With data, the schema is inferred from it. Existing files are never touched.
    """
    if events is not None and contacts is None:
        raise click.UsageError("--events goes with --from, which names the contacts")
    if contacts == "-" and events == "-":
        raise click.UsageError("contacts and events cannot both come from standard input")
    target = Path(folder)
    _refuse_to_overwrite(target)
    if contacts is None:
        from leadline.starter import STARTER_RULES, STARTER_SAMPLES

        rules, samples = STARTER_RULES, STARTER_SAMPLES
    else:
        rules, samples = _from_data(target, contacts, events)
    _write(target, rules, samples)
    _say_what_next(target, contacts, events)


def _refuse_to_overwrite(target: Path) -> None:
    if os.path.lexists(target) and not target.is_dir():
        raise click.ClickException(f"{target} is a file, not a folder: nothing was written")
    for name in (_RULES, _SAMPLES):
        if os.path.lexists(target / name):
            raise click.ClickException(
                f"{target / name} exists already, and nothing was written; name another folder: leadline init FOLDER"
            )


def _write(target: Path, rules: str, samples: str) -> None:
    target.mkdir(parents=True, exist_ok=True)
    write_text(str(target / _RULES), rules)
    write_text(str(target / _SAMPLES), samples)


def _say_what_next(target: Path, contacts: str | None, events: str | None) -> None:
    rules = target / _RULES
    data = "" if contacts in (None, "-") else f" --contacts {_quoted(contacts)}"
    data += f" --events {_quoted(events)}" if data and events not in (None, "-") else ""
    say(f"wrote {rules} and {target / _SAMPLES}; try next:")
    say(f"  leadline check {_quoted(str(rules))}")
    say(f"  leadline test {_quoted(str(rules))}")
    say(f"  leadline score {_quoted(str(rules))}{data or f' --contacts {_quoted(str(target / _SAMPLES))}'}")


def _quoted(text: str | None) -> str:
    return shlex.quote(text or "")


def _from_data(target: Path, contacts: str, events: str | None) -> tuple[str, str]:
    """The texts of both files; nothing is written before both are there."""
    from leadline.inference import draft_from_data

    draft = draft_from_data(contacts, events, _title(target, contacts), now())
    _say_what_was_found(draft.guess, "the data" if contacts == "-" else contacts)
    return draft.rules, draft.samples


def _title(target: Path, contacts: str) -> str:
    """A name for the model: the folder's, else the data file's."""
    name = target.resolve().name if target != Path() else Path(contacts).stem
    words = " ".join(printable(name).replace("_", " ").replace("-", " ").split())
    return words or "Our leads"


def _say_what_was_found(guess: SchemaGuess, data: str) -> None:
    events = f" and {_count(len(guess.events), 'event')}" if guess.events else ""
    found = f"{_count(len(guess.fields), 'field')}{events} in {_count(guess.rows, 'contact')}"
    say(f"{found}, identified by `{guess.identifier}`" if guess.has_identifier else found)
    for item in guess.passed_over:
        say(f"note: not identified by {printable(item.what)}: {item.why}")
    if not guess.rows:
        say(f"note: {data} names columns and has no contacts: each field is a text until you change it")
    if not guess.has_identifier:
        advice = "before you score, add a column `id`, such as the number of the row"
        say(f"warning: no column tells the contacts apart: {advice}")
    elif guess.repeated:
        count = f"{_count(guess.repeated, 'contact')} {'has' if guess.repeated == 1 else 'have'}"
        say(f"warning: {count} no `{guess.identifier}` of their own: scoring leaves them out")
    for item in guess.left_out:
        what = printable(item.what) or "a column"
        say(f"note: left out {what}: {item.why}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
