"""`leadline score`: scores of all contacts of a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import click

from leadline.commands.choices import Choice
from leadline.commands.dates import read_dates
from leadline.commands.engines import ENGINES, choose_engine
from leadline.commands.given import given
from leadline.commands.held_output import hold_output, shows_faults_late
from leadline.commands.options import (
    as_of_option,
    color_option,
    dates_option,
    exit_with,
    open_output,
    read_report,
    refuse_overwriting,
    refuse_sharing_stdin,
    require_model,
)
from leadline.commands.reading import Reading
from leadline.commands.results import (
    FORMATS,
    Header,
    Writer,
    flat_columns,
    format_of,
    open_writer,
    refuse_other_formats,
)
from leadline.commands.talk import say
from leadline.commands.usage import examples
from leadline.readers import ContactStream
from leadline.readers.typed import build_contact_scorer
from leadline_compiler.contacts import Contact
from leadline_compiler.interpreter import interpret
from leadline_compiler.model import Model
from leadline_compiler.plan import Plan, lower
from leadline_compiler.result import result_of

if TYPE_CHECKING:
    from leadline.batch.scoring import Block

_NAMES = {"table": "a table", "jsonl": "JSON Lines", "csv": "CSV", "parquet": "Parquet"}


@click.command(
    epilog=examples(
        "leadline score rules.lead --contacts contacts.csv --events events.csv",
        "leadline score a.lead b.lead --contacts contacts.jsonl \\\n  --as-of 2026-11-21 --format jsonl",
    )
)
@click.argument("rules", nargs=-1, required=True)
@click.option(
    "--contacts",
    callback=given,
    required=True,
    metavar="FILE",
    help="CSV, TSV, JSON, JSON Lines, YAML, Parquet, Excel.",
)
@click.option("--events", callback=given, metavar="FILE", help="Their events, in any order.")
@as_of_option
@click.option("--format", "format_", type=Choice(FORMATS), help="Default: table, or as --output ends.")
@click.option("--output", callback=given, metavar="FILE", help="Write to a file, in one step at the end.")
@click.option("--explain", is_flag=True, help="With --format jsonl: all rules, each with the why.")
@click.option(
    "--bad-rows", callback=given, metavar="FILE", help="Keep all bad values and bad rows there (.csv or .jsonl)."
)
@click.option("--strict", is_flag=True, help="Exit code 1 if there is a bad value or a bad row.")
@click.option("--no-rules", is_flag=True, help="Leave out which rules fired: a good deal quicker for large data.")
@click.option("--engine", type=Choice(ENGINES), help="What does the work; default: auto, by the size of the data.")
@click.option(
    "--spark-master", metavar="URL", help="With --engine spark: local[4], spark://host:7077, yarn …; default: local[*]."
)
@dates_option
@color_option
def command(
    rules: Sequence[str],
    contacts: str,
    events: str | None,
    as_of: str | None,
    format_: str | None,
    output: str | None,
    explain: bool,
    bad_rows: str | None,
    strict: bool,
    no_rules: bool,
    engine: str | None,
    spark_master: str | None,
    dates: Sequence[str],
    color: str,
) -> None:
    """Score the contacts of a file by one or more RULES files: one line a contact and model."""
    has_format = format_ is not None
    named = format_of(output)
    if format_ is not None and named not in ("table", format_):
        say(f"note: {output} will hold {_NAMES[format_]}, as --format says, though it ends as {_NAMES[named]} does")
    format_ = format_ or named
    _refuse_at_odds(explain, no_rules, engine, spark_master, format_)
    refuse_sharing_stdin([*rules, contacts, events])
    _refuse_outputs(output, bad_rows, format_)
    scorings = [_open_scoring(path, explain, color) for path in rules]
    read = [contacts, events, *(file for scoring in scorings for file in scoring.files)]
    refuse_overwriting({"--output": output, "--bad-rows": bad_rows}, read)
    refuse_other_formats(output, bad_rows, has_format)
    _refuse_shared_columns(format_, [scoring.header for scoring in scorings])
    orders = read_dates(dates, [scoring.plan.schema for scoring in scorings])
    all_bad = f"all of them are in {bad_rows}" if bad_rows else "--bad-rows FILE keeps all of them"
    with Reading(
        rules, contacts, events, orders, color, bad_rows=bad_rows, all_bad=all_bad, spark_master=spark_master
    ) as reading:
        # All is opened before the first result is written, so that nothing is written where something is missing.
        tells_rules = not (no_rules or format_ == "table")
        engines = _choose_engines(scorings, reading, engine)
        runs = [
            reading.open(path, scoring.plan.schema, as_of)
            if chosen == "python"
            else reading.open_run(path, scoring.plan, as_of, chosen, tells_rules=tells_rules)
            for path, scoring, chosen in zip(rules, scorings, engines, strict=True)
        ]
        is_held = output in (None, "-") and ("spark" in engines or shows_faults_late(contacts))
        with (
            _open_output(output, reading, binary=format_ == "parquet", is_held=is_held) as file,
            open_writer(format_, file, [scoring.header for scoring in scorings], color) as writer,
        ):
            reading.shows_results = file.isatty() and not is_held
            for path, scoring, run in zip(rules, scorings, runs, strict=True):
                if isinstance(run, ContactStream):
                    _write_contacts(scoring, reading.contacts_of(path, run), writer, no_rules)
                else:
                    _write_blocks(scoring.plan, reading.blocks_of(path, run), writer)
    reading.tell()
    exit_with(1 if strict and not all(report.is_clean for report in reading.reports.values()) else 0)


def _refuse_at_odds(explain: bool, no_rules: bool, engine: str | None, spark_master: str | None, format_: str) -> None:
    """Raises a usage error for options that do not go together."""
    if explain and no_rules:
        raise click.UsageError("--explain tells of the rules that --no-rules leaves out")
    if spark_master and engine != "spark":
        raise click.UsageError("--spark-master goes with --engine spark")
    if explain and engine in ("batch", "spark"):
        raise click.UsageError("--explain goes contact by contact: --engine python")
    if explain and format_ != "jsonl":
        raise click.UsageError("--explain goes with --format jsonl; for one contact there is `leadline explain`")


def _refuse_outputs(output: str | None, bad_rows: str | None, format_: str) -> None:
    """Raises a usage error where standard output cannot take what would go there."""
    if output not in (None, "-"):
        return
    if bad_rows == "-":
        raise click.UsageError("--bad-rows - would stand among the scores: name a file, or one for --output")
    if format_ == "parquet" and sys.stdout.isatty():
        raise click.UsageError("a Parquet file is nothing to look at: name one with --output")


@contextmanager
def _open_output(path: str | None, reading: Reading, *, binary: bool, is_held: bool) -> Iterator[IO[Any]]:
    if not is_held:
        with open_output(path, binary=binary) as file:
            yield file
        return
    with hold_output(binary=binary) as file:
        yield file
        reading.stop_bar()


@dataclass(frozen=True, slots=True)
class _Scoring:
    """What scores the contacts: rules, or a plan that was compiled from them; and the files that were read for it."""

    plan: Plan
    header: Header
    score: Callable[[Contact, int], Mapping[str, Any]]
    files: tuple[str, ...]
    explains: bool = False


def _refuse_shared_columns(format_: str, headers: Sequence[Header]) -> None:
    """Raises a usage error where a score would share a column with something else, as one named `status` does."""
    columns = [] if format_ == "jsonl" else flat_columns(headers)
    shared = next((name for name in columns if columns.count(name) > 1), None)
    if shared is not None:
        raise click.UsageError(
            f"two columns would be named {shared}: give the score another name, or take --format jsonl"
        )


def _choose_engines(scorings: Sequence[_Scoring], reading: Reading, engine: str | None) -> list[str]:
    """The engine of each model; what is to be said of them is said once."""
    choices = [choose_engine(engine, scoring.plan, reading.size, explains=scoring.explains) for scoring in scorings]
    for said in dict.fromkeys(said for _, said in choices if said):
        say(f"note: {said}")
    return [chosen for chosen, _ in choices]


def _write_contacts(scoring: _Scoring, contacts: Iterable[tuple[Contact, int]], writer: Writer, no_rules: bool) -> None:
    """Writes the results of contacts one by one."""
    for contact, instant in contacts:
        result = scoring.score(contact, instant)
        writer.write({**result, "rules": []} if no_rules else result)


def _write_blocks(plan: Plan, blocks: Iterable[tuple[Block, int]], writer: Writer) -> None:
    """Writes results that come in blocks, by columns where the format has columns."""
    from leadline.batch.flat import flat_arrays, flat_lists
    from leadline.batch.objects import result_objects

    for block, instant in blocks:
        if writer.write_arrays is not None:
            writer.write_arrays(flat_arrays(plan, block, instant))
        elif writer.write_lists is not None:
            writer.write_lists(flat_lists(plan, block, instant))
        else:
            for result in result_objects(plan, block, instant):
                writer.write(result)


def _open_scoring(path: str, explain: bool, color: str) -> _Scoring:
    if path.endswith(".json"):
        if explain:
            raise click.UsageError("a plan has no reasons to explain: --explain goes with the rules themselves")
        return _plan_scoring(path)
    report = read_report(path)
    model = require_model(report, color)
    header = Header(
        tuple(score.name for score in model.scores), tuple(grade.score or "total" for grade in model.grades)
    )
    plan = lower(model)
    return _Scoring(plan, header, _explained(model) if explain else _plain(plan), report.files, explain)


def _plain(plan: Plan) -> Callable[[Contact, int], Mapping[str, Any]]:
    score = build_contact_scorer(plan)
    return lambda contact, instant: score(contact, instant).to_dict()


def _explained(model: Model) -> Callable[[Contact, int], Mapping[str, Any]]:
    from leadline.reports.explain import explain_outcome
    from leadline.reports.explain_json import explained_rules

    def score(contact: Contact, instant: int) -> Mapping[str, Any]:
        outcome = interpret(model, contact, instant)
        return {**result_of(outcome), "rules": explained_rules(explain_outcome(outcome))}

    return score


def _plan_scoring(path: str) -> _Scoring:
    from leadline.plans import read_plan

    plan = read_plan(path)
    names = [score.name for score in plan.scores]
    grades = tuple("total" if grade.score is None else names[grade.score] for grade in plan.grades)
    return _Scoring(plan, Header(tuple(names), grades), _plain(plan), (path,))
