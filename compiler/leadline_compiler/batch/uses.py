"""What of each field a plan uses."""

from __future__ import annotations

from collections.abc import Mapping

from leadline_compiler.plan import plan as p
from leadline_compiler.plan.references import needed_by

_LITTLE = ("domain", "known")


def field_uses(plan: p.Plan) -> Mapping[int, bool]:
    """The fields that a plan looks at, by index: whether of their texts it needs more than the domain."""
    fields = {node: found[1] for node, found in enumerate(plan.nodes) if found[0] == "field"}
    uses = dict.fromkeys(plan.read_fields, False) | dict.fromkeys(fields.values(), False)
    for node in plan.nodes:
        for needed in needed_by(node):
            if needed in fields and node[0] not in _LITTLE:
                uses[fields[needed]] = True
    for rule in plan.rules:
        if isinstance(rule.body, p.TableBody | p.EveryBody) and rule.body.amount in fields:
            uses[fields[rule.body.amount]] = True
    return uses
