"""Changes behind names: defines and lists that rules use, and the events that are ignored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leadline_compiler.changes.change import Change, Detail
from leadline_compiler.changes.wording import one_line
from leadline_compiler.conditions import Defined, DefinedAmount, IsIn
from leadline_compiler.model import Each, Every, Model, Table, When
from leadline_dsl.tokens import quote_text
from leadline_dsl.walk import children

_SHOWN = 5


def compare_meanings(old: Model, new: Model) -> Iterator[Change]:
    """Defines and lists that both models use and that mean something else now; ignored events; facts assumed."""
    defines, lists = _named(old)
    now_defines, now_lists = _named(new)
    for name, entries in now_lists.items():
        if name in lists and lists[name] != entries:
            yield Change("changed", "list", name, tuple(_list_details(lists[name], entries)))
    for name, content in now_defines.items():
        if name in defines and defines[name] != content:
            before, after = one_line(defines[name].text), one_line(content.text)
            # The words may be the same, where a name among them means something else; that has a line of its own.
            details = (Detail("", before, after),) if before != after else ()
            yield Change("changed", "define", name, details)
    yield from _compare_texts("ignore", old.ignored, new.ignored, matters=True)
    yield from _compare_texts("assume", old.assumptions, new.assumptions, matters=False)


def bodies_of(model: Model) -> Iterator[Any]:
    """Every condition, amount and occurrence of a model."""
    for rule in model.rules:
        match rule.body:
            case When(condition):
                yield condition
            case Each(occurrence=occurrence):
                yield occurrence
            case Every(amount=amount) | Table(amount=amount):
                yield amount
    yield from (score.decay.without for score in model.scores if score.decay is not None)
    yield from (exit_.condition for exit_ in model.exits)
    yield from (stage.condition for stage in model.stages)
    yield from model.ignored


def _named(model: Model) -> tuple[dict[str, Any], dict[str, frozenset[str]]]:
    """What each define and each list that the model uses stands for."""
    defines: dict[str, Any] = {}
    lists: dict[str, frozenset[str]] = {}
    open_: list[Any] = list(bodies_of(model))
    while open_:
        node = open_.pop()
        if isinstance(node, Defined | DefinedAmount):
            # Gone into once: defines of defines unfold without end.
            if node.name not in defines:
                defines[node.name] = node.condition if isinstance(node, Defined) else node.amount
                open_.append(defines[node.name])
            continue
        if isinstance(node, IsIn):
            lists[node.list_name] = node.entries
        open_ += children(node)
    return defines, lists


def _list_details(old: frozenset[str], new: frozenset[str]) -> Iterator[Detail]:
    if gone := sorted(old - new):
        yield Detail("", _some(gone), None)
    if more := sorted(new - old):
        yield Detail("", None, _some(more))


def _some(texts: list[str]) -> str:
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(map(quote_text, texts[:_SHOWN])) + more


def _compare_texts(noun: str, old: tuple[Any, ...], new: tuple[Any, ...], *, matters: bool) -> Iterator[Change]:
    """Nodes without names: each is there, or it is not."""
    for node in new:
        if node not in old:
            yield Change("added", noun, one_line(node.text), (), matters=matters)
    for node in old:
        if node not in new:
            yield Change("removed", noun, one_line(node.text), (), matters=matters)
