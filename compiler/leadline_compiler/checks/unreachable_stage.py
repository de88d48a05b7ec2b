"""A stage that no contact can be given.

Its condition can hold for itself, yet the points do not suffice, or all who meet it are disqualified or excluded, or
meet a later stage too. A campaign that waits for this stage waits for ever.

Example:

    score fit at most 30
      …
    stage "MQL" when total >= 80

where no other score can add 50 points.

The way out: the message says how high the score can come at most and the evidence which rules make it up; lower the
stage's number, or raise the caps. Where exits or a later stage take everybody, one of the conditions is too wide.

The most that a score can be is worked out from the rules first; where they exclude each other, so that this leaves the
stage open, the solver searches (`pip install leadline[proofs]`). What it does not settle is told as `undecided`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from leadline_compiler.checks.caps import blocked_evidence, limit_label, lowered, way_out
from leadline_compiler.checks.facts import Facts, find
from leadline_compiler.checks.wording import (
    bound_evidence,
    joined,
    label_of,
    listed,
    name_of,
    range_within,
    reasons_of_points,
    say_range,
)
from leadline_dsl.diagnostics import Diagnostic, Edit, Label

if TYPE_CHECKING:
    from leadline_compiler.analysis import Analysis
    from leadline_compiler.analysis.reach import Impossible
    from leadline_compiler.analysis.units import Unit


def check(facts: Facts) -> Iterator[Diagnostic]:
    from leadline_compiler.analysis.reach import Impossible
    from leadline_compiler.analysis.verdicts import stage_verdicts

    for stage, verdict in stage_verdicts(facts.analysis):
        if isinstance(verdict, Impossible):
            yield tell_blocked(facts.analysis, stage, verdict)


def tell_blocked(analysis: Analysis, stage: Unit, verdict: Impossible) -> Diagnostic:
    """Why nobody can be given a stage."""
    from leadline_compiler.analysis.solve.blocked import what_blocks

    related: list[Label] = []
    edits: tuple[Edit, ...] = ()
    evidence: dict[str, Any] = {}
    if verdict.others:
        names = listed([name_of(other) for other in verdict.others])
        if verdict.others[0].kind == "stage":
            why = f"whoever meets it meets the later {names} too"
            hint = "put the stages from low to high, or correct the conditions"
        else:
            why = f"whoever meets it is taken out by {names}"
            hint = "correct the condition of the stage or of the exit"
        related = [label_of(other, "this takes all of them") for other in verdict.others[:3]]
    else:
        why, evidence = _too_far(analysis, verdict)
        hint = "change the number, or the points and caps that the evidence lists"
        blocked = what_blocks(analysis, stage)
        if blocked is not None:
            hint = way_out(analysis, blocked, verdict.score or None) or hint
            edits = lowered(stage, blocked, verdict.score or None)
            related = [limit_label(analysis, limit) for limit in blocked.limits]
            evidence = {**evidence, **blocked_evidence(analysis, blocked)}
    return find(
        "unreachable-stage",
        f"no contact can be given this stage: {why}",
        stage.place,
        joined(hint, reasons_of_points(analysis, stage, searched=verdict.searched)),
        edits,
        related,
        evidence,
    )


def _too_far(analysis: Analysis, verdict: Impossible) -> tuple[str, dict[str, Any]]:
    if verdict.score is None:
        return "the scores cannot come to where it asks for them together", bound_evidence(analysis, None, None)
    score = verdict.score or None
    what, range_ = f"`{score or 'total'}`", range_within(analysis, score, verdict)
    given = "where the rest of its condition holds, " if verdict.rest else ""
    return f"{given}{what} {say_range(range_, verdict.side)}", bound_evidence(analysis, score, verdict.side, range_)
