"""Folding texts in steps of one function each, every step a query of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from leadline_compiler.emit.sql.dialects.base import SPACES, Dialect
from leadline_compiler.emit.sql.expressions import NamedQuery, Sql, aliased, call, column, select, text
from leadline_compiler.emit.sql.folding import canonical, cases, compatibility, compositions

Pairs = Sequence[tuple[str, str]]
Step = Callable[[Sql], Sql]
_TOGETHER = 20
"""Replacements inside each other in one step: some readers of SQL go no deeper."""


def translated(pairs: Pairs) -> Step:
    """Each letter by another."""
    sources, targets = ("".join(letters) for letters in zip(*pairs, strict=True))
    return lambda tree: call("TRANSLATE", tree, text(sources), text(targets))


def replacements(pairs: Pairs, dialect: Dialect) -> Iterator[Step]:
    """Each first text of a pair by the second, some a step."""
    for start in range(0, len(pairs), _TOGETHER):
        yield _replaced(pairs[start : start + _TOGETHER], dialect)


def _replaced(pairs: Pairs, dialect: Dialect) -> Step:
    def step(tree: Sql) -> Sql:
        for source, target in pairs:
            tree = call(dialect.replace_name, tree, text(source), text(target))
        return tree

    return step


def without_normal_forms(dialect: Dialect) -> Iterator[Step]:
    """NFKC for engines that have no normal forms, from tables alone; Hangul in single letters stays as it is."""
    compatible, normal = compatibility(), canonical()
    yield translated(tuple(dict(normal.one + compatible.one).items()))
    yield from replacements((*compatible.many, *normal.many), dialect)
    yield from replacements(compositions(), dialect)


def case_folded(dialect: Dialect) -> Iterator[Step]:
    """Full case folding from tables alone."""
    yield from replacements(cases().many, dialect)
    yield translated(cases().one)


def folded_by(tree: Sql, to_pattern: Sequence[Step], to_folded: Sequence[Step], dialect: Dialect) -> tuple[Sql, Sql]:
    """The form that patterns see, and the folded one, each in one expression."""
    for step in to_pattern:
        tree = step(tree)
    pattern = tree = dialect.trim(tree, SPACES)
    for step in to_folded:
        tree = step(tree)
    return pattern, dialect.trim(tree, SPACES)


def fold_steps(odd: str, to_pattern: Sequence[Step], to_folded: Sequence[Step], dialect: Dialect) -> list[NamedQuery]:
    """The queries that end in `folds`: steps to the form that patterns see, and on from there to the folded one."""
    queries: list[NamedQuery] = []
    last = odd
    for number, step in enumerate(to_pattern, 1):
        tree = step(column("value" if last == odd else "pattern"))
        tree = dialect.trim(tree, SPACES) if number == len(to_pattern) else tree
        queries.append((f"spelled_{number}", select([column("value"), aliased(tree, "pattern")], last)))
        last = queries[-1][0]
    for number, step in enumerate(to_folded, 1):
        tree = step(column("pattern" if number == 1 else "folded"))
        tree = dialect.trim(tree, SPACES) if number == len(to_folded) else tree
        name = "folds" if number == len(to_folded) else f"lower_{number}"
        columns = [column("value"), column("pattern"), aliased(tree, "folded")]
        queries.append((name, select(columns, last)))
        last = name
    return queries
