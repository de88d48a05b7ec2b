"""`leadline compile --to dbt`: the files of a dbt project, written into a folder."""

from __future__ import annotations

from pathlib import Path

import click

from leadline.commands.options import now, open_output
from leadline.commands.talk import say
from leadline.dbt_tests import unit_tests_of
from leadline.readers import read_samples
from leadline.render.printable import printable
from leadline.sample_runs import find_samples
from leadline_compiler.model import Model
from leadline_compiler.plan import Plan


def write_project(
    rules: str, model: Model, plan: Plan, folder: str, dialect: str, contacts: str, events: str, event_id: str | None
) -> None:
    """Writes the project; raises Exit 1 where the dialect or the sample contacts do not allow it."""
    from leadline_compiler.emit.dbt import UnitTest, emit_dbt

    tests: list[UnitTest] = []
    for file in find_samples(rules):
        samples = read_samples(model.schema, file, default_as_of=now())
        found, failed = unit_tests_of(model, samples, now() if samples.as_of is None else samples.as_of)
        tests += found
        if failed:
            names = ", ".join(map(printable, failed))
            more = f"`leadline test {printable(rules)}` tells more"
            say(f"error: {printable(file)}: not what is expected: {names}; {more}")
            raise click.exceptions.Exit(1)
    files = emit_dbt(plan, dialect, contacts_table=contacts, events_table=events, event_id=event_id, tests=tuple(tests))
    if isinstance(files, tuple):
        for refused in files:
            say(f'error: {dialect} cannot express "{refused.rule}": {refused.reason}')
        raise click.exceptions.Exit(1)
    for path, text in files.items():
        target = Path(folder, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with open_output(str(target)) as opened:
            opened.write(text)
