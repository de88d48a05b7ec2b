"""Passes: each turns a plan into one that scores alike, one file each, in the order in which they run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile

from leadline_compiler.model import Model
from leadline_compiler.passes.drop_unused import drop_unused
from leadline_compiler.passes.find_bands import find_bands
from leadline_compiler.passes.fold_constants import fold_constants
from leadline_compiler.passes.merge_equals import merge_equals
from leadline_compiler.passes.order_by_cost import order_by_cost
from leadline_compiler.passes.rewrite import NodePass, Pass, rebuild
from leadline_compiler.plan import lower
from leadline_compiler.plan.plan import Plan

__all__ = ["NODE_PASSES", "PASSES", "Pass", "Step", "compile_model", "optimise", "trace_passes"]

PASSES: tuple[Pass, ...] = (
    fold_constants,
    merge_equals,
    find_bands,
    order_by_cost,
    drop_unused,
)

NODE_PASSES = tuple(one for one in PASSES if isinstance(one, NodePass))
"""Those that cost next to nothing while a model is lowered: enough where what is unused does no harm."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a pass did: the plan before and after it."""

    name: str
    purpose: str
    before: Plan
    after: Plan

    @property
    def differences(self) -> dict[str, tuple[int, int]]:
        """How many nodes of an operation there were and are, where that differs."""
        before, after = (Counter(node[0] for node in plan.nodes) for plan in (self.before, self.after))
        return {name: (before[name], after[name]) for name in sorted(before | after) if before[name] != after[name]}


def compile_model(model: Model, passes: Sequence[Pass] = PASSES) -> Plan:
    """The plan of a model without errors, after the passes.

    It is `optimise(lower(model))`, but the first passes see each node as it is made, which spares half of the time.
    """
    first = list(takewhile(lambda one: isinstance(one, NodePass), passes))
    plan = lower(model, [one.rewrites() for one in first if isinstance(one, NodePass)])
    return optimise(plan, passes[len(first) :])


def optimise(plan: Plan, passes: Sequence[Pass] = PASSES) -> Plan:
    """The plan after the passes. Neighbours that look at one node at a time share a walk over the nodes."""
    for kind, group in groupby(passes, type):
        together = list(group)
        if kind is NodePass:
            plan = rebuild(plan, [one for one in together if isinstance(one, NodePass)])
        else:
            for one in together:
                plan = one(plan)
    return plan


def trace_passes(plan: Plan, passes: Sequence[Pass] = PASSES) -> list[Step]:
    """The plan before and after each pass, as they run together."""
    plans = [optimise(plan, passes[:many]) for many in range(len(passes) + 1)]
    return [
        Step(one.name, one.purpose.strip(), before, after)
        for one, (before, after) in zip(passes, pairwise(plans), strict=True)
    ]
