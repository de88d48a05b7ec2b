"""Syntax tree to model: names are bound, types checked, statements put together."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import lru_cache

from leadline_compiler import model as m
from leadline_compiler.resolve.assemble import Assembly, close_grades, close_scores, place_findings
from leadline_compiler.resolve.declarations import Declared, declare
from leadline_compiler.resolve.defines import MOST_PROPOSED, report_circles, resolve_defines, with_inner_uses
from leadline_compiler.resolve.includes import Entry, Gathered, Loader, Unreadable, gather
from leadline_compiler.resolve.rereading import Known, reread_faults
from leadline_compiler.resolve.scope import Finding, Key, Names
from leadline_compiler.resolve.statements import Resolver
from leadline_compiler.schema import Schema
from leadline_dsl import syntax as s
from leadline_dsl.diagnostics import Diagnostic
from leadline_dsl.nodes import node
from leadline_dsl.parser import Document
from leadline_dsl.source import Place, Source

__all__ = ["Entry", "Key", "Loader", "Resolution", "Unreadable", "resolve"]


@node
class Resolution:
    """What is known of a rules file and its includes, however faulty they are.

    `model` holds what could be resolved; it may be scored only where `diagnostics` has no error. `used` are the
    declared things that some statement mentions, `places` where each was declared.
    """

    model: m.Model
    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Document]
    entries: tuple[Entry, ...]
    used: frozenset[Key]
    places: Mapping[Key, Place]
    letters: Mapping[str, tuple[str, ...]]


def resolve(source: Source, load: Loader) -> Resolution:
    """Reads a rules file and what it includes, binds names and checks types."""
    gathered = gather(source, load)
    declared = declare(gathered, load)
    if gathered.broken:
        reread_faults(gathered, Known(declared.fields, declared.events, frozenset(declared.lists)))
    report_circles(declared)
    resolver, define_findings = _resolver(_Declarations(declared))
    for name, findings in define_findings.items():
        declared.diagnostics.extend(place_findings(findings, declared.defines[name], declared))
    assembly = Assembly(declared, resolver)
    broken = deque(gathered.broken)
    for index, entry in enumerate(gathered.entries):
        resolver.proposes = len(declared.diagnostics) < MOST_PROPOSED
        assembly.begin(entry)
        while broken and broken[0].before <= index:
            assembly.pass_over(broken.popleft().kind)
        assembly.take(entry)
    return _finish(gathered, assembly)


class _Declarations:
    """The declarations as a key: equal where a statement cannot tell them apart, wherever they stand."""

    def __init__(self, declared: Declared) -> None:
        self.declared = declared
        self._key = (
            declared.zone,
            tuple(declared.fields.items()),
            tuple(declared.events.items()),
            tuple(declared.lists.items()),
            tuple((name, entry.text) for name, entry in declared.defines.items()),
            tuple(declared.scores),
            tuple(declared.grades.items()),
            declared.faulty,
        )
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Declarations) and self._key == other._key


@lru_cache(maxsize=8)
def _resolver(declarations: _Declarations) -> tuple[Resolver, dict[str, tuple[Finding, ...]]]:
    declared = declarations.declared
    names = Names(
        declared.zone,
        declared.fields,
        declared.events,
        declared.lists,
        tuple(declared.scores),
        declared.grades,
        {},
        declared.faulty,
    )
    names, findings = resolve_defines(declared, names)
    return Resolver(names), findings


def _finish(gathered: Gathered, assembly: Assembly) -> Resolution:
    declared = assembly.declared
    identifier = declared.identifier[0] if declared.identifier else "id"
    schema = Schema(declared.zone, identifier, tuple(declared.fields.values()), tuple(declared.events.values()))
    scores = close_scores(assembly)
    every = m.Total(tuple(m.Term(score.name, 1000) for score in scores), m.OPEN, None)
    defines = assembly.resolver.names.defines
    used = with_inner_uses({*assembly.used, Key("field", identifier)}, defines)
    read = with_inner_uses(assembly.read, defines)
    model_node = declared.model.node if declared.model else None
    model = m.Model(
        model_node.name.value if isinstance(model_node, s.Model) else "",
        schema,
        tuple(assembly.ignored),
        tuple(assembly.assumptions),
        scores,
        assembly.total or every,
        close_grades(assembly),
        tuple(assembly.exits),
        tuple(assembly.stages),
        frozenset(key.name for key in read if key.kind == "field"),
    )
    return Resolution(
        model,
        (*gathered.diagnostics, *declared.diagnostics),
        gathered.documents,
        tuple(gathered.entries),
        frozenset(used),
        declared.places,
        declared.grades,
    )
