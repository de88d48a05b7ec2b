"""Diagnostics for people: the line, what is marked in it, what belongs to it, and what to type instead.

Only here does rich appear, and it is imported when a text is made: reading and checking rules never needs
it. Nothing a user wrote is read as markup or reaches the terminal with control characters in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from leadline.render.excerpt import Excerpt, excerpt
from leadline.render.printable import printable
from leadline.render.proposal import Proposal, marked_lines, proposal
from leadline.render.regions import in_file_order, region_of, without_line_end
from leadline.render.summary import WORDS
from leadline_dsl.codes import CODES
from leadline_dsl.diagnostics import Diagnostic, Severity
from leadline_dsl.source import Source, Span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_FRAME, _SECOND, _INSERTED, _BOLD = "blue", "bold blue", "bold green", "bold"
_WIDTH_OF_A_FILE = 120
_NARROWEST = 20
_MANY = 3
"""So many notes of one kind in a file are told in short."""
_LACKING = "missing-column"

Fragments = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place to underline; `span` holds no line end at its end."""

    file: str
    source: Source | None
    span: Span
    message: str
    sign: str
    style: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """The measures of one finding: digits in the margin, cells beside it, cells of a sentence (None: any)."""

    digits: int
    room: int
    width: int | None

    def margin(self, number: int | None = None) -> str:
        return f"{'' if number is None else number:>{self.digits}} | "


def print_diagnostics(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source], console: Console) -> None:
    """Prints all findings, each followed by an empty line; the console decides on colours and width.

    Of many notes of one kind in a file the first is shown in full and the others in a line each below it, and so
    it is with what data lacks.
    """
    from rich.segment import Segment, Segments
    from rich.style import Style

    width = console.width if console.is_terminal else None
    # Segments, as rich takes several times as long for thousands of Texts.
    segments = []
    for found, alike in _gather(in_file_order(diagnostics, sources)):
        fragments = _fragments(found, sources, width) + _also(alike, found, sources, width)
        segments += [Segment(text, Style.parse(style) if style else None) for text, style in fragments]
        segments.append(Segment("\n"))
    console.print(Segments(segments), end="", soft_wrap=True)


def _gather(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, Sequence[Diagnostic]]]:
    """Every finding that is shown in full, with those that are shown in short below it."""
    notes: dict[tuple[str, str], list[Diagnostic]] = {}
    shown: list[tuple[Diagnostic, list[Diagnostic]]] = []
    for found in diagnostics:
        may_be_short = found.severity is Severity.INFO or found.name == _LACKING
        alike = notes.setdefault((found.file, found.name), []) if may_be_short else []
        alike.append(found)
        shown.append((found, alike))
    for found, alike in shown:
        if len(alike) < _MANY:
            yield found, ()
        elif found is alike[0]:
            yield found, alike[1:]


def _also(
    alike: Sequence[Diagnostic], first: Diagnostic, sources: Mapping[str, Source], width: int | None
) -> Fragments:
    """Findings like one that is shown in full: place and message, a line each."""
    fragments: Fragments = []
    source = sources.get(first.file)
    digits = len(str(source.position(first.span.start)[0])) if source is not None else 1
    for found in alike:
        line = f":{source.position(found.span.start)[0]}" if source is not None else ""
        lead = f"{' ' * digits} = "
        said = f"{printable(found.file)}{line}: {printable(found.message)}"
        indent = len(lead) + len("also ")
        fragments += [(lead, _FRAME), ("also ", _BOLD), (_sentence(said, indent, indent, width), ""), ("\n", "")]
    return fragments


def diagnostic_text(diagnostic: Diagnostic, sources: Mapping[str, Source], width: int | None = None) -> Text:
    """One finding without a line end after it, at most `width` cells wide where words allow.

    Without a width, as for a pipe or a file, sentences stay on one line and source lines are cut at 120
    cells. Print it with `soft_wrap=True`.
    """
    from rich.text import Text

    return Text.assemble(*_fragments(diagnostic, sources, width)[:-1])


def _fragments(diagnostic: Diagnostic, sources: Mapping[str, Source], width: int | None) -> Fragments:
    """Pieces of text with their styles; the last is the end of the last line."""
    marks = _marks(diagnostic, sources)
    source = sources.get(diagnostic.file)
    proposed = proposal(source, diagnostic.edits) if source else None
    frame = _frame(marks, proposed, width)
    fragments = _header(diagnostic, width)
    for file in dict.fromkeys(mark.file for mark in marks):
        fragments += _listing([mark for mark in marks if mark.file == file], frame, first=file == diagnostic.file)
    return fragments + _footer(diagnostic, proposed, frame)


def _header(diagnostic: Diagnostic, width: int | None) -> Fragments:
    head = f"{WORDS[diagnostic.severity]}[{CODES[diagnostic.name].number} {diagnostic.name}]"
    message = _sentence(printable(diagnostic.message), len(head) + 2, 4, width)
    return [(head, _STYLES[diagnostic.severity]), (": " + message, _BOLD), ("\n", "")]


