"""Two models side by side, in the order in which a file names things."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.changes.change import Change, Detail
from leadline_compiler.changes.meanings import compare_meanings
from leadline_compiler.changes.results import compare_results
from leadline_compiler.changes.rules import compare_rules
from leadline_compiler.changes.schemas import compare_schemas
from leadline_compiler.changes.scores import compare_scores
from leadline_compiler.model import Model


def compare_models(old: Model, new: Model) -> tuple[Change, ...]:
    """What has changed, in the order of the file; empty where both mean the same under the same names."""
    return (
        *_compare_heads(old, new),
        *compare_schemas(old.schema, new.schema),
        *compare_meanings(old, new),
        *compare_scores(old, new),
        *compare_rules(old, new),
        *compare_results(old, new),
    )


def _compare_heads(old: Model, new: Model) -> Iterator[Change]:
    if old.name != new.name:
        yield Change("changed", "model", new.name, (Detail("name", old.name, new.name),), matters=False)
    if old.zone.name != new.zone.name:
        yield Change("changed", "model", new.name, (Detail("time zone", old.zone.name, new.zone.name),))
