"""A plan as one Python module that needs the standard library and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from leadline_compiler.emit.emitted import Emitted
from leadline_compiler.emit.language import Pairs
from leadline_compiler.emit.module import write_model
from leadline_compiler.emit.quoting import indented, quote_python, wrapped
from leadline_compiler.emit.runtime_parts import pick_parts, python_parts, words_of_python
from leadline_compiler.patterns import Pattern, fold, to_python_regex
from leadline_compiler.plan.plan import Plan


class _Python:
    """How Python writes things."""

    none = "None"

    def name(self, snake: str) -> str:
        return snake

    def text(self, text: str) -> str:
        return quote_python(text)

    def whole(self, value: int) -> str:
        return f"{value:_}" if abs(value) >= 10_000 else str(value)

    def truth(self, value: bool) -> str:
        return str(value)

    def sequence(self, items: Iterable[str]) -> str:
        written = list(items)
        return f"({written[0]},)" if len(written) == 1 else wrapped("(", written, ")")

    def text_set(self, texts: Iterable[str]) -> str:
        return f"frozenset({wrapped('{', map(quote_python, sorted(set(texts))), '}')})"

    def record(self, pairs: Pairs) -> str:
        return wrapped("{", (f"{quote_python(name)}: {value}" for name, value in pairs), "}")

    def table(self, pairs: Pairs) -> str:
        return self.record(pairs)

    def pattern(self, pattern: Pattern) -> str:
        is_deep = fold(pattern.root, lambda _, below: 1 + max(below, default=0)) > _DEEP
        return f"{'compile_deep' if is_deep else 're.compile'}({quote_python(to_python_regex(pattern))})"

    def closure(self, function: str, *more: str) -> str:
        return f"lambda raw: {function}(raw, {', '.join(more)})" if more else function

    def joined(self, word: str, parts: Iterable[str]) -> str:
        return f" {word} ".join(parts)

    def negated(self, part: str) -> str:
        return f"not {part}"

    def at_property(self, name: str) -> str:
        return f"event[{quote_python(name)}]"

    def make(self, name: str, *arguments: str) -> str:
        return f"{name}({', '.join(arguments)})"

    def growing(self) -> str:
        return "[]"

    def total(self, points: Iterable[str]) -> str:
        written = list(points)
        if len(written) < 2:
            return written[0] if written else "0"
        return "sum((\n" + "".join(f"    {item},\n" for item in written) + "))"

    def define(self, name: str, value: str) -> str:
        return f"    {name} = {indented(value)}"

    def constant(self, name: str, value: str) -> str:
        return f"{name} = {value}"

    def condition_function(self, name: str, lines: Iterable[str], condition: str) -> str:
        return "\n".join([f"\n\ndef {name}(event):", *lines, f"    return {indented(condition)}\n\n"])

    def comment(self, text: str) -> str:
        return f"\n    # {quote_python(text)[1:-1]}"


PYTHON = "3.11"
"""The oldest Python that the emitted module is made for."""
_DEEP = 50
_SCORE_DOCSTRING = '    """The result of a contact as of a moment; see above."""'
_HEADER = '''"""The lead scoring model {name}, made by Leadline from its rules (plan version {version}).

Not for editing: change the rules and compile them again. Needs Python {python} or newer, and nothing else.

    result = score({{"id": "1", "events": [{{"event": NAME, "at": "2026-11-20T09:00"}}]}}, "2026-11-21")

`contact` is one contact as a line of JSON Lines has it: the fields of the model by heading or name, and under
`events` its events with their properties, also in the short form {{NAME: {{PROPERTY: VALUE}}, "at": ...}}. What a type
does not admit counts as missing. `as_of` is a text (a day, which counts whole, or a date and time, without offset in
the zone {zone}), a date, a datetime, or whole microseconds since 1970-01-01T00:00 UTC.

Raises TypeError for a contact that is no dict and for an `as_of` that is missing or of another type, and ValueError
for a text or number that is no moment.
"""'''


def emit_python(plan: Plan) -> Emitted:
    """One module with `score(contact, as_of)`; its result is the one of every backend."""
    model = write_model(plan, _Python())
    definitions = "\n".join(model.definitions)
    body = "\n".join(model.lines)
    score = f"def score(contact, as_of=None):\n{_SCORE_DOCSTRING}\n{body}\n    return {model.result}\n"
    imports, parts = python_parts()
    picked = pick_parts(parts, words_of_python(ast.parse(f"{definitions}\n{score}")))
    words = frozenset().union(*(part.words for part in picked), words_of_python(ast.parse(definitions)))
    needed = _merged(part.text for part in imports if part.names & words)
    header = _HEADER.format(
        name=quote_python(plan.name), version=plan.version, zone=plan.schema.zone.name, python=PYTHON
    )
    sections = [
        header,
        "\n".join(["from __future__ import annotations", "", *needed]),
        "# ---- the runtime, the same for every model",
        *(part.text for part in picked),
        "# ---- the model",
        definitions,
        score,
        "# ---- the time zone",
        model.zone,
    ]
    text = re.sub(r"\n{4,}", "\n\n\n", "\n\n\n".join(sections))
    return Emitted(((".py", text),))


def _merged(imports: Iterable[str]) -> list[str]:
    """Import statements, one a module."""
    modules: dict[str, list[str]] = {}
    for line in sorted(imports):
        module, _, name = line.partition(" import ")
        modules.setdefault(module, []).extend([name] if name else [])
    return [f"{module} import {', '.join(names)}" if names else module for module, names in modules.items()]
