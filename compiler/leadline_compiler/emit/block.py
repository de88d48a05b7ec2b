"""The body of one emitted function: conditions and amounts of a plan as expressions and named values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from leadline_compiler.emit.language import Language
from leadline_compiler.emit.naming import Namer
from leadline_compiler.emit.needs import reached, uses_of
from leadline_compiler.patterns import Pattern, parse_pattern
from leadline_compiler.plan.plan import Node, Plan

_DEEPEST = 8
"""Calls inside each other before an inner one is given a name, for readers and for parsers with little stack."""
_MOST_INLINE = 8
"""Texts of a test that are listed where it stands."""
_SAME = frozenset({"domain", "count", "average", "lowest", "highest", "latest", "earliest", "different", "matches"})
_CALLS = {name: name for name in _SAME} | {
    "above": "above",
    "least": "at_least",
    "within": "is_within",
    "contains": "contains_any",
    "starts": "starts_any",
    "ends": "ends_any",
    "includes_any": "includes_any",
    "includes_all": "includes_all",
    "domain": "domain_of",
    "sum": "sum_of_known",
    "add": "add",
    "subtract": "subtract",
    "multiply": "multiply",
    "divide": "divide",
}
_TRUTHS = {"yes": "is_yes", "known": "is_known", "has": "has_some"}
_AGES = frozenset({"days_since", "days_until", "days_since_first", "days_since_last"})
_PLAIN = frozenset({"always", "never", "field", "number", "moment", "property"})
_WINDOWS = {
    "within": "in_the_last",
    "ago": "more_than_ago",
    "within_months": "in_the_last_months",
    "ago_months": "more_than_months_ago",
    "since": "since",
    "before": "before",
    "since_date": "since",
    "before_date": "before",
}


@dataclass(slots=True)
class Shared:
    """What all functions of a module share: the constants and functions that they call for, by their text."""

    plan: Plan
    language: Language
    namer: Namer
    constants: dict[str, str] = field(default_factory=dict)
    functions: dict[int, str] = field(default_factory=dict)
    definitions: list[str] = field(default_factory=list)

    def call(self, function: str, *arguments: str) -> str:
        return f"{self.language.name(function)}({', '.join(arguments)})"

    def constant(self, prefix: str, value: str) -> str:
        """The name of a constant with this value."""
        if value not in self.constants:
            self.constants[value] = self.namer.name(prefix.upper())
            self.definitions.append(self.language.constant(self.constants[value], value))
        return self.constants[value]

    def where(self, root: int) -> str:
        """The name of the function that judges an event's properties by the condition."""
        if root not in self.functions:
            block = Block(self, uses_of(self.plan, [root]), {})
            condition = block.value(root)
            self.functions[root] = name = self.namer.name("where")
            self.definitions.append(self.language.condition_function(name, block.lines, condition))
        return self.functions[root]

    def values(self, plain: Iterable[str | int | bool]) -> str:
        return self.language.sequence(map(self.literal, plain))

    def literal(self, value: str | int | bool) -> str:
        if isinstance(value, str):
            return self.language.text(value)
        return self.language.truth(value) if isinstance(value, bool) else self.language.whole(value)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Code for a node, how many calls lie inside each other in it, and whether it is safe beside `and`."""

    code: str
    depth: int
    is_safe: bool = True


@dataclass(slots=True)
class Block:
    """The statements of a function so far. `uses` says which nodes are worth a name of their own.

    `names` are the names of fields by index, `scores` and `grades` (None is the total) those that are known by
    now, `events` the variable with the events.
    """

    shared: Shared
    uses: Counter[int]
    names: Mapping[int, str]
    events: str = "events"
    scores: dict[int | None, str] = field(default_factory=dict)
    grades: dict[int | None, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    done: dict[int, _Piece] = field(default_factory=dict)

    def value(self, root: int) -> str:
        """The code for a node, after statements for the parts of it that have names."""
        for index in reached(self.shared.plan, [root], self.done):
            self.done[index] = self._piece(index)
        return self.done[root].code

    def define(self, name: str, value: str) -> str:
        """Adds a statement that names a value, and returns the name."""
        self.lines.append(self.shared.language.define(name, value))
        return name

    def _piece(self, index: int) -> _Piece:
        node = self.shared.plan.nodes[index]
        piece = self._write(node)
        is_plain = node[0] in _PLAIN
        if node[0] == "events":
            kinds = node[1] if len(node[1]) < len(self.shared.plan.schema.events) else ("any",)
            return _Piece(self.define(self.shared.namer.name("found", kinds[0]), piece.code), 0)
        if is_plain or (self.uses[index] <= 1 and piece.depth < _DEEPEST):
            return piece
        return _Piece(self.define(self.shared.namer.name("shared"), piece.code), 0)

    def _write(self, node: Node) -> _Piece:
        language = self.shared.language
        match node:
            case ("always" | "never",):
                return _Piece(language.truth(node[0] == "always"), 0)
            case ("and" | "or" as word, parts):
                return self._joined(word, parts)
            case ("not", part):
                return _Piece(language.negated(self._safe(part)), self.done[part].depth + 1)
            case ("field", index):
                return _Piece(self.names[index], 0)
            case ("property", name, _):
                return _Piece(language.at_property(name), 0)
            case ("number" | "moment", value):
                return _Piece(language.whole(value), 0)
            case ("score", score):
                return _Piece(self.shared.call("from_points", self.scores[score]), 1)
            case ("grade", score):
                return _Piece(self.shared.call("letter_text", self.grades[score]), 1)
            case ("events", kinds, where, windows):
                return _Piece(self._matching(kinds, where, windows), 1)
            case _:
                return self._test_or_amount(node)

    def _joined(self, word: str, parts: tuple[int, ...]) -> _Piece:
        if len(parts) == 1:
            return self.done[parts[0]]
        depth = 1 + max((self.done[part].depth for part in parts), default=0)
        return _Piece(self.shared.language.joined(word, map(self._safe, parts)), depth, is_safe=False)

    def _safe(self, index: int) -> str:
        piece = self.done[index]
        return piece.code if piece.is_safe else f"({piece.code})"

    def _test_or_amount(self, node: Node) -> _Piece:
        shared, language = self.shared, self.shared.language
        op, first, *more = node
        inner = self.done[first]
        match op:
            case "yes" | "known" | "has":
                code = shared.call(_TRUTHS[op], inner.code)
            case "one_of":
                code = self._one_of(inner.code, more[0])
            case "in_list":
                code = self._in_list(inner.code, shared.plan.lists[more[0]])
            case "matches":
                code = shared.call("matches", inner.code, self._pattern(more[0]))
            case _ if op in _AGES:
                code = shared.call(op, inner.code, language.name("now"))
            case _:
                return self._call(node)
        return _Piece(code, inner.depth + 1)

    def _call(self, node: Node) -> _Piece:
        op, *arguments = node
        two_amounts = op in ("above", "least", "add", "subtract", "multiply", "divide")
        amounts = [self.done[index] for index in arguments[: 2 if two_amounts else 1]]
        more = [self._plain(argument) for argument in arguments[len(amounts) :]]
        if op in ("lowest", "highest", "latest", "earliest", "different"):
            more = more[:1]  # the type of the property follows
        code = self.shared.call(_CALLS[op], *(piece.code for piece in amounts), *more)
        return _Piece(code, 1 + max(piece.depth for piece in amounts))

    def _plain(self, argument: Any) -> str:
        return self.shared.values(argument) if isinstance(argument, tuple) else self.shared.literal(argument)

    def _one_of(self, amount: str, values: tuple[str, ...] | tuple[int, ...] | tuple[bool, ...]) -> str:
        texts = [value for value in values if isinstance(value, str)]
        if not texts:
            return self.shared.call("is_one_of", amount, self.shared.values(values))
        if len(texts) > _MOST_INLINE:
            return self._in_list(amount, texts)
        return self.shared.call("is_text", amount, self.shared.values(texts))

    def _in_list(self, amount: str, entries: Iterable[str]) -> str:
        name = self.shared.constant("texts", self.shared.language.text_set(entries))
        return self.shared.call("is_in_list", amount, name)

    def _pattern(self, text: str) -> str:
        pattern = parse_pattern(text)
        assert isinstance(pattern, Pattern), "a plan's patterns have been read before"
        return self.shared.constant("pattern", self.shared.language.pattern(pattern))

    def _matching(self, kinds: tuple[str, ...], where: int | None, windows: tuple[tuple[str, int], ...]) -> str:
        shared = self.shared
        arguments = [self.events, shared.values(kinds)]
        if where is not None or windows:
            arguments.append(shared.language.none if where is None else shared.where(where))
        if windows:
            arguments.append(shared.language.sequence(self._window(*window) for window in windows))
        return shared.call("matching", *arguments)

    def _window(self, kind: str, bound: int) -> str:
        function = _WINDOWS[kind]
        if kind.endswith("_date"):
            return self.shared.call(function, self.done[bound].code)
        arguments = [self.shared.language.whole(bound)]
        if kind not in ("since", "before"):
            arguments.append(self.shared.language.name("now"))
        if kind.endswith("_months"):
            arguments.append("ZONE")
        return self.shared.call(function, *arguments)
