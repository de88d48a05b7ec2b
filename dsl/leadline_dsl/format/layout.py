"""The lines of a whole file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from leadline_dsl.format.columns import NO_HEAD, Head, columns_of, common_width, head_of, indents_of, padded
from leadline_dsl.format.gaps import lay_gap, read_gaps
from leadline_dsl.format.parts import Part, parts_of
from leadline_dsl.format.width import display_width
from leadline_dsl.format.wrapping import Line, wrap
from leadline_dsl.parser import Document, ParsedStatement, parse
from leadline_dsl.source import Source

_BLOCK_OPENERS = frozenset(
    {"contact_statement", "events_statement", "score_statement", "group_statement", "points_statement"}
    | {"grade_statement", "total_statement"}
)
_FURTHEST_HANG = 48
"""Where a statement's head is wider than this, its other lines are indented by `_PLAIN_HANG` more than the first."""

_PLAIN_HANG = 4


@dataclass(frozen=True, slots=True)
class _Entry:
    """A statement on its way; `parts` is empty where it cannot be read."""

    item: ParsedStatement
    indent: int
    lines_above: tuple[Line, ...]
    comment: str
    parts: tuple[Part, ...]
    head: Head

    @property
    def kind(self) -> str:
        return self.item.statement.kind


def lay_out(document: Document, is_careful: bool = False) -> list[Line]:
    """All lines of a file in the one layout.

    With `is_careful` each statement is read again by itself, and stays as written where it would read differently:
    a wrapped or joined line can, for a name that is a statement word, look like the start of a statement.
    """
    entries, below = _entries(document)
    lines: list[Line] = []
    for run in _runs(entries):
        columns = columns_of(run[0].kind, [entry.head for entry in run])
        body: list[Line] = []
        for index, (entry, widths) in enumerate(zip(run, columns, strict=True)):
            (lines if index == 0 else body).extend(entry.lines_above)
            laid = _lines_of(entry, widths)
            is_kept = not laid or (is_careful and not _reads_the_same(entry.item, laid))
            body.extend(_lines_as_written(document.source, entry) if is_kept else laid)
        lines.extend(_line_up_comments(body))
    return lines + below


def _entries(document: Document) -> tuple[list[_Entry], list[Line]]:
    statements = [item.statement for item in document.statements]
    gaps = read_gaps(document.source, statements)
    indents = indents_of(statements)
    entries: list[_Entry] = []
    for index, item in enumerate(document.statements):
        above = indents[index - 1] if index else None
        opens = item.statement.kind in _BLOCK_OPENERS
        wants_blank = above is not None and (indents[index] < above or (opens and indents[index] == above))
        lines = lay_gap(gaps[index].lines, above, indents[index], wants_blank)
        parts = () if item.parsed.node is None else parts_of(item.statement.kind, item.statement.text)
        head = head_of(item.statement.kind, parts) if parts else NO_HEAD
        entries.append(_Entry(item, indents[index], tuple(lines), gaps[index + 1].comment, parts, head))
    return entries, lay_gap(gaps[-1].lines, indents[-1] if indents else None, None, False)


def _runs(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    """Statements of one kind and indentation with no blank line between them."""
    run: list[_Entry] = []
    for entry in entries:
        if run and (entry.kind, entry.indent) == (run[-1].kind, run[-1].indent) and Line("") not in entry.lines_above:
            run.append(entry)
            continue
        if run:
            yield run
        run = [entry]
    if run:
        yield run


def _lines_of(entry: _Entry, columns: Sequence[int]) -> list[Line]:
    if not entry.parts:
        return []
    head, width = padded(entry.head, columns)
    lead, column = " " * entry.indent + head, entry.indent + width
    hang = column if entry.head.size and column <= _FURTHEST_HANG else entry.indent + _PLAIN_HANG
    lines: list[Line] = []
    if entry.head.size and entry.parts[entry.head.size - 1].ends_line:
        last = entry.parts[entry.head.size - 1]
        lines += [Line(lead.rstrip(), last.comment), *(Line(" " * hang, note) for note in last.notes)]
        lead, column = " " * hang, hang
    lines += wrap(entry.parts[entry.head.size :], lead, column, hang)
    lines[-1] = Line(lines[-1].text, entry.comment)
    return lines


_BLOCKS = {"event_statement": "events\n", "grade_row_statement": "grade total\n"}


def _reads_the_same(item: ParsedStatement, lines: Sequence[Line]) -> bool:
    """Whether the lines are still this one statement."""
    block = _BLOCKS.get(item.statement.kind, "")
    text = block + "\n".join(line.text + line.comment for line in lines)
    *_, last = parse(Source("", text)).statements
    return last.statement.start == len(text) - len(text[len(block) :].lstrip()) and last.parsed.node == item.parsed.node


def _lines_as_written(source: Source, entry: _Entry) -> list[Line]:
    statement = entry.item.statement
    first = statement.line
    last = first + statement.text.count("\n")
    return [Line(source.line_text(number)) for number in range(first, last + 1)]


def _line_up_comments(lines: Sequence[Line]) -> list[Line]:
    """Comments that stand right below each other behind statements begin in one column."""
    found: list[Line] = []
    for has_comment, group in groupby(lines, key=lambda line: bool(line.comment and line.text.strip())):
        if not has_comment:
            found.extend(group)
            continue
        together = list(group)
        widths = [display_width(line.text) for line in together]
        column = common_width(widths)
        found.extend(
            Line(line.text + " " * max(column - width, 0), line.comment)
            for line, width in zip(together, widths, strict=True)
        )
    return found
