"""Rules over facts as expressions in the languages of the peers, which differ in a few words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from workload.facts import Line, Test


@dataclass(frozen=True)
class Words:
    """How a language says `and`, that a text contains another, and that a fact is one of several."""

    both: str
    contains: str = "{fact}.contains({value})"
    is_in: str = "{fact} in [{values}]"


def group_sums(lines: list[Line], words: Words) -> list[str]:
    """An expression for each group, the sum of its rules."""
    groups: dict[int, list[str]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(_points(line, words))
    return [balanced(parts, lambda one, other: f"({one} + {other})") for parts in groups.values()]


def balanced(parts: list[str], join: Callable[[str, str], str]) -> str:
    """All parts joined as a tree of little depth, since parsers and evaluators of expressions recurse."""
    while len(parts) > 1:
        parts = [join(*parts[at : at + 2]) if at + 1 < len(parts) else parts[at] for at in range(0, len(parts), 2)]
    return parts[0]


def _points(line: Line, words: Words) -> str:
    worth = str(line.points) if line.by is None else line.by if line.points == 1 else f"{line.points} * {line.by}"
    if not line.tests:
        return f"({worth})"
    return f"({f' {words.both} '.join(_test(test, words) for test in line.tests)} ? {worth} : 0)"


def _test(test: Test, words: Words) -> str:
    fact, value = test.fact, test.value
    match test.kind:
        case "is":
            return f"{fact} == {quote(value)}"
        case "is not":
            return f"{fact} != {quote(value)}"
        case "in":
            return words.is_in.format(fact=fact, values=", ".join(map(quote, value)))
        case "contains":
            return words.contains.format(fact=fact, value=quote(value))
        case "least":
            return f"{fact} >= {value}"
        case _:
            return f"{fact} >= {value[0]} {words.both} {fact} <= {value[1]}"


def quote(value: object) -> str:
    """A text or a number as a literal."""
    return json.dumps(value, ensure_ascii=False)
