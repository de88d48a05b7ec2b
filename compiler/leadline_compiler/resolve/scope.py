"""What a statement is resolved against, and what is noted while that happens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from leadline_compiler.conditions import AMOUNTS, Amount, Condition
from leadline_compiler.schema import EventType, Field, ValueType
from leadline_compiler.zones import Zone
from leadline_dsl.codes import severity_of
from leadline_dsl.diagnostics import Diagnostic, Edit
from leadline_dsl.nodes import node
from leadline_dsl.source import Span
from leadline_dsl.syntax import Name
from leadline_dsl.tokens import Piece, is_plain_word, scan


class Key(NamedTuple):
    """A declared thing; `property_key` makes those of properties."""

    kind: Literal["field", "event", "list", "define", "score", "grade", "property"]
    name: str


def property_key(event: str, name: str) -> Key:
    """The key of an event's property: both names, joined by what no name can hold."""
    return Key("property", f"{event}`{name}")


TOTAL = "total"
"""The name under which the sum of the scores is known in conditions."""


@node
class Finding:
    """A diagnostic of a statement, and the declarations that belong to its story."""

    diagnostic: Diagnostic
    also: tuple[tuple[str, Key], ...] = ()


@node
class ResolvedDefine:
    """`value` is None where the define could not be resolved, which it says of itself.

    `uses` is what it mentions itself; `needs_scores` and `depth` count the defines that it uses too.
    """

    value: Amount | Condition | None
    uses: frozenset[Key]
    depth: int
    needs_scores: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """All that is declared, by name. `grades` are the letters of a score, or of `total`.

    `faulty` are names that a statement declares which cannot be read: they are not unknown.
    """

    zone: Zone
    fields: Mapping[str, Field]
    events: Mapping[str, EventType]
    lists: Mapping[str, frozenset[str]]
    scores: tuple[str, ...]
    grades: Mapping[str, tuple[str, ...]]
    defines: Mapping[str, ResolvedDefine]
    faulty: frozenset[str] = frozenset()

    def tells_of_contact(self, name: str) -> bool:
        """Whether a name stands for a field, a define or a score, which share one name space."""
        return name in self.fields or name in self.defines or name in self.scores


_MOST_PROPOSALS = 20
"""Findings of one statement for which names that may have been meant are looked for."""
_MOST_COMPARED = 200
"""Names that are compared with a misspelt one letter by letter."""

Where: TypeAlias = tuple[EventType, ...]


@dataclass(slots=True)
class Scope:
    """Collects the findings and uses of one statement.

    `where` are the events whose properties are the only names inside a `where`; None outside of it. `proposes`:
    whether names that may have been meant are looked for, which a file full of mistakes has no time for.
    """

    names: Names
    text: str
    allows_scores: bool
    findings: list[Finding] = field(default_factory=list)
    uses: set[Key] = field(default_factory=set)
    where: Where | None = None
    depth: int = 0
    proposes: bool = True

    def outside(self) -> Scope:
        """The scope of the contact's own names, which notes in the same places."""
        return self._with(None)

    def inside(self, events: Where) -> Scope:
        """The scope of a `where`, which notes in the same places."""
        return self._with(events)

    def _with(self, where: Where | None) -> Scope:
        noted = self.findings, self.uses
        return Scope(self.names, self.text, self.allows_scores, *noted, where, self.depth, self.proposes)

    def report(
        self,
        name: str,
        message: str,
        span: Span,
        hint: str = "",
        edits: tuple[Edit, ...] = (),
        also: Iterable[tuple[str, Key]] = (),
    ) -> None:
        diagnostic = Diagnostic(name, severity_of(name), message, span, help=hint, edits=edits)
        self.findings.append(Finding(diagnostic, tuple(also)))

    def written(self, span: Span) -> str:
        """What was written there, on one line and without comments."""
        text = self.text[span.start : span.end]
        if "\n" not in text and "#" not in text:
            return text
        pieces = [token for token in scan(text) if token.kind is not Piece.COMMENT]
        parts: list[str] = []
        for before, token in zip([None, *pieces], pieces, strict=False):
            if before is not None and token.start > before.end:
                parts.append(" ")
            parts.append(token.text)
        return "".join(parts)

    def closest(self, name: str, known: Iterable[str]) -> str | None:
        """The known name that the user may have meant, unless there are too many mistakes to look for it."""
        return closest(name, known) if self.proposes and len(self.findings) < _MOST_PROPOSALS else None

    def report_unknown(
        self,
        name: Name,
        message: str,
        known: Iterable[str],
        hint: str = "",
        also: Iterable[tuple[str, Key]] = (),
    ) -> None:
        """Reports a name that is declared nowhere, with the nearest that is; not one whose declaration is faulty."""
        if name.text in self.names.faulty:
            return
        close = self.closest(name.text, known)
        written = write_name(close) if close else ""
        edits = (Edit(name.span, written),) if close else ()
        self.report("unknown-name", message, name.span, f"did you mean `{written}`?" if close else hint, edits, also)


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that the user may have meant."""
    from difflib import get_close_matches

    if not 0 < len(name) <= 60:
        return None
    candidates = [other for other in sorted(known) if other and abs(len(other) - len(name)) <= 4][:2000]
    if len(candidates) > _MOST_COMPARED:
        # Hardly anybody mistypes both ends of a name.
        first, last = name[0], name[-1]
        candidates = [other for other in candidates if other[0] == first or other[-1] == last][:_MOST_COMPARED]
    folded = {other.casefold(): other for other in candidates}
    found = get_close_matches(name.casefold(), folded, n=1, cutoff=0.72)
    return folded[found[0]] if found else None


@lru_cache(maxsize=4096)
def write_name(name: str) -> str:
    """A name as it is written in a rules file, in backquotes where it is more than a word."""
    return name if is_plain_word(name) else f"`{name}`"


def is_amount(value: Amount | Condition) -> bool:
    return isinstance(value, AMOUNTS)


_KINDS_IN_WORDS = {
    "text": "a text",
    "number": "a number",
    "yes/no": "yes or no",
    "date": "a date",
    "one of": "one of listed texts",
    "list of text": "a list of texts",
}


def describe_type(type_: ValueType) -> str:
    """A type in the user's words: `a number`, `one of listed texts`."""
    return _KINDS_IN_WORDS[type_.kind.value]
