"""The tables of a model, for the checks of their rows."""

from __future__ import annotations

from collections.abc import Iterator

from leadline_compiler.checks.facts import Facts
from leadline_compiler.model import NumberRange, Row, Rule, Table


def tables(facts: Facts) -> Iterator[tuple[Rule, Table]]:
    for rule in facts.resolution.model.rules:
        if isinstance(rule.body, Table):
            yield rule, rule.body


def ranges_of(table: Table) -> list[tuple[Row, NumberRange]]:
    """All ranges of numbers with their rows, from the lowest on."""
    found = [(row, value) for row in table.rows for value in row.values if isinstance(value, NumberRange)]
    lowest = -(10**30)
    return sorted(found, key=lambda item: (item[1].low if item[1].low is not None else lowest, item[0].place))


def neighbours(table: Table) -> Iterator[tuple[tuple[Row, NumberRange], tuple[Row, NumberRange]]]:
    """Each range but the lowest, after the one below it that reaches the farthest."""
    ranges = ranges_of(table)
    farthest = ranges[0] if ranges else None
    for item in ranges[1:]:
        assert farthest is not None
        yield farthest, item
        high, reached = item[1].high, farthest[1].high
        if reached is not None and (high is None or high > reached):
            farthest = item
