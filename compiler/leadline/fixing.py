"""Putting right what findings propose: one text after another, until nothing more is certain."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from leadline.rules import Diagnostic, apply_edits, check_source
from leadline_dsl.diagnostics import Severity
from leadline_dsl.source import Source
from leadline_dsl.statements import Statement, split

_MOST_ROUNDS = 20
_MOST_TRIES = 8


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text with what was put right in it; each finding as it was told when its turn came."""

    text: str
    findings: tuple[Diagnostic, ...]


def fix_text(name: str, text: str, as_of: int, names: Collection[str] | None = None) -> Fixed:
    """Carries out what the findings of a text propose, those of some names or all. Files that it includes are looked
    for beside the file `name`, and stay as they are.

    A statement in which another error comes to light stays as it was written: what was proposed for it may not be
    what was meant. What is proved of all contacts (`LL3xx`) is not looked for. `as_of` is in microseconds.
    """
    left_alone: set[str] = set()
    for _ in range(_MOST_TRIES):
        fixed = _fix_all(name, text, as_of, names, left_alone)
        worse = _made_worse(Source(name, text), Source(name, fixed.text), as_of) if fixed.findings else set()
        if not worse:
            return fixed
        left_alone |= worse
    return Fixed(text, ())


def _fix_all(name: str, text: str, as_of: int, names: Collection[str] | None, left_alone: Collection[str]) -> Fixed:
    """Round after round; the statements in `left_alone`, by their texts, stay as they are."""
    done: list[Diagnostic] = []
    seen = {text}
    for _ in range(_MOST_ROUNDS):
        own = [item for item in _findings(Source(name, text), as_of) if item.edits]
        if left_alone and own:
            statements = list(split(Source(name, text)))
            own = [item for item in own if statements[_number_at(statements, _start(item))].text not in left_alone]
        chosen = list(_apart(item for item in own if names is None or item.name in names))
        mended = apply_edits(text, tuple(edit for item in chosen for edit in item.edits))
        # What would go round in a circle is left as it is.
        if mended in seen:
            break
        seen.add(mended)
        done += chosen
        text = mended
    return Fixed(text, tuple(done))


def _findings(source: Source, as_of: int) -> list[Diagnostic]:
    return [item for item in check_source(source, as_of).diagnostics if item.file == source.name]


def _start(finding: Diagnostic) -> int:
    return min(edit.span.start for edit in finding.edits)


def _number_at(statements: Sequence[Statement], place: int) -> int:
    """The number of the statement that a place of the file belongs to."""
    return max(bisect_right(statements, place, key=lambda statement: statement.start) - 1, 0)


def _made_worse(before: Source, after: Source, as_of: int) -> set[str]:
    """The statements of a text whose successors have errors that they had not."""
    old, new = list(split(before)), list(split(after))
    old_texts, new_texts = [item.text for item in old], [item.text for item in new]
    old_errors, new_errors = _errors_by_statement(old, before, as_of), _errors_by_statement(new, after, as_of)
    worse: set[str] = set()
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old_texts, new_texts, autojunk=False).get_opcodes():
        is_paired = i_end - i == j_end - j
        pairs = [(range(i + k, i + k + 1), range(j + k, j + k + 1)) for k in range(i_end - i)] if is_paired else []
        for olds, news in pairs or [(range(i, i_end), range(j, j_end))]:
            known = sum((old_errors.get(index, Counter()) for index in olds), Counter())
            found = sum((new_errors.get(index, Counter()) for index in news), Counter())
            if kind != "equal" and found - known:
                worse.update(old_texts[index] for index in olds)
    return worse


def _errors_by_statement(statements: Sequence[Statement], source: Source, as_of: int) -> dict[int, Counter[str]]:
    """What is said of errors, by the number of the statement in which they stand."""
    errors: dict[int, Counter[str]] = {}
    for item in _findings(source, as_of):
        if item.severity is Severity.ERROR:
            errors.setdefault(_number_at(statements, item.span.start), Counter())[item.message] += 1
    return errors


def _apart(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Findings whose edits do not touch those of one before; the others get their turn in the next round."""
    taken: list[tuple[int, int]] = []
    for finding in findings:
        start, end = _start(finding), max(edit.span.end for edit in finding.edits)
        if all(end < other_start or other_end < start for other_start, other_end in taken):
            taken.append((start, end))
            yield finding
