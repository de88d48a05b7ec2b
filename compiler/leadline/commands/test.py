"""`leadline test`: whether the sample contacts get what they are expected to."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from leadline.commands.choices import Choice
from leadline.commands.options import (
    color_option,
    exit_with,
    make_console,
    now,
    read_report,
    refuse_sharing_stdin,
    require_model,
)
from leadline.commands.talk import say
from leadline.commands.usage import examples
from leadline.readers import DataError, read_samples
from leadline.render.printable import printable
from leadline.sample_runs import SampleRun, find_samples, run_samples
from leadline_compiler.model import Model

_NOTHING_TESTED = (
    "nothing was tested: say under `expect` what a contact should get, such as `expect: {total: 20, stage: null}`"
)


@click.command(
    epilog=examples(
        "leadline test rules.lead",
        "leadline test rules.lead samples.yaml",
        "leadline test rules.lead --format junit > report.xml",
    )
)
@click.argument("rules")
@click.argument("samples", nargs=-1)
@click.option("--format", "format_", type=Choice(["text", "json", "junit"]), default="text")
@color_option
def command(rules: str, samples: Sequence[str], format_: str, color: str) -> None:
    """Run the expectations of sample contacts against RULES.

    Without SAMPLES: all *.yaml files beside the rules. Exit code 1 if an expectation does not hold, 2 if nothing
    is expected at all: a run that tests nothing must not look like one that went well.
    """
    refuse_sharing_stdin([rules, *samples])
    model = require_model(read_report(rules), color)
    files = list(samples) or find_samples(rules)
    if not files:
        raise click.ClickException(
            f"there are no sample contacts (*.yaml) beside {rules}; "
            f"name a file, leadline test {rules} contacts.yaml, or let `leadline init` write a first one"
        )
    runs, is_unreadable = _run_all(model, files)
    for warning in (warning for run in runs for warning in run.warnings):
        say(f"warning: {warning}")
    _show(rules, runs, format_, color)
    is_idle = not is_unreadable and not any(run.expectations for run in runs)
    if is_idle:
        sys.stdout.flush()
        say(f"error: {_NOTHING_TESTED}")
    exit_with(2 if is_unreadable or is_idle else 1 if any(run.failures for run in runs) else 0)


def _run_all(model: Model, files: Sequence[str]) -> tuple[list[SampleRun], bool]:
    """The runs of the files that can be read, and whether there are others, which are told on standard error."""
    instant, undated, is_unreadable = now(), [], False
    runs = []
    for file in files:
        try:
            samples = read_samples(model.schema, file, default_as_of=instant)
        except DataError as error:
            say(f"error: {error}")
            is_unreadable = True
            continue
        if samples.as_of_text is None and any(sample.expect for sample in samples.samples):
            undated.append(samples.file)
        runs.append(run_samples(model, samples, instant if samples.as_of is None else samples.as_of))
    if undated:
        from leadline.reports.moments import Now, say_as_of

        when = f"{say_as_of(Now(model.zone, instant))} ({model.zone.name})"
        say(
            f"note: no `as of` in {printable(', '.join(undated))}: scored as of now, {when}; "
            "what is expected may change with the days"
        )
    return runs, is_unreadable


def _show(rules: str, runs: Sequence[SampleRun], format_: str, color: str) -> None:
    if format_ == "json":
        from leadline.json_text import write_json
        from leadline.reports.expectations_json import expectations_json

        click.echo(write_json(expectations_json(rules, runs), indent=2))
    elif format_ == "junit":
        from leadline.reports.expectations_junit import expectations_junit

        click.echo(expectations_junit(rules, runs), nl=False)
    else:
        from leadline.reports.expectations_text import print_expectations

        print_expectations(runs, make_console(color))
