"""`# allow NAME: reason` on the line above silences a finding; an allow that silences nothing is reported."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from leadline_compiler.checks.facts import find
from leadline_compiler.resolve.scope import closest
from leadline_dsl.codes import CODES, find_code
from leadline_dsl.diagnostics import Diagnostic, Severity
from leadline_dsl.parser import Document
from leadline_dsl.source import Place, Span

_ALLOW = re.compile(r"[ \t]*#[ \t]*allow[ \t]+(?P<names>[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)[ \t]*(?::|\r?$)")


@dataclass(frozen=True, slots=True)
class _Allow:
    """A name that is allowed on a line (from 1), and where the comment says so."""

    name: str
    line: int
    place: Place


def silence(
    diagnostics: Iterable[Diagnostic], documents: Iterable[Document], ran: Collection[str]
) -> tuple[Diagnostic, ...]:
    """The findings that are left, and one for each allow that silences nothing.

    `ran` are the names that were looked for: an allow of another one cannot be told to be idle, and a name that
    does not exist is told with `syntax`. What keeps a file from being scored cannot be silenced.
    """
    by_file = {document.source.name: document for document in documents}
    allows = [allow for document in by_file.values() for allow in _allows(document)]
    idle = dict.fromkeys(allows)
    by_line: defaultdict[tuple[str, int], list[_Allow]] = defaultdict(list)
    for allow in allows:
        by_line[allow.place.file, allow.line].append(allow)
    left = []
    for diagnostic in diagnostics:
        document = by_file.get(diagnostic.file)
        matching = _matching(diagnostic, document, by_line) if document is not None else []
        for allow in matching:
            idle.pop(allow, None)
        if not matching:
            left.append(diagnostic)
    left += [
        _report_idle(allow) for allow in idle if allow.name in ran or (allow.name not in CODES and "syntax" in ran)
    ]
    return tuple(left)


def stops_scoring(diagnostic: Diagnostic) -> bool:
    """Whether a file with this finding cannot be scored."""
    return diagnostic.severity is Severity.ERROR and CODES[diagnostic.name].number < "LL3"


def _matching(
    diagnostic: Diagnostic, document: Document, by_line: Mapping[tuple[str, int], list[_Allow]]
) -> list[_Allow]:
    if stops_scoring(diagnostic):
        return []
    lines = {document.source.position(diagnostic.span.start)[0], _statement_line(diagnostic, document)}
    near = (allow for line in lines for allow in by_line.get((diagnostic.file, line), ()))
    return [allow for allow in near if allow.name == diagnostic.name]


def _statement_line(diagnostic: Diagnostic, document: Document) -> int:
    """The line on which the statement of a finding begins; 0 where it belongs to none."""
    index = bisect_right(document.statements, diagnostic.span.start, key=lambda item: item.statement.start)
    return document.statements[index - 1].statement.line if index else 0


def _allows(document: Document) -> Iterable[_Allow]:
    source = document.source
    if "allow" not in source.text:
        return
    below = len(source.line_starts) + 1
    found = []
    for line in range(len(source.line_starts), 0, -1):
        text = source.line_text(line)
        match = _ALLOW.match(text)
        if match is not None:
            found.append((line, below, match))
        if not text.lstrip().startswith("#"):
            below = line
    for line, allowed, match in reversed(found):
        start = source.line_starts[line - 1]
        for name in re.finditer(r"[\w-]+", match["names"]):
            at = start + match.start("names") + name.start()
            code = find_code(name.group())
            place = Place(source.name, Span(at, at + len(name.group())))
            yield _Allow(code.name if code else name.group(), allowed, place)


def _report_idle(allow: _Allow) -> Diagnostic:
    code = CODES.get(allow.name)
    if code is None:
        close = closest(allow.name, CODES)
        hint = f"did you mean `{close}`?" if close else "`leadline check --explain NAME` tells what a name means"
        return find("unused-allow", f"there is no finding named `{allow.name}`", allow.place, hint)
    message = f"this allows `{allow.name}`, and there is none to allow on the line below"
    if code.severity is Severity.ERROR and code.number < "LL3":
        message = f"`{allow.name}` cannot be allowed: the file could not be scored"
    return find("unused-allow", message, allow.place, "leave the comment out")
