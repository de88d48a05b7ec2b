"""The definitions of the runtime, and which of them a piece of code needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

PYTHON_FILES = ("texts", "numbers", "moments", "dates", "values", "keys", "events", "measures", "decays", "rules")
JAVASCRIPT_FILES = ("integers", *PYTHON_FILES)
_OWN = "leadline_compiler"


@dataclass(frozen=True, slots=True)
class Part:
    """A top-level definition: what it defines, the words in it, its text."""

    names: frozenset[str]
    words: frozenset[str]
    text: str


def pick_parts(parts: Iterable[Part], wanted: Iterable[str]) -> list[Part]:
    """The parts that define the wanted names, and all that these need, in their order."""
    parts = tuple(parts)
    by_name = {name: part for part in parts for name in part.names}
    picked: set[Part] = set()
    open_ = list(wanted)
    while open_:
        part = by_name.get(open_.pop())
        if part is not None and part not in picked:
            picked.add(part)
            open_.extend(part.words)
    return [part for part in parts if part in picked]


def _read(language: str, name: str) -> str:
    return (resources.files(__package__) / "runtime" / language / name).read_text("utf-8")


# ---- Python


@lru_cache(maxsize=1)
def python_parts() -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """The imports from the standard library, a part for each name, and the definitions."""
    imports: dict[Part, None] = {}
    definitions: list[Part] = []
    for name in PYTHON_FILES:
        source = _read("python", f"{name}.py")
        for statement in ast.parse(source).body:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                imports.update(dict.fromkeys(_imports(statement)))
            elif isinstance(statement, ast.Expr):
                _add_docstring(definitions, statement, source)
            else:
                definitions.append(_definition(statement, source))
    return tuple(imports), tuple(definitions)


def _imports(statement: ast.Import | ast.ImportFrom) -> Iterator[Part]:
    module = statement.module or "" if isinstance(statement, ast.ImportFrom) else ""
    if module.startswith((_OWN, "__future__")):
        return
    for alias in statement.names:
        text = f"from {module} import {alias.name}" if module else f"import {alias.name}"
        yield Part(frozenset({alias.name}), frozenset(), text)


def _definition(statement: ast.stmt, source: str) -> Part:
    lines = source.splitlines()
    first = min(node.lineno for node in (statement, *getattr(statement, "decorator_list", ())))
    text = "\n".join(lines[first - 1 : statement.end_lineno])
    match statement:
        case ast.FunctionDef() | ast.ClassDef():
            names = {statement.name}
        case ast.Assign():
            names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            names = {name}
        case _:
            raise ValueError(f"the runtime has a statement that defines nothing: {text}")
    return Part(frozenset(names), words_of_python(statement), text)


def words_of_python(tree: ast.AST) -> frozenset[str]:
    """The names that a piece of Python reads."""
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _add_docstring(definitions: list[Part], statement: ast.Expr, source: str) -> None:
    if definitions and statement.lineno > 1:
        last = definitions.pop()
        definitions.append(Part(last.names, last.words, f"{last.text}\n{ast.get_source_segment(source, statement)}"))


# ---- JavaScript

_CHUNKS = re.compile(r"\n\n+(?=\S)")
_DEFINED = re.compile(r"^(?:export )?(?:function|const|class) ([A-Za-z_$][\w$]*)", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_COMMENT = re.compile(r"/\*[\s\S]*?\*/|^\s*//[^\n]*", re.MULTILINE)
_IMPORT = re.compile(r"^import [^;]*;\n?", re.MULTILINE)


@lru_cache(maxsize=1)
def javascript_parts() -> tuple[Part, ...]:
    """The definitions, which stand apart by blank lines."""
    parts = []
    for name in JAVASCRIPT_FILES:
        for chunk in _CHUNKS.split(_IMPORT.sub("", _read("javascript", f"{name}.mjs"))):
            names = frozenset(_DEFINED.findall(chunk))
            if names:
                text = re.sub(r"^export ", "", chunk.strip(), flags=re.MULTILINE)
                parts.append(Part(names, words_of_javascript(text), text))
    return tuple(parts)


def words_of_javascript(text: str) -> frozenset[str]:
    """All words of a piece of JavaScript outside of comments; more than the names that it reads, never less."""
    return frozenset(_WORD.findall(_COMMENT.sub("", text)))
