"""`leadline compile`: rules as something that other services run."""

from __future__ import annotations

import click

from leadline.commands.options import color_option, make_console, open_output, read_report, require_model
from leadline.json_text import write_json
from leadline_compiler.model import Model
from leadline_compiler.passes import optimise, trace_passes
from leadline_compiler.plan import lower
from leadline_compiler.plan.json_form import plan_json

TARGETS = {"json": "the plan as JSON; `leadline score plan.json …` runs it too"}


@click.command(
    epilog="Examples: leadline compile rules.lead --to json --output plan.json · leadline compile rules.lead --to json "
    "--explain"
)
@click.argument("rules")
@click.option("--to", "target", type=click.Choice(list(TARGETS)), required=True, help="What to compile to.")
@click.option("--output", metavar="FILE", help="Write to a file, in one step at the end.")
@click.option("--explain", is_flag=True, help="With --to json: tell what each pass over the plan did.")
@color_option
def command(rules: str, target: str, output: str | None, explain: bool, color: str) -> None:
    """Compile RULES for another service."""
    model = require_model(read_report(rules), color)
    if explain:
        _explain(model, color)
        return
    with open_output(output) as file:
        file.write(write_json(plan_json(optimise(lower(model))), indent=1) + "\n")


def _explain(model: Model, color: str) -> None:
    console = make_console(color)
    for step in trace_passes(lower(model)):
        before, after = len(step.before.nodes), len(step.after.nodes)
        console.print(f"{step.name}: {before} nodes to {after}", style="bold")
        console.print(step.purpose + "\n", style="dim")
