"""The single tests of a model: which fields and properties are asked which questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leadline_compiler.conditions import Defined, DefinedAmount, Is, IsIn, Matches, Occurrence, TextTest
from leadline_compiler.model import Model, Table
from leadline_dsl.walk import children

QuestionOfText = Is | IsIn | TextTest | Matches


def questions_of_text(model: Model) -> Iterator[tuple[QuestionOfText, tuple[str, ...] | None]]:
    """Every test of a text in the model, and the events whose property it asks for (None: the contact's field)."""
    defines: set[str] = set()
    for root in _roots(model):
        yield from _questions(root, defines)


def _roots(model: Model) -> Iterator[Any]:
    for rule in model.rules:
        yield rule.body
    yield from (exit_.condition for exit_ in model.exits)
    yield from (stage.condition for stage in model.stages)
    yield from model.ignored


def _questions(root: Any, defines: set[str]) -> Iterator[tuple[QuestionOfText, tuple[str, ...] | None]]:
    """The tests below a node; each define is gone into once, since defines of defines unfold without end."""
    open_: list[tuple[Any, tuple[str, ...] | None]] = [(root, None)]
    while open_:
        node, inside = open_.pop()
        if isinstance(node, Is | IsIn | TextTest | Matches):
            yield node, inside
        if isinstance(node, Defined | DefinedAmount):
            if node.name in defines:
                continue
            defines.add(node.name)
        if isinstance(node, Occurrence):
            open_.append((node.where, node.events))
            open_.append((node.windows, inside))
        else:
            open_.extend((child, inside) for child in children(node))


def tables_of(model: Model) -> Iterator[Table]:
    return (rule.body for rule in model.rules if isinstance(rule.body, Table))
