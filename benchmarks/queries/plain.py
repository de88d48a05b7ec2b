"""The rules of the workload as one query says them: an expression for each rule, an aggregate for each count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from workload.specs import Spec, Where

T = TypeVar("T")
DAY = 86_400_000_000
"""Microseconds."""


class Words(Protocol[T]):
    """How an engine says things. Points are thousandths; `T` is one of its expressions."""

    def field(self, name: str) -> T: ...
    def domain(self) -> T: ...
    def equals(self, value: T, wanted: str) -> T: ...
    def differs(self, value: T, unwanted: str) -> T: ...
    def is_in(self, value: T, wanted: Sequence[str]) -> T: ...
    def between(self, value: T, low: int, high: int | None) -> T: ...
    def contains(self, value: T, part: str) -> T: ...
    def is_missing(self, value: T) -> T: ...
    def both(self, conditions: Sequence[T]) -> T: ...
    def cases(self, rows: Sequence[tuple[T, int]]) -> T: ...
    def scaled(self, value: T, most: int | None, points: int) -> T: ...
    def bounded(self, value: T, cap: int) -> T: ...
    def count(self, where: Where) -> T: ...
    def count_any(self, events: Sequence[str], days: int) -> T: ...
    def days_since(self, where: Where) -> T: ...
    def worth(self, where: Where, points: int, every: int) -> T: ...
    def count_by(self, where: Where, key: str, times: int) -> T: ...


def points_of(spec: Spec, words: Words[T]) -> T:
    """What a rule gives a contact."""
    data, points = spec.data, spec.points * 1000
    condition = _condition(spec, words)
    if condition is not None:
        return words.cases([(condition, points)])
    where: Where = data["where"]
    match spec.kind:
        case "capped":
            return words.scaled(words.count(where), data["times"], points)
        case "counted bands" | "recent":
            amount = words.count(where) if spec.kind == "counted bands" else words.days_since(where)
            return words.cases([(words.between(amount, low, high), row * 1000) for low, high, row in data["rows"]])
        case "decay":
            worth = words.worth(where, points, data["every"])
        case "per day":
            worth = words.scaled(words.count_by(where, "day", data["times"]), None, points)
        case _:
            worth = words.scaled(words.count_by(where, data["name"], data["times"]), None, points)
    cap = data.get("up_to")
    return worth if cap is None else words.bounded(worth, cap * 1000)


def exit_of(spec: Spec, words: Words[T]) -> T:
    """Whether a contact is disqualified."""
    return _test(spec.data, words)


def _condition(spec: Spec, words: Words[Any]) -> Any:
    data = spec.data
    match spec.kind:
        case "equals" | "band":
            return _test(data, words)
        case "negated":
            return words.differs(words.field(data["name"]), data["value"])
        case "in list":
            return words.is_in(words.field(data["name"]), data["values"])
        case "contains":
            return words.contains(words.field("title"), data["value"])
        case "domain":
            return words.is_in(words.domain(), data["values"])
        case "joint":
            return words.both([_test(part, words) for part in data["parts"]])
        case "joint with event":
            return words.both([_test(data["parts"][0], words), words.between(words.count(data["where"]), 1, None)])
        case "missing":
            return words.is_missing(words.field(data["name"]))
        case "quiet":
            return words.between(words.count_any(data["events"], data["days"]), 0, 0)
        case "once":
            return words.between(words.count(data["where"]), data["least"], None)
    return None


def _test(part: dict[str, Any], words: Words[T]) -> T:
    value = words.field(part["name"])
    return words.equals(value, part["value"]) if part["test"] == "is" else words.between(value, *part["value"])
