"""The rules of the workload over facts: what remains for an engine that knows of no events.

Engines that compare values but neither count nor date events are given both done: a flat record of folded texts,
numbers, and one number for each thing that rules ask of the events, each worked out once. A missing text is `""`, a
missing number `MISSING`, so that no engine stumbles over null.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .by_hand import Writer, define, fold
from .schema import NUMBERS
from .specs import Spec

MISSING = -1_000_000_000
"""Below every number of the workload."""


@dataclass(frozen=True)
class Test:
    """A comparison of a fact: `is`, `is not`, `in`, `contains`, `least` or `between`."""

    kind: str
    fact: str
    value: Any


@dataclass(frozen=True)
class Line:
    """Points, in thousandths, if all tests hold; times the fact `by` where one is named."""

    group: int
    tests: tuple[Test, ...]
    points: int
    by: str | None = None


def write_lines(specs: list[Spec], times: str) -> tuple[list[Line], Callable[..., dict[str, Any]]]:
    """The rules over facts, and `facts(contact, as_of)`; the disqualifiers are left to `finish`."""
    writer = _FactWriter(collects=False)
    writer.note(specs)
    lines = [line for spec in specs if spec.kind != "disqualify" for line in writer.lines(spec)]
    source = writer.facts_source(times)
    return lines, define("facts", source, writer.constants)


class _FactWriter(Writer):
    """Facts under one name each, however often they are asked for."""

    def note(self, specs: list[Spec]) -> None:
        self._with_days = {spec.data["where"].event for spec in specs if spec.kind == "per day"}
        self._facts: dict[str, str] = {}
        for spec in specs:
            if spec.kind == "disqualify":
                self._field(spec.data["name"])

    def lines(self, spec: Spec) -> list[Line]:
        data, points = spec.data, spec.points * 1000
        if (tests := self._tests(spec)) is not None:
            return [Line(spec.group, tests, points)]
        where = data["where"]
        match spec.kind:
            case "counted bands":
                return self._row_lines(spec, self._count(where))
            case "recent":
                last = f"max([{self._each(where, 'at')}], default=None)"
                return self._row_lines(spec, f"{MISSING} if (last := {last}) is None else (as_of - last).days")
            case "capped":
                return [Line(spec.group, (), points, self._fact(f"min({self._count(where)}, {data['times']})"))]
            case "decay":
                worth = f"sum([{self._worths(spec, where, points)}])"
            case "per day":
                worth = f"{points} * {self._limited_times(spec, where, 'day')}"
            case _:
                worth = f"{points} * {self._limited_times(spec, where, data['name'])}"
        return [Line(spec.group, (), 1, self._fact(self._bound(worth, spec)))]

    def facts_source(self, times: str) -> str:
        self._prepare(times)
        given = [f"{name!r}: {_given(name)}" for name in self._fields]
        if "email" in self._fields:
            given.append("'domain': domain or ''")
        given += [f"{name!r}: {expression}" for expression, name in self._facts.items()]
        self._emit("return {" + ", ".join(given) + "}")
        return "def facts(contact, as_of):\n" + "\n".join("    " + line for line in self._lines) + "\n"

    def finish_source(self, specs: list[Spec]) -> str:
        self._groups = {spec.group: None for spec in specs if spec.kind != "disqualify"}
        self._emit(f"{', '.join(f'group_{group}' for group in self._groups)}, = groups")
        self._total()
        self._emit("reasons = []")
        for spec in specs:
            if spec.kind == "disqualify":
                self._emit(f"if facts[{spec.data['name']!r}] == {fold(spec.data['value'])!r}:")
                self._emit(f"    reasons.append('Exit {spec.number}')")
        self._finish()
        return "def finish(facts, groups):\n" + "\n".join("    " + line for line in self._lines) + "\n"

    def _tests(self, spec: Spec) -> tuple[Test, ...] | None:
        data = spec.data
        match spec.kind:
            case "equals" | "band":
                return (self._part(data),)
            case "negated":
                return (Test("is not", self._field(data["name"]), fold(data["value"])),)
            case "in list":
                return (Test("in", self._field(data["name"]), tuple(map(fold, data["values"]))),)
            case "domain":
                self._field("email")
                return (Test("in", "domain", tuple(map(fold, data["values"]))),)
            case "contains":
                return (Test("contains", self._field("title"), data["value"].casefold()),)
            case "missing":
                name = self._field(data["name"])
                return (Test("is", name, MISSING if name in NUMBERS else ""),)
            case "joint":
                return tuple(map(self._part, data["parts"]))
            case "joint with event":
                return (self._part(data["parts"][0]), Test("least", self._fact(self._count(data["where"])), 1))
            case "once":
                return (Test("least", self._fact(self._count(data["where"])), data["least"]),)
            case "quiet":
                return (Test("least", self._fact(f"int({self._quiet(data)})"), 1),)
        return None

    def _part(self, part: dict[str, Any]) -> Test:
        name = self._field(part["name"])
        if part["test"] == "is":
            return Test("is", name, fold(part["value"]))
        return Test("between", name, part["value"])

    def _row_lines(self, spec: Spec, expression: str) -> list[Line]:
        fact, lines = self._fact(expression), []
        for low, high, points in spec.data["rows"]:
            test = Test("least", fact, low) if high is None else Test("between", fact, (low, high))
            lines.append(Line(spec.group, (test,), points * 1000))
        return lines

    def _fact(self, expression: str) -> str:
        return self._facts.setdefault(expression, f"fact_{len(self._facts)}")


def _given(name: str) -> str:
    return f"{MISSING} if {name} is None else {name}" if name in NUMBERS else f"{name} or ''"


def build_finish(specs: list[Spec]) -> Callable[..., Any]:
    """`finish(facts, groups)`: status, reasons, total, scores, grade and stage from the sums of the groups."""
    return define("finish", _FactWriter(collects=False).finish_source(specs), {})
