"""Passes: each a function from a plan to a plan that scores alike, one file each, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leadline_compiler.passes.drop_unused import drop_unused
from leadline_compiler.passes.find_bands import find_bands
from leadline_compiler.passes.fold_constants import fold_constants
from leadline_compiler.passes.merge_equals import merge_equals
from leadline_compiler.passes.order_by_cost import order_by_cost
from leadline_compiler.plan.plan import Plan

__all__ = ["PASSES", "Step", "optimise", "trace_passes"]

PASSES: tuple[Callable[[Plan], Plan], ...] = (
    fold_constants,
    merge_equals,
    find_bands,
    drop_unused,
    order_by_cost,
)


@dataclass(frozen=True, slots=True)
class Step:
    """What a pass did: the nodes before and after it, by operation."""

    name: str
    purpose: str
    before: Plan
    after: Plan


def optimise(plan: Plan, passes: Sequence[Callable[[Plan], Plan]] = PASSES) -> Plan:
    """The plan after the passes."""
    for run in passes:
        plan = run(plan)
    return plan


def trace_passes(plan: Plan, passes: Sequence[Callable[[Plan], Plan]] = PASSES) -> list[Step]:
    """The plan before and after each pass."""
    steps = []
    for run in passes:
        after = run(plan)
        module = __import__(run.__module__, fromlist=["__doc__"])
        steps.append(Step(run.__name__, (module.__doc__ or "").strip(), plan, after))
        plan = after
    return steps
