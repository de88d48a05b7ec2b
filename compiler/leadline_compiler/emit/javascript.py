"""A plan as one ES module without dependencies, and its types."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.javascript_regex import to_javascript_regex
from leadline_compiler.emit.javascript_types import write_types
from leadline_compiler.emit.language import Pairs
from leadline_compiler.emit.module import write_model
from leadline_compiler.emit.quoting import camel, indented, quote_javascript, wrapped
from leadline_compiler.emit.runtime_parts import javascript_parts, pick_parts, words_of_javascript
from leadline_compiler.patterns import Pattern
from leadline_compiler.plan.plan import Plan

NODE = 20
"""The oldest Node that the emitted module is tested with."""
_LARGEST_SAFE = 2**53 - 1


class _JavaScript:
    """How JavaScript writes things."""

    none = "null"

    def name(self, snake: str) -> str:
        return camel(snake)

    def text(self, text: str) -> str:
        return quote_javascript(text)

    def whole(self, value: int) -> str:
        return f"{value:{'_' if abs(value) >= 10_000 else ''}}{'' if abs(value) <= _LARGEST_SAFE else 'n'}"

    def truth(self, value: bool) -> str:
        return "true" if value else "false"

    def sequence(self, items: Iterable[str]) -> str:
        return wrapped("[", items, "]")

    def text_set(self, texts: Iterable[str]) -> str:
        return f"new Set({self.sequence(map(quote_javascript, sorted(set(texts))))})"

    def record(self, pairs: Pairs) -> str:
        # In brackets, even `__proto__` is a name like any other.
        return wrapped("{", (f"[{quote_javascript(name)}]: {value}" for name, value in pairs), "}")

    def table(self, pairs: Pairs) -> str:
        return f"new Map({self.sequence(f'[{quote_javascript(name)}, {value}]' for name, value in pairs)})"

    def pattern(self, pattern: Pattern) -> str:
        return to_javascript_regex(pattern)

    def closure(self, function: str, *more: str) -> str:
        return f"(raw) => {camel(function)}(raw, {', '.join(more)})" if more else camel(function)

    def joined(self, word: str, parts: Iterable[str]) -> str:
        return {"and": " && ", "or": " || "}[word].join(parts)

    def negated(self, part: str) -> str:
        return f"!{part}"

    def at_property(self, name: str) -> str:
        return f"event[{quote_javascript(name)}]"

    def make(self, name: str, *arguments: str) -> str:
        return f"new {name}({', '.join(arguments)})"

    def growing(self) -> str:
        return "[]"

    def total(self, points: Iterable[str]) -> str:
        written = list(points)
        if len(written) < 2:
            return written[0] if written else "0"
        return "sumOf([\n" + "".join(f"    {item},\n" for item in written) + "])"

    def define(self, name: str, value: str) -> str:
        return f"    const {name} = {indented(value)};"

    def constant(self, name: str, value: str) -> str:
        return f"const {name} = {value};"

    def condition_function(self, name: str, lines: Iterable[str], condition: str) -> str:
        return "\n".join([f"\nfunction {name}(event) {{", *lines, f"    return {indented(condition)};\n}}\n"])

    def comment(self, text: str) -> str:
        return f"\n    // {quote_javascript(text)[1:-1]}"


_HEADER = """// The lead scoring model {name}, made by Leadline from its rules (plan version {version}).
//
// Not for editing: change the rules and compile them again. Needs Node {node} or newer, or a browser of 2023 or later.
//
//     import {{ score }} from "./FILE.mjs";
//     const result = score({{ id: "1", events: [{{ event: NAME, at: "2026-11-20T09:00" }}] }}, "2026-11-21");
//
// `contact` is one contact as a line of JSON Lines has it: the fields of the model by heading or name, and under
// `events` its events with their properties, also in the short form {{ NAME: {{ PROPERTY: VALUE }}, at: … }}. What a
// type does not admit counts as missing. `asOf` is a text (a day, which counts whole, or a date and time, without
// offset in the zone {zone}), a Date, or whole microseconds since 1970-01-01T00:00 UTC as a number or bigint.
//
// Throws a TypeError for a contact that is no object and for an `asOf` that is missing or of another type, and a
// RangeError for a text, a number or a Date that is no moment. Numbers of more than 15 digits should come as texts or
// bigints: JSON.parse rounds them. Points come as a text where no number has all their digits."""


def emit_javascript(plan: Plan) -> Emitted:
    """One ES module with `score(contact, asOf)`, and a file of types; its result is the one of every backend."""
    model = write_model(plan, _JavaScript())
    definitions = "\n".join(model.definitions)
    body = "\n".join(model.lines)
    score = f"{_SCORE_COMMENT}\nexport function score(contact, asOf) {{\n{body}\n    return {model.result};\n}}"
    words = words_of_javascript(f"{definitions}\n{score}\n{model.zone}")
    picked = pick_parts(javascript_parts(), words)
    header = _HEADER.format(
        name=quote_javascript(plan.name), version=plan.version, zone=plan.schema.zone.name, node=NODE
    )
    sections = [
        header,
        "// ---- the runtime, the same for every model",
        *(part.text for part in picked),
        "// ---- the model",
        definitions,
        score,
        "// ---- the time zone",
        model.zone,
    ]
    text = re.sub(r"\n{3,}", "\n\n", "\n\n".join(sections)) + "\n"
    return Emitted(((".mjs", text), (".d.ts", write_types(plan))))


_SCORE_COMMENT = "/** The result of a contact as of a moment; see above. */"
