"""The statements of a file and of all files that it includes, in the order in which they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from leadline_dsl import syntax as s
from leadline_dsl.codes import severity_of
from leadline_dsl.diagnostics import Diagnostic, Label
from leadline_dsl.nodes import node
from leadline_dsl.parser import Document, ParsedStatement, parse
from leadline_dsl.source import Place, Source, Span
from leadline_dsl.syntax import Node


@node
class Unreadable:
    """Why a file cannot be read, as a clause: `does not exist`. `help` says what to do, if anything is known."""

    reason: str
    help: str = ""


DOES_NOT_EXIST = "does not exist"
_COUNTS_FROM = "the path counts from the folder of this file"

Loader = Callable[[str, str], Source | Unreadable]
"""Reads the file that a path names in a file: called with the name of the naming file and the path. The name of
the source it answers must be the same for the same file, whatever the path."""


@node
class Entry:
    """A statement that could be read, and the file it stands in."""

    file: str
    item: ParsedStatement
    node: Node

    @property
    def start(self) -> int:
        return self.item.statement.start

    @property
    def line(self) -> int:
        return self.item.statement.line

    @property
    def text(self) -> str:
        return self.item.statement.text

    def place(self, span: Span | None = None) -> Place:
        """A span of the statement, or all of it, in its file."""
        start, end = span or self.node.span
        by = self.item.statement.start
        return Place(self.file, Span(start + by, end + by))


@node
class Broken:
    """A statement that cannot be read, and before which of the entries it stands: its kind may still open a block."""

    kind: str
    before: int


@dataclass(slots=True)
class Gathered:
    """`documents` by file name, the scored file first."""

    main: str
    entries: list[Entry] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def sources(self) -> Mapping[str, Source]:
        return {name: document.source for name, document in self.documents.items()}


def gather(source: Source, load: Loader) -> Gathered:
    """All statements, those of an included file where its `include` stands; each file is taken once."""
    gathered = Gathered(source.name)
    _take(source, load, gathered, [])
    return gathered


_DEEPEST = 50
"""Files that include one another in a chain."""


def _take(source: Source, load: Loader, gathered: Gathered, chain: list[tuple[str, Place]]) -> None:
    document = parse(source)
    gathered.documents[source.name] = document
    gathered.diagnostics.extend(document.diagnostics)
    first_score: Entry | None = None
    for item in document.statements:
        found = item.parsed.node
        if found is None:
            gathered.broken.append(Broken(item.statement.kind, len(gathered.entries)))
            continue
        entry = Entry(source.name, item, found)
        if isinstance(found, s.Include):
            if first_score is not None:
                gathered.diagnostics.append(_too_late(entry, first_score))
            _include(entry, found, load, gathered, chain)
        else:
            if first_score is None and isinstance(found, s.Score):
                first_score = entry
            gathered.entries.append(entry)


def _include(entry: Entry, node: s.Include, load: Loader, gathered: Gathered, chain: list[tuple[str, Place]]) -> None:
    place = entry.place(node.path.span)
    loaded = load(entry.file, node.path.value)
    if isinstance(loaded, Unreadable):
        gathered.diagnostics.append(missing_file(place, node.path.value, loaded))
        return
    links = [*chain, (entry.file, place)]
    if loaded.name in [name for name, _ in links]:
        gathered.diagnostics.append(_circle(place, loaded.name, links))
    elif len(links) > _DEEPEST:
        message = f"more than {_DEEPEST} files include one another in a chain"
        gathered.diagnostics.append(_error("include-cycle", message, place))
    elif loaded.name not in gathered.documents:
        _take(loaded, load, gathered, links)


def _error(name: str, message: str, place: Place, hint: str = "", related: tuple[Label, ...] = ()) -> Diagnostic:
    return Diagnostic(name, severity_of(name), message, place.span, place.file, related, hint)


def missing_file(place: Place, path: str, why: Unreadable) -> Diagnostic:
    advice = why.help or (_COUNTS_FROM if why.reason == DOES_NOT_EXIST else "")
    return _error("missing-file", f"`{path}` {why.reason}", place, advice)


def _circle(place: Place, name: str, links: list[tuple[str, Place]]) -> Diagnostic:
    start = next(index for index, (file, _) in enumerate(links) if file == name)
    related = tuple(Label(f"`{file}` goes on here", at.span, at.file) for file, at in links[start:-1])
    return _error("include-cycle", f"`{name}` includes itself, in a circle", place, "leave this line out", related)


def _too_late(entry: Entry, score: Entry) -> Diagnostic:
    label = Label("the first score begins here", score.place().span, score.file)
    return _error("syntax", "an `include` stands before the first score", entry.place(), "move it up", (label,))
