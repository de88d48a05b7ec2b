"""The single tests of a model: which fields and properties are asked which questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leadline_compiler.conditions import Is, IsIn, Matches, Occurrence, TextTest
from leadline_compiler.model import Model, Table
from leadline_dsl.walk import children

QuestionOfText = Is | IsIn | TextTest | Matches


def questions_of_text(model: Model) -> Iterator[tuple[QuestionOfText, tuple[str, ...] | None]]:
    """Every test of a text in the model, and the events whose property it asks for (None: the contact's field)."""
    for root in _roots(model):
        yield from _questions(root, None)


def _roots(model: Model) -> Iterator[Any]:
    for rule in model.rules:
        yield rule.body
    yield from (exit_.condition for exit_ in model.exits)
    yield from (stage.condition for stage in model.stages)
    yield from model.ignored


def _questions(root: Any, events: tuple[str, ...] | None) -> Iterator[tuple[QuestionOfText, tuple[str, ...] | None]]:
    open_: list[tuple[Any, tuple[str, ...] | None]] = [(root, events)]
    while open_:
        node, inside = open_.pop()
        if isinstance(node, Is | IsIn | TextTest | Matches):
            yield node, inside
        if isinstance(node, Occurrence):
            open_.append((node.where, node.events))
            open_.append((node.windows, inside))
        else:
            open_.extend((child, inside) for child in children(node))


def tables_of(model: Model) -> Iterator[Table]:
    return (rule.body for rule in model.rules if isinstance(rule.body, Table))
