"""Names that stand for no field and no define where an amount or a condition belongs."""

from __future__ import annotations

from leadline_compiler.resolve.loose import (
    tell_event,
    tell_loose_name,
    tell_open_where,
    tell_or_more,
)
from leadline_compiler.resolve.scope import TOTAL, Key, Scope, write_name
from leadline_compiler.resolve.today import HELP as TODAY_HELP
from leadline_compiler.resolve.today import means_today
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Edit


def report_unknown(node: s.Name, scope: Scope) -> None:
    """Tells what the name is instead, or which one may have been meant."""
    names = scope.names
    owners = [event.name for event in names.events.values() if event.property_named(node.text)]
    if owners and tell_open_where(node, scope):
        return
    if owners:
        event = write_name(owners[0])
        scope.report(
            "misplaced-property",
            f"`{node.text}` is a property of `{owners[0]}`, and stands outside of its `where`",
            node.span,
            f"put all tests of the event into parentheses: `{event} where (… and {write_name(node.text)} …)`",
            also=[(f"`{owners[0]}` is declared here", Key("event", owners[0]))],
        )
    elif node.text in names.events:
        tell_event(node, scope, is_condition=False)
    elif node.text in names.lists:
        help = f"test a text against it: `country is in {write_name(node.text)}`"
        scope.report("wrong-type", f"`{node.text}` is a list, and has no value of its own", node.span, help)
    elif means_today(node.text) and not node.quoted:
        scope.report("unknown-name", f"there is no field or define `{node.text}`", node.span, TODAY_HELP)
    elif node.text in ("score", "points") and scope.allows_scores:
        edits = (Edit(node.span, TOTAL),)
        scope.report(
            "unknown-name", f"there is no score `{node.text}`", node.span, "for all points write `total`", edits
        )
    elif tell_or_more(node, scope) or tell_loose_name(node, scope):
        return
    else:
        known = [*names.fields, *names.defines, *(names.scores if scope.allows_scores else ())]
        scope.report_unknown(
            node,
            f"there is no field or define `{node.text}`",
            known,
            "declare it under `contact`, or check its spelling",
        )
