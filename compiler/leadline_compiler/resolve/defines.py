"""Defines, each after those that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from leadline_compiler.resolve.amounts import resolve_value
from leadline_compiler.resolve.declarations import Declared
from leadline_compiler.resolve.scope import Finding, Key, Names, ResolvedDefine, Scope
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Label
from leadline_dsl.walk import children, depth_of

MOST_PROPOSED = 500
"""Findings of a file for which names that may have been meant are looked for."""
DEEPEST = 150
"""How deep conditions may be nested, defines inside of one another included."""


def resolve_defines(declared: Declared, names: Names) -> tuple[Names, dict[str, tuple[Finding, ...]]]:
    """The names with all defines resolved, and the findings of each define.

    Defines in a circle, and those that need them, have no value; `report_circles` speaks of them.
    """
    findings: dict[str, tuple[Finding, ...]] = {}
    mistakes = 0
    resolved: dict[str, ResolvedDefine] = {}
    for name in _in_order(_needs(declared)):
        entry = declared.defines[name]
        node = entry.node
        assert isinstance(node, s.Define)
        known = replace(names, defines=resolved)
        scope = Scope(known, entry.text, allows_scores=True, proposes=mistakes < MOST_PROPOSED)
        value = resolve_value(node.expression, scope)
        depth = depth_of(node.expression) + scope.depth
        if depth > DEEPEST:
            scope.report("syntax", "this define is nested too deep, through the defines it uses", node.name.span)
            value = None
        needs_scores = any(_needs_scores(key, resolved) for key in scope.uses)
        resolved[name] = ResolvedDefine(value, frozenset(scope.uses), depth, needs_scores)
        findings[name] = tuple(scope.findings)
        mistakes += len(scope.findings)
    for name in declared.defines:
        resolved.setdefault(name, ResolvedDefine(None, frozenset(), 0))
    return replace(names, defines=resolved), findings


def _needs_scores(key: Key, resolved: Mapping[str, ResolvedDefine]) -> bool:
    if key.kind == "define":
        return key.name in resolved and resolved[key.name].needs_scores
    return key.kind in ("score", "grade")


def with_inner_uses(uses: Iterable[Key], defines: Mapping[str, ResolvedDefine]) -> set[Key]:
    """What is used, together with what the defines in it use in turn."""
    found: set[Key] = set()
    open_ = list(uses)
    while open_:
        key = open_.pop()
        if key not in found:
            found.add(key)
            if key.kind == "define" and key.name in defines:
                open_ += defines[key.name].uses
    return found


def _needs(declared: Declared) -> dict[str, set[str]]:
    """For each define, the defines that it mentions."""
    needs = {}
    for name, entry in declared.defines.items():
        assert isinstance(entry.node, s.Define)
        needs[name] = {other for other in _amount_names(entry.node.expression) if other in declared.defines}
    return needs


def _in_order(needs: Mapping[str, set[str]]) -> list[str]:
    """The names of the defines, needed ones first, without those that a circle holds up."""
    waiting = {name: len(needed) for name, needed in needs.items()}
    users: dict[str, list[str]] = {name: [] for name in needs}
    for name, needed in needs.items():
        for other in needed:
            users[other].append(name)
    ordered = [name for name, count in waiting.items() if count == 0]
    for name in ordered:
        for user in users[name]:
            waiting[user] -= 1
            if waiting[user] == 0:
                ordered.append(user)
    return ordered


def _amount_names(root: s.Expression) -> set[str]:
    """The names that stand for amounts or conditions: not those of events, lists, scores and properties."""
    found: set[str] = set()
    open_: list[object] = [root]
    while open_:
        match open_.pop():
            case s.Name() as name:
                found.add(name.text)
            case s.Occurrence() as occurrence:
                open_.extend(window.bound for window in occurrence.windows)
            case s.Measure() as measure:
                open_.append(measure.occurrence)
            case s.IsIn() as test:
                open_.append(test.amount)
            case s.GradeOf():
                continue
            case node:
                open_.extend(children(node))
    return found


def report_circles(declared: Declared) -> None:
    """Reports each circle of defines once."""
    needs = _needs(declared)
    left = set(needs) - set(_in_order(needs))
    followed: set[str] = set()
    for name in declared.defines:
        if name in left and name not in followed:
            circle = _circle(name, left, needs, followed)
            if circle:
                _report_circle(circle, declared)


def _circle(start: str, left: set[str], needs: Mapping[str, Iterable[str]], followed: set[str]) -> list[str]:
    """The circle that one gets into by following the needs from a define, which may lie outside of it.

    Empty where the way meets one that was `followed` before: its circle is known. The way is added to those.
    """
    path = {start: 0}
    at = start
    while True:
        followed.add(at)
        following = min((name for name in needs[at] if name in left), default=None)
        if following is None or (following in followed and following not in path):
            return []
        if following in path:
            return list(path)[path[following] :]
        path[following] = len(path)
        at = following


def _report_circle(circle: list[str], declared: Declared) -> None:
    first, *others = (declared.places[Key("define", name)] for name in circle)
    shown = " → ".join(f"`{name}`" for name in [*circle[:6], circle[0]])
    labels = [Label("and this one", place.span, place.file) for place in others[:6]]
    declared.report(
        "define-cycle", f"`{circle[0]}` needs itself: {shown}", first, "leave one of these uses out", labels
    )