def _marks(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> list[_Mark]:
    """The place of the finding first, then those that belong to it."""
    source = sources.get(diagnostic.file)
    main = _mark(diagnostic.file, source, diagnostic.span, "", "^", _STYLES[diagnostic.severity])
    return [main] + [
        _mark(label.file, sources.get(label.file), label.span, label.message, "-", _SECOND)
        for label in diagnostic.related
    ]


def _mark(file: str, source: Source | None, span: Span, message: str, sign: str, style: str) -> _Mark:
    message = printable(message)
    if source is None:
        return _Mark(file, None, span, message, sign, style)
    span = without_line_end(source, span)
    place = region_of(source, span)
    if place.end_line > place.line:
        more = f"and on to line {place.end_line}, column {place.end_column - 1}"
        message = f"{message} ({more})" if message else more
    return _Mark(file, source, span, message, sign, style)


def _frame(marks: list[_Mark], proposed: Proposal | None, width: int | None) -> _Frame:
    lines = [mark.source.position(mark.span.start)[0] for mark in marks if mark.source]
    if proposed:
        lines.append(proposed.first + len(proposed.after.line_starts) - 1)
    digits = len(str(max(lines, default=1)))
    # The last cell is for a mark that stands behind the end of a line.
    room = (width or _WIDTH_OF_A_FILE) - digits - len(" | ") - 1
    return _Frame(digits, max(_NARROWEST, room), width)


def _listing(marks: list[_Mark], frame: _Frame, *, first: bool) -> Fragments:
    """One file's lines in their order, each with its marks below it, `...` where lines are left out."""
    head = [] if first else _empty(frame)
    head.append((f"{' ' * frame.digits}{'-->' if first else ':::'} ", _FRAME))
    source, shown = marks[0].source, printable(marks[0].file)
    if source is None:
        rows = [row for mark in marks if mark.message for row in _note("note", mark.message, frame)]
        return [*head, (shown, ""), ("\n", ""), *rows]
    line, column = source.position(marks[0].span.start)
    fragments = [*head, (f"{shown}:{line}:{column}", ""), ("\n", ""), *_empty(frame)]
    cut = [(excerpt(source, mark.span, frame.room, _cells), mark) for mark in marks]
    cut.sort(key=lambda pair: (pair[0].line, pair[0].before))
    previous = None
    for (number, text), group in groupby(cut, key=lambda pair: (pair[0].line, pair[0].text)):
        if previous is not None and number > previous + 1:
            fragments += [("...", _FRAME), ("\n", "")]
        fragments += _line(frame, number, text)
        for piece, mark in group:
            fragments += _underline(frame, [piece], mark.sign, mark.style, mark.message)
        previous = number
    return fragments


def _footer(diagnostic: Diagnostic, proposed: Proposal | None, frame: _Frame) -> Fragments:
    fragments = _note("help", diagnostic.help, frame) if diagnostic.help else []
    if proposed:
        fragments += _try(proposed, frame)
    return _empty(frame) + fragments if fragments else []


def _try(proposed: Proposal, frame: _Frame) -> Fragments:
    """The line as it would be, the inserted text underlined."""
    if not proposed.after.text.strip():
        lines = "line" if proposed.first == proposed.last else f"lines {proposed.first} to"
        return _note("try", f"leave out {lines} {proposed.last}", frame)
    fragments = _note("try", "", frame)
    for line, marks in marked_lines(proposed).items():
        spans = marks or [Span(proposed.after.line_starts[line - 1], proposed.after.line_starts[line - 1])]
        pieces = [excerpt(proposed.after, span, frame.room, _cells) for span in spans]
        fragments += _line(frame, proposed.first + line - 1, pieces[0].text)
        if marks:
            same = [piece for piece in pieces if piece.text == pieces[0].text]
            fragments += _underline(frame, same, "+", _INSERTED, "")
    return fragments


def _note(label: str, text: str, frame: _Frame) -> Fragments:
    lead = f"{' ' * frame.digits} = "
    indent = len(lead) + len(label) + 2
    lines = [_sentence(printable(line), indent, indent, frame.width) for line in text.split("\n")]
    body = f"\n{' ' * indent}".join(lines)
    return [(lead, _FRAME), (f"{label}:", _BOLD), (f" {body}".rstrip(), ""), ("\n", "")]


def _line(frame: _Frame, number: int, text: str) -> Fragments:
    return [(frame.margin(number).rstrip(), _FRAME), (f" {text}".rstrip(), ""), ("\n", "")]


def _empty(frame: _Frame) -> Fragments:
    return [(frame.margin().rstrip(), _FRAME), ("\n", "")]


def _underline(frame: _Frame, pieces: list[Excerpt], sign: str, style: str, message: str) -> Fragments:
    row = ""
    for piece in pieces:
        row += " " * (piece.before - len(row)) + sign * piece.marked
    return [(frame.margin(), _FRAME), (f"{row} {message}".rstrip(), style), ("\n", "")]


def _sentence(text: str, at: int, indent: int, width: int | None) -> str:
    """The text broken at its spaces, where it begins `at` cells from the left and goes on at `indent`."""
    if width is None or at + _cells(text) <= width:
        return text
    first, *words = text.split(" ")
    lines, at = [first], at + _cells(first)
    for word in words:
        at += 1 + _cells(word)
        if at <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
            at = indent + _cells(word)
    return ("\n" + " " * indent).join(lines)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
